//! What the shards of one manager share.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use polycord_gateway::{SavedSession, ShardHandle, ShardId, StopReason};
use tokio::sync::watch;

use crate::{Error, Outcome};

/// The shards that run, and what became of those that don't any more.
#[derive(Debug, Default)]
pub(crate) struct Fleet {
    state: Mutex<State>,
    /// Whether the shards are being stopped.
    stopping: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct State {
    running: BTreeMap<ShardId, Member>,
    saved: Vec<SavedSession>,
    failure: Option<Error>,
    ready_told: bool,
}

#[derive(Debug)]
struct Member {
    handle: ShardHandle,
    /// It has a session, and a connection to it.
    ready: bool,
    was_ready: bool,
}

impl Fleet {
    /// A shard runs, for the first time or again. False if all are being stopped: then nobody else
    /// stops this one.
    pub(crate) fn insert(&self, shard: ShardId, handle: ShardHandle) -> bool {
        let mut state = self.lock();
        let before = state.running.get(&shard);
        let was_ready = before.is_some_and(|member| member.was_ready);
        let member = Member {
            handle,
            ready: false,
            was_ready,
        };
        state.running.insert(shard, member);
        !*self.stopping.borrow()
    }

    /// Resolves when the shards are being stopped.
    ///
    /// Cancel safe.
    pub(crate) async fn until_stopping(&self) {
        let mut stopping = self.stopping.subscribe();
        // The sender lives as long as `self`.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    pub(crate) fn stopping(&self) {
        self.stopping.send_replace(true);
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
            member.was_ready = true;
        }
        let all = !state.ready_told && state.running.values().all(|member| member.ready);
        state.ready_told |= all;
        all
    }

    /// A shard has lost its connection, and with it its readiness.
    pub(crate) fn unready(&self, shard: ShardId) {
        if let Some(member) = self.lock().running.get_mut(&shard) {
            member.ready = false;
        }
    }

    /// A shard stops for this reason: whether the others must be stopped, too.
    pub(crate) fn stops_all(&self, reason: &StopReason) -> bool {
        let any_was_ready = self.lock().running.values().any(|member| member.was_ready);
        concerns_all(reason, any_was_ready) && !self.stopping.send_replace(true)
    }

    /// A shard has stopped, and has told so. The outcome if it was the last one.
    pub(crate) fn stopped(&self, shard: ShardId, reason: StopReason) -> Option<Outcome> {
        let mut state = self.lock();
        state.running.remove(&shard);
        match reason {
            StopReason::Shutdown { saved } => state.saved.extend(saved),
            reason => {
                if state.failure.is_none() {
                    state.failure = Some(Error::stopped(shard, reason));
                }
            }
        }
        if !state.running.is_empty() {
            return None;
        }
        let saved = std::mem::take(&mut state.saved);
        Some(state.failure.take().map_or(Ok(saved), Err))
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
