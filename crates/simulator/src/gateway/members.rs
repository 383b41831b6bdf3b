//! Members, as a client asks for them: in chunks.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::commands::{MALFORMED, Refusal, Sender, nonce};
use crate::core::{Core, State};
use crate::faults::RequestFault;
use crate::intents;
use crate::world::{Guild, WorldState};

/// Members in one `GUILD_MEMBERS_CHUNK`.
const CHUNK: usize = 1_000;
/// All members of a guild may be asked for once in this time.
const ALL_EVERY: Duration = Duration::from_secs(30);
/// Members a query or a list of users may give.
const ASKED: usize = 100;

impl Core {
    pub(super) fn request_members(
        &self,
        state: &mut State,
        from: Sender<'_>,
        d: &Value,
    ) -> Result<(), Refusal> {
        let &[guild] = Self::snowflakes(&d["guild_id"]).as_slice() else {
            return Err(MALFORMED);
        };
        let users = (!d["user_ids"].is_null()).then(|| Self::snowflakes(&d["user_ids"]));
        let query = d["query"].as_str();
        if users.is_none() && (query.is_none() || d["limit"].as_u64().is_none()) {
            return Err(MALFORMED);
        }
        let Some(granted) = state.sessions.get(from.session).map(|found| found.intents) else {
            return Ok(());
        };
        if users.is_none() && query == Some("") && granted & intents::MEMBERS == 0 {
            let reason = "the whole member list needs the intent GUILD_MEMBERS";
            self.ignore(state, from, reason);
            return Ok(());
        }
        if !self.is_served(state, from, guild) {
            return Ok(());
        }
        if users.is_none() && query == Some("") && d["limit"] == 0 {
            let last = state.member_requests.get(&guild).map(Instant::elapsed);
            let wait = last.and_then(|last| ALL_EVERY.checked_sub(last));
            if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
                self.tell_too_soon(state, from.session, 8, d, wait);
                return Ok(());
            }
            state.member_requests.insert(guild, Instant::now());
        }
        let chunks = chunks(state, guild, granted, users.as_deref(), d);
        self.send_chunks(state, from, guild, chunks);
        Ok(())
    }

    /// Sends the answer, with whatever goes wrong on its way.
    fn send_chunks(
        &self,
        state: &mut State,
        from: Sender<'_>,
        guild: u64,
        mut chunks: Vec<String>,
    ) {
        if let Some(RequestFault::LoseChunk(index)) =
            self.request_fault(state, from, |it| matches!(it, RequestFault::LoseChunk(_)))
            && (index as usize) < chunks.len()
        {
            chunks.remove(index as usize);
        }
        let twice = self.request_fault(state, from, |it| *it == RequestFault::RepeatChunks);
        if twice.is_some() {
            chunks = chunks.into_iter().flat_map(|it| [it.clone(), it]).collect();
        }
        let backwards = self.request_fault(state, from, |it| *it == RequestFault::ReverseChunks);
        if backwards.is_some() {
            chunks.reverse();
        }
        let gone = self.request_fault(state, from, |it| {
            matches!(it, RequestFault::GuildGone { .. })
        });
        if let Some(RequestFault::GuildGone { after, .. }) = gone {
            chunks.truncate(after as usize);
        }
        for chunk in chunks {
            self.dispatch_to(state, from.session, "GUILD_MEMBERS_CHUNK", &chunk);
        }
        if let Some(RequestFault::GuildGone { outage, .. }) = gone {
            self.take_guild(state, guild, outage);
        }
    }
}

/// The answer to a request for members.
fn chunks(
    state: &State,
    guild: u64,
    granted: u64,
    users: Option<&[u64]>,
    d: &Value,
) -> Vec<String> {
    let Some(here) = state.world.guilds.get(&guild) else {
        return Vec::new();
    };
    let (chosen, not_found) = choose(&state.world, here, users, d);
    let presences = d["presences"] == true && granted & intents::PRESENCES != 0;
    let count = chosen.len().div_ceil(CHUNK).max(1);
    let mut chunks = Vec::with_capacity(count);
    for index in 0..count {
        let part = chosen.iter().skip(index * CHUNK).take(CHUNK);
        let members: Vec<Value> = part
            .clone()
            .filter_map(|user| state.world.member(guild, *user))
            .collect();
        let mut chunk = json!({
            "guild_id": guild.to_string(),
            "members": members,
            "chunk_index": index,
            "chunk_count": count,
        });
        if presences {
            let known = |user: &u64| Some(here.presences.get(user)?.render(guild, *user));
            chunk["presences"] = part.filter_map(known).collect();
        }
        if index == 0 && !not_found.is_empty() {
            chunk["not_found"] = not_found.iter().map(u64::to_string).collect();
        }
        if let Some(nonce) = nonce(d) {
            chunk["nonce"] = Value::from(nonce);
        }
        chunks.push(chunk.to_string());
    }
    chunks
}

/// The members asked for, and the users asked for who are none.
fn choose(
    world: &WorldState,
    here: &Guild,
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
    let start = d["query"].as_str().unwrap_or_default().to_lowercase();
    let limit = match d["limit"].as_u64() {
        Some(0) | None if start.is_empty() => usize::MAX,
        Some(0) | None => ASKED,
        Some(limit) => usize::try_from(limit).unwrap_or(ASKED).min(ASKED),
    };
    let named = |id: &&u64| {
        let user = world.users.get(id);
        let names = user.map(|user| [Some(user.username()), user.global_name.as_deref()]);
        let nick = here.members.get(id).and_then(|it| it.nick.as_deref());
        let mut names = names.into_iter().flatten().flatten().chain(nick);
        names.any(|name| name.to_lowercase().starts_with(&start))
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
