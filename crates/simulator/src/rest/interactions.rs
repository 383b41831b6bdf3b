//! Answers to interactions: the callback, the original response, followups.

mod interaction;

use serde_json::{Value, json};

use self::interaction::{ANSWER_WITHIN, TOKEN_LIVES};
pub(crate) use self::interaction::{Interaction, InteractionKind, response};
use super::messages::{change, taken, validate};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route, number};
use crate::core::{Core, State};
use crate::world::objects;

pub(super) const ROUTES: &[Route] = &[
    Route::post(
        "/interactions/{interaction_id}/{interaction_token}/callback",
        Core::interaction_callback,
    )
    .open(),
    Route::post(
        "/webhooks/{webhook_id}/{webhook_token}",
        Core::create_followup,
    )
    .open(),
    Route::get(
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Core::get_response,
    )
    .open(),
    Route::patch(
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Core::patch_response,
    )
    .open(),
    Route::delete(
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Core::delete_response,
    )
    .open(),
    Route::get(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Core::get_response,
    )
    .open(),
    Route::patch(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Core::patch_response,
    )
    .open(),
    Route::delete(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Core::delete_response,
    )
    .open(),
];

/// Message flags: only the user sees it; the bot is thinking.
const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;

impl Core {
    fn interaction_callback(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, token) = (call.id("interaction_id")?, call.text("interaction_token"));
        let found = state
            .interactions
            .get(&id)
            .filter(|found| found.token == token);
        let found = found.ok_or_else(Failure::unknown_interaction)?;
        if found.callback.is_some() {
            let message = "Interaction has already been acknowledged.";
            return Err(Failure::new(400, 40_060, message));
        }
        if found.at.elapsed() > ANSWER_WITHIN {
            return Err(Failure::unknown_interaction());
        }
        let asked = found.kind.number();
        let kind = call.body["type"]
            .as_u64()
            .ok_or_else(|| Failure::required("type"))?;
        let data = &call.body["data"];
        let original = match kind {
            4 => {
                validate(data, true)?;
                Some(self.respond(state, id, data, 0))
            }
            5 => Some(self.respond(state, id, data, LOADING)),
            // A modal, an activity. 6 to 8 are for components and autocompletion.
            9 | 12 => None,
            _ => {
                let message = "This value is not one of the allowed ones.";
                return Err(Failure::invalid("type", "BASE_TYPE_CHOICES", message));
            }
        };
        if let Some(found) = state.interactions.get_mut(&id) {
            found.callback = Some(call.body.clone());
            found.original = original;
        }
        if !call.flag("with_response") {
            return Ok(Reply::no_content());
        }
        let message = original.and_then(|message| response(state, id, message));
        Ok(Reply::ok(json!({
            "interaction": {
                "id": id.to_string(),
                "type": asked,
                "response_message_id": original.map(|id| id.to_string()),
                "response_message_loading": kind == 5,
                "response_message_ephemeral": data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0,
            },
            "resource": { "type": kind, "message": message },
        })))
    }

    fn create_followup(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = answered(state, call)?;
        validate(&call.body, true)?;
        let made = self.respond(state, id, &call.body, 0);
        if let Some(found) = state.interactions.get_mut(&id) {
            found.followups.push(made);
        }
        Ok(Reply::ok(response(state, id, made).unwrap_or_default()))
    }

    fn get_response(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, message) = own_message(state, call)?;
        let found = response(state, id, message);
        found.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    fn patch_response(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        validate(&call.body, false)?;
        let (id, message) = own_message(state, call)?;
        let edited = self.edit_response(state, id, message, &call.body);
        edited.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    fn delete_response(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, message) = own_message(state, call)?;
        if !self.remove_response(state, id, message) {
            return Err(Failure::unknown_message());
        }
        Ok(Reply::no_content())
    }

    /// Makes a message that answers an interaction.
    fn respond(&self, state: &mut State, id: u64, data: &Value, flags: u64) -> u64 {
        let Some(found) = state.interactions.get(&id) else {
            return 0;
        };
        let (channel, user, kind) = (found.channel, found.user, found.kind.clone());
        let first = found.callback.is_none();
        let application = state.world.application.to_string();
        let owners = state
            .world
            .guild_of(channel)
            .map_or_else(|| json!({}), |guild| json!({ "0": guild.to_string() }));
        let flags = flags | data["flags"].as_u64().unwrap_or(0);
        let person = state.world.user(user).unwrap_or_default();
        let mut extra = taken(data);
        extra.insert("flags".to_owned(), Value::from(flags));
        extra.insert("webhook_id".to_owned(), Value::from(application.clone()));
        extra.insert("application_id".to_owned(), Value::from(application));
        if first {
            let id = id.to_string();
            extra.insert("type".to_owned(), Value::from(20));
            extra.insert(
                "interaction_metadata".to_owned(),
                json!({
                    "id": id,
                    "type": kind.number(),
                    "user": person,
                    "authorizing_integration_owners": owners,
                }),
            );
            if let InteractionKind::Command { name, .. } = kind {
                extra.insert(
                    "interaction".to_owned(),
                    json!({ "id": id, "type": 2, "name": name, "user": person }),
                );
            }
        }
        let content = data["content"].as_str().unwrap_or_default();
        let bot = state.world.bot;
        if flags & EPHEMERAL == 0 {
            return objects::id(&self.post(state, channel, bot, content, extra));
        }
        let message = self.compose(state, channel, bot, content, extra);
        let made = objects::id(&message);
        if let Some(found) = state.interactions.get_mut(&id) {
            found.hidden.push(message);
        }
        made
    }

    /// Deletes a message that answers an interaction. Whether it was there.
    fn remove_response(&self, state: &mut State, id: u64, message: u64) -> bool {
        let Some(found) = state.interactions.get_mut(&id) else {
            return false;
        };
        let (channel, before) = (found.channel, found.hidden.len());
        found.hidden.retain(|m| objects::id(m) != message);
        found.hidden.len() < before || self.remove_message(state, channel, message)
    }

    fn edit_response(
        &self,
        state: &mut State,
        id: u64,
        message: u64,
        body: &Value,
    ) -> Option<Value> {
        let channel = state.interactions.get(&id)?.channel;
        let flags = response(state, id, message)?["flags"].as_u64().unwrap_or(0);
        let mut body = body.clone();
        if body.is_object() {
            body["flags"] = Value::from(flags & !LOADING);
        }
        if flags & EPHEMERAL == 0 {
            return self.change_message(state, channel, message, &body);
        }
        let now = self.clock.now_iso();
        let found = state.interactions.get_mut(&id)?;
        let hidden = found
            .hidden
            .iter_mut()
            .find(|m| objects::id(m) == message)?;
        change(hidden, &body, &now);
        Some(hidden.clone())
    }
}

/// The interaction whose token is in the path; it has been answered.
fn answered(state: &State, call: &Call<'_>) -> Result<u64, Failure> {
    let (application, token) = (call.id("webhook_id")?, call.text("webhook_token"));
    let mut known = state.interactions.values();
    let found = known.find(|found| found.token == token);
    let found = found.filter(|_| application == state.world.application);
    let found = found.ok_or_else(Failure::unknown_webhook)?;
    if found.at.elapsed() > TOKEN_LIVES {
        return Err(Failure::new(401, 50_027, "Invalid Webhook Token"));
    }
    let answered = found.callback.is_some().then_some(found.id);
    answered.ok_or_else(Failure::unknown_webhook)
}

/// The interaction whose token is in the path, and which of its messages is meant.
fn own_message(state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
    let id = answered(state, call)?;
    let found = state.interactions.get(&id);
    let found = found.ok_or_else(Failure::unknown_interaction)?;
    let message = match call.text("message_id") {
        "" => found.original,
        text => Some(number(text)?),
    };
    let mut own = found.original.iter().chain(&found.followups);
    let message = message.filter(|message| own.any(|known| known == message));
    message
        .map(|message| (id, message))
        .ok_or_else(Failure::unknown_message)
}
