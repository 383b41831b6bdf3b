//! What a shard is doing, at a glance.

use std::{ops::Deref, sync::Arc, time::Duration};

use crate::{SavedSession, SessionStatus, ShardId, StopReason};

/// A snapshot of a [`Shard`](crate::Shard), which derefs to its [`SessionStatus`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ShardStatus {
    /// How many events of the gateway were dropped for a slow consumer, as
    /// [`Overflow::drop_oldest`](crate::Overflow::drop_oldest) allows.
    pub dropped: u64,
    /// How many [`ShardEvent`](crate::ShardEvent)s that only inform were dropped because the
    /// consumer had stopped reading.
    pub dropped_reports: u64,
    /// How long the oldest event has been waiting for the consumer; zero if none waits.
    pub lag: Duration,
    /// Whether the shard has stopped reading for a consumer that is slow.
    pub paused: bool,
    /// How often it has done so.
    pub pauses: u64,
    /// How many events wait for the consumer.
    pub queued_events: usize,
    /// How many bytes were received over all connections, compressed if they came so, TLS taken off.
    pub received_bytes: u64,
    /// What the session says.
    pub session: SessionStatus,
    /// Which shard it is.
    pub shard: ShardId,
    /// How many events ended at their header because nobody wants them; see
    /// [`Interest`](crate::Interest). `counters.dispatches` counts them, too.
    pub skipped: u64,
    /// How long the session has been in its state.
    pub state_age: Duration,
    /// Why it stopped, if it did.
    pub stopped: Option<StopReason>,
    /// The session as it was when it began or was resumed; made anew no more often than that.
    pub(crate) resumable: Option<Arc<SavedSession>>,
}

impl ShardStatus {
    /// The session as it is now, if there is one to resume: what is left of a shard whose task ended
    /// without a word. Events up to its sequence number were received, though perhaps not read yet.
    ///
    /// To leave a shard that runs, use
    /// [`ShardHandle::close_resumable`](crate::ShardHandle::close_resumable): a session is resumed
    /// by one connection at a time.
    #[must_use]
    pub fn saved_session(&self) -> Option<SavedSession> {
        let saved = self.resumable.as_deref()?;
        if self.session.session_id.as_deref() != Some(saved.session_id.as_str()) {
            return None;
        }
        Some(SavedSession {
            seq: self.session.seq?,
            ..saved.clone()
        })
    }

    /// Latency of the last acknowledged heartbeat.
    #[must_use]
    pub fn latency(&self) -> Option<Duration> {
        self.session.latency
    }
}

impl Deref for ShardStatus {
    type Target = SessionStatus;

    fn deref(&self) -> &SessionStatus {
        &self.session
    }
}
