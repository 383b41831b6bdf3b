//! The first answer to an interaction.

use serde_json::{Value, json};

use super::interaction::{ANSWER_WITHIN, InteractionKind, response};
use super::{EPHEMERAL, LOADING, modal};
use crate::core::{Core, State};
use crate::rest::commands::check_choice_list;
use crate::rest::form::Wrong;
use crate::rest::messages::Draft;
use crate::rest::multipart::Upload;
use crate::rest::reply::Failure;

/// Types of answers.
const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const AUTOCOMPLETE: u64 = 8;
const MODAL: u64 = 9;
const PREMIUM_REQUIRED: u64 = 10;
const LAUNCH: u64 = 12;

/// Choices an autocompletion offers.
const CHOICES: usize = 25;

impl InteractionKind {
    /// The answers there may be.
    fn answers(&self, activity: bool, premium: bool) -> Vec<u64> {
        let mut answers = match self {
            Self::Autocomplete { .. } => return vec![AUTOCOMPLETE],
            Self::Command { .. } => vec![MESSAGE, DEFERRED_MESSAGE, MODAL],
            Self::Component { .. } => {
                vec![MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL]
            }
            Self::Modal { message: Some(_) } => {
                vec![MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE]
            }
            // There is nothing to update: it only closes the modal.
            Self::Modal { message: None } => vec![MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE],
        };
        answers.extend(premium.then_some(PREMIUM_REQUIRED));
        answers.extend(activity.then_some(LAUNCH));
        answers
    }
}

impl Core {
    /// As [`Self::answer_interaction`], where the answer came in a response of the application's URL.
    pub(crate) fn answer_inline(
        &self,
        state: &mut State,
        id: u64,
        body: &Value,
        files: &[Upload],
    ) -> Result<(), String> {
        let answered = self.answer_interaction(state, id, body, files);
        answered.map(drop).map_err(Failure::into_text)
    }

    /// Answers an interaction that was not answered yet; gives what `with_response` shows.
    pub(super) fn answer_interaction(
        &self,
        state: &mut State,
        id: u64,
        body: &Value,
        files: &[Upload],
    ) -> Result<Value, Failure> {
        let found = state.interactions.get(&id);
        let found = found.ok_or_else(Failure::unknown_interaction)?;
        if found.callback.is_some() {
            let message = "Interaction has already been acknowledged.";
            return Err(Failure::new(400, 40_060, message));
        }
        if found.at.elapsed() > ANSWER_WITHIN {
            return Err(Failure::unknown_interaction());
        }
        let (activity, premium) = (
            state.application.has_activity(),
            !state.world.skus.is_empty(),
        );
        let kind = allowed(&body["type"], &found.kind.answers(activity, premium))?;
        let (asked, data) = (found.kind.number(), &body["data"]);
        let (component, channel, user) = (found.kind.message(), found.channel, found.user);
        let option = found.kind.option();
        let mut resource = json!({ "type": kind });
        let mut interaction = json!({ "id": id.to_string(), "type": asked });
        let mut original = None;
        match kind {
            MESSAGE => {
                let draft = self.answer_draft(state, id, given(data)?, files);
                let draft = draft.map_err(|failure| failure.within("data"))?;
                original = Some(self.respond(state, id, draft));
            }
            DEFERRED_MESSAGE => {
                let mut draft = Draft::default();
                draft.set("flags", only_ephemeral(data)? | LOADING);
                original = Some(self.respond(state, id, draft));
            }
            DEFERRED_UPDATE => original = component,
            PREMIUM_REQUIRED => {}
            UPDATE => {
                let message = component.ok_or_else(Failure::unknown_message)?;
                let edited = self.edit_response(state, id, message, data, files);
                edited.map_err(|failure| failure.within("data"))?;
                original = component;
            }
            AUTOCOMPLETE => choices(data, option)?,
            MODAL => modal::check(given(data)?).map_err(|failure| failure.within("data"))?,
            _ => {
                let instance = format!("i-{id}-gc-{channel}");
                let guild = state.world.guild_of(channel);
                let activity = json!({
                    "application_id": state.world.application.to_string(),
                    "instance_id": instance,
                    "launch_id": id.to_string(),
                    "location": {
                        "id": format!("gc-{channel}"),
                        "kind": if guild.is_some() { "gc" } else { "pc" },
                        "channel_id": channel.to_string(),
                        "guild_id": guild.map(|guild| guild.to_string()),
                    },
                    "users": [user.to_string()],
                });
                state.application.start_activity(&instance, activity);
                resource["activity_instance"] = json!({ "id": instance });
                interaction["activity_instance_id"] = Value::from(instance);
            }
        }
        if let Some(found) = state.interactions.get_mut(&id) {
            found.callback = Some(body.clone());
            found.original = original;
        }
        if let Some(message) = original.and_then(|message| response(state, id, message)) {
            let flags = message["flags"].as_u64().unwrap_or(0);
            interaction["response_message_id"] = message["id"].clone();
            interaction["response_message_loading"] = Value::Bool(flags & LOADING != 0);
            interaction["response_message_ephemeral"] = Value::Bool(flags & EPHEMERAL != 0);
            if matches!(kind, MESSAGE | UPDATE) {
                resource["message"] = message;
            }
        }
        Ok(json!({ "interaction": interaction, "resource": resource }))
    }
}

/// The type of an answer, if it is one of these.
fn allowed(kind: &Value, answers: &[u64]) -> Result<u64, Failure> {
    if kind.is_null() {
        return Err(Failure::required("type"));
    }
    let kind = kind.as_u64().filter(|kind| answers.contains(kind));
    kind.ok_or_else(|| {
        let answers: Vec<String> = answers.iter().map(u64::to_string).collect();
        let message = format!("Value must be one of {{{}}}.", answers.join(", "));
        Failure::invalid("type", "BASE_TYPE_CHOICES", &message)
    })
}

/// Data that may not be left out.
fn given(data: &Value) -> Result<&Value, Failure> {
    let given = data.is_object().then_some(data);
    given.ok_or_else(|| Failure::required("data"))
}

/// A message that is yet to come says of itself only who will see it.
fn only_ephemeral(data: &Value) -> Result<u64, Failure> {
    let flags = data["flags"].as_u64().unwrap_or(0);
    if flags & !EPHEMERAL == 0 {
        return Ok(flags);
    }
    let message = "Only EPHEMERAL can be set on a deferred message.";
    Err(Failure::invalid(
        "data.flags",
        "MESSAGE_FLAGS_INVALID",
        message,
    ))
}

/// The choices of an autocompletion: values of the type of the option that is being typed.
fn choices(data: &Value, option: u8) -> Result<(), Failure> {
    let Some(choices) = data["choices"].as_array() else {
        return Err(Failure::required("data.choices"));
    };
    let mut wrong = Wrong::default();
    if choices.len() > CHOICES {
        let message = "Must be 25 or fewer in length.";
        wrong.note("data.choices", "BASE_TYPE_MAX_LENGTH", message);
    }
    check_choice_list(choices, u64::from(option), "data.choices", &mut wrong);
    wrong.refuse()
}
