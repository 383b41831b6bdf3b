//! Who is in a thread, as the cache keeps it.

use polycord_types::{
    HeapSize, Timestamp,
    id::{ChannelId, GuildId, UserId},
    thread::ThreadMember,
};

/// That a user is in a thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ThreadMemberRow {
    pub(crate) join_timestamp: Timestamp,
    pub(crate) flags: u32,
}

impl ThreadMemberRow {
    pub(crate) const fn new(member: &ThreadMember) -> Self {
        Self {
            join_timestamp: member.join_timestamp,
            flags: member.flags,
        }
    }
}

/// That a user is in a thread, at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CachedThreadMember {
    pub(crate) guild_id: GuildId,
    pub(crate) thread_id: ChannelId,
    pub(crate) user_id: UserId,
    pub(crate) row: ThreadMemberRow,
}

impl CachedThreadMember {
    /// The guild that the thread is in.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }

    /// The thread.
    #[must_use]
    pub const fn thread_id(&self) -> ChannelId {
        self.thread_id
    }

    /// The user.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// When the user joined the thread last.
    #[must_use]
    pub const fn join_timestamp(&self) -> Timestamp {
        self.row.join_timestamp
    }

    /// What the user set for the thread, such as notifications.
    #[must_use]
    pub const fn flags(&self) -> u32 {
        self.row.flags
    }
}

impl HeapSize for ThreadMemberRow {
    fn heap_size(&self) -> usize {
        0
    }
}
