//! Reactions and typing.

use serde_json::{Value, json};

use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;

pub(super) const ROUTES: &[Route] = &[
    Route::put(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        Core::react,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        Core::unreact,
    ),
    Route::post("/channels/{channel_id}/typing", Core::trigger_typing),
];

impl Core {
    fn react(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        self.own_reaction(state, call, true)
    }

    fn unreact(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        self.own_reaction(state, call, false)
    }

    fn own_reaction(&self, state: &mut State, call: &Call<'_>, on: bool) -> Outcome {
        let message = call.message(state)?;
        let emoji = emoji_in(&unescape(call.text("emoji_name")));
        let emoji = emoji.ok_or_else(|| Failure::new(400, 10_014, "Unknown Emoji"))?;
        let user = state.actor();
        self.set_reaction(state, message, user, &emoji, on);
        Ok(Reply::no_content())
    }

    fn trigger_typing(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let user = state.actor();
        self.start_typing(state, channel, user);
        Ok(Reply::no_content())
    }

    /// Adds or removes one user's reaction and tells it.
    pub(crate) fn set_reaction(
        &self,
        state: &mut State,
        (channel, message): (u64, u64),
        user: u64,
        emoji: &Value,
        on: bool,
    ) {
        let bot = state.world.bot;
        let Some(found) = state.world.message_mut(channel, message) else {
            return;
        };
        let author = found["author"]["id"].clone();
        if !found["reactions"].is_array() {
            found["reactions"] = json!([]);
        }
        let Some(list) = found["reactions"].as_array_mut() else {
            return;
        };
        let known = list.iter_mut().find(|reaction| reaction["emoji"] == *emoji);
        match known {
            Some(reaction) => {
                // The bot cannot react twice with one emoji.
                if user == bot && reaction["me"] == on {
                    return;
                }
                let step = if on { 1 } else { -1 };
                let count = reaction["count"].as_i64().unwrap_or(0) + step;
                reaction["count"] = Value::from(count);
                reaction["count_details"]["normal"] = Value::from(count);
                if user == bot {
                    reaction["me"] = Value::Bool(on);
                }
            }
            None if on => list.push(json!({
                "count": 1,
                "count_details": { "burst": 0, "normal": 1 },
                "me": user == bot,
                "me_burst": false,
                "emoji": emoji,
                "burst_colors": [],
            })),
            None => return,
        }
        list.retain(|reaction| reaction["count"].as_i64().is_some_and(|count| count > 0));
        let guild = state.world.guild_of(channel);
        let mut data = json!({
            "user_id": user.to_string(),
            "channel_id": channel.to_string(),
            "message_id": message.to_string(),
            "emoji": emoji,
            "burst": false,
            "type": 0,
        });
        if on {
            data["message_author_id"] = author;
        }
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
            if let Some(member) = state.world.member(guild, user).filter(|_| on) {
                data["member"] = member;
            }
        }
        let name = if on {
            "MESSAGE_REACTION_ADD"
        } else {
            "MESSAGE_REACTION_REMOVE"
        };
        self.dispatch(state, &Happening::new(name, guild, data));
    }

    /// `TYPING_START`.
    pub(crate) fn start_typing(&self, state: &mut State, channel: u64, user: u64) {
        let guild = state.world.guild_of(channel);
        let mut data = json!({
            "channel_id": channel.to_string(),
            "user_id": user.to_string(),
            "timestamp": self.clock.now_ms() / 1000,
        });
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
            if let Some(member) = state.world.member(guild, user) {
                data["member"] = member;
            }
        }
        self.dispatch(state, &Happening::new("TYPING_START", guild, data));
    }
}

/// An emoji as routes write it: itself, or `name:id`.
pub(crate) fn emoji_in(text: &str) -> Option<Value> {
    match text.split_once(':') {
        Some((name, id)) => {
            let id: u64 = id.parse().ok()?;
            Some(json!({ "id": id.to_string(), "name": name }))
        }
        None => (!text.is_ascii()).then(|| json!({ "id": null, "name": text })),
    }
}

/// Undoes percent-encoding.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        if let (b'%', Some(byte)) = (first, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emojis_are_read_from_paths() {
        assert_eq!(unescape("%F0%9F%8E%89"), "🎉");
        assert_eq!(emoji_in("🎉").unwrap()["name"], "🎉");
        assert_eq!(emoji_in("party:123").unwrap()["id"], "123");
        assert_eq!(emoji_in("party"), None);
    }
}
