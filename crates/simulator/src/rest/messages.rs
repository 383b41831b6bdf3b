//! Messages of a channel.

use serde_json::{Map, Value, json};

use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::objects;

/// Characters a message may have.
const MAX_CONTENT: usize = 2_000;
const MAX_EMBEDS: usize = 10;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/channels/{channel_id}/messages", Core::list_messages),
    Route::post("/channels/{channel_id}/messages", Core::create_message),
    Route::get(
        "/channels/{channel_id}/messages/{message_id}",
        Core::get_message,
    ),
    Route::patch(
        "/channels/{channel_id}/messages/{message_id}",
        Core::edit_message,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/{message_id}",
        Core::delete_message,
    ),
];

impl Core {
    fn list_messages(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let limit = call.limit(50, 100)?;
        let bound = |name| call.parameter(name).and_then(|id| id.parse::<u64>().ok());
        let (before, after) = (bound("before"), bound("after"));
        let fits = |message: &&Value| {
            let id = objects::id(message);
            before.is_none_or(|before| id < before) && after.is_none_or(|after| id > after)
        };
        let messages = state.world.messages.of(channel).filter(fits).cloned();
        // Newest first, whichever end they are counted from.
        let found: Vec<Value> = if after.is_some() {
            let mut oldest: Vec<Value> = messages.take(limit).collect();
            oldest.reverse();
            oldest
        } else {
            messages.rev().take(limit).collect()
        };
        Ok(Reply::ok(Value::Array(found)))
    }

    fn get_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        let message = state.world.message(channel, id).cloned();
        message.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    fn delete_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        self.remove_message(state, channel, id);
        Ok(Reply::no_content())
    }

    fn create_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, body) = (call.channel(state)?, &call.body);
        validate(body, true)?;
        let mut extra = taken(body);
        let reference = &body["message_reference"];
        if reference.is_object() {
            let id = objects::snowflake(&reference["message_id"]);
            let replied = id.and_then(|id| state.world.message(channel, id)).cloned();
            if replied.is_none() && reference["fail_if_not_exists"] != false {
                return Err(Failure::invalid(
                    "message_reference",
                    "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
                    "Unknown message",
                ));
            }
            let mut told = json!({
                "type": 0,
                "message_id": id.map(|id| id.to_string()),
                "channel_id": channel.to_string(),
            });
            if let Some(guild) = state.world.guild_of(channel) {
                told["guild_id"] = Value::from(guild.to_string());
            }
            extra.insert("type".to_owned(), Value::from(19));
            extra.insert("message_reference".to_owned(), told);
            extra.insert("referenced_message".to_owned(), replied.unwrap_or_default());
        }
        let content = body["content"].as_str().unwrap_or_default();
        let bot = state.world.bot;
        if !body["nonce"].is_null() {
            extra.insert("nonce".to_owned(), body["nonce"].clone());
        }
        Ok(Reply::ok(self.post(state, channel, bot, content, extra)))
    }

    /// Puts a message into a channel and tells it. `extra` are fields to set.
    pub(crate) fn post(
        &self,
        state: &mut State,
        channel: u64,
        author: u64,
        content: &str,
        extra: Map<String, Value>,
    ) -> Value {
        let message = self.compose(state, channel, author, content, extra);
        state.world.keep_message(channel, message.clone());
        if let Some(object) = state.world.channel_mut(channel) {
            object["last_message_id"] = message["id"].clone();
        }
        self.tell_message(state, "MESSAGE_CREATE", channel, &message);
        message
    }

    /// A message with its mentions found.
    pub(super) fn compose(
        &self,
        state: &mut State,
        channel: u64,
        author: u64,
        content: &str,
        extra: Map<String, Value>,
    ) -> Value {
        let id = self.next_id(state);
        let user = state.world.user(author).unwrap_or_default();
        let mut message = objects::message(id, channel, &user, content, &self.clock.now_iso());
        for (field, value) in extra {
            message[field] = value;
        }
        mention(state, channel, &mut message);
        message
    }

    /// `MESSAGE_CREATE` or `MESSAGE_UPDATE`, with what events have beyond the message.
    fn tell_message(&self, state: &mut State, name: &str, channel: u64, message: &Value) {
        let guild = state.world.guild_of(channel);
        let mut data = message.clone();
        let kind = state
            .world
            .channel(channel)
            .map(|channel| channel["type"].clone());
        data["channel_type"] = kind.unwrap_or_else(|| Value::from(0));
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
            let author = objects::id(&message["author"]);
            if let Some(member) = state.world.partial_member(guild, author) {
                data["member"] = member;
            }
        }
        self.dispatch(state, &Happening::new(name, guild, data));
    }

    fn edit_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        validate(&call.body, false)?;
        let message = state
            .world
            .message(channel, id)
            .ok_or_else(Failure::unknown_message)?;
        if objects::id(&message["author"]) != state.world.bot {
            let message = "Cannot edit a message authored by another user";
            return Err(Failure::new(403, 50_005, message));
        }
        let edited = self.change_message(state, channel, id, &call.body);
        edited.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    /// Changes what `body` names, and tells it.
    pub(crate) fn change_message(
        &self,
        state: &mut State,
        channel: u64,
        id: u64,
        body: &Value,
    ) -> Option<Value> {
        let mut message = state.world.message(channel, id)?.clone();
        change(&mut message, body, &self.clock.now_iso());
        mention(state, channel, &mut message);
        *state.world.message_mut(channel, id)? = message.clone();
        self.tell_message(state, "MESSAGE_UPDATE", channel, &message);
        Some(message)
    }

    /// Removes a message and tells it; whether it was there.
    pub(crate) fn remove_message(&self, state: &mut State, channel: u64, id: u64) -> bool {
        if state.world.messages.remove(channel, id).is_none() {
            return false;
        }
        let guild = state.world.guild_of(channel);
        let mut data = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
        }
        self.dispatch(state, &Happening::new("MESSAGE_DELETE", guild, data));
        true
    }
}

