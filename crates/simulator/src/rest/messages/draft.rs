//! What somebody wants to say: a body of a request, checked.

use serde_json::{Map, Value, json};

use super::attachments::{self, ATTACHMENTS};
use super::embeds::{self, EMBEDS};
use super::mentions::{ALLOWED, Allowed};
use super::reference::REFERENCE;
use super::{COMPONENTS_V2, components};
use crate::core::{Core, State};
use crate::rest::form::{self, Field, Wrong};
use crate::rest::multipart::Upload;
use crate::rest::polls::{self, POLL};
use crate::rest::reply::Failure;
use crate::world::objects;

/// Characters of a message.
const MAX_CONTENT: usize = 2_000;
/// Characters of a nonce.
const MAX_NONCE: usize = 25;
/// Message flags that a new message may have: `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS`,
/// `IS_VOICE_MESSAGE`, `IS_COMPONENTS_V2`.
const NEW_FLAGS: u64 = 1 << 2 | 1 << 12 | VOICE_MESSAGE | COMPONENTS_V2;
/// Those an edit may change: `SUPPRESS_EMBEDS`; `IS_COMPONENTS_V2` only to be set.
const EDIT_FLAGS: u64 = 1 << 2;
const VOICE_MESSAGE: u64 = 1 << 13;

const FIELDS: &[Field] = &[
    Field::text("content", 0, MAX_CONTENT).or_null(),
    Field::boolean("tts").or_null(),
    EMBEDS,
    ALLOWED,
    REFERENCE,
    ATTACHMENTS,
    Field::integer("flags", 0, i64::MAX).or_null(),
    Field::ids("sticker_ids", 3).or_null(),
    Field::boolean("enforce_nonce").or_null(),
    POLL,
    Field::object(
        THEME,
        &[
            Field::texts("colors", 5, 6).required(),
            Field::integer("gradient_angle", 0, 360).required(),
            Field::integer("base_mix", 0, 100).required(),
            Field::choice("base_theme", &[0, 1, 2, 3, 4]).or_null(),
        ],
    )
    .or_null(),
];

const THEME: &str = "shared_client_theme";

/// The fields of a message, and what it may mention.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) fields: Map<String, Value>,
    pub(crate) allowed: Allowed,
}

impl From<Map<String, Value>> for Draft {
    fn from(fields: Map<String, Value>) -> Self {
        Self {
            fields,
            allowed: Allowed::default(),
        }
    }
}

impl Draft {
    pub(crate) fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    /// Its text, empty if it has none.
    pub(crate) fn content(&self) -> String {
        let content = self.fields.get("content").and_then(Value::as_str);
        content.unwrap_or_default().to_owned()
    }

    pub(crate) fn flags(&self) -> u64 {
        self.fields
            .get("flags")
            .and_then(Value::as_u64)
            .unwrap_or(0)
    }
}

impl Core {
    /// Reads the body of a new message; `files` are what came with it.
    ///
    /// # Errors
    ///
    /// What Discord refuses: a bad form, a message with nothing in it, a reference to nothing.
    pub(crate) fn draft(
        &self,
        state: &mut State,
        channel: u64,
        body: &Value,
        files: &[Upload],
    ) -> Result<Draft, Failure> {
        let given = Value::Object(form::read(body, FIELDS)?);
        let flags = given["flags"].as_u64().unwrap_or(0) & NEW_FLAGS;
        let mut draft = check(body, &given, flags, files)?;
        draft.set("flags", flags);
        if given["tts"] == true {
            draft.set("tts", true);
        }
        if !body["nonce"].is_null() {
            draft.set("nonce", body["nonce"].clone());
        }
        let stickers = self.stickers(state, channel, &given["sticker_ids"])?;
        if !stickers.is_empty() {
            draft.set("sticker_items", stickers);
        }
        let reference = self.refer(state, channel, &given["message_reference"])?;
        let forward = reference.contains_key("message_snapshots");
        let attached = self.attach(state, channel, given.get("attachments"), files, &[])?;
        if flags & VOICE_MESSAGE != 0 {
            check_voice(&draft, &attached)?;
        }
        let poll = &given["poll"];
        if poll.is_object() {
            draft.set("poll", polls::made(poll, self.clock.now_ms()));
        }
        if given[THEME].is_object() {
            draft.set(THEME, given[THEME].clone());
        }
        let empty = attached.is_empty() && !poll.is_object() && is_empty(&draft.fields);
        if empty && !forward {
            return Err(Failure::new(400, 50_006, "Cannot send an empty message"));
        }
        if forward && !empty {
            let message = "A forward cannot have content of its own.";
            let code = "MESSAGE_REFERENCE_FORWARD_CANNOT_HAVE_CONTENT";
            return Err(Failure::invalid("message_reference", code, message));
        }
        draft.fields.extend(reference);
        finish(&mut draft, attached);
        Ok(draft)
    }

