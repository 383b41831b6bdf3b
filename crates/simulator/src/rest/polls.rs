//! Polls: asked in a message, answered by people, ended by who asked.

use serde_json::{Value, json};

use super::form::{Field, Wrong};
use super::messages::{Draft, reference_to};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::ids::{iso8601, read_iso};
use crate::world::{objects, permissions};

/// Hours a poll can run, and those it does when nothing is said.
const MAX_HOURS: i64 = 32 * 24;
const HOURS: u64 = 24;
/// The type of the message that tells a poll's result.
const RESULT: u64 = 46;

/// The form of a message's `poll`.
pub(crate) const POLL: Field = Field::object(
    "poll",
    &[
        Field::object("question", &[Field::text("text", 1, 300).required()]).required(),
        Field::list(
            "answers",
            10,
            &[Field::object("poll_media", MEDIA).required()],
        )
        .required(),
        Field::integer("duration", 1, MAX_HOURS).or_null(),
        Field::boolean("allow_multiselect").or_null(),
        Field::choice("layout_type", &[1]).or_null(),
    ],
)
.or_null();

const MEDIA: &[Field] = &[
    Field::text("text", 0, 55).or_null(),
    Field::object(
        "emoji",
        &[
            Field::id("id").or_null(),
            Field::text("name", 0, 64).or_null(),
        ],
    )
    .or_null(),
];

pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}",
        Core::list_voters,
    ),
    Route::post(
        "/channels/{channel_id}/polls/{message_id}/expire",
        Core::expire_poll,
    ),
];

/// What the form of a poll cannot say.
pub(super) fn check(poll: &Value, wrong: &mut Wrong) {
    let Some(answers) = poll["answers"].as_array() else {
        return;
    };
    if answers.is_empty() {
        let message = "Must be between 1 and 10 in length.";
        wrong.note("poll.answers", "BASE_TYPE_BAD_LENGTH", message);
    }
    for (index, answer) in answers.iter().enumerate() {
        let media = &answer["poll_media"];
        let text = media["text"].as_str().unwrap_or_default();
        if text.is_empty() && !media["emoji"].is_object() {
            let field = format!("poll.answers.{index}.poll_media.text");
            wrong.note(&field, "BASE_TYPE_REQUIRED", "This field is required");
        }
    }
}

/// The poll of a message, as asked for at `now`.
pub(super) fn made(poll: &Value, now: u64) -> Value {
    let hours = poll["duration"].as_u64().unwrap_or(HOURS);
    let numbered = poll["answers"]
        .as_array()
        .into_iter()
        .flatten()
        .zip(1_u64..);
    let answers: Vec<Value> = numbered
        .map(|(answer, id)| {
            let mut media = answer["poll_media"].clone();
            if let Some(fields) = media.as_object_mut() {
                fields.retain(|_, value| !value.is_null());
            }
            json!({ "answer_id": id, "poll_media": media })
        })
        .collect();
    json!({
        "question": { "text": poll["question"]["text"] },
        "answers": answers,
        "expiry": iso8601(now + hours * 3_600_000),
        "allow_multiselect": poll["allow_multiselect"] == true,
        "layout_type": 1,
        "results": { "is_finalized": false, "answer_counts": [] },
    })
}

impl Core {
    fn list_voters(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        self.may(state, channel, permissions::READ_MESSAGE_HISTORY)?;
        let answer = call.id("answer_id")?;
        let message = state.world.message(channel, id);
        let poll = message.map(|message| &message["poll"]);
        let mut answers = poll
            .and_then(|poll| poll["answers"].as_array())
            .into_iter()
            .flatten();
        if !answers.any(|known| known["answer_id"].as_u64() == Some(answer)) {
            return Err(Failure::unknown_message());
        }
        let limit = call.limit(25, 100)?;
        let after = match call.parameter("after") {
            None | Some("") => 0,
            Some(text) => super::route::number(text)?,
        };
        let votes = state.world.poll_votes.get(&id);
        let votes = votes.and_then(|votes| votes.get(&answer));
        let users = votes.into_iter().flatten().filter(|user| **user > after);
        let users = users.take(limit).filter_map(|user| state.world.user(*user));
        Ok(Reply::ok(json!({ "users": users.collect::<Vec<_>>() })))
    }

