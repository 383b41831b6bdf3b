//! Events that Discord sends over HTTP instead of the gateway.
//!
//! Verify the signature of the request before you parse its body.
//!
//! See [the documentation](https://docs.discord.com/developers/events/webhook-events).

use polycord_types_derive::Model;
use serde_json::Value;

use crate::{ApplicationId, Guild, LobbyId, MessageId, Timestamp, User};

/// The body of a request to the application's webhook events URL.
///
/// # Examples
///
/// ```
/// use polycord_types::webhook_event::{WebhookEventData, WebhookPayload};
///
/// let payload: WebhookPayload = serde_json::from_str(
///     r#"{
///         "version": 1,
///         "application_id": "1234560123453231555",
///         "type": 1,
///         "event": {
///             "type": "APPLICATION_DEAUTHORIZED",
///             "timestamp": "2024-10-18T14:42:53.064834",
///             "data": { "user": { "id": "84654385739434340", "username": "wumpus" } }
///         }
///     }"#,
/// )?;
/// let event = payload.event.expect("not a ping");
/// let WebhookEventData::ApplicationDeauthorized(data) = event.data()? else { panic!() };
/// assert_eq!(data.user.username, "wumpus");
/// # Ok::<_, serde_json::Error>(())
/// ```
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#payload-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct WebhookPayload {
    /// The version of the scheme, 1.
    pub version: u32,
    /// The application that the event is for.
    #[model(key)]
    pub application_id: ApplicationId,
    /// Whether it carries an event.
    #[model(rename = "type")]
    pub kind: WebhookPayloadType,
    /// The event; absent in a ping.
    pub event: Option<WebhookEvent>,
}

open_enum! {
    /// Whether a request carries an event.
    pub enum WebhookPayloadType: u8 {
        /// `PING`: Discord asks whether the URL answers. Answer 204.
        Ping = 0,
        /// `EVENT`: something happened.
        Event = 1,
    }
}

open_enum! {
    /// What happened.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/webhook-events#event-types).
    pub enum WebhookEventType: str {
        /// A user added the application, to a guild or to themselves.
        ApplicationAuthorized = "APPLICATION_AUTHORIZED",
        /// A user took the application's authorization away.
        ApplicationDeauthorized = "APPLICATION_DEAUTHORIZED",
        /// Somebody is entitled to a SKU.
        EntitlementCreate = "ENTITLEMENT_CREATE",
        /// An entitlement changed.
        EntitlementUpdate = "ENTITLEMENT_UPDATE",
        /// An entitlement was taken away.
        EntitlementDelete = "ENTITLEMENT_DELETE",
        /// A user began a quest; not sent at present.
        QuestUserEnrollment = "QUEST_USER_ENROLLMENT",
        /// A message was written in a lobby.
        LobbyMessageCreate = "LOBBY_MESSAGE_CREATE",
        /// A message in a lobby was edited.
        LobbyMessageUpdate = "LOBBY_MESSAGE_UPDATE",
        /// A message in a lobby was deleted.
        LobbyMessageDelete = "LOBBY_MESSAGE_DELETE",
        /// A direct message was written during a session of the Social SDK.
        GameDirectMessageCreate = "GAME_DIRECT_MESSAGE_CREATE",
        /// A direct message of a session was edited.
        GameDirectMessageUpdate = "GAME_DIRECT_MESSAGE_UPDATE",
        /// A direct message of a session was deleted.
        GameDirectMessageDelete = "GAME_DIRECT_MESSAGE_DELETE",
    }
}

/// An event over HTTP.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#event-body-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct WebhookEvent {
    /// What happened.
    #[model(rename = "type")]
    pub kind: WebhookEventType,
    /// When, in UTC.
    pub timestamp: Timestamp,
    /// The data as it came; [`data`](Self::data) reads it.
    #[model(rename = "data")]
    pub raw_data: Option<Value>,
}

