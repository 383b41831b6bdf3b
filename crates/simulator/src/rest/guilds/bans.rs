//! Bans.

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids::created_ms;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{BAN_MEMBERS, MANAGE_GUILD};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/bans", Core::list_bans),
    Route::get("/guilds/{guild_id}/bans/{user_id}", Core::get_ban),
    Route::put("/guilds/{guild_id}/bans/{user_id}", Core::create_ban),
    Route::delete("/guilds/{guild_id}/bans/{user_id}", Core::remove_ban),
    Route::post("/guilds/{guild_id}/bulk-ban", Core::bulk_ban),
];

const WEEK: i64 = 604_800;

const BAN: &[Field] = &[
    Field::integer("delete_message_days", 0, 7).or_null(),
    Field::integer("delete_message_seconds", 0, WEEK).or_null(),
];

const BULK: &[Field] = &[
    Field::ids("user_ids", 200).required(),
    Field::integer("delete_message_seconds", 0, WEEK).or_null(),
];

/// How far back messages go with a ban that asks for a number of seconds.
fn reach(given: &Value) -> u64 {
    let days = given["delete_message_days"]
        .as_u64()
        .map(|days| days * 86_400);
    let seconds = given["delete_message_seconds"].as_u64();
    seconds.or(days).unwrap_or(0)
}

impl Core {
    /// By user, lowest first; the last before a user, or the first after one.
    fn list_bans(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, limit) = (call.guild(state)?, call.limit(1_000, 1_000)?);
        self.may_in_guild(state, id, BAN_MEMBERS)?;
        let (before, after) = (call.parameter_id("before")?, call.parameter_id("after")?);
        let bans = guild(state, id)?.bans.iter();
        let mut page: Vec<Value> = bans
            .filter(|(user, _)| match before {
                Some(before) => **user < before,
                None => after.is_none_or(|after| **user > after),
            })
            .map(|(_, ban)| ban.clone())
            .collect();
        if before.is_some() {
            page.drain(..page.len().saturating_sub(limit));
        }
        page.truncate(limit);
        Ok(Reply::ok(Value::Array(page)))
    }

    fn get_ban(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        self.may_in_guild(state, id, BAN_MEMBERS)?;
        let ban = guild(state, id)?.bans.get(&user).cloned();
        ban.map(Reply::ok).ok_or_else(unknown_ban)
    }

    fn create_ban(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        self.may_in_guild(state, id, BAN_MEMBERS)?;
        let given = Value::Object(form::read(&call.body, BAN)?);
        state.world.user(user).ok_or_else(Failure::unknown_user)?;
        if !self.may_ban(state, id, user) {
            return Err(Failure::missing_permissions());
        }
        let by = call.by(state);
        self.ban(state, id, user, &by, reach(&given));
        Ok(Reply::no_content())
    }

    fn remove_ban(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        self.may_in_guild(state, id, BAN_MEMBERS)?;
        let by = call.by(state);
        let lifted = self.unban(state, id, user, &by);
        lifted.then(Reply::no_content).ok_or_else(unknown_ban)
    }

    fn bulk_ban(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, BAN_MEMBERS | MANAGE_GUILD)?;
        let given = Value::Object(form::read(&call.body, BULK)?);
        let users = given["user_ids"].as_array().into_iter().flatten();
        let users: Vec<u64> = users.filter_map(objects::snowflake).collect();
        if users.is_empty() {
            let message = "Must be between 1 and 200 in length.";
            return Err(Failure::invalid(
                "user_ids",
                "BASE_TYPE_BAD_LENGTH",
                message,
            ));
        }
        let by = call.by(state);
        let (mut banned, mut failed) = (Vec::new(), Vec::new());
        for user in users {
            let may = state.world.user(user).is_some() && self.may_ban(state, id, user);
            if may && self.ban(state, id, user, &by, reach(&given)) {
                banned.push(user.to_string());
            } else {
                failed.push(user.to_string());
            }
        }
        if banned.is_empty() {
            // The code is documented, its status is not.
            return Err(Failure::new(400, 500_000, "Failed to ban users"));
        }
        Ok(Reply::ok(
            json!({ "banned_users": banned, "failed_users": failed }),
        ))
    }

    /// Anybody who is no member, and members below who asks.
    fn may_ban(&self, state: &State, guild: u64, user: u64) -> bool {
        state.world.member(guild, user).is_none()
            || state.world.outranks(guild, state.actor(), user)
    }

    /// Bans a user, and deletes what they wrote in the last `seconds`: `GUILD_BAN_ADD`,
    /// `GUILD_MEMBER_REMOVE` if they were a member, `MESSAGE_DELETE_BULK`. Whether they were not
    /// banned yet.
    pub(crate) fn ban(
        &self,
        state: &mut State,
        guild: u64,
        user: u64,
        by: &By,
        seconds: u64,
    ) -> bool {
        let person = state.world.user(user).unwrap_or_default();
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return false;
        };
        if found.bans.contains_key(&user) {
            return false;
        }
        let ban = json!({ "reason": by.reason, "user": person });
        found.bans.insert(user, ban);
        self.tell_ban(state, "GUILD_BAN_ADD", guild, user);
        self.remove_member(state, guild, user);
        if seconds > 0 {
            self.delete_messages_of(state, guild, user, seconds);
        }
        self.audit(state, guild, by, Action::MemberBanAdd, Entry::of(user));
        true
    }

    /// Lifts a ban: `GUILD_BAN_REMOVE`. Whether there was one.
    pub(crate) fn unban(&self, state: &mut State, guild: u64, user: u64, by: &By) -> bool {
        let found = state.world.guilds.get_mut(&guild);
        if found.and_then(|found| found.bans.remove(&user)).is_none() {
            return false;
        }
        self.tell_ban(state, "GUILD_BAN_REMOVE", guild, user);
        self.audit(state, guild, by, Action::MemberBanRemove, Entry::of(user));
        true
    }

    fn tell_ban(&self, state: &mut State, name: &str, guild: u64, user: u64) {
        let person = state.world.user(user).unwrap_or_default();
        let data = json!({ "guild_id": guild.to_string(), "user": person });
        self.dispatch(state, &Happening::new(name, Some(guild), data));
    }

    fn delete_messages_of(&self, state: &mut State, guild: u64, user: u64, seconds: u64) {
        let since = self.clock.now_ms().saturating_sub(seconds * 1_000);
        let Some(found) = state.world.guilds.get(&guild) else {
            return;
        };
        let channels = found.channels.keys().chain(found.threads.keys());
        let channels: Vec<u64> = channels.copied().collect();
        for channel in channels {
            let messages = state.world.messages.of(channel);
            let theirs = messages.filter(|message| objects::id(&message["author"]) == user);
            let ids = theirs
                .map(objects::id)
                .filter(|id| created_ms(*id) >= since);
            let ids: Vec<u64> = ids.collect();
            if ids.is_empty() {
                continue;
            }
            for id in &ids {
                state.world.messages.remove(channel, *id);
            }
            let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
            let data = json!({
                "ids": ids,
                "channel_id": channel.to_string(),
                "guild_id": guild.to_string(),
            });
            self.dispatch(
                state,
                &Happening::new("MESSAGE_DELETE_BULK", Some(guild), data),
            );
        }
    }
}

fn unknown_ban() -> Failure {
    Failure::new(404, 10_026, "Unknown Ban")
}
