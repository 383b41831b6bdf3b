//! Frames: what is read depends on the opcode, and on the name of the event.

use polycord_types::{
    catalog,
    gateway::{EventKind, Frame, OpCode},
};

use super::{
    names::find_event,
    reading::{Class, Reading},
    recording,
};

/// The keys of a frame.
const KEYS: [&str; 4] = ["op", "d", "s", "t"];

/// Reads a frame, or a line of a recording with one in it.
pub(super) fn read(json: &str) -> Reading {
    read_frame(json, true)
}

fn read_frame(json: &str, may_be_recorded: bool) -> Reading {
    let frame = match Frame::parse(json) {
        Ok(frame) => frame,
        Err(error) => {
            return Reading::failed("a frame", "", error.problem());
        }
    };
    if let Some(error) = polycord_frame::members(json).find_map(Result::err) {
        return Reading::failed("a frame", "", error.to_string());
    }
    let is_dispatch = frame.name.is_some() && frame.data().is_some();
    let op = match frame.op {
        None if is_dispatch => Some(OpCode::Dispatch),
        op => op,
    };
    if op.is_none()
        && may_be_recorded
        && let Some(line) = recording::line(json)
    {
        return line.read(|frame| read_frame(frame, false));
    }
    let mut reading = match op {
        Some(OpCode::Dispatch) => dispatch(&frame),
        Some(op) => other(op, &frame),
        None => Reading::failed(
            "unknown",
            "",
            "no frame: `op` is not in it; say what it is with --event, --as, --webhook or --interaction",
        ),
    };
    if op.is_some() {
        let members = polycord_frame::members(json).map_while(Result::ok);
        for (key, _) in members.filter(|(key, _)| !KEYS.contains(&key.as_ref())) {
            reading.note(Class::UnknownField, key, "");
        }
    }
    reading
}

fn dispatch(frame: &Frame<'_>) -> Reading {
    let Some(name) = frame.name.as_deref() else {
        return Reading::failed("DISPATCH", "t", "a dispatch without a name");
    };
    let mut reading = Reading::of(name);
    match find_event(name) {
        Some(event) => event_data(&mut reading, event, frame.data()),
        None => reading.note(
            Class::UnknownValue("EventKind"),
            "t",
            serde_json::Value::from(name).to_string(),
        ),
    }
    reading
}

/// RESUMED has no documented shape: it is `null` or an object of no interest.
fn event_data(reading: &mut Reading, event: &catalog::Structure, data: Option<&str>) {
    if event.documented() != EventKind::Resumed.name() {
        reading.inspect(event, data.unwrap_or("null"), "d");
    }
}

/// What is no dispatch: what it is called, and the structure of its data, if that is an object.
fn other(op: OpCode, frame: &Frame<'_>) -> Reading {
    let (name, structure) = match op {
        OpCode::Heartbeat => ("HEARTBEAT", None),
        OpCode::Identify => ("IDENTIFY", Some("Identify Structure")),
        OpCode::PresenceUpdate => ("UPDATE_PRESENCE", Some("Gateway Presence Update Structure")),
        OpCode::VoiceStateUpdate => (
            "UPDATE_VOICE_STATE",
            Some("Gateway Voice State Update Structure"),
        ),
        OpCode::Resume => ("RESUME", Some("Resume Structure")),
        OpCode::Reconnect => ("RECONNECT", None),
        OpCode::RequestGuildMembers => (
            "REQUEST_GUILD_MEMBERS",
            Some("Request Guild Members Structure"),
        ),
        OpCode::InvalidSession => ("INVALID_SESSION", None),
        OpCode::Hello => ("HELLO", Some("Hello Structure")),
        OpCode::HeartbeatAck => ("HEARTBEAT_ACK", None),
        OpCode::RequestSoundboardSounds => (
            "REQUEST_SOUNDBOARD_SOUNDS",
            Some("Request Soundboard Sounds Structure"),
        ),
        OpCode::RequestChannelInfo => (
            "REQUEST_CHANNEL_INFO",
            Some("Request Channel Info Structure"),
        ),
        _ => {
            let op = serde_json::to_string(&op).unwrap_or_default();
            let mut reading = Reading::of(format!("OPCODE_{op}"));
            reading.note(Class::UnknownValue("OpCode"), "op", op);
            return reading;
        }
    };
    let mut reading = Reading::of(name);
    if let Some(title) = structure {
        match catalog::structure(&format!("events/gateway-events#{title}")) {
            Some(structure) => reading.inspect(structure, frame.data().unwrap_or("null"), "d"),
            None => reading.note(Class::Failure, "d", "no model stands for it"),
        }
    }
    reading
}

/// Whether an index may say that a file holds this: what is sent to the gateway, or not an event.
pub(super) fn is_other(name: &str) -> bool {
    matches!(
        name,
        "HEARTBEAT"
            | "IDENTIFY"
            | "UPDATE_PRESENCE"
            | "UPDATE_VOICE_STATE"
            | "RESUME"
            | "RECONNECT"
            | "REQUEST_GUILD_MEMBERS"
            | "INVALID_SESSION"
            | "HELLO"
            | "HEARTBEAT_ACK"
            | "REQUEST_SOUNDBOARD_SOUNDS"
            | "REQUEST_CHANNEL_INFO"
    )
}
