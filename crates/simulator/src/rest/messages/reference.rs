//! What a message refers to: the one it answers, or the one it forwards.

use serde_json::{Map, Value, json};

use crate::core::{Core, State};
use crate::rest::form::Field;
use crate::rest::reply::Failure;
use crate::world::{objects, permissions};

/// The form of `message_reference`.
pub(crate) const REFERENCE: Field = Field::object(
    "message_reference",
    &[
        Field::choice("type", &[0, 1]).or_null(),
        Field::id("message_id").or_null(),
        Field::id("channel_id").or_null(),
        Field::id("guild_id").or_null(),
        Field::boolean("fail_if_not_exists").or_null(),
    ],
)
.or_null();

/// Message flag: it carries a snapshot of another.
const HAS_SNAPSHOT: u64 = 1 << 14;
/// What of a message a forward shows.
const SNAPSHOT: [&str; 12] = [
    "type",
    "content",
    "embeds",
    "attachments",
    "timestamp",
    "edited_timestamp",
    "flags",
    "mentions",
    "mention_roles",
    "stickers",
    "sticker_items",
    "components",
];

impl Core {
    /// The fields a message gets by referring to another, if it does.
    pub(super) fn refer(
        &self,
        state: &State,
        channel: u64,
        given: &Value,
    ) -> Result<Map<String, Value>, Failure> {
        if !given.is_object() {
            return Ok(Map::new());
        }
        let Some(id) = objects::snowflake(&given["message_id"]) else {
            return Err(Failure::required("message_reference.message_id"));
        };
        if given["type"] == 1 {
            return self.forward(state, given, id);
        }
        let mut fields = Map::new();
        let elsewhere = objects::snowflake(&given["channel_id"]).is_some_and(|c| c != channel);
        self.may(state, channel, permissions::READ_MESSAGE_HISTORY)?;
        let replied = state.world.message(channel, id).filter(|_| !elsewhere);
        let Some(replied) = replied else {
            if given["fail_if_not_exists"] == false {
                return Ok(fields);
            }
            return Err(invalid("REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
        };
        // Those that somebody wrote: default, reply, slash command, context menu.
        if !matches!(replied["type"].as_u64(), Some(0 | 19 | 20 | 23)) {
            let code = "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE";
            return Err(invalid(code, "Cannot reply to a system message"));
        }
        let mut replied = replied.clone();
        if let Some(fields) = replied.as_object_mut() {
            // An answer shows one message back, not the whole thread of answers.
            fields.remove("referenced_message");
        }
        fields.insert("type".to_owned(), Value::from(19));
        fields.insert("message_reference".to_owned(), told(state, 0, channel, id));
        fields.insert("referenced_message".to_owned(), replied);
        Ok(fields)
    }

    fn forward(
        &self,
        state: &State,
        given: &Value,
        id: u64,
    ) -> Result<Map<String, Value>, Failure> {
        let Some(source) = objects::snowflake(&given["channel_id"]) else {
            return Err(Failure::required("message_reference.channel_id"));
        };
        if state.world.channel(source).is_none() {
            return Err(Failure::unknown_channel());
        }
        let needed = permissions::VIEW_CHANNEL | permissions::READ_MESSAGE_HISTORY;
        self.may(state, source, needed)?;
        let found = state.world.message(source, id);
        let found = found.ok_or_else(|| invalid("REPLIES_UNKNOWN_MESSAGE", "Unknown message"))?;
        if self.readable(state, source, found) != *found {
            let message = "You cannot forward a message whose content you cannot read.";
            return Err(Failure::new(400, 160_014, message));
        }
        let basic = matches!(found["type"].as_u64(), Some(0 | 19))
            && found.get("poll").is_none_or(Value::is_null)
            && found["components"].as_array().is_none_or(Vec::is_empty);
        if !basic {
            let code = "MESSAGE_REFERENCE_CANNOT_FORWARD";
            return Err(invalid(code, "This message cannot be forwarded"));
        }
        let shown = SNAPSHOT.iter().filter_map(|field| {
            let value = found.get(*field)?;
            Some(((*field).to_owned(), value.clone()))
        });
        let snapshot: Map<String, Value> = shown.collect();
        let mut fields = Map::new();
        fields.insert("message_reference".to_owned(), told(state, 1, source, id));
        fields.insert(
            "message_snapshots".to_owned(),
            json!([{ "message": snapshot }]),
        );
        fields.insert("flags".to_owned(), Value::from(HAS_SNAPSHOT));
        Ok(fields)
    }
}

/// A reference as messages carry it.
pub(crate) fn told(state: &State, kind: u64, channel: u64, message: u64) -> Value {
    let mut told = json!({
        "type": kind,
        "message_id": message.to_string(),
        "channel_id": channel.to_string(),
    });
    if let Some(guild) = state.world.guild_of(channel) {
        told["guild_id"] = Value::from(guild.to_string());
    }
    told
}

fn invalid(code: &str, message: &str) -> Failure {
    Failure::invalid("message_reference", code, message)
}
