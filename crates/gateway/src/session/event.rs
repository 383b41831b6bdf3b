use std::time::Duration;

use crate::session::{DisconnectCause, FrameFault, LossReason, State};

/// Something that happened to a session and that a person or a metric may want to know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// The state changed.
    StateChanged {
        /// What it was.
        from: State,
        /// What it is.
        to: State,
    },
    /// The server greeted.
    Hello {
        /// The heartbeat interval of the connection.
        heartbeat_interval: Duration,
    },
    /// A new session began.
    Ready {
        /// Its id; empty if the server named none, so that it cannot be resumed.
        session_id: String,
    },
    /// READY or RESUMED does not come, although the connection lives.
    ReadyDelayed {
        /// For how long it has been waited for.
        waited: Duration,
    },
    /// The session was resumed; nothing was lost.
    Resumed {
        /// How many events were replayed.
        replayed: u64,
    },
    /// The session is gone; what happens until the next READY will not be told.
    SessionLost {
        /// Why.
        reason: LossReason,
        /// The sequence number of its last event.
        last_seq: Option<u64>,
    },
    /// The connection is over, and there will be another.
    Reconnecting {
        /// How many attempts have failed in a row; zero if the server asked for it.
        attempt: u32,
        /// How many may fail before the session stops.
        limit: Option<u32>,
        /// How long it waits.
        delay: Duration,
        /// What ended the connection.
        cause: DisconnectCause,
    },
    /// The application may begin no more sessions for now. There is no session to resume, so nothing is
    /// sent until then; sessions that can be resumed are not affected.
    BudgetExhausted {
        /// How long the session waits before it connects and asks again, unless it is woken.
        retry_after: Duration,
    },
    /// Sequence numbers were left out: events may be lost.
    Gap {
        /// The number that should have come.
        expected: u64,
        /// The number that came.
        got: u64,
    },
    /// An event came a second time, and was dropped.
    Duplicate {
        /// Its sequence number.
        seq: u64,
        /// The last sequence number.
        last: u64,
    },
    /// A heartbeat was acknowledged.
    HeartbeatAcked {
        /// The time between the two.
        latency: Duration,
    },
    /// A heartbeat was not acknowledged before the next was due.
    HeartbeatMissed {
        /// Whether anything else was received meanwhile.
        traffic: bool,
    },
    /// A frame could not be read.
    BadFrame {
        /// What is wrong with it; `None` if it is not a frame of the dialect.
        fault: Option<FrameFault>,
    },
    /// A frame with an opcode that the dialect does not know was ignored.
    UnknownOpcode {
        /// The opcode.
        op: Option<u64>,
    },
}

impl SessionEvent {
    /// Whether there may be another session to resume than before, or none.
    pub(crate) const fn changes_the_session(&self) -> bool {
        matches!(
            self,
            Self::Ready { .. }
                | Self::Resumed { .. }
                | Self::SessionLost { .. }
                | Self::StateChanged { .. }
        )
    }
}
