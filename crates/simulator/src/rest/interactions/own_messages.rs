//! Messages that answer interactions: in the channel, or only the user sees them.

use serde_json::{Map, Value, json};

use super::interaction::{Interaction, InteractionKind, response};
use super::{COMPONENTS_V2, EPHEMERAL, LOADING, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, VOICE};
use crate::core::{Core, State};
use crate::rest::messages::Draft;
use crate::rest::multipart::Upload;
use crate::rest::reply::Failure;
use crate::world::objects;

/// What an answer may set of its flags.
const SETTABLE: u64 = SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | VOICE | COMPONENTS_V2;
/// What an answer has of a message; what else is said is not heard: stickers, replies, a nonce.
const HEARD: [&str; 8] = [
    "tts",
    "content",
    "embeds",
    "allowed_mentions",
    "flags",
    "components",
    "attachments",
    "poll",
];

impl Core {
    /// Reads the message of an answer; `files` are what came with it.
    pub(super) fn answer_draft(
        &self,
        state: &mut State,
        id: u64,
        data: &Value,
        files: &[Upload],
    ) -> Result<Draft, Failure> {
        let found = state.interactions.get(&id);
        let channel = found.ok_or_else(Failure::unknown_interaction)?.channel;
        let mut draft = self.draft(state, channel, &heard(data), files)?;
        let hidden = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL;
        draft.set("flags", draft.flags() & SETTABLE | hidden);
        Ok(draft)
    }

    /// Makes a message that answers an interaction.
    pub(super) fn respond(&self, state: &mut State, id: u64, mut draft: Draft) -> u64 {
        let Some(found) = state.interactions.get(&id) else {
            return 0;
        };
        let channel = found.channel;
        draft.fields.extend(origin(state, found));
        let bot = state.world.bot;
        if draft.flags() & EPHEMERAL == 0 {
            return objects::id(&self.post(state, channel, bot, "", draft));
        }
        let message = self.compose(state, channel, bot, "", draft);
        let made = objects::id(&message);
        if let Some(found) = state.interactions.get_mut(&id) {
            found.hidden.push(message);
        }
        made
    }

    /// Deletes a message that answers an interaction. Whether it was there.
    pub(super) fn remove_response(&self, state: &mut State, id: u64, message: u64) -> bool {
        let Some(channel) = state.interactions.get(&id).map(|found| found.channel) else {
            return false;
        };
        if let Some(hidden) = hidden_in(state, message) {
            hidden.retain(|m| objects::id(m) != message);
            return true;
        }
        self.remove_message(state, channel, message)
    }

    /// Changes a message that answers an interaction, or that its component is of. Who sees it cannot
    /// be changed, and it loads no more.
    pub(super) fn edit_response(
        &self,
        state: &mut State,
        id: u64,
        message: u64,
        body: &Value,
        files: &[Upload],
    ) -> Result<Value, Failure> {
        let found = state.interactions.get(&id);
        let channel = found.ok_or_else(Failure::unknown_interaction)?.channel;
        let old = response(state, id, message).ok_or_else(Failure::unknown_message)?;
        let (had, body) = (old["flags"].as_u64().unwrap_or(0), heard(body));
        let mut draft = if had & LOADING == 0 {
            self.redraft(state, channel, &body, files, &old)?
        } else {
            // What was put off is said for the first time: a poll can be, and nothing was edited.
            let mut draft = self.draft(state, channel, &body, files)?;
            draft.set("flags", draft.flags() & SETTABLE);
            draft.set("edited_timestamp", Value::Null);
            draft
        };
        let hidden = had & EPHEMERAL;
        draft.set("flags", draft.flags() & !(LOADING | EPHEMERAL) | hidden);
        if hidden == 0 {
            let edited = self.amend(state, channel, message, draft);
            return edited.ok_or_else(Failure::unknown_message);
        }
        let edited = self.amended(state, channel, old, draft);
        let mut all = hidden_in(state, message).into_iter().flatten();
        if let Some(kept) = all.find(|kept| objects::id(kept) == message) {
            kept.clone_from(&edited);
        }
        Ok(edited)
    }
}

/// What an answer hears of a body.
fn heard(body: &Value) -> Value {
    let Value::Object(fields) = body else {
        return body.clone();
    };
    let fields = fields.iter();
    let fields = fields.filter(|(field, _)| HEARD.contains(&field.as_str()));
    let fields = fields.map(|(field, value)| (field.clone(), value.clone()));
    Value::Object(fields.collect())
}

/// The messages of an interaction that only its user sees, this one among them.
fn hidden_in(state: &mut State, message: u64) -> Option<&mut Vec<Value>> {
    let mut all = state.interactions.values_mut().map(|kept| &mut kept.hidden);
    all.find(|hidden| hidden.iter().any(|m| objects::id(m) == message))
}

/// Where a message comes from, as its fields tell it.
fn origin(state: &State, found: &Interaction) -> Map<String, Value> {
    let application = state.world.application.to_string();
    let person = state.world.user(found.user).unwrap_or_default();
    let guild = state
        .world
        .guild_of(found.channel)
        .map(|guild| guild.to_string());
    let owner = guild.clone().unwrap_or_else(|| "0".to_owned());
    let first = found.callback.is_none();
    let mut metadata = json!({
        "id": found.id.to_string(),
        "type": found.kind.number(),
        "user": person,
        "authorizing_integration_owners": { "0": owner },
    });
    if let InteractionKind::Component { message } = found.kind {
        metadata["interacted_message_id"] = Value::from(message.to_string());
    }
    let mut fields = json!({
        "webhook_id": application,
        "application_id": application,
    });
    // A followup answers the first message, an answer to a component the component's.
    let answers = if first {
        found.kind.message()
    } else {
        metadata["original_response_message_id"] = found.original.map(|id| id.to_string()).into();
        found.original
    };
    if let Some(message) = answers {
        let mut reference = json!({
            "type": 0,
            "message_id": message.to_string(),
            "channel_id": found.channel.to_string(),
        });
        if let Some(guild) = guild {
            reference["guild_id"] = Value::from(guild);
        }
        fields["type"] = Value::from(19);
        fields["message_reference"] = reference;
        fields["referenced_message"] = state
            .world
            .message(found.channel, message)
            .cloned()
            .unwrap_or_default();
    } else if let InteractionKind::Command { name, kind } = &found.kind
        && first
    {
        fields["type"] = Value::from(if *kind == 1 { 20 } else { 23 });
        fields["interaction"] = json!({
            "id": found.id.to_string(),
            "type": 2,
            "name": name,
            "user": person,
        });
    }
    fields["interaction_metadata"] = metadata;
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
