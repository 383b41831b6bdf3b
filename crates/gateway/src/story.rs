//! The story of a session in the log: one line per step at `info`, the rest below.

use polycord_frame::{Keys, scan};
use tracing::{Level, debug, enabled, error, info, trace, warn};

use crate::{Action, DisconnectCause, SessionEvent, StopReason};

/// How much of a session id is shown: enough to tell two apart.
const SHORT: usize = 8;

fn short(session_id: &str) -> &str {
    session_id.get(..SHORT).unwrap_or(session_id)
}

/// Tells what `action` means; `frame` is the one that it came of, if it came of one.
pub(crate) fn tell(action: &Action, frame: &str, keys: &Keys) {
    match action {
        Action::Connect {
            generation,
            url,
            resuming,
            ..
        } => {
            info!(event = "connecting", connection = generation.number(), %url, resuming,
                "connecting{}", if *resuming { " to resume" } else { "" });
        }
        Action::Send {
            generation,
            payload,
            secret,
            ..
        } => {
            if enabled!(Level::TRACE) {
                let op = scan(payload, keys).ok().and_then(|header| header.op);
                trace!(
                    event = "sent",
                    connection = generation.number(),
                    op,
                    bytes = payload.len(),
                    secret,
                    "frame sent"
                );
            }
        }
        Action::Close { generation, code } => {
            debug!(
                event = "close",
                connection = generation.number(),
                code,
                "closing the connection"
            );
        }
        Action::AcquirePermit { .. } => {
            debug!(event = "permit", "waiting for the turn to identify");
        }
        Action::SpendPermit { .. } => debug!(event = "identify", "identified"),
        Action::ReturnPermit { .. } => debug!(event = "permit", "identify permit given back"),
        Action::Dispatch {
            seq,
            name,
            replayed,
            ..
        } => {
            trace!(
                event = "dispatch",
                kind = name.text(frame),
                seq,
                replayed,
                "event received"
            );
        }
        Action::CommandFailed { error, .. } => {
            warn!(event = "command_failed", "a command was not sent: {error}");
        }
        Action::Event(event) => tell_event(event),
        Action::Stopped(reason @ StopReason::Shutdown { .. }) => {
            info!(event = "stopped", "{reason}");
        }
        Action::Stopped(reason) => error!(event = "stopped", "{reason}"),
    }
}

fn tell_event(event: &SessionEvent) {
    match event {
        SessionEvent::StateChanged { from, to } => {
            debug!(event = "state", %from, %to, "state changed");
        }
        SessionEvent::Hello { heartbeat_interval } => {
            info!(
                event = "hello",
                ?heartbeat_interval,
                "heartbeat every {heartbeat_interval:?}"
            );
        }
        SessionEvent::Ready { session_id } => {
            let short = short(session_id);
            info!(
                event = "ready",
                session.id = short,
                "connected, session {short}"
            );
        }
        SessionEvent::ReadyDelayed { waited } => {
            warn!(event = "ready_delayed", "still not ready after {waited:?}");
        }
        SessionEvent::Resumed { replayed } => {
            info!(
                event = "resumed",
                replayed, "resumed, {replayed} events replayed"
            );
        }
        SessionEvent::SessionLost { reason, last_seq } => {
            warn!(event = "session_lost", last_seq, "session lost: {reason}");
        }
        SessionEvent::Reconnecting {
            attempt,
            limit,
            delay,
            cause,
        } => {
            let code = match cause {
                DisconnectCause::Closed { code, .. } => *code,
                _ => None,
            };
            info!(
                event = "reconnecting",
                attempt,
                limit,
                ?delay,
                code,
                "{cause}; next connection in {delay:.1?}"
            );
        }
        SessionEvent::BudgetExhausted { retry_after } => {
            warn!(
                event = "budget_exhausted",
                ?retry_after,
                "no session starts left, next connection in {retry_after:.0?}"
            );
        }
        SessionEvent::Gap { expected, got } => {
            warn!(event = "gap", expected, got, "events are missing");
        }
        SessionEvent::Duplicate { seq, last } => {
            debug!(
                event = "duplicate",
                seq, last, "an event came twice and was dropped"
            );
        }
        SessionEvent::HeartbeatAcked { latency } => {
            debug!(
                event = "heartbeat_acked",
                ?latency,
                "heartbeat acknowledged"
            );
        }
        SessionEvent::HeartbeatMissed { traffic } => {
            warn!(
                event = "heartbeat_missed",
                traffic, "a heartbeat was not acknowledged"
            );
        }
        SessionEvent::BadFrame { fault: Some(fault) } => warn!(event = "bad_frame", "{fault}"),
        SessionEvent::BadFrame { fault: None } => {
            warn!(event = "bad_frame", "a frame was none of the protocol's");
        }
        SessionEvent::UnknownOpcode { op } => {
            debug!(
                event = "unknown_opcode",
                op, "a frame with an unknown opcode was ignored"
            );
        }
    }
}