/// Sets the fields a PATCH names.
pub(super) fn change(message: &mut Value, body: &Value, now: &str) {
    for (field, value) in taken(body) {
        message[field] = value;
    }
    if let Some(content) = body.get("content") {
        message["content"] = Value::from(content.as_str().unwrap_or_default());
    }
    message["edited_timestamp"] = Value::from(now);
}

/// Finds out whom a message mentions.
fn mention(state: &State, channel: u64, message: &mut Value) {
    let content = message["content"].as_str().unwrap_or_default();
    let mut users = mentioned(content, "<@");
    users.extend(mentioned(content, "<@!"));
    // A reply mentions whom it answers.
    let replied = objects::id(&message["referenced_message"]["author"]);
    users.extend((replied != 0).then_some(replied));
    users.sort_unstable();
    users.dedup();
    let roles = mentioned(content, "<@&");
    let everyone = content.contains("@everyone") || content.contains("@here");
    let guild = state.world.guild_of(channel);
    let named = |id: &u64| {
        let mut user = state.world.user(*id)?;
        if let Some(member) = guild.and_then(|guild| state.world.partial_member(guild, *id)) {
            user["member"] = member;
        }
        Some(user)
    };
    message["mentions"] = users.iter().filter_map(named).collect();
    message["mention_roles"] = roles.iter().map(u64::to_string).collect();
    message["mention_everyone"] = Value::Bool(everyone);
}

/// The ids that stand between `mark` and `>`.
fn mentioned(content: &str, mark: &str) -> Vec<u64> {
    let after = content.split(mark).skip(1);
    after
        .filter_map(|rest| rest.split_once('>')?.0.parse().ok())
        .collect()
}

/// The fields of a body that are a message's own.
pub(super) fn taken(body: &Value) -> Map<String, Value> {
    let mut extra = Map::new();
    for field in ["embeds", "components", "flags", "tts"] {
        let Some(value) = body.get(field).filter(|value| !value.is_null()) else {
            continue;
        };
        let mut value = value.clone();
        if field == "embeds" {
            for embed in value
                .as_array_mut()
                .into_iter()
                .flatten()
                .filter(|e| e.is_object())
            {
                embed["type"] = Value::from("rich");
            }
        }
        extra.insert(field.to_owned(), value);
    }
    extra
}

/// Whether a body makes a message.
pub(super) fn validate(body: &Value, new: bool) -> Result<(), Failure> {
    match &body["content"] {
        Value::Null => {}
        Value::String(content) if content.chars().count() <= MAX_CONTENT => {}
        Value::String(_) => {
            let message = "Must be 2000 or fewer in length.";
            return Err(Failure::invalid("content", "BASE_TYPE_MAX_LENGTH", message));
        }
        _ => {
            let message = "Could not interpret \"content\" as string.";
            return Err(Failure::invalid("content", "STRING_TYPE_CONVERT", message));
        }
    }
    if body["embeds"]
        .as_array()
        .is_some_and(|embeds| embeds.len() > MAX_EMBEDS)
    {
        let message = "Must be 10 or fewer in length.";
        return Err(Failure::invalid("embeds", "BASE_TYPE_MAX_LENGTH", message));
    }
    let filled = |field: &&str| body[*field].as_array().is_some_and(|list| !list.is_empty());
    let some = body["content"]
        .as_str()
        .is_some_and(|content| !content.is_empty())
        || ["embeds", "components", "sticker_ids"].iter().any(filled)
        || body["poll"].is_object();
    if new && !some {
        return Err(Failure::new(400, 50_006, "Cannot send an empty message"));
    }
    Ok(())
}
