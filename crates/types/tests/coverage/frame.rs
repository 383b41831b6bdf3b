//! The frame around an event.

use polycord_types::gateway::{Frame, OpCode};
use serde_json::json;

use crate::{facts::Facts, findings::Findings};

#[test]
fn a_frame_gives_every_documented_field() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let structure = &facts.structures["events/gateway-events#Gateway Event Payload Structure"];
    let names = structure
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect::<Vec<_>>();
    findings.check(
        names == ["op", "d", "s", "t"],
        "the frame",
        format_args!("it has {names:?}"),
    );
    let text = json!({"op": 0, "d": {"id": "1"}, "s": 7, "t": "CHANNEL_DELETE"}).to_string();
    match Frame::parse(&text) {
        Ok(frame) => {
            let read = (frame.op, frame.data(), frame.seq, frame.name.as_deref());
            let expected = (
                Some(OpCode::Dispatch),
                Some(r#"{"id":"1"}"#),
                Some(7),
                Some("CHANNEL_DELETE"),
            );
            findings.check(
                read == expected,
                "the frame",
                format_args!("it reads {read:?}"),
            );
        }
        Err(error) => findings.note("the frame", error),
    }
    findings.finish();
}
