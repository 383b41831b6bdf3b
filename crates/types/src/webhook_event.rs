//! Events that Discord sends over HTTP instead of the gateway.
//!
//! Verify the signature of the request before you parse its body.
//!
//! See [the documentation](https://docs.discord.com/developers/events/webhook-events).

use polycord_types_derive::Model;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use crate::{
    Text, Timestamp,
    application::{InstallationType, PartialApplication},
    channel::Channel,
    decode::{
        self, Blank, Decode, Fault, FieldSchema, Key, Model, Presence, Reader, Schema, field,
    },
    entitlement::Entitlement,
    guild::Guild,
    id::{ApplicationId, ChannelId, LobbyId, MessageId, UserId},
    lobby::LobbyMessage,
    message::{Message, MessageActivity, MessageFlags, MessageType},
    model,
    oauth2::OAuth2Scope,
    user::User,
};

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
/// let Some(WebhookEventData::ApplicationDeauthorized(data)) = event.data else { panic!() };
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
    pub enum WebhookPayloadType: u32 {
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WebhookEvent {
    /// What happened.
    pub kind: WebhookEventType,
    /// When, in UTC.
    pub timestamp: Timestamp,
    /// What it was about; its type follows from `kind`.
    pub data: Option<WebhookEventData>,
}

/// The data of an event over HTTP.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WebhookEventData {
    /// A user added the application.
    ApplicationAuthorized(Box<ApplicationAuthorized>),
    /// A user took the application's authorization away.
    ApplicationDeauthorized(Box<ApplicationDeauthorized>),
    /// An entitlement came, changed or went.
    Entitlement(Box<Entitlement>),
    /// A message in a lobby was written or edited.
    LobbyMessage(Box<LobbyMessage>),
    /// A message in a lobby was deleted.
    LobbyMessageDelete(LobbyMessageDelete),
    /// A direct message was written, edited or deleted during a session of the Social SDK.
    GameDirectMessage(GameDirectMessage),
    /// Data of a kind that has no model here, or no documented shape, or that its model could not read; as it
    /// came.
    Raw(Value),
}

impl WebhookEventData {
    fn decode(kind: &WebhookEventType, reader: &mut Reader<'_>) -> Result<Self, Fault> {
        match kind {
            WebhookEventType::ApplicationAuthorized => {
                decode::member(reader, None, Self::ApplicationAuthorized, Self::Raw)
            }
            WebhookEventType::ApplicationDeauthorized => {
                decode::member(reader, None, Self::ApplicationDeauthorized, Self::Raw)
            }
            WebhookEventType::EntitlementCreate
            | WebhookEventType::EntitlementUpdate
            | WebhookEventType::EntitlementDelete => {
                decode::member(reader, None, Self::Entitlement, Self::Raw)
            }
            WebhookEventType::LobbyMessageCreate | WebhookEventType::LobbyMessageUpdate => {
                decode::member(reader, None, Self::LobbyMessage, Self::Raw)
            }
            WebhookEventType::LobbyMessageDelete => {
                decode::member(reader, None, Self::LobbyMessageDelete, Self::Raw)
            }
            WebhookEventType::GameDirectMessageCreate
            | WebhookEventType::GameDirectMessageUpdate
            | WebhookEventType::GameDirectMessageDelete => {
                decode::member(reader, None, Self::GameDirectMessage, Self::Raw)
            }
            WebhookEventType::QuestUserEnrollment | WebhookEventType::Unknown(_) => {
                Value::decode(reader).map(Self::Raw)
            }
        }
    }
}

impl Serialize for WebhookEventData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::ApplicationAuthorized(data) => data.serialize(serializer),
            Self::ApplicationDeauthorized(data) => data.serialize(serializer),
            Self::Entitlement(data) => data.serialize(serializer),
            Self::LobbyMessage(data) => data.serialize(serializer),
            Self::LobbyMessageDelete(data) => data.serialize(serializer),
            Self::GameDirectMessage(data) => data.serialize(serializer),
            Self::Raw(data) => data.serialize(serializer),
        }
    }
}

/// Which fields of a [`WebhookEvent`] came, and its kind, which was looked up before.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct SeenOfWebhookEvent {
    known: WebhookEventType,
    bits: u8,
}

impl Model for WebhookEvent {
    type Seen = SeenOfWebhookEvent;

