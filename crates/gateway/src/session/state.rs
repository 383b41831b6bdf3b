use std::fmt;

/// What a session is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// Not started.
    #[default]
    Disconnected,
    /// Dialing.
    Connecting,
    /// The connection is open; the server has not greeted.
    AwaitingHello,
    /// Waiting for its turn to identify.
    AwaitingPermit,
    /// Without a connection, waiting until the application may begin sessions again.
    AwaitingBudget,
    /// IDENTIFY was sent; READY has not come.
    Identifying,
    /// RESUME was sent; RESUMED has not come.
    Resuming,
    /// Live.
    Ready,
    /// A close was sent; the server has not answered it.
    Closing,
    /// Waiting before the next attempt.
    BackingOff,
    /// Terminal: as many attempts failed as may fail.
    AttemptsExhausted,
    /// Terminal: the server forbade to come back.
    Fatal,
    /// Terminal: shut down.
    Stopped,
}

impl State {
    /// The coarse view.
    #[must_use]
    pub const fn phase(self) -> Phase {
        match self {
            Self::Disconnected | Self::AttemptsExhausted | Self::Fatal | Self::Stopped => {
                Phase::Disconnected
            }
            Self::Connecting | Self::AwaitingHello => Phase::Connecting,
            Self::AwaitingPermit | Self::Identifying => Phase::Identifying,
            Self::Ready => Phase::Connected,
            Self::Resuming => Phase::Resuming,
            Self::AwaitingBudget | Self::Closing | Self::BackingOff => Phase::Reconnecting,
        }
    }

    /// Whether no other state follows.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::AttemptsExhausted | Self::Fatal | Self::Stopped)
    }

    /// The state in words, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disconnected => "disconnected",
            Self::Connecting => "connecting",
            Self::AwaitingHello => "awaiting hello",
            Self::AwaitingPermit => "awaiting identify permit",
            Self::AwaitingBudget => "awaiting session budget",
            Self::Identifying => "identifying",
            Self::Resuming => "resuming",
            Self::Ready => "ready",
            Self::Closing => "closing",
            Self::BackingOff => "backing off",
            Self::AttemptsExhausted => "attempts exhausted",
            Self::Fatal => "fatally closed",
            Self::Stopped => "stopped",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The coarse view of a [`State`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Not started, or stopped.
    Disconnected,
    /// On the way to a connection.
    Connecting,
    /// On the way to a new session.
    Identifying,
    /// Live.
    Connected,
    /// On the way back to its session.
    Resuming,
    /// Between two connections.
    Reconnecting,
}
