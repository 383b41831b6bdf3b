//! What a shard is doing, at a glance.

use std::{ops::Deref, time::Duration};

use crate::{SessionStatus, ShardId, StopReason};

/// A snapshot of a [`Shard`](crate::Shard), which derefs to its [`SessionStatus`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ShardStatus {
    /// How many [`ShardEvent`](crate::ShardEvent)s that only inform were dropped because the
    /// consumer had stopped reading. Events of the gateway are never dropped.
    pub dropped: u64,
    /// Whether the shard has stopped reading for a consumer that is slow.
    pub paused: bool,
    /// How often it has done so.
    pub pauses: u64,
    /// What the session says.
    pub session: SessionStatus,
    /// Which shard it is.
    pub shard: ShardId,
    /// Why it stopped, if it did.
    pub stopped: Option<StopReason>,
}

impl ShardStatus {
    pub(crate) fn new(shard: ShardId) -> Self {
        Self {
            dropped: 0,
            paused: false,
            pauses: 0,
            session: SessionStatus::default(),
            shard,
            stopped: None,
        }
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
