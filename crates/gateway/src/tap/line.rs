//! One line of a recording.

use std::{
    io::Write,
    time::{Duration, SystemTime},
};

use serde::de::IgnoredAny;

use super::{Direction, Frame, redact};

/// Writes the line of a frame, its end included. Nothing that can fail is written to.
pub(super) fn write(line: &mut Vec<u8>, frame: &Frame) {
    let since = frame.time.duration_since(SystemTime::UNIX_EPOCH);
    let since: Duration = since.unwrap_or_default();
    let direction = match frame.direction {
        Direction::In => "in",
        Direction::Out => "out",
    };
    // Writing to a `Vec` does not fail.
    let _ = write!(
        line,
        r#"{{"time":{}.{:03},"dir":"{direction}","shard":"{}","connection":{},"bytes":{},"#,
        since.as_secs(),
        since.subsec_millis(),
        frame.shard,
        frame.connection,
        frame.bytes,
    );
    match frame.text.as_deref() {
        None => line.extend_from_slice(br#""omitted":"too large""#),
        // Of what does not parse nobody can say where its secrets are.
        Some(text) if serde_json::from_str::<IgnoredAny>(text).is_err() => {
            line.extend_from_slice(br#""omitted":"not JSON""#);
        }
        Some(text) => {
            line.extend_from_slice(br#""frame":"#);
            line.append(&mut redact::redacted(text, frame.is_secret, &frame.secrets));
        }
    }
    line.extend_from_slice(b"}\n");
}
