//! Looking for messages in all of a guild:
//! <https://docs.discord.com/developers/resources/message#search-guild-messages>.

mod query;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use self::query::Query;
use crate::core::{Core, State};
use crate::intents::CONTENT;
use crate::rest::access::is_thread;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::Call;
use crate::world::permissions::{CONNECT, Place, READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use crate::world::{Guild, objects};

impl Core {
    pub(super) fn search_messages(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = call.guild(state)?;
        self.require(state, Place::Guild(guild), READ_MESSAGE_HISTORY)?;
        // Who may not read what is said cannot look for it.
        if state.acting.is_none() && self.options.disallowed & CONTENT != 0 {
            return Err(Failure::missing_access());
        }
        let query = Query::read(call)?;
        let found = state.world.guilds.get(&guild);
        let found = found.ok_or_else(Failure::unknown_guild)?;
        for channel in query.channels() {
            let known = found.channel(*channel).is_some();
            if !known {
                return Err(Failure::unknown_channel());
            }
            self.may(state, *channel, VIEW_CHANNEL)?;
        }
        let mut hits: Vec<&Value> = places(state, found, &query)
            .flat_map(|channel| state.world.messages.of(channel))
            .filter(|message| query.fits(message))
            .collect();
        hits.sort_by_key(|message| Reverse(objects::id(message)));
        if query.by_relevance() {
            hits.sort_by_key(|message| Reverse(query.relevance(message)));
        } else if query.oldest_first() {
            hits.reverse();
        }
        let total = hits.len();
        let shown: Vec<&Value> = hits
            .into_iter()
            .skip(query.offset())
            .take(query.limit())
            .collect();
        let threads: BTreeSet<u64> = shown
            .iter()
            .filter_map(|message| objects::snowflake(&message["channel_id"]))
            .filter(|channel| found.threads.contains_key(channel))
            .collect();
        let seats = threads.iter().filter_map(|thread| {
            let seats = found.thread_members.get(thread)?;
            seats.get(&state.actor()).cloned()
        });
        let seats: Vec<Value> = seats.collect();
        let threads: Vec<&Value> = threads
            .iter()
            .filter_map(|thread| found.threads.get(thread))
            .collect();
        let messages: Vec<Value> = shown
            .into_iter()
            .map(|message| json!([without_reactions(message)]))
            .collect();
        Ok(Reply::ok(json!({
            "doing_deep_historical_index": false,
            "total_results": total,
            "messages": messages,
            "threads": threads,
            "members": seats,
        })))
    }
}

/// The channels and threads that are searched: those that whoever asks may read.
fn places<'a>(
    state: &'a State,
    found: &'a Guild,
    query: &'a Query,
) -> impl Iterator<Item = u64> + 'a {
    let user = state.actor();
    let all = found.channels.iter().chain(&found.threads);
    let readable = all.filter(move |(id, channel)| {
        let kind = channel["type"].as_u64();
        let mut needed = VIEW_CHANNEL | READ_MESSAGE_HISTORY;
        if matches!(kind, Some(2 | 13)) {
            needed |= CONNECT;
        }
        let host = if is_thread(channel) {
            let parent = objects::snowflake(&channel["parent_id"]);
            parent.and_then(|parent| found.channels.get(&parent))
        } else {
            Some(*channel)
        };
        let nsfw = host.is_some_and(|host| host["nsfw"] == true);
        query.covers(**id, nsfw) && state.world.permissions_in(**id, user) & needed == needed
    });
    readable.map(|(id, _)| *id)
}

fn without_reactions(message: &Value) -> Value {
    let mut message = message.clone();
    if let Some(fields) = message.as_object_mut() {
        fields.remove("reactions");
    }
    message
}
