use std::time::Duration;

use crate::{ShardId, session::Command};

/// The settings of a session. The defaults are the production values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct SessionConfig {
    pub(crate) shard: ShardId,
    pub(crate) backoff_base: Duration,
    pub(crate) backoff_cap: Duration,
    pub(crate) stable_after: Duration,
    pub(crate) max_attempts: Option<u32>,
    pub(crate) connect_timeout: Duration,
    pub(crate) hello_timeout: Duration,
    pub(crate) close_timeout: Duration,
    pub(crate) resume_frames: u32,
    pub(crate) resume_timeout: Duration,
    pub(crate) request_jitter: Duration,
    pub(crate) heartbeat_interval: Option<Duration>,
    pub(crate) command_queue: usize,
    pub(crate) presence: Option<Command>,
}

impl SessionConfig {
    /// The defaults, for this shard.
    pub const fn new(shard: ShardId) -> Self {
        Self {
            shard,
            backoff_base: Duration::from_secs(1),
            backoff_cap: Duration::from_secs(60),
            stable_after: Duration::from_secs(60),
            max_attempts: None,
            connect_timeout: Duration::from_secs(10),
            hello_timeout: Duration::from_secs(20),
            close_timeout: Duration::from_secs(2),
            resume_frames: 3,
            resume_timeout: Duration::from_secs(120),
            request_jitter: Duration::from_secs(1),
            heartbeat_interval: None,
            command_queue: 128,
            presence: None,
        }
    }

    /// The longest first wait after a failure, and the longest wait at all. Default 1 s and 60 s;
    /// each wait is drawn between zero and the base doubled for each attempt, up to the cap. A lower
    /// cap finds a recovered server sooner and burdens a suffering one more.
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.backoff_base = base;
        self.backoff_cap = cap;
        self
    }

    /// How long a session must have been ready before its failed attempts are forgotten. Default 60 s.
    pub const fn stable_after(mut self, time: Duration) -> Self {
        self.stable_after = time;
        self
    }

    /// After how many failed attempts in a row the session stops. Default: never.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// How long a dial may take, upgrade included. Default 10 s.
    pub const fn connect_timeout(mut self, time: Duration) -> Self {
        self.connect_timeout = time;
        self
    }

    /// How long an open connection may stay without HELLO. Default 20 s.
    pub const fn hello_timeout(mut self, time: Duration) -> Self {
        self.hello_timeout = time;
        self
    }

    /// How long the server's answer to a close is waited for. Default 2 s. A shard's handle waits for its end
    /// for 5 s at most, whatever this says.
    pub const fn close_timeout(mut self, time: Duration) -> Self {
        self.close_timeout = time;
        self
    }

    /// How many RESUMEs in a row may be refused or left unanswered, and for how long, before the
    /// session is given up for a new one. Default 3 and 120 s.
    pub const fn resume_limit(mut self, frames: u32, time: Duration) -> Self {
        self.resume_frames = frames;
        self.resume_timeout = time;
        self
    }

    /// Beats at this interval, whatever HELLO says, 100 ms to 10 minutes. For debugging. Default: off.
    pub const fn heartbeat_interval(mut self, interval: Duration) -> Self {
        self.heartbeat_interval = Some(interval);
        self
    }

    /// How many commands may wait for a connection or for the send limit, at least 1. Default 128.
    pub const fn command_queue(mut self, commands: usize) -> Self {
        // What passes no queue is never sent.
        self.command_queue = if commands == 0 { 1 } else { commands };
        self
    }

    /// The presence to identify with, as a [presence command](Command::presence). Default: none.
    pub fn presence(mut self, command: Command) -> Self {
        self.presence = Some(command);
        self
    }
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self::new(ShardId::ONE)
    }
}
