//! What happens, as lines of JSON, while it happens.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::journal::{Entry, EntryKind, Journal};

/// What stands for a secret.
const REDACTED: &str = "[redacted]";
/// Members whose texts are secrets, wherever they stand.
const SECRETS: [&str; 7] = [
    "access_token",
    "client_secret",
    "refresh_token",
    "secret",
    "secrets",
    "session_id",
    "token",
];
/// A part of a webhook's address, which ends in its token.
const WEBHOOK: &str = "/webhooks/";

/// Where everything is written.
#[derive(Clone)]
pub(crate) struct Recorder {
    /// `None` after writing failed.
    sink: Arc<Mutex<Option<Box<dyn Write + Send>>>>,
}

/// Whose frame a line holds, as the client sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    In,
    Out,
}

/// Which connection a line is about, and when it was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Milliseconds of the Unix epoch.
    pub(crate) at_ms: u64,
    pub(crate) connection: u64,
    pub(crate) shard: Option<(u32, u32)>,
    /// The bot's token, which is written nowhere.
    pub(crate) token: &'a str,
}

impl Line<'_> {
    fn envelope(&self, direction: Direction, bytes: usize) -> Map<String, Value> {
        let direction = match direction {
            Direction::In => "in",
            Direction::Out => "out",
        };
        Map::from_iter([
            ("time".to_owned(), seconds(self.at_ms)),
            ("dir".to_owned(), Value::from(direction)),
            ("shard".to_owned(), shard(self.shard)),
            ("connection".to_owned(), Value::from(self.connection)),
            ("bytes".to_owned(), Value::from(bytes)),
        ])
    }
}

impl Recorder {
    pub(crate) fn new(sink: impl Write + Send + 'static) -> Self {
        Self {
            sink: Arc::new(Mutex::new(Some(Box::new(sink)))),
        }
    }

    /// Writes a frame without its secrets.
    pub(crate) fn frame(&self, line: Line<'_>, direction: Direction, frame: &[u8]) {
        let mut fields = line.envelope(direction, frame.len());
        // Of what does not parse nobody can say where its secrets are.
        match serde_json::from_slice::<Value>(frame) {
            Ok(mut frame) => {
                redact(&mut frame, line.token);
                fields.insert("frame".to_owned(), frame);
            }
            Err(_) => drop(fields.insert("omitted".to_owned(), Value::from("not JSON"))),
        }
        self.write(&Value::Object(fields));
    }

    /// Writes what it was that carries no payload of Discord's: a ping, a close frame, half of a message.
    pub(crate) fn omitted(&self, line: Line<'_>, direction: Direction, what: &str, bytes: usize) {
        let mut fields = line.envelope(direction, bytes);
        fields.insert("omitted".to_owned(), Value::from(what));
        self.write(&Value::Object(fields));
    }

    /// Writes what happened, unless it is a frame: those have lines of their own.
    pub(crate) fn entry(&self, entry: &Entry, start_ms: u64, token: &str) {
        if !matches!(
            entry.kind,
            EntryKind::ServerFrame { .. }
                | EntryKind::ClientFrame { .. }
                | EntryKind::RawSent { .. }
        ) {
            let mut line = described(entry, start_ms);
            redact(&mut line, token);
            self.write(&line);
        }
    }

    pub(crate) fn flush(&self) {
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        let flushed = sink.as_mut().map(Write::flush);
        note_failure(&mut sink, flushed);
    }

    fn write(&self, line: &Value) {
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        let written = sink.as_mut().map(|sink| write_line(sink, line));
        note_failure(&mut sink, written);
    }
}

/// A disk that is full ends the recording, not the tests.
fn note_failure(sink: &mut Option<Box<dyn Write + Send>>, result: Option<io::Result<()>>) {
    if let Some(Err(error)) = result {
        tracing::warn!(target: "polycord_simulator", %error, "the recording ends here");
        *sink = None;
    }
}

fn write_line(sink: &mut dyn Write, line: &Value) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    sink.write_all(&bytes)
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

