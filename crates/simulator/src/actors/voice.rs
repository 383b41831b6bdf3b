//! Who is in which voice channel.

use polycord_types::id::{ChannelId, GuildId, UserId};

use crate::simulator::Simulator;

impl Simulator {
    /// A member moves to a voice channel, or out of all.
    pub fn voice(&self, guild: GuildId, user: UserId, channel: Option<ChannelId>) {
        self.act(|core, state| {
            let channel = channel.map(ChannelId::get);
            core.move_voice(state, guild.get(), user.get(), channel, (false, false));
        });
    }
}
