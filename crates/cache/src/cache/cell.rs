//! Where the data of a guild live, and how readers and the writer share them.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use arc_swap::ArcSwapOption;

use super::data::GuildData;

/// For how many events readers are given something to look at, once one of them found the writer at work.
const EVENTS: u32 = 1_024;

/// Where the data of a guild live. Readers hold them for as long as it takes to copy a row, the writer for one event.
///
/// A writer may be stopped in the middle of an event for milliseconds, by the operating system, and readers are not to
/// wait for that. So where they come meanwhile, the data as they were before the event are there for them. The writer
/// has to copy then what it changes, and so it does that only after a reader once came too early.
#[derive(Debug)]
pub(super) struct GuildCell {
    live: RwLock<Arc<GuildData>>,
    /// What there was before the event that is being taken in.
    before: ArcSwapOption<GuildData>,
    contention: Contention,
}

/// Whether readers come while the writer is at work.
#[derive(Clone, Debug, Default)]
pub(super) struct Contention(Arc<AtomicU32>);

/// What a reader sees of a guild.
pub(super) enum Seen<'a> {
    Now(RwLockReadGuard<'a, Arc<GuildData>>),
    /// As it was before the event that is being taken in.
    Before(Arc<GuildData>),
}

/// The writer's hand on a guild.
pub(super) struct Change<'a> {
    // Dropped in this order: until the data can be read, there is something else to look at.
    live: RwLockWriteGuard<'a, Arc<GuildData>>,
    _before: Option<Before<'a>>,
}

/// What readers see meanwhile.
struct Before<'a>(&'a GuildCell);

impl GuildCell {
    pub(super) fn new(data: GuildData, contention: &Contention) -> Self {
        Self {
            live: RwLock::new(Arc::new(data)),
            before: ArcSwapOption::empty(),
            contention: contention.clone(),
        }
    }

    pub(super) fn read(&self) -> Seen<'_> {
        match self.live.try_read() {
            Ok(live) => Seen::Now(live),
            // A panic in the middle of a write leaves data that are still sound: each step keeps them so.
            Err(TryLockError::Poisoned(live)) => Seen::Now(live.into_inner()),
            Err(TryLockError::WouldBlock) => self.read_meanwhile(),
        }
    }

    #[cold]
    fn read_meanwhile(&self) -> Seen<'_> {
        self.contention.note();
        match self.before.load_full() {
            Some(before) => Seen::Before(before),
            None => Seen::Now(self.live.read().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// For the one writer there is.
    pub(super) fn write(&self) -> Change<'_> {
        let before = self.contention.is_expected().then(|| {
            self.before.store(Some(self.snapshot()));
            Before(self)
        });
        Change {
            live: self.live.write().unwrap_or_else(PoisonError::into_inner),
            _before: before,
        }
    }

    /// The data as they are now, for as long as anybody wants to look at them.
    pub(super) fn snapshot(&self) -> Arc<GuildData> {
        Arc::clone(&self.read())
    }
}

impl Contention {
    /// A reader found the writer at work.
    fn note(&self) {
        // All of them look at it: it is not written more often than it has to be.
        if self.0.load(Ordering::Relaxed) < EVENTS / 2 {
            self.0.store(EVENTS, Ordering::Relaxed);
        }
    }

    /// Whether readers are to be reckoned with during the next event.
    fn is_expected(&self) -> bool {
        let left = self.0.load(Ordering::Relaxed);
        if left > 0 {
            // That a reader may say so at the same time does no harm: it will again.
            self.0.store(left - 1, Ordering::Relaxed);
        }
        left > 0
    }
}

impl Deref for Seen<'_> {
    type Target = Arc<GuildData>;

    fn deref(&self) -> &Arc<GuildData> {
        match self {
            Self::Now(data) => data,
            Self::Before(data) => data,
        }
    }
}

impl Deref for Change<'_> {
    type Target = Arc<GuildData>;

    fn deref(&self) -> &Arc<GuildData> {
        &self.live
    }
}

impl DerefMut for Change<'_> {
    fn deref_mut(&mut self) -> &mut Arc<GuildData> {
        &mut self.live
    }
}

impl Drop for Before<'_> {
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
        GuildCell::new(data, contention)
    }

    #[test]
    fn a_reader_in_the_middle_of_an_event_sees_what_was_before_and_does_not_wait() {
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
        for _ in 0..EVENTS {
            Arc::make_mut(&mut cell.write()).state = GuildState::Available;
        }
        let before = place(&cell);
        Arc::make_mut(&mut cell.write()).state = GuildState::Cold;
        assert_eq!(place(&cell), before, "nobody came for long");
    }
}
