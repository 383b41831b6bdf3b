//! Messages a webhook posted, as who has its token reads and changes them.

use serde_json::Value;

use super::execute::without_foreign;
use super::own_webhook;
use crate::core::{Core, State};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;

pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Core::get_webhook_message,
    )
    .open(),
    Route::patch(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Core::edit_webhook_message,
    )
    .open(),
    Route::delete(
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Core::drop_webhook_message,
    )
    .open(),
];

impl Core {
    fn get_webhook_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        if super::of_interactions(state, call)? {
            return self.get_response(state, call);
        }
        let (_, _, message) = said(state, call)?;
        Ok(Reply::ok(message))
    }

    fn edit_webhook_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        if super::of_interactions(state, call)? {
            return self.patch_response(state, call);
        }
        let (webhook, channel, old) = said(state, call)?;
        let body = without_foreign(state, call, &webhook)?;
        let draft = self.redraft(state, channel, &body, &call.files, &old)?;
        let edited = self.amend(state, channel, objects::id(&old), draft);
        edited.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    fn drop_webhook_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        if super::of_interactions(state, call)? {
            return self.delete_response(state, call);
        }
        let (_, channel, message) = said(state, call)?;
        self.remove_message(state, channel, objects::id(&message));
        Ok(Reply::no_content())
    }
}

/// The webhook whose token is in the path, and which of its messages is meant, with the channel.
fn said(state: &State, call: &Call<'_>) -> Result<(Value, u64, Value), Failure> {
    let (_, webhook) = own_webhook(state, call)?;
    let id = call.id("message_id")?;
    let channel = super::place(state, call, &webhook)?;
    let message = state.world.message(channel, id);
    let own = message.filter(|message| message["webhook_id"] == webhook["id"]);
    let own = own.cloned().ok_or_else(Failure::unknown_message)?;
    Ok((webhook, channel, own))
}
