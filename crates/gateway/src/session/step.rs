use std::time::Duration;

use crate::session::{Moment, State, StopReason};

/// READY and RESUMED have no deadline while heartbeats are acknowledged; a wait this long is told.
const LONG_WAIT: Duration = Duration::from_secs(60);

/// What a session is doing, with what it needs to know while it does it.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Idle,
    Connecting { since: Moment, until: Moment },
    AwaitingHello { since: Moment, until: Moment },
    AwaitingPermit,
    Identifying(Waiting),
    Resuming(Waiting),
    Ready { since: Moment },
    Closing { until: Moment, then: Then },
    BackingOff { until: Moment },
    AwaitingBudget { until: Moment },
    Done(State),
}

/// The wait for READY or RESUMED.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting {
    pub(crate) since: Moment,
    /// When it is next told that the wait is long.
    pub(crate) report: Moment,
}

impl Waiting {
    pub(crate) fn start(now: Moment) -> Self {
        Self {
            since: now,
            report: now + LONG_WAIT,
        }
    }

    pub(crate) fn report_again(&mut self, now: Moment) {
        self.report = now + LONG_WAIT;
    }
}

/// What follows once the connection is closed.
#[derive(Clone, Debug)]
pub(crate) enum Then {
    Reconnect { at: Moment },
    AwaitBudget { until: Moment },
    Stop(StopReason),
}

impl Step {
    pub(crate) const fn state(&self) -> State {
        match self {
            Self::Idle => State::Disconnected,
            Self::Connecting { .. } => State::Connecting,
            Self::AwaitingHello { .. } => State::AwaitingHello,
            Self::AwaitingPermit => State::AwaitingPermit,
            Self::Identifying(_) => State::Identifying,
            Self::Resuming(_) => State::Resuming,
            Self::Ready { .. } => State::Ready,
            Self::Closing { .. } => State::Closing,
            Self::BackingOff { .. } => State::BackingOff,
            Self::AwaitingBudget { .. } => State::AwaitingBudget,
            Self::Done(state) => *state,
        }
    }

    /// Whether frames are exchanged.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::AwaitingHello { .. }
                | Self::AwaitingPermit
                | Self::Identifying(_)
                | Self::Resuming(_)
                | Self::Ready { .. }
        )
    }
}
