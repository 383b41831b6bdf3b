//! How the rows of a kind come, stay and go within its bounds.

use std::sync::atomic::{AtomicUsize, Ordering};

use polycord_types::HeapSize;

use super::changes::Delta;
use super::data::Rows;
use super::slot::{Life, Moment, Slot};
use crate::store::{Counters, Order, StoreStats};
use crate::table::Place;
use crate::{Eviction, Expiry};

/// The bounds of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    pub(super) on: bool,
    pub(super) ttl: Option<Moment>,
    pub(super) expiry: Expiry,
    pub(super) max_entries: Option<usize>,
    pub(super) max_bytes: Option<usize>,
    pub(super) eviction: Eviction,
}

impl Policy {
    /// Whether it matters which row goes next.
    pub(super) const fn keeps_order(&self) -> bool {
        self.ttl.is_some() || self.is_limited()
    }

    /// Whether there may be too much.
    pub(super) const fn is_limited(&self) -> bool {
        self.max_entries.is_some() || self.max_bytes.is_some()
    }

    /// Whether the row that expires first is always the first in order.
    pub(super) fn is_ordered_by_expiry(&self) -> bool {
        self.expiry == Expiry::AfterWrite && self.eviction == Eviction::Oldest
    }

    pub(super) fn is_live(&self, life: &Life, now: Moment) -> bool {
        self.ttl.is_none_or(|ttl| life.age(now) < ttl)
    }
}

/// What was counted of a kind.
#[derive(Debug, Default)]
pub(super) struct Meter {
    pub(super) counters: Counters,
    entries: AtomicUsize,
    /// What the rows take from the heap, with the tables they lie in.
    rows: AtomicUsize,
    /// What is beside the rows.
    beside: AtomicUsize,
}

impl Meter {
    pub(super) fn entries(&self) -> usize {
        self.entries.load(Ordering::Relaxed)
    }

    /// The bytes on the heap of the rows and of what is beside them.
    pub(super) fn bytes(&self) -> usize {
        self.row_bytes() + self.beside.load(Ordering::Relaxed)
    }

    pub(super) fn row_bytes(&self) -> usize {
        self.rows.load(Ordering::Relaxed)
    }

    /// Rows that took so many bytes take another number of them now.
    pub(super) fn resize(&self, before: usize, after: usize) {
        // One addition for more and for less: what wraps around wraps back.
        let difference = after.wrapping_sub(before);
        self.rows.fetch_add(difference, Ordering::Relaxed);
    }

    pub(super) fn set_beside(&self, bytes: usize) {
        self.beside.store(bytes, Ordering::Relaxed);
    }

    pub(super) fn stats(&self) -> StoreStats {
        self.counters.snapshot(self.entries(), self.bytes())
    }

    /// Counts a lookup, and tells the row that it was read.
    pub(super) fn lookup(&self, policy: &Policy, found: Option<&Life>, now: Moment) {
        let Some(life) = found else {
            self.counters.lookups.miss();
            return;
        };
        self.counters.lookups.hit();
        if policy.expiry == Expiry::AfterRead && policy.ttl.is_some() {
            life.renew(now);
        }
        if policy.eviction == Eviction::LeastRecentlyUsed && policy.is_limited() {
            life.note_read();
        }
    }
}

/// The writer's hand on the rows of one kind. `P` names a row among all of its kind.
pub(super) struct Keeper<'a, P> {
    pub(super) policy: Policy,
    pub(super) meter: &'a Meter,
    pub(super) order: &'a mut Order<P>,
    pub(super) now: Moment,
}

/// What writing a row did.
pub(super) enum Written<V> {
    /// It was there already.
    Same,
    /// It was not there.
    Added,
    /// It was there as this.
    Updated(V),
    /// It was there as this, and had expired.
    Revived(V),
}

impl<V> Written<V> {
    /// What readers are told, who see a row as it is `shown`.
    pub(super) fn delta<T>(self, new: V, shown: impl Fn(V) -> T) -> Option<Delta<T>> {
        match self {
            Self::Same => None,
            Self::Added | Self::Revived(_) => Some(Delta::Added(shown(new))),
            Self::Updated(old) => Some(Delta::Updated {
                old: shown(old),
                new: shown(new),
            }),
        }
    }
}

/// Why a row has to make room.
#[derive(Clone, Copy, Debug)]
pub(super) enum Surplus {
    Entries,
    Bytes,
    /// It is not let in any more.
    Admission,
}

