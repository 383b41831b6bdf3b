//! Channels of a guild: what there is, new ones, their order.

use serde_json::{Value, json};

use super::{guild, has_feature};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field, Wrong};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_ROLES, VIEW_CHANNEL};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/channels", Core::list_channels),
    Route::post("/guilds/{guild_id}/channels", Core::new_channel),
    Route::patch("/guilds/{guild_id}/channels", Core::move_channels),
    Route::get("/guilds/{guild_id}/threads/active", Core::active_threads),
];

/// Channels a guild may have, and those below one category.
const MAX_CHANNELS: usize = 500;
const MAX_IN_CATEGORY: usize = 50;

const TEXT: u64 = 0;
const VOICE: u64 = 2;
const CATEGORY: u64 = 4;
const ANNOUNCEMENT: u64 = 5;
const STAGE: u64 = 13;
const FORUM: u64 = 15;
const MEDIA: u64 = 16;

pub(crate) const OVERWRITE: &[Field] = &[
    Field::id("id").required(),
    Field::choice("type", &[0, 1]).required(),
    Field::bits("allow").or_null(),
    Field::bits("deny").or_null(),
];

pub(crate) const REACTION: &[Field] = &[
    Field::id("emoji_id").or_null(),
    Field::text("emoji_name", 0, 100).or_null(),
];

pub(crate) const TAG: &[Field] = &[
    Field::text("name", 1, 20).required(),
    Field::boolean("moderated"),
    Field::id("emoji_id").or_null(),
    Field::text("emoji_name", 0, 100).or_null(),
];

const CHANNEL: &[Field] = &[
    Field::text("name", 1, 100).required(),
    Field::choice("type", &[0, 2, 4, 5, 13, 15, 16]).or_null(),
    Field::text("topic", 0, 4096).or_null(),
    Field::integer("bitrate", 8_000, 384_000).or_null(),
    Field::integer("user_limit", 0, 10_000).or_null(),
    Field::integer("rate_limit_per_user", 0, 21_600).or_null(),
    Field::integer("position", 0, 1_000).or_null(),
    Field::list("permission_overwrites", 1_000, OVERWRITE).or_null(),
    Field::id("parent_id").or_null(),
    Field::boolean("nsfw").or_null(),
    Field::text("rtc_region", 1, 100).or_null(),
    Field::choice("video_quality_mode", &[1, 2]).or_null(),
    Field::choice("default_auto_archive_duration", &[60, 1_440, 4_320, 10_080]).or_null(),
    Field::object("default_reaction_emoji", REACTION).or_null(),
    Field::list("available_tags", 20, TAG).or_null(),
    Field::choice("default_sort_order", &[0, 1]).or_null(),
    Field::choice("default_forum_layout", &[0, 1, 2]).or_null(),
    Field::integer("default_thread_rate_limit_per_user", 0, 21_600).or_null(),
    Field::integer("flags", 0, i64::MAX).or_null(),
];

const POSITION: &[Field] = &[
    Field::id("id").required(),
    Field::integer("position", 0, 1_000).or_null(),
    Field::boolean("lock_permissions").or_null(),
    Field::id("parent_id").or_null(),
];

/// What the audit log says of a channel.
pub(crate) const AUDITED: &[&str] = &[
    "name",
    "type",
    "topic",
    "nsfw",
    "rate_limit_per_user",
    "bitrate",
    "user_limit",
    "rtc_region",
    "video_quality_mode",
    "permission_overwrites",
    "parent_id",
    "default_auto_archive_duration",
    "flags",
];

impl Core {
    fn list_channels(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channels = guild(state, call.guild(state)?)?.channels.values();
        Ok(Reply::ok(channels.cloned().collect()))
    }

