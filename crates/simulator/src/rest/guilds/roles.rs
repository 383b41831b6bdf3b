//! Roles of a guild.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{guild, has_feature};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{ADMINISTRATOR, MANAGE_ROLES, Rank};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/roles", Core::list_roles),
    Route::post("/guilds/{guild_id}/roles", Core::new_role),
    Route::patch("/guilds/{guild_id}/roles", Core::move_roles),
    Route::get("/guilds/{guild_id}/roles/member-counts", Core::count_roles),
    Route::get("/guilds/{guild_id}/roles/{role_id}", Core::get_role),
    Route::patch("/guilds/{guild_id}/roles/{role_id}", Core::modify_role),
    Route::delete("/guilds/{guild_id}/roles/{role_id}", Core::drop_role),
];

/// Roles a guild may have, `@everyone` among them.
const MAX_ROLES: usize = 250;
const MAX_ICON: usize = 256 * 1024;
const MAX_COLOR: i64 = 0xff_ffff;

const COLORS: &[Field] = &[
    Field::integer("primary_color", 0, MAX_COLOR).required(),
    Field::integer("secondary_color", 0, MAX_COLOR).or_null(),
    Field::integer("tertiary_color", 0, MAX_COLOR).or_null(),
];

const ROLE: &[Field] = &[
    Field::text("name", 0, 100).or_null(),
    Field::bits("permissions").or_null(),
    Field::integer("color", 0, MAX_COLOR).or_null(),
    Field::object("colors", COLORS).or_null(),
    Field::boolean("hoist").or_null(),
    Field::image("icon", MAX_ICON).or_null(),
    Field::text("unicode_emoji", 1, 100).or_null(),
    Field::boolean("mentionable").or_null(),
];

const POSITION: &[Field] = &[
    Field::id("id").required(),
    Field::integer("position", 0, 1_000).or_null(),
];

/// What the audit log says of a role.
const AUDITED: &[&str] = &[
    "name",
    "permissions",
    "color",
    "colors",
    "hoist",
    "icon",
    "unicode_emoji",
    "mentionable",
    "position",
];

impl Core {
    fn list_roles(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let roles = guild(state, call.guild(state)?)?.roles.values();
        Ok(Reply::ok(roles.cloned().collect()))
    }

