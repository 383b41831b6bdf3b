//! Which handlers run, and which of them for too long: also one that blocks its thread, and so
//! would never get to say so itself.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, MissedTickBehavior, interval};
use tracing::warn;

use crate::{client::Shared, registry::Entry, stats::count};

/// The handlers that run: at most as many as may run at once.
pub(crate) struct Watchdog {
    limit: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    runs: BTreeMap<u64, Run>,
}

struct Run {
    entry: Arc<Entry>,
    since: Instant,
    told: bool,
}

/// Takes the run off the list, however it ends.
pub(crate) struct Watched {
    watchdog: Arc<Watchdog>,
    id: u64,
}

impl Watchdog {
    /// How often it looks, at most and at least.
    const PERIOD: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

    pub(crate) fn new(limit: Duration) -> Arc<Self> {
        Arc::new(Self {
            limit,
            state: Mutex::default(),
        })
    }

    pub(crate) fn begin(self: &Arc<Self>, entry: &Arc<Entry>) -> Watched {
        let mut state = self.state();
        let id = state.next;
        state.next += 1;
        let run = Run {
            entry: Arc::clone(entry),
            since: Instant::now(),
            told: false,
        };
        state.runs.insert(id, run);
        Watched {
            watchdog: Arc::clone(self),
            id,
        }
    }

    /// Tells of every run once that takes longer than it may; never ends by itself.
    pub(crate) async fn watch(self: Arc<Self>, shared: Arc<Shared>) {
        let mut tick = interval((self.limit / 4).clamp(Self::PERIOD.0, Self::PERIOD.1));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let now = tick.tick().await;
            for entry in self.overdue(now) {
                count(&shared.counters().handlers_slow);
                warn!(
                    handler = entry.name,
                    "running for {:?} and not finished yet", self.limit
                );
            }
        }
    }

    fn overdue(&self, now: Instant) -> Vec<Arc<Entry>> {
        let mut state = self.state();
        let late = state
            .runs
            .values_mut()
            .filter(|run| !run.told && now.saturating_duration_since(run.since) >= self.limit);
        late.map(|run| {
            run.told = true;
            Arc::clone(&run.entry)
        })
        .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // The entry is dropped after the lock is given back: it may hold what the user wrote.
        let run = self.watchdog.state().runs.remove(&self.id);
        drop(run);
    }
}
