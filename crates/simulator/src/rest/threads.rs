//! Threads: their beginning, and what a message does to one.

mod archived;
mod members;

use serde_json::{Value, json};

use super::access::{is_thread, other_type};
use super::audit::{Action, By, Entry};
use super::form::{self, Field};
use super::messages::{Draft, reference_to};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::{objects, permissions};

const ANNOUNCEMENT: u64 = 5;
const PUBLIC_THREAD: u8 = 11;
const PRIVATE_THREAD: u8 = 12;
/// Types of messages: a thread was made; the message it was made of.
const THREAD_CREATED: u64 = 18;
const STARTER: u64 = 21;
/// Message flag: a thread was made of it.
const HAS_THREAD: u64 = 1 << 5;
/// Channel flag of a forum: a post needs a tag.
const REQUIRE_TAG: u64 = 1 << 4;

/// What the audit log says of a thread.
const AUDITED: &[&str] = &[
    "name",
    "type",
    "archived",
    "locked",
    "invitable",
    "auto_archive_duration",
    "rate_limit_per_user",
    "flags",
    "applied_tags",
];

const ARCHIVES: Field =
    Field::choice("auto_archive_duration", &[60, 1_440, 4_320, 10_080]).or_null();
const SLOWMODE: Field = Field::integer("rate_limit_per_user", 0, 21_600).or_null();
const NAME: Field = Field::text("name", 1, 100).required();

const FROM_MESSAGE: &[Field] = &[NAME, ARCHIVES, SLOWMODE];
const ALONE: &[Field] = &[
    NAME,
    ARCHIVES,
    SLOWMODE,
    Field::choice("type", &[10, 11, 12]).or_null(),
    Field::boolean("invitable").or_null(),
];
const POST: &[Field] = &[
    NAME,
    ARCHIVES,
    SLOWMODE,
    Field::ids("applied_tags", 5).or_null(),
];

/// What the first message of a post can have; anything else is passed over.
const OF_POST: [&str; 7] = [
    "content",
    "embeds",
    "allowed_mentions",
    "components",
    "sticker_ids",
    "attachments",
    "flags",
];

pub(super) const ROUTES: &[&[Route]] = &[OWN, archived::ROUTES, members::ROUTES];

const OWN: &[Route] = &[
    Route::post(
        "/channels/{channel_id}/messages/{message_id}/threads",
        Core::thread_from_message,
    ),
    Route::post("/channels/{channel_id}/threads", Core::new_thread),
];

impl Core {
    fn thread_from_message(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (channel, id) = call.message(state)?;
        let (guild, kind) = parent(state, channel)?;
        if !matches!(kind, 0 | ANNOUNCEMENT) {
            return Err(other_type());
        }
        let needed = permissions::CREATE_PUBLIC_THREADS | permissions::READ_MESSAGE_HISTORY;
        self.may(state, channel, needed)?;
        if state.world.channel(id).is_some() {
            let message = "A thread has already been created for this message";
            return Err(Failure::new(400, 160_004, message));
        }
        let given = Value::Object(form::read(&call.body, FROM_MESSAGE)?);
        let kind = if kind == ANNOUNCEMENT {
            10
        } else {
            PUBLIC_THREAD
        };
        let thread = self.thread(state, id, (guild, channel), kind, &given);
        self.open_thread(state, guild, &thread);
        let shown = thread.clone();
        self.touch_message(state, channel, id, |message| {
            let flags = message["flags"].as_u64().unwrap_or(0);
            message["flags"] = Value::from(flags | HAS_THREAD);
            message["thread"] = shown;
        });
        let mut starter = Draft::default();
        starter.set("type", STARTER);
        starter.set("message_reference", reference_to(state, 0, channel, id));
        let referenced = state.world.message(channel, id).cloned();
        starter.set("referenced_message", referenced.unwrap_or_default());
        let author = state.actor();
        self.post(state, id, author, "", starter);
        let by = call.by(state);
        self.audit_thread(
            state,
            guild,
            &by,
            Action::ThreadCreate,
            &Value::Null,
            &thread,
        );
        self.opened(state, id)
    }

