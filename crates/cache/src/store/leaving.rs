//! How entries leave a store without being asked to.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::atomic::Ordering;

use super::{Eviction, Order, Place, Removed, RemovedBy, Slot, Store};

/// How many entries a write looks at, to collect those that expired.
const LOOKED_AT_PER_WRITE: usize = 2;

impl<K: Clone + Eq + Hash, V> Store<K, V> {
    /// Why there is no room for an entry of so many bytes, whatever leaves.
    pub(super) fn refuses(&self, bytes: usize) -> Option<RemovedBy> {
        if self.max_entries == Some(0) {
            return Some(RemovedBy::Capacity);
        }
        self.max_bytes
            .is_some_and(|max| bytes > max)
            .then_some(RemovedBy::Bytes)
    }

    /// Evicts until an entry of so many bytes can be written under a key.
    pub(super) fn make_room(
        &self,
        order: &mut Order<K>,
        key: &K,
        bytes: usize,
        removed: &mut Vec<Removed<K, V>>,
    ) {
        let held = self.map.get(key).map(|slot| (slot.place, slot.bytes));
        let max_entries = self.max_entries.unwrap_or(usize::MAX).min(Order::<K>::MOST);
        loop {
            let (_, replaced) = held.unwrap_or_default();
            let others = self.bytes.load(Ordering::Relaxed).saturating_sub(replaced);
            let by = if held.is_none() && order.len() >= max_entries {
                RemovedBy::Capacity
            } else if self
                .max_bytes
                .is_some_and(|max| bytes > max.saturating_sub(others))
            {
                RemovedBy::Bytes
            } else {
                return;
            };
            // What is about to be replaced stays for those who read it meanwhile.
            let Some(victim) = self.evict(order, held.and_then(|(place, _)| place), by) else {
                return;
            };
            removed.push(victim);
        }
    }

    /// Collects what expired among a few entries, so that memory comes back without a sweep.
    pub(super) fn collect_some(
        &self,
        order: &mut Order<K>,
        now: u64,
        removed: &mut Vec<Removed<K, V>>,
    ) {
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

    pub(super) fn take_expired(
        &self,
        order: &mut Order<K>,
        key: &K,
        now: u64,
    ) -> Option<Removed<K, V>> {
        let (key, slot) = self
            .map
            .remove_if(key, |_, slot| self.is_expired(slot, now))?;
        self.forget(order, &slot);
        self.count(RemovedBy::Expiry);
        Some(Removed {
            key,
            value: slot.value,
            by: RemovedBy::Expiry,
        })
    }

    pub(super) fn take<Q>(&self, order: &mut Order<K>, key: &Q) -> Option<(K, Slot<V>)>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let (key, slot) = self.map.remove(key)?;
        self.forget(order, &slot);
        Some((key, slot))
    }

    pub(super) fn count(&self, by: RemovedBy) {
        match by {
            RemovedBy::Bytes => self.counters.evicted_by_bytes.up(),
            RemovedBy::Capacity => self.counters.evicted_by_capacity.up(),
            RemovedBy::Expiry => self.counters.expirations.up(),
        }
    }

    /// Evicts the entry whose turn it is, but for the one in a place.
    fn evict(
        &self,
        order: &mut Order<K>,
        spared: Option<Place>,
        by: RemovedBy,
    ) -> Option<Removed<K, V>> {
        while let Some((place, key)) = order.front() {
            let was_read = || {
                self.map
                    .get(&key)
                    .is_some_and(|slot| slot.read.swap(false, Ordering::Relaxed))
            };
            if spared == Some(place) || self.eviction == Eviction::LeastRecentlyUsed && was_read() {
                order.move_back(place);
                continue;
            }
            let (key, slot) = self.take(order, &key)?;
            let by = if self.is_expired(&slot, self.now()) {
                RemovedBy::Expiry
            } else {
                by
            };
            self.count(by);
            return Some(Removed {
                key,
                value: slot.value,
                by,
            });
        }
        None
    }

    /// An entry is out of the map: so is it of all that is kept beside.
    fn forget(&self, order: &mut Order<K>, slot: &Slot<V>) {
        if let Some(place) = slot.place {
            order.remove(place);
        }
        self.bytes.fetch_sub(slot.bytes, Ordering::Relaxed);
    }
}
