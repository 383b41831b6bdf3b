//! How much of a channel is unread.

use polycord_types::{
    HeapSize,
    id::{ChannelId, GuildId, MessageId},
};
use serde::{Deserialize, Serialize};

/// How much of a channel is unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadRow {
    /// The newest message heard of.
    pub(crate) newest: Option<MessageId>,
    /// Up to where everything was read.
    pub(crate) read_up_to: Option<MessageId>,
    pub(crate) unread: u32,
    pub(crate) mentions: u32,
    pub(crate) is_estimate: bool,
}

impl ReadRow {
    /// Counts a message that is not read.
    pub(crate) fn count(&mut self, pings: bool) {
        self.unread = self.unread.saturating_add(1);
        self.mentions = self.mentions.saturating_add(pings.into());
    }

    /// Counts a message no more.
    pub(crate) fn discount(&mut self, pings: bool) {
        self.unread = self.unread.saturating_sub(1);
        self.mentions = self.mentions.saturating_sub(pings.into());
    }

    /// Notes that everything up to a message was read. What is newer is still counted as it was: see
    /// [`is_read_whole`](Self::is_read_whole).
    pub(crate) fn read(&mut self, up_to: MessageId) {
        self.read_up_to = self.read_up_to.max(Some(up_to));
        if self.is_read_whole() {
            self.unread = 0;
            self.mentions = 0;
            self.is_estimate = false;
        }
    }

    /// Whether everything heard of was read.
    pub(crate) fn is_read_whole(&self) -> bool {
        self.newest <= self.read_up_to
    }
}

impl HeapSize for ReadRow {
    fn heap_size(&self) -> usize {
        0
    }
}

/// How much of a channel is unread at one moment, by the rules of Discord's own apps.
///
/// Messages of others count from the moment on from which the cache sees them, in threads that the current user has not
/// joined as well. One's own message, and [viewing](crate::Cache::view_channel) the channel, reads everything; an edit
/// counts nothing, and the deletion of a message that the cache has takes back what it counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadState {
    /// The channel, the thread, or the channel of direct messages.
    pub channel_id: ChannelId,
    /// The guild; `None` for direct messages.
    pub guild_id: Option<GuildId>,
    /// How many messages are not read.
    pub unread: u32,
    /// How many of them mention the current user: by name, by a role or with everyone. Every direct message does.
    pub mentions: u32,
    /// Whether the true numbers may be others: messages may have been missed while no session was there to see them.
    pub is_estimate: bool,
    /// Up to which message everything was read.
    pub read_up_to: Option<MessageId>,
    /// The newest message heard of, which may be deleted by now.
    pub newest: Option<MessageId>,
}

impl ReadState {
    /// Whether there is something to be read.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        self.unread > 0
    }
}
