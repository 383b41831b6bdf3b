//! One frame to one event, as the users of each crate do it.

use std::borrow::Cow;

use polycord_frame::{Header, Keys, scan};
use polycord_types::gateway::{Event, Frame};
use serde::{Deserialize, de::DeserializeSeed, de::IgnoredAny};
use twilight_model::gateway::event::{GatewayEvent, GatewayEventDeserializer};

/// The header, then the data by its kind.
pub fn ours(frame: &str) -> Event {
    Frame::parse(frame)
        .expect("a frame")
        .event()
        .expect("a dispatch")
        .expect("an event")
}

/// What `twilight-gateway` does with the text of a websocket message.
pub fn twilight(frame: &str) -> GatewayEvent {
    let deserializer = GatewayEventDeserializer::from_json(frame).expect("a frame");
    let mut json = serde_json::Deserializer::from_str(frame);
    deserializer.deserialize(&mut json).expect("an event")
}

/// What serenity's gateway client does with the text of a websocket message.
pub fn serenity(frame: &str) -> serenity::model::event::GatewayEvent {
    serde_json::from_str(frame).expect("an event")
}

/// The header alone.
pub fn header(frame: &str) -> Header<'_> {
    scan(frame, &Keys::DISCORD).expect("a frame")
}

/// The header, and where the payload ends.
pub fn outline(frame: &str) -> (Header<'_>, &str) {
    let header = header(frame);
    let data = header.data.expect("a payload");
    (header, data.text(frame).expect("an end"))
}

/// The header as one writes it first: a struct, and a parser that skips what it does not need.
#[derive(Deserialize)]
pub struct ParsedHeader<'a> {
    pub op: u64,
    pub s: Option<u64>,
    #[serde(borrow)]
    pub t: Option<Cow<'a, str>>,
    pub d: IgnoredAny,
}

pub fn parsed_header(frame: &str) -> ParsedHeader<'_> {
    serde_json::from_str(frame).expect("a frame")
}

/// The header as `twilight-gateway` looks for it: by the names of its keys.
pub fn twilight_header(frame: &str) -> GatewayEventDeserializer<'_> {
    GatewayEventDeserializer::from_json(frame).expect("a frame")
}
