//! Reading the audit log.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::rest::reply::{Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::VIEW_AUDIT_LOG;

pub(super) const ROUTES: &[Route] = &[Route::get(
    "/guilds/{guild_id}/audit-logs",
    Core::get_audit_log,
)];

impl Core {
    /// The newest first; with `after`, the oldest.
    fn get_audit_log(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, VIEW_AUDIT_LOG)?;
        let limit = call.limit(50, 100)?;
        let (user, target) = (
            call.parameter_id("user_id")?,
            call.parameter_id("target_id")?,
        );
        let (before, after) = (call.parameter_id("before")?, call.parameter_id("after")?);
        let action = call.parameter_id("action_type")?;
        let found = guild(state, id)?;
        let fits = |entry: &&Value| {
            let is = |field: &str, wanted: Option<u64>| {
                wanted.is_none_or(|wanted| objects::snowflake(&entry[field]) == Some(wanted))
            };
            let entry_id = objects::id(entry);
            is("user_id", user)
                && is("target_id", target)
                && is("action_type", action)
                && before.is_none_or(|before| entry_id < before)
                && after.is_none_or(|after| entry_id > after)
        };
        let entries = found.audit_log.iter().filter(fits);
        let entries: Vec<Value> = if after.is_some() {
            entries.take(limit).cloned().collect()
        } else {
            entries.rev().take(limit).cloned().collect()
        };
        let ids = |field: &str| -> BTreeSet<u64> {
            let ids = entries.iter().map(|entry| &entry[field]);
            ids.filter_map(objects::snowflake).collect()
        };
        let targets = ids("target_id");
        let of = |kept: &std::collections::BTreeMap<u64, Value>| -> Vec<Value> {
            let named = targets.iter().filter_map(|id| kept.get(id));
            named.cloned().collect()
        };
        let commands = [None, Some(id)].map(|scope| state.commands.of(scope));
        let commands = commands.into_iter().flatten();
        let commands = commands.filter(|command| targets.contains(&objects::id(command)));
        let integrations = of(&found.integrations);
        let users = ids("user_id").into_iter().chain(targets.iter().copied());
        let users: BTreeSet<u64> = users.collect();
        let users = users.into_iter().filter_map(|user| state.world.user(user));
        Ok(Reply::ok(json!({
            "application_commands": commands.cloned().collect::<Vec<_>>(),
            "audit_log_entries": entries,
            "auto_moderation_rules": of(&found.auto_moderation),
            "guild_scheduled_events": of(&found.scheduled_events),
            "integrations": integrations.iter().map(partial).collect::<Vec<_>>(),
            "threads": of(&found.threads),
            "users": users.collect::<Vec<_>>(),
            "webhooks": of(&found.webhooks),
        })))
    }
}

/// An integration as the audit log shows it.
fn partial(integration: &Value) -> Value {
    let mut shown = json!({
        "id": integration["id"],
        "name": integration["name"],
        "type": integration["type"],
        "account": integration["account"],
    });
    let application = &integration["application"]["id"];
    if !application.is_null() {
        shown["application_id"] = application.clone();
    }
    shown
}
