//! How the rows of a kind come, stay and go within its bounds.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::data::Rows;
use super::slot::{Life, Moment, Slot};
use crate::store::{Counters, Order, StoreStats};
use crate::{Eviction, Expiry};

/// The bounds of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    pub(super) on: bool,
    pub(super) ttl: Option<Moment>,
    pub(super) expiry: Expiry,
    pub(super) max_entries: Option<usize>,
    pub(super) eviction: Eviction,
}

impl Policy {
    /// Whether it matters which row goes next.
    pub(super) const fn keeps_order(&self) -> bool {
        self.ttl.is_some() || self.max_entries.is_some()
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
}

impl Meter {
    pub(super) fn entries(&self) -> usize {
        self.entries.load(Ordering::Relaxed)
    }

    pub(super) fn stats(&self) -> StoreStats {
        self.counters.snapshot(self.entries())
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
        if policy.eviction == Eviction::LeastRecentlyUsed && policy.max_entries.is_some() {
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

impl<P: Clone> Keeper<'_, P> {
    pub(super) fn put<K: Copy + Ord, V: Clone + PartialEq>(
        &mut self,
        rows: &mut Rows<K, V>,
        key: K,
        name: P,
        row: V,
    ) -> Written<V> {
        let Some(slot) = rows.get(key) else {
            rows.insert(key, self.admit(name, row));
            return Written::Added;
        };
        if let Some(place) = slot.life.place() {
            self.order.move_back(place);
        }
        let live = self.policy.is_live(&slot.life, self.now);
        slot.life.renew(self.now);
        if live && slot.row == row {
            return Written::Same;
        }
        let Some(slot) = rows.get_mut(key) else {
            return Written::Same;
        };
        let old = std::mem::replace(&mut slot.row, row);
        if live {
            self.meter.counters.updates.up();
            return Written::Updated(old);
        }
        self.meter.counters.expirations.up();
        self.meter.counters.inserts.up();
        Written::Revived(old)
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

    /// A slot for a row that is not there yet.
    pub(super) fn admit<V>(&mut self, name: P, row: V) -> Slot<V> {
        self.meter.counters.inserts.up();
        self.meter.entries.fetch_add(1, Ordering::Relaxed);
        let place = self.policy.keeps_order().then(|| self.order.push(name));
        Slot::new(row, self.now, place.flatten())
    }

    /// Takes a row out because the world has it no more; tells whether it was live, too.
    pub(super) fn take<K: Copy + Ord, V: Clone>(
        &mut self,
        rows: &mut Rows<K, V>,
        key: K,
    ) -> Option<(V, bool)> {
        let slot = rows.remove(key)?;
        let was_live = self.removed(&slot.life);
        Some((slot.row, was_live))
    }

    /// Counts a row that was taken out because the world has it no more; whether it was live.
    pub(super) fn removed(&mut self, life: &Life) -> bool {
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
    pub(super) fn forget<K: Copy + Ord, V: Clone>(
        &mut self,
        rows: &mut Rows<K, V>,
        key: K,
    ) -> Option<V> {
        let slot = rows.remove(key)?;
        self.release(&slot.life);
        let counters = &self.meter.counters;
        if self.policy.is_live(&slot.life, self.now) {
            counters.evicted_by_capacity.up();
        } else {
            counters.expirations.up();
        }
        Some(slot.row)
    }

    fn release(&mut self, life: &Life) {
        self.meter.entries.fetch_sub(1, Ordering::Relaxed);
        if let Some(place) = life.place() {
            self.order.remove(place);
        }
    }
}