    fn new_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_CHANNELS)?;
        let given = Value::Object(form::read(&call.body, CHANNEL)?);
        let kind = given["type"].as_u64().unwrap_or(TEXT);
        check(state, id, kind, &given)?;
        let mut overwrites = overwrites(&given["permission_overwrites"]);
        self.check_overwrites(state, id, None, &overwrites)?;
        if let Some(parent) = objects::snowflake(&given["parent_id"]) {
            check_parent(state, id, parent, kind)?;
            // Without overwrites of its own a channel begins with those of its category.
            if given["permission_overwrites"].is_null() {
                let parent = state.world.channel(parent);
                overwrites = parent
                    .map(|it| it["permission_overwrites"].clone())
                    .unwrap_or_default();
            }
        }
        let channel = self.compose_channel(state, id, kind, &given, &overwrites)?;
        let by = call.by(state);
        self.create_channel(state, id, &by, &channel);
        Ok(Reply::created(channel))
    }

    /// Whether an overwrite of the channel itself gives `MANAGE_ROLES` to whoever asks.
    fn manages_overwrites(&self, state: &State, id: u64, channel: Option<u64>) -> bool {
        let user = state.actor();
        let found = state.world.guilds.get(&id);
        let member = found.and_then(|found| found.members.get(&user));
        let channel = channel.and_then(|channel| state.world.channel(channel));
        let overwrites = channel.and_then(|channel| channel["permission_overwrites"].as_array());
        overwrites.into_iter().flatten().any(|overwrite| {
            let whom = objects::id(overwrite);
            let own = whom == user || member.is_some_and(|member| member.roles.contains(&whom));
            own && objects::snowflake(&overwrite["allow"]).unwrap_or(0) & MANAGE_ROLES != 0
        })
    }

    /// Nobody gives or denies what they do not have, and only administrators `MANAGE_ROLES`; unless
    /// they have it in this very channel, which is `None` for one that is yet to be made.
    pub(crate) fn check_overwrites(
        &self,
        state: &State,
        id: u64,
        channel: Option<u64>,
        overwrites: &Value,
    ) -> Result<(), Failure> {
        let held = state.world.permissions(id, state.actor());
        if held & ADMINISTRATOR != 0 || self.manages_overwrites(state, id, channel) {
            return Ok(());
        }
        let object = channel.and_then(|channel| state.world.channel(channel));
        let had = object.and_then(|object| object["permission_overwrites"].as_array());
        let parent = object.and_then(|object| objects::snowflake(&object["parent_id"]));
        let above = parent.map(|parent| state.world.permissions_in(parent, state.actor()));
        let held = held | above.unwrap_or(0);
        let bits = |overwrite: &Value, field: &str| objects::snowflake(&overwrite[field]);
        let wanted = overwrites.as_array().into_iter().flatten();
        // What stays as it is was somebody else's to allow.
        let wanted = wanted.filter(|wanted| had.is_none_or(|had| !had.contains(wanted)));
        for overwrite in wanted {
            let set = ["allow", "deny"].map(|field| bits(overwrite, field).unwrap_or(0));
            let set = set[0] | set[1];
            if set & !held != 0 || set & MANAGE_ROLES != 0 {
                return Err(Failure::missing_permissions());
            }
        }
        Ok(())
    }

    fn compose_channel(
        &self,
        state: &mut State,
        id: u64,
        kind: u64,
        given: &Value,
        overwrites: &Value,
    ) -> Result<Value, Failure> {
        let group = sorting_group(kind);
        let channels = guild(state, id)?.channels.values();
        let alike = channels.filter(|it| it["type"].as_u64().map(sorting_group) == Some(group));
        let last = alike.filter_map(|it| it["position"].as_u64()).max();
        let position = given["position"].as_u64();
        let position = position.unwrap_or_else(|| last.map_or(0, |last| last + 1));
        let name = given["name"].as_str().unwrap_or_default();
        let or = |field: &str, default: Value| match &given[field] {
            Value::Null => default,
            value => value.clone(),
        };
        let mut channel = json!({
            "id": self.next_id(state).to_string(),
            "type": kind,
            "guild_id": id.to_string(),
            "name": channel_name(name, kind),
            "position": position,
            "permission_overwrites": overwrites,
            "parent_id": given["parent_id"],
            "flags": settable_flags(kind) & given["flags"].as_u64().unwrap_or(0),
        });
        if kind != CATEGORY {
            channel["nsfw"] = or("nsfw", Value::Bool(false));
            channel["rate_limit_per_user"] = or("rate_limit_per_user", Value::from(0));
            channel["last_message_id"] = Value::Null;
        }
        match kind {
            VOICE | STAGE => {
                let limit = if kind == STAGE { 10_000 } else { 0 };
                channel["bitrate"] = or("bitrate", Value::from(64_000));
                channel["user_limit"] = or("user_limit", Value::from(limit));
                channel["rtc_region"] = given["rtc_region"].clone();
                channel["video_quality_mode"] = or("video_quality_mode", Value::from(1));
                channel["topic"] = Value::Null;
            }
            TEXT | ANNOUNCEMENT => {
                channel["topic"] = given["topic"].clone();
                channel["last_pin_timestamp"] = Value::Null;
            }
            FORUM | MEDIA => {
                channel["topic"] = given["topic"].clone();
                channel["available_tags"] = self.tags(state, &given["available_tags"]);
                channel["default_reaction_emoji"] = given["default_reaction_emoji"].clone();
                channel["default_sort_order"] = given["default_sort_order"].clone();
                if kind == FORUM {
                    channel["default_forum_layout"] = or("default_forum_layout", Value::from(0));
                }
            }
            _ => {}
        }
        if matches!(kind, TEXT | ANNOUNCEMENT | FORUM | MEDIA) {
            for field in [
                "default_auto_archive_duration",
                "default_thread_rate_limit_per_user",
            ] {
                if !given[field].is_null() {
                    channel[field] = given[field].clone();
                }
            }
        }
        Ok(channel)
    }

    /// Tags of a forum; new ones get their ids here.
    pub(crate) fn tags(&self, state: &mut State, given: &Value) -> Value {
        let given = given.as_array().into_iter().flatten();
        let mut tags = Vec::new();
        for tag in given {
            tags.push(json!({
                "id": self.next_id(state).to_string(),
                "name": tag["name"],
                "moderated": tag["moderated"] == true,
                "emoji_id": tag["emoji_id"],
                "emoji_name": tag["emoji_name"],
            }));
        }
        Value::Array(tags)
    }

    /// Puts a channel into a guild, and tells it: `CHANNEL_CREATE`.
    pub(crate) fn create_channel(&self, state: &mut State, guild: u64, by: &By, channel: &Value) {
        let id = objects::id(channel);
        state.world.put_channel(guild, channel.clone());
        self.tell_channel(state, "CHANNEL_CREATE", channel);
        let entry = Entry::created(id, channel, AUDITED);
        self.audit(state, guild, by, Action::ChannelCreate, entry);
    }

    fn move_channels(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_CHANNELS)?;
        let wanted = form::read_list(&call.body, MAX_CHANNELS, POSITION)?;
        let mut moved = Vec::new();
        let mut adopted = 0;
        for wanted in wanted {
            let channel = wanted.get("id").and_then(objects::snowflake).unwrap_or(0);
            let old = guild(state, id)?.channels.get(&channel);
            let old = old.ok_or_else(Failure::unknown_channel)?;
            let mut new = old.clone();
            if let Some(position) = wanted.get("position").filter(|it| !it.is_null()) {
                new["position"] = position.clone();
            }
            if let Some(parent) = wanted.get("parent_id") {
                if let Some(parent) = objects::snowflake(parent) {
                    check_parent(state, id, parent, old["type"].as_u64().unwrap_or(TEXT))?;
                }
                adopted += u32::from(new["parent_id"] != *parent);
                new["parent_id"] = parent.clone();
            }
            if wanted.get("lock_permissions") == Some(&Value::Bool(true)) {
                let parent = objects::snowflake(&new["parent_id"]);
                if let Some(parent) = parent.and_then(|parent| state.world.channel(parent)) {
                    new["permission_overwrites"] = parent["permission_overwrites"].clone();
                }
            }
            moved.push(new);
        }
        if adopted > 1 {
            let message = "Only one channel can have a parent_id modified at a time";
            return Err(Failure::new(400, 40_009, message));
        }
        for new in moved {
            let channel = objects::id(&new);
            let Some(kept) = state
                .world
                .channel_mut(channel)
                .filter(|kept| **kept != new)
            else {
                continue;
            };
            *kept = new.clone();
            self.tell_channel(state, "CHANNEL_UPDATE", &new);
        }
        Ok(Reply::no_content())
    }

    /// Threads that are not archived and that who asks may see, the newest first.
    fn active_threads(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let found = guild(state, id)?;
        let user = state.actor();
        let mut threads = Vec::new();
        let mut members = Vec::new();
        for (thread, object) in found.threads.iter().rev() {
            let archived = object["thread_metadata"]["archived"] == true;
            if archived || state.world.permissions_in(*thread, user) & VIEW_CHANNEL == 0 {
                continue;
            }
            let joined = found.thread_members.get(thread);
            if let Some(member) = joined.and_then(|members| members.get(&user)) {
                members.push(member.clone());
            }
            threads.push(object.clone());
        }
        Ok(Reply::ok(json!({ "threads": threads, "members": members })))
    }
}

