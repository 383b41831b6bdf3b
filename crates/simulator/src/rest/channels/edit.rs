//! Changes of channels and threads.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::access::is_thread;
use crate::rest::audit::{Action, Entry};
use crate::rest::form::{self, Field};
use crate::rest::guilds::channels::{
    AUDITED, OVERWRITE, REACTION, TAG, channel_name, check_parent, overwrites, settable_flags,
};
use crate::rest::messages::Draft;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::rest::threads::tags_of_post;
use crate::world::{objects, permissions};

pub(super) const ROUTES: &[Route] = &[Route::patch("/channels/{channel_id}", Core::edit_channel)];

/// The type of the message that tells of a new name.
const RENAMED: u64 = 4;

const ARCHIVES: &[i64] = &[60, 1_440, 4_320, 10_080];

const CHANNEL: &[Field] = &[
    Field::text("name", 1, 100),
    Field::choice("type", &[0, 5]),
    Field::integer("position", 0, 1_000).or_null(),
    Field::text("topic", 0, 4_096).or_null(),
    Field::boolean("nsfw").or_null(),
    Field::integer("rate_limit_per_user", 0, 21_600).or_null(),
    Field::integer("bitrate", 8_000, 384_000).or_null(),
    Field::integer("user_limit", 0, 10_000).or_null(),
    Field::list("permission_overwrites", 1_000, OVERWRITE).or_null(),
    Field::id("parent_id").or_null(),
    Field::text("rtc_region", 1, 100).or_null(),
    Field::choice("video_quality_mode", &[1, 2]).or_null(),
    Field::choice("default_auto_archive_duration", ARCHIVES).or_null(),
    Field::integer("flags", 0, i64::MAX),
    Field::list("available_tags", 20, TAG),
    Field::object("default_reaction_emoji", REACTION).or_null(),
    Field::integer("default_thread_rate_limit_per_user", 0, 21_600),
    Field::choice("default_sort_order", &[0, 1]).or_null(),
    Field::choice("default_forum_layout", &[0, 1, 2]),
];

const THREAD: &[Field] = &[
    Field::text("name", 1, 100),
    Field::boolean("archived"),
    Field::choice("auto_archive_duration", ARCHIVES),
    Field::boolean("locked"),
    Field::boolean("invitable"),
    Field::integer("rate_limit_per_user", 0, 21_600).or_null(),
    Field::integer("flags", 0, i64::MAX),
    Field::ids("applied_tags", 5),
];

/// Which types of channels have a field that not all have.
const ONLY: &[(&str, &[u64])] = &[
    ("topic", &[0, 2, 5, 13, 15, 16]),
    ("nsfw", &[0, 2, 5, 13, 15, 16]),
    ("rate_limit_per_user", &[0, 2, 5, 13, 15, 16]),
    ("bitrate", &[2, 13]),
    ("user_limit", &[2, 13]),
    ("parent_id", &[0, 2, 5, 13, 15, 16]),
    ("rtc_region", &[2, 13]),
    ("video_quality_mode", &[2, 13]),
    ("default_auto_archive_duration", &[0, 5, 15, 16]),
    ("available_tags", &[15, 16]),
    ("default_reaction_emoji", &[15, 16]),
    ("default_thread_rate_limit_per_user", &[0, 5, 15, 16]),
    ("default_sort_order", &[15, 16]),
    ("default_forum_layout", &[15]),
];

