//! What the bot may read of a message: all of it with the intent for content, and without it what
//! concerns it.
//!
//! See [the documentation](https://docs.discord.com/developers/events/gateway#message-content-intent).

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::intents::CONTENT;
use crate::world::objects;

/// A message, or an event that quotes one, for an application without the intent; `None` if it may
/// read all of it anyway: direct messages, its own messages and those that mention it, each for
/// itself where one answers another.
pub(crate) fn without_content(message: &Value, bot: u64, in_guild: bool) -> Option<Value> {
    if !in_guild {
        return None;
    }
    let hidden = !concerns(message, bot);
    let answered = &message["referenced_message"];
    let answered = Some(answered)
        .filter(|it| it.is_object())
        .and_then(|it| without_content(it, bot, in_guild));
    if !hidden && answered.is_none() {
        return None;
    }
    let mut message = message.clone();
    if let Some(answered) = answered {
        message["referenced_message"] = answered;
    }
    if hidden {
        empty(&mut message);
    }
    Some(message)
}

fn concerns(message: &Value, bot: u64) -> bool {
    let mut mentions = message["mentions"].as_array().into_iter().flatten();
    objects::id(&message["author"]) == bot || mentions.any(|user| objects::id(user) == bot)
}

fn empty(message: &mut Value) {
    let Some(fields) = message.as_object_mut() else {
        return;
    };
    for field in ["content", "matched_content"] {
        if let Some(text) = fields.get_mut(field) {
            *text = Value::from("");
        }
    }
    for field in ["embeds", "attachments", "components"] {
        if let Some(list) = fields.get_mut(field) {
            *list = json!([]);
        }
    }
    fields.remove("poll");
    let snapshots = fields.get_mut("message_snapshots");
    let snapshots = snapshots.and_then(Value::as_array_mut);
    for snapshot in snapshots.into_iter().flatten() {
        empty(&mut snapshot["message"]);
    }
}

impl Core {
    /// A message as it is shown to whoever makes a request: to the bot without the intent, if its
    /// application has it not. What it asks for on the gateway does not matter here.
    pub(crate) fn readable(&self, state: &State, channel: u64, message: &Value) -> Value {
        let hidden = state.acting.is_none() && self.options.disallowed & CONTENT != 0;
        let in_guild = state.world.guild_of(channel).is_some();
        let emptied = hidden.then(|| without_content(message, state.world.bot, in_guild));
        emptied.flatten().unwrap_or_else(|| message.clone())
    }
}
