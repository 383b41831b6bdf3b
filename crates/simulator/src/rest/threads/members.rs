//! Who is in a thread.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::intents::MEMBERS;
use crate::rest::access::{is_thread, other_type};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::{objects, permissions};

/// People in a thread.
const MAX: usize = 1_000;

pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/channels/{channel_id}/thread-members",
        Core::list_thread_members,
    ),
    Route::get(
        "/channels/{channel_id}/thread-members/{user_id}",
        Core::get_thread_member,
    ),
    Route::put(
        "/channels/{channel_id}/thread-members/@me",
        Core::join_thread,
    ),
    Route::put(
        "/channels/{channel_id}/thread-members/{user_id}",
        Core::put_thread_member,
    ),
    Route::delete(
        "/channels/{channel_id}/thread-members/@me",
        Core::leave_thread,
    ),
    Route::delete(
        "/channels/{channel_id}/thread-members/{user_id}",
        Core::drop_thread_member,
    ),
];

impl Core {
    fn list_thread_members(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, thread) = self.thread_in(state, call)?;
        // Whether the application may have the intent for members, as with those of a guild.
        if state.acting.is_none() && self.options.disallowed & MEMBERS != 0 {
            return Err(Failure::missing_access());
        }
        let full = call.flag("with_member");
        let limit = call.limit(100, 100)?;
        let after = call.parameter_id("after")?.unwrap_or(0);
        let members = state.world.guilds.get(&guild);
        let members = members.and_then(|found| found.thread_members.get(&thread));
        let members = members.into_iter().flatten();
        if !full {
            return Ok(Reply::ok(
                members.map(|(_, member)| member.clone()).collect(),
            ));
        }
        let page = members.filter(|(user, _)| **user > after).take(limit);
        let page = page.map(|(user, member)| {
            let mut member = member.clone();
            member["member"] = state.world.member(guild, *user).unwrap_or_default();
            member
        });
        Ok(Reply::ok(page.collect()))
    }

    fn get_thread_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, thread) = self.thread_in(state, call)?;
        let user = match call.text("user_id") {
            "@me" => state.actor(),
            _ => call.id("user_id")?,
        };
        let found = state.world.guilds.get(&guild);
        let found = found.and_then(|found| found.thread_members.get(&thread)?.get(&user));
        let mut member = found.cloned().ok_or_else(Failure::unknown_member)?;
        if call.flag("with_member") {
            member["member"] = state.world.member(guild, user).unwrap_or_default();
        }
        Ok(Reply::ok(member))
    }

    fn join_thread(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, thread) = self.thread_in(state, call)?;
        self.may_change_thread(state, thread)?;
        let user = state.actor();
        self.seat(state, guild, thread, user)
    }

    fn put_thread_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, thread) = self.thread_in(state, call)?;
        self.may(state, thread, permissions::SEND_MESSAGES_IN_THREADS)?;
        self.may_change_thread(state, thread)?;
        let user = call.id("user_id")?;
        if state.world.user(user).is_none() {
            return Err(Failure::unknown_user());
        }
        let object = state.world.channel(thread);
        let closed = object.is_some_and(|it| {
            it["thread_metadata"]["invitable"] == false
                && objects::snowflake(&it["owner_id"]) != Some(state.actor())
        });
        if closed {
            self.may(state, thread, permissions::MANAGE_THREADS)?;
        }
        let found = state.world.guilds.get(&guild);
        if !found.is_some_and(|found| found.members.contains_key(&user)) {
            return Err(Failure::unknown_member());
        }
        self.seat(state, guild, thread, user)
    }

    fn seat(&self, state: &mut State, guild: u64, thread: u64, user: u64) -> Outcome {
        let found = state.world.guilds.get(&guild);
        let seats = found.and_then(|found| found.thread_members.get(&thread));
        if seats.is_some_and(|seats| seats.len() >= MAX && !seats.contains_key(&user)) {
            let message = "Maximum number of thread participants has been reached (1000)";
            return Err(Failure::new(400, 30_033, message));
        }
        self.add_to_thread(state, guild, thread, user);
        Ok(Reply::no_content())
    }

    fn leave_thread(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, thread) = self.thread_in(state, call)?;
        self.may_change_thread(state, thread)?;
        let user = state.actor();
        self.remove_from_thread(state, guild, thread, user);
        Ok(Reply::no_content())
    }

    fn drop_thread_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, thread) = self.thread_in(state, call)?;
        self.may_change_thread(state, thread)?;
        let own_private = state.world.channel(thread).is_some_and(|it| {
            it["type"] == 12 && objects::snowflake(&it["owner_id"]) == Some(state.actor())
        });
        if !own_private {
            self.may(state, thread, permissions::MANAGE_THREADS)?;
        }
        if !self.remove_from_thread(state, guild, thread, call.id("user_id")?) {
            return Err(Failure::unknown_member());
        }
        Ok(Reply::no_content())
    }

    /// The thread in the path, which can be seen, and its guild.
    fn thread_in(&self, state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
        let thread = call.channel(state)?;
        self.may(state, thread, permissions::VIEW_CHANNEL)?;
        let is = state.world.channel(thread).is_some_and(is_thread);
        let guild = state.world.guild_of(thread).filter(|_| is);
        guild.map(|guild| (guild, thread)).ok_or_else(other_type)
    }

    /// Puts somebody into a thread and tells it, unless they are in it.
    pub(crate) fn add_to_thread(&self, state: &mut State, guild: u64, thread: u64, user: u64) {
        let member = objects::thread_member(thread, user, &self.clock.now_iso());
        let bot = state.world.bot;
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        let seats = found.thread_members.entry(thread).or_default();
        if seats.contains_key(&user) {
            return;
        }
        seats.insert(user, member.clone());
        let count = seats.len();
        let Some(object) = state.world.channel_mut(thread) else {
            return;
        };
        object["member_count"] = Value::from(count.min(50));
        if user == bot {
            // A thread is told again to who comes into it; a private one is new to them.
            let mut data = object.clone();
            data["member"] = member.clone();
            self.dispatch(state, &Happening::new("THREAD_CREATE", Some(guild), data));
        }
        let mut added = member;
        added["member"] = state.world.member(guild, user).unwrap_or_default();
        added["presence"] = Value::Null;
        let data = json!({
            "id": thread.to_string(),
            "guild_id": guild.to_string(),
            "member_count": count.min(50),
            "added_members": [added],
        });
        let name = "THREAD_MEMBERS_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
    }

    fn remove_from_thread(&self, state: &mut State, guild: u64, thread: u64, user: u64) -> bool {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return false;
        };
        let seats = found.thread_members.entry(thread).or_default();
        if seats.remove(&user).is_none() {
            return false;
        }
        let count = seats.len().min(50);
        if let Some(object) = state.world.channel_mut(thread) {
            object["member_count"] = Value::from(count);
        }
        let data = json!({
            "id": thread.to_string(),
            "guild_id": guild.to_string(),
            "member_count": count,
            "removed_member_ids": [user.to_string()],
        });
        let name = "THREAD_MEMBERS_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
        true
    }
}
