//! What a store is told about its bounds.

use std::hash::Hash;
use std::marker::PhantomData;
use std::time::Duration;

use super::{Store, nanos};

/// From when the lifetime of an entry counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expiry {
    /// From the last write: an entry is never older than its lifetime.
    #[default]
    AfterWrite,
    /// From the last write or read: an entry in use stays.
    AfterRead,
}

/// Who goes first when a store is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Eviction {
    /// The entry whose last write is the longest ago, exactly.
    #[default]
    Oldest,
    /// An entry that was not read lately.
    ///
    /// Entries queue in the order of their writes; one that was read since it was queued gets one
    /// more round instead of being evicted. This follows the order of reads closely, and a read
    /// takes no lock for it.
    LeastRecentlyUsed,
}

/// What an entry takes beside its place in the store, in bytes.
pub(super) type Weigher<K, V> = fn(&K, &V) -> usize;

/// Chooses the bounds of a [`Store`]; made by [`Store::builder`].
#[derive(Debug)]
#[must_use]
pub struct StoreBuilder<K, V> {
    pub(super) ttl: Option<u64>,
    pub(super) expiry: Expiry,
    pub(super) max_bytes: Option<usize>,
    pub(super) max_entries: Option<usize>,
    pub(super) weigher: Option<Weigher<K, V>>,
    pub(super) eviction: Eviction,
    made: PhantomData<fn() -> Store<K, V>>,
}

impl<K, V> StoreBuilder<K, V> {
    pub(super) const fn new() -> Self {
        Self {
            ttl: None,
            expiry: Expiry::AfterWrite,
            max_bytes: None,
            max_entries: None,
            weigher: None,
            eviction: Eviction::Oldest,
            made: PhantomData,
        }
    }

    /// How long an entry lives. Default: forever. Zero keeps nothing readable.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(nanos(ttl));
        self
    }

    /// From when the lifetime counts. Default: [`Expiry::AfterWrite`].
    pub const fn expiry(mut self, expiry: Expiry) -> Self {
        self.expiry = expiry;
        self
    }

    /// How many entries are kept at most. Default: no limit. Zero keeps none.
    pub const fn max_entries(mut self, max: usize) -> Self {
        self.max_entries = Some(max);
        self
    }

    /// How many bytes all entries take at most. Default: no limit.
    ///
    /// Counted is what [`Store::stats`] tells as `bytes`: without a [`weigher`](Self::weigher) that
    /// is nothing but the sizes of keys and values themselves and of their places in the store.
    /// An entry that alone takes more is not kept, and nobody else leaves for it.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use polycord_cache::{RemovedBy, Store};
    ///
    /// let pages = Store::builder()
    ///     .max_bytes(10_000)
    ///     .weigher(|_: &u32, page: &String| page.capacity())
    ///     .build();
    /// let now = Duration::ZERO;
    /// pages.insert(1, "a".repeat(6_000), now);
    /// let inserted = pages.insert(2, "b".repeat(6_000), now);
    /// assert_eq!((inserted.removed[0].key, inserted.removed[0].by), (1, RemovedBy::Bytes));
    ///
    /// let inserted = pages.insert(3, "c".repeat(10_001), now);
    /// assert_eq!((inserted.removed[0].key, inserted.removed[0].by), (3, RemovedBy::Bytes));
    /// assert!(pages.contains(&2));
    /// assert_eq!(pages.stats().evictions.bytes, 2);
    /// ```
    pub const fn max_bytes(mut self, max: usize) -> Self {
        self.max_bytes = Some(max);
        self
    }

    /// What an entry has beside the key and the value themselves: their bytes on the heap. Default:
    /// nothing.
    ///
    /// An entry is weighed once, when it is written. A store with bounds has each key twice, in the
    /// map and in the order of eviction: what a clone of it allocates counts twice, too.
    pub const fn weigher(mut self, weigher: fn(&K, &V) -> usize) -> Self {
        self.weigher = Some(weigher);
        self
    }

    /// Who goes first when the store is full. Default: [`Eviction::Oldest`].
    pub const fn eviction(mut self, eviction: Eviction) -> Self {
        self.eviction = eviction;
        self
    }
}

impl<K: Clone + Eq + Hash, V> StoreBuilder<K, V> {
    /// Makes the store.
    #[must_use]
    pub fn build(self) -> Store<K, V> {
        Store::with(&self)
    }
}

impl<K, V> Clone for StoreBuilder<K, V> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<K, V> Default for StoreBuilder<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