impl<P: Clone> Keeper<'_, P> {
    /// Writes a row; tells where it is now, too.
    pub(super) fn put<K: Copy + Ord, V: Clone + PartialEq + HeapSize>(
        &mut self,
        rows: &mut Rows<K, V>,
        key: K,
        name: P,
        row: V,
    ) -> (Written<V>, Place) {
        let before = rows.bytes();
        let found = rows.find(key);
        let Some((place, slot)) = found.and_then(|place| Some((place, rows.at(place)?))) else {
            let heap = row.heap_size();
            rows.insert(key, self.admit(name, row));
            self.meter.resize(before, rows.bytes() + heap);
            return (Written::Added, rows.find(key).unwrap_or_default());
        };
        let live = self.policy.is_live(&slot.life, self.now);
        self.renew(&slot.life);
        if live && slot.row == row {
            return (Written::Same, place);
        }
        let Some(slot) = rows.at_mut(place) else {
            return (Written::Same, place);
        };
        let heap = row.heap_size();
        let old = std::mem::replace(&mut slot.row, row);
        self.meter
            .resize(before + old.heap_size(), rows.bytes() + heap);
        if live {
            self.meter.counters.updates.up();
            return (Written::Updated(old), place);
        }
        self.meter.counters.expirations.up();
        self.meter.counters.inserts.up();
        (Written::Revived(old), place)
    }

    /// Lets the time of a row begin anew, as if it were written.
    pub(super) fn renew(&mut self, life: &Life) {
        if let Some(place) = life.place() {
            self.order.move_back(place);
        }
        life.renew(self.now);
    }

    /// Keeps a row out of the bounds' reach, or gives it back to them.
    pub(super) fn pin(&mut self, life: &Life, name: P, pinned: bool) {
        if !self.policy.keeps_order() || life.is_pinned() == pinned {
            return;
        }
        if pinned {
            if let Some(place) = life.pin() {
                self.order.remove(place);
            }
        } else {
            let place = self.order.push(name);
            life.unpin(self.now, place);
        }
    }

    /// A table of rows in order of their keys, none of which is there yet.
    pub(super) fn fill<K: Copy + Ord, V: Clone + HeapSize>(
        &mut self,
        rows: Vec<(K, V)>,
        name: impl Fn(K) -> P,
    ) -> Rows<K, V> {
        let heap: usize = rows.iter().map(|(_, row)| row.heap_size()).sum();
        let slots = rows.into_iter().map(|(key, row)| {
            let slot = self.admit(name(key), row);
            (key, slot)
        });
        let rows = Rows::from_ordered(slots.collect());
        self.meter.resize(0, rows.bytes() + heap);
        rows
    }

    /// Changes a row that is there, in a way that its bounds need not know of. `edit` tells what the row took from the
    /// heap before and takes now, or nothing if that is the same: to find it out may take longer than the change.
    pub(super) fn edit<K: Copy + Ord, V: Clone>(
        &self,
        rows: &mut Rows<K, V>,
        key: K,
        edit: impl FnOnce(&mut V) -> Option<(usize, usize)>,
    ) {
        let before = rows.bytes();
        let Some(slot) = rows.get_mut(key) else {
            return;
        };
        let (heap_before, heap) = edit(&mut slot.row).unwrap_or_default();
        self.meter.counters.updates.up();
        self.meter.resize(before + heap_before, rows.bytes() + heap);
    }

    /// A slot for a row that is not there yet.
    fn admit<V>(&mut self, name: P, row: V) -> Slot<V> {
        self.meter.counters.inserts.up();
        self.meter.entries.fetch_add(1, Ordering::Relaxed);
        let place = self.policy.keeps_order().then(|| self.order.push(name));
        Slot::new(row, self.now, place.flatten())
    }

    /// Takes a row out because the world has it no more; tells whether it was live, too.
    pub(super) fn take<K: Copy + Ord, V: Clone + HeapSize>(
        &mut self,
        rows: &mut Rows<K, V>,
        key: K,
    ) -> Option<(V, bool)> {
        let slot = self.cut(rows, key)?;
        let was_live = self.removed(&slot.life);
        Some((slot.row, was_live))
    }

    /// Takes all rows out because the world has them no more.
    pub(super) fn take_all<K: Copy + Ord, V: Clone + HeapSize>(
        &mut self,
        rows: &mut Rows<K, V>,
    ) -> Rows<K, V> {
        let rows = std::mem::take(rows);
        let mut bytes = rows.bytes();
        for slot in rows.values() {
            bytes += slot.row.heap_size();
            self.removed(&slot.life);
        }
        self.meter.resize(bytes, 0);
        rows
    }

    /// Counts a row that was taken out because the world has it no more; whether it was live.
    fn removed(&mut self, life: &Life) -> bool {
        self.release(life);
        let was_live = self.policy.is_live(life, self.now);
        let counters = &self.meter.counters;
        if was_live {
            counters.removals.up();
        } else {
            counters.expirations.up();
        }
        was_live
    }

    /// Takes a row out to keep the bounds.
    pub(super) fn forget<K: Copy + Ord, V: Clone + HeapSize>(
        &mut self,
        rows: &mut Rows<K, V>,
        key: K,
        surplus: Surplus,
    ) -> Option<V> {
        let slot = self.cut(rows, key)?;
        self.release(&slot.life);
        let counters = &self.meter.counters;
        if self.policy.is_live(&slot.life, self.now) {
            match surplus {
                Surplus::Entries => counters.evicted_by_capacity.up(),
                Surplus::Bytes => counters.evicted_by_bytes.up(),
                Surplus::Admission => counters.evicted_by_admission.up(),
            }
        } else {
            counters.expirations.up();
        }
        Some(slot.row)
    }

    fn cut<K: Copy + Ord, V: Clone + HeapSize>(
        &self,
        rows: &mut Rows<K, V>,
        key: K,
    ) -> Option<Slot<V>> {
        let before = rows.bytes();
        let slot = rows.remove(key)?;
        self.meter
            .resize(before + slot.row.heap_size(), rows.bytes());
        Some(slot)
    }

    fn release(&mut self, life: &Life) {
        self.meter.entries.fetch_sub(1, Ordering::Relaxed);
        if let Some(place) = life.place() {
            self.order.remove(place);
        }
    }
}
