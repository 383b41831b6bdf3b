//! The task beside each shard: passes its events on, restarts it, and stops the others where it must.

use std::{sync::Arc, time::Duration};

use polycord_gateway::{
    Dispatch, SavedSession, SessionEvent, Shard, ShardConfig, ShardEvent, ShardId, State,
    StopReason,
};
use tokio::{sync::mpsc, time::sleep};

use crate::{ManagerEvent, ManagerHandle, fleet::Fleet};

/// Looks after one shard until it stops for good.
pub(crate) struct Supervisor {
    pub(crate) config: ShardConfig,
    pub(crate) events: mpsc::Sender<ManagerEvent>,
    pub(crate) fleet: Arc<Fleet>,
    /// The session whose events were passed on, and the number of the last one.
    pub(crate) progress: Option<(String, u64)>,
    pub(crate) shard: Shard,
}

/// Nobody listens any more: the manager was dropped, and its shards go with it.
struct Deserted;

impl Supervisor {
    /// The longest wait before the first restart; doubled six times at most.
    const RESTART_DELAY: Duration = Duration::from_secs(1);

    /// Passes events on until the shard has stopped or nobody listens any more.
    pub(crate) async fn run(mut self) {
        // Nothing is left to do for a manager that was dropped.
        let _ = self.supervise().await;
    }

    async fn supervise(&mut self) -> Result<(), Deserted> {
        let id = self.shard.id();
        let (mut restarts, mut failures) = (0, 0);
        let mut resumed = None;
        loop {
            let next = tokio::select! {
                () = self.events.closed() => return Err(Deserted),
                next = self.shard.next() => next,
            };
            let Some(event) = next else {
                // Only a task that panicked ends without saying why.
                let mut saved = self.left_behind();
                // Twice at the same event: it may be what the task panics at.
                if resumed.is_some() && resumed == self.progress {
                    saved = None;
                }
                resumed.clone_from(&self.progress);
                restarts += 1;
                failures += 1;
                if !self.restart(id, failures, saved.as_ref()).await? {
                    return self.stopped(id, StopReason::Shutdown { saved }).await;
                }
                self.tell(ManagerEvent::Restarted {
                    shard: id,
                    restarts,
                })
                .await?;
                continue;
            };
            let mut ready = None;
            match &event {
                ShardEvent::Stopped(reason) => return self.stopped(id, reason.clone()).await,
                ShardEvent::Dispatch(dispatch) => self.progressed(dispatch),
                ShardEvent::Session(SessionEvent::Ready { .. } | SessionEvent::Resumed { .. }) => {
                    failures = 0;
                    ready = Some(true);
                }
                ShardEvent::Session(
                    SessionEvent::Reconnecting { .. }
                    | SessionEvent::SessionLost { .. }
                    | SessionEvent::StateChanged {
                        from: State::Ready, ..
                    },
                ) => ready = Some(false),
                _ => {}
            }
            self.tell(ManagerEvent::Shard { shard: id, event }).await?;
            match ready {
                Some(true) if self.fleet.ready(id) => self.tell(ManagerEvent::AllReady).await?,
                Some(false) => self.fleet.unready(id),
                _ => {}
            }
        }
    }

    fn progressed(&mut self, dispatch: &Dispatch) {
        let Some(seq) = dispatch.seq() else { return };
        match &mut self.progress {
            Some((session, last)) if session == dispatch.session_id() => *last = seq,
            progress => *progress = Some((dispatch.session_id().to_owned(), seq)),
        }
    }

    /// The session of a task that is no more, as far as its events were passed on: what waited in
    /// the task was lost with it, and is replayed.
    fn left_behind(&self) -> Option<SavedSession> {
        let mut saved = self.shard.handle().status().saved_session()?;
        let (session, seq) = self.progress.as_ref()?;
        if saved.session_id != *session {
            return None;
        }
        saved.seq = *seq;
        Some(saved)
    }

    /// Starts the shard again after a while. False if all shards are being stopped meanwhile.
    async fn restart(
        &mut self,
        shard: ShardId,
        failures: u32,
        saved: Option<&SavedSession>,
    ) -> Result<bool, Deserted> {
        let mut failures = failures;
        loop {
            // Full jitter, so that shards that end together do not start together.
            let longest = Self::RESTART_DELAY * 2_u32.saturating_pow(failures.min(6));
            let delay = longest.mul_f64(fastrand::f64());
            tracing::error!(shard.id = %shard, failures, ?delay, "the task of a shard ended: it is started again");
            tokio::select! {
                () = self.events.closed() => return Err(Deserted),
                () = self.fleet.until_stopping() => return Ok(false),
                () = sleep(delay) => {}
            }
            let config = match saved {
                Some(saved) => self.config.clone().session(saved.clone()),
                None => self.config.clone(),
            };
            match Shard::start(config) {
                Ok(started) => self.shard = started,
                Err(error) => {
                    tracing::error!(shard.id = %shard, %error, "shard could not be restarted");
                    failures = failures.saturating_add(1);
                    continue;
                }
            }
            // In the instant between, all may have been told to stop, but not this one.
            return Ok(self.fleet.insert(shard, self.shard.handle()));
        }
    }

    async fn stopped(&self, shard: ShardId, reason: StopReason) -> Result<(), Deserted> {
        let event = ManagerEvent::Shard {
            shard,
            event: ShardEvent::Stopped(reason.clone()),
        };
        // Told before the shard counts as stopped, so that the last one's outcome comes last; but the
        // others do not wait until the consumer has read it.
        let told = if self.fleet.stops_all(&reason) {
            tracing::error!(shard.id = %shard, %reason, "all shards stop");
            let others = ManagerHandle::new(Arc::clone(&self.fleet));
            let ((), told) = tokio::join!(others.shutdown(), self.tell(event));
            told
        } else {
            self.tell(event).await
        };
        let outcome = self.fleet.stopped(shard, reason);
        told?;
        match outcome {
            Some(outcome) => self.tell(ManagerEvent::Stopped(outcome)).await,
            None => Ok(()),
        }
    }

    async fn tell(&self, event: ManagerEvent) -> Result<(), Deserted> {
        self.events.send(event).await.map_err(|_| Deserted)
    }
}
