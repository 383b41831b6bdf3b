//! Members: who they are, what a moderator changes of them, and how they go.

use serde_json::{Map, Value, json};

use super::guild;
use super::roles::role;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids;
use crate::intents::MEMBERS;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reactions::unescape;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{
    ADMINISTRATOR, BAN_MEMBERS, CHANGE_NICKNAME, CONNECT, DEAFEN_MEMBERS, KICK_MEMBERS,
    MANAGE_GUILD, MANAGE_NICKNAMES, MANAGE_ROLES, MODERATE_MEMBERS, MOVE_MEMBERS, MUTE_MEMBERS,
};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/members", Core::list_members),
    Route::get("/guilds/{guild_id}/members/search", Core::search_members),
    Route::patch("/guilds/{guild_id}/members/@me", Core::modify_self),
    Route::get("/guilds/{guild_id}/members/{user_id}", Core::get_member),
    Route::put("/guilds/{guild_id}/members/{user_id}", Core::add_member),
    Route::patch("/guilds/{guild_id}/members/{user_id}", Core::modify_member),
    Route::delete("/guilds/{guild_id}/members/{user_id}", Core::kick),
    Route::put(
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        Core::give_role,
    ),
    Route::delete(
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        Core::take_role,
    ),
];

/// The longest time a member may be made silent for: 28 days, and a minute for clocks that differ.
const MAX_TIMEOUT_MS: u64 = (28 * 24 * 60 + 1) * 60_000;
const MAX_IMAGE: usize = 10 * 1024 * 1024;

const MEMBER: &[Field] = &[
    Field::text("nick", 0, 32).or_null(),
    Field::ids("roles", 250).or_null(),
    Field::boolean("mute").or_null(),
    Field::boolean("deaf").or_null(),
    Field::id("channel_id").or_null(),
    Field::time("communication_disabled_until").or_null(),
    Field::integer("flags", 0, i64::MAX).or_null(),
];

const SELF: &[Field] = &[
    Field::text("nick", 0, 32).or_null(),
    Field::image("banner", MAX_IMAGE).or_null(),
    Field::image("avatar", MAX_IMAGE).or_null(),
    Field::text("bio", 0, 190).or_null(),
];

const ADD: &[Field] = &[
    Field::text("access_token", 1, 1_000).required(),
    Field::text("nick", 0, 32),
    Field::ids("roles", 250),
    Field::boolean("mute"),
    Field::boolean("deaf"),
];

/// What the audit log says of a member, roles apart.
const AUDITED: &[&str] = &["nick", "mute", "deaf", "communication_disabled_until"];

/// The flag that members may be given: `BYPASSES_VERIFICATION`.
const EDITABLE_FLAGS: u16 = 1 << 2;

