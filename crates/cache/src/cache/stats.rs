//! What the cache counted.

use super::{Cache, GuildState, Kind};
use crate::StoreStats;

/// How much the cache holds, with what expired and was not collected yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Guilds.
    pub guilds: usize,
    /// Guilds that have an outage, whether anything is known of them or not.
    pub unavailable_guilds: usize,
    /// Channels and active threads.
    pub channels: usize,
    /// Roles.
    pub roles: usize,
    /// Members.
    pub members: usize,
    /// Users.
    pub users: usize,
}

/// What happened in the cache since it was made, by kind.
///
/// Hits and misses count lookups of one thing by its id; what the cache looks up for itself and
/// reads of many things do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Guilds.
    pub guilds: StoreStats,
    /// Channels and active threads.
    pub channels: StoreStats,
    /// Roles.
    pub roles: StoreStats,
    /// Members.
    pub members: StoreStats,
    /// Users.
    pub users: StoreStats,
    /// The user the session belongs to.
    pub current_user: StoreStats,
}

impl Stats {
    /// The statistics of one kind.
    #[must_use]
    pub const fn of(&self, kind: Kind) -> StoreStats {
        match kind {
            Kind::Guild => self.guilds,
            Kind::Channel => self.channels,
            Kind::Role => self.roles,
            Kind::Member => self.members,
            Kind::User => self.users,
            Kind::CurrentUser => self.current_user,
        }
    }

    /// The statistics of every kind.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, StoreStats)> {
        Kind::ALL.into_iter().map(|kind| (kind, self.of(kind)))
    }

    /// All kinds together.
    #[must_use]
    pub fn total(&self) -> StoreStats {
        self.iter()
            .fold(StoreStats::default(), |sum, (_, stats)| sum.plus(stats))
    }

    /// The share of lookups that found something, over all kinds, from 0.0 to 1.0; `None` before
    /// the first lookup.
    #[must_use]
    pub fn hit_rate(&self) -> Option<f64> {
        self.total().hit_rate()
    }
}

impl Cache {
    /// How much the cache holds.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let index = self.inner.guild_index.iter();
        Counts {
            guilds: self.inner.guilds.len(),
            unavailable_guilds: index
                .filter(|index| index.state == GuildState::Unavailable)
                .count(),
            channels: self.inner.channels.len(),
            roles: self.inner.roles.len(),
            members: self.inner.members.len(),
            users: self.inner.users.len(),
        }
    }

    /// What happened in the cache since it was made.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            guilds: self.inner.guilds.stats(),
            channels: self.inner.channels.stats(),
            roles: self.inner.roles.stats(),
            members: self.inner.members.stats(),
            users: self.inner.users.stats(),
            current_user: self.inner.current_user.stats(),
        }
    }
}