    const SCHEMA: &'static Schema = &Schema {
        name: "WebhookEvent",
        fields: &[
            FieldSchema {
                key: "type",
                rust_type: "WebhookEventType",
                presence: Presence::Always,
                identifies: false,
            },
            FieldSchema {
                key: "timestamp",
                rust_type: "Timestamp",
                presence: Presence::Always,
                identifies: false,
            },
            FieldSchema {
                key: "data",
                rust_type: "Option<WebhookEventData>",
                presence: Presence::Optional,
                identifies: false,
            },
        ],
        flattened: &[],
    };

    fn blank() -> Self {
        Self {
            kind: Blank::blank(),
            timestamp: Timestamp::default(),
            data: None,
        }
    }

    fn accept(
        &mut self,
        seen: &mut SeenOfWebhookEvent,
        reader: &mut Reader<'_>,
    ) -> Result<(), Fault> {
        const TYPE: Key = Key::new("type\":");
        const TIMESTAMP: Key = Key::new("timestamp\":");
        const DATA: Key = Key::new("data\":");
        if reader.stands_at(TYPE) {
            seen.bits |= 1;
            field::plain(&mut self.kind, reader, TYPE.span())?;
        }
        if reader.stands_at(TIMESTAMP) {
            seen.bits |= 2;
            field::plain(&mut self.timestamp, reader, TIMESTAMP.span())?;
        }
        if reader.stands_at(DATA) {
            field::optional_with(&mut self.data, reader, DATA.span(), |data, reader| {
                *data = Some(WebhookEventData::decode(&seen.known, reader)?);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn finish(
        &mut self,
        seen: &SeenOfWebhookEvent,
        reader: &mut Reader<'_>,
        start: usize,
    ) -> Result<(), Fault> {
        decode::absent(reader, start, seen.bits.into(), &["type", "timestamp"]);
        if seen.bits & 1 == 0 {
            self.kind = WebhookEventType::default();
        }
        Ok(())
    }

    fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        map.serialize_entry("type", &self.kind)?;
        map.serialize_entry("timestamp", &self.timestamp)?;
        if let Some(data) = &self.data {
            map.serialize_entry("data", data)?;
        }
        Ok(())
    }
}

impl Decode for WebhookEvent {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let seen = SeenOfWebhookEvent {
            known: reader.look_ahead("type")?,
            bits: 0,
        };
        let mut event = Self::blank();
        decode::fill(&mut event, seen, reader)?;
        Ok(event)
    }
}

deserialize!(WebhookEvent);
heap_size!(WebhookEvent: fields kind data);
heap_size! {
    WebhookEventData: ApplicationAuthorized ApplicationDeauthorized Entitlement LobbyMessage
    LobbyMessageDelete GameDirectMessage Raw
}

impl Serialize for WebhookEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        model::write(self, serializer)
    }
}

/// A user added the application, to a guild or to themselves.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#application-authorized).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ApplicationAuthorized {
    /// Where it was installed.
    pub integration_type: Option<InstallationType>,
    /// The user.
    #[model(key)]
    pub user: User,
    /// The scopes that were granted.
    pub scopes: Vec<OAuth2Scope>,
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

/// A direct message of a session of the Social SDK.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#game-direct-message-create).
#[derive(Clone, Debug, PartialEq)]
pub enum GameDirectMessage {
    /// Seen in Discord as well as in the game.
    Message(Box<GameMessage>),
    /// Between players without a Discord account: seen in the game only.
    Sdk(Box<SdkDirectMessage>),
}

impl Decode for GameDirectMessage {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        // Only an ordinary message stands in a channel of Discord; the other kind names its recipient
        // where it names a channel at all. What does not name anybody is no recipient: it would not be
        // written again.
        let [channel, recipient] = reader.look_for(["channel_id", "recipient_id"])?;
        let has_recipient = recipient.is_some_and(|at| reader.decodes_at::<UserId>(at));
        if channel.is_some() && !has_recipient {
            Box::decode(reader).map(Self::Message)
        } else {
            Box::decode(reader).map(Self::Sdk)
        }
    }
}

deserialize!(GameDirectMessage);
heap_size!(GameDirectMessage: Message Sdk);

impl Serialize for GameDirectMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Message(message) => message.serialize(serializer),
            Self::Sdk(message) => message.serialize(serializer),
        }
    }
}

/// A direct message that is seen in Discord as well as in a game.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events#game-direct-message-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GameMessage {
    /// The message; its fields can be read directly.
    #[model(flatten, deref)]
    pub message: Message,
    /// The lobby, if it was written in one.
    pub lobby_id: Option<LobbyId>,
    /// The channel, with its recipients.
    #[model(always)]
    pub channel: Option<Box<Channel>>,
}

