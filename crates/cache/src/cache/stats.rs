//! What the cache counted.

use super::data::GuildCell;
use super::{Cache, GuildState, Kind};
use crate::StoreStats;

/// How much the cache holds, with what expired and was not collected yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    entries: [usize; Kind::ALL.len()],
    unavailable_guilds: usize,
}

impl Counts {
    /// How many entries there are of one kind.
    #[must_use]
    pub const fn of(&self, kind: Kind) -> usize {
        self.entries[kind as usize]
    }

    /// How many entries there are of every kind.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, usize)> {
        Kind::ALL.into_iter().zip(self.entries)
    }

    /// How many guilds have an outage, whether anything is known of them or not.
    #[must_use]
    pub const fn unavailable_guilds(&self) -> usize {
        self.unavailable_guilds
    }
}

/// What happened in the cache since it was made, by kind.
///
/// Hits and misses count lookups of one thing by its id; what the cache looks up for itself and
/// reads of many things do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    kinds: [StoreStats; Kind::ALL.len()],
}

impl Stats {
    /// The statistics of one kind.
    #[must_use]
    pub const fn of(&self, kind: Kind) -> StoreStats {
        self.kinds[kind as usize]
    }

    /// The statistics of every kind.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, StoreStats)> {
        Kind::ALL.into_iter().zip(self.kinds)
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
        let guilds = self.inner.guilds.iter();
        let is_unavailable = |cell: &GuildCell| cell.read().state == GuildState::Unavailable;
        Counts {
            entries: Kind::ALL.map(|kind| self.inner.meter(kind).entries()),
            unavailable_guilds: guilds.filter(|cell| is_unavailable(cell)).count(),
        }
    }

    /// What happened in the cache since it was made.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            kinds: Kind::ALL.map(|kind| self.inner.meter(kind).stats()),
        }
    }
}
