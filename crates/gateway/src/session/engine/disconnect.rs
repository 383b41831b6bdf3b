//! What the end of a connection means, and what comes after it.

use std::{ops::RangeInclusive, time::Duration};

use crate::{
    protocol::{CloseMeaning, Protocol},
    session::{
        Action, DisconnectCause, LossReason, Moment, Session, SessionEvent, StopReason,
        backoff::up_to,
        step::{Step, Then},
    },
};

/// Budgets are counted by the day; a wait longer than that is a mistake, and so is none at all.
const BUDGET_WAITS: RangeInclusive<Duration> =
    Duration::from_secs(1)..=Duration::from_secs(24 * 60 * 60);

impl<P: Protocol> Session<P> {
    /// The connection is gone, by the server's doing, the network's, or ours.
    pub(super) fn closed(&mut self, now: Moment, code: Option<u16>, reason: String) {
        if let Step::Closing { .. } = self.step {
            self.close_done(now);
            return;
        }
        if !self.step.is_open() && !matches!(self.step, Step::Connecting { .. }) {
            return;
        }
        match self.protocol.closed(code) {
            CloseMeaning::Fatal(reason) => {
                self.return_permit();
                self.stop(reason);
                return;
            }
            CloseMeaning::SessionLost(reason) => self.lose_session(reason),
            CloseMeaning::Resume | CloseMeaning::Requested => {}
        }
        self.disconnect(now, DisconnectCause::Closed { code, reason }, true);
    }

    /// Our close is done with, or has been waited for long enough.
    pub(super) fn close_done(&mut self, now: Moment) {
        let Step::Closing { then, .. } = &self.step else {
            return;
        };
        match then.clone() {
            Then::Stop(reason) => self.stop(reason),
            Then::Reconnect { at: until } | Then::AwaitBudget { until } if until <= now => {
                self.connect(now);
            }
            Then::Reconnect { at } => self.enter(Step::BackingOff { until: at }),
            Then::AwaitBudget { until } => self.enter(Step::AwaitingBudget { until }),
        }
    }

    /// Ends the connection, unless it is `gone` already, and plans the next.
    pub(super) fn disconnect(&mut self, now: Moment, cause: DisconnectCause, gone: bool) {
        self.return_permit();
        self.judge_dial();
        if self.live.is_some() && self.budget.is_spent(now) {
            let frames = self.budget.frames();
            self.lose_session(LossReason::ResumeFailed { frames });
        }
        if self.live.is_none() {
            // What was received of a session that has no name cannot be continued.
            self.lose_session(LossReason::Unnamed);
        }
        if let Step::Ready { since } = self.step
            && now - since >= self.config.stable_after
        {
            self.backoff.reset();
        }

        let requested = matches!(self.step, Step::Ready { .. }) && self.is_request(&cause);
        let (attempt, mut delay) = if requested {
            // A wish of the server is no failure; the jitter keeps a whole fleet that hears it at
            // once from coming back at once.
            (0, up_to(self.config.request_jitter, &mut self.rng))
        } else {
            let delay = self.backoff.fail(&mut self.rng);
            (self.backoff.failures(), delay)
        };
        let limit = self.config.max_attempts;
        if !requested && limit.is_some_and(|limit| attempt >= limit) {
            let reason = StopReason::AttemptsExhausted {
                attempts: attempt,
                cause,
            };
            self.leave(now, gone, Then::Stop(reason));
            return;
        }
        if self.live.is_none() {
            if let DisconnectCause::InvalidSession { .. } = cause {
                let wait = self.invalid_session_wait();
                self.identify_from = self.identify_from.max(now + wait);
            }
            delay = delay.max(self.identify_from - now);
        }
        self.tell(SessionEvent::Reconnecting {
            attempt,
            limit,
            delay,
            cause,
        });
        self.leave(now, gone, Then::Reconnect { at: now + delay });
    }

    /// Gives up the connection, which is good for nothing without an IDENTIFY, until one may be sent.
    /// Nothing has failed, so nothing is counted.
    pub(super) fn await_budget(&mut self, now: Moment, retry_after: Duration) {
        let wait = retry_after.clamp(*BUDGET_WAITS.start(), *BUDGET_WAITS.end());
        // All shards of an application wait for the same moment.
        let retry_after = wait + up_to(self.config.request_jitter, &mut self.rng);
        self.tell(SessionEvent::BudgetExhausted { retry_after });
        let code = self.protocol.rules().leave_for_good.code();
        let until = now + retry_after;
        self.leave_with(now, false, code, Then::AwaitBudget { until });
    }

    /// Leaves the connection so that its session can be resumed, unless it is `gone` already.
    pub(super) fn leave(&mut self, now: Moment, gone: bool, then: Then) {
        let code = self.protocol.rules().leave_resumably.code();
        self.leave_with(now, gone, code, then);
    }

    pub(super) fn leave_with(&mut self, now: Moment, gone: bool, code: Option<u16>, then: Then) {
        self.heartbeat = None;
        self.beat_requested = false;
        if !gone {
            self.act(Action::Close {
                generation: self.generation,
                code,
            });
        }
        if !gone && code.is_some() {
            let until = now + self.config.close_timeout;
            self.enter(Step::Closing { until, then });
            return;
        }
        match then {
            Then::Reconnect { at } => self.enter(Step::BackingOff { until: at }),
            Then::AwaitBudget { until } => self.enter(Step::AwaitingBudget { until }),
            Then::Stop(reason) => self.stop(reason),
        }
    }

    /// A permit that was asked for and not used goes back: another shard may be waiting for it.
    pub(super) fn return_permit(&mut self) {
        if matches!(self.step, Step::AwaitingPermit) {
            self.act(Action::ReturnPermit {
                generation: self.generation,
            });
        }
    }

    /// A dial that did not reach HELLO says nothing about the session, but something about the
    /// address.
    fn judge_dial(&mut self) {
        if let Step::Connecting { since, .. } | Step::AwaitingHello { since, .. } = self.step {
            self.budget.dial_failed(since);
            self.avoid_resume_url = true;
        }
    }

    fn is_request(&self, cause: &DisconnectCause) -> bool {
        match cause {
            DisconnectCause::ReconnectRequested => true,
            DisconnectCause::Closed { code, .. } => {
                self.protocol.closed(*code) == CloseMeaning::Requested
            }
            _ => false,
        }
    }

    fn invalid_session_wait(&mut self) -> Duration {
        let wait = &self.protocol.rules().invalid_session_wait;
        let (least, most) = (*wait.start(), *wait.end());
        least + up_to(most.saturating_sub(least), &mut self.rng)
    }
}
