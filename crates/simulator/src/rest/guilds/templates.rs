//! Templates: a guild's roles and channels under a code, to make others like it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::permissions::MANAGE_GUILD;
use crate::world::{Guild, objects};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/templates/{code}", Core::find_template),
    Route::get("/guilds/{guild_id}/templates", Core::list_templates),
    Route::post("/guilds/{guild_id}/templates", Core::new_template),
    Route::put("/guilds/{guild_id}/templates/{code}", Core::sync_template),
    Route::patch("/guilds/{guild_id}/templates/{code}", Core::modify_template),
    Route::delete("/guilds/{guild_id}/templates/{code}", Core::drop_template),
];

const NEW: &[Field] = &[
    Field::text("name", 1, 100).required(),
    Field::text("description", 0, 120).or_null(),
];

const CHANGED: &[Field] = &[
    Field::text("name", 1, 100),
    Field::text("description", 0, 120).or_null(),
];

impl Core {
    /// Whatever guild it is of.
    fn find_template(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let found = state.world.template(call.text("code"));
        let (id, template) = found.ok_or_else(unknown_template)?;
        Ok(Reply::ok(with_state(guild(state, id)?, template)))
    }

    fn list_templates(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let found = guild(state, id)?;
        let templates = found.templates.values();
        Ok(Reply::ok(
            templates.map(|it| with_state(found, it)).collect(),
        ))
    }

    fn new_template(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        let found = guild(state, id)?;
        if !found.templates.is_empty() {
            return Err(Failure::new(400, 30_031, "Guild already has a template"));
        }
        let (snapshot, now) = (snapshot(found), self.clock.now_iso());
        let creator = state.actor();
        let code = code(self.next_id(state));
        let template = json!({
            "code": code,
            "name": given["name"],
            "description": given["description"],
            "usage_count": 0,
            "creator_id": creator.to_string(),
            "creator": state.world.user(creator),
            "created_at": now,
            "updated_at": now,
            "source_guild_id": id.to_string(),
            "serialized_source_guild": snapshot,
            "is_dirty": null,
        });
        if let Some(found) = state.world.guilds.get_mut(&id) {
            found.templates.insert(code, template.clone());
        }
        Ok(Reply::ok(template))
    }

    /// Takes the guild as it is now.
    fn sync_template(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let now = self.clock.now_iso();
        self.change_template(state, call, |template| {
            template["updated_at"] = Value::from(now);
        })?;
        let snapshot = snapshot(guild(state, id)?);
        self.change_template(state, call, |template| {
            template["serialized_source_guild"] = snapshot;
        })
    }

    fn modify_template(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let given = form::read(&call.body, CHANGED)?;
        self.change_template(state, call, |template| {
            for (field, value) in given {
                template[field] = value;
            }
        })
    }

    fn change_template(
        &self,
        state: &mut State,
        call: &Call<'_>,
        change: impl FnOnce(&mut Value),
    ) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let found = state.world.guilds.get_mut(&id);
        let found = found.ok_or_else(Failure::unknown_guild)?;
        let template = found.templates.get_mut(call.text("code"));
        let template = template.ok_or_else(unknown_template)?;
        change(template);
        let template = template.clone();
        Ok(Reply::ok(with_state(found, &template)))
    }

    fn drop_template(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let found = state.world.guilds.get_mut(&id);
        let found = found.ok_or_else(Failure::unknown_guild)?;
        let template = found.templates.remove(call.text("code"));
        let template = template.ok_or_else(unknown_template)?;
        Ok(Reply::ok(with_state(found, &template)))
    }
}

/// A template as it is told: with whether the guild has changed since.
fn with_state(guild: &Guild, template: &Value) -> Value {
    let mut template = template.clone();
    let dirty = template["serialized_source_guild"] != snapshot(guild);
    template["is_dirty"] = dirty.then_some(true).into();
    template
}

/// What a template keeps of a guild: ids are numbers from zero, `@everyone` is 0.
fn snapshot(guild: &Guild) -> Value {
    let numbered = |ids: Vec<u64>| -> BTreeMap<u64, usize> {
        let ids = ids.into_iter().enumerate();
        ids.map(|(number, id)| (id, number)).collect()
    };
    let plain = guild
        .roles
        .iter()
        .filter(|(_, role)| role["managed"] != true);
    let roles = numbered(plain.clone().map(|(id, _)| *id).collect());
    // Channels begin with 1, so that none is taken for none.
    let channels = [0].into_iter().chain(guild.channels.keys().copied());
    let channels = numbered(channels.collect());
    let channel = |id: &Value| {
        objects::snowflake(id)
            .and_then(|id| channels.get(&id))
            .copied()
    };
    let told_roles: Vec<Value> = plain
        .map(|(id, role)| {
            let mut told = json!({ "id": roles.get(id) });
            for field in ["name", "permissions", "color", "hoist", "mentionable"] {
                told[field] = role[field].clone();
            }
            told
        })
        .collect();
    let told_channels = guild.channels.iter().map(|(id, object)| {
        let overwrites = object["permission_overwrites"]
            .as_array()
            .into_iter()
            .flatten();
        // Members are in no template.
        let overwrites = overwrites.filter_map(|it| {
            let role = roles.get(&objects::id(it))?;
            Some(json!({ "id": role, "type": 0, "allow": it["allow"], "deny": it["deny"] }))
        });
        json!({
            "id": channels.get(id),
            "type": object["type"],
            "name": object["name"],
            "position": object["position"],
            "topic": object["topic"],
            "bitrate": object["bitrate"].as_u64().unwrap_or(64_000),
            "user_limit": object["user_limit"].as_u64().unwrap_or(0),
            "nsfw": object["nsfw"] == true,
            "rate_limit_per_user": object["rate_limit_per_user"].as_u64().unwrap_or(0),
            "parent_id": channel(&object["parent_id"]),
            "permission_overwrites": overwrites.collect::<Vec<_>>(),
        })
    });
    let object = &guild.object;
    json!({
        "name": object["name"],
        "description": object["description"],
        "region": object["region"],
        "verification_level": object["verification_level"],
        "default_message_notifications": object["default_message_notifications"],
        "explicit_content_filter": object["explicit_content_filter"],
        "preferred_locale": object["preferred_locale"],
        "afk_timeout": object["afk_timeout"],
        "roles": told_roles,
        "channels": told_channels.collect::<Vec<_>>(),
        "afk_channel_id": channel(&object["afk_channel_id"]),
        "system_channel_id": channel(&object["system_channel_id"]),
        "system_channel_flags": object["system_channel_flags"],
    })
}

/// A code of twelve letters and digits.
fn code(id: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut left = u128::from(id) << 7 | 1 << 71;
    let mut code = String::new();
    for _ in 0..12 {
        let digit = usize::try_from(left % 62).unwrap_or(0);
        code.extend(DIGITS.get(digit).map(|digit| char::from(*digit)));
        left /= 62;
    }
    code
}

fn unknown_template() -> Failure {
    Failure::new(404, 10_057, "Unknown guild template")
}
