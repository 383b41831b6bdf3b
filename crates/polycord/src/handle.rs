use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use polycord_cache::Cache;
use polycord_gateway::{SavedSession, ShardHandle, ShardStatus};
use polycord_shard_manager::ManagerHandle;
use tokio::{sync::watch, time::timeout};

use crate::stats::{ClientStats, Counters};

/// How long [`ClientHandle::shutdown`] takes at most.
pub(crate) const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// Reaches a client from outside, while it runs: any number of clones, in any task.
#[derive(Clone)]
pub struct ClientHandle(Arc<Control>);

/// What a client and its handles share.
pub(crate) struct Control {
    pub(crate) cache: Cache,
    pub(crate) counters: Counters,
    pub(crate) manager: OnceLock<ManagerHandle>,
    /// Those that were left when the client stopped.
    pub(crate) left: OnceLock<Vec<SavedSession>>,
    phase: watch::Sender<Phase>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Built, and not started yet.
    Built,
    Running,
    /// Every shard has begun its session.
    Ready,
    /// Told to stop.
    Stopping,
    Stopped,
}

impl Control {
    pub(crate) fn new(cache: Cache) -> Arc<Self> {
        Arc::new(Self {
            cache,
            counters: Counters::default(),
            manager: OnceLock::new(),
            left: OnceLock::new(),
            phase: watch::Sender::new(Phase::Built),
        })
    }

    /// Phases only go forward.
    pub(crate) fn enter(&self, phase: Phase) {
        self.phase.send_if_modified(|current| {
            let later = phase > *current;
            if later {
                *current = phase;
            }
            later
        });
    }

    /// Resolves in that phase or a later one.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe.
    pub(crate) async fn reached(&self, phase: Phase) {
        // The sender lives as long as `self`.
        let _ = self
            .phase
            .subscribe()
            .wait_for(|current| *current >= phase)
            .await;
    }

    pub(crate) fn has_reached(&self, phase: Phase) -> bool {
        *self.phase.borrow() >= phase
    }
}

impl ClientHandle {
    pub(crate) fn new(control: Arc<Control>) -> Self {
        Self(control)
    }

    /// Stops the client: no further event is handled, the shards close their connections, handlers
    /// that are running get the time they need, but all of it ends within 5 seconds. What then still
    /// runs is dropped. Returns when it is done; stopping a stopped client does nothing.
    ///
    /// Called in a handler, it waits for that handler too, so in vain until the 5 seconds are over:
    /// there [`stop`](Self::stop) is the right one.
    ///
    /// # Cancel safety
    ///
    /// The client stops even if the future is dropped, once it was polled.
    pub async fn shutdown(&self) {
        if !self.0.has_reached(Phase::Running) {
            // There is nobody to wait for.
            self.0.enter(Phase::Stopped);
            return;
        }
        self.0.enter(Phase::Stopping);
        // The client keeps to the limit by itself; this one holds even if its task is starved.
        let _ = timeout(SHUTDOWN_LIMIT, self.0.reached(Phase::Stopped)).await;
    }

    /// Tells the client to stop, and does not wait for it.
    pub fn stop(&self) {
        self.0.enter(Phase::Stopping);
    }

    /// Resolves when every shard has begun its session, for the first time: `true`; or when the
    /// client stops before that: `false`.
    ///
    /// Guilds may still be arriving then; each comes with an event of its own.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe.
    pub async fn ready(&self) -> bool {
        self.0.reached(Phase::Ready).await;
        !self.0.has_reached(Phase::Stopping)
    }

    /// Resolves when the client has stopped, for whatever reason.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe.
    pub async fn stopped(&self) {
        self.0.reached(Phase::Stopped).await;
    }

    /// Whether the client has stopped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.has_reached(Phase::Stopped)
    }

    /// The sessions that can be resumed, once the client has stopped; none before. Each is left at the last of its events
    /// that the client has taken in, and its cache with it. Give them to [`ClientBuilder::sessions`] within minutes, in
    /// this process or in another: Discord does not keep them longer.
    ///
    /// [`ClientBuilder::sessions`]: crate::ClientBuilder::sessions
    #[must_use]
    pub fn saved_sessions(&self) -> Vec<SavedSession> {
        self.0.left.get().cloned().unwrap_or_default()
    }

    /// What the client has done so far.
    #[must_use]
    pub fn stats(&self) -> ClientStats {
        self.0.counters.snapshot()
    }

    /// The client's cache.
    #[must_use]
    pub fn cache(&self) -> &Cache {
        &self.0.cache
    }

    /// One shard; `None` before the client has started, or if there is no such shard here.
    #[must_use]
    pub fn shard(&self, number: u32) -> Option<ShardHandle> {
        self.0.manager.get()?.shard(number)
    }

    /// How the shards that run are, by number; empty before the client has started.
    #[must_use]
    pub fn shards(&self) -> Vec<ShardStatus> {
        self.0
            .manager
            .get()
            .map(ManagerHandle::statuses)
            .unwrap_or_default()
    }

    /// The shards as a whole; `None` before the client has started.
    #[must_use]
    pub fn manager(&self) -> Option<&ManagerHandle> {
        self.0.manager.get()
    }
}

impl fmt::Debug for ClientHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientHandle")
            .field("phase", &*self.0.phase.borrow())
            .finish_non_exhaustive()
    }
}
