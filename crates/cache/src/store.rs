//! A concurrent map bounded by time, by number and by bytes.

mod leaving;
mod order;
mod outcome;
mod policy;
mod stats;

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dashmap::DashMap;

pub(crate) use self::order::{Order, Place};
pub use self::outcome::{Inserted, Removed, RemovedBy};
use self::policy::Weigher;
pub use self::policy::{Eviction, Expiry, StoreBuilder};
pub(crate) use self::stats::Counters;
pub use self::stats::{Evictions, StoreStats};

/// What an `Arc` has before its value: two counters.
const ARC_HEADER: usize = 2 * size_of::<usize>();
/// What the map has beside each entry.
const CONTROL_BYTE: usize = 1;

/// A concurrent map whose entries live for a time, up to a number and a size, and which counts what
/// happens.
///
/// - **No clock.** Writes say what time it is, [`tick`](Self::tick) says it for reads, as the
///   [`Duration`] since any origin that the caller keeps to. The same calls give the same contents.
/// - **No guard.** Reads give the value as it was, in an [`Arc`]: nothing that a reader holds can
///   stop a writer, over an `.await` or otherwise.
/// - **No sweeper needed.** An expired entry is absent for every read at once. Its memory goes with
///   later writes, each of which looks at a few entries, or with [`sweep`](Self::sweep).
///
/// Reads from many threads do not wait for each other; writes to one store take turns. What leaves
/// without being asked to is handed to the writer whose call made it leave, so that indexes
/// beside the store can follow.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use polycord_cache::{Eviction, Store};
///
/// let store = Store::builder().max_entries(2).eviction(Eviction::LeastRecentlyUsed).build();
/// let now = Duration::ZERO;
/// store.insert("ada", 1815, now);
/// store.insert("grace", 1906, now);
/// assert_eq!(store.get("ada").as_deref(), Some(&1815));
///
/// let inserted = store.insert("barbara", 1939, now);
/// assert_eq!(inserted.removed[0].key, "grace");
/// assert_eq!(store.stats().hits, 1);
/// ```
pub struct Store<K, V> {
    map: DashMap<K, Slot<V>>,
    /// Held for the whole of every write: it serializes writers, readers never take it.
    order: Mutex<Order<K>>,
    ttl: Option<u64>,
    expiry: Expiry,
    max_bytes: Option<usize>,
    max_entries: Option<usize>,
    weigher: Option<Weigher<K, V>>,
    eviction: Eviction,
    /// What all entries take together. Only who holds the order changes it.
    bytes: AtomicUsize,
    /// The latest time heard of, in nanoseconds.
    now: AtomicU64,
    counters: Counters,
}

struct Slot<V> {
    value: Arc<V>,
    /// From when the lifetime counts, in nanoseconds.
    since: AtomicU64,
    /// Read since its place in the order was given.
    read: AtomicBool,
    /// `None` in a store without bounds, which keeps no order.
    place: Option<Place>,
    /// What the entry takes, as weighed when it was written.
    bytes: usize,
}

impl<K: Clone + Eq + Hash, V> Store<K, V> {
    /// A store without bounds.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Chooses the bounds of a store.
    pub const fn builder() -> StoreBuilder<K, V> {
        StoreBuilder::new()
    }

    fn with(bounds: &StoreBuilder<K, V>) -> Self {
        Self {
            map: DashMap::new(),
            order: Mutex::new(Order::new()),
            ttl: bounds.ttl,
            expiry: bounds.expiry,
            max_bytes: bounds.max_bytes,
            max_entries: bounds.max_entries,
            weigher: bounds.weigher,
            eviction: bounds.eviction,
            bytes: AtomicUsize::new(0),
            now: AtomicU64::new(0),
            counters: Counters::default(),
        }
    }

    /// Says what time it is: reads and expiry go by it. Time never goes back.
    pub fn tick(&self, now: Duration) {
        self.now.fetch_max(nanos(now), Ordering::Relaxed);
    }

