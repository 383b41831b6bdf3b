//! Application commands, global and of guilds.

mod check;
mod fields;
mod localize;
mod options;
mod permissions;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use self::check::{Allowed, ENTRY_POINT, SLASH, check, kind};
pub(super) use self::localize::locale;
use self::localize::localized;
pub(super) use self::options::check_choice_list;
use super::form::Wrong;
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::world::objects;

pub(super) const ROUTES: &[Route] = &[
    Route::get(GLOBAL, Core::list_commands).oauth(),
    Route::put(GLOBAL, Core::set_commands).oauth(),
    Route::post(GLOBAL, Core::create_command).oauth(),
    Route::get(GLOBAL_ONE, Core::get_command).oauth(),
    Route::patch(GLOBAL_ONE, Core::edit_command).oauth(),
    Route::delete(GLOBAL_ONE, Core::delete_command).oauth(),
    Route::get(GUILD, Core::list_commands).oauth(),
    Route::put(GUILD, Core::set_commands).oauth(),
    Route::post(GUILD, Core::create_command).oauth(),
    Route::get(GUILD_ONE, Core::get_command).oauth(),
    Route::patch(GUILD_ONE, Core::edit_command).oauth(),
    Route::delete(GUILD_ONE, Core::delete_command).oauth(),
    Route::get(
        "/applications/{application_id}/guilds/{guild_id}/commands/permissions",
        Core::list_command_permissions,
    )
    .oauth(),
    Route::get(
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions",
        Core::get_command_permissions,
    )
    .oauth(),
    Route::put(
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions",
        Core::set_command_permissions,
    )
    .oauth(),
];

const GLOBAL: &str = "/applications/{application_id}/commands";
const GLOBAL_ONE: &str = "/applications/{application_id}/commands/{command_id}";
const GUILD: &str = "/applications/{application_id}/guilds/{guild_id}/commands";
const GUILD_ONE: &str = "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}";

/// What a token needs to register commands.
const SCOPE: &str = "applications.commands.update";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Commands made in a scope per day.
const CREATES: usize = 200;

/// Registered commands, by scope: `None` is global.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    scopes: BTreeMap<Option<u64>, Vec<Value>>,
    /// How many commands a scope made since when.
    creates: BTreeMap<Option<u64>, (Instant, usize)>,
    /// What guilds allow whom, by guild and command (or application).
    permissions: BTreeMap<(u64, u64), Value>,
}

impl Commands {
    pub(crate) fn of(&self, scope: Option<u64>) -> &[Value] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The names of all commands, of all scopes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let all = self.scopes.values().flatten();
        all.filter_map(|command| command["name"].as_str())
    }

    /// The command of that name and type somebody in this guild would run.
    pub(crate) fn find(&self, guild: Option<u64>, name: &str, kind: u8) -> Option<&Value> {
        let named = |command: &&Value| command["name"] == name && command["type"] == kind;
        let own = guild.and_then(|_| self.of(guild).iter().find(named));
        own.or_else(|| self.of(None).iter().find(named))
    }

    /// Counts new commands of a day.
    fn count(&mut self, scope: Option<u64>, new: usize) -> Result<(), Failure> {
        let fresh = (Instant::now(), 0);
        let day = self.creates.entry(scope).or_insert(fresh);
        if day.0.elapsed() >= DAY {
            *day = fresh;
        }
        if day.1 + new > CREATES {
            let message = "Max number of daily application command creates has been reached (200)";
            return Err(Failure::new(400, 30_034, message));
        }
        day.1 += new;
        Ok(())
    }
}

impl Core {
    fn list_commands(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let whole = call.flag("with_localizations");
        let kept = state.commands.of(scope).iter().cloned();
        let shown = kept.map(|command| {
            if whole {
                command
            } else {
                localized(command, call.locale)
            }
        });
        Ok(Reply::ok(shown.collect()))
    }

