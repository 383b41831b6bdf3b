//! Users, their guilds, direct messages.

use serde_json::{Value, json};

use super::caller::Caller;
use super::form::{self, Field, Wrong};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::{Direct, objects};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/users/@me", Core::current_user).oauth(),
    Route::patch("/users/@me", Core::edit_current_user),
    Route::get("/users/{user_id}", Core::get_user),
    Route::get("/users/@me/guilds", Core::current_guilds).oauth(),
    Route::delete("/users/@me/guilds/{guild_id}", Core::leave_guild),
    Route::get("/users/@me/guilds/{guild_id}/member", Core::current_member).oauth(),
    Route::get("/users/@me/connections", Core::current_connections).oauth(),
    Route::post("/users/@me/channels", Core::create_direct),
];

/// Guilds a page holds.
const GUILDS: usize = 200;

/// What a bot may change of itself.
const PROFILE: &[Field] = &[
    Field::text("username", 2, 32),
    Field::image("avatar", 10 * 1024 * 1024).or_null(),
    Field::image("banner", 10 * 1024 * 1024).or_null(),
];

impl Core {
    fn current_user(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = match &call.caller {
            Caller::User(_) => {
                let id = call.caller.user_with("identify")?;
                state.world.user(id)
            }
            _ => state.world.user(state.world.bot).map(objects::current_user),
        };
        user.map(Reply::ok).ok_or_else(Failure::unknown_user)
    }

    /// Changes the bot's name and pictures: `USER_UPDATE`.
    fn edit_current_user(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let given = form::read(&call.body, PROFILE)?;
        let name = given.get("username").and_then(Value::as_str);
        if name.is_some_and(|name| !may_be_named(name)) {
            let mut wrong = Wrong::default();
            let message = "Username contains words or characters that are not allowed.";
            wrong.note("username", "USERNAME_INVALID_CONTAINS", message);
            wrong.refuse()?;
        }
        let bot = state.world.bot;
        if let Some(name) = name {
            state.world.users.rename(bot, name);
        }
        if let Some(user) = state.world.users.get_mut(bot) {
            for field in ["avatar", "banner"] {
                if let Some(value) = given.get(field) {
                    user.set(field, value.clone());
                }
            }
        }
        let user = state.world.user(bot).map(objects::current_user);
        let user = user.ok_or_else(Failure::unknown_user)?;
        if !given.is_empty() {
            self.dispatch(state, &Happening::new("USER_UPDATE", None, user.clone()));
        }
        Ok(Reply::ok(user))
    }

    fn get_user(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = state.world.user(call.id("user_id")?);
        user.map(Reply::ok).ok_or_else(Failure::unknown_user)
    }

    /// The guilds of whoever asks, a page of them.
    fn current_guilds(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = match &call.caller {
            Caller::User(_) => call.caller.user_with("guilds")?,
            _ => state.world.bot,
        };
        let limit = call.limit(GUILDS, GUILDS)?;
        let (before, after) = (call.parameter_id("before")?, call.parameter_id("after")?);
        let counted = call.flag("with_counts");
        let fitting = state.world.guilds.iter().filter(|(id, guild)| {
            let within = before.is_none_or(|before| **id < before);
            within && after.is_none_or(|after| **id > after) && guild.members.contains_key(&user)
        });
        let mut page: Vec<Value> = fitting
            .map(|(id, guild)| {
                let mut shown = json!({
                    "owner": guild.owner() == user,
                    "permissions": state.world.permissions(*id, user).to_string(),
                });
                for field in ["id", "name", "icon", "banner", "features"] {
                    shown[field] = guild.object[field].clone();
                }
                if counted {
                    shown["approximate_member_count"] = Value::from(guild.members.len());
                    shown["approximate_presence_count"] = Value::from(guild.presences.len());
                }
                shown
            })
            .collect();
        // Before an id means the nearest before it.
        if before.is_some() && after.is_none() {
            page.drain(..page.len().saturating_sub(limit));
        }
        page.truncate(limit);
        Ok(Reply::ok(Value::Array(page)))
    }

    /// The bot leaves: `GUILD_DELETE`.
    fn leave_guild(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = call.guild(state)?;
        if state
            .world
            .guilds
            .get(&guild)
            .map(crate::world::Guild::owner)
            == Some(state.world.bot)
        {
            return Err(Failure::new(400, 50_055, "Invalid Guild"));
        }
        self.take_guild(state, guild, false);
        Ok(Reply::no_content())
    }

    /// The member that the user of a token is.
    fn current_member(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = call.caller.user_with("guilds.members.read")?;
        let guild = call.guild(state)?;
        let member = state.world.member(guild, user);
        member.map(Reply::ok).ok_or_else(Failure::unknown_guild)
    }

    /// Nobody here has accounts elsewhere.
    fn current_connections(&self, _: &mut State, call: &Call<'_>) -> Outcome {
        call.caller.may("connections")?;
        Ok(Reply::ok(json!([])))
    }

    fn create_direct(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        if call.body["access_tokens"].is_array() {
            return Ok(Reply::missing(
                "POST",
                "/users/@me/channels with access_tokens",
            ));
        }
        let user = call.body_id("recipient_id")?;
        let invalid = || Failure::new(400, 50_033, "Invalid Recipient(s)");
        if user == state.world.bot {
            return Err(invalid());
        }
        let channel = self.direct_channel(state, user).ok_or_else(invalid)?;
        let channel = state.world.channel(channel).cloned();
        channel.map(Reply::ok).ok_or_else(Failure::unknown_channel)
    }

    /// The channel between the bot and a user, made if there is none.
    pub(crate) fn direct_channel(&self, state: &mut State, user: u64) -> Option<u64> {
        let known = state
            .world
            .directs
            .iter()
            .find(|(_, direct)| direct.user == user);
        if let Some((id, _)) = known {
            return Some(*id);
        }
        let recipient = state.world.user(user)?;
        let id = self.next_id(state);
        let object = objects::direct(id, &recipient);
        state.world.directs.insert(id, Direct { user, object });
        Some(id)
    }
}

/// Whether somebody may be called so.
fn may_be_named(name: &str) -> bool {
    let parts = ["@", "#", ":", "```", "discord"];
    let lower = name.to_lowercase();
    let taken = matches!(lower.as_str(), "everyone" | "here");
    !taken && !parts.iter().any(|part| lower.contains(part))
}
