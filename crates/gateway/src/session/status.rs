use std::time::Duration;

use crate::session::{Generation, State};

/// A snapshot of a session.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SessionStatus {
    /// What it is doing.
    pub state: State,
    /// The connection, or the last one.
    pub generation: Generation,
    /// The id of the session, if there is one.
    pub session_id: Option<String>,
    /// The last sequence number.
    pub seq: Option<u64>,
    /// How many attempts have failed in a row.
    pub attempts: u32,
    /// The heartbeat interval of the connection.
    pub heartbeat_interval: Option<Duration>,
    /// The latency of the last acknowledged heartbeat of the connection.
    pub latency: Option<Duration>,
    /// The average latency of its last five.
    pub latency_average: Option<Duration>,
    /// How many commands wait.
    pub queued_commands: usize,
    /// What was counted since the start.
    pub counters: SessionCounters,
}

/// What a session has counted since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionCounters {
    /// Dials.
    pub connects: u64,
    /// IDENTIFYs sent.
    pub identifies: u64,
    /// RESUMEs sent.
    pub resumes: u64,
    /// Sessions begun.
    pub ready: u64,
    /// Sessions resumed.
    pub resumed: u64,
    /// Sessions lost.
    pub sessions_lost: u64,
    /// Events handed on.
    pub dispatches: u64,
    /// Events handed on out of a replay.
    pub replayed: u64,
    /// Events dropped because they had come before.
    pub duplicates: u64,
    /// Sequence numbers left out.
    pub missing: u64,
    /// Heartbeats sent.
    pub heartbeats: u64,
    /// Heartbeats not acknowledged before the next was due.
    pub heartbeats_missed: u64,
    /// Frames that could not be read.
    pub bad_frames: u64,
    /// Frames with an opcode that the dialect does not know, or that made no sense in the state.
    pub unexpected_frames: u64,
    /// Commands sent.
    pub commands_sent: u64,
    /// Commands that failed.
    pub commands_failed: u64,
}