impl Core {
    fn edit_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.channel(state)?;
        let object = state.world.channel(id).cloned();
        let object = object.ok_or_else(Failure::unknown_channel)?;
        let Some(guild) = state.world.guild_of(id) else {
            return Err(crate::rest::messages::direct_message());
        };
        if is_thread(&object) {
            return self.edit_thread(state, call, guild, &object);
        }
        self.may(state, id, permissions::MANAGE_CHANNELS)?;
        let given = Value::Object(form::read(&call.body, CHANNEL)?);
        let kind = object["type"].as_u64().unwrap_or(0);
        let mut new = object.clone();
        if let Some(wanted) = given["type"].as_u64().filter(|wanted| *wanted != kind) {
            if !matches!(kind, 0 | 5) {
                return Err(crate::rest::access::other_type());
            }
            new["type"] = Value::from(wanted);
        }
        if let Some(name) = given["name"].as_str() {
            new["name"] = Value::from(channel_name(name, kind));
        }
        check_lengths(kind, &given)?;
        if let Some(parent) = objects::snowflake(&given["parent_id"])
            && object["parent_id"] != given["parent_id"]
        {
            check_parent(state, guild, parent, kind)?;
        }
        if given["permission_overwrites"].is_array() {
            let wanted = overwrites(&given["permission_overwrites"]);
            if wanted != object["permission_overwrites"] {
                self.may(state, id, permissions::MANAGE_ROLES)?;
                self.check_overwrites(state, guild, Some(id), &wanted)?;
            }
            new["permission_overwrites"] = wanted;
        }
        if given["available_tags"].is_array() {
            new["available_tags"] =
                self.retagged(state, &object, &call.body["available_tags"], &given);
        }
        for (field, value) in given.as_object().into_iter().flatten() {
            let done = ["name", "type", "permission_overwrites", "available_tags"];
            let has = ONLY.iter().find(|(only, _)| only == field);
            if !done.contains(&field.as_str()) && has.is_none_or(|(_, kinds)| kinds.contains(&kind))
            {
                new[field] = match (field.as_str(), value) {
                    ("flags", value) => {
                        let settable = settable_flags(kind);
                        let had = object["flags"].as_u64().unwrap_or(0);
                        let asked = value.as_u64().unwrap_or(had);
                        Value::from(had & !settable | asked & settable)
                    }
                    ("nsfw", Value::Null) => Value::Bool(false),
                    ("rate_limit_per_user" | "position" | "user_limit", Value::Null) => {
                        Value::from(0)
                    }
                    (_, value) => value.clone(),
                };
            }
        }
        if new != object {
            self.put_changed(state, guild, &new);
            let entry = Entry::changed(id, &object, &new, AUDITED);
            let by = call.by(state);
            self.audit(state, guild, &by, Action::ChannelUpdate, entry);
        }
        Ok(Reply::ok(new))
    }

    /// Puts a changed channel in its place and tells it; if the bot sees it only now, its threads, too.
    pub(super) fn put_changed(&self, state: &mut State, guild: u64, channel: &Value) {
        let id = objects::id(channel);
        let bot = state.world.bot;
        let sees =
            |state: &State| state.world.permissions_in(id, bot) & permissions::VIEW_CHANNEL != 0;
        let before = sees(state);
        state.world.put_channel(guild, channel.clone());
        self.tell_channel(state, "CHANNEL_UPDATE", channel);
        if before || !sees(state) {
            return;
        }
        let Some(found) = state.world.guilds.get(&guild) else {
            return;
        };
        let active = found.threads.iter().filter(|(_, thread)| {
            objects::snowflake(&thread["parent_id"]) == Some(id)
                && thread["thread_metadata"]["archived"] != true
        });
        let (mut threads, mut members) = (Vec::new(), Vec::new());
        for (thread, object) in active {
            if state.world.permissions_in(*thread, bot) & permissions::VIEW_CHANNEL == 0 {
                continue;
            }
            let seats = found.thread_members.get(thread);
            members.extend(seats.and_then(|seats| seats.get(&bot)).cloned());
            threads.push(object.clone());
        }
        let data = json!({
            "guild_id": guild.to_string(),
            "channel_ids": [id.to_string()],
            "threads": threads,
            "members": members,
        });
        self.dispatch(
            state,
            &Happening::new("THREAD_LIST_SYNC", Some(guild), data),
        );
    }

    /// The tags of a forum: those with an id stay what they are, the others are new.
    fn retagged(&self, state: &mut State, forum: &Value, asked: &Value, given: &Value) -> Value {
        let mut tags = self.tags(state, &given["available_tags"]);
        let known = forum["available_tags"].as_array();
        let known = |id: &Value| known.is_some_and(|all| all.iter().any(|tag| tag["id"] == *id));
        let asked = asked.as_array().into_iter().flatten();
        for (tag, asked) in tags.as_array_mut().into_iter().flatten().zip(asked) {
            if known(&asked["id"]) {
                tag["id"] = asked["id"].clone();
            }
        }
        tags
    }

    fn edit_thread(
        &self,
        state: &mut State,
        call: &Call<'_>,
        guild: u64,
        object: &Value,
    ) -> Outcome {
        let id = objects::id(object);
        let given = Value::Object(form::read(&call.body, THREAD)?);
        let is = |field: &str| object["thread_metadata"][field] == true;
        let manages = self.may(state, id, permissions::MANAGE_THREADS).is_ok();
        let opens = given["archived"] == false && is("archived");
        let owner = objects::snowflake(&object["owner_id"]) == Some(state.actor());
        let fields: Vec<&str> = given
            .as_object()
            .into_iter()
            .flatten()
            .map(|(field, _)| field.as_str())
            .collect();
        let only = |among: &[&str]| fields.iter().all(|field| among.contains(field));
        // Whoever can speak in it can open it again, unless it is locked; whoever made it can change
        // what is no matter of moderation.
        let allowed = if opens && only(&["archived"]) && !is("locked") {
            self.may(state, id, permissions::SEND_MESSAGES_IN_THREADS)
        } else if owner
            && !is("locked")
            && only(&[
                "name",
                "archived",
                "auto_archive_duration",
                "invitable",
                "applied_tags",
            ])
        {
            self.may(state, id, permissions::VIEW_CHANNEL)
        } else {
            self.may(state, id, permissions::MANAGE_THREADS)
        };
        allowed?;
        if is("archived") && !opens {
            return Err(Failure::new(400, 50_083, "Thread is archived"));
        }
        let mut new = object.clone();
        for (field, value) in given.as_object().into_iter().flatten() {
            match field.as_str() {
                "archived" | "auto_archive_duration" | "locked" => {
                    new["thread_metadata"][field] = value.clone();
                }
                "invitable" if object["type"] == 12 => {
                    new["thread_metadata"][field] = value.clone();
                }
                "invitable" => {}
                "flags" => new[field] = pinned(state, guild, object, value)?,
                "rate_limit_per_user" => new[field] = Value::from(value.as_u64().unwrap_or(0)),
                "applied_tags" => {
                    let forum = objects::snowflake(&object["parent_id"]).unwrap_or(0);
                    new[field] = tags_of_post(state, forum, value, manages)?;
                }
                _ => new[field] = value.clone(),
            }
        }
        let metadata = "thread_metadata";
        if new[metadata]["archived"] != object[metadata]["archived"] {
            new[metadata]["archive_timestamp"] = Value::from(self.clock.now_iso());
        }
        if new == *object {
            return self.shown_thread(state, id).map(Reply::ok);
        }
        state.world.put_thread(guild, new.clone());
        self.dispatch(
            state,
            &Happening::new("THREAD_UPDATE", Some(guild), new.clone()),
        );
        if new["name"] != object["name"] && new[metadata]["archived"] != true {
            let mut told = Draft::default();
            told.set("type", RENAMED);
            let author = state.actor();
            let name = new["name"].as_str().unwrap_or_default();
            self.post(state, id, author, name, told);
        }
        let by = call.by(state);
        self.audit_thread(state, guild, &by, Action::ThreadUpdate, object, &new);
        self.shown_thread(state, id).map(Reply::ok)
    }
}

