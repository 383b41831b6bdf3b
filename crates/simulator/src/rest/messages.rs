//! Messages of a channel.

mod attachments;
mod beside;
mod components;
mod crosspost;
mod draft;
mod embeds;
mod mentions;
mod post;
mod reference;
mod search;

use std::collections::BTreeSet;

use serde_json::{Value, json};

pub(crate) use self::beside::Beside;
pub(crate) use self::draft::Draft;
pub(crate) use self::reference::told as reference_to;
use super::audit::{Action, Entry};
use super::form::Wrong;
use super::multipart::Upload;
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::{objects, permissions};

/// Message flag: it is made of components alone, of all kinds.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
/// How old a message may be to be deleted with others, in milliseconds.
const TWO_WEEKS: u64 = 14 * 24 * 60 * 60 * 1_000;
/// How long a nonce is remembered, in milliseconds.
const NONCE_LIVES: u64 = 5 * 60 * 1_000;
/// Types of messages that nobody can delete.
const FIXED: [u64; 6] = [1, 2, 3, 4, 5, 21];
/// The type of the message that tells what auto moderation did.
const MODERATED: u64 = 24;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/channels/{channel_id}/messages", Core::list_messages),
    Route::post("/channels/{channel_id}/messages", Core::create_message),
    Route::post(
        "/channels/{channel_id}/messages/bulk-delete",
        Core::bulk_delete,
    ),
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
    Route::post(
        "/channels/{channel_id}/messages/{message_id}/crosspost",
        Core::crosspost,
    ),
    Route::get("/guilds/{guild_id}/messages/search", Core::search_messages),
];

impl Core {
    fn list_messages(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may(state, channel, reading(state, channel))?;
        let limit = call.limit(50, 100)?;
        let bound = |name| match call.parameter(name) {
            None | Some("") => Ok(None),
            Some(text) => super::route::number(text).map(Some),
        };
        let (around, before, after) = (bound("around")?, bound("before")?, bound("after")?);
        if [around, before, after].iter().flatten().count() > 1 {
            let message = "Only one of around, before and after can be given.";
            let code = "MESSAGE_PAGINATION_EXCLUSIVE";
            return Err(Failure::invalid("around", code, message));
        }
        let history = permissions::READ_MESSAGE_HISTORY;
        if self.may(state, channel, history).is_err() {
            return Ok(Reply::ok(json!([])));
        }
        let of = |fits: &dyn Fn(u64) -> bool, limit: usize, oldest: bool| -> Vec<Value> {
            let messages = state.world.messages.of(channel);
            let messages = messages.filter(|message| fits(objects::id(message)));
            // Newest first, whichever end they are counted from.
            if oldest {
                let shown = messages.take(limit);
                let shown = shown.map(|message| self.readable(state, channel, message));
                let mut found: Vec<Value> = shown.collect();
                found.reverse();
                return found;
            }
            let shown = messages.rev().take(limit);
            shown
                .map(|message| self.readable(state, channel, message))
                .collect()
        };
        let found = if let Some(around) = around {
            let mut found = of(&|id| id >= around, limit / 2 + 1, true);
            let rest = limit.saturating_sub(found.len());
            found.extend(of(&|id| id < around, (limit / 2).min(rest), false));
            found
        } else if let Some(after) = after {
            of(&|id| id > after, limit, true)
        } else {
            of(&|id| before.is_none_or(|before| id < before), limit, false)
        };
        Ok(Reply::ok(Value::Array(found)))
    }

