//! A row of a table, with what its bounds need to know.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::store::Place;

/// Set in [`Life::place`] when the row was read since it was given its place.
const READ: u32 = 1 << 31;
/// The place of a row in no order.
const NO_PLACE: u32 = READ - 1;

/// From when the lifetime of a row counts that stays whatever the bounds say: from after all time.
const PINNED: u32 = u32::MAX;

/// A time in sixteenths of a second: what four bytes hold for eight years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) u32);

impl Moment {
    /// A time that does not come.
    pub(super) const NEVER: Self = Self(u32::MAX);

    pub(super) fn of(time: Duration) -> Self {
        Self(u32::try_from(time.as_nanos() / 62_500_000).unwrap_or(u32::MAX))
    }

    pub(super) fn time(self) -> Duration {
        Duration::from_nanos(u64::from(self.0) * 62_500_000)
    }

    /// A lifetime is never cut short: what is begun counts.
    pub(super) fn of_lifetime(time: Duration) -> Self {
        Self(u32::try_from(time.as_nanos().div_ceil(62_500_000)).unwrap_or(u32::MAX))
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Slot<V> {
    pub(super) row: V,
    pub(super) life: Life,
}

/// When a row was heard of, and when it goes. Readers may prolong it, and say that they read the row.
#[derive(Debug)]
pub(super) struct Life {
    /// From when the lifetime counts.
    since: AtomicU32,
    /// The place in the order in which rows go, and [`READ`].
    place: AtomicU32,
}

impl<V> Slot<V> {
    pub(super) fn new(row: V, now: Moment, place: Option<Place>) -> Self {
        let life = Life::new(now, place);
        Self { row, life }
    }
}

impl Life {
    fn new(now: Moment, place: Option<Place>) -> Self {
        // Beyond two thousand million rows they come without a place, and are not evicted.
        let place = place.filter(|place| *place < NO_PLACE).unwrap_or(NO_PLACE);
        Self {
            since: now.0.into(),
            place: place.into(),
        }
    }

    pub(super) fn age(&self, now: Moment) -> Moment {
        Moment(now.0.saturating_sub(self.since.load(Ordering::Relaxed)))
    }

    /// Lets the lifetime begin anew.
    pub(super) fn renew(&self, now: Moment) {
        if self.age(now) > Moment::default() {
            self.since.fetch_max(now.0, Ordering::Relaxed);
        }
    }

    /// Lets the row live for ever, in no order; gives the place it had in one.
    pub(super) fn pin(&self) -> Option<Place> {
        let place = self.place();
        self.since.store(PINNED, Ordering::Relaxed);
        self.place.store(NO_PLACE, Ordering::Relaxed);
        place
    }

    /// Lets the bounds have the row again, from now on.
    pub(super) fn unpin(&self, now: Moment, place: Option<Place>) {
        let life = Self::new(now, place);
        self.since.store(life.since.into_inner(), Ordering::Relaxed);
        self.place.store(life.place.into_inner(), Ordering::Relaxed);
    }

    pub(super) fn is_pinned(&self) -> bool {
        self.since.load(Ordering::Relaxed) == PINNED
    }

    pub(super) fn place(&self) -> Option<Place> {
        let place = self.place.load(Ordering::Relaxed) & !READ;
        (place != NO_PLACE).then_some(place)
    }

    /// Notes that the row was read. Written only when it changes: readers of a popular row share its cache line.
    pub(super) fn note_read(&self) {
        if self.place.load(Ordering::Relaxed) & READ == 0 {
            self.place.fetch_or(READ, Ordering::Relaxed);
        }
    }

    /// Whether the row was read since this was asked last.
    pub(super) fn was_read(&self) -> bool {
        self.place.fetch_and(!READ, Ordering::Relaxed) & READ != 0
    }
}

impl Clone for Life {
    fn clone(&self) -> Self {
        Self {
            since: self.since.load(Ordering::Relaxed).into(),
            place: self.place.load(Ordering::Relaxed).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_not_cut_short() {
        let life = Life::new(Moment::of(Duration::from_millis(999)), None);
        let lifetime = Moment::of_lifetime(Duration::from_millis(100));
        let age = |at: u64| life.age(Moment::of(Duration::from_millis(at)));
        assert!(age(1_060) < lifetime);
        assert!(age(1_130) >= lifetime);
        assert_eq!(life.place(), None);
    }

    #[test]
    fn a_place_stays_while_reads_come_and_are_asked_for() {
        let life = Life::new(Moment::default(), Some(7));
        assert!(!life.was_read());
        life.note_read();
        assert_eq!(life.place(), Some(7));
        assert!(life.was_read());
        assert!(!life.was_read());
        assert_eq!(life.place(), Some(7));
    }
}
