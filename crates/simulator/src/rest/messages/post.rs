//! The one way of a message into a channel, whoever says it; and of its changes.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::mentions::mention;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::objects;

impl Core {
    /// Puts a message into a channel and tells it. What a [`Draft`] says goes before `content`.
    pub(crate) fn post(
        &self,
        state: &mut State,
        channel: u64,
        author: u64,
        content: &str,
        draft: impl Into<Draft>,
    ) -> Value {
        let message = self.compose(state, channel, author, content, draft);
        self.revive_thread(state, channel, author);
        // The message a thread began with does not count.
        if message["type"] != 21 && objects::id(&message) != channel {
            self.count_in_thread(state, channel, 1);
        }
        state.world.keep_message(channel, message.clone());
        if let Some(object) = state.world.channel_mut(channel) {
            object["last_message_id"] = message["id"].clone();
        }
        self.tell_message(state, "MESSAGE_CREATE", channel, &message);
        message
    }

    /// A message with its mentions found, in no channel yet.
    pub(crate) fn compose(
        &self,
        state: &mut State,
        channel: u64,
        author: u64,
        content: &str,
        draft: impl Into<Draft>,
    ) -> Value {
        let draft = draft.into();
        let id = self.next_id(state);
        let user = state.world.user(author).unwrap_or_default();
        let mut message = objects::message(id, channel, &user, content, &self.clock.now_iso());
        for (field, value) in draft.fields {
            message[field] = value;
        }
        mention(state, channel, &mut message, &draft.allowed);
        message
    }

    /// `MESSAGE_CREATE` or `MESSAGE_UPDATE`, with what events have beyond the message.
    pub(crate) fn tell_message(
        &self,
        state: &mut State,
        name: &str,
        channel: u64,
        message: &Value,
    ) {
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
            for user in data["mentions"].as_array_mut().into_iter().flatten() {
                if let Some(member) = state.world.partial_member(guild, objects::id(user)) {
                    user["member"] = member;
                }
            }
        }
        self.dispatch(state, &Happening::new(name, guild, data));
    }

    /// Changes what `body` names, and tells it.
    pub(crate) fn change_message(
        &self,
        state: &mut State,
        channel: u64,
        id: u64,
        body: &Value,
    ) -> Option<Value> {
        self.amend(state, channel, id, Draft::from(taken(body)))
    }

    /// Changes a message to what a draft says, and tells it.
    pub(crate) fn amend(
        &self,
        state: &mut State,
        channel: u64,
        id: u64,
        draft: Draft,
    ) -> Option<Value> {
        let message = state.world.message(channel, id)?.clone();
        let message = self.amended(state, channel, message, draft);
        *state.world.message_mut(channel, id)? = message.clone();
        self.tell_message(state, "MESSAGE_UPDATE", channel, &message);
        Some(message)
    }

    /// A message changed to what a draft says, in no channel yet. A draft may say itself when it was
    /// edited.
    pub(crate) fn amended(
        &self,
        state: &State,
        channel: u64,
        mut message: Value,
        draft: Draft,
    ) -> Value {
        message["edited_timestamp"] = Value::from(self.clock.now_iso());
        for (field, value) in draft.fields {
            message[field] = value;
        }
        mention(state, channel, &mut message, &draft.allowed);
        message
    }

    /// Changes a message by something that is no edit, and tells it.
    pub(crate) fn touch_message(
        &self,
        state: &mut State,
        channel: u64,
        id: u64,
        change: impl FnOnce(&mut Value),
    ) -> Option<Value> {
        let message = state.world.message_mut(channel, id)?;
        change(message);
        let message = message.clone();
        self.tell_message(state, "MESSAGE_UPDATE", channel, &message);
        Some(message)
    }

    /// Removes a message and tells it; whether it was there.
    pub(crate) fn remove_message(&self, state: &mut State, channel: u64, id: u64) -> bool {
        if state.world.messages.remove(channel, id).is_none() {
            return false;
        }
        self.forget_message(state, channel, id);
        let guild = state.world.guild_of(channel);
        let mut data = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
        }
        self.dispatch(state, &Happening::new("MESSAGE_DELETE", guild, data));
        true
    }

    /// Drops what is kept beside a message that is gone.
    pub(super) fn forget_message(&self, state: &mut State, channel: u64, id: u64) {
        state.world.poll_votes.remove(&id);
        state.beside.forget(id);
        self.count_in_thread(state, channel, -1);
    }
}

/// The fields of a body that are a message's own, as they are.
fn taken(body: &Value) -> Map<String, Value> {
    let mut taken = Map::new();
    for field in ["embeds", "components", "flags", "tts"] {
        let Some(value) = body.get(field).filter(|value| !value.is_null()) else {
            continue;
        };
        let mut value = value.clone();
        if field == "embeds" {
            let embeds = value.as_array_mut().into_iter().flatten();
            for embed in embeds.filter(|embed| embed.is_object()) {
                embed["type"] = Value::from("rich");
            }
        }
        taken.insert(field.to_owned(), value);
    }
    if let Some(content) = body.get("content") {
        let content = content.as_str().unwrap_or_default();
        taken.insert("content".to_owned(), Value::from(content));
    }
    taken
}
