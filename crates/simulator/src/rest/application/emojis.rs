//! Emojis that belong to the application, and work everywhere.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::rest::commands::own_application;
use crate::rest::form::{self, Field, Wrong};
use crate::rest::image;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::Call;

/// Emojis an application has.
const MOST: usize = 2_000;
const MAX_IMAGE: usize = 256 * 1024;

const NAME: &[Field] = &[Field::text("name", 2, 32).required()];

impl Core {
    pub(super) fn list_application_emojis(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let items: Value = state.world.application_emojis.values().cloned().collect();
        Ok(Reply::ok(json!({ "items": items })))
    }

    pub(super) fn create_application_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let name = name(&call.body)?;
        let hash = image::hash_of(&call.body["image"], MAX_IMAGE)
            .map_err(|(code, message)| Failure::invalid("image", code, &message))?;
        if state.world.application_emojis.len() >= MOST {
            return Err(Failure::new(
                400,
                30_008,
                "Maximum number of emojis reached (2000)",
            ));
        }
        let id = self.next_id(state);
        let emoji = json!({
            "id": id.to_string(),
            "name": name,
            "roles": [],
            "user": state.world.user(state.world.bot),
            "require_colons": true,
            "managed": false,
            "animated": hash.starts_with("a_"),
            "available": true,
        });
        state.world.application_emojis.insert(id, emoji.clone());
        Ok(Reply::created(emoji))
    }

    pub(super) fn get_application_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let found = state
            .world
            .application_emojis
            .get(&call.id("emoji_id")?)
            .cloned();
        found.map(Reply::ok).ok_or_else(unknown)
    }

    pub(super) fn edit_application_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let id = call.id("emoji_id")?;
        let found = state
            .world
            .application_emojis
            .get_mut(&id)
            .ok_or_else(unknown)?;
        found["name"] = name(&call.body)?;
        Ok(Reply::ok(found.clone()))
    }

    pub(super) fn delete_application_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let removed = state.world.application_emojis.remove(&call.id("emoji_id")?);
        removed.map(|_| Reply::no_content()).ok_or_else(unknown)
    }
}

fn unknown() -> Failure {
    Failure::new(404, 10_014, "Unknown Emoji")
}

/// A name of 2 to 32 letters, digits and underscores.
fn name(body: &Value) -> Result<Value, Failure> {
    let name = form::read(body, NAME)?.remove("name").unwrap_or_default();
    let text = name.as_str().unwrap_or_default();
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        let mut wrong = Wrong::default();
        let message = "String value did not match validation regex.";
        wrong.note("name", "STRING_TYPE_REGEX", message);
        wrong.refuse()?;
    }
    Ok(name)
}