    fn new_thread(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let (guild, kind) = parent(state, channel)?;
        if matches!(kind, 15 | 16) {
            return self.new_post(state, call, guild, channel);
        }
        let given = Value::Object(form::read(&call.body, ALONE)?);
        // As it was before there was a choice.
        let wanted = given["type"]
            .as_u64()
            .unwrap_or_else(|| PRIVATE_THREAD.into());
        let made = match (kind, wanted) {
            (0, 11) => PUBLIC_THREAD,
            (0, 12) => PRIVATE_THREAD,
            (ANNOUNCEMENT, 10) => 10,
            (0 | ANNOUNCEMENT, _) => {
                let message = "Value must be a type of thread that the channel can have.";
                return Err(Failure::invalid("type", "BASE_TYPE_CHOICES", message));
            }
            _ => return Err(other_type()),
        };
        let needed = if made == PRIVATE_THREAD {
            permissions::CREATE_PRIVATE_THREADS
        } else {
            permissions::CREATE_PUBLIC_THREADS
        };
        self.may(state, channel, needed)?;
        let id = self.next_id(state);
        let mut thread = self.thread(state, id, (guild, channel), made, &given);
        if made == PRIVATE_THREAD && given["invitable"] == false {
            thread["thread_metadata"]["invitable"] = Value::Bool(false);
        }
        self.open_thread(state, guild, &thread);
        if made != PRIVATE_THREAD {
            let mut told = Draft::default();
            told.set("type", THREAD_CREATED);
            told.set(
                "message_reference",
                json!({
                    "channel_id": id.to_string(),
                    "guild_id": guild.to_string(),
                }),
            );
            let name = thread["name"].as_str().unwrap_or_default();
            let author = state.actor();
            self.post(state, channel, author, name, told);
        }
        let by = call.by(state);
        self.audit_thread(
            state,
            guild,
            &by,
            Action::ThreadCreate,
            &Value::Null,
            &thread,
        );
        self.opened(state, id)
    }

    /// A post of a forum: a thread with its first message.
    fn new_post(&self, state: &mut State, call: &Call<'_>, guild: u64, channel: u64) -> Outcome {
        self.may(state, channel, permissions::SEND_MESSAGES)?;
        let given = Value::Object(form::read(&call.body, POST)?);
        let mut message = call.body["message"].clone();
        let Some(fields) = message.as_object_mut() else {
            return Err(Failure::required("message"));
        };
        fields.retain(|field, _| OF_POST.contains(&field.as_str()));
        let moderates = self
            .may(state, channel, permissions::MANAGE_THREADS)
            .is_ok();
        let tags = tags_of_post(state, channel, &given["applied_tags"], moderates)?;
        let mut draft = self.draft(state, channel, &message, &call.files)?;
        self.may_carry(state, channel, &draft)?;
        let author = state.actor();
        let id = self.open_post(state, (guild, channel), author, &given, tags);
        draft.set("id", id.to_string());
        let message = self.post(state, id, author, "", draft);
        let mut opened = self.shown_thread(state, id)?;
        opened["message"] = message;
        let by = call.by(state);
        self.audit_thread(
            state,
            guild,
            &by,
            Action::ThreadCreate,
            &Value::Null,
            &opened,
        );
        Ok(Reply::created(opened))
    }

    /// Opens the thread of a post, whose first message is to have the same id.
    pub(crate) fn open_post(
        &self,
        state: &mut State,
        (guild, forum): (u64, u64),
        owner: u64,
        given: &Value,
        tags: Value,
    ) -> u64 {
        let id = self.next_id(state);
        let mut thread = self.thread(state, id, (guild, forum), PUBLIC_THREAD, given);
        thread["owner_id"] = Value::from(owner.to_string());
        if state.world.partial_member(guild, owner).is_none() {
            thread["member_count"] = Value::from(0);
        }
        thread["applied_tags"] = tags;
        self.open_thread(state, guild, &thread);
        if let Some(forum) = state.world.channel_mut(forum) {
            forum["last_message_id"] = Value::from(id.to_string());
        }
        id
    }

    fn thread(
        &self,
        state: &State,
        id: u64,
        (guild, parent): (u64, u64),
        kind: u8,
        given: &Value,
    ) -> Value {
        let name = given["name"].as_str().unwrap_or_default();
        let now = self.clock.now_iso();
        let mut thread = objects::thread(id, (guild, parent), name, kind, state.actor(), &now);
        let above = state.world.channel(parent);
        let default = |field: &str| above.map(|it| it[field].clone()).unwrap_or_default();
        let archives = &given["auto_archive_duration"];
        let archives = match archives {
            Value::Null => default("default_auto_archive_duration"),
            archives => archives.clone(),
        };
        if !archives.is_null() {
            thread["thread_metadata"]["auto_archive_duration"] = archives;
        }
        let slowmode = match &given["rate_limit_per_user"] {
            Value::Null => default("default_thread_rate_limit_per_user"),
            slowmode => slowmode.clone(),
        };
        if !slowmode.is_null() {
            thread["rate_limit_per_user"] = slowmode;
        }
        thread
    }

