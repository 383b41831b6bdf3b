//! Which dispatches reached the bot, to be held against what the simulator made.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use polycord::gateway::Dispatch;
use polycord_simulator::SentDispatch;

/// A dispatch, by what makes it one of a kind: shard, session and sequence number.
type Key = (u32, String, u64);

/// The dispatches that reached the bot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Arc<Mutex<Entries>>);

#[derive(Debug, Default)]
struct Entries {
    seen: BTreeSet<Key>,
    doubled: usize,
    replayed: usize,
}

impl Ledger {
    /// Enters a dispatch.
    pub(crate) fn enter(&self, dispatch: &Dispatch) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.replayed += usize::from(dispatch.replayed());
        let key = (
            dispatch.shard().number,
            dispatch.session_id().to_owned(),
            dispatch.seq().unwrap_or_default(),
        );
        if !entries.seen.insert(key) {
            entries.doubled += 1;
        }
    }

    /// What the simulator made and the bot never saw.
    pub(crate) fn lost(&self, made: Vec<SentDispatch>) -> Vec<SentDispatch> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.into_iter()
            .filter(|it| {
                !entries
                    .seen
                    .contains(&(it.shard, it.session.clone(), it.seq))
            })
            .collect()
    }

    /// How many the bot saw twice.
    pub(crate) fn doubled(&self) -> usize {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .doubled
    }

    /// How many were marked as replayed.
    pub(crate) fn replayed(&self) -> usize {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replayed
    }
}
