//! How readers and the writer share what they look at and change.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use arc_swap::ArcSwapOption;

use super::data::GuildData;

/// For how many changes readers are given something to look at, once one of them found the writer at work.
const CHANGES: u32 = 16_384;

/// Where data live of which a clone is a snapshot. Readers hold them for as long as it takes to copy a row, the writer
/// for one change, such as all that an event does to a guild.
///
/// A writer may be stopped in the middle of a change for milliseconds, by the operating system, and readers are not to
/// wait for that. So where they come meanwhile, the data as they were before the change are there for them. The writer
/// has to copy then what it changes, and so it does that only after a reader once came too early.
#[derive(Debug)]
pub(super) struct Cell<T> {
    live: RwLock<T>,
    /// What there was before the change that is being made.
    before: ArcSwapOption<T>,
    contention: Contention,
}

/// Where the data of a guild live.
pub(super) type GuildCell = Cell<Arc<GuildData>>;

/// Whether readers come while the writer is at work.
#[derive(Clone, Debug, Default)]
pub(super) struct Contention(Arc<AtomicU32>);

/// What a reader sees.
pub(super) enum Seen<'a, T> {
    Now(RwLockReadGuard<'a, T>),
    /// As it was before the change that is being made.
    Before(Arc<T>),
}

/// The writer's hand on the data.
pub(super) struct Change<'a, T> {
    // Dropped in this order: until the data can be read, there is something else to look at.
    live: RwLockWriteGuard<'a, T>,
    _before: Option<Before<'a, T>>,
}

/// What readers see meanwhile.
struct Before<'a, T>(&'a Cell<T>);

impl<T: Clone> Cell<T> {
    pub(super) fn new(data: T, contention: &Contention) -> Self {
        Self {
            live: RwLock::new(data),
            before: ArcSwapOption::empty(),
            contention: contention.clone(),
        }
    }

    pub(super) fn read(&self) -> Seen<'_, T> {
        match self.live.try_read() {
            Ok(live) => Seen::Now(live),
            // A panic in the middle of a write leaves data that are still sound: each step keeps them so.
            Err(TryLockError::Poisoned(live)) => Seen::Now(live.into_inner()),
            Err(TryLockError::WouldBlock) => self.read_meanwhile(),
        }
    }

    #[cold]
    fn read_meanwhile(&self) -> Seen<'_, T> {
        self.contention.note();
        match self.before.load_full() {
            Some(before) => Seen::Before(before),
            None => Seen::Now(self.live.read().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// For the one writer there is.
    pub(super) fn write(&self) -> Change<'_, T> {
        let before = self.contention.is_expected().then(|| {
            self.before.store(Some(Arc::new(self.snapshot())));
            Before(self)
        });
        Change {
            live: self.live.write().unwrap_or_else(PoisonError::into_inner),
            _before: before,
        }
    }

    /// The data as they are now, for as long as anybody wants to look at them.
    pub(super) fn snapshot(&self) -> T {
        T::clone(&self.read())
    }
}

impl Contention {
    /// A reader found the writer at work.
    fn note(&self) {
        // All of them look at it: it is not written more often than it has to be.
        if self.0.load(Ordering::Relaxed) < CHANGES / 2 {
            self.0.store(CHANGES, Ordering::Relaxed);
        }
    }

    /// Whether readers are to be reckoned with during the next change.
    fn is_expected(&self) -> bool {
        let left = self.0.load(Ordering::Relaxed);
        if left > 0 {
            // That a reader may say so at the same time does no harm: it will again.
            self.0.store(left - 1, Ordering::Relaxed);
        }
        left > 0
    }
}

impl<T> Deref for Seen<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Now(data) => data,
            Self::Before(data) => data,
        }
    }
}

impl<T> Deref for Change<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.live
    }
}

impl<T> DerefMut for Change<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.live
    }
}

impl<T> Drop for Before<'_, T> {
    fn drop(&mut self) {
        self.0.before.store(None);
    }
}

#[cfg(test)]
mod tests {
    use polycord_types::id::GuildId;

    use super::*;
    use crate::GuildState;

    fn cell(contention: &Contention) -> GuildCell {
        let data = GuildData::new(GuildId::new(1), GuildState::Cold);
        GuildCell::new(Arc::new(data), contention)
    }

    #[test]
    fn a_reader_in_the_middle_of_a_change_sees_what_was_before_and_does_not_wait() {
        let contention = Contention::default();
        let cell = cell(&contention);
        contention.note();

        let mut change = cell.write();
        Arc::make_mut(&mut change).state = GuildState::Available;
        // Were it to wait, this would never end.
        assert_eq!(cell.read().state, GuildState::Cold);
        drop(change);
        assert_eq!(cell.read().state, GuildState::Available);
        assert!(cell.before.load().is_none());
    }

    #[test]
    fn nothing_is_copied_for_readers_who_do_not_come() {
        let contention = Contention::default();
        let cell = cell(&contention);
        let place = |cell: &GuildCell| Arc::as_ptr(&cell.read());
        let before = place(&cell);
        Arc::make_mut(&mut cell.write()).state = GuildState::Available;
        assert_eq!(place(&cell), before);

        contention.note();
        for _ in 0..CHANGES {
            Arc::make_mut(&mut cell.write()).state = GuildState::Available;
        }
        let before = place(&cell);
        Arc::make_mut(&mut cell.write()).state = GuildState::Cold;
        assert_eq!(place(&cell), before, "nobody came for long");
    }
}