/// Flags that a channel of that kind can be given: that posts need tags, that media are not
/// downloaded, that everything in it is a spoiler. Others are passed over.
pub(crate) fn settable_flags(kind: u64) -> u64 {
    const REQUIRE_TAG: u64 = 1 << 4;
    const HIDE_MEDIA_DOWNLOAD_OPTIONS: u64 = 1 << 15;
    const IS_SPOILER_CHANNEL: u64 = 1 << 21;
    match kind {
        FORUM => REQUIRE_TAG | IS_SPOILER_CHANNEL,
        MEDIA => REQUIRE_TAG | HIDE_MEDIA_DOWNLOAD_OPTIONS | IS_SPOILER_CHANNEL,
        _ => IS_SPOILER_CHANNEL,
    }
}

/// What the kind of a channel asks for.
fn check(state: &State, id: u64, kind: u64, given: &Value) -> Result<(), Failure> {
    let found = guild(state, id)?;
    if found.channels.len() >= MAX_CHANNELS {
        let message = "Maximum number of guild channels reached (500)";
        return Err(Failure::new(400, 30_013, message));
    }
    if matches!(kind, ANNOUNCEMENT | STAGE | FORUM | MEDIA) && !has_feature(found, "COMMUNITY") {
        let message = "Cannot execute action on this channel type";
        return Err(Failure::new(400, 50_024, message));
    }
    let tier = found.object["premium_tier"].as_u64();
    let highest = match (kind, tier) {
        (STAGE, _) => 64_000,
        (_, Some(1)) => 128_000,
        (_, Some(2)) => 256_000,
        (_, Some(3)) => 384_000,
        _ => 96_000,
    };
    if given["bitrate"]
        .as_u64()
        .is_some_and(|bitrate| bitrate > highest)
    {
        let message = "Bitrate is too high for channel of this type";
        return Err(Failure::new(400, 30_052, message));
    }
    let mut wrong = Wrong::default();
    let forum = matches!(kind, FORUM | MEDIA);
    let topic = given["topic"].as_str().unwrap_or_default();
    if !forum && topic.chars().count() > 1_024 {
        let message = "Must be 1024 or fewer in length.";
        wrong.note("topic", "BASE_TYPE_MAX_LENGTH", message);
    }
    if kind == VOICE && given["user_limit"].as_u64().is_some_and(|limit| limit > 99) {
        let message = "int value should be less than or equal to 99.";
        wrong.note("user_limit", "NUMBER_TYPE_MAX", message);
    }
    wrong.refuse()
}

