//! Permission overwrites of a channel.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::rest::access::{is_thread, other_type};
use crate::rest::audit::{Action, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::{objects, permissions};

pub(super) const ROUTES: &[Route] = &[
    Route::put(
        "/channels/{channel_id}/permissions/{overwrite_id}",
        Core::put_overwrite,
    ),
    Route::delete(
        "/channels/{channel_id}/permissions/{overwrite_id}",
        Core::drop_overwrite,
    ),
];

const OVERWRITE: &[Field] = &[
    Field::choice("type", &[0, 1]).required(),
    Field::bits("allow").or_null(),
    Field::bits("deny").or_null(),
];

impl Core {
    fn put_overwrite(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, channel) = self.to_overwrite(state, call)?;
        let target = call.id("overwrite_id")?;
        let given = Value::Object(form::read(&call.body, OVERWRITE)?);
        let known = state.world.guilds.get(&guild).is_some_and(|found| {
            if given["type"] == 0 {
                found.roles.contains_key(&target)
            } else {
                found.members.contains_key(&target)
            }
        });
        if !known {
            return Err(Failure::new(404, 10_009, "Unknown Overwrite"));
        }
        let bits = |field: &str| match &given[field] {
            Value::Null => Value::from("0"),
            bits => bits.clone(),
        };
        let new = json!({
            "id": target.to_string(),
            "type": given["type"],
            "allow": bits("allow"),
            "deny": bits("deny"),
        });
        self.check_overwrites(state, guild, Some(channel), &json!([new]))?;
        let mut object = state.world.channel(channel).cloned().unwrap_or_default();
        let mut old = Value::Null;
        if let Some(list) = object["permission_overwrites"].as_array_mut() {
            match list.iter_mut().find(|known| objects::id(known) == target) {
                Some(known) => old = std::mem::replace(known, new.clone()),
                None => list.push(new.clone()),
            }
        }
        if old != new {
            self.put_changed(state, guild, &object);
            let action = if old.is_null() {
                Action::OverwriteCreate
            } else {
                Action::OverwriteUpdate
            };
            let entry = Entry::changed(channel, &old, &new, &["id", "type", "allow", "deny"]);
            let by = call.by(state);
            let target = target_of(state, guild, &new);
            self.audit(state, guild, &by, action, entry.options(target));
        }
        Ok(Reply::no_content())
    }

    fn drop_overwrite(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, channel) = self.to_overwrite(state, call)?;
        let target = call.id("overwrite_id")?;
        let mut object = state.world.channel(channel).cloned().unwrap_or_default();
        let list = object["permission_overwrites"].as_array_mut();
        let at = list
            .as_ref()
            .and_then(|list| list.iter().position(|known| objects::id(known) == target));
        let Some((list, at)) = list.zip(at) else {
            return Err(Failure::new(404, 10_009, "Unknown Overwrite"));
        };
        let old = list.remove(at);
        self.put_changed(state, guild, &object);
        let entry = Entry::deleted(channel, &old, &["id", "type", "allow", "deny"]);
        let by = call.by(state);
        let entry = entry.options(target_of(state, guild, &old));
        self.audit(state, guild, &by, Action::OverwriteDelete, entry);
        Ok(Reply::no_content())
    }

    fn to_overwrite(&self, state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
        let channel = call.channel(state)?;
        let Some(guild) = state.world.guild_of(channel) else {
            return Err(crate::rest::messages::direct_message());
        };
        self.may(state, channel, permissions::MANAGE_ROLES)?;
        if state.world.channel(channel).is_some_and(is_thread) {
            return Err(other_type());
        }
        Ok((guild, channel))
    }
}

/// Whom an overwrite is about, as the audit log says it.
fn target_of(state: &State, guild: u64, overwrite: &Value) -> Value {
    let kind = overwrite["type"].as_u64().unwrap_or(0);
    let mut told = json!({ "id": overwrite["id"], "type": kind.to_string() });
    let found = state.world.guilds.get(&guild);
    let role = found.and_then(|found| found.roles.get(&objects::id(overwrite)));
    if let Some(role) = role.filter(|_| kind == 0) {
        told["role_name"] = role["name"].clone();
    }
    told
}
