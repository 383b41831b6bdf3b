//! Bodies of webhook events: the envelope, and the data that belongs to the type of the event.

use polycord_frame::member;
use polycord_types::catalog;

use super::reading::{Class, Reading};

/// The documented name of the envelope.
pub(super) const PAYLOAD: &str = "events/webhook-events#Webhook Event Payload Structure";

pub(super) fn read(json: &str) -> Reading {
    let Some(envelope) = catalog::structure(PAYLOAD) else {
        return Reading::failed(PAYLOAD, "", "no model stands for it");
    };
    let event = member(json, "event").filter(|event| *event != "null");
    let name = event
        .and_then(|event| member(event, "type"))
        .and_then(|name| serde_json::from_str::<String>(name).ok());
    let mut reading = Reading::of(match (&name, event) {
        (Some(name), _) => name,
        (None, Some(_)) => "unknown",
        (None, None) => "PING",
    });
    reading.inspect(envelope, json, "");
    if let (Some(name), Some(event)) = (name, event)
        && !reading.has_failed()
    {
        let data = member(event, "data").unwrap_or("null");
        read_data(&mut reading, &name, data);
    }
    reading
}

fn read_data(reading: &mut Reading, name: &str, data: &str) {
    let structure = match name {
        "APPLICATION_AUTHORIZED" => "events/webhook-events#Application Authorized Structure",
        "APPLICATION_DEAUTHORIZED" => "events/webhook-events#Application Deauthorized Structure",
        "ENTITLEMENT_CREATE" | "ENTITLEMENT_UPDATE" | "ENTITLEMENT_DELETE" => {
            "resources/entitlement#Entitlement Structure"
        }
        "LOBBY_MESSAGE_CREATE" | "LOBBY_MESSAGE_UPDATE" => {
            "events/webhook-events#Lobby Message Structure"
        }
        "LOBBY_MESSAGE_DELETE" => "events/webhook-events#Lobby Message Delete Structure",
        // Only an ordinary message stands in a channel of Discord; the other kind names its recipient
        // where it names a channel at all.
        "GAME_DIRECT_MESSAGE_CREATE"
        | "GAME_DIRECT_MESSAGE_UPDATE"
        | "GAME_DIRECT_MESSAGE_DELETE"
            if member(data, "channel_id").is_some() && member(data, "recipient_id").is_none() =>
        {
            "events/webhook-events#Message Object Additional Fields"
        }
        "GAME_DIRECT_MESSAGE_CREATE"
        | "GAME_DIRECT_MESSAGE_UPDATE"
        | "GAME_DIRECT_MESSAGE_DELETE" => "events/webhook-events#SDK DM Message Structure",
        // It is not sent at present, and its shape is not documented; unknown types are told by the envelope.
        _ => return,
    };
    match catalog::structure(structure) {
        // The envelope has told of the rest.
        Some(structure) => {
            if let Err(error) = structure.inspect(data) {
                reading.note_error(&error, "event.data");
            }
        }
        None => reading.note(Class::Failure, "event.data", "no model stands for it"),
    }
}
