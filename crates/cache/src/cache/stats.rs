//! What the cache counted.

use std::hash::{BuildHasher, Hash};

use dashmap::DashMap;

use super::cell::GuildCell;
use super::data::GuildData;
use super::{Cache, GuildState, Inner, Kind};
use crate::StoreStats;

/// How much the cache holds, with what expired and was not collected yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    entries: [usize; Kind::ALL.len()],
    bytes: [usize; Kind::ALL.len()],
    unavailable_guilds: usize,
}

impl Counts {
    /// How many entries there are of one kind.
    #[must_use]
    pub const fn of(&self, kind: Kind) -> usize {
        self.entries[kind as usize]
    }

    /// How many bytes a kind takes: what was asked of the allocator for its entries, with all that is
    /// behind them and with what is kept beside them. What snapshots hold of earlier states is not in it.
    #[must_use]
    pub const fn bytes(&self, kind: Kind) -> usize {
        self.bytes[kind as usize]
    }

    /// How many bytes all kinds take together.
    #[must_use]
    pub fn total_bytes(&self) -> usize {
        self.bytes.iter().sum()
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
        let mut unavailable_guilds = 0;
        self.inner.guilds.each(|_, cell| {
            let is_unavailable = cell.read().state == GuildState::Unavailable;
            unavailable_guilds += usize::from(is_unavailable);
        });
        Counts {
            entries: Kind::ALL.map(|kind| self.inner.meter(kind).entries()),
            bytes: Kind::ALL.map(|kind| self.inner.bytes(kind)),
            unavailable_guilds,
        }
    }

    /// What happened in the cache since it was made.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            kinds: Kind::ALL.map(|kind| StoreStats {
                bytes: self.inner.bytes(kind) as u64,
                ..self.inner.meter(kind).stats()
            }),
        }
    }
}

impl Inner {
    /// What a kind takes from the heap.
    fn bytes(&self, kind: Kind) -> usize {
        let beside = match kind {
            Kind::Guild => {
                let each = size_of::<GuildCell>() + size_of::<GuildData>() + 4 * size_of::<usize>();
                self.guilds.bytes() + self.guilds.len() * each
            }
            Kind::Channel => index_bytes(&self.channel_homes),
            Kind::Role => index_bytes(&self.role_homes),
            Kind::Invite => index_bytes(&self.invite_homes),
            Kind::VoiceState => index_bytes(&self.voice_counts),
            Kind::Message => {
                let gaps = self.sum(|data| data.gaps.bytes() + data.unseen.bytes());
                gaps + index_bytes(&self.history_homes)
            }
            Kind::Presence => self.sum(|data| data.offline.bytes()),
            Kind::User if !self.policy(Kind::Member).on => self.sum(|data| data.crowd.bytes()),
            _ => 0,
        };
        self.meter(kind).bytes() + beside
    }

    fn sum(&self, bytes: impl Fn(&GuildData) -> usize) -> usize {
        let mut sum = 0;
        self.guilds.each(|_, cell| sum += bytes(&cell.read()));
        sum
    }
}

/// What an index takes from the heap: its buckets, of which one in eight stays free, and a byte for each.
fn index_bytes<K: Eq + Hash, V, S: BuildHasher + Clone>(index: &DashMap<K, V, S>) -> usize {
    index.capacity() * 8 / 7 * (size_of::<(K, V)>() + 1)
}
