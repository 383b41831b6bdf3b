//! Limits that something else than the client's own requests brings about.

use std::time::Duration;

use polycord_types::id::ChannelId;

use crate::simulator::Simulator;

impl Simulator {
    /// Others use up what a channel takes: requests about it are answered with 429 and scope `shared`
    /// for so long, which is nobody's fault and does not count as invalid.
    pub fn exhaust(&self, channel: ChannelId, lasting: Duration) {
        let mut state = self.core.lock();
        state.rates.exhaust(channel.get(), lasting);
    }

    /// The bot's global limit is used up for so long: 429 and scope `global`.
    pub fn exhaust_globally(&self, lasting: Duration) {
        self.core.lock().rates.exhaust_globally(lasting);
    }

    /// Every REST request is answered by the edge for so long, as after too many invalid ones: 429 with
    /// Cloudflare's page about error 1015, and not a word of JSON.
    pub fn ban_by_edge(&self, lasting: Duration) {
        self.core.lock().rates.ban(lasting);
    }
}
