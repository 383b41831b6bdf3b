//! Threads that are archived.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::ids::read_iso;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::{objects, permissions};

pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/channels/{channel_id}/threads/archived/public",
        Core::archived_public,
    ),
    Route::get(
        "/channels/{channel_id}/threads/archived/private",
        Core::archived_private,
    ),
    Route::get(
        "/channels/{channel_id}/users/@me/threads/archived/private",
        Core::archived_joined,
    ),
];

impl Core {
    fn archived_public(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may(state, channel, permissions::READ_MESSAGE_HISTORY)?;
        let before = before(call)?;
        let fits = |thread: &Value| matches!(thread["type"].as_u64(), Some(10 | 11));
        page(
            state,
            call,
            channel,
            |thread| fits(thread) && archived_at(thread) < before,
            archived_at,
        )
    }

    fn archived_private(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let needed = permissions::READ_MESSAGE_HISTORY | permissions::MANAGE_THREADS;
        self.may(state, channel, needed)?;
        let before = before(call)?;
        let fits = |thread: &Value| thread["type"] == 12 && archived_at(thread) < before;
        page(state, call, channel, fits, archived_at)
    }

    fn archived_joined(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may(state, channel, permissions::READ_MESSAGE_HISTORY)?;
        let before = call.parameter_id("before")?.unwrap_or(u64::MAX);
        let user = state.actor();
        let guild = state.world.guild_of(channel);
        let guild = guild.and_then(|guild| state.world.guilds.get(&guild));
        let joined = |id: u64| {
            let seats = guild.and_then(|guild| guild.thread_members.get(&id));
            seats.is_some_and(|seats| seats.contains_key(&user))
        };
        let fits = |thread: &Value| {
            let id = objects::id(thread);
            thread["type"] == 12 && id < before && joined(id)
        };
        page(state, call, channel, fits, objects::id)
    }
}

/// The archived threads of a channel that fit, the latest first.
fn page(
    state: &State,
    call: &Call<'_>,
    channel: u64,
    fits: impl Fn(&Value) -> bool,
    order: impl Fn(&Value) -> u64,
) -> Outcome {
    let limit = call.limit(50, 100)?;
    let guild = state.world.guild_of(channel);
    let Some(guild) = guild.and_then(|guild| state.world.guilds.get(&guild)) else {
        return Err(Failure::unknown_channel());
    };
    let mut threads: Vec<&Value> = guild
        .threads
        .values()
        .filter(|thread| objects::snowflake(&thread["parent_id"]) == Some(channel))
        .filter(|thread| thread["thread_metadata"]["archived"] == true && fits(thread))
        .collect();
    threads.sort_by_key(|thread| std::cmp::Reverse((order(thread), objects::id(thread))));
    let more = threads.len() > limit;
    threads.truncate(limit);
    let user = state.actor();
    let members: Vec<&Value> = threads
        .iter()
        .filter_map(|thread| guild.thread_members.get(&objects::id(thread))?.get(&user))
        .collect();
    Ok(Reply::ok(
        json!({ "threads": threads, "members": members, "has_more": more }),
    ))
}

fn archived_at(thread: &Value) -> u64 {
    let at = thread["thread_metadata"]["archive_timestamp"].as_str();
    at.and_then(read_iso).unwrap_or(0)
}

/// The time before which threads were archived.
fn before(call: &Call<'_>) -> Result<u64, Failure> {
    let given = call.decoded("before").filter(|text| !text.is_empty());
    let Some(given) = given else {
        return Ok(u64::MAX);
    };
    read_iso(&given).ok_or_else(|| {
        let message = "Could not parse the timestamp. Should be ISO8601.";
        Failure::invalid("before", "DATE_TIME_TYPE_PARSE", message)
    })
}
