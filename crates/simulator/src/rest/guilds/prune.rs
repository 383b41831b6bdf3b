//! Pruning: who has not been seen for days is taken out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::ids::created_ms;
use crate::rest::audit::{Action, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{KICK_MEMBERS, MANAGE_GUILD};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/prune", Core::count_prune),
    Route::post("/guilds/{guild_id}/prune", Core::prune),
];

const DAY_MS: u64 = 86_400_000;

const PRUNE: &[Field] = &[
    Field::integer("days", 1, 30),
    Field::boolean("compute_prune_count"),
    Field::ids("include_roles", 250),
    Field::text("reason", 0, 512),
];

impl Core {
    fn count_prune(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, KICK_MEMBERS | MANAGE_GUILD)?;
        let roles = call.parameter("include_roles").unwrap_or_default();
        let roles = roles.split(',').filter(|role| !role.is_empty());
        let asked = json!({
            "days": call.parameter("days").unwrap_or("7"),
            "include_roles": roles.collect::<Vec<_>>(),
        });
        let asked = Value::Object(form::read(&asked, PRUNE)?);
        let pruned = self.inactive(state, id, &asked)?.len();
        Ok(Reply::ok(json!({ "pruned": pruned })))
    }

    fn prune(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, KICK_MEMBERS | MANAGE_GUILD)?;
        let asked = Value::Object(form::read(&call.body, PRUNE)?);
        let gone = self.inactive(state, id, &asked)?;
        let by = call.by(state);
        for user in &gone {
            self.remove_member(state, id, *user);
        }
        let options = json!({
            "delete_member_days": days(&asked).to_string(),
            "members_removed": gone.len().to_string(),
        });
        let entry = Entry::default().options(options);
        self.audit(state, id, &by, Action::MemberPrune, entry);
        let counted = asked["compute_prune_count"] != false;
        Ok(Reply::ok(
            json!({ "pruned": counted.then_some(gone.len()) }),
        ))
    }

    /// Members without other roles than those named, who joined before those days, are offline, and
    /// have written nothing in them that is still there.
    fn inactive(&self, state: &State, id: u64, asked: &Value) -> Result<Vec<u64>, Failure> {
        let found = guild(state, id)?;
        let since = self.clock.now_ms().saturating_sub(days(asked) * DAY_MS);
        let named = asked["include_roles"].as_array().into_iter().flatten();
        let named: BTreeSet<u64> = named.filter_map(objects::snowflake).collect();
        let channels = found.channels.keys().chain(found.threads.keys());
        let messages = channels.flat_map(|channel| state.world.messages.of(*channel));
        let recent = messages.filter(|message| created_ms(objects::id(message)) >= since);
        let active: BTreeSet<u64> = recent
            .map(|message| objects::id(&message["author"]))
            .collect();
        let gone = found.members.iter().filter(|(user, member)| {
            let here = found.presences.contains_key(user) || found.voice_states.contains_key(user);
            let kept = here
                || **user == state.world.bot
                || **user == found.owner()
                || active.contains(user);
            let unnamed = member.roles.iter().any(|role| !named.contains(role));
            !kept && !unnamed && member.joined_at < since
        });
        Ok(gone.map(|(user, _)| *user).collect())
    }
}

fn days(asked: &Value) -> u64 {
    asked["days"].as_u64().unwrap_or(7)
}