    fn get_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let role = role(state, call.guild(state)?, call.id("role_id")?)?;
        Ok(Reply::ok(role.clone()))
    }

    /// How many members have each role but `@everyone`.
    fn count_roles(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let found = guild(state, id)?;
        let roles = found.roles.keys().filter(|role| **role != id);
        let mut counts: BTreeMap<u64, u64> = roles.map(|role| (*role, 0)).collect();
        for role in found
            .members
            .values()
            .flat_map(|member| member.roles.iter())
        {
            counts.entry(*role).and_modify(|count| *count += 1);
        }
        let counts = counts.into_iter();
        let counts: Map<String, Value> = counts
            .map(|(role, count)| (role.to_string(), Value::from(count)))
            .collect();
        Ok(Reply::ok(Value::Object(counts)))
    }

    fn new_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_ROLES)?;
        let given = form::read(&call.body, ROLE)?;
        if guild(state, id)?.roles.len() >= MAX_ROLES {
            let message = "Maximum number of guild roles reached (250)";
            return Err(Failure::new(400, 30_005, message));
        }
        let everyone = bits_of(role(state, id, id)?);
        let mut new = objects::role(0, "new role", 1, everyone);
        apply(state, id, &mut new, given)?;
        self.require_held(state, id, 0, bits_of(&new))?;
        let by = call.by(state);
        Ok(Reply::ok(self.create_role(state, id, &by, new)))
    }

    fn modify_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, role_id) = (call.guild(state)?, call.id("role_id")?);
        let old = role(state, id, role_id)?.clone();
        self.may_in_guild(state, id, MANAGE_ROLES)?;
        if !state.world.outranks_role(id, state.actor(), role_id) {
            return Err(Failure::missing_permissions());
        }
        let given = form::read(&call.body, ROLE)?;
        let mut new = old.clone();
        apply(state, id, &mut new, given)?;
        self.require_held(state, id, bits_of(&old), bits_of(&new))?;
        let by = call.by(state);
        self.update_role(state, id, &by, &new);
        Ok(Reply::ok(new))
    }

    fn move_roles(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_ROLES)?;
        let mut moved = Vec::new();
        for wanted in form::read_list(&call.body, MAX_ROLES, POSITION)? {
            let wanted = Value::Object(wanted);
            let old = role(state, id, objects::id(&wanted))?;
            let Some(position) = wanted["position"].as_i64() else {
                continue;
            };
            let mut new = old.clone();
            new["position"] = Value::from(position);
            // Neither from above, nor to there.
            let there = Rank::Role(position, Reverse(objects::id(old)));
            let own = state.world.rank(id, state.actor());
            if own <= Some(there) || own <= state.world.rank_of_role(id, objects::id(old)) {
                return Err(Failure::missing_permissions());
            }
            if objects::id(old) == id {
                return Err(Failure::new(400, 50_028, "Invalid Role"));
            }
            moved.push(new);
        }
        let by = call.by(state);
        for new in moved {
            self.update_role(state, id, &by, &new);
        }
        let roles = guild(state, id)?.roles.values();
        Ok(Reply::ok(roles.cloned().collect()))
    }

    fn drop_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, role_id) = (call.guild(state)?, call.id("role_id")?);
        let found = role(state, id, role_id)?;
        self.may_in_guild(state, id, MANAGE_ROLES)?;
        if role_id == id || found["managed"] == true {
            return Err(Failure::new(400, 50_028, "Invalid Role"));
        }
        if !state.world.outranks_role(id, state.actor(), role_id) {
            return Err(Failure::missing_permissions());
        }
        let by = call.by(state);
        self.delete_role(state, id, &by, role_id);
        Ok(Reply::no_content())
    }

    /// Nobody gives or takes what they do not have.
    fn require_held(&self, state: &State, guild: u64, old: u64, new: u64) -> Result<(), Failure> {
        let held = state.world.permissions(guild, state.actor());
        let may = held & ADMINISTRATOR != 0 || (old ^ new) & !held == 0;
        may.then_some(()).ok_or_else(Failure::missing_permissions)
    }

    /// Adds a role, which gets its id here, and tells it: `GUILD_ROLE_CREATE`.
    pub(crate) fn create_role(&self, state: &mut State, guild: u64, by: &By, role: Value) -> Value {
        let (id, mut role) = (self.next_id(state), role);
        role["id"] = Value::from(id.to_string());
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.roles.insert(id, role.clone());
        }
        self.tell_role(state, "GUILD_ROLE_CREATE", guild, &role);
        let entry = Entry::created(id, &role, AUDITED);
        self.audit(state, guild, by, Action::RoleCreate, entry);
        role
    }

    /// Puts a role in the place of the one of its id, and tells it: `GUILD_ROLE_UPDATE`. Whether
    /// anything changed.
    pub(crate) fn update_role(&self, state: &mut State, guild: u64, by: &By, role: &Value) -> bool {
        let id = objects::id(role);
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return false;
        };
        let kept = found.roles.get_mut(&id);
        let Some(kept) = kept.filter(|kept| **kept != *role) else {
            return false;
        };
        let old = std::mem::replace(kept, role.clone());
        self.tell_role(state, "GUILD_ROLE_UPDATE", guild, role);
        let entry = Entry::changed(id, &old, role, AUDITED);
        self.audit(state, guild, by, Action::RoleUpdate, entry);
        true
    }

    /// Takes a role out of a guild, and from everyone who has it: `GUILD_ROLE_DELETE`, and what it
    /// changes of members and channels. Whether it was there.
    pub(crate) fn delete_role(&self, state: &mut State, guild: u64, by: &By, role: u64) -> bool {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return false;
        };
        let Some(old) = found.roles.remove(&role) else {
            return false;
        };
        let mut channels = Vec::new();
        for channel in found.channels.values_mut() {
            let Some(overwrites) = channel["permission_overwrites"].as_array_mut() else {
                continue;
            };
            let before = overwrites.len();
            overwrites.retain(|overwrite| objects::id(overwrite) != role);
            if overwrites.len() < before {
                channels.push(channel.clone());
            }
        }
        let mut members = Vec::new();
        for (user, member) in &mut found.members {
            if member.roles.contains(&role) {
                member.remove_role(role);
                members.push(*user);
            }
        }
        let data = json!({ "guild_id": guild.to_string(), "role_id": role.to_string() });
        self.dispatch(
            state,
            &Happening::new("GUILD_ROLE_DELETE", Some(guild), data),
        );
        for user in members {
            self.tell_member(state, guild, user);
        }
        for channel in channels {
            self.tell_channel(state, "CHANNEL_UPDATE", &channel);
        }
        let entry = Entry::deleted(role, &old, AUDITED);
        self.audit(state, guild, by, Action::RoleDelete, entry);
        true
    }

    fn tell_role(&self, state: &mut State, name: &str, guild: u64, role: &Value) {
        let data = json!({ "guild_id": guild.to_string(), "role": role });
        self.dispatch(state, &Happening::new(name, Some(guild), data));
    }
}

/// Sets what a form gave; `null` leaves all but icons as they are.
fn apply(
    state: &State,
    id: u64,
    role: &mut Value,
    given: Map<String, Value>,
) -> Result<(), Failure> {
    let found = guild(state, id)?;
    let icons = ["icon", "unicode_emoji"];
    let wants_icon = icons
        .iter()
        .any(|icon| given.get(*icon).is_some_and(Value::is_string));
    let wants_gradient = given.get("colors").is_some_and(|colors| {
        colors["secondary_color"].is_number() || colors["tertiary_color"].is_number()
    });
    if wants_icon && !has_feature(found, "ROLE_ICONS")
        || wants_gradient && !has_feature(found, "ENHANCED_ROLE_COLORS")
    {
        let message = "This server needs more boosts to perform this action";
        return Err(Failure::new(403, 50_101, message));
    }
    for (field, value) in given {
        match field.as_str() {
            "color" if !value.is_null() => {
                role["colors"] = json!({
                    "primary_color": value,
                    "secondary_color": null,
                    "tertiary_color": null,
                });
                role["color"] = value;
            }
            "colors" if !value.is_null() => {
                role["color"] = value["primary_color"].clone();
                role["colors"] = json!({
                    "primary_color": value["primary_color"],
                    "secondary_color": value["secondary_color"],
                    "tertiary_color": value["tertiary_color"],
                });
            }
            "icon" | "unicode_emoji" => role[field] = value,
            _ if value.is_null() => {}
            _ => role[field] = value,
        }
    }
    Ok(())
}

fn bits_of(role: &Value) -> u64 {
    objects::snowflake(&role["permissions"]).unwrap_or(0)
}

/// A role of a guild.
pub(super) fn role(state: &State, guild_id: u64, id: u64) -> Result<&Value, Failure> {
    let role = guild(state, guild_id)?.roles.get(&id);
    role.ok_or_else(Failure::unknown_role)
}
