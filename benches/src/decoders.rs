//! One frame to one event, as the users of each crate do it.

use polycord_types::gateway::{Event, Frame};
use serde::de::DeserializeSeed;
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
