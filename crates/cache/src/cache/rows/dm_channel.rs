//! Channels of direct messages as the cache keeps them.

use polycord_types::{
    HeapSize, Timestamp,
    id::{ChannelId, MessageId, UserId},
};
use serde::{Deserialize, Serialize};

/// A channel of direct messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DmRow {
    pub(crate) recipient: Option<UserId>,
    pub(crate) last_message: Option<MessageId>,
    pub(crate) last_pin: Option<Timestamp>,
}

impl HeapSize for DmRow {
    fn heap_size(&self) -> usize {
        0
    }
}

/// A channel of direct messages at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CachedDmChannel {
    pub(crate) id: ChannelId,
    pub(crate) row: DmRow,
}

impl CachedDmChannel {
    /// Identifies the channel.
    #[must_use]
    pub const fn id(&self) -> ChannelId {
        self.id
    }

    /// The user at the other end, whom [`Cache::user`](crate::Cache::user) knows as long as the channel is known.
    /// `None` until they write, where only messages of the current user were seen.
    #[must_use]
    pub const fn recipient_id(&self) -> Option<UserId> {
        self.row.recipient
    }

    /// The newest message seen, which may be deleted by now.
    #[must_use]
    pub const fn last_message_id(&self) -> Option<MessageId> {
        self.row.last_message
    }

    /// When a message was pinned last, if an event told; `None` when no message is pinned any more.
    #[must_use]
    pub const fn last_pin_timestamp(&self) -> Option<Timestamp> {
        self.row.last_pin
    }
}
