//! Application commands, global and of guilds.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::reply::{Failure, Reply};
use super::{Call, number};
use crate::core::{Core, State};
use crate::world::objects;

/// Registered commands, by scope: `None` is global.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    scopes: BTreeMap<Option<u64>, Vec<Value>>,
}

impl Commands {
    pub(crate) fn of(&self, scope: Option<u64>) -> &[Value] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The slash command of that name somebody in this guild would run.
    pub(crate) fn find(&self, guild: Option<u64>, name: &str) -> Option<&Value> {
        let named = |command: &&Value| command["name"] == name && command["type"] == 1;
        let own = guild.and_then(|_| self.of(guild).iter().find(named));
        own.or_else(|| self.of(None).iter().find(named))
    }
}

impl Core {
    pub(super) fn command_routes(
        &self,
        state: &mut State,
        call: &Call<'_>,
        application: u64,
        scope: Option<u64>,
        rest: &[&str],
    ) -> Result<Option<Reply>, Failure> {
        if application != state.world.application {
            return Err(Failure::new(404, 10_002, "Unknown Application"));
        }
        if scope.is_some_and(|guild| !state.world.guilds.contains_key(&guild)) {
            return Err(Failure::new(403, 50_001, "Missing Access"));
        }
        let kept = state.commands.of(scope).to_vec();
        let find = |id: u64| kept.iter().position(|command| objects::id(command) == id);
        let reply = match (call.method, rest) {
            ("GET", []) => Reply::ok(Value::Array(kept)),
            ("GET", [id]) => {
                let at = find(number(id)?).ok_or_else(Failure::unknown_command)?;
                Reply::ok(kept.get(at).cloned().unwrap_or_default())
            }
            ("PUT", []) => {
                let asked = call
                    .body
                    .as_array()
                    .ok_or_else(|| Failure::required("body"))?;
                for (at, command) in asked.iter().enumerate() {
                    check(command, &format!("{at}."))?;
                }
                let mut made = Vec::with_capacity(asked.len());
                for command in asked {
                    made.push(self.register(state, scope, command, &kept));
                }
                state.commands.scopes.insert(scope, made.clone());
                Reply::ok(Value::Array(made))
            }
            ("POST", []) => {
                check(&call.body, "")?;
                let made = self.register(state, scope, &call.body, &kept);
                let known = find(objects::id(&made));
                let list = state.commands.scopes.entry(scope).or_default();
                if let Some(known) = known.and_then(|at| list.get_mut(at)) {
                    *known = made.clone();
                    Reply::ok(made)
                } else {
                    list.push(made.clone());
                    Reply::created(made)
                }
            }
            ("DELETE", [id]) => {
                let at = find(number(id)?).ok_or_else(Failure::unknown_command)?;
                state.commands.scopes.entry(scope).or_default().remove(at);
                Reply::no_content()
            }
            _ => return Ok(None),
        };
        Ok(Some(reply))
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
