//! What a community shows newcomers: the welcome screen and onboarding; and what it shuts in a raid.

use serde_json::{Value, json};

use super::{guild, has_feature};
use crate::core::{Core, State};
use crate::ids;
use crate::rest::audit::{Action, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{MANAGE_GUILD, MANAGE_ROLES, SEND_MESSAGES, VIEW_CHANNEL};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/welcome-screen", Core::get_welcome),
    Route::patch("/guilds/{guild_id}/welcome-screen", Core::modify_welcome),
    Route::get("/guilds/{guild_id}/onboarding", Core::get_onboarding),
    Route::put("/guilds/{guild_id}/onboarding", Core::put_onboarding),
    Route::put("/guilds/{guild_id}/incident-actions", Core::put_incidents),
];

const ENABLED: &str = "WELCOME_SCREEN_ENABLED";
const DAY_MS: u64 = 86_400_000;

const CHANNEL: &[Field] = &[
    Field::id("channel_id").required(),
    Field::text("description", 1, 50).required(),
    Field::id("emoji_id").or_null(),
    Field::text("emoji_name", 0, 100).or_null(),
];

const WELCOME: &[Field] = &[
    Field::boolean("enabled").or_null(),
    Field::list("welcome_channels", 5, CHANNEL).or_null(),
    Field::text("description", 0, 140).or_null(),
];

const EMOJI: &[Field] = &[
    Field::id("id").or_null(),
    Field::text("name", 0, 100).or_null(),
    Field::boolean("animated").or_null(),
];

const OPTION: &[Field] = &[
    Field::id("id"),
    Field::ids("channel_ids", 50),
    Field::ids("role_ids", 50),
    Field::object("emoji", EMOJI).or_null(),
    Field::id("emoji_id").or_null(),
    Field::text("emoji_name", 0, 100).or_null(),
    Field::boolean("emoji_animated").or_null(),
    Field::text("title", 1, 50).required(),
    Field::text("description", 0, 100).or_null(),
];

const PROMPT: &[Field] = &[
    Field::id("id"),
    Field::choice("type", &[0, 1]),
    Field::list("options", 50, OPTION).required(),
    Field::text("title", 1, 100).required(),
    Field::boolean("single_select"),
    Field::boolean("required"),
    Field::boolean("in_onboarding"),
];

const ONBOARDING: &[Field] = &[
    Field::list("prompts", 15, PROMPT),
    Field::ids("default_channel_ids", 500),
    Field::boolean("enabled"),
    Field::choice("mode", &[0, 1]),
];

const INCIDENTS: &[Field] = &[
    Field::time("invites_disabled_until").or_null(),
    Field::time("dms_disabled_until").or_null(),
];

impl Core {
    /// For everybody once it is on, before only for those who may change it.
    fn get_welcome(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let found = guild(state, id)?;
        let on = has_feature(found, ENABLED) || self.may_in_guild(state, id, MANAGE_GUILD).is_ok();
        if !on || found.welcome_screen.is_null() {
            return Err(Failure::new(404, 10_069, "Unknown Guild Welcome Screen"));
        }
        Ok(Reply::ok(found.welcome_screen.clone()))
    }

    fn modify_welcome(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        require_community(state, id)?;
        let given = Value::Object(form::read(&call.body, WELCOME)?);
        let channels = given["welcome_channels"].as_array().into_iter().flatten();
        let mut shown = Vec::new();
        for channel in channels {
            let place = objects::snowflake(&channel["channel_id"]).unwrap_or(0);
            self.require_kind(state, id, place, &[0, 5, 15, 16])?;
            shown.push(json!({
                "channel_id": channel["channel_id"],
                "description": channel["description"],
                "emoji_id": channel["emoji_id"],
                "emoji_name": channel["emoji_name"],
            }));
        }
        let found = guild(state, id)?;
        let mut screen = match &found.welcome_screen {
            Value::Null => json!({ "description": null, "welcome_channels": [] }),
            screen => screen.clone(),
        };
        if given["welcome_channels"].is_array() {
            screen["welcome_channels"] = Value::Array(shown);
        }
        if let Some(description) = given.get("description") {
            screen["description"] = description.clone();
        }
        let mut features = found.object["features"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        if let Some(enabled) = given["enabled"].as_bool() {
            features.retain(|feature| feature != ENABLED);
            if enabled {
                features.push(Value::from(ENABLED));
            }
        }
        if let Some(found) = state.world.guilds.get_mut(&id) {
            found.welcome_screen = screen.clone();
        }
        let by = call.by(state);
        let features = [("features".to_owned(), Value::Array(features))];
        self.update_guild(state, id, &by, features.into_iter().collect());
        Ok(Reply::ok(screen))
    }

    fn get_onboarding(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        Ok(Reply::ok(onboarding(state, id)?))
    }

    fn put_onboarding(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD | MANAGE_ROLES)?;
        require_community(state, id)?;
        let given = form::read(&call.body, ONBOARDING)?;
        let old = onboarding(state, id)?;
        let mut new = old.clone();
        for (field, value) in given {
            new[&field] = if field == "prompts" {
                self.prompts(state, &value)
            } else {
                value
            };
        }
        for channel in ids_in(&new["default_channel_ids"]) {
            let known = state.world.guild_of(channel) == Some(id);
            known.then_some(()).ok_or_else(Failure::unknown_channel)?;
        }
        if new["enabled"] == true && !self.can_onboard(state, id, &new) {
            let (code, message) = if old["enabled"] == true {
                (350_002, "Cannot update onboarding while below requirements")
            } else {
                (
                    350_001,
                    "Cannot enable onboarding, requirements are not met",
                )
            };
            return Err(Failure::new(400, code, message));
        }
        if let Some(found) = state.world.guilds.get_mut(&id) {
            found.onboarding = new.clone();
        }
        let by = call.by(state);
        let fields = ["default_channel_ids", "enabled", "mode", "prompts"];
        let entry = Entry::changed(id, &old, &new, &fields);
        if !entry.is_empty() {
            self.audit(state, id, &by, Action::OnboardingUpdate, entry);
        }
        Ok(Reply::ok(new))
    }