    /// Reads the body of an edit of the message `old`.
    ///
    /// # Errors
    ///
    /// As for [`Self::draft`].
    pub(crate) fn redraft(
        &self,
        state: &mut State,
        channel: u64,
        body: &Value,
        files: &[Upload],
        old: &Value,
    ) -> Result<Draft, Failure> {
        if old["poll"].is_object() {
            return Err(Failure::new(400, 520_003, "Cannot edit a poll message"));
        }
        if old["flags"].as_u64().unwrap_or(0) & VOICE_MESSAGE != 0 {
            let message = "Voice messages cannot be edited.";
            return Err(Failure::new(400, 50_162, message));
        }
        let given = Value::Object(form::read(body, FIELDS)?);
        let had = old["flags"].as_u64().unwrap_or(0);
        let asked = given["flags"].as_u64().unwrap_or(had);
        let flags = had & !EDIT_FLAGS | asked & EDIT_FLAGS | asked & COMPONENTS_V2;
        let mut draft = check(body, &given, flags, files)?;
        draft.set("flags", flags);
        for (field, none) in [
            ("content", json!("")),
            ("embeds", json!([])),
            ("components", json!([])),
        ] {
            if body.get(field).is_some_and(Value::is_null) {
                draft.set(field, none);
            }
        }
        if flags & COMPONENTS_V2 != 0 && had & COMPONENTS_V2 == 0 {
            let filled = |field: &str| match draft.fields.get(field).unwrap_or_else(|| &old[field])
            {
                Value::String(text) => !text.is_empty(),
                Value::Array(list) => !list.is_empty(),
                Value::Object(_) => true,
                _ => false,
            };
            let mut wrong = Wrong::default();
            for field in ["content", "embeds", "sticker_items", "poll"] {
                if filled(field) {
                    note_legacy(field, &mut wrong);
                }
            }
            wrong.refuse()?;
        }
        let kept = old["attachments"].as_array().cloned().unwrap_or_default();
        let attached = self.attach(state, channel, given.get("attachments"), files, &kept)?;
        let mut after = old.as_object().cloned().unwrap_or_default();
        after.extend(draft.fields.clone());
        let other = ["poll", "message_snapshots"];
        let other = other
            .iter()
            .any(|field| after.get(*field).is_some_and(|v| !v.is_null()));
        if attached.is_empty() && !other && is_empty(&after) {
            return Err(Failure::new(400, 50_006, "Cannot send an empty message"));
        }
        finish(&mut draft, attached);
        Ok(draft)
    }

    /// The items of a guild's stickers.
    fn stickers(&self, state: &State, channel: u64, ids: &Value) -> Result<Vec<Value>, Failure> {
        let guild = state.world.guild_of(channel);
        let guild = guild.and_then(|guild| state.world.guilds.get(&guild));
        let ids = ids.as_array().into_iter().flatten();
        let ids = ids.filter_map(objects::snowflake);
        let items = ids.map(|id| {
            let sticker = guild.and_then(|guild| guild.stickers.get(&id));
            let sticker = sticker.filter(|sticker| sticker["available"] != false);
            let sticker =
                sticker.ok_or_else(|| Failure::new(400, 50_081, "Invalid Sticker Sent"))?;
            Ok(json!({
                "id": id.to_string(),
                "name": sticker["name"],
                "format_type": sticker["format_type"],
            }))
        });
        items.collect()
    }
}

