//! Guilds, their channels, roles and members.

use serde_json::Value;

use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::Guild;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}", Core::get_guild),
    Route::get("/guilds/{guild_id}/channels", Core::list_channels),
    Route::get("/guilds/{guild_id}/roles", Core::list_roles),
    Route::get("/guilds/{guild_id}/roles/{role_id}", Core::get_role),
    Route::get("/guilds/{guild_id}/members", Core::list_members),
    Route::get("/guilds/{guild_id}/members/{user_id}", Core::get_member),
    Route::put(
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        Core::add_role,
    ),
    Route::delete(
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        Core::remove_role,
    ),
];

impl Core {
    fn get_guild(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = found(state, call)?;
        let mut object = guild.render();
        if call.flag("with_counts") {
            object["approximate_member_count"] = Value::from(guild.members.len());
            object["approximate_presence_count"] = Value::from(guild.presences.len());
        }
        Ok(Reply::ok(object))
    }

    fn list_channels(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channels = found(state, call)?.channels.values().cloned();
        Ok(Reply::ok(channels.collect()))
    }

    fn list_roles(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let roles = found(state, call)?.roles.values().cloned();
        Ok(Reply::ok(roles.collect()))
    }

    fn get_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, id) = (found(state, call)?, call.id("role_id")?);
        let role = guild
            .roles
            .get(&id)
            .cloned()
            .ok_or_else(Failure::unknown_role)?;
        Ok(Reply::ok(role))
    }

    fn list_members(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, limit) = (call.guild(state)?, call.limit(1, 1_000)?);
        let after = call.parameter("after").and_then(|id| id.parse().ok());
        let after: u64 = after.unwrap_or(0);
        let ids = found(state, call)?.members.keys();
        let page = ids.filter(|id| **id > after).take(limit);
        let page = page.filter_map(|id| state.world.member(guild, *id));
        Ok(Reply::ok(page.collect()))
    }

    fn get_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let member = state.world.member(call.guild(state)?, call.id("user_id")?);
        member.map(Reply::ok).ok_or_else(Failure::unknown_member)
    }

    fn add_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, user) = (call.guild(state)?, call.id("user_id")?);
        self.set_role(state, guild, user, call.id("role_id")?, true)
    }

    fn remove_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, user) = (call.guild(state)?, call.id("user_id")?);
        self.set_role(state, guild, user, call.id("role_id")?, false)
    }

    fn set_role(&self, state: &mut State, guild: u64, user: u64, role: u64, on: bool) -> Outcome {
        let found = state
            .world
            .guilds
            .get_mut(&guild)
            .ok_or_else(Failure::unknown_guild)?;
        if !found.roles.contains_key(&role) {
            return Err(Failure::unknown_role());
        }
        let member = found
            .members
            .get_mut(&user)
            .ok_or_else(Failure::unknown_member)?;
        if on {
            member.add_role(role);
        } else {
            member.remove_role(role);
        }
        self.tell_member(state, guild, user);
        Ok(Reply::no_content())
    }

    /// `GUILD_MEMBER_UPDATE`; of the bot itself whatever the intents.
    pub(crate) fn tell_member(&self, state: &mut State, guild: u64, user: u64) {
        let Some(mut data) = state.world.member(guild, user) else {
            return;
        };
        data["guild_id"] = Value::from(guild.to_string());
        let always = user == state.world.bot;
        let happening = Happening::new("GUILD_MEMBER_UPDATE", Some(guild), data);
        self.dispatch(
            state,
            &Happening {
                always,
                ..happening
            },
        );
    }
}

/// The guild in the path.
fn found<'a>(state: &'a State, call: &Call<'_>) -> Result<&'a Guild, Failure> {
    let found = state.world.guilds.get(&call.id("guild_id")?);
    found.ok_or_else(Failure::unknown_guild)
}
