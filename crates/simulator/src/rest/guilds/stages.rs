//! Stage instances: what is spoken about in a stage channel.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{
    MANAGE_CHANNELS, MENTION_EVERYONE, MOVE_MEMBERS, MUTE_MEMBERS, VIEW_CHANNEL,
};

pub(super) const ROUTES: &[Route] = &[
    Route::post("/stage-instances", Core::new_stage),
    Route::get("/stage-instances/{channel_id}", Core::get_stage),
    Route::patch("/stage-instances/{channel_id}", Core::modify_stage),
    Route::delete("/stage-instances/{channel_id}", Core::drop_stage),
];

const NEW: &[Field] = &[
    Field::id("channel_id").required(),
    Field::text("topic", 1, 120).required(),
    Field::choice("privacy_level", &[1, 2]),
    Field::boolean("send_start_notification"),
    Field::id("guild_scheduled_event_id").or_null(),
];

const CHANGED: &[Field] = &[
    Field::text("topic", 1, 120),
    Field::choice("privacy_level", &[1, 2]),
];

const AUDITED: &[&str] = &["topic", "privacy_level"];

impl Core {
    fn new_stage(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let given = Value::Object(form::read(&call.body, NEW)?);
        let channel = objects::snowflake(&given["channel_id"]).unwrap_or(0);
        let guild = state
            .world
            .guild_of(channel)
            .ok_or_else(Failure::unknown_channel)?;
        self.require_kind(state, guild, channel, &[13])?;
        let mut needed = MODERATOR;
        if given["send_start_notification"] == true {
            needed |= MENTION_EVERYONE;
        }
        self.may(state, channel, needed)?;
        if stage(state, channel).is_ok() {
            return Err(Failure::new(400, 150_006, "The Stage is already open"));
        }
        let event = objects::snowflake(&given["guild_scheduled_event_id"]);
        let event = event.map(|event| {
            let found = state.world.guilds.get(&guild);
            let found = found.and_then(|found| found.scheduled_events.get(&event));
            found
                .cloned()
                .ok_or_else(|| Failure::new(404, 10_070, "Unknown Guild Scheduled Event"))
        });
        let event = event.transpose()?;
        let by = call.by(state);
        let instance = json!({
            "id": self.next_id(state).to_string(),
            "guild_id": guild.to_string(),
            "channel_id": channel.to_string(),
            "topic": given["topic"],
            "privacy_level": given["privacy_level"].as_u64().unwrap_or(2),
            "discoverable_disabled": false,
            "guild_scheduled_event_id": event.as_ref().map(|event| event["id"].clone()),
        });
        self.open_stage(state, &by, instance.clone());
        if let Some(mut event) = event.filter(|event| event["status"] == 1) {
            event["status"] = Value::from(2);
            event["entity_id"] = instance["id"].clone();
            self.update_event(state, guild, &by, &event);
        }
        Ok(Reply::ok(instance))
    }

    fn get_stage(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.id("channel_id")?;
        let instance = stage(state, channel)?;
        if state.world.permissions_in(channel, state.actor()) & VIEW_CHANNEL == 0 {
            return Err(Failure::missing_access());
        }
        Ok(Reply::ok(instance.clone()))
    }

    fn modify_stage(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.id("channel_id")?;
        let mut new = stage(state, channel)?.clone();
        self.may(state, channel, MODERATOR)?;
        for (field, value) in form::read(&call.body, CHANGED)? {
            new[field] = value;
        }
        let by = call.by(state);
        self.update_stage(state, &by, new.clone());
        Ok(Reply::ok(new))
    }

    fn drop_stage(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.id("channel_id")?;
        stage(state, channel)?;
        self.may(state, channel, MODERATOR)?;
        let by = call.by(state);
        self.close_stage(state, &by, channel);
        Ok(Reply::no_content())
    }

    /// Starts a stage: `STAGE_INSTANCE_CREATE`.
    pub(crate) fn open_stage(&self, state: &mut State, by: &By, instance: Value) {
        let (id, guild) = (objects::id(&instance), guild_of(&instance));
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.stage_instances.insert(id, instance.clone());
        }
        let entry = Entry::created(id, &instance, AUDITED).options(place(&instance));
        let name = "STAGE_INSTANCE_CREATE";
        self.dispatch(state, &Happening::new(name, Some(guild), instance));
        self.audit(state, guild, by, Action::StageInstanceCreate, entry);
    }

    /// Puts a stage in the place of the one of its id: `STAGE_INSTANCE_UPDATE`. Whether anything
    /// changed.
    pub(crate) fn update_stage(&self, state: &mut State, by: &By, instance: Value) -> bool {
        let (id, guild) = (objects::id(&instance), guild_of(&instance));
        let found = state.world.guilds.get_mut(&guild);
        let kept = found.and_then(|found| found.stage_instances.get_mut(&id));
        let Some(kept) = kept.filter(|kept| **kept != instance) else {
            return false;
        };
        let old = std::mem::replace(kept, instance.clone());
        let entry = Entry::changed(id, &old, &instance, AUDITED).options(place(&instance));
        let name = "STAGE_INSTANCE_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), instance));
        self.audit(state, guild, by, Action::StageInstanceUpdate, entry);
        true
    }

    /// Ends the stage in a channel: `STAGE_INSTANCE_DELETE`. Whether there was one.
    pub(crate) fn close_stage(&self, state: &mut State, by: &By, channel: u64) -> bool {
        let Ok(old) = stage(state, channel).cloned() else {
            return false;
        };
        let (id, guild) = (objects::id(&old), guild_of(&old));
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.stage_instances.remove(&id);
        }
        let entry = Entry::deleted(id, &old, AUDITED).options(place(&old));
        let name = "STAGE_INSTANCE_DELETE";
        self.dispatch(state, &Happening::new(name, Some(guild), old));
        self.audit(state, guild, by, Action::StageInstanceDelete, entry);
        true
    }
}

/// What makes a moderator of a stage.
const MODERATOR: u64 = MANAGE_CHANNELS | MUTE_MEMBERS | MOVE_MEMBERS;

fn place(instance: &Value) -> Value {
    json!({ "channel_id": instance["channel_id"] })
}

fn guild_of(instance: &Value) -> u64 {
    objects::snowflake(&instance["guild_id"]).unwrap_or(0)
}

/// The stage instance of a channel.
fn stage(state: &State, channel: u64) -> Result<&Value, Failure> {
    let guild = state
        .world
        .guild_of(channel)
        .ok_or_else(Failure::unknown_channel)?;
    let stages = super::guild(state, guild)?.stage_instances.values();
    let mut stages = stages.filter(|it| objects::snowflake(&it["channel_id"]) == Some(channel));
    let instance = stages.next();
    instance.ok_or_else(|| Failure::new(404, 10_067, "Unknown Stage Instance"))
}
