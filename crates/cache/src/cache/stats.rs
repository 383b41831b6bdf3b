//! What the cache counted.

use super::data::GuildCell;
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
        let entries = |kind| self.inner.meter(kind).entries();
        let guilds = self.inner.guilds.iter();
        let is_unavailable = |cell: &GuildCell| cell.read().state == GuildState::Unavailable;
        Counts {
            guilds: entries(Kind::Guild),
            unavailable_guilds: guilds.filter(|cell| is_unavailable(cell)).count(),
            channels: entries(Kind::Channel),
            roles: entries(Kind::Role),
            members: entries(Kind::Member),
            users: entries(Kind::User),
        }
    }

    /// What happened in the cache since it was made.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let of = |kind| self.inner.meter(kind).stats();
        Stats {
            guilds: of(Kind::Guild),
            channels: of(Kind::Channel),
            roles: of(Kind::Role),
            members: of(Kind::Member),
            users: of(Kind::User),
            current_user: of(Kind::CurrentUser),
        }
    }
}