    fn expire_poll(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        self.may(state, channel, permissions::VIEW_CHANNEL)?;
        let message = state.world.message(channel, id).cloned();
        let message = message.ok_or_else(Failure::unknown_message)?;
        if !message["poll"].is_object() {
            let message = "Cannot expire a non-poll message";
            return Err(Failure::new(400, 520_006, message));
        }
        if objects::id(&message["author"]) != state.actor() {
            return Err(Failure::missing_permissions());
        }
        let expiry = message["poll"]["expiry"].as_str().and_then(read_iso);
        let over = expiry.is_some_and(|expiry| expiry <= self.clock.now_ms());
        if over || message["poll"]["results"]["is_finalized"] == true {
            return Err(Failure::new(400, 520_001, "Poll expired"));
        }
        let ended = self.end_poll(state, channel, id);
        ended.map(Reply::ok).ok_or_else(Failure::unknown_message)
    }

    /// Ends a poll: its results are final, and a message tells them.
    pub(crate) fn end_poll(&self, state: &mut State, channel: u64, id: u64) -> Option<Value> {
        let counts = counts(state, channel, id);
        let now = self.clock.now_iso();
        let told: Vec<Value> = counts
            .iter()
            .filter(|(_, count, _)| *count > 0)
            .map(|(answer, count, me)| json!({ "id": answer, "count": count, "me_voted": me }))
            .collect();
        let ended = self.touch_message(state, channel, id, |message| {
            message["poll"]["expiry"] = Value::from(now);
            message["poll"]["results"] = json!({ "is_finalized": true, "answer_counts": told });
        })?;
        let total: usize = counts.iter().map(|(_, count, _)| count).sum();
        let most = counts.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
        let mut leading = counts
            .iter()
            .filter(|(_, count, _)| *count == most && most > 0);
        let victor = leading.next().filter(|_| leading.next().is_none());
        let mut fields = vec![
            field(
                "poll_question_text",
                ended["poll"]["question"]["text"].as_str(),
            ),
            field("victor_answer_votes", Some(&most.to_string())),
            field("total_votes", Some(&total.to_string())),
        ];
        if let Some((answer, ..)) = victor {
            fields.push(field("victor_answer_id", Some(&answer.to_string())));
            let answers = ended["poll"]["answers"].as_array().into_iter().flatten();
            let mut named = answers.filter(|known| known["answer_id"] == *answer);
            if let Some(named) = named.next() {
                let text = named["poll_media"]["text"].as_str();
                fields.extend(text.map(|text| field("victor_answer_text", Some(text))));
            }
        }
        let author = objects::id(&ended["author"]);
        let mut draft = Draft::default();
        draft.set("type", RESULT);
        draft.set("message_reference", reference_to(state, 0, channel, id));
        draft.set(
            "embeds",
            json!([{ "type": "poll_result", "fields": fields }]),
        );
        self.post(state, channel, author, "", draft);
        Some(ended)
    }
}

fn field(name: &str, value: Option<&str>) -> Value {
    json!({ "name": name, "value": value.unwrap_or_default(), "inline": false })
}

/// Each answer of a poll with how many chose it, and whether the bot did.
fn counts(state: &State, channel: u64, id: u64) -> Vec<(u64, usize, bool)> {
    let message = state.world.message(channel, id);
    let answers = message.and_then(|message| message["poll"]["answers"].as_array());
    let votes = state.world.poll_votes.get(&id);
    let answers = answers.into_iter().flatten();
    answers
        .filter_map(|answer| answer["answer_id"].as_u64())
        .map(|answer| {
            let users = votes.and_then(|votes| votes.get(&answer));
            let me = users.is_some_and(|users| users.contains(&state.world.bot));
            (answer, users.map_or(0, std::collections::BTreeSet::len), me)
        })
        .collect()
}
