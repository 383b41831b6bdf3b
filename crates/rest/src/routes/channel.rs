//! Channels.

use polycord_types::{channel::Channel, id::ChannelId};

use super::{delete, get, post};
use crate::{call::Call, client::Rest};

impl Rest {
    /// A channel or thread.
    ///
    /// See <https://docs.discord.com/developers/resources/channel#get-channel>.
    pub fn channel(&self, channel: ChannelId) -> Call<Channel> {
        Call::json(self, get("/channels/{channel_id}", &[&channel]))
    }

    /// Deletes a channel, or closes one for direct messages; needs `MANAGE_CHANNELS`.
    ///
    /// See <https://docs.discord.com/developers/resources/channel#deleteclose-channel>.
    pub fn delete_channel(&self, channel: ChannelId) -> Call<Channel> {
        Call::json(self, delete("/channels/{channel_id}", &[&channel]))
    }

    /// Shows the bot as typing for ten seconds.
    ///
    /// See <https://docs.discord.com/developers/resources/channel#trigger-typing-indicator>.
    pub fn trigger_typing(&self, channel: ChannelId) -> Call<()> {
        // Twice shows no more than once.
        let request = post("/channels/{channel_id}/typing", &[&channel])
            .map(|request| request.idempotent(true));
        Call::done(self, request)
    }
}
