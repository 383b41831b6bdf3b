//! What a client asks of its session: members, presence, voice.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::dispatch::{Happening, presence};
use crate::core::{Core, State};
use crate::intents;
use crate::journal::EntryKind;
use crate::world::{Guild, WorldState, objects};

/// Members in one `GUILD_MEMBERS_CHUNK`.
const CHUNK: usize = 1_000;
/// All members of a guild may be asked for once in this time.
const ALL_EVERY: Duration = Duration::from_secs(30);
/// Members a query or a list of users may give.
const ASKED: usize = 100;
/// Bytes of a nonce; a longer one is ignored.
const NONCE: usize = 32;

type Refusal = (u16, &'static str);
const MALFORMED: Refusal = (4002, "Error while decoding payload.");

impl Core {
    /// Does what an authenticated client asked for.
    pub(crate) fn command(
        &self,
        connection: u64,
        session: &str,
        op: u64,
        d: &Value,
    ) -> Result<(), Refusal> {
        let mut state = self.lock();
        match op {
            3 => self.update_presence(&mut state, d),
            4 => self.update_voice(&mut state, connection, d),
            8 => self.request_members(&mut state, connection, session, d),
            _ => {
                let reason = "the simulator does not answer this opcode yet";
                self.note(&mut state, Some(connection), EntryKind::Ignored { reason });
                Ok(())
            }
        }
    }

    fn update_presence(&self, state: &mut State, d: &Value) -> Result<(), Refusal> {
        let status = d["status"].as_str().ok_or(MALFORMED)?;
        if !matches!(status, "online" | "idle" | "dnd" | "invisible" | "offline")
            || !d["activities"].is_array()
            || !d["afk"].is_boolean()
        {
            return Err(MALFORMED);
        }
        let shown = if status == "invisible" {
            "offline"
        } else {
            status
        };
        let bot = state.world.bot;
        let mut activities = d["activities"].clone();
        for activity in activities.as_array_mut().into_iter().flatten() {
            if activity.is_object() {
                activity["created_at"] = Value::from(self.clock.now_ms());
            }
        }
        let new = objects::presence(shown, &activities);
        let guilds: Vec<u64> = state.world.guilds.keys().copied().collect();
        for guild in guilds {
            self.set_presence(state, guild, bot, &new);
        }
        Ok(())
    }

    /// Changes a member's presence and tells it.
    pub(crate) fn set_presence(&self, state: &mut State, guild: u64, user: u64, new: &Value) {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        if !found.members.contains_key(&user) {
            return;
        }
        if new["status"] == "offline" {
            found.presences.remove(&user);
        } else {
            found.presences.insert(user, new.clone());
        }
        let data = presence(guild, user, new);
        self.dispatch(state, &Happening::new("PRESENCE_UPDATE", Some(guild), data));
    }

    fn update_voice(&self, state: &mut State, connection: u64, d: &Value) -> Result<(), Refusal> {
        let guild = objects::snowflake(&d["guild_id"]).ok_or(MALFORMED)?;
        let (Some(mute), Some(deaf)) = (d["self_mute"].as_bool(), d["self_deaf"].as_bool()) else {
            return Err(MALFORMED);
        };
        let channel = match &d["channel_id"] {
            Value::Null => None,
            id => Some(objects::snowflake(id).ok_or(MALFORMED)?),
        };
        let bot = state.world.bot;
        let Some(found) = state.world.guilds.get(&guild) else {
            return Ok(());
        };
        if channel.is_some_and(|id| !found.has_voice_channel(id)) {
            let reason = "the guild has no such voice channel";
            self.note(state, Some(connection), EntryKind::Ignored { reason });
            return Ok(());
        }
        self.move_voice(state, guild, bot, channel, (mute, deaf));
        if channel.is_some() {
            let data = json!({
                "token": "voice-token",
                "guild_id": guild.to_string(),
                "endpoint": "voice.simulator.invalid:443",
            });
            self.dispatch(
                state,
                &Happening::new("VOICE_SERVER_UPDATE", Some(guild), data),
            );
        }
        Ok(())
    }

    /// Puts a member into a voice channel, or out of all.
    pub(crate) fn move_voice(
        &self,
        state: &mut State,
        guild: u64,
        user: u64,
        channel: Option<u64>,
        (mute, deaf): (bool, bool),
    ) {
        let mut voice = json!({
            "guild_id": guild.to_string(),
            "channel_id": channel.map(|id| id.to_string()),
            "user_id": user.to_string(),
            "session_id": format!("{user:032x}"),
            "deaf": false,
            "mute": false,
            "self_deaf": deaf,
            "self_mute": mute,
            "self_video": false,
            "suppress": false,
            "request_to_speak_timestamp": null,
        });
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            if channel.is_some() {
                found.voice_states.insert(user, voice.clone());
            } else {
                found.voice_states.remove(&user);
            }
        }
        voice["member"] = state.world.member(guild, user).unwrap_or_default();
        self.dispatch(
            state,
            &Happening::new("VOICE_STATE_UPDATE", Some(guild), voice),
        );
    }

    fn request_members(
        &self,
        state: &mut State,
        connection: u64,
        session: &str,
        d: &Value,
    ) -> Result<(), Refusal> {
        let &[guild] = Self::snowflakes(&d["guild_id"]).as_slice() else {
            return Err(MALFORMED);
        };
        let users = (!d["user_ids"].is_null()).then(|| Self::snowflakes(&d["user_ids"]));
        let query = d["query"].as_str();
        let nonce = d["nonce"].as_str().filter(|nonce| nonce.len() <= NONCE);
        if users.is_none() && (query.is_none() || d["limit"].as_u64().is_none()) {
            return Err(MALFORMED);
        }
        let Some(found) = state.sessions.get(session) else {
            return Ok(());
        };
        let (granted, shard) = (found.intents, found.shard);
        let ignore = |state: &mut State, reason| {
            self.note(state, Some(connection), EntryKind::Ignored { reason });
            Ok(())
        };
        if users.is_none() && query == Some("") && granted & intents::MEMBERS == 0 {
            return ignore(
                state,
                "the whole member list needs the intent GUILD_MEMBERS",
            );
        }
        if !state.world.guilds.contains_key(&guild) {
            return ignore(state, "members of an unknown guild were requested");
        }
        if objects::shard_of(guild, shard.1) != shard.0 {
            return ignore(state, "members of a guild of another shard were requested");
        }
        if users.is_none() && query == Some("") && d["limit"] == 0 {
            let last = state.member_requests.get(&guild).map(Instant::elapsed);
            if let Some(wait) = last.and_then(|last| ALL_EVERY.checked_sub(last)) {
                let mut meta = json!({ "guild_id": guild.to_string() });
                if let Some(nonce) = nonce {
                    meta["nonce"] = Value::from(nonce);
                }
                let told = json!({ "opcode": 8, "retry_after": wait.as_secs_f64(), "meta": meta });
                self.dispatch_to(state, session, "RATE_LIMITED", &told.to_string());
                return Ok(());
            }
            state.member_requests.insert(guild, Instant::now());
        }
        let Some(here) = state.world.guilds.get(&guild) else {
            return Ok(());
        };
        let (chosen, not_found) = choose(&state.world, here, query, users.as_deref(), d);
        let presences = d["presences"] == true && granted & intents::PRESENCES != 0;
        let count = chosen.len().div_ceil(CHUNK).max(1);
        let mut chunks = Vec::with_capacity(count);
        for index in 0..count {
            let part: Vec<u64> = chosen
                .iter()
                .skip(index * CHUNK)
                .take(CHUNK)
                .copied()
                .collect();
            let members: Vec<Value> = part
                .iter()
                .filter_map(|user| state.world.member(guild, *user))
                .collect();
            let mut chunk = json!({
                "guild_id": guild.to_string(),
                "members": members,
                "chunk_index": index,
                "chunk_count": count,
            });
            if presences {
                let known = |user: &u64| Some(presence(guild, *user, here.presences.get(user)?));
                chunk["presences"] = part.iter().filter_map(known).collect();
            }
            if index == 0 && !not_found.is_empty() {
                chunk["not_found"] = not_found.iter().map(u64::to_string).collect();
            }
            if let Some(nonce) = nonce {
                chunk["nonce"] = Value::from(nonce);
            }
            chunks.push(chunk.to_string());
        }
        for chunk in chunks {
            self.dispatch_to(state, session, "GUILD_MEMBERS_CHUNK", &chunk);
        }
        Ok(())
    }
}

