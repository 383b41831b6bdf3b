//! Answers to interactions: the callback, the original response, followups.

mod callback;
mod interaction;
mod modal;
mod own_messages;

use self::interaction::TOKEN_LIVES;
pub(crate) use self::interaction::{Interaction, InteractionKind, response};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route, number};
use crate::core::{Core, State};

pub(super) const ROUTES: &[Route] = &[
    Route::post(
        "/interactions/{interaction_id}/{interaction_token}/callback",
        Core::interaction_callback,
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
];

/// Message flags: no embeds of links, only the user sees it, the bot is thinking, no notification,
/// voice message, components of the second kind.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
const VOICE: u64 = 1 << 13;
const COMPONENTS_V2: u64 = 1 << 15;

/// Followups to an interaction of an application that only the user installed.
const USER_FOLLOWUPS: usize = 5;

impl Core {
    fn interaction_callback(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, token) = (call.id("interaction_id")?, call.text("interaction_token"));
        let found = state.interactions.get(&id);
        let found = found.filter(|found| found.token == token);
        found.ok_or_else(Failure::unknown_interaction)?;
        let answered = self.answer_interaction(state, id, &call.body, &call.files)?;
        if !call.flag("with_response") {
            return Ok(Reply::no_content());
        }
        Ok(Reply::ok(answered))
    }

    pub(super) fn create_followup(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = answered(state, call)?;
        let loading = state.interactions.get(&id).and_then(|found| {
            let original = found.original.filter(|_| found.followups.is_empty())?;
            let message = response(state, id, original)?;
            (message["flags"].as_u64()? & LOADING != 0).then_some(original)
        });
        if let Some(original) = loading {
            // The message that is loading is filled, as it always was.
            let edited = self.edit_response(state, id, original, &call.body, &call.files);
            return edited.map(Reply::ok);
        }
        let Some(found) = state.interactions.get(&id) else {
            return Err(Failure::unknown_webhook());
        };
        if found.user_installed && found.followups.len() >= USER_FOLLOWUPS {
            let message = "This interaction has hit the maximum number of follow up messages";
            return Err(Failure::new(400, 40_094, message));
        }
        let draft = self.answer_draft(state, id, &call.body, &call.files)?;
        let made = self.respond(state, id, draft);
        if let Some(found) = state.interactions.get_mut(&id) {
            found.followups.push(made);
        }
        Ok(Reply::ok(response(state, id, made).unwrap_or_default()))
    }

    pub(super) fn get_response(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, message) = own_message(state, call)?;
        let found = response(state, id, message);
        found.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    pub(super) fn patch_response(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, message) = own_message(state, call)?;
        let edited = self.edit_response(state, id, message, &call.body, &call.files);
        edited.map(Reply::ok)
    }

    pub(super) fn delete_response(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, message) = own_message(state, call)?;
        if !self.remove_response(state, id, message) {
            return Err(Failure::unknown_message());
        }
        Ok(Reply::no_content())
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