/// Whether a channel of that kind may be put below that one.
pub(crate) fn check_parent(state: &State, id: u64, parent: u64, kind: u64) -> Result<(), Failure> {
    let found = guild(state, id)?;
    let is_category = found
        .channels
        .get(&parent)
        .is_some_and(|it| it["type"] == CATEGORY);
    if !is_category || kind == CATEGORY {
        let message = "Not a category channel";
        return Err(Failure::invalid(
            "parent_id",
            "CHANNEL_PARENT_INVALID",
            message,
        ));
    }
    let below = found.channels.values();
    let below = below.filter(|it| objects::snowflake(&it["parent_id"]) == Some(parent));
    if below.count() >= MAX_IN_CATEGORY {
        let message = "Maximum number of channels in category reached (50)";
        let code = "CHANNEL_PARENT_MAX_CHANNELS";
        return Err(Failure::invalid("parent_id", code, message));
    }
    Ok(())
}

/// Overwrites with both their sets.
pub(crate) fn overwrites(given: &Value) -> Value {
    let given = given.as_array().into_iter().flatten();
    let or_none = |bits: &Value| match bits {
        Value::Null => Value::from("0"),
        bits => bits.clone(),
    };
    given
        .map(|overwrite| {
            json!({
                "id": overwrite["id"],
                "type": overwrite["type"],
                "allow": or_none(&overwrite["allow"]),
                "deny": or_none(&overwrite["deny"]),
            })
        })
        .collect()
}

/// Channels of a group are sorted among themselves.
fn sorting_group(kind: u64) -> u8 {
    match kind {
        CATEGORY => 0,
        VOICE | STAGE => 2,
        _ => 1,
    }
}

/// Channels that are written in have small letters and no spaces.
pub(crate) fn channel_name(name: &str, kind: u64) -> String {
    if matches!(kind, TEXT | ANNOUNCEMENT | FORUM | MEDIA) {
        let words: Vec<&str> = name.split_whitespace().collect();
        words.join("-").to_lowercase()
    } else {
        name.to_owned()
    }
}

impl Core {
    /// `CHANNEL_CREATE`, `CHANNEL_UPDATE` and the like of a guild's channel.
    pub(crate) fn tell_channel(&self, state: &mut State, name: &str, channel: &Value) {
        let guild = objects::snowflake(&channel["guild_id"]);
        self.dispatch(state, &Happening::new(name, guild, channel.clone()));
    }
}