impl Core {
    fn list_members(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, limit) = (call.guild(state)?, call.limit(1, 1_000)?);
        // Whether the application may have the intent; what it asks for on the gateway does not matter.
        if state.acting.is_none() && self.options.disallowed & MEMBERS != 0 {
            return Err(Failure::missing_access());
        }
        let after = call.parameter_id("after")?.unwrap_or(0);
        let ids = guild(state, id)?.members.keys();
        let page = ids.filter(|user| **user > after).take(limit);
        let page = page.filter_map(|user| state.world.member(id, *user));
        Ok(Reply::ok(page.collect()))
    }

    /// Members whose username or nickname starts so.
    fn search_members(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, limit) = (call.guild(state)?, call.limit(1, 1_000)?);
        let query = call.parameter("query").unwrap_or_default();
        let query = unescape(&query.replace('+', " ")).to_lowercase();
        if query.is_empty() {
            return Err(Failure::required("query"));
        }
        let starts = |name: &Value| {
            let name = name.as_str().unwrap_or_default();
            name.to_lowercase().starts_with(&query)
        };
        let ids = guild(state, id)?.members.keys();
        let members = ids.filter_map(|user| state.world.member(id, *user));
        let found = members.filter(|member| {
            let user = &member["user"];
            [&user["username"], &user["global_name"], &member["nick"]]
                .into_iter()
                .any(starts)
        });
        Ok(Reply::ok(found.take(limit).collect()))
    }

    fn get_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        Ok(Reply::ok(member(state, id, user)?))
    }

    /// Nobody has authorised the application with `guilds.join`: there is no token that works.
    fn add_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        form::read(&call.body, ADD)?;
        state.world.user(user).ok_or_else(Failure::unknown_user)?;
        if state.world.member(id, user).is_some() {
            return Ok(Reply::no_content());
        }
        let message = "Invalid OAuth2 access token";
        Err(Failure::new(403, 50_025, message))
    }

    fn modify_self(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, state.actor());
        let given = form::read(&call.body, SELF)?;
        if given.contains_key("nick") {
            self.may_in_guild(state, id, CHANGE_NICKNAME)?;
        }
        let old = member(state, id, user)?;
        let nick = given.get("nick").map(nickname);
        state.world.update_member(id, user, |member| {
            if let Some(nick) = nick {
                member.nick = nick;
            }
            for field in ["avatar", "banner"] {
                if let Some(image) = given.get(field) {
                    member.set(field, image.clone());
                }
            }
        });
        let by = call.by(state);
        self.member_changed(state, id, user, &by, &old);
        Ok(Reply::ok(member(state, id, user)?))
    }

    fn modify_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        let old = member(state, id, user)?;
        let given = form::read(&call.body, MEMBER)?;
        self.check_change(state, id, user, &old, &given)?;
        let by = call.by(state);
        let roles = given.get("roles").map(|roles| {
            let roles = roles.as_array().into_iter().flatten();
            let mut roles: Vec<u64> = roles.filter_map(objects::snowflake).collect();
            roles.sort_unstable();
            roles.dedup();
            roles
        });
        let on = |field: &str| given.get(field).and_then(Value::as_bool);
        state.world.update_member(id, user, |member| {
            if let Some(nick) = given.get("nick") {
                member.nick = nickname(nick);
            }
            member.mute = on("mute").unwrap_or(member.mute);
            member.deaf = on("deaf").unwrap_or(member.deaf);
            if let Some(until) = given.get("communication_disabled_until") {
                member.set_timeout(until.as_str().and_then(ids::read_iso));
            }
            if let Some(flags) = given.get("flags") {
                let new = u16::try_from(flags.as_u64().unwrap_or(0)).unwrap_or(0);
                member.flags = member.flags & !EDITABLE_FLAGS | new & EDITABLE_FLAGS;
            }
            if let Some(roles) = roles {
                member.roles = roles.into();
            }
        });
        self.member_changed(state, id, user, &by, &old);
        if on("mute").is_some() || on("deaf").is_some() {
            self.silence(state, id, user, on("mute"), on("deaf"));
        }
        if let Some(channel) = given.get("channel_id") {
            self.drag(state, id, user, &by, objects::snowflake(channel));
        }
        Ok(Reply::ok(member(state, id, user)?))
    }

    /// Whether who asks may change all that.
    fn check_change(
        &self,
        state: &State,
        id: u64,
        user: u64,
        old: &Value,
        given: &Map<String, Value>,
    ) -> Result<(), Failure> {
        let needed = [
            ("nick", MANAGE_NICKNAMES),
            ("roles", MANAGE_ROLES),
            ("mute", MUTE_MEMBERS),
            ("deaf", DEAFEN_MEMBERS),
            ("channel_id", MOVE_MEMBERS),
            ("communication_disabled_until", MODERATE_MEMBERS),
        ];
        for (field, bit) in needed {
            if given.contains_key(field) {
                self.may_in_guild(state, id, bit)?;
            }
        }
        if given.contains_key("flags") {
            let all = MODERATE_MEMBERS | KICK_MEMBERS | BAN_MEMBERS;
            let any = [MANAGE_GUILD, MANAGE_ROLES, all];
            let may = any
                .iter()
                .any(|bits| self.may_in_guild(state, id, *bits).is_ok());
            may.then_some(()).ok_or_else(Failure::missing_permissions)?;
        }
        let world = &state.world;
        if given.contains_key("nick") && user != state.actor() {
            self.require_above(state, id, user)?;
        }
        if let Some(until) = given.get("communication_disabled_until") {
            self.require_above(state, id, user)?;
            let now = self.clock.now_ms();
            let until = until.as_str().and_then(ids::read_iso);
            if until.is_some_and(|until| until > now + MAX_TIMEOUT_MS) {
                return Err(Failure::invalid(
                    "communication_disabled_until",
                    "GUILD_MEMBER_TIMEOUT_TOO_LONG",
                    "Timeouts may not be longer than 28 days.",
                ));
            }
            if until.is_some() && world.permissions(id, user) & ADMINISTRATOR != 0 {
                return Err(Failure::missing_permissions());
            }
        }
        if let Some(roles) = given.get("roles") {
            let held = |roles: &Value| -> Vec<u64> {
                let roles = roles.as_array().into_iter().flatten();
                roles.filter_map(objects::snowflake).collect()
            };
            let (before, after) = (held(&old["roles"]), held(roles));
            let given = after.iter().filter(|role| !before.contains(role));
            let taken = before.iter().filter(|role| !after.contains(role));
            for changed in given.chain(taken) {
                self.may_give(state, id, *changed)?;
            }
        }
        let connected = guild(state, id)?.voice_states.contains_key(&user);
        let voice = ["mute", "deaf", "channel_id"];
        let wants_voice = voice.iter().any(|field| given.contains_key(*field));
        if wants_voice && !connected {
            let message = "Target user is not connected to voice.";
            return Err(Failure::new(400, 40_032, message));
        }
        if let Some(channel) = given.get("channel_id").and_then(objects::snowflake) {
            if !guild(state, id)?.has_voice_channel(channel) {
                return Err(Failure::unknown_channel());
            }
            if world.permissions_in(channel, state.actor()) & CONNECT == 0 {
                return Err(Failure::missing_permissions());
            }
        }
        Ok(())
    }

    /// Whether who asks stands above a member.
    fn require_above(&self, state: &State, id: u64, user: u64) -> Result<(), Failure> {
        let above = state.world.outranks(id, state.actor(), user);
        above.then_some(()).ok_or_else(Failure::missing_permissions)
    }

    /// Whether who asks may give and take a role.
    fn may_give(&self, state: &State, id: u64, role_id: u64) -> Result<(), Failure> {
        let role = role(state, id, role_id).ok().filter(|_| role_id != id);
        let role = role.ok_or_else(Failure::unknown_role)?;
        let above = state.world.outranks_role(id, state.actor(), role_id);
        let may = above && role["managed"] != true;
        may.then_some(()).ok_or_else(Failure::missing_permissions)
    }

    fn give_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        self.change_role(state, call, true)
    }

    fn take_role(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        self.change_role(state, call, false)
    }

    fn change_role(&self, state: &mut State, call: &Call<'_>, on: bool) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        let role_id = call.id("role_id")?;
        member(state, id, user)?;
        self.may_in_guild(state, id, MANAGE_ROLES)?;
        self.may_give(state, id, role_id)?;
        let by = call.by(state);
        self.set_role(state, id, user, role_id, on, &by);
        Ok(Reply::no_content())
    }

    fn kick(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        self.may_in_guild(state, id, KICK_MEMBERS)?;
        member(state, id, user)?;
        self.require_above(state, id, user)?;
        let by = call.by(state);
        self.remove_member(state, id, user);
        self.audit(state, id, &by, Action::MemberKick, Entry::of(user));
        Ok(Reply::no_content())
    }

    /// Gives a member a role, or takes it: `GUILD_MEMBER_UPDATE`. Whether anything changed.
    pub(crate) fn set_role(
        &self,
        state: &mut State,
        guild: u64,
        user: u64,
        role: u64,
        on: bool,
        by: &By,
    ) -> bool {
        let Some(old) = state.world.member(guild, user) else {
            return false;
        };
        state.world.update_member(guild, user, |member| {
            if on {
                member.add_role(role);
            } else {
                member.remove_role(role);
            }
        });
        self.member_changed(state, guild, user, by, &old)
    }

    /// Takes a member out of a guild: `GUILD_MEMBER_REMOVE`, and out of voice first. Whether they were
    /// in it.
    pub(crate) fn remove_member(&self, state: &mut State, guild: u64, user: u64) -> bool {
        let Some(found) = state.world.guilds.get(&guild) else {
            return false;
        };
        if !found.members.contains_key(&user) {
            return false;
        }
        if found.voice_states.contains_key(&user) {
            self.move_voice(state, guild, user, None, (false, false));
        }
        let mut boosted = false;
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            let gone = found.members.remove(&user);
            boosted = gone.is_some_and(|member| member.premium_since().is_some());
            found.presences.remove(&user);
            for interested in found.event_users.values_mut() {
                interested.remove(&user);
            }
            for (thread, inside) in &mut found.thread_members {
                if inside.remove(&user).is_some()
                    && let Some(thread) = found.threads.get_mut(thread)
                {
                    // Discord counts no further than this.
                    thread["member_count"] = Value::from(inside.len().min(50));
                }
            }
        }
        state.world.forget_membership(guild, user);
        let person = state.world.user(user).unwrap_or_default();
        let data = json!({ "guild_id": guild.to_string(), "user": person });
        let happening = Happening::new("GUILD_MEMBER_REMOVE", Some(guild), data);
        self.dispatch(state, &happening);
        if boosted {
            self.count_boosts(state, guild);
        }
        true
    }

    /// After a member was changed from `old`: the event and the audit log. Whether anything changed.
    pub(crate) fn member_changed(
        &self,
        state: &mut State,
        guild: u64,
        user: u64,
        by: &By,
        old: &Value,
    ) -> bool {
        let Some(new) = state.world.member(guild, user).filter(|new| new != old) else {
            return false;
        };
        self.tell_member(state, guild, user);
        let entry = Entry::changed(user, old, &new, AUDITED);
        if !entry.is_empty() {
            self.audit(state, guild, by, Action::MemberUpdate, entry);
        }
        let difference = |from: &Value, to: &Value| -> Vec<Value> {
            let roles = |of: &Value| of["roles"].as_array().cloned().unwrap_or_default();
            let kept = roles(to);
            let gone = roles(from).into_iter().filter(|role| !kept.contains(role));
            gone.filter_map(|role| {
                let role = super::roles::role(state, guild, objects::snowflake(&role)?).ok()?;
                Some(json!({ "id": role["id"], "name": role["name"] }))
            })
            .collect()
        };
        let mut entry = Entry::of(user);
        let changes = [
            ("$add", difference(&new, old)),
            ("$remove", difference(old, &new)),
        ];
        for (key, roles) in changes {
            if !roles.is_empty() {
                entry = entry.change(key, &Value::Null, &Value::Array(roles));
            }
        }
        if !entry.is_empty() {
            self.audit(state, guild, by, Action::MemberRoleUpdate, entry);
        }
        true
    }

    /// `GUILD_MEMBER_UPDATE`; of the bot itself whatever the intents.
    pub(crate) fn tell_member(&self, state: &mut State, guild: u64, user: u64) {
        let Some(mut data) = state.world.member(guild, user) else {
            return;
        };
        data["guild_id"] = Value::from(guild.to_string());
        // The event's fields are a table of their own, which has no flags.
        if let Some(fields) = data.as_object_mut() {
            fields.remove("flags");
        }
        let mut happening = Happening::new("GUILD_MEMBER_UPDATE", Some(guild), data);
        happening.always = user == state.world.bot;
        self.dispatch(state, &happening);
    }

    /// A moderator's mute and deafness, as the voice state shows them.
    fn silence(
        &self,
        state: &mut State,
        guild: u64,
        user: u64,
        mute: Option<bool>,
        deaf: Option<bool>,
    ) {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        let Some(voice) = found.voice_states.get_mut(&user) else {
            return;
        };
        for (field, on) in [("mute", mute), ("deaf", deaf)] {
            if let Some(on) = on {
                voice[field] = Value::Bool(on);
            }
        }
        let voice = voice.clone();
        self.tell_voice(state, guild, user, voice);
    }

    /// Moves a member who is in voice to another channel, or out.
    fn drag(&self, state: &mut State, guild: u64, user: u64, by: &By, channel: Option<u64>) {
        let Some(found) = state.world.guilds.get(&guild) else {
            return;
        };
        let Some(voice) = found.voice_states.get(&user) else {
            return;
        };
        let is = |field: &str| voice[field] == true;
        let own = (is("self_mute"), is("self_deaf"));
        self.move_voice(state, guild, user, channel, own);
        let (action, options) = match channel {
            Some(channel) => (
                Action::MemberMove,
                json!({ "channel_id": channel.to_string(), "count": "1" }),
            ),
            None => (Action::MemberDisconnect, json!({ "count": "1" })),
        };
        let entry = Entry::default().options(options);
        self.audit(state, guild, by, action, entry);
    }
}

/// A nickname as it is kept: an empty one is none.
fn nickname(given: &Value) -> Option<Box<str>> {
    let given = given.as_str().filter(|nick| !nick.is_empty());
    given.map(Box::from)
}

/// A member with their user.
pub(super) fn member(state: &State, guild: u64, user: u64) -> Result<Value, Failure> {
    let member = state.world.member(guild, user);
    member.ok_or_else(Failure::unknown_member)
}
