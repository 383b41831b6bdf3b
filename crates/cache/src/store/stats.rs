//! What a store counted.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What happened in a store since it was made.
///
/// Every entry that came is still there or counted as gone: `inserts` equals `entries` plus
/// `removals`, `expirations` and `evictions`. A snapshot taken while others write may be off by
/// what they are doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreStats {
    /// Entries held now, with those that expired and were not collected yet.
    pub entries: u64,
    /// Bytes that the entries take, as far as they are accounted: see where the statistics come from.
    pub bytes: u64,
    /// Lookups that found a live entry.
    pub hits: u64,
    /// Lookups that found none.
    pub misses: u64,
    /// Entries written where none was.
    pub inserts: u64,
    /// Entries written over a live one.
    pub updates: u64,
    /// Entries taken out by a call that asked for it.
    pub removals: u64,
    /// Entries collected because their time was over.
    pub expirations: u64,
    /// Entries that had to make room, by reason.
    pub evictions: Evictions,
}

impl StoreStats {
    /// The share of lookups that found something, from 0.0 to 1.0; `None` before the first lookup.
    #[must_use]
    pub fn hit_rate(&self) -> Option<f64> {
        let lookups = self.hits.saturating_add(self.misses);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a rate needs no more than 52 bits"
        )]
        (lookups > 0).then(|| self.hits as f64 / lookups as f64)
    }

    /// The sums of two stores' statistics.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            entries: self.entries + other.entries,
            bytes: self.bytes + other.bytes,
            hits: self.hits + other.hits,
            misses: self.misses + other.misses,
            inserts: self.inserts + other.inserts,
            updates: self.updates + other.updates,
            removals: self.removals + other.removals,
            expirations: self.expirations + other.expirations,
            evictions: Evictions {
                capacity: self.evictions.capacity + other.evictions.capacity,
                bytes: self.evictions.bytes + other.evictions.bytes,
                admission: self.evictions.admission + other.evictions.admission,
            },
        }
    }
}

/// Entries that had to make room, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evictions {
    /// Because the store held its maximum number of entries.
    pub capacity: u64,
    /// Because it held its maximum number of bytes.
    pub bytes: u64,
    /// Because what had admitted them did so no longer.
    pub admission: u64,
}

impl Evictions {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.capacity + self.bytes + self.admission
    }
}

/// Counters that order nothing: each is exact, their common moment is not.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) lookups: Lookups,
    pub(crate) inserts: Counter,
    pub(crate) updates: Counter,
    pub(crate) removals: Counter,
    pub(crate) expirations: Counter,
    pub(crate) evicted_by_capacity: Counter,
    pub(crate) evicted_by_bytes: Counter,
    pub(crate) evicted_by_admission: Counter,
}

impl Counters {
    pub(crate) fn snapshot(&self, entries: usize, bytes: usize) -> StoreStats {
        let (hits, misses) = self.lookups.counts();
        StoreStats {
            entries: entries as u64,
            bytes: bytes as u64,
            hits,
            misses,
            inserts: self.inserts.count(),
            updates: self.updates.count(),
            removals: self.removals.count(),
            expirations: self.expirations.count(),
            evictions: Evictions {
                capacity: self.evicted_by_capacity.count(),
                bytes: self.evicted_by_bytes.count(),
                admission: self.evicted_by_admission.count(),
            },
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn up(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How many readers count without getting in each other's way.
const STRIPES: usize = 8;

/// What readers found, counted by each thread in a place of its own, as far as there are places.
#[derive(Debug, Default)]
pub(crate) struct Lookups([Stripe; STRIPES]);

/// Lies in a line of the processor's cache that no other stripe is in, nor in the line fetched with it.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Stripe {
    hits: Counter,
    misses: Counter,
}

impl Lookups {
    pub(crate) fn hit(&self) {
        self.stripe().hits.up();
    }

    pub(crate) fn miss(&self) {
        self.stripe().misses.up();
    }

    fn counts(&self) -> (u64, u64) {
        self.0.iter().fold((0, 0), |(hits, misses), stripe| {
            (hits + stripe.hits.count(), misses + stripe.misses.count())
        })
    }

    fn stripe(&self) -> &Stripe {
        &self.0[STRIPE.with(|stripe| *stripe) % STRIPES]
    }
}

/// The stripe of the thread that is started next.
static NEXT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static STRIPE: usize = NEXT.fetch_add(1, Ordering::Relaxed);
}
