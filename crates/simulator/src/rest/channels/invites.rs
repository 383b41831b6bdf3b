//! Invites to a channel.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids::iso8601;
use crate::rest::access::{is_thread, other_type};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::{objects, permissions};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/channels/{channel_id}/invites", Core::list_channel_invites),
    Route::post("/channels/{channel_id}/invites", Core::invite_to_channel),
];

/// Invites of a guild.
const MAX: usize = 1_000;
/// Seconds an invite lives when nothing is said.
const DAY: u64 = 86_400;

const INVITE: &[Field] = &[
    Field::integer("max_age", 0, 604_800).or_null(),
    Field::integer("max_uses", 0, 100).or_null(),
    Field::boolean("temporary").or_null(),
    Field::boolean("unique").or_null(),
    Field::choice("target_type", &[1, 2]).or_null(),
    Field::id("target_user_id").or_null(),
    Field::id("target_application_id").or_null(),
];

impl Core {
    fn list_channel_invites(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may(state, channel, permissions::MANAGE_CHANNELS)?;
        let guild = state.world.guild_of(channel);
        let guild = guild.and_then(|guild| state.world.guilds.get(&guild));
        let invites = guild.into_iter().flat_map(|guild| guild.invites.values());
        let invites = invites.filter(|invite| objects::id(&invite["channel"]) == channel);
        let live = invites.filter(|invite| self.is_live(invite));
        Ok(Reply::ok(live.cloned().collect()))
    }

    fn invite_to_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let Some(guild) = state.world.guild_of(channel) else {
            return Err(crate::rest::messages::direct_message());
        };
        self.may(state, channel, permissions::CREATE_INSTANT_INVITE)?;
        let object = state.world.channel(channel).cloned().unwrap_or_default();
        if is_thread(&object) || object["type"] == 4 {
            return Err(other_type());
        }
        let given = Value::Object(form::read(&call.body, INVITE)?);
        if !given["target_type"].is_null() {
            return Ok(Reply::missing(
                "POST",
                "channels/{channel_id}/invites with a target",
            ));
        }
        let by = call.by(state);
        let age = given["max_age"].as_u64().unwrap_or(DAY);
        let uses = given["max_uses"].as_u64().unwrap_or(0);
        let temporary = given["temporary"] == true;
        let Some(found) = state.world.guilds.get(&guild) else {
            return Err(Failure::unknown_guild());
        };
        let same = |invite: &&Value| {
            objects::id(&invite["channel"]) == channel
                && objects::id(&invite["inviter"]) == by.user
                && invite["max_age"] == age
                && invite["max_uses"] == uses
                && invite["temporary"] == temporary
                && self.is_live(invite)
        };
        if given["unique"] != true
            && let Some(known) = found.invites.values().find(same)
        {
            return Ok(Reply::ok(known.clone()));
        }
        if found.invites.len() >= MAX {
            let message = "Maximum number of invites reached (1000)";
            return Err(Failure::new(400, 30_016, message));
        }
        let partial = |field: &str| found.object[field].clone();
        let shown = json!({
            "id": guild.to_string(),
            "name": partial("name"),
            "icon": partial("icon"),
            "splash": partial("splash"),
            "banner": partial("banner"),
            "description": partial("description"),
            "features": partial("features"),
            "verification_level": partial("verification_level"),
            "vanity_url_code": partial("vanity_url_code"),
            "nsfw_level": partial("nsfw_level"),
            "premium_subscription_count": partial("premium_subscription_count"),
        });
        let now = self.clock.now_ms();
        let ends = (age > 0).then(|| iso8601(now + age * 1_000));
        let code = code_of(self.next_id(state));
        let invite = json!({
            "type": 0,
            "code": code,
            "guild": shown,
            "guild_id": guild.to_string(),
            "channel": { "id": channel.to_string(), "name": object["name"], "type": object["type"] },
            "inviter": state.world.user(by.user),
            "expires_at": ends,
            "flags": 0,
            "uses": 0,
            "max_uses": uses,
            "max_age": age,
            "temporary": temporary,
            "created_at": iso8601(now),
        });
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.invites.insert(code, invite.clone());
        }
        let mut data = invite.clone();
        if let Some(fields) = data.as_object_mut() {
            for field in ["type", "guild", "channel"] {
                fields.remove(field);
            }
        }
        data["channel_id"] = Value::from(channel.to_string());
        let held = state.world.permissions_in(channel, state.world.bot);
        if held & permissions::MANAGE_CHANNELS != 0 {
            self.dispatch(state, &Happening::new("INVITE_CREATE", Some(guild), data));
        }
        self.audit_invite(state, guild, &by, &Value::Null, &invite);
        Ok(Reply::ok(invite))
    }
}

/// A code out of an id: no two ids have one.
fn code_of(id: u64) -> String {
    const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut rest = id;
    let mut code = String::new();
    while rest > 0 {
        let digit = usize::try_from(rest % 58).unwrap_or(0);
        code.extend(DIGITS.get(digit).map(|digit| char::from(*digit)));
        rest /= 58;
    }
    code
}