impl WebhookEvent {
    /// Reads the data that belongs to the kind of the event.
    ///
    /// # Errors
    ///
    /// A field that identifies an object is missing, or a value does not fit its field.
    pub fn data(&self) -> Result<WebhookEventData, serde_json::Error> {
        let data = self.raw_data.clone().unwrap_or(Value::Null);
        Ok(match self.kind {
            WebhookEventType::ApplicationAuthorized => {
                WebhookEventData::ApplicationAuthorized(serde_json::from_value(data)?)
            }
            WebhookEventType::ApplicationDeauthorized => {
                WebhookEventData::ApplicationDeauthorized(serde_json::from_value(data)?)
            }
            WebhookEventType::LobbyMessageDelete => {
                WebhookEventData::LobbyMessageDelete(serde_json::from_value(data)?)
            }
            _ => WebhookEventData::Raw(data),
        })
    }
}

/// The data of an event over HTTP.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WebhookEventData {
    /// A user added the application.
    ApplicationAuthorized(Box<ApplicationAuthorized>),
    /// A user took the application's authorization away.
    ApplicationDeauthorized(Box<ApplicationDeauthorized>),
    /// A message in a lobby was deleted.
    LobbyMessageDelete(LobbyMessageDelete),
    /// Data of a kind that has no model here, as it came.
    Raw(Value),
}

/// A user added the application, to a guild or to themselves.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#application-authorized).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ApplicationAuthorized {
    /// Where it was installed: 0 for a guild, 1 for a user.
    pub integration_type: Option<u8>,
    /// The user.
    #[model(key)]
    pub user: User,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The guild, if it was installed in one.
    pub guild: Option<Guild>,
}

/// A user took the application's authorization away.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#application-deauthorized).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ApplicationDeauthorized {
    /// The user.
    #[model(key)]
    pub user: User,
}

/// A message in a lobby was deleted.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#lobby-message-delete).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Model)]
pub struct LobbyMessageDelete {
    /// The message.
    #[model(key)]
    pub id: MessageId,
    /// The lobby.
    #[model(key)]
    pub lobby_id: LobbyId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, data: &str) -> WebhookEvent {
        let event = format!(
            r#"{{"type":"{kind}","timestamp":"2024-10-18T14:42:53.064834","data":{data}}}"#
        );
        serde_json::from_str(&event).unwrap()
    }

    #[test]
    fn a_timestamp_without_offset_is_utc() {
        let event = event("LOBBY_MESSAGE_DELETE", r#"{"id":"1","lobby_id":"2"}"#);
        assert_eq!(
            event.timestamp.to_string(),
            "2024-10-18T14:42:53.064834+00:00"
        );
        assert_eq!(
            event.data().unwrap(),
            WebhookEventData::LobbyMessageDelete(LobbyMessageDelete {
                id: MessageId::new(1),
                lobby_id: LobbyId::new(2),
            })
        );
    }

    #[test]
    fn a_ping_has_no_event() {
        let ping = r#"{"version":1,"application_id":"1","type":0}"#;
        let payload: WebhookPayload = serde_json::from_str(ping).unwrap();
        assert_eq!(payload.kind, WebhookPayloadType::Ping);
        assert_eq!(serde_json::to_string(&payload).unwrap(), ping);
    }

    #[test]
    fn a_kind_of_tomorrow_keeps_its_data() {
        let event = event("MOON_LANDED", r#"{"crew":3}"#);
        assert_eq!(event.kind, WebhookEventType::Unknown("MOON_LANDED".into()));
        assert_eq!(
            event.data().unwrap(),
            WebhookEventData::Raw(serde_json::json!({ "crew": 3 }))
        );
    }

    #[test]
    fn data_without_what_identifies_it_is_an_error() {
        let error = event("LOBBY_MESSAGE_DELETE", r#"{"id":"1"}"#)
            .data()
            .unwrap_err();
        assert!(error.to_string().contains("lobby_id"), "{error}");
    }
}