/// What a new message and an edit have in common.
fn check(body: &Value, given: &Value, flags: u64, files: &[Upload]) -> Result<Draft, Failure> {
    let mut wrong = Wrong::default();
    let second = flags & COMPONENTS_V2 != 0;
    let mut draft = Draft {
        fields: Map::new(),
        allowed: Allowed::read(&given["allowed_mentions"], &mut wrong),
    };
    if let Some(content) = given["content"].as_str() {
        draft.set("content", content.trim());
    }
    if let Some(given) = given["embeds"].as_array() {
        embeds::check(given, &mut wrong);
        let rich: Vec<Value> = given.iter().cloned().map(embeds::rich).collect();
        draft.set("embeds", rich);
    }
    if let Some(given) = body.get("components").filter(|given| !given.is_null()) {
        let read = components::read(given, second, &mut wrong);
        draft.set("components", read);
    }
    let nonce = match &body["nonce"] {
        Value::Null => None,
        Value::String(text) => (text.chars().count() > MAX_NONCE).then(|| {
            let message = format!("Must be {MAX_NONCE} or fewer in length.");
            ("BASE_TYPE_MAX_LENGTH", message)
        }),
        Value::Number(number) if number.is_i64() || number.is_u64() => None,
        _ => {
            let message = "Could not interpret \"nonce\" as string.".to_owned();
            Some(("STRING_TYPE_CONVERT", message))
        }
    };
    if let Some((code, message)) = nonce {
        wrong.note("nonce", code, &message);
    }
    polls::check(&given["poll"], &mut wrong);
    if second {
        let filled = |field: &str| match &given[field] {
            Value::String(text) => !text.is_empty(),
            Value::Array(list) => !list.is_empty(),
            Value::Object(_) => true,
            _ => false,
        };
        for field in ["content", "embeds", "sticker_ids", "poll", THEME] {
            if filled(field) {
                note_legacy(field, &mut wrong);
            }
        }
        // A file has to stand in a component.
        let text = body["components"].to_string();
        let loose = |file: &&Upload| !text.contains(&format!("attachment://{}", file.name));
        if files.iter().any(|file| loose(&file)) {
            let message = "Uploaded files have to be used by a component";
            wrong.note(
                "components",
                "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                message,
            );
        }
    }
    wrong.refuse()?;
    Ok(draft)
}

fn note_legacy(field: &str, wrong: &mut Wrong) {
    let message =
        format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
    let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    wrong.note(field, code, &message);
}

/// Whether the fields of a message show nothing.
fn is_empty(fields: &Map<String, Value>) -> bool {
    let list = |name: &str| fields.get(name).and_then(Value::as_array);
    let none = |name: &str| list(name).is_none_or(Vec::is_empty);
    let text = fields.get("content").and_then(Value::as_str);
    text.is_none_or(str::is_empty)
        && list("embeds").is_none_or(|embeds| embeds.iter().all(embeds::is_empty))
        && none("components")
        && none("sticker_items")
        && fields.get(THEME).is_none_or(Value::is_null)
}

fn check_voice(draft: &Draft, attached: &[Value]) -> Result<(), Failure> {
    if !is_empty(&draft.fields) {
        let message = "Voice messages do not support additional content.";
        return Err(Failure::new(400, 50_159, message));
    }
    let [voice] = attached else {
        let message = "Voice messages must have a single audio attachment.";
        return Err(Failure::new(400, 50_160, message));
    };
    let kind = voice["content_type"].as_str().unwrap_or_default();
    if !kind.starts_with("audio/") {
        let message = "Voice messages must have a single audio attachment.";
        return Err(Failure::new(400, 50_160, message));
    }
    if voice["duration_secs"].is_null() || voice["waveform"].is_null() {
        let message = "Voice messages must have supporting metadata.";
        return Err(Failure::new(400, 50_161, message));
    }
    Ok(())
}

/// Puts the attachments in, and their URLs where they are named.
fn finish(draft: &mut Draft, attached: Vec<Value>) {
    for field in ["embeds", "components"] {
        if let Some(value) = draft.fields.get_mut(field) {
            attachments::resolve(value, &attached);
        }
    }
    draft.set("attachments", attached);
}