    /// The value under a key, counted as a hit or a miss.
    pub fn get<Q>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let now = self.now();
        let found = self
            .map
            .get(key)
            .filter(|slot| !self.is_expired(slot, now))
            .map(|slot| {
                if self.expiry == Expiry::AfterRead {
                    slot.since.fetch_max(now, Ordering::Relaxed);
                }
                // Written only when it changes: readers of a popular entry share its cache line.
                if self.eviction == Eviction::LeastRecentlyUsed
                    && !slot.read.load(Ordering::Relaxed)
                {
                    slot.read.store(true, Ordering::Relaxed);
                }
                Arc::clone(&slot.value)
            });
        match found {
            Some(_) => self.counters.lookups.hit(),
            None => self.counters.lookups.miss(),
        }
        found
    }

    /// The value under a key, without counting the lookup or prolonging the entry's life.
    pub fn peek<Q>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let now = self.now();
        let slot = self
            .map
            .get(key)
            .filter(|slot| !self.is_expired(slot, now))?;
        Some(Arc::clone(&slot.value))
    }

    /// Whether a live entry is under a key; not counted as a lookup.
    pub fn contains<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let now = self.now();
        self.map
            .get(key)
            .is_some_and(|slot| !self.is_expired(&slot, now))
    }

    /// How many entries are held, with those that expired and were not collected yet.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// The keys of the live entries, in no order.
    pub fn keys(&self) -> Vec<K> {
        let now = self.now();
        let live = self.map.iter().filter(|slot| !self.is_expired(slot, now));
        live.map(|slot| slot.key().clone()).collect()
    }

    /// The live entries, in no order.
    ///
    /// The keys are those of the moment of the call; each value is fetched when the iterator comes
    /// to it, and an entry that left meanwhile is passed over.
    pub fn iter(&self) -> impl Iterator<Item = (K, Arc<V>)> {
        self.keys()
            .into_iter()
            .filter_map(|key| self.peek(&key).map(|value| (key, value)))
    }

    /// What was counted since the store was made.
    ///
    /// `bytes` are those of the entries: the place of each in the store, its value, and what the
    /// [weigher](StoreBuilder::weigher) adds. Room held for entries to come is not among them.
    pub fn stats(&self) -> StoreStats {
        let bytes = self.bytes.load(Ordering::Relaxed);
        self.counters.snapshot(self.map.len(), bytes)
    }

    /// Writes a value, and tells what was there and what had to leave.
    ///
    /// A value that the bounds leave no room for, however empty the store, is itself what leaves:
    /// every value of a store for zero entries, and one whose entry alone takes more than
    /// [`max_bytes`](StoreBuilder::max_bytes). What it was to replace is gone then, nothing else.
    pub fn insert(&self, key: K, value: impl Into<Arc<V>>, now: Duration) -> Inserted<K, V> {
        self.tick(now);
        let now = self.now();
        let value = value.into();
        let bytes = self.weigh(&key, &value);
        let mut order = self.lock();
        let mut removed = Vec::new();
        self.collect_some(&mut order, now, &mut removed);

        let replaced = if let Some(by) = self.refuses(bytes) {
            let replaced = self.take(&mut order, &key);
            self.count(by);
            removed.push(Removed { key, value, by });
            replaced
        } else {
            // Room is made first: what is written must not be its own victim when all others were read.
            self.make_room(&mut order, &key, bytes, &mut removed);
            self.put(&mut order, key, value, bytes, now)
        };

        let Some((key, slot)) = replaced else {
            self.counters.inserts.up();
            return Inserted { old: None, removed };
        };
        if self.is_expired(&slot, now) {
            self.counters.inserts.up();
            let by = RemovedBy::Expiry;
            self.count(by);
            let value = slot.value;
            removed.push(Removed { key, value, by });
            return Inserted { old: None, removed };
        }
        self.counters.updates.up();
        Inserted {
            old: Some(slot.value),
            removed,
        }
    }

    /// Lets the lifetime of an entry begin anew, as a write of the same value would.
    ///
    /// False if there is no live entry.
    pub fn touch<Q>(&self, key: &Q, now: Duration) -> bool
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.tick(now);
        let now = self.now();
        let mut order = self.lock();
        let Some(mut slot) = self
            .map
            .get_mut(key)
            .filter(|slot| !self.is_expired(slot, now))
        else {
            return false;
        };
        *slot.since.get_mut() = now;
        *slot.read.get_mut() = false;
        if let Some(place) = slot.place {
            order.move_back(place);
        }
        true
    }

    /// Takes an entry out and gives its value, if it was live.
    pub fn remove<Q>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let mut order = self.lock();
        let slot = self.take(&mut order, key)?.1;
        if self.is_expired(&slot, self.now()) {
            self.counters.expirations.up();
            return None;
        }
        self.counters.removals.up();
        Some(slot.value)
    }

    /// Takes every entry out.
    pub fn clear(&self) {
        let mut order = self.lock();
        // One by one: dashmap's `clear` does not say how many there were.
        self.map.retain(|_, slot| {
            self.counters.removals.up();
            self.bytes.fetch_sub(slot.bytes, Ordering::Relaxed);
            false
        });
        order.clear();
    }

    /// Collects every entry that has expired by `now`.
    ///
    /// Costs as much as there are expired entries if lifetimes count from writes and the oldest is
    /// evicted first, else a look at every entry.
    pub fn sweep(&self, now: Duration) -> Vec<Removed<K, V>> {
        self.tick(now);
        let now = self.now();
        let mut removed = Vec::new();
        if self.ttl.is_none() {
            return removed;
        }
        let mut order = self.lock();
        if self.is_ordered_by_expiry() {
            while let Some((_, key)) = order.front() {
                let Some(entry) = self.take_expired(&mut order, &key, now) else {
                    break;
                };
                removed.push(entry);
            }
        } else {
            let keys = order.keys();
            removed.extend(
                keys.iter()
                    .filter_map(|key| self.take_expired(&mut order, key, now)),
            );
        }
        removed
    }

    /// Puts a value where there is room for it; what was there, and the key that is not needed then.
    fn put(
        &self,
        order: &mut Order<K>,
        key: K,
        value: Arc<V>,
        bytes: usize,
        now: u64,
    ) -> Option<(K, Slot<V>)> {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        let slot = |place| Slot {
            value,
            since: now.into(),
            read: false.into(),
            place,
            bytes,
        };
        if let Some(mut held) = self.map.get_mut(&key) {
            let place = held.place;
            if let Some(place) = place {
                order.move_back(place);
            }
            let old = std::mem::replace(&mut *held, slot(place));
            self.bytes.fetch_sub(old.bytes, Ordering::Relaxed);
            return Some((key, old));
        }
        let place = if self.keeps_order() {
            order.push(key.clone())
        } else {
            None
        };
        self.map.insert(key, slot(place));
        None
    }

    /// What an entry takes.
    fn weigh(&self, key: &K, value: &V) -> usize {
        let node = if self.keeps_order() {
            Order::<K>::NODE
        } else {
            0
        };
        let place = size_of::<(K, Slot<V>)>() + CONTROL_BYTE + node;
        let added = self.weigher.map_or(0, |weigher| weigher(key, value));
        (place + ARC_HEADER + size_of::<V>()).saturating_add(added)
    }

    const fn keeps_order(&self) -> bool {
        self.ttl.is_some() || self.max_entries.is_some() || self.max_bytes.is_some()
    }

    /// Whether the entry that expires first is always the first in order.
    fn is_ordered_by_expiry(&self) -> bool {
        self.expiry == Expiry::AfterWrite && self.eviction == Eviction::Oldest
    }

    fn is_expired(&self, slot: &Slot<V>, now: u64) -> bool {
        let age = now.saturating_sub(slot.since.load(Ordering::Relaxed));
        self.ttl.is_some_and(|ttl| age >= ttl)
    }

    fn now(&self) -> u64 {
        self.now.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Order<K>> {
        // Nothing between lock and unlock leaves the order broken if a key's `Hash` panics.
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Clone + Eq + Hash, V> Default for Store<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> fmt::Debug for Store<K, V>
where
    K: Clone + Eq + Hash,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}

/// Nanoseconds, up to 584 years.
fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
