//! What a shard does, as numbers of the facade `metrics`.
//!
//! Handles are kept, so that nothing is looked up in a registry for an event. What every frame changes is
//! added up by the driver and handed on once a turn.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use metrics::{Counter, Gauge, Histogram, SharedString, counter, gauge, histogram};
use tokio::time::Instant;

use self::{
    kinds::Kinds,
    labels::{Counters, cause_label, close_label, loss_label, state_label},
    names as name,
};
use crate::{Action, DisconnectCause, LossReason, SessionEvent, ShardId, State, observer::Totals};

mod kinds;
mod labels;
mod names;

#[cfg(feature = "discord")]
pub(crate) use self::kinds::decode_failed;

/// How often the gauges of the queue are set while nothing but events happens.
const GAUGE_PERIOD: Duration = Duration::from_secs(1);

/// The numbers of one shard.
pub(crate) struct Metrics {
    shard: SharedString,
    kinds: Kinds,
    ack_latency: Histogram,
    closes: Counters<2>,
    connects: Counter,
    dropped: Counter,
    dropped_reports: Counter,
    identifies: Counters<1>,
    inflated: Counter,
    lag: Gauge,
    pauses: Counter,
    queued: Gauge,
    received: Counter,
    replayed: Counter,
    resumes: Counters<1>,
    sent: Counter,
    sent_bytes: Counter,
    since: Gauge,
    skipped: Counter,
    /// What was handed on.
    told: Totals,
    /// Bytes after decompression that were not.
    untold: u64,
    /// When the gauges were set.
    gauged: Option<Instant>,
    /// Who ended the connection was told.
    closed: bool,
    identify_reason: &'static str,
    resume_reason: &'static str,
    state: (State, Gauge),
}

impl Metrics {
    /// Registers with the recorder that is installed now; what is installed later sees nothing of this
    /// shard.
    pub(crate) fn new(shard: ShardId) -> Self {
        names::describe();
        let shard = SharedString::from_shared(Arc::from(shard.to_string()));
        let count = |name: &'static str| counter!(name, "shard" => shard.clone());
        let level = |name: &'static str| gauge!(name, "shard" => shard.clone());
        let state = (
            State::Disconnected,
            state_gauge(&shard, State::Disconnected),
        );
        state.1.set(1.0);
        let since = level(name::STATE_SINCE);
        since.set(unix_time());
        Self {
            kinds: Kinds::default(),
            ack_latency: histogram!(name::ACK_LATENCY, "shard" => shard.clone()),
            closes: Counters::new(name::CLOSES, ["by", "code"]),
            connects: count(name::CONNECTS),
            dropped: count(name::EVENTS_DROPPED),
            dropped_reports: count(name::REPORTS_DROPPED),
            identifies: Counters::new(name::IDENTIFIES, ["reason"]),
            inflated: count(name::INFLATED_BYTES),
            lag: level(name::QUEUE_LAG),
            pauses: count(name::PAUSES),
            queued: level(name::QUEUE_EVENTS),
            received: count(name::RECEIVED_BYTES),
            replayed: count(name::EVENTS_REPLAYED),
            resumes: Counters::new(name::RESUMES, ["reason"]),
            sent: count(name::SENT_FRAMES),
            sent_bytes: count(name::SENT_BYTES),
            since,
            skipped: count(name::EVENTS_SKIPPED),
            told: Totals::default(),
            untold: 0,
            gauged: None,
            closed: false,
            identify_reason: "start",
            resume_reason: "saved",
            state,
            shard,
        }
    }

    pub(crate) fn action(&mut self, action: &Action, frame: &str) {
        match action {
            Action::Dispatch { name, replayed, .. } => {
                self.kinds.count(name.text(frame));
                if *replayed {
                    self.replayed.increment(1);
                }
            }
            Action::Connect { .. } => {
                self.closed = false;
                self.connects.increment(1);
            }
            Action::Send { payload, .. } => {
                self.sent.increment(1);
                self.sent_bytes.increment(payload.len() as u64);
            }
            Action::Close { code, .. } => self.close("client", *code),
            Action::CommandFailed { .. } => self.once(name::COMMANDS_FAILED),
            Action::Event(event) => self.event(event),
            _ => {}
        }
    }

    /// A frame came in, of so many bytes after decompression.
    pub(crate) fn frame(&mut self, bytes: usize) {
        self.untold += bytes as u64;
    }

    /// The connection is gone, with the code that the server closed it with.
    pub(crate) fn closed(&mut self, code: Option<u16>) {
        self.close("server", code);
    }

