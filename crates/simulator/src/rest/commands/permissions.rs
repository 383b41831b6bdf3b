//! Which members, roles and channels of a guild may use a command.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Commands, own_application, own_guild};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::Wrong;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::Call;
use crate::world::objects;
use crate::world::permissions::{MANAGE_GUILD, MANAGE_ROLES};

/// What a token needs to change them.
const SCOPE: &str = "applications.commands.permissions.update";
/// Members, roles and channels a command has permissions for.
const MOST: usize = 100;

impl Commands {
    /// What a guild allows whom: one entry per command with permissions of its own.
    fn permissions_in(&self, guild: u64) -> Value {
        let kept = self.permissions.range((guild, 0)..=(guild, u64::MAX));
        kept.map(|(_, permissions)| permissions.clone()).collect()
    }

    /// What a guild decided of who may use a command, or, by the application's id, any of its commands:
    /// first by the channel, then by who asks. `None` if it says nothing of them.
    pub(crate) fn decided(
        &self,
        guild: u64,
        id: u64,
        channel: u64,
        user: (u64, &[u64]),
    ) -> (Option<bool>, Option<bool>) {
        let list = self.permissions.get(&(guild, id));
        let list = list.and_then(|list| list["permissions"].as_array());
        let list = list.map_or(&[][..], Vec::as_slice);
        let of = |kind: u64, whom: u64| {
            let mut named = list.iter();
            let found = named.find(|it| it["type"] == kind && objects::id(it) == whom);
            found.map(|it| it["permission"] == true)
        };
        let (user, roles) = user;
        // One below the guild's own id stands for all of its channels.
        let here = of(3, channel).or_else(|| of(3, guild.saturating_sub(1)));
        let by_role = || {
            let decided: Vec<bool> = roles.iter().filter_map(|role| of(1, *role)).collect();
            (!decided.is_empty()).then(|| decided.contains(&true))
        };
        let theirs = of(2, user).or_else(by_role).or_else(|| of(1, guild));
        (here, theirs)
    }

    /// After commands of a scope went.
    pub(super) fn forget_permissions(&mut self, scope: Option<u64>, left: &[Value]) {
        if let Some(scope) = scope {
            let global = self.of(None).to_vec();
            let there = |id: u64| left.iter().chain(&global).any(|c| objects::id(c) == id);
            self.permissions.retain(|(guild, id), kept| {
                *guild != scope || kept["application_id"] == kept["id"] || there(*id)
            });
        }
    }
}

impl Core {
    pub(super) fn list_command_permissions(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        call.caller.may(SCOPE)?;
        own_application(state, call)?;
        let guild = own_guild(state, call)?;
        Ok(Reply::ok(state.commands.permissions_in(guild)))
    }

    pub(super) fn get_command_permissions(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        call.caller.may(SCOPE)?;
        let (guild, command) = named(state, call)?;
        let found = state.commands.permissions.get(&(guild, command)).cloned();
        let unknown = || Failure::new(404, 10_066, "Unknown application command permissions");
        found.map(Reply::ok).ok_or_else(unknown)
    }

    /// Only users change what a command is allowed: bots are refused.
    pub(super) fn set_command_permissions(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = call.caller.user_with(SCOPE)?;
        let (guild, command) = named(state, call)?;
        if state.world.member(guild, user).is_none() {
            return Err(Failure::missing_access());
        }
        let needed = MANAGE_GUILD | MANAGE_ROLES;
        if state.world.permissions(guild, user) & needed != needed {
            return Err(Failure::missing_permissions());
        }
        let permissions = checked(&call.body)?;
        let told = json!({
            "id": command.to_string(),
            "application_id": state.world.application.to_string(),
            "guild_id": guild.to_string(),
            "permissions": permissions,
        });
        let kept = &mut state.commands.permissions;
        let old = kept.insert((guild, command), told.clone());
        let entry = changes(command, &old.unwrap_or_default(), &told);
        let application = state.world.application.to_string();
        let entry = entry.options(json!({ "application_id": application }));
        let reason = call.reason.clone();
        let by = By { user, reason };
        self.audit(state, guild, &by, Action::CommandPermissionUpdate, entry);
        let name = "APPLICATION_COMMAND_PERMISSIONS_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), told.clone()));
        Ok(Reply::ok(told))
    }
}

/// What the audit log says of new permissions: a change for each role, member or channel, by its id.
fn changes(command: u64, old: &Value, new: &Value) -> Entry {
    let of = |state: &Value| -> BTreeMap<u64, Value> {
        let permissions = state["permissions"].as_array().into_iter().flatten();
        permissions
            .map(|it| (objects::id(it), it.clone()))
            .collect()
    };
    let (old, new) = (of(old), of(new));
    let whom: BTreeSet<u64> = old.keys().chain(new.keys()).copied().collect();
    let nothing = Value::Null;
    whom.into_iter().fold(Entry::of(command), |entry, id| {
        let (old, new) = (old.get(&id), new.get(&id));
        if old == new {
            return entry;
        }
        let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
        entry.change(&id.to_string(), old, new)
    })
}

/// The guild, and the command or the application, which stands for all of its commands.
fn named(state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
    own_application(state, call)?;
    let (guild, command) = (own_guild(state, call)?, call.id("command_id")?);
    let scopes = [Some(guild), None];
    let mut all = scopes
        .into_iter()
        .flat_map(|scope| state.commands.of(scope));
    let known = command == state.world.application || all.any(|c| objects::id(c) == command);
    known
        .then_some((guild, command))
        .ok_or_else(Failure::unknown_command)
}

fn checked(body: &Value) -> Result<Vec<Value>, Failure> {
    let Some(given) = body["permissions"].as_array() else {
        return Err(Failure::required("permissions"));
    };
    let mut wrong = Wrong::default();
    if given.len() > MOST {
        let message = "Must be 100 or fewer in length.";
        wrong.note("permissions", "BASE_TYPE_MAX_LENGTH", message);
    }
    let mut permissions = Vec::new();
    for (index, permission) in given.iter().enumerate() {
        let path = |field: &str| format!("permissions.{index}.{field}");
        let id = objects::snowflake(&permission["id"]);
        if id.is_none() {
            wrong.note(&path("id"), "BASE_TYPE_REQUIRED", "This field is required");
        }
        let kind = permission["type"]
            .as_u64()
            .filter(|kind| (1..=3).contains(kind));
        if kind.is_none() {
            let message = "Value must be one of {1, 2, 3}.";
            wrong.note(&path("type"), "BASE_TYPE_CHOICES", message);
        }
        let allowed = permission["permission"].as_bool();
        if allowed.is_none() {
            let message = "Must be either true or false.";
            wrong.note(&path("permission"), "BOOLEAN_TYPE_CONVERT", message);
        }
        permissions.push(json!({
            "id": id.map(|id| id.to_string()),
            "type": kind,
            "permission": allowed,
        }));
    }
    wrong.refuse()?;
    Ok(permissions)
}
