//! Scheduled events, and who is interested in them.

mod recurrence;

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field, Wrong};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{
    CONNECT, CREATE_EVENTS, MANAGE_CHANNELS, MANAGE_EVENTS, MOVE_MEMBERS, MUTE_MEMBERS,
    VIEW_CHANNEL,
};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/scheduled-events", Core::list_events),
    Route::post("/guilds/{guild_id}/scheduled-events", Core::new_event),
    Route::get(
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        Core::get_event,
    ),
    Route::patch(
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        Core::modify_event,
    ),
    Route::delete(
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        Core::drop_event,
    ),
    Route::get(
        "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users",
        Core::list_event_users,
    ),
];

/// Events that are to come or go on, in one guild.
const MAX_EVENTS: usize = 100;
const MAX_IMAGE: usize = 10 * 1024 * 1024;

const STAGE: u64 = 1;
const VOICE: u64 = 2;
const EXTERNAL: u64 = 3;

const SCHEDULED: u64 = 1;
const ACTIVE: u64 = 2;
const COMPLETED: u64 = 3;
const CANCELED: u64 = 4;

const PLACE: &[Field] = &[Field::text("location", 1, 100)];

const NEW: &[Field] = &[
    Field::id("channel_id").or_null(),
    Field::object("entity_metadata", PLACE).or_null(),
    Field::text("name", 1, 100).required(),
    Field::choice("privacy_level", &[2]).required(),
    Field::time("scheduled_start_time").required(),
    Field::time("scheduled_end_time").or_null(),
    Field::text("description", 1, 1_000).or_null(),
    Field::choice("entity_type", &[1, 2, 3]).required(),
    Field::image("image", MAX_IMAGE).or_null(),
    Field::object("recurrence_rule", recurrence::FIELDS).or_null(),
];

const CHANGED: &[Field] = &[
    Field::id("channel_id").or_null(),
    Field::object("entity_metadata", PLACE).or_null(),
    Field::text("name", 1, 100),
    Field::choice("privacy_level", &[2]),
    Field::time("scheduled_start_time"),
    Field::time("scheduled_end_time").or_null(),
    Field::text("description", 1, 1_000).or_null(),
    Field::choice("entity_type", &[1, 2, 3]),
    Field::choice("status", &[1, 2, 3, 4]),
    Field::image("image", MAX_IMAGE).or_null(),
    Field::object("recurrence_rule", recurrence::FIELDS).or_null(),
];

const AUDITED: &[&str] = &[
    "name",
    "description",
    "privacy_level",
    "status",
    "entity_type",
    "channel_id",
    "scheduled_start_time",
    "scheduled_end_time",
    "image",
];

impl Core {
    /// Those that are to come or go on.
    fn list_events(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let events = guild(state, id)?.scheduled_events.iter();
        let shown = events.filter(|(_, event)| is_open(event) && self.sees(state, event));
        let counted = call.flag("with_user_count");
        let shown = shown.map(|(_, event)| counted_event(state, id, event, counted));
        Ok(Reply::ok(shown.collect()))
    }

    fn get_event(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let event = event(state, id, call.id(EVENT)?)?;
        if !self.sees(state, event) {
            return Err(unknown_event());
        }
        let counted = call.flag("with_user_count");
        Ok(Reply::ok(counted_event(state, id, event, counted)))
    }

    fn new_event(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        let by = call.by(state);
        let event = json!({
            "id": "0",
            "guild_id": id.to_string(),
            "channel_id": given["channel_id"],
            "creator_id": by.user.to_string(),
            "creator": state.world.user(by.user),
            "name": given["name"],
            "description": given["description"],
            "scheduled_start_time": given["scheduled_start_time"],
            "scheduled_end_time": given["scheduled_end_time"],
            "privacy_level": 2,
            "status": SCHEDULED,
            "entity_type": given["entity_type"],
            "entity_id": null,
            "entity_metadata": given["entity_metadata"],
            "image": given["image"],
            "recurrence_rule": recurrence::rule(&given["recurrence_rule"]),
        });
        self.check_event(state, id, &event, CREATE_EVENTS)?;
        let start = event["scheduled_start_time"]
            .as_str()
            .and_then(ids::read_iso);
        if start.is_some_and(|start| start < self.clock.now_ms()) {
            let code = "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST";
            let message = "Cannot schedule event in the past.";
            return Err(Failure::invalid("scheduled_start_time", code, message));
        }
        let open = guild(state, id)?.scheduled_events.values();
        if open.filter(|event| is_open(event)).count() >= MAX_EVENTS {
            let message = "Maximum number of uncompleted guild scheduled events reached (100)";
            return Err(Failure::new(400, 30_038, message));
        }
        let event = self.create_event(state, id, &by, event);
        Ok(Reply::ok(event))
    }

