//! A concurrent map bounded by time and by number.

mod order;
mod policy;
mod stats;

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dashmap::DashMap;

pub(crate) use self::order::{Order, Place};
pub use self::policy::{Eviction, Expiry, StoreBuilder};
pub(crate) use self::stats::Counters;
pub use self::stats::{Evictions, StoreStats};

/// How many entries a write looks at, to collect those that expired.
const LOOKED_AT_PER_WRITE: usize = 2;

/// A concurrent map whose entries live for a time, up to a number, and which counts what happens.
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
    max_entries: Option<usize>,
    eviction: Eviction,
    /// The latest time heard of, in nanoseconds.
    now: AtomicU64,
    counters: Counters,
}

/// What a write did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Inserted<K, V> {
    /// The live value that was replaced.
    pub old: Option<Arc<V>>,
    /// What left because of this write: to make room, or because it was found expired.
    pub removed: Vec<Removed<K, V>>,
}

/// An entry that left a store without being asked to.
#[derive(Debug)]
#[non_exhaustive]
pub struct Removed<K, V> {
    /// Its key.
    pub key: K,
    /// Its last value.
    pub value: Arc<V>,
    /// Why it left.
    pub by: RemovedBy,
}

/// Why an entry left a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RemovedBy {
    /// The store held its maximum number of entries.
    Capacity,
    /// Its time was over.
    Expiry,
}

struct Slot<V> {
    value: Arc<V>,
    /// From when the lifetime counts, in nanoseconds.
    since: AtomicU64,
    /// Read since its place in the order was given.
    read: AtomicBool,
    /// `None` in a store without bounds, which keeps no order.
    place: Option<Place>,
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
            max_entries: bounds.max_entries,
            eviction: bounds.eviction,
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
    pub fn stats(&self) -> StoreStats {
        self.counters.snapshot(self.map.len(), 0)
    }

    /// Writes a value, and tells what was there and what had to leave.
    ///
    /// In a store for zero entries the value itself is what leaves.
    pub fn insert(&self, key: K, value: impl Into<Arc<V>>, now: Duration) -> Inserted<K, V> {
        self.tick(now);
        let now = self.now();
        let value = value.into();
        let mut order = self.lock();
        let mut removed = Vec::new();
        self.collect_some(&mut order, now, &mut removed);

        if let Some(mut slot) = self.map.get_mut(&key) {
            let old = std::mem::replace(&mut slot.value, value);
            let expired = self.is_expired(&slot, now);
            *slot.since.get_mut() = now;
            *slot.read.get_mut() = false;
            if let Some(place) = slot.place {
                order.move_back(place);
            }
            if expired {
                self.counters.expirations.up();
                self.counters.inserts.up();
                removed.push(Removed {
                    key,
                    value: old,
                    by: RemovedBy::Expiry,
                });
                return Inserted { old: None, removed };
            }
            self.counters.updates.up();
            return Inserted {
                old: Some(old),
                removed,
            };
        }

        self.counters.inserts.up();
        // Room is made first: the newcomer must not be its own victim when all others were read.
        while self.max_entries.is_some_and(|max| self.map.len() >= max) {
            let Some(victim) = self.evict(&mut order) else {
                break;
            };
            removed.push(victim);
        }
        let place = if self.keeps_order() && self.max_entries != Some(0) {
            order.push(key.clone())
        } else {
            None
        };
        if place.is_none() && self.keeps_order() {
            self.counters.evicted_by_capacity.up();
            removed.push(Removed {
                key,
                value,
                by: RemovedBy::Capacity,
            });
        } else {
            let slot = Slot {
                value,
                since: now.into(),
                read: false.into(),
                place,
            };
            self.map.insert(key, slot);
        }
        Inserted { old: None, removed }
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
        self.map.retain(|_, _| {
            self.counters.removals.up();
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

    /// Collects what expired among a few entries, so that memory comes back without a sweep.
    fn collect_some(&self, order: &mut Order<K>, now: u64, removed: &mut Vec<Removed<K, V>>) {
        if self.ttl.is_none() {
            return;
        }
        for _ in 0..LOOKED_AT_PER_WRITE {
            if self.is_ordered_by_expiry() {
                let Some((_, key)) = order.front() else { break };
                let Some(entry) = self.take_expired(order, &key, now) else {
                    break;
                };
                removed.push(entry);
            } else if let Some(key) = order.next_visited() {
                removed.extend(self.take_expired(order, &key, now));
            }
        }
    }

    /// Evicts the entry whose turn it is.
    fn evict(&self, order: &mut Order<K>) -> Option<Removed<K, V>> {
        while let Some((place, key)) = order.front() {
            let spared = self.eviction == Eviction::LeastRecentlyUsed
                && self
                    .map
                    .get(&key)
                    .is_some_and(|slot| slot.read.swap(false, Ordering::Relaxed));
            if spared {
                order.move_back(place);
                continue;
            }
            let (key, slot) = self.take(order, &key)?;
            let by = if self.is_expired(&slot, self.now()) {
                self.counters.expirations.up();
                RemovedBy::Expiry
            } else {
                self.counters.evicted_by_capacity.up();
                RemovedBy::Capacity
            };
            return Some(Removed {
                key,
                value: slot.value,
                by,
            });
        }
        None
    }

    fn take_expired(&self, order: &mut Order<K>, key: &K, now: u64) -> Option<Removed<K, V>> {
        let (key, slot) = self
            .map
            .remove_if(key, |_, slot| self.is_expired(slot, now))?;
        if let Some(place) = slot.place {
            order.remove(place);
        }
        self.counters.expirations.up();
        Some(Removed {
            key,
            value: slot.value,
            by: RemovedBy::Expiry,
        })
    }

    fn take<Q>(&self, order: &mut Order<K>, key: &Q) -> Option<(K, Slot<V>)>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let (key, slot) = self.map.remove(key)?;
        if let Some(place) = slot.place {
            order.remove(place);
        }
        Some((key, slot))
    }

    const fn keeps_order(&self) -> bool {
        self.ttl.is_some() || self.max_entries.is_some()
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
