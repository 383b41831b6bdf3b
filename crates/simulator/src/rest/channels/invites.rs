//! Invites to a channel.

use serde_json::{Map, Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids::iso8601;
use crate::rest::access::{is_thread, other_type};
use crate::rest::form::{self, Field};
use crate::rest::guilds::invite_targets;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::permissions::Place;
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
    Field::ids("role_ids", 250).or_null(),
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
        // Nothing has to be said, but that has to be said.
        if call.body.is_null() {
            let message = "The request body contains invalid JSON.";
            return Err(Failure::new(400, 50_109, message));
        }
        let given = Value::Object(form::read(&call.body, INVITE)?);
        let target = self.target(state, guild, &object, &given)?;
        let roles = self.invited_to(state, guild, &given["role_ids"])?;
        let targets = match invite_targets::read(&call.files)? {
            Some(Err(wrong)) => return Ok(invite_targets::refused(&wrong)),
            Some(Ok(users)) => {
                self.require(state, Place::Guild(guild), permissions::MANAGE_GUILD)?;
                Some(users)
            }
            None => None,
        };
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
                && invite.get("target_type").is_none()
                && invite.get("roles").is_none()
                && self.is_live(invite)
        };
        let plain = target.is_empty() && roles.is_empty() && targets.is_none();
        if given["unique"] != true
            && plain
            && let Some(known) = found.invites.values().find(same)
        {
            return Ok(Reply::ok(known.clone()));
        }
        if found.invites.len() >= MAX {
            let message = "Maximum number of invites reached (1000)";
            return Err(Failure::new(400, 30_016, message));
        }
        let now = self.clock.now_ms();
        let ends = (age > 0).then(|| iso8601(now + age * 1_000));
        let shown = shown(&found.object);
        let code = code_of(self.next_id(state));
        let mut invite = json!({
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
        for (field, value) in target {
            invite[field] = value;
        }
        if !roles.is_empty() {
            invite["roles"] = Value::Array(roles);
        }
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.invites.insert(code.clone(), invite.clone());
        }
        if let Some(users) = targets {
            self.keep_targets(state, guild, &code, users);
        }
        let mut data = invite.clone();
        if let Some(fields) = data.as_object_mut() {
            for field in ["type", "guild", "channel", "flags"] {
                fields.remove(field);
            }
            if let Some(Value::Array(roles)) = fields.remove("roles") {
                let ids: Vec<Value> = roles.iter().map(|role| role["id"].clone()).collect();
                fields.insert("role_ids".to_owned(), Value::Array(ids));
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

impl Core {
    /// What an invite into a voice channel shows: somebody's stream, or an activity.
    fn target(
        &self,
        state: &State,
        guild: u64,
        channel: &Value,
        given: &Value,
    ) -> Result<Map<String, Value>, Failure> {
        let mut fields = Map::new();
        let Some(kind) = given["target_type"].as_u64() else {
            return Ok(fields);
        };
        fields.insert("target_type".to_owned(), Value::from(kind));
        if channel["type"] != 2 {
            let message = "Only invites into voice channels have a target.";
            let code = "GUILD_INVITE_INVALID_TARGET_TYPE";
            return Err(Failure::invalid("target_type", code, message));
        }
        let id = |field: &str| {
            let id = objects::snowflake(&given[field]);
            id.ok_or_else(|| Failure::required(field))
        };
        if kind == 1 {
            let user = id("target_user_id")?;
            let found = state.world.guilds.get(&guild);
            let voice = found.and_then(|found| found.voice_states.get(&user));
            let streams = voice.is_some_and(|voice| {
                voice["channel_id"] == channel["id"] && voice["self_stream"] == true
            });
            if !streams {
                let message = "The specified user is currently not streaming in this channel";
                let code = "GUILD_INVITE_INVALID_STREAMER";
                return Err(Failure::invalid("target_user_id", code, message));
            }
            let user = state.world.user(user).unwrap_or_default();
            fields.insert("target_user".to_owned(), user);
            return Ok(fields);
        }
        let application = id("target_application_id")?;
        // Of other applications nothing is known.
        if application != state.world.application || !state.application.has_activity() {
            let message = "The specified application is not embedded";
            let code = "GUILD_INVITE_INVALID_APPLICATION";
            return Err(Failure::invalid("target_application_id", code, message));
        }
        let bot = state.world.user(state.world.bot).unwrap_or_default();
        fields.insert(
            "target_application".to_owned(),
            json!({
                "id": application.to_string(),
                "name": bot["username"],
                "icon": null,
                "description": "",
            }),
        );
        Ok(fields)
    }

    /// The roles that an invite gives: such as whoever makes it could give.
    fn invited_to(&self, state: &State, guild: u64, given: &Value) -> Result<Vec<Value>, Failure> {
        let ids = given.as_array().into_iter().flatten();
        let ids: Vec<u64> = ids.filter_map(objects::snowflake).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.require(state, Place::Guild(guild), permissions::MANAGE_ROLES)?;
        let found = state.world.guilds.get(&guild);
        let roles = ids.into_iter().map(|id| {
            let role = found.and_then(|found| found.roles.get(&id));
            let role = role.ok_or_else(Failure::unknown_role)?;
            if id == guild || role["managed"] == true {
                return Err(Failure::new(400, 50_028, "Invalid Role"));
            }
            let may = state.world.outranks_role(guild, state.actor(), id);
            may.then(|| role.clone())
                .ok_or_else(Failure::missing_permissions)
        });
        roles.collect()
    }
}

/// A guild as those see it who have only an invite.
fn shown(guild: &Value) -> Value {
    const FIELDS: [&str; 11] = [
        "id",
        "name",
        "icon",
        "splash",
        "banner",
        "description",
        "features",
        "verification_level",
        "vanity_url_code",
        "nsfw_level",
        "premium_subscription_count",
    ];
    let fields = FIELDS.iter();
    let fields = fields.map(|field| ((*field).to_owned(), guild[*field].clone()));
    Value::Object(fields.collect())
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
