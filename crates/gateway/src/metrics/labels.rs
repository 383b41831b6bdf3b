//! What happens seldom: counters by label values, and the values.

use metrics::{Counter, Label, SharedString, counter};

use crate::{DisconnectCause, LossReason, State};

/// The counters of one name by the values of its labels, which are few.
pub(super) struct Counters<const N: usize> {
    name: &'static str,
    labels: [&'static str; N],
    known: Vec<([&'static str; N], Counter)>,
}

impl<const N: usize> Counters<N> {
    pub(super) const fn new(name: &'static str, labels: [&'static str; N]) -> Self {
        Self {
            name,
            labels,
            known: Vec::new(),
        }
    }

    pub(super) fn count(&mut self, shard: &SharedString, values: [&'static str; N]) {
        if let Some((_, counter)) = self.known.iter().find(|(known, _)| *known == values) {
            counter.increment(1);
            return;
        }
        let mut labels = vec![Label::new("shard", shard.clone())];
        labels.extend(
            self.labels
                .iter()
                .zip(values)
                .map(|(label, value)| Label::new(*label, value)),
        );
        let counter = counter!(self.name, labels);
        counter.increment(1);
        self.known.push((values, counter));
    }
}

pub(super) const fn state_label(state: State) -> &'static str {
    match state {
        State::Disconnected => "disconnected",
        State::Connecting => "connecting",
        State::AwaitingHello => "awaiting_hello",
        State::AwaitingPermit => "awaiting_permit",
        State::AwaitingBudget => "awaiting_budget",
        State::Identifying => "identifying",
        State::Resuming => "resuming",
        State::Ready => "ready",
        State::Closing => "closing",
        State::BackingOff => "backing_off",
        State::AttemptsExhausted => "attempts_exhausted",
        State::Fatal => "fatal",
        State::Stopped => "stopped",
    }
}

pub(super) const fn cause_label(cause: &DisconnectCause) -> &'static str {
    match cause {
        DisconnectCause::BadFrame(_) => "bad_frame",
        DisconnectCause::Closed { .. } => "closed",
        DisconnectCause::ConnectFailed(_) => "connect_failed",
        DisconnectCause::ConnectTimeout => "connect_timeout",
        DisconnectCause::HelloTimeout => "hello_timeout",
        DisconnectCause::InvalidSession { .. } => "invalid_session",
        DisconnectCause::ReconnectRequested => "reconnect_requested",
        DisconnectCause::ResumeTimeout => "resume_timeout",
        DisconnectCause::Zombie => "zombie",
    }
}

pub(super) const fn loss_label(reason: &LossReason) -> &'static str {
    match reason {
        LossReason::Closed(_) => "closed",
        LossReason::Invalid => "invalid",
        LossReason::OtherDialect { .. } => "other_dialect",
        LossReason::OtherIntents => "other_intents",
        LossReason::OtherShard { .. } => "other_shard",
        LossReason::Replaced => "replaced",
        LossReason::ResumeFailed { .. } => "resume_failed",
        LossReason::TooOld { .. } => "too_old",
        LossReason::Unnamed => "unnamed",
    }
}

/// The codes are the server's: those that the protocols define are told apart.
pub(super) const fn close_label(code: Option<u16>) -> &'static str {
    match code {
        None => "none",
        Some(1000) => "1000",
        Some(1001) => "1001",
        Some(1006) => "1006",
        Some(1011) => "1011",
        Some(1012) => "1012",
        Some(1013) => "1013",
        Some(4000) => "4000",
        Some(4001) => "4001",
        Some(4002) => "4002",
        Some(4003) => "4003",
        Some(4004) => "4004",
        Some(4005) => "4005",
        Some(4006) => "4006",
        Some(4007) => "4007",
        Some(4008) => "4008",
        Some(4009) => "4009",
        Some(4010) => "4010",
        Some(4011) => "4011",
        Some(4012) => "4012",
        Some(4013) => "4013",
        Some(4014) => "4014",
        Some(_) => "other",
    }
}
