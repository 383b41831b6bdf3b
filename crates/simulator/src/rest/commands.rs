//! Application commands, global and of guilds.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::world::objects;

pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/applications/{application_id}/commands",
        Core::list_commands,
    ),
    Route::put(
        "/applications/{application_id}/commands",
        Core::set_commands,
    ),
    Route::post(
        "/applications/{application_id}/commands",
        Core::create_command,
    ),
    Route::get(
        "/applications/{application_id}/commands/{command_id}",
        Core::get_command,
    ),
    Route::delete(
        "/applications/{application_id}/commands/{command_id}",
        Core::delete_command,
    ),
    Route::get(
        "/applications/{application_id}/guilds/{guild_id}/commands",
        Core::list_commands,
    ),
    Route::put(
        "/applications/{application_id}/guilds/{guild_id}/commands",
        Core::set_commands,
    ),
    Route::post(
        "/applications/{application_id}/guilds/{guild_id}/commands",
        Core::create_command,
    ),
    Route::get(
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        Core::get_command,
    ),
    Route::delete(
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        Core::delete_command,
    ),
];

/// Registered commands, by scope: `None` is global.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    scopes: BTreeMap<Option<u64>, Vec<Value>>,
}

impl Commands {
    pub(crate) fn of(&self, scope: Option<u64>) -> &[Value] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The command of that name and type somebody in this guild would run.
    pub(crate) fn find(&self, guild: Option<u64>, name: &str, kind: u8) -> Option<&Value> {
        let named = |command: &&Value| command["name"] == name && command["type"] == kind;
        let own = guild.and_then(|_| self.of(guild).iter().find(named));
        own.or_else(|| self.of(None).iter().find(named))
    }
}

impl Core {
    fn list_commands(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let kept = state.commands.of(scope).to_vec();
        Ok(Reply::ok(Value::Array(kept)))
    }

    fn get_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let at = position(state, scope, call)?;
        let command = state.commands.of(scope).get(at).cloned();
        Ok(Reply::ok(command.unwrap_or_default()))
    }

    /// Replaces all commands of a scope.
    fn set_commands(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let asked = call.body.as_array();
        let asked = asked.ok_or_else(|| Failure::required("body"))?;
        for (at, command) in asked.iter().enumerate() {
            check(command, &format!("{at}."))?;
        }
        let kept = state.commands.of(scope).to_vec();
        let mut made = Vec::with_capacity(asked.len());
        for command in asked {
            made.push(self.register(state, scope, command, &kept));
        }
        state.commands.scopes.insert(scope, made.clone());
        Ok(Reply::ok(Value::Array(made)))
    }

    fn create_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        check(&call.body, "")?;
        let kept = state.commands.of(scope).to_vec();
        let made = self.register(state, scope, &call.body, &kept);
        let same = |kept: &&mut Value| objects::id(kept) == objects::id(&made);
        let list = state.commands.scopes.entry(scope).or_default();
        if let Some(known) = list.iter_mut().find(same) {
            *known = made.clone();
            return Ok(Reply::ok(made));
        }
        list.push(made.clone());
        Ok(Reply::created(made))
    }

    fn delete_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let at = position(state, scope, call)?;
        state.commands.scopes.entry(scope).or_default().remove(at);
        Ok(Reply::no_content())
    }

    /// A command as Discord gives it back; one of the same name and type keeps its id.
    fn register(
        &self,
        state: &mut State,
        scope: Option<u64>,
        asked: &Value,
        kept: &[Value],
    ) -> Value {
        let kind = asked["type"].as_u64().unwrap_or(1);
        let same = |c: &&Value| c["name"] == asked["name"] && c["type"] == kind;
        let version = self.next_id(state);
        let id = kept.iter().find(same).map_or(version, objects::id);
        let mut command = json!({
            "id": id.to_string(),
            "type": kind,
            "application_id": state.world.application.to_string(),
            "name": asked["name"],
            "name_localizations": asked["name_localizations"],
            "description": asked["description"].as_str().unwrap_or_default(),
            "description_localizations": asked["description_localizations"],
            "options": asked["options"].as_array().cloned().unwrap_or_default(),
            "default_member_permissions": asked["default_member_permissions"],
            "dm_permission": asked["dm_permission"].as_bool().unwrap_or(true),
            "nsfw": asked["nsfw"].as_bool().unwrap_or(false),
            "integration_types": [0],
            "contexts": asked["contexts"],
            "version": version.to_string(),
        });
        if asked["integration_types"].is_array() {
            command["integration_types"] = asked["integration_types"].clone();
        }
        if let Some(guild) = scope {
            command["guild_id"] = Value::from(guild.to_string());
        }
        command
    }
}

/// Where a route's commands are: everywhere, or in one guild.
fn scope(state: &State, call: &Call<'_>) -> Result<Option<u64>, Failure> {
    if call.id("application_id")? != state.world.application {
        return Err(Failure::new(404, 10_002, "Unknown Application"));
    }
    if call.text("guild_id").is_empty() {
        return Ok(None);
    }
    let guild = call.id("guild_id")?;
    let known = state.world.guilds.contains_key(&guild);
    let refused = || Failure::new(403, 50_001, "Missing Access");
    known.then_some(Some(guild)).ok_or_else(refused)
}

/// Where in its scope the command of the path stands.
fn position(state: &State, scope: Option<u64>, call: &Call<'_>) -> Result<usize, Failure> {
    let id = call.id("command_id")?;
    let mut kept = state.commands.of(scope).iter();
    let found = kept.position(|command| objects::id(command) == id);
    found.ok_or_else(Failure::unknown_command)
}

/// Name and description, as Discord checks them.
fn check(command: &Value, path: &str) -> Result<(), Failure> {
    let field = |name: &str| format!("{path}{name}");
    let name = command["name"]
        .as_str()
        .ok_or_else(|| Failure::required(&field("name")))?;
    let slash = command["type"].as_u64().unwrap_or(1) == 1;
    let fits = |c: char| c.is_alphanumeric() && !c.is_uppercase() || matches!(c, '-' | '_' | '\'');
    if !(1..=32).contains(&name.chars().count()) || slash && !name.chars().all(fits) {
        let message = "Command name is invalid";
        return Err(Failure::invalid(
            &field("name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            message,
        ));
    }
    let description = command["description"].as_str().unwrap_or_default();
    if slash && !(1..=100).contains(&description.chars().count()) {
        let message = "Must be between 1 and 100 in length.";
        return Err(Failure::invalid(
            &field("description"),
            "BASE_TYPE_BAD_LENGTH",
            message,
        ));
    }
    Ok(())
}