    /// The send limit made commands wait.
    pub(crate) fn rate_limited(&self) {
        self.once(name::RATE_LIMITED);
    }

    /// Hands on what has been added up.
    pub(crate) fn totals(&mut self, now: Instant, totals: &Totals) {
        let add = |counter: &Counter, total: u64, told: u64| {
            if total > told {
                counter.increment(total - told);
            }
        };
        let told = std::mem::replace(&mut self.told, *totals);
        add(&self.dropped, totals.dropped, told.dropped);
        add(
            &self.dropped_reports,
            totals.dropped_reports,
            told.dropped_reports,
        );
        add(&self.pauses, totals.pauses, told.pauses);
        add(&self.received, totals.received, told.received);
        add(&self.skipped, totals.skipped, told.skipped);
        add(&self.inflated, self.untold, 0);
        self.untold = 0;
        self.lag.set(totals.lag.as_secs_f64());
        self.queued
            .set(u32::try_from(totals.queued).unwrap_or(u32::MAX));
        self.gauged = Some(now);
    }

    /// Whether it is time for [`Self::totals`]: always if something else than events happened, once a
    /// period if not.
    pub(crate) fn wants_totals(&self, now: Instant, quiet: bool) -> bool {
        !quiet || self.gauged.is_none_or(|at| now >= at + GAUGE_PERIOD)
    }

    fn event(&mut self, event: &SessionEvent) {
        match event {
            SessionEvent::StateChanged { to, .. } => self.enter(*to),
            SessionEvent::Ready { .. } => self.once(name::SESSIONS),
            SessionEvent::Resumed { .. } => self.once(name::SESSIONS_RESUMED),
            SessionEvent::SessionLost { reason, .. } => self.lost(reason),
            SessionEvent::Reconnecting { cause, .. } => self.reconnecting(cause),
            SessionEvent::BudgetExhausted { .. } => self.once(name::BUDGET_EXHAUSTED),
            SessionEvent::Gap { expected, got } => {
                let missing = got.saturating_sub(*expected);
                counter!(name::EVENTS_MISSING, "shard" => self.shard.clone()).increment(missing);
            }
            SessionEvent::Duplicate { .. } => self.once(name::EVENTS_DUPLICATE),
            SessionEvent::HeartbeatAcked { latency } => {
                self.ack_latency.record(latency.as_secs_f64());
            }
            SessionEvent::HeartbeatMissed { traffic } => {
                let traffic = if *traffic { "true" } else { "false" };
                counter!(name::ACKS_LATE, "shard" => self.shard.clone(), "traffic" => traffic)
                    .increment(1);
            }
            SessionEvent::BadFrame { .. } => self.once(name::BAD_FRAMES),
            _ => {}
        }
    }

    fn enter(&mut self, state: State) {
        match state {
            State::Identifying => {
                let reason = std::mem::replace(&mut self.identify_reason, "start");
                self.identifies.count(&self.shard, [reason]);
            }
            State::Resuming => self.resumes.count(&self.shard, [self.resume_reason]),
            _ => {}
        }
        self.state.1.set(0.0);
        self.state = (state, state_gauge(&self.shard, state));
        self.state.1.set(1.0);
        self.since.set(unix_time());
    }

    fn lost(&mut self, reason: &LossReason) {
        self.identify_reason = loss_label(reason);
        counter!(
            name::SESSIONS_LOST, "shard" => self.shard.clone(), "reason" => self.identify_reason
        )
        .increment(1);
    }

    fn reconnecting(&mut self, cause: &DisconnectCause) {
        self.resume_reason = cause_label(cause);
        counter!(
            name::RECONNECTS, "shard" => self.shard.clone(), "cause" => self.resume_reason
        )
        .increment(1);
    }

    /// The first close counts: what follows is the answer to it.
    fn close(&mut self, by: &'static str, code: Option<u16>) {
        if !std::mem::replace(&mut self.closed, true) {
            self.closes.count(&self.shard, [by, close_label(code)]);
        }
    }

    /// What happens seldom is looked up.
    fn once(&self, name: &'static str) {
        counter!(name, "shard" => self.shard.clone()).increment(1);
    }
}

impl Drop for Metrics {
    /// A shard that is no more is in no state, but for a terminal one.
    fn drop(&mut self) {
        if !self.state.0.is_terminal() {
            self.state.1.set(0.0);
        }
        self.lag.set(0.0);
        self.queued.set(0.0);
    }
}

fn state_gauge(shard: &SharedString, state: State) -> Gauge {
    gauge!(name::STATE, "shard" => shard.clone(), "state" => state_label(state))
}

/// Seconds since 1970.
fn unix_time() -> f64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs_f64()
}
