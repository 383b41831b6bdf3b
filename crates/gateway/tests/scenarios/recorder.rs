//! What a consumer of a shard got to see.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polycord_gateway::{Dispatch, SessionEvent, Shard, ShardEvent, StopReason};

use crate::logs;

/// A dispatch that was handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Handled {
    /// The session it came in.
    pub(crate) session: String,
    /// Its sequence number.
    pub(crate) seq: u64,
    /// The name of the event.
    pub(crate) name: String,
    /// Whether it was marked as replayed.
    pub(crate) replayed: bool,
    /// Whether it could be decoded.
    pub(crate) decoded: bool,
}

#[derive(Debug, Default)]
struct Seen {
    dispatches: Vec<Dispatch>,
    handled: Vec<Handled>,
    events: Vec<SessionEvent>,
    stopped: Option<StopReason>,
    ended: bool,
    leaked: Option<String>,
}

/// Consumes a shard in a task of its own and keeps what it told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder {
    seen: Arc<Mutex<Seen>>,
}

impl Recorder {
    /// Consumes the shard to its end.
    pub(crate) fn of(mut shard: Shard) -> Self {
        let recorder = Self::default();
        let seen = recorder.clone();
        tokio::spawn(async move {
            while let Some(event) = shard.next().await {
                seen.record(event);
            }
            seen.lock().ended = true;
        });
        recorder
    }

    fn record(&self, event: ShardEvent) {
        let mut seen = self.lock();
        // The payload of a dispatch is in none of its `Debug`s, and would take long to print.
        let told = format!("{event:?}");
        if logs::holds_token(&told) {
            seen.leaked = Some(told);
        }
        match event {
            ShardEvent::Dispatch(dispatch) => {
                seen.handled.push(Handled {
                    session: dispatch.session_id().to_owned(),
                    seq: dispatch.seq().unwrap_or_default(),
                    name: dispatch.name().to_owned(),
                    replayed: dispatch.replayed(),
                    decoded: dispatch.decode().is_ok(),
                });
                seen.dispatches.push(dispatch);
            }
            ShardEvent::Session(event) => seen.events.push(event),
            ShardEvent::Stopped(reason) => seen.stopped = Some(reason),
            _ => {}
        }
    }

    /// The dispatches handled, in order.
    pub(crate) fn handled(&self) -> Vec<Handled> {
        self.lock().handled.clone()
    }

    /// The last dispatch of this name.
    pub(crate) fn last(&self, name: &str) -> Option<Dispatch> {
        let seen = self.lock();
        let last = seen.dispatches.iter().rfind(|it| it.name() == name);
        last.cloned()
    }

    /// What was told about the session, in order.
    pub(crate) fn events(&self) -> Vec<SessionEvent> {
        self.lock().events.clone()
    }

    /// Why the shard stopped.
    pub(crate) fn stopped(&self) -> Option<StopReason> {
        self.lock().stopped.clone()
    }

    /// Asserts what holds of every shard: its last word is why it stopped, and no event has the token.
    pub(crate) fn assert_sound(&self) {
        let seen = self.lock();
        assert!(
            !seen.ended || seen.stopped.is_some(),
            "the shard ended without a word: its task has panicked"
        );
        assert_eq!(seen.leaked, None, "an event has the token");
        assert!(!logs::leaked(), "a log line has the token");
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