    fn get_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let at = position(state, scope, call)?;
        let command = state.commands.of(scope).get(at).cloned();
        command.map(Reply::ok).ok_or_else(Failure::unknown_command)
    }

    /// Replaces all commands of a scope.
    fn set_commands(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let Some(asked) = call.body.as_array() else {
            let mut wrong = Wrong::default();
            let message = "Only iterables may be used in a ListType";
            wrong.note("", "LIST_TYPE_CONVERT", message);
            return wrong.refuse().map(|()| Reply::no_content());
        };
        let mut wrong = Wrong::default();
        for (index, command) in asked.iter().enumerate() {
            check(
                command,
                &index.to_string(),
                allowed(state, scope),
                &mut wrong,
            );
            if asked.iter().take(index).any(|before| same(before, command)) {
                let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
                let message = "Application command names must be unique";
                wrong.note(&index.to_string(), code, message);
            }
        }
        wrong.refuse()?;
        fits(asked)?;
        let kept = state.commands.of(scope).to_vec();
        let starts = |commands: &[Value]| commands.iter().any(|c| kind(c) == Some(ENTRY_POINT));
        if starts(&kept) && !starts(asked) {
            let message = "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.";
            return Err(Failure::new(400, 50_240, message));
        }
        let new = asked
            .iter()
            .filter(|command| known(command, &kept).is_none());
        state.commands.count(scope, new.count())?;
        let mut made = Vec::with_capacity(asked.len());
        for command in asked {
            let known = known(command, &kept);
            made.push(self.register(state, scope, command, known));
        }
        state.commands.scopes.insert(scope, made.clone());
        state.commands.forget_permissions(scope, &made);
        Ok(Reply::ok(Value::Array(made)))
    }

    fn create_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let mut wrong = Wrong::default();
        check(&call.body, "", allowed(state, scope), &mut wrong);
        wrong.refuse()?;
        let mut all = state.commands.of(scope).to_vec();
        let at = all.iter().position(|kept| same(kept, &call.body));
        if let Some(found) = at.and_then(|at| all.get_mut(at)) {
            let made = self.register(state, scope, &call.body, Some(found));
            *found = made.clone();
            state.commands.scopes.insert(scope, all);
            return Ok(Reply::ok(made));
        }
        all.push(call.body.clone());
        fits(&all)?;
        all.pop();
        state.commands.count(scope, 1)?;
        let made = self.register(state, scope, &call.body, None);
        all.push(made.clone());
        state.commands.scopes.insert(scope, all);
        Ok(Reply::created(made))
    }

    /// Changes what the body names, and nothing else.
    fn edit_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let at = position(state, scope, call)?;
        let mut all = state.commands.of(scope).to_vec();
        let old = all.get(at).cloned().unwrap_or_default();
        let mut merged = old.clone();
        for (field, value) in call.body.as_object().into_iter().flatten() {
            if EDITABLE.contains(&field.as_str()) {
                merged[field.as_str()] = value.clone();
            }
        }
        let mut wrong = Wrong::default();
        check(&merged, "", allowed(state, scope), &mut wrong);
        wrong.refuse()?;
        let others = all.iter().enumerate().filter(|(index, _)| *index != at);
        if others.into_iter().any(|(_, other)| same(other, &merged)) {
            let message = "An application command with that name already exists";
            return Err(Failure::new(400, 40_041, message));
        }
        let made = self.register(state, scope, &merged, Some(&old));
        if let Some(place) = all.get_mut(at) {
            *place = made.clone();
        }
        state.commands.scopes.insert(scope, all);
        Ok(Reply::ok(made))
    }

    fn delete_command(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let scope = scope(state, call)?;
        let at = position(state, scope, call)?;
        let mut left = state.commands.of(scope).to_vec();
        left.remove(at);
        state.commands.forget_permissions(scope, &left);
        state.commands.scopes.insert(scope, left);
        Ok(Reply::no_content())
    }

    /// A command as Discord gives it back; one that is known keeps its id.
    fn register(
        &self,
        state: &mut State,
        scope: Option<u64>,
        asked: &Value,
        known: Option<&Value>,
    ) -> Value {
        let kind = kind(asked).unwrap_or(SLASH);
        let version = self.next_id(state);
        let id = known.map_or(version, objects::id);
        let mut command = json!({
            "id": id.to_string(),
            "type": kind,
            "application_id": state.world.application.to_string(),
            "name": asked["name"],
            "name_localizations": asked["name_localizations"],
            "description": asked["description"].as_str().unwrap_or_default(),
            "description_localizations": asked["description_localizations"],
            "default_member_permissions": objects::snowflake(&asked["default_member_permissions"])
                .map(|bits| bits.to_string()),
            "nsfw": asked["nsfw"].as_bool().unwrap_or(false),
            "version": version.to_string(),
        });
        if let Some(options) = asked["options"].as_array().filter(|list| !list.is_empty()) {
            command["options"] = Value::Array(options.clone());
        }
        if kind == ENTRY_POINT {
            command["handler"] = asked["handler"].as_u64().unwrap_or(1).into();
        }
        if let Some(guild) = scope {
            command["guild_id"] = Value::from(guild.to_string());
        } else {
            let contexts = &asked["contexts"];
            let private = contexts
                .as_array()
                .map(|list| list.contains(&Value::from(1)));
            let private = private.or_else(|| asked["dm_permission"].as_bool());
            command["dm_permission"] = Value::Bool(private.unwrap_or(true));
            command["contexts"] = contexts.clone();
            let installs = asked["integration_types"].as_array().cloned();
            command["integration_types"] = Value::from(installs.unwrap_or_else(|| vec![0.into()]));
        }
        command
    }
}

