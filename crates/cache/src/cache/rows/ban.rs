//! Bans as the cache keeps them.

use polycord_types::{
    HeapSize, Text,
    id::{GuildId, UserId},
};

use super::{CachedUser, UserRow};

/// A ban, with a copy of the user of its own: who is banned need not be known otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BanRow {
    pub(crate) user: UserRow,
    /// The gateway does not tell it.
    pub(crate) reason: Option<Text>,
}

/// A ban at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedBan {
    pub(crate) guild_id: GuildId,
    pub(crate) user_id: UserId,
    pub(crate) row: BanRow,
}

impl CachedBan {
    /// The guild.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }

    /// Who is banned.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// Who is banned, as they were then.
    #[must_use]
    pub fn user(&self) -> CachedUser {
        CachedUser {
            id: self.user_id,
            row: self.row.user.clone(),
        }
    }

    /// Why, as far as known: events do not tell it.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }
}

impl HeapSize for BanRow {
    fn heap_size(&self) -> usize {
        self.user.heap_size() + self.reason.heap_size()
    }
}