    /// Prompts in full; new ones and new options get their ids here.
    fn prompts(&self, state: &mut State, given: &Value) -> Value {
        let mut prompts = Vec::new();
        for prompt in given.as_array().into_iter().flatten() {
            let mut options = Vec::new();
            for option in prompt["options"].as_array().into_iter().flatten() {
                let emoji = if option["emoji"].is_object() {
                    option["emoji"].clone()
                } else {
                    json!({
                        "id": option["emoji_id"],
                        "name": option["emoji_name"],
                        "animated": option["emoji_animated"] == true,
                    })
                };
                options.push(json!({
                    "id": self.kept_id(state, option),
                    "channel_ids": option["channel_ids"].as_array().cloned().unwrap_or_default(),
                    "role_ids": option["role_ids"].as_array().cloned().unwrap_or_default(),
                    "emoji": emoji,
                    "title": option["title"],
                    "description": option["description"],
                }));
            }
            prompts.push(json!({
                "id": self.kept_id(state, prompt),
                "type": prompt["type"].as_u64().unwrap_or(0),
                "options": options,
                "title": prompt["title"],
                "single_select": prompt["single_select"] == true,
                "required": prompt["required"] == true,
                "in_onboarding": prompt["in_onboarding"] == true,
            }));
        }
        Value::Array(prompts)
    }

    /// The id an object came with, or a new one: clients write small numbers for what is new.
    fn kept_id(&self, state: &mut State, object: &Value) -> String {
        let given = objects::snowflake(&object["id"]).filter(|id| *id >> 22 != 0);
        given.unwrap_or_else(|| self.next_id(state)).to_string()
    }

    /// Seven channels that `@everyone` sees, five of which they may write in. In the advanced mode
    /// those of the prompts count, too.
    fn can_onboard(&self, state: &State, id: u64, onboarding: &Value) -> bool {
        let mut channels: Vec<u64> = ids_in(&onboarding["default_channel_ids"]).collect();
        if onboarding["mode"] == 1 {
            let prompts = onboarding["prompts"].as_array().into_iter().flatten();
            let options = prompts
                .filter_map(|prompt| prompt["options"].as_array())
                .flatten();
            channels.extend(options.flat_map(|option| ids_in(&option["channel_ids"])));
        }
        channels.sort_unstable();
        channels.dedup();
        let Some(found) = state.world.guilds.get(&id) else {
            return false;
        };
        let everyone = found.roles.get(&id);
        let base = everyone.and_then(|role| objects::snowflake(&role["permissions"]));
        let may = |channel: &u64, bits: u64| {
            let Some(channel) = found.channels.get(channel) else {
                return false;
            };
            let overwrites = channel["permission_overwrites"].as_array();
            let mut overwrites = overwrites.into_iter().flatten();
            let own = overwrites.find(|it| objects::id(it) == id);
            let of = |field: &str| {
                own.and_then(|it| objects::snowflake(&it[field]))
                    .unwrap_or(0)
            };
            (base.unwrap_or(0) & !of("deny") | of("allow")) & bits == bits
        };
        let seen = channels.iter().filter(|it| may(it, VIEW_CHANNEL)).count();
        let written = channels
            .iter()
            .filter(|it| may(it, VIEW_CHANNEL | SEND_MESSAGES))
            .count();
        seen >= 7 && written >= 5
    }

    fn put_incidents(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let given = form::read(&call.body, INCIDENTS)?;
        let latest = self.clock.now_ms() + DAY_MS;
        for (field, until) in &given {
            let until = until.as_str().and_then(ids::read_iso);
            if until.is_some_and(|until| until > latest) {
                let message = "The time may be at most 24 hours in the future.";
                return Err(Failure::invalid(field, "DATE_TIME_TYPE_MAX", message));
            }
        }
        let mut incidents = match &guild(state, id)?.object["incidents_data"] {
            Value::Null => json!({
                "invites_disabled_until": null,
                "dms_disabled_until": null,
                "dm_spam_detected_at": null,
                "raid_detected_at": null,
            }),
            incidents => incidents.clone(),
        };
        for (field, until) in given {
            incidents[field] = until;
        }
        let by = call.by(state);
        let changed = [("incidents_data".to_owned(), incidents.clone())];
        self.update_guild(state, id, &by, changed.into_iter().collect());
        Ok(Reply::ok(incidents))
    }
}

fn require_community(state: &State, id: u64) -> Result<(), Failure> {
    if has_feature(guild(state, id)?, "COMMUNITY") {
        return Ok(());
    }
    Err(Failure::missing_permissions())
}

/// A guild's onboarding; one that nobody has set is off and empty.
fn onboarding(state: &State, id: u64) -> Result<Value, Failure> {
    Ok(match &guild(state, id)?.onboarding {
        Value::Null => json!({
            "guild_id": id.to_string(),
            "prompts": [],
            "default_channel_ids": [],
            "enabled": false,
            "mode": 0,
        }),
        set => set.clone(),
    })
}

fn ids_in(list: &Value) -> impl Iterator<Item = u64> + '_ {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(objects::snowflake)
}
