//! Answers to interactions: the callback, the original response, followups.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::messages::{change, taken, validate};
use super::reply::{Failure, Outcome, Reply};
use super::{Call, number};
use crate::core::{Core, State};
use crate::world::objects;

/// The first answer must come within this time.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// The token works so long.
const TOKEN_LIVES: Duration = Duration::from_secs(15 * 60);
/// More interactions than this are swept of those whose token is dead.
const SWEEP: usize = 10_000;
/// Message flags: only the user sees it; the bot is thinking.
const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;

/// An interaction an actor started.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    pub(crate) command: String,
    pub(crate) at: Instant,
    /// The body of the callback.
    pub(crate) callback: Option<Value>,
    /// The message the callback made.
    pub(crate) original: Option<u64>,
    /// Messages only the user sees, and so are in no channel's list.
    pub(crate) hidden: Vec<Value>,
    pub(crate) followups: Vec<u64>,
}

impl Core {
    pub(super) fn interaction_callback(
        &self,
        state: &mut State,
        call: &Call<'_>,
        id: u64,
        token: &str,
    ) -> Outcome {
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
        if call.parameter("with_response") != Some("true") {
            return Ok(Reply::no_content());
        }
        let message = original.and_then(|message| response(state, id, message));
        Ok(Reply::ok(json!({
            "interaction": {
                "id": id.to_string(),
                "type": 2,
                "response_message_id": original.map(|id| id.to_string()),
                "response_message_loading": kind == 5,
                "response_message_ephemeral": data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0,
            },
            "resource": { "type": kind, "message": message },
        })))
    }

    pub(super) fn interaction_webhook(
        &self,
        state: &mut State,
        call: &Call<'_>,
        application: u64,
        token: &str,
        rest: &[&str],
    ) -> Result<Option<Reply>, Failure> {
        let found = state
            .interactions
            .values()
            .find(|found| found.token == token);
        let found = found.filter(|_| application == state.world.application);
        let found = found.ok_or_else(Failure::unknown_webhook)?;
        if found.at.elapsed() > TOKEN_LIVES {
            return Err(Failure::new(401, 50_027, "Invalid Webhook Token"));
        }
        if found.callback.is_none() {
            return Err(Failure::unknown_webhook());
        }
        let (id, original) = (found.id, found.original);
        let own: Vec<u64> = original.iter().chain(&found.followups).copied().collect();
        let which = |text: &str| {
            let asked = match text {
                "@original" => original,
                text => Some(number(text)?),
            };
            let asked = asked.filter(|message| own.contains(message));
            asked.ok_or_else(Failure::unknown_message)
        };
        let reply = match (call.method, rest) {
            ("POST", []) => {
                validate(&call.body, true)?;
                let made = self.respond(state, id, &call.body, 0);
                if let Some(found) = state.interactions.get_mut(&id) {
                    found.followups.push(made);
                }
                Reply::ok(response(state, id, made).unwrap_or_default())
            }
            ("GET", ["messages", message]) => {
                let found = response(state, id, which(message)?);
                Reply::ok(found.ok_or_else(Failure::unknown_message)?)
            }
            ("PATCH", ["messages", message]) => {
                validate(&call.body, false)?;
                let edited = self.edit_response(state, id, which(message)?, &call.body);
                Reply::ok(edited.ok_or_else(Failure::unknown_message)?)
            }
            ("DELETE", ["messages", message]) => {
                if !self.remove_response(state, id, which(message)?) {
                    return Err(Failure::unknown_message());
                }
                Reply::no_content()
            }
            _ => return Ok(None),
        };
        Ok(Some(reply))
    }

    /// Makes a message that answers an interaction.
    fn respond(&self, state: &mut State, id: u64, data: &Value, flags: u64) -> u64 {
        let Some(found) = state.interactions.get(&id) else {
            return 0;
        };
        let (channel, user, command) = (found.channel, found.user, found.command.clone());
        let first = found.callback.is_none();
        let application = state.world.application.to_string();
        let owners = state
            .world
            .guild_of(channel)
            .map_or_else(|| json!({}), |guild| json!({ "0": guild.to_string() }));
        let flags = flags | data["flags"].as_u64().unwrap_or(0);
        let person = state.world.user(user).cloned().unwrap_or_default();
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
                    "type": 2,
                    "user": person,
                    "authorizing_integration_owners": owners,
                }),
            );
            extra.insert(
                "interaction".to_owned(),
                json!({ "id": id, "type": 2, "name": command, "user": person }),
            );
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

/// Keeps an interaction to be answered.
pub(crate) fn keep(state: &mut State, interaction: Interaction) {
    if state.interactions.len() >= SWEEP {
        state
            .interactions
            .retain(|_, old| old.at.elapsed() <= TOKEN_LIVES);
    }
    state.interactions.insert(interaction.id, interaction);
}

/// A message that answers an interaction.
pub(crate) fn response(state: &State, id: u64, message: u64) -> Option<Value> {
    let found = state.interactions.get(&id)?;
    let hidden = found.hidden.iter().find(|m| objects::id(m) == message);
    hidden
        .or_else(|| state.world.message(found.channel, message))
        .cloned()
}
