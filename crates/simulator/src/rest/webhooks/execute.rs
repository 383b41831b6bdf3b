//! A webhook says something.

use serde_json::{Value, json};

use super::{check_name, own_webhook, place};
use crate::core::{Core, State};
use crate::rest::audit::{Action, By};
use crate::rest::form::{self, Field};
use crate::rest::image;
use crate::rest::messages::COMPONENTS_V2;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::rest::threads::tags_of_post;
use crate::world::objects;

/// Channels whose messages stand in threads alone: forum, media.
const FORUMS: [u64; 2] = [15, 16];
/// What a webhook's message may have of flags: `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS`,
/// `IS_COMPONENTS_V2`.
const FLAGS: u64 = 1 << 2 | 1 << 12 | COMPONENTS_V2;
/// What of a message only a user can say.
const FOREIGN: [&str; 5] = [
    "message_reference",
    "sticker_ids",
    "nonce",
    "enforce_nonce",
    "shared_client_theme",
];

const SAID: &[Field] = &[
    Field::text("username", 1, 80).or_null(),
    Field::text("avatar_url", 0, 2_048).or_null(),
    Field::text("thread_name", 1, 100).or_null(),
    Field::ids("applied_tags", 5).or_null(),
];

pub(super) const ROUTES: &[Route] = &[Route::post(
    "/webhooks/{webhook_id}/{webhook_token}",
    Core::execute_webhook,
)
.open()];

impl Core {
    fn execute_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        if super::of_interactions(state, call)? {
            return self.create_followup(state, call);
        }
        let (guild, webhook) = own_webhook(state, call)?;
        let given = Value::Object(form::read(&call.body, SAID)?);
        check_name("username", &given)?;
        let channel = place(state, call, &webhook)?;
        let opens = self.opens(state, call, channel, &given)?;
        let body = without_foreign(state, call, &webhook)?;
        let mut draft = self.draft(state, channel, &body, &call.files)?;
        draft.set("author", speaker(&webhook, &given));
        draft.set("webhook_id", webhook["id"].clone());
        if !webhook["application_id"].is_null() {
            draft.set("application_id", webhook["application_id"].clone());
        }
        let author = objects::id(&webhook);
        let mut channel = channel;
        if opens {
            let tags = tags_of_post(state, channel, &given["applied_tags"], false)?;
            let name = json!({ "name": given["thread_name"] });
            channel = self.open_post(state, (guild, channel), author, &name, tags);
            draft.set("id", channel.to_string());
        }
        let message = self.post(state, channel, author, "", draft);
        if opens && let Some(thread) = state.world.channel(channel).cloned() {
            let (by, none) = (By::nobody(call), &Value::Null);
            self.audit_thread(state, guild, &by, Action::ThreadCreate, none, &thread);
        }
        if call.flag("wait") {
            return Ok(Reply::ok(message));
        }
        Ok(Reply::no_content())
    }

    /// Whether a thread is to be opened for what is said.
    fn opens(
        &self,
        state: &State,
        call: &Call<'_>,
        channel: u64,
        given: &Value,
    ) -> Result<bool, Failure> {
        let kind = state
            .world
            .channel(channel)
            .and_then(|it| it["type"].as_u64());
        let forum = kind.is_some_and(|kind| FORUMS.contains(&kind));
        let threaded = call.parameter_id("thread_id")?.is_some();
        let named = given["thread_name"].is_string();
        let (code, message) = match (forum, threaded, named) {
            (true, _, true) => return Ok(true),
            (false, _, false) => return Ok(false),
            (true, _, false) => (
                220_001,
                "Webhooks posted to forum channels must have a thread_name or thread_id",
            ),
            (false, true, true) => (
                220_002,
                "Webhooks posted to forum channels cannot have both a thread_name and thread_id",
            ),
            (false, false, true) => (
                220_003,
                "Webhooks can only create threads in forum channels",
            ),
        };
        Err(Failure::new(400, code, message))
    }
}

/// The body without what a webhook cannot say; its components only where it may have any.
pub(super) fn without_foreign(
    state: &State,
    call: &Call<'_>,
    webhook: &Value,
) -> Result<Value, Failure> {
    let mut body = call.body.clone();
    let Some(fields) = body.as_object_mut() else {
        return Ok(body);
    };
    fields.retain(|field, _| !FOREIGN.contains(&field.as_str()));
    if let Some(flags) = fields.get_mut("flags")
        && let Some(given) = flags.as_u64()
    {
        *flags = Value::from(given & FLAGS);
    }
    let own = objects::snowflake(&webhook["application_id"]) == Some(state.world.application);
    if own {
        return Ok(body);
    }
    if !call.flag("with_components") {
        fields.remove("components");
    } else if fields.get("components").is_some_and(is_interactive) {
        let message = "Webhooks that no application owns cannot have interactive components";
        let code = "WEBHOOK_COMPONENTS_NOT_ALLOWED";
        return Err(Failure::invalid("components", code, message));
    }
    Ok(body)
}

/// Whether somebody could use one of these components.
fn is_interactive(components: &Value) -> bool {
    match components {
        Value::Array(list) => list.iter().any(is_interactive),
        Value::Object(fields) => {
            fields.contains_key("custom_id") || fields.values().any(is_interactive)
        }
        _ => false,
    }
}

/// The author of what a webhook says.
fn speaker(webhook: &Value, given: &Value) -> Value {
    let name = match &given["username"] {
        Value::Null => &webhook["name"],
        name => name,
    };
    // A picture elsewhere is taken over, and has a hash of its own then.
    let avatar = match given["avatar_url"].as_str() {
        None | Some("") => webhook["avatar"].clone(),
        Some(url) => Value::from(image::hash_of_bytes(url.as_bytes())),
    };
    json!({
        "id": webhook["id"],
        "username": name,
        "avatar": avatar,
        "discriminator": "0000",
        "global_name": null,
        "bot": true,
        "public_flags": 0,
    })
}