/// What a PATCH may change.
const EDITABLE: [&str; 11] = [
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "integration_types",
    "contexts",
    "nsfw",
    "handler",
];

/// Where a route's commands are: everywhere, or in one guild.
fn scope(state: &State, call: &Call<'_>) -> Result<Option<u64>, Failure> {
    call.caller.may(SCOPE)?;
    own_application(state, call)?;
    if call.text("guild_id").is_empty() {
        return Ok(None);
    }
    own_guild(state, call).map(Some)
}

/// The application of the path is the one that asks.
pub(super) fn own_application(state: &State, call: &Call<'_>) -> Result<(), Failure> {
    if call.id("application_id")? == state.world.application {
        return Ok(());
    }
    let message = "You are not authorized to perform this action on this application";
    Err(Failure::new(403, 20_012, message))
}

/// A guild that the application is in.
fn own_guild(state: &State, call: &Call<'_>) -> Result<u64, Failure> {
    let guild = call.id("guild_id")?;
    let known = state.world.guilds.contains_key(&guild);
    let refused = || Failure::new(403, 50_001, "Missing Access");
    known.then_some(guild).ok_or_else(refused)
}

fn allowed(state: &State, scope: Option<u64>) -> Allowed {
    Allowed {
        entry_point: state.application.has_activity(),
        user_install: state.application.user_install(),
        in_guild: scope.is_some(),
    }
}

/// Where in its scope the command of the path stands.
fn position(state: &State, scope: Option<u64>, call: &Call<'_>) -> Result<usize, Failure> {
    let id = call.id("command_id")?;
    let mut kept = state.commands.of(scope).iter();
    let found = kept.position(|command| objects::id(command) == id);
    found.ok_or_else(Failure::unknown_command)
}

/// Whether two commands of a scope are one: names are unique by type.
fn same(one: &Value, other: &Value) -> bool {
    one["name"] == other["name"] && kind(one) == kind(other)
}

/// The command that a bulk update means: the one it names by id, or else by name.
fn known<'a>(asked: &Value, kept: &'a [Value]) -> Option<&'a Value> {
    let id = objects::snowflake(&asked["id"]);
    let by_id = kept.iter().find(|command| id == Some(objects::id(command)));
    by_id.or_else(|| kept.iter().find(|command| same(command, asked)))
}

/// A scope holds so many commands of each type.
fn fits(all: &[Value]) -> Result<(), Failure> {
    for (wanted, most, message) in [
        (
            1,
            100,
            "Maximum number of application commands reached (100).",
        ),
        (
            2,
            15,
            "Maximum number of application commands reached (15).",
        ),
        (
            3,
            15,
            "Maximum number of application commands reached (15).",
        ),
        (
            ENTRY_POINT,
            1,
            "Maximum number of application commands reached (1).",
        ),
    ] {
        let of_type = all.iter().filter(|command| kind(command) == Some(wanted));
        if of_type.count() > most {
            return Err(Failure::new(400, 30_032, message));
        }
    }
    Ok(())
}
