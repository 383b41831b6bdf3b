//! Guilds, their channels, roles and members.

use serde_json::Value;

use super::reply::{Failure, Outcome, Reply};
use super::{Call, number};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::objects;

impl Core {
    pub(super) fn guilds(
        &self,
        state: &mut State,
        call: &Call<'_>,
        id: u64,
        rest: &[&str],
    ) -> Result<Option<Reply>, Failure> {
        let guild = state
            .world
            .guilds
            .get(&id)
            .ok_or_else(Failure::unknown_guild)?;
        let reply = match (call.method, rest) {
            ("GET", []) => {
                let mut object = guild.object.clone();
                object["roles"] = Value::Array(guild.roles.clone());
                if call.parameter("with_counts") == Some("true") {
                    object["approximate_member_count"] = Value::from(guild.members.len());
                    object["approximate_presence_count"] = Value::from(guild.presences.len());
                }
                Reply::ok(object)
            }
            ("GET", ["channels"]) => Reply::ok(Value::Array(guild.channels.clone())),
            ("GET", ["roles"]) => Reply::ok(Value::Array(guild.roles.clone())),
            ("GET", ["roles", role]) => {
                let role = number(role)?;
                let found = guild.roles.iter().find(|r| objects::id(r) == role);
                Reply::ok(found.cloned().ok_or_else(Failure::unknown_role)?)
            }
            ("GET", ["members"]) => members(state, call, id)?,
            ("GET", ["members", user]) => {
                let member = state.world.member(id, number(user)?);
                Reply::ok(member.ok_or_else(Failure::unknown_member)?)
            }
            ("PUT", ["members", user, "roles", role]) => {
                self.set_role(state, id, number(user)?, number(role)?, true)?
            }
            ("DELETE", ["members", user, "roles", role]) => {
                self.set_role(state, id, number(user)?, number(role)?, false)?
            }
            _ => return Ok(None),
        };
        Ok(Some(reply))
    }

    fn set_role(&self, state: &mut State, guild: u64, user: u64, role: u64, on: bool) -> Outcome {
        let found = state
            .world
            .guilds
            .get_mut(&guild)
            .ok_or_else(Failure::unknown_guild)?;
        if !found.roles.iter().any(|r| objects::id(r) == role) {
            return Err(Failure::unknown_role());
        }
        let member = found
            .members
            .get_mut(&user)
            .ok_or_else(Failure::unknown_member)?;
        if let Some(roles) = member["roles"].as_array_mut() {
            let name = Value::from(role.to_string());
            roles.retain(|held| *held != name);
            if on {
                roles.push(name);
            }
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

fn members(state: &State, call: &Call<'_>, guild: u64) -> Outcome {
    let limit: usize = match call.parameter("limit").map(str::parse) {
        None => 1,
        Some(Ok(limit @ 1..=1000)) => limit,
        Some(_) => {
            let message = "int value should be between 1 and 1000.";
            return Err(Failure::invalid("limit", "NUMBER_TYPE_MAX", message));
        }
    };
    let after: u64 = call
        .parameter("after")
        .and_then(|id| id.parse().ok())
        .unwrap_or(0);
    let ids = state
        .world
        .guilds
        .get(&guild)
        .into_iter()
        .flat_map(|found| found.members.keys());
    let page = ids.filter(|id| **id > after).take(limit);
    Ok(Reply::ok(
        page.filter_map(|id| state.world.member(guild, *id))
            .collect(),
    ))
}