/// The members asked for, and the users asked for who are none.
fn choose(
    world: &WorldState,
    here: &Guild,
    query: Option<&str>,
    users: Option<&[u64]>,
    d: &Value,
) -> (Vec<u64>, Vec<u64>) {
    if let Some(users) = users {
        let unique: BTreeSet<u64> = users.iter().copied().collect();
        let (found, missing): (Vec<u64>, Vec<u64>) = unique
            .into_iter()
            .partition(|id| here.members.contains_key(id));
        return (found.into_iter().take(ASKED).collect(), missing);
    }
    let start = query.unwrap_or_default().to_lowercase();
    let limit = match d["limit"].as_u64() {
        Some(0) | None if start.is_empty() => usize::MAX,
        Some(0) | None => ASKED,
        Some(limit) => usize::try_from(limit).unwrap_or(ASKED).min(ASKED),
    };
    let named = |id: &&u64| {
        let user = world.user(**id);
        let name = user.and_then(|user| user["username"].as_str());
        let nick = here
            .members
            .get(id)
            .and_then(|member| member["nick"].as_str());
        [name, nick]
            .into_iter()
            .flatten()
            .any(|name| name.to_lowercase().starts_with(&start))
    };
    (
        here.members
            .keys()
            .filter(named)
            .take(limit)
            .copied()
            .collect(),
        Vec::new(),
    )
}
