use std::{task::Waker, time::Duration};

use tokio::time::Instant;

use super::{OURS, log::Log, question::Question};
use crate::{Command, CommandError, CommandId, Dispatch};

/// How long a request waits to be sent, and for a session that is being resumed.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest that a request waits to be sent again when it came too soon.
const LONGEST_HOLD: Duration = Duration::from_secs(60);
/// How much later than told it is sent again, at most: clocks differ, and others wait too.
const HOLD_JITTER_MILLIS: u64 = 500;
/// For how long after its last event an answer is fresh enough for somebody new.
const FRESH: Duration = Duration::from_secs(10);

/// A request under way, and its answer so far.
#[derive(Debug)]
pub(crate) struct Flight {
    pub(crate) id: u64,
    pub(crate) nonce: String,
    pub(crate) question: Question,
    complete: bool,
    held_before: bool,
    lapse: Option<Lapse>,
    last_event: Instant,
    listeners: Vec<Listener>,
    log: Log,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// The command waits to be sent.
    Queued { since: Instant },
    /// It was sent, and the session is ready.
    Sent { at: Instant },
    /// It was sent, and the session is away.
    Interrupted { since: Instant },
    /// It came too soon, and will be sent again.
    Held { until: Instant },
}

#[derive(Debug)]
struct Listener {
    id: u64,
    /// The number of the next event to read.
    next: u64,
    waker: Option<Waker>,
}

/// What a listener has to do next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Look at this event.
    Read(Dispatch),
    /// Give up.
    Lapsed(Lapse),
    /// Send this, and come back.
    Send(Command),
    /// Wait, but not longer than that.
    Wait(Instant),
}

/// Why no more comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lapse {
    Closed,
    Disconnected,
    Full,
    GuildGone { outage: bool },
    Idle,
    Overrun,
    RateLimited { retry_after: Duration },
    SessionLost,
    TooLarge { size: usize, limit: usize },
}

impl Flight {
    pub(crate) fn new(id: u64, nonce: String, question: Question, now: Instant) -> Self {
        Self {
            id,
            nonce,
            question,
            complete: false,
            held_before: false,
            lapse: None,
            last_event: now,
            listeners: Vec::new(),
            log: Log::default(),
            phase: Phase::Queued { since: now },
        }
    }

    pub(crate) fn listen(&mut self, id: u64) {
        self.listeners.push(Listener {
            id,
            next: 0,
            waker: None,
        });
    }

    pub(crate) fn ignore(&mut self, id: u64) {
        self.listeners.retain(|it| it.id != id);
    }

    pub(crate) fn sent(&mut self, now: Instant) {
        if matches!(self.phase, Phase::Queued { .. }) {
            self.last_event = now;
            self.phase = Phase::Sent { at: now };
        }
    }

    pub(crate) fn set_ready(&mut self, ready: bool, now: Instant) {
        self.phase = match self.phase {
            Phase::Sent { .. } if !ready => Phase::Interrupted { since: now },
            Phase::Interrupted { .. } if ready => Phase::Sent { at: now },
            other => other,
        };
    }

    /// The server says that the request came too soon. It is sent again, once.
    pub(crate) fn hold(&mut self, retry_after: Duration, now: Instant) {
        if self.held_before || retry_after > LONGEST_HOLD {
            self.end(Lapse::RateLimited { retry_after });
            return;
        }
        let jitter = Duration::from_millis(fastrand::u64(..=HOLD_JITTER_MILLIS));
        self.held_before = true;
        self.phase = Phase::Held {
            until: now + retry_after + jitter,
        };
    }

    pub(crate) fn push(&mut self, event: Dispatch, now: Instant) {
        let read = self.listeners.iter().map(|it| it.next).min().unwrap_or(0);
        self.last_event = now;
        self.log.push(event, read);
    }

    pub(crate) fn end(&mut self, lapse: Lapse) {
        self.lapse.get_or_insert(lapse);
    }

    pub(crate) fn complete(&mut self) {
        self.complete = true;
    }

    /// What a listener has to do next. If that is to wait, its old waker is given back for its new one.
    pub(crate) fn step(
        &mut self,
        listener: u64,
        waker: &mut Option<Waker>,
        now: Instant,
        progressed: Instant,
        idle: Duration,
    ) -> Step {
        let Some(listener) = self.listeners.iter_mut().find(|it| it.id == listener) else {
            return Step::Lapsed(Lapse::Closed);
        };
        match self.log.get(listener.next) {
            Ok(Some(event)) => {
                listener.next += 1;
                return Step::Read(event.clone());
            }
            Ok(None) => {}
            Err(()) => return Step::Lapsed(Lapse::Overrun),
        }
        if let Some(lapse) = self.lapse {
            return Step::Lapsed(lapse);
        }
        let (deadline, lapse) = match self.phase {
            Phase::Held { until } if until <= now => {
                self.phase = Phase::Queued { since: now };
                return Step::Send(self.command());
            }
            Phase::Held { until } => (until, Lapse::Idle),
            Phase::Queued { since } | Phase::Interrupted { since } => {
                (since.max(progressed) + PATIENCE, Lapse::Disconnected)
            }
            Phase::Sent { at } => (at.max(progressed) + idle, Lapse::Idle),
        };
        if deadline <= now {
            return Step::Lapsed(lapse);
        }
        std::mem::swap(&mut listener.waker, waker);
        Step::Wait(deadline)
    }

    pub(crate) fn take_wakers(&mut self, wakers: &mut Vec<Waker>) {
        wakers.extend(self.listeners.iter_mut().filter_map(|it| it.waker.take()));
    }

    pub(crate) fn command(&self) -> Command {
        let command = self.question.command(&self.nonce);
        command.with_id(CommandId(OURS | self.id))
    }

    pub(crate) fn asks_for_members(&self) -> bool {
        matches!(self.question, Question::Members(_))
    }

    /// Whether nobody listens, nor has to: an answer that does not say what it answers would be taken for
    /// the next one's if it found nobody here.
    pub(crate) fn is_over(&self, now: Instant) -> bool {
        let expires = match self.phase {
            Phase::Queued { since } => since + PATIENCE,
            Phase::Sent { .. } | Phase::Interrupted { .. } => self.last_event + FRESH,
            Phase::Held { .. } => now,
        };
        let is_owed = matches!(self.question, Question::ChannelInfo(_))
            && self.lapse.is_none()
            && self.is_unanswered()
            && now < expires;
        self.listeners.is_empty() && !is_owed
    }

    /// Whether somebody who asks this may listen here.
    pub(crate) fn is_open_to(&self, question: &Question, now: Instant) -> bool {
        let fresh = !self.is_sent() || now.duration_since(self.last_event) < FRESH;
        !self.complete
            && self.lapse.is_none()
            && self.log.is_whole()
            && fresh
            && question.is_shared()
            && self.question == *question
    }

    #[cfg(test)]
    pub(crate) fn kept_bytes(&self) -> usize {
        self.log.bytes()
    }

    /// Whether an answer may come.
    pub(crate) fn is_sent(&self) -> bool {
        matches!(self.phase, Phase::Sent { .. } | Phase::Interrupted { .. })
    }

    pub(crate) fn is_unanswered(&self) -> bool {
        self.log.is_empty()
    }
}

impl From<CommandError> for Lapse {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::QueueFull => Self::Full,
            CommandError::TooLarge { size, limit } => Self::TooLarge { size, limit },
            CommandError::Stopped | CommandError::Superseded => Self::Closed,
        }
    }
}
