//! The names of the numbers, and what they mean. `docs/observing.md` has the same table.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

/// Calls `describe_…!` for each, and makes a constant of each name.
macro_rules! names {
    ($($describe:ident $constant:ident = $name:literal, $unit:expr, $text:literal;)+) => {
        $(pub(super) const $constant: &str = $name;)+

        /// Tells the recorder what the numbers are.
        pub(super) fn describe() {
            $($describe!($constant, $unit, $text);)+
        }
    };
}

names! {
    describe_histogram ACK_LATENCY = "polycord_gateway_ack_latency_seconds", Unit::Seconds,
        "Time from a heartbeat to its acknowledgement.";
    describe_counter ACKS_LATE = "polycord_gateway_acks_late_total", Unit::Count,
        "Heartbeats not acknowledged before the next was due; traffic: whether anything else came in.";
    describe_counter BAD_FRAMES = "polycord_gateway_bad_frames_total", Unit::Count,
        "Frames that could not be read.";
    describe_counter BUDGET_EXHAUSTED = "polycord_gateway_budget_exhausted_total", Unit::Count,
        "Times that no session start was left.";
    describe_counter CLOSES = "polycord_gateway_closes_total", Unit::Count,
        "Connections ended, by who ended them and the close code.";
    describe_counter COMMANDS_FAILED = "polycord_gateway_commands_failed_total", Unit::Count,
        "Commands that were not sent.";
    describe_counter CONNECTS = "polycord_gateway_connects_total", Unit::Count,
        "Dials.";
    describe_counter DECODE_FAILURES = "polycord_gateway_decode_failures_total", Unit::Count,
        "Events that Dispatch::decode could not read, by kind.";
    describe_counter EVENTS = "polycord_gateway_events_total", Unit::Count,
        "Events received, by kind.";
    describe_counter EVENTS_DROPPED = "polycord_gateway_events_dropped_total", Unit::Count,
        "Events dropped for a slow consumer, as Overflow allows.";
    describe_counter EVENTS_DUPLICATE = "polycord_gateway_events_duplicate_total", Unit::Count,
        "Events dropped because they had come before.";
    describe_counter EVENTS_MISSING = "polycord_gateway_events_missing_total", Unit::Count,
        "Sequence numbers left out.";
    describe_counter EVENTS_REPLAYED = "polycord_gateway_events_replayed_total", Unit::Count,
        "Events out of the replay of a resumed session.";
    describe_counter EVENTS_SKIPPED = "polycord_gateway_events_skipped_total", Unit::Count,
        "Events that nobody wants, as Interest says.";
    describe_counter IDENTIFIES = "polycord_gateway_identifies_total", Unit::Count,
        "IDENTIFYs sent, by why there was no session to resume.";
    describe_counter INFLATED_BYTES = "polycord_gateway_inflated_bytes_total", Unit::Bytes,
        "Bytes of the frames received, after decompression.";
    describe_counter PAUSES = "polycord_gateway_pauses_total", Unit::Count,
        "Times that reading stopped for a slow consumer.";
    describe_gauge QUEUE_EVENTS = "polycord_gateway_queue_events", Unit::Count,
        "Events that wait for the consumer.";
    describe_gauge QUEUE_LAG = "polycord_gateway_queue_lag_seconds", Unit::Seconds,
        "How long the oldest event has been waiting for the consumer.";
    describe_counter RATE_LIMITED = "polycord_gateway_rate_limited_total", Unit::Count,
        "Times that commands had to wait for the send limit.";
    describe_counter RECEIVED_BYTES = "polycord_gateway_received_bytes_total", Unit::Bytes,
        "Bytes received, compressed if they came so.";
    describe_counter RECONNECTS = "polycord_gateway_reconnects_total", Unit::Count,
        "Connections lost or not made, by cause.";
    describe_counter REPORTS_DROPPED = "polycord_gateway_reports_dropped_total", Unit::Count,
        "Reports of the session dropped for a consumer that had stopped reading.";
    describe_counter RESUMES = "polycord_gateway_resumes_total", Unit::Count,
        "RESUMEs sent, by what had ended the connection before.";
    describe_counter SENT_BYTES = "polycord_gateway_sent_bytes_total", Unit::Bytes,
        "Bytes of the frames sent.";
    describe_counter SENT_FRAMES = "polycord_gateway_sent_frames_total", Unit::Count,
        "Frames sent.";
    describe_counter SESSIONS = "polycord_gateway_sessions_total", Unit::Count,
        "Sessions begun.";
    describe_counter SESSIONS_LOST = "polycord_gateway_sessions_lost_total", Unit::Count,
        "Sessions given up, by reason.";
    describe_counter SESSIONS_RESUMED = "polycord_gateway_sessions_resumed_total", Unit::Count,
        "Sessions resumed.";
    describe_gauge STATE = "polycord_gateway_state", Unit::Count,
        "1 for the state that the shard is in, 0 for those that it was in.";
    describe_gauge STATE_SINCE = "polycord_gateway_state_since_seconds", Unit::Seconds,
        "When the state was entered, in seconds since 1970: its age is the time since then.";
}