    fn get_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let needed = reading(state, channel) | permissions::READ_MESSAGE_HISTORY;
        self.may(state, channel, needed)?;
        let (channel, id) = call.message(state)?;
        let message = state.world.message(channel, id);
        let message = message.map(|message| self.readable(state, channel, message));
        message.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    fn create_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let said = self.say(state, channel, &call.body, &call.files)?;
        Ok(Reply::ok(said))
    }

    /// Whoever acts writes a message.
    pub(crate) fn say(
        &self,
        state: &mut State,
        channel: u64,
        body: &Value,
        files: &[Upload],
    ) -> Result<Value, Failure> {
        self.may_send(state, channel)?;
        let mut draft = self.draft(state, channel, body, files)?;
        self.may_carry(state, channel, &draft)?;
        let author = state.actor();
        if body["enforce_nonce"] == true
            && let Some(said) = self.said_with(state, channel, author, &body["nonce"])
        {
            return Ok(said);
        }
        let nonce = draft.fields.remove("nonce");
        let text = draft.content();
        let said = self.moderated(state, channel, &text, |state| {
            Some(self.post_with_nonce(state, channel, author, draft, nonce))
        })?;
        Ok(said.unwrap_or_default())
    }

    /// The message an author sent with that nonce a moment ago.
    fn said_with(&self, state: &State, channel: u64, author: u64, nonce: &Value) -> Option<Value> {
        let nonce = nonce_text(nonce)?;
        let since = self.clock.now_ms().saturating_sub(NONCE_LIVES);
        let message = state.nonces.iter().rev().find(|known| {
            known.author == author
                && known.channel == channel
                && known.text == nonce
                && known.at >= since
        })?;
        state.world.message(channel, message.message).cloned()
    }

    fn edit_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        self.may(state, channel, permissions::VIEW_CHANNEL)?;
        self.may_change_thread(state, channel)?;
        let old = state.world.message(channel, id).cloned();
        let old = old.ok_or_else(Failure::unknown_message)?;
        if objects::id(&old["author"]) != state.actor() {
            return self.edit_flags(state, call, channel, &old);
        }
        let draft = self.redraft(state, channel, &call.body, &call.files, &old)?;
        let text = draft.content();
        let edited = self.moderated(state, channel, &text, |state| {
            self.amend(state, channel, id, draft)
        })?;
        edited.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    /// Somebody else's message: its embeds can be hidden, with the permission to manage messages.
    fn edit_flags(&self, state: &mut State, call: &Call<'_>, channel: u64, old: &Value) -> Outcome {
        let only_flags = call.files.is_empty()
            && call
                .body
                .as_object()
                .is_some_and(|body| !body.is_empty() && body.keys().all(|field| field == "flags"));
        if !only_flags || state.world.guild_of(channel).is_none() {
            let message = "Cannot edit a message authored by another user";
            return Err(Failure::new(403, 50_005, message));
        }
        self.may(state, channel, permissions::MANAGE_MESSAGES)?;
        let suppress = call.body["flags"].as_u64().unwrap_or(0) & 1 << 2;
        let flags = old["flags"].as_u64().unwrap_or(0) & !(1 << 2) | suppress;
        let edited = self.touch_message(state, channel, objects::id(old), |message| {
            message["flags"] = Value::from(flags);
        });
        edited.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    fn delete_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        self.may(state, channel, permissions::VIEW_CHANNEL)?;
        self.may_change_thread(state, channel)?;
        let message = state.world.message(channel, id);
        let message = message.ok_or_else(Failure::unknown_message)?;
        if message["type"]
            .as_u64()
            .is_some_and(|kind| FIXED.contains(&kind))
        {
            return Err(system_message());
        }
        let own = objects::id(&message["author"]) == state.actor();
        if !own || message["type"] == MODERATED {
            if state.world.guild_of(channel).is_none() {
                return Err(direct_message());
            }
            self.may(state, channel, permissions::MANAGE_MESSAGES)?;
        }
        let author = objects::id(&message["author"]);
        self.remove_message(state, channel, id);
        // Nobody's deleting their own is logged, and neither is a bot's, but for many at once.
        if let Some(guild) = state.world.guild_of(channel)
            && state.acting.is_some_and(|user| user != author)
        {
            let told = json!({ "channel_id": channel.to_string(), "count": "1" });
            let by = call.by(state);
            let entry = Entry::of(author).options(told);
            self.audit(state, guild, &by, Action::MessageDelete, entry);
        }
        Ok(Reply::no_content())
    }

    fn bulk_delete(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let Some(guild) = state.world.guild_of(channel) else {
            return Err(direct_message());
        };
        self.may(state, channel, permissions::MANAGE_MESSAGES)?;
        let Some(given) = call.body["messages"].as_array() else {
            return Err(Failure::required("messages"));
        };
        if !(2..=100).contains(&given.len()) {
            let message = "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete";
            return Err(Failure::new(400, 50_016, message));
        }
        let mut wrong = Wrong::default();
        let mut ids = BTreeSet::new();
        for (index, id) in given.iter().enumerate() {
            let field = format!("messages.{index}");
            match objects::snowflake(id) {
                None => {
                    let shown: String = id.to_string().chars().take(40).collect();
                    let message = format!("Value {shown} is not snowflake.");
                    wrong.note(&field, "NUMBER_TYPE_COERCE", &message);
                }
                Some(id) if !ids.insert(id) => {
                    let message = "The set already contains this value";
                    wrong.note(&field, "SET_TYPE_ALREADY_CONTAINS_VALUE", message);
                }
                Some(_) => {}
            }
        }
        wrong.refuse()?;
        let oldest = self.clock.now_ms().saturating_sub(TWO_WEEKS);
        if ids.iter().any(|id| crate::ids::created_ms(*id) < oldest) {
            let message = "A message provided was too old to bulk delete";
            return Err(Failure::new(400, 50_034, message));
        }
        ids.retain(|id| state.world.messages.remove(channel, *id).is_some());
        for id in &ids {
            self.forget_message(state, channel, *id);
        }
        if !ids.is_empty() {
            let count = ids.len().to_string();
            let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
            let data = json!({
                "ids": ids,
                "channel_id": channel.to_string(),
                "guild_id": guild.to_string(),
            });
            let name = "MESSAGE_DELETE_BULK";
            self.dispatch(state, &Happening::new(name, Some(guild), data));
            let by = call.by(state);
            let entry = Entry::of(channel).options(json!({ "count": count }));
            self.audit(state, guild, &by, Action::MessageBulkDelete, entry);
        }
        Ok(Reply::no_content())
    }

    /// Posts what somebody sent, and remembers the nonce; the nonce shows in what is told now, not
    /// in the message as it is kept.
    fn post_with_nonce(
        &self,
        state: &mut State,
        channel: u64,
        author: u64,
        mut draft: Draft,
        nonce: Option<Value>,
    ) -> Value {
        let Some(nonce) = nonce else {
            return self.post(state, channel, author, "", draft);
        };
        draft.set("nonce", nonce.clone());
        let message = self.post(state, channel, author, "", draft);
        let id = objects::id(&message);
        if let Some(kept) = state
            .world
            .message_mut(channel, id)
            .and_then(Value::as_object_mut)
        {
            kept.remove("nonce");
        }
        if let Some(text) = nonce_text(&nonce) {
            if state.nonces.len() == NONCES {
                state.nonces.pop_front();
            }
            state.nonces.push_back(Nonce {
                author,
                channel,
                message: id,
                text,
                at: self.clock.now_ms(),
            });
        }
        message
    }
}

/// Nonces that are remembered; the oldest goes first.
const NONCES: usize = 1_000;

/// A nonce that was used.
#[derive(Clone, Debug)]
pub(crate) struct Nonce {
    author: u64,
    channel: u64,
    message: u64,
    text: String,
    at: u64,
}

/// A nonce as text: `1` and `"1"` are the same.
fn nonce_text(nonce: &Value) -> Option<String> {
    match nonce {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What reading the messages of a channel takes: in voice channels, to be let in as well.
fn reading(state: &State, channel: u64) -> u64 {
    let voice = state
        .world
        .channel(channel)
        .is_some_and(|it| matches!(it["type"].as_u64(), Some(2 | 13)));
    if voice {
        permissions::VIEW_CHANNEL | permissions::CONNECT
    } else {
        permissions::VIEW_CHANNEL
    }
}

/// What cannot be done to a system message.
pub(super) fn system_message() -> Failure {
    Failure::new(403, 50_021, "Cannot execute action on a system message")
}

/// What cannot be done in a direct message channel.
pub(super) fn direct_message() -> Failure {
    Failure::new(400, 50_003, "Cannot execute action on a DM channel")
}