/// A direct message between players without a Discord account.
///
/// See [the documentation](https://docs.discord.com/developers/events/webhook-events).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct SdkDirectMessage {
    /// Identifies the message.
    #[model(key)]
    pub id: MessageId,
    /// What kind of message.
    #[model(rename = "type")]
    pub kind: MessageType,
    /// The text.
    pub content: Text,
    /// The channel.
    pub channel_id: Option<ChannelId>,
    /// Who gets it.
    pub recipient_id: Option<UserId>,
    /// Who wrote it.
    #[model(always)]
    pub author: Option<Box<User>>,
    /// Properties of the message.
    pub flags: MessageFlags,
    /// The application that sent it.
    #[model(always)]
    pub application_id: Option<ApplicationId>,
    /// The channel, with its recipients.
    #[model(always)]
    pub channel: Option<Box<Channel>>,
    /// What one can join.
    pub activity: Option<MessageActivity>,
    /// The application of that activity.
    pub application: Option<Box<PartialApplication>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::DeviationKind;

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
            event.data.unwrap(),
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
            event.data.unwrap(),
            WebhookEventData::Raw(serde_json::json!({ "crew": 3 }))
        );
    }

    #[test]
    fn entitlements_and_lobby_messages_are_typed() {
        let data = r#"{"id":"1","sku_id":"2","application_id":"3","type":4,"promotion_id":null}"#;
        for kind in ["CREATE", "UPDATE", "DELETE"] {
            let event = event(&format!("ENTITLEMENT_{kind}"), data);
            let WebhookEventData::Entitlement(entitlement) = event.data.unwrap() else {
                panic!("{kind}")
            };
            assert_eq!(entitlement.id.get(), 1);
        }
        let data = r#"{"id":"1","type":0,"content":"noice","lobby_id":"2","channel_id":"2","flags":65536,
            "author":{"id":"3"},"edited_timestamp":"2025-08-05T20:39:19.557970+00:00"}"#;
        for kind in ["CREATE", "UPDATE"] {
            let event = event(&format!("LOBBY_MESSAGE_{kind}"), data);
            let WebhookEventData::LobbyMessage(message) = event.data.unwrap() else {
                panic!("{kind}")
            };
            assert_eq!(
                (message.lobby_id.get(), message.content.as_str()),
                (2, "noice")
            );
        }
    }

    #[test]
    fn a_direct_message_of_a_game_is_one_of_two_shapes() {
        let shared =
            r#"{"id":"1","content":"c","channel_id":"2","author":{"id":"3"},"lobby_id":"4"}"#;
        let in_game = r#"{"id":"1","content":"c","channel":{"id":"2"},"author":{"id":"3"}}"#;
        let older = r#"{"id":"1","content":"c","channel_id":"2","recipient_id":"3"}"#;
        for kind in ["CREATE", "UPDATE", "DELETE"] {
            let read = |data| {
                event(&format!("GAME_DIRECT_MESSAGE_{kind}"), data)
                    .data
                    .unwrap()
            };
            let WebhookEventData::GameDirectMessage(GameDirectMessage::Message(message)) =
                read(shared)
            else {
                panic!("{kind}")
            };
            assert_eq!(
                (message.content.as_str(), message.lobby_id),
                ("c", Some(LobbyId::new(4)))
            );
            for data in [in_game, older] {
                let sdk = read(data);
                assert!(
                    matches!(
                        sdk,
                        WebhookEventData::GameDirectMessage(GameDirectMessage::Sdk(_))
                    ),
                    "{sdk:?}"
                );
            }
        }
    }

    #[test]
    fn a_recipient_that_names_nobody_does_not_change_the_shape_when_written_again() {
        for recipient in ["null", "[]", "\"x\"", "0", "\"3\"", "3"] {
            let data = format!(
                r#"{{"id":"1","channel_id":"2","author":{{"id":"4"}},"recipient_id":{recipient}}}"#
            );
            let read = event("GAME_DIRECT_MESSAGE_CREATE", &data);
            let written = serde_json::to_string(&read).unwrap();
            assert_eq!(
                decode::from_str::<WebhookEvent>(&written).unwrap(),
                read,
                "{written}"
            );
        }
    }

    #[test]
    fn data_without_what_identifies_it_is_kept_and_reported() {
        let json = r#"{"data":{"id":"1"},"type":"LOBBY_MESSAGE_DELETE","timestamp":"2024-10-18T14:42:53","x":1}"#;
        let (event, report) = decode::from_str_reporting::<WebhookEvent>(json).unwrap();
        assert_eq!(
            event.data,
            Some(WebhookEventData::Raw(serde_json::json!({"id": "1"})))
        );
        let [deviation] = report.deviations.as_slice() else {
            panic!("{report:?}")
        };
        assert_eq!(
            (deviation.path.as_str(), deviation.kind),
            ("data", DeviationKind::KeptRaw)
        );
        assert!(deviation.problem.contains("lobby_id"), "{deviation}");
        assert_eq!(report.unknown_fields[0].path, "x");
    }
}
