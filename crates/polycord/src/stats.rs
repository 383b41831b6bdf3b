use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

/// What a client has done since it was built: a copy, taken at one moment.
///
/// `Display` writes it as one line for a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientStats {
    /// Dispatches received, by Discord's name of the event.
    pub events: BTreeMap<String, u64>,
    /// Dispatches that were decoded, because a handler or the cache wanted them.
    pub decoded: u64,
    /// Payloads that did not fit their model; they were handed on raw.
    pub decode_errors: u64,
    /// Handler runs that have ended, well or not, commands included.
    pub handler_runs: u64,
    /// Runs of slash commands among them.
    pub commands: u64,
    /// Handler runs that returned an error.
    pub handler_errors: u64,
    /// Handler runs that panicked.
    pub handler_panics: u64,
    /// Handler runs that are going on right now.
    pub handlers_running: usize,
    /// Handler runs that took longer than [`slow_handler`](crate::ClientBuilder::slow_handler)
    /// allows, those that are going on among them.
    pub handlers_slow: u64,
    /// Times the stream of events waited, because the most handlers allowed were running.
    pub handlers_saturated: u64,
    /// Messages and interaction responses that handlers sent through their context.
    pub replies: u64,
    /// Sessions that were resumed after a lost connection.
    pub resumes: u64,
    /// Shards that were started again because their task had panicked.
    pub shard_restarts: u64,
    /// Sessions that could not be resumed: events may have been missed.
    pub sessions_lost: u64,
}

impl ClientStats {
    /// Dispatches received, all kinds together.
    #[must_use]
    pub fn events_total(&self) -> u64 {
        self.events.values().sum()
    }
}

impl fmt::Display for ClientStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} events, {} handler runs ({} errors, {} panics), {} replies, {} resumes, \
             {} sessions lost",
            self.events_total(),
            self.handler_runs,
            self.handler_errors,
            self.handler_panics,
            self.replies,
            self.resumes,
            self.sessions_lost,
        )
    }
}

/// The counters behind [`ClientStats`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Locked for one addition at a time, by the one task that reads the stream.
    events: Mutex<BTreeMap<String, u64>>,
    pub(crate) decoded: AtomicU64,
    pub(crate) decode_errors: AtomicU64,
    pub(crate) handler_runs: AtomicU64,
    pub(crate) handlers_running: AtomicUsize,
    pub(crate) handler_errors: AtomicU64,
    pub(crate) handler_panics: AtomicU64,
    pub(crate) handlers_saturated: AtomicU64,
    pub(crate) handlers_slow: AtomicU64,
    pub(crate) shard_restarts: AtomicU64,
    pub(crate) commands: AtomicU64,
    pub(crate) replies: AtomicU64,
    pub(crate) resumes: AtomicU64,
    pub(crate) sessions_lost: AtomicU64,
}

impl Counters {
    /// Names beyond this many are counted together: the server chooses them, memory is ours.
    const NAMES: usize = 256;
    const OTHER: &str = "(other)";

    pub(crate) fn event(&self, name: &str) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = events.get_mut(name) {
            *count += 1;
        } else if events.len() < Self::NAMES {
            events.insert(name.to_owned(), 1);
        } else {
            *events.entry(Self::OTHER.to_owned()).or_default() += 1;
        }
    }

    pub(crate) fn snapshot(&self) -> ClientStats {
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ClientStats {
            events: self
                .events
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            decoded: load(&self.decoded),
            decode_errors: load(&self.decode_errors),
            handler_runs: load(&self.handler_runs),
            handlers_running: self.handlers_running.load(Ordering::Relaxed),
            handler_errors: load(&self.handler_errors),
            handler_panics: load(&self.handler_panics),
            handlers_saturated: load(&self.handlers_saturated),
            handlers_slow: load(&self.handlers_slow),
            shard_restarts: load(&self.shard_restarts),
            commands: load(&self.commands),
            replies: load(&self.replies),
            resumes: load(&self.resumes),
            sessions_lost: load(&self.sessions_lost),
        }
    }
}

/// Adds one.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_names_are_bounded() {
        let counters = Counters::default();
        for n in 0..10_000 {
            counters.event(&format!("EVENT_{n}"));
        }
        let stats = counters.snapshot();
        assert!(stats.events.len() <= Counters::NAMES + 1);
        assert_eq!(stats.events_total(), 10_000);
    }

    #[test]
    fn display_is_one_line() {
        let counters = Counters::default();
        counters.event("READY");
        count(&counters.handler_runs);
        assert_eq!(
            counters.snapshot().to_string(),
            "1 events, 1 handler runs (0 errors, 0 panics), 0 replies, 0 resumes, 0 sessions lost"
        );
    }
}
