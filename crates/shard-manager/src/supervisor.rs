//! The task beside each shard: passes its events on, restarts it, and stops the others where it must.

use std::{sync::Arc, time::Duration};

use polycord_gateway::{SessionEvent, Shard, ShardConfig, ShardEvent, ShardId, StopReason};
use tokio::{sync::mpsc, time::sleep};

use crate::{
    Error, ManagerEvent, ManagerHandle,
    fleet::{Consequence, Fleet},
};

/// Looks after one shard until it stops for good.
pub(crate) struct Supervisor {
    pub(crate) config: ShardConfig,
    pub(crate) events: mpsc::Sender<ManagerEvent>,
    pub(crate) fleet: Arc<Fleet>,
    pub(crate) shard: Shard,
}

impl Supervisor {
    /// The longest wait before the first restart; doubled six times at most.
    const RESTART_DELAY: Duration = Duration::from_secs(1);

    /// Passes events on until the shard has stopped or nobody listens any more.
    pub(crate) async fn run(mut self) {
        let id = self.shard.id();
        let mut restarts = 0;
        loop {
            let next = tokio::select! {
                // The manager was dropped, and its shards go with it.
                () = self.events.closed() => return,
                next = self.shard.next() => next,
            };
            let Some(event) = next else {
                // Only a task that panicked ends without saying why.
                if self.fleet.is_stopping() {
                    return self.stopped(id, StopReason::Shutdown { saved: None }).await;
                }
                restarts += 1;
                if let Err(error) = self.restart(id, restarts).await {
                    tracing::error!(shard.id = %id, %error, "shard could not be restarted");
                    return;
                }
                continue;
            };
            match event {
                ShardEvent::Stopped(reason) => return self.stopped(id, reason).await,
                event => {
                    let ready = matches!(
                        event,
                        ShardEvent::Session(
                            SessionEvent::Ready { .. } | SessionEvent::Resumed { .. }
                        )
                    );
                    if self
                        .tell(ManagerEvent::Shard { shard: id, event })
                        .await
                        .is_err()
                    {
                        return;
                    }
                    if ready
                        && self.fleet.ready(id)
                        && self.tell(ManagerEvent::AllReady).await.is_err()
                    {
                        return;
                    }
                }
            }
        }
    }

    async fn restart(&mut self, shard: ShardId, restarts: u32) -> Result<(), Error> {
        // Full jitter, so that shards that end together do not start together.
        let longest = Self::RESTART_DELAY * 2_u32.saturating_pow(restarts.min(6));
        let delay = longest.mul_f64(fastrand::f64());
        tracing::error!(shard.id = %shard, restarts, ?delay, "the task of a shard ended: it is started again");
        sleep(delay).await;
        self.shard = Shard::start(self.config.clone()).map_err(Error::config)?;
        self.fleet.insert(shard, self.shard.handle());
        // Nobody listening is noticed at the next event.
        let _ = self.tell(ManagerEvent::Restarted { shard, restarts }).await;
        Ok(())
    }

    async fn stopped(self, shard: ShardId, reason: StopReason) {
        let consequence = self.fleet.stopped(shard, reason.clone());
        if matches!(consequence, Consequence::StopAll) {
            tracing::error!(shard.id = %shard, %reason, "all shards stop");
            ManagerHandle::new(Arc::clone(&self.fleet)).shutdown().await;
        }
        let event = ManagerEvent::Shard {
            shard,
            event: ShardEvent::Stopped(reason),
        };
        if self.tell(event).await.is_ok()
            && let Consequence::Ended(outcome) = consequence
        {
            // Nobody listens: then nobody wants the outcome either.
            let _ = self.tell(ManagerEvent::Stopped(outcome)).await;
        }
    }

    /// Fails when nobody listens any more: the manager was dropped, and its shards go with it.
    async fn tell(&self, event: ManagerEvent) -> Result<(), mpsc::error::SendError<ManagerEvent>> {
        self.events.send(event).await
    }
}