impl Journal {
    /// Writes the entries as JSON, one object a line: `time` in seconds since the simulator's start, `connection`,
    /// `shard`, what happened under `entry`, and its fields. Frames stand in it without their payloads, which
    /// [`Builder::record`] keeps.
    ///
    /// [`Builder::record`]: crate::Builder::record
    ///
    /// # Errors
    ///
    /// Those of `to`.
    pub fn write_json_lines(&self, mut to: impl Write) -> io::Result<()> {
        self.iter()
            .try_for_each(|entry| write_line(&mut to, &described(entry, 0)))
    }
}

/// An entry as an object; session ids, which a session is taken over with, stay out of it.
fn described(entry: &Entry, start_ms: u64) -> Value {
    let (name, fields) = match &entry.kind {
        EntryKind::Connected { path } => ("connected", json!({ "path": path })),
        EntryKind::UpgradeRefused { path, status } => {
            let fields = json!({ "path": path, "status": status });
            ("upgrade_refused", fields)
        }
        EntryKind::ClientFrame { op, size } => ("client_frame", json!({ "op": op, "bytes": size })),
        EntryKind::Identified { intents, .. } => ("identified", json!({ "intents": intents })),
        EntryKind::IdentifyRefused { reason } => ("identify_refused", json!({ "reason": reason })),
        EntryKind::ResumeAsked { seq, accepted, .. } => {
            ("resume", json!({ "seq": seq, "accepted": accepted }))
        }
        EntryKind::Dispatch { seq, name, .. } => {
            ("dispatch", json!({ "seq": seq, "name": &**name }))
        }
        EntryKind::ServerFrame { op, seq, name } => {
            let fields = json!({ "op": op, "seq": seq, "name": name.as_deref() });
            ("server_frame", fields)
        }
        EntryKind::RawSent { size } => ("raw_sent", json!({ "bytes": size })),
        EntryKind::ClientClosed { code } => ("client_closed", json!({ "code": code })),
        EntryKind::ClientGone => ("client_gone", json!({})),
        EntryKind::ServerClosed { code, reason } => {
            ("server_closed", json!({ "code": code, "reason": reason }))
        }
        EntryKind::ServerCut => ("server_cut", json!({})),
        EntryKind::FaultPlayed { fault } => ("fault", json!({ "fault": fault })),
        EntryKind::Ignored { reason } => ("ignored", json!({ "reason": reason })),
        EntryKind::Http {
            method,
            path,
            status,
            refusal,
        } => {
            let mut fields = json!({ "method": method, "path": path, "status": status });
            if let Some(refusal) = refusal {
                fields["refusal"] = Value::from(&**refusal);
            }
            ("http", fields)
        }
        EntryKind::Delivered { what, url, status } => {
            let fields = json!({ "what": &**what, "url": &**url, "status": status });
            ("delivered", fields)
        }
        EntryKind::AnswerRefused { what, reason } => {
            let fields = json!({ "what": &**what, "reason": &**reason });
            ("answer_refused", fields)
        }
    };
    let at = u64::try_from(entry.at.as_millis()).unwrap_or(u64::MAX);
    let mut line = json!({
        "time": seconds(start_ms.saturating_add(at)),
        "connection": entry.connection,
        "shard": shard(entry.shard),
        "entry": name,
    });
    if let (Some(line), Value::Object(fields)) = (line.as_object_mut(), fields) {
        line.extend(fields);
    }
    line
}

/// Milliseconds as seconds.
fn seconds(ms: u64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our age fit")]
    let seconds = ms as f64 / 1e3;
    Value::from(seconds)
}

fn shard(shard: Option<(u32, u32)>) -> Value {
    shard.map_or(Value::Null, |(number, total)| {
        Value::from(format!("{number}/{total}"))
    })
}

/// Takes the secrets out: what certain members hold, and every text with the bot's token or the address of
/// a webhook.
fn redact(value: &mut Value, token: &str) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if SECRETS.contains(&name.as_str()) {
                    hide(value);
                } else {
                    redact(value, token);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, token)),
        Value::String(text)
            if text.contains(WEBHOOK) || !token.is_empty() && text.contains(token) =>
        {
            REDACTED.clone_into(text);
        }
        _ => {}
    }
}

/// Every text in it is a secret.
fn hide(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(hide),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::String(text) => REDACTED.clone_into(text),
        _ => {}
    }
}