/// The flags of a thread: posts can be pinned, one of a forum.
fn pinned(state: &State, guild: u64, thread: &Value, asked: &Value) -> Result<Value, Failure> {
    const PINNED: u64 = 1 << 1;
    let had = thread["flags"].as_u64().unwrap_or(0);
    let found = state.world.guilds.get(&guild);
    let forum = objects::snowflake(&thread["parent_id"]);
    let forum = forum.and_then(|forum| found?.channels.get(&forum));
    if !forum.is_some_and(|forum| matches!(forum["type"].as_u64(), Some(15 | 16))) {
        return Ok(Value::from(had));
    }
    let pin = asked.as_u64().unwrap_or(0) & PINNED;
    let mut posts = found.into_iter().flat_map(|found| found.threads.values());
    let taken = posts.any(|post| {
        post["parent_id"] == thread["parent_id"]
            && post["id"] != thread["id"]
            && post["flags"].as_u64().unwrap_or(0) & PINNED != 0
    });
    if pin != 0 && taken {
        let message = "Maximum number of pinned threads in a forum channel has been reached";
        return Err(Failure::new(400, 30_047, message));
    }
    Ok(Value::from(had & !PINNED | pin))
}

/// What the type of a channel asks for beyond its form.
fn check_lengths(kind: u64, given: &Value) -> Result<(), Failure> {
    let topic = given["topic"]
        .as_str()
        .map_or(0, |topic| topic.chars().count());
    if topic > 1_024 && !matches!(kind, 15 | 16) {
        let message = "Must be 1024 or fewer in length.";
        return Err(Failure::invalid("topic", "BASE_TYPE_MAX_LENGTH", message));
    }
    if kind == 2 && given["user_limit"].as_u64().is_some_and(|limit| limit > 99) {
        let message = "int value should be less than or equal to 99.";
        return Err(Failure::invalid("user_limit", "NUMBER_TYPE_MAX", message));
    }
    Ok(())
}