    fn modify_event(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, event_id) = (call.guild(state)?, call.id(EVENT)?);
        let old = event(state, id, event_id)?.clone();
        self.check_event(state, id, &old, self.needed_for(state, &old))?;
        if !is_open(&old) {
            return Err(Failure::new(400, 180_000, "Cannot update a finished event"));
        }
        let mut given = form::read(&call.body, CHANGED)?;
        if let Some(rule) = given.get_mut("recurrence_rule") {
            *rule = recurrence::rule(rule);
        }
        let mut new = old.clone();
        for (field, value) in given {
            new[field] = value;
        }
        let steps = (old["status"].as_u64(), new["status"].as_u64());
        let allowed = [
            (SCHEDULED, ACTIVE),
            (ACTIVE, COMPLETED),
            (SCHEDULED, CANCELED),
        ];
        let allowed = allowed.map(|(from, to)| (Some(from), Some(to)));
        if steps.0 != steps.1 && !allowed.contains(&steps) {
            let message = "Invalid Guild Scheduled Event Status Transition";
            return Err(Failure::invalid("status", "BASE_TYPE_CHOICES", message));
        }
        if new["entity_type"] != EXTERNAL {
            new["entity_metadata"] = Value::Null;
        }
        self.check_event(state, id, &new, self.needed_for(state, &old))?;
        let by = call.by(state);
        self.update_event(state, id, &by, &new);
        Ok(Reply::ok(new))
    }

    fn drop_event(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, event_id) = (call.guild(state)?, call.id(EVENT)?);
        let old = event(state, id, event_id)?.clone();
        self.check_event(state, id, &old, self.needed_for(state, &old))?;
        let by = call.by(state);
        self.delete_event(state, id, &by, event_id);
        Ok(Reply::no_content())
    }

    /// By user, lowest first; the last before a user, or the first after one.
    fn list_event_users(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, event_id) = (call.guild(state)?, call.id(EVENT)?);
        let limit = call.limit(100, 100)?;
        if !self.sees(state, event(state, id, event_id)?) {
            return Err(unknown_event());
        }
        let (before, after) = (call.parameter_id("before")?, call.parameter_id("after")?);
        let interested = guild(state, id)?.event_users.get(&event_id);
        let mut users: Vec<u64> = interested
            .into_iter()
            .flatten()
            .copied()
            .filter(|user| match before {
                Some(before) => *user < before,
                None => after.is_none_or(|after| *user > after),
            })
            .collect();
        if before.is_some() {
            users.drain(..users.len().saturating_sub(limit));
        }
        users.truncate(limit);
        let with_member = call.flag("with_member");
        let users = users.into_iter().map(|user| {
            let mut told = json!({
                "guild_scheduled_event_id": event_id.to_string(),
                "user": state.world.user(user),
            });
            if let Some(member) = state.world.partial_member(id, user).filter(|_| with_member) {
                told["member"] = member;
            }
            told
        });
        Ok(Reply::ok(users.collect()))
    }

    /// Whether who asks may know of an event: they see its channel.
    fn sees(&self, state: &State, event: &Value) -> bool {
        let channel = objects::snowflake(&event["channel_id"]);
        channel.is_none_or(|channel| {
            state.world.permissions_in(channel, state.actor()) & VIEW_CHANNEL != 0
        })
    }

    /// What it takes to change an event: one's own are easier.
    fn needed_for(&self, state: &State, event: &Value) -> u64 {
        let creator = objects::snowflake(&event["creator_id"]);
        let guild = objects::snowflake(&event["guild_id"]).unwrap_or(0);
        let own = creator == Some(state.actor());
        if own && self.may_in_guild(state, guild, MANAGE_EVENTS).is_err() {
            CREATE_EVENTS
        } else {
            MANAGE_EVENTS
        }
    }

    /// Whether an event can be as it is, and who asks may have it so.
    fn check_event(
        &self,
        state: &State,
        id: u64,
        event: &Value,
        needed: u64,
    ) -> Result<(), Failure> {
        let mut wrong = Wrong::default();
        let kind = event["entity_type"].as_u64().unwrap_or(EXTERNAL);
        let channel = objects::snowflake(&event["channel_id"]);
        let required = "This field is required";
        let mut need = |field: &str| wrong.note(field, "BASE_TYPE_REQUIRED", required);
        if kind == EXTERNAL {
            if event["entity_metadata"]["location"].is_null() {
                need("entity_metadata.location");
            }
            if event["scheduled_end_time"].is_null() {
                need("scheduled_end_time");
            }
        } else if channel.is_none() {
            need("channel_id");
        }
        if kind == EXTERNAL && channel.is_some() {
            let message = "An external event has no channel.";
            wrong.note("channel_id", "BASE_TYPE_CHOICES", message);
        }
        let moment = |field: &str| event[field].as_str().and_then(ids::read_iso);
        let (start, end) = (moment("scheduled_start_time"), moment("scheduled_end_time"));
        if end.is_some_and(|end| start.is_some_and(|start| end <= start)) {
            let message = "The end has to be after the start.";
            let code = "GUILD_SCHEDULED_EVENT_END_BEFORE_START";
            wrong.note("scheduled_end_time", code, message);
        }
        recurrence::check(&event["recurrence_rule"], &mut wrong);
        wrong.refuse()?;
        let bits = match kind {
            STAGE => needed | MANAGE_CHANNELS | MUTE_MEMBERS | MOVE_MEMBERS,
            VOICE => needed | VIEW_CHANNEL | CONNECT,
            _ => needed,
        };
        let Some(channel) = channel else {
            return self.may_in_guild(state, id, bits);
        };
        let wanted = if kind == STAGE { 13 } else { 2 };
        self.require_kind(state, id, channel, &[wanted])?;
        let held = state.world.permissions_in(channel, state.actor());
        let may = held & bits == bits;
        may.then_some(()).ok_or_else(Failure::missing_permissions)
    }

    /// Adds an event, which gets its id here: `GUILD_SCHEDULED_EVENT_CREATE`.
    pub(crate) fn create_event(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        event: Value,
    ) -> Value {
        let (id, mut event) = (self.next_id(state), event);
        event["id"] = Value::from(id.to_string());
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.scheduled_events.insert(id, event.clone());
        }
        self.tell_event(state, "GUILD_SCHEDULED_EVENT_CREATE", guild, &event);
        let entry = Entry::created(id, &event, AUDITED);
        self.audit(state, guild, by, Action::ScheduledEventCreate, entry);
        event
    }

    /// Puts an event in the place of the one of its id: `GUILD_SCHEDULED_EVENT_UPDATE`. Whether
    /// anything changed.
    pub(crate) fn update_event(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        event: &Value,
    ) -> bool {
        let id = objects::id(event);
        let found = state.world.guilds.get_mut(&guild);
        let kept = found.and_then(|found| found.scheduled_events.get_mut(&id));
        let Some(kept) = kept.filter(|kept| **kept != *event) else {
            return false;
        };
        let old = std::mem::replace(kept, event.clone());
        self.tell_event(state, "GUILD_SCHEDULED_EVENT_UPDATE", guild, event);
        let entry = Entry::changed(id, &old, event, AUDITED);
        self.audit(state, guild, by, Action::ScheduledEventUpdate, entry);
        true
    }

    /// Takes an event away: `GUILD_SCHEDULED_EVENT_DELETE`. Whether it was there.
    pub(crate) fn delete_event(&self, state: &mut State, guild: u64, by: &By, event: u64) -> bool {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return false;
        };
        found.event_users.remove(&event);
        let Some(old) = found.scheduled_events.remove(&event) else {
            return false;
        };
        self.tell_event(state, "GUILD_SCHEDULED_EVENT_DELETE", guild, &old);
        let entry = Entry::deleted(event, &old, AUDITED);
        self.audit(state, guild, by, Action::ScheduledEventDelete, entry);
        true
    }

    fn tell_event(&self, state: &mut State, name: &str, guild: u64, event: &Value) {
        let happening = Happening::new(name, Some(guild), event.clone());
        self.dispatch(state, &happening);
    }
}

const EVENT: &str = "guild_scheduled_event_id";

/// Whether an event is to come or goes on.
fn is_open(event: &Value) -> bool {
    event["status"] == SCHEDULED || event["status"] == ACTIVE
}

fn counted_event(state: &State, guild: u64, event: &Value, counted: bool) -> Value {
    let mut event = event.clone();
    if counted {
        let found = state.world.guilds.get(&guild);
        let users = found.and_then(|found| found.event_users.get(&objects::id(&event)));
        event["user_count"] = Value::from(users.map_or(0, std::collections::BTreeSet::len));
    }
    event
}

fn event(state: &State, guild_id: u64, id: u64) -> Result<&Value, Failure> {
    let event = guild(state, guild_id)?.scheduled_events.get(&id);
    event.ok_or_else(unknown_event)
}

fn unknown_event() -> Failure {
    Failure::new(404, 10_070, "Unknown Guild Scheduled Event")
}