    /// Puts a thread into its guild with who made it as its first member, and tells it.
    pub(crate) fn open_thread(&self, state: &mut State, guild: u64, thread: &Value) {
        let id = objects::id(thread);
        let owner = objects::snowflake(&thread["owner_id"]).unwrap_or(0);
        state.world.put_thread(guild, thread.clone());
        let member = objects::thread_member(id, owner, &self.clock.now_iso());
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            let seats = found.thread_members.entry(id).or_default();
            // A webhook is in no thread, and neither is who is not in the guild.
            if found.members.contains_key(&owner) {
                seats.insert(owner, member.clone());
            }
        }
        let mut data = thread.clone();
        data["newly_created"] = Value::Bool(true);
        if owner == state.world.bot {
            data["member"] = member;
        }
        self.dispatch(state, &Happening::new("THREAD_CREATE", Some(guild), data));
    }

    /// Writes what happened to a thread: `old` or `new` is `null` where there was none.
    pub(crate) fn audit_thread(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        action: Action,
        old: &Value,
        new: &Value,
    ) {
        let id = if new.is_null() { old } else { new };
        let id = objects::id(id);
        let entry = Entry::changed(id, &flat(old), &flat(new), AUDITED);
        self.audit(state, guild, by, action, entry);
    }

    fn opened(&self, state: &State, id: u64) -> Outcome {
        self.shown_thread(state, id).map(Reply::created)
    }

    /// A thread as whoever asks sees it: with their own member.
    pub(crate) fn shown_thread(&self, state: &State, id: u64) -> Result<Value, Failure> {
        let thread = state.world.channel(id).cloned();
        let mut thread = thread.ok_or_else(Failure::unknown_channel)?;
        let guild = state.world.guild_of(id);
        let members =
            guild.and_then(|guild| state.world.guilds.get(&guild)?.thread_members.get(&id));
        if let Some(member) = members.and_then(|members| members.get(&state.actor())) {
            thread["member"] = member.clone();
        }
        Ok(thread)
    }

    /// Somebody says something in a thread: it is archived no more, and they are in it.
    pub(crate) fn revive_thread(&self, state: &mut State, channel: u64, author: u64) {
        let Some(guild) = state.world.guild_of(channel) else {
            return;
        };
        let Some(object) = state.world.channel_mut(channel).filter(|it| is_thread(it)) else {
            return;
        };
        if object["thread_metadata"]["archived"] == true {
            object["thread_metadata"]["archived"] = Value::Bool(false);
            object["thread_metadata"]["archive_timestamp"] = Value::from(self.clock.now_iso());
            let data = object.clone();
            self.dispatch(state, &Happening::new("THREAD_UPDATE", Some(guild), data));
        }
        let found = state.world.guilds.get(&guild);
        if found.is_some_and(|found| found.members.contains_key(&author)) {
            self.add_to_thread(state, guild, channel, author);
        }
    }

    /// Counts a message of a thread, or one that is gone.
    pub(crate) fn count_in_thread(&self, state: &mut State, channel: u64, by: i64) {
        let Some(object) = state.world.channel_mut(channel).filter(|it| is_thread(it)) else {
            return;
        };
        let mut add = |field: &str, by: i64| {
            let count = object[field].as_i64().unwrap_or(0) + by;
            object[field] = Value::from(count.max(0));
        };
        add("message_count", by);
        add("total_message_sent", by.max(0));
    }
}

/// A thread as the audit log speaks of one, without metadata of its own.
fn flat(thread: &Value) -> Value {
    let mut flat = thread.clone();
    if thread.is_object() {
        for (field, value) in thread["thread_metadata"].as_object().into_iter().flatten() {
            flat[field] = value.clone();
        }
    }
    flat
}

/// The tags a post gets: such as the forum has, those for moderators if it is one who asks, and one
/// if the forum wants one.
pub(crate) fn tags_of_post(
    state: &State,
    forum: u64,
    given: &Value,
    moderates: bool,
) -> Result<Value, Failure> {
    let object = state.world.channel(forum);
    let object = object.ok_or_else(Failure::unknown_channel)?;
    let tags = given.as_array().cloned().unwrap_or_default();
    let wanted = object["flags"].as_u64().unwrap_or(0) & REQUIRE_TAG != 0;
    if tags.is_empty() && wanted {
        let message = "A tag is required to create a forum post in this channel";
        return Err(Failure::new(400, 40_067, message));
    }
    for tag in &tags {
        let mut known = object["available_tags"].as_array().into_iter().flatten();
        let Some(known) = known.find(|known| known["id"] == *tag) else {
            return Err(Failure::new(404, 10_087, "Unknown Tag"));
        };
        if known["moderated"] == true && !moderates {
            return Err(Failure::missing_permissions());
        }
    }
    Ok(Value::Array(tags))
}

/// The guild and the type of a channel that may have threads.
fn parent(state: &State, channel: u64) -> Result<(u64, u64), Failure> {
    let object = state.world.channel(channel);
    let kind = object.and_then(|object| object["type"].as_u64());
    let guild = state.world.guild_of(channel);
    guild.zip(kind).ok_or_else(super::messages::direct_message)
}
