//! What an event did to the cache.

use std::sync::Arc;
use std::{slice, vec};

use polycord_types::{channel::Channel, id::GuildId};

use super::{CachedGuild, CachedMember, CachedRole, CachedUser};

/// What one event did to the world the cache shows, in order.
///
/// Empty for an event that told nothing new, such as one delivered twice. What leaves the cache to
/// keep its bounds is no change of the world, and not listed.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Changes {
    pub(super) list: Vec<Change>,
}

impl Changes {
    /// Whether the event told nothing new.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many changes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// The changes, in order.
    pub fn iter(&self) -> slice::Iter<'_, Change> {
        self.list.iter()
    }
}

impl IntoIterator for Changes {
    type Item = Change;
    type IntoIter = vec::IntoIter<Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Changes {
    type Item = &'a Change;
    type IntoIter = slice::Iter<'a, Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One thing that is different now, as it was before and as it is.
///
/// "Added" means that the cache came to know it: it was made or it joined, or it was heard of for
/// the first time. "Removed" means that it is gone from the world.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// A guild arrived with everything in it, which is not listed one by one.
    GuildAdded {
        /// The guild.
        new: CachedGuild,
        /// Whether the current user joined it, or it was there all along.
        arrival: Arrival,
    },
    /// A guild changed. Its member count alone is no change: see `MemberAdded`, `MemberRemoved`.
    GuildUpdated {
        /// Before.
        old: CachedGuild,
        /// After.
        new: CachedGuild,
    },
    /// A guild has an outage. What is known of it stays.
    GuildUnavailable {
        /// Which guild.
        id: GuildId,
        /// What is known of it, if anything.
        guild: Option<CachedGuild>,
    },
    /// A guild is back from an outage. What changed meanwhile is listed beside, if it was known
    /// before.
    GuildAvailable {
        /// What was known of it before.
        old: Option<CachedGuild>,
        /// After.
        new: CachedGuild,
    },
    /// The current user is no longer in a guild, or it was deleted. Everything in it went along,
    /// and is not listed one by one.
    GuildRemoved {
        /// Which guild.
        id: GuildId,
        /// What was known of it, if anything.
        old: Option<CachedGuild>,
    },
    /// A channel or an active thread came.
    ChannelAdded {
        /// The channel.
        new: Arc<Channel>,
    },
    /// A channel or a thread changed. A thread that was archived is not kept.
    ChannelUpdated {
        /// Before.
        old: Arc<Channel>,
        /// After.
        new: Arc<Channel>,
    },
    /// A channel or a thread is gone.
    ChannelRemoved {
        /// The channel as it was.
        old: Arc<Channel>,
    },
    /// A role came.
    RoleAdded {
        /// The role.
        new: CachedRole,
    },
    /// A role changed.
    RoleUpdated {
        /// Before.
        old: CachedRole,
        /// After.
        new: CachedRole,
    },
    /// A role is gone, also from those who had it.
    RoleRemoved {
        /// The role as it was.
        old: CachedRole,
    },
    /// A member joined, or was heard of for the first time.
    MemberAdded {
        /// The member.
        new: CachedMember,
    },
    /// A member changed.
    MemberUpdated {
        /// Before.
        old: CachedMember,
        /// After.
        new: CachedMember,
    },
    /// A member left, or was removed.
    MemberRemoved {
        /// The member as it was.
        old: CachedMember,
    },
    /// A user was heard of for the first time.
    UserAdded {
        /// The user.
        new: CachedUser,
    },
    /// A user changed.
    UserUpdated {
        /// Before.
        old: CachedUser,
        /// After.
        new: CachedUser,
    },
    /// A user shares no guild with the current user any more.
    UserRemoved {
        /// The user as it was.
        old: CachedUser,
    },
    /// The current user became known, or changed.
    CurrentUserUpdated {
        /// Before; `None` at the first READY.
        old: Option<CachedUser>,
        /// After.
        new: CachedUser,
    },
}

/// Why a guild arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Arrival {
    /// It was named by READY: the current user was in it when the session began.
    Startup,
    /// The current user joined it during the session.
    Joined,
    /// Either of them: the session was resumed, and its READY not seen by this cache.
    Unclear,
}
