//! What the shards of one manager share.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use polycord_gateway::{SavedSession, ShardHandle, ShardId, StopReason};

use crate::{Error, Outcome};

/// The shards that run, and what became of those that don't any more.
#[derive(Debug, Default)]
pub(crate) struct Fleet {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    running: BTreeMap<ShardId, Member>,
    saved: Vec<SavedSession>,
    failure: Option<Error>,
    ready_told: bool,
    stopping: bool,
}

#[derive(Debug)]
struct Member {
    handle: ShardHandle,
    ready: bool,
}

/// What the end of one shard means for the others.
#[derive(Debug)]
pub(crate) enum Consequence {
    /// They go on.
    None,
    /// They must stop too.
    StopAll,
    /// There are no others.
    Ended(Outcome),
}

impl Fleet {
    pub(crate) fn insert(&self, shard: ShardId, handle: ShardHandle) {
        let mut state = self.lock();
        let ready = state.running.get(&shard).is_some_and(|member| member.ready);
        state.running.insert(shard, Member { handle, ready });
    }

    /// Whether the shards are being stopped, so that none is to be restarted.
    pub(crate) fn is_stopping(&self) -> bool {
        self.lock().stopping
    }

    pub(crate) fn stopping(&self) {
        self.lock().stopping = true;
    }

    pub(crate) fn handle(&self, number: u32) -> Option<ShardHandle> {
        self.lock()
            .running
            .iter()
            .find(|(id, _)| id.number == number)
            .map(|(_, member)| member.handle.clone())
    }

    pub(crate) fn handles(&self) -> Vec<ShardHandle> {
        self.lock()
            .running
            .values()
            .map(|member| member.handle.clone())
            .collect()
    }

    /// A shard has a session. True when it was the last one to get there.
    pub(crate) fn ready(&self, shard: ShardId) -> bool {
        let mut state = self.lock();
        if let Some(member) = state.running.get_mut(&shard) {
            member.ready = true;
        }
        let all = !state.ready_told && state.running.values().all(|member| member.ready);
        state.ready_told |= all;
        all
    }

    /// A shard has stopped.
    pub(crate) fn stopped(&self, shard: ShardId, reason: StopReason) -> Consequence {
        let mut state = self.lock();
        let any_was_ready = state.running.values().any(|member| member.ready);
        state.running.remove(&shard);
        let stop_all = concerns_all(&reason, any_was_ready) && !state.stopping;
        state.stopping |= stop_all;
        match reason {
            StopReason::Shutdown { saved } => state.saved.extend(saved),
            reason => {
                if state.failure.is_none() {
                    state.failure = Some(Error::stopped(shard, reason));
                }
            }
        }
        if state.running.is_empty() {
            let saved = std::mem::take(&mut state.saved);
            Consequence::Ended(state.failure.take().map_or(Ok(saved), Err))
        } else if stop_all {
            Consequence::StopAll
        } else {
            Consequence::None
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether what stopped one shard would stop the others as well.
fn concerns_all(reason: &StopReason, any_was_ready: bool) -> bool {
    match reason {
        // The token is the same for all, and so is the version.
        StopReason::AuthenticationFailed
        | StopReason::InvalidVersion { .. }
        | StopReason::InvalidIntents { .. } => true,
        // A bot that ran before keeps what still runs; one that starts would fail shard by shard.
        StopReason::DisallowedIntents { .. } => !any_was_ready,
        _ => false,
    }
}
