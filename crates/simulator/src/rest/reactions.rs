//! Reactions and typing.

use serde_json::{Value, json};

use super::messages::direct_message;
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route, number};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::{objects, permissions};

/// Different emojis a message may have.
const MAX: usize = 20;

pub(super) const ROUTES: &[Route] = &[
    Route::put(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        Core::react,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        Core::unreact,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
        Core::unreact_other,
    ),
    Route::get(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        Core::list_reactors,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        Core::clear_emoji,
    ),
    Route::delete(
        "/channels/{channel_id}/messages/{message_id}/reactions",
        Core::clear_reactions,
    ),
    Route::post("/channels/{channel_id}/typing", Core::trigger_typing),
];

impl Core {
    fn react(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place = call.message(state)?;
        self.give_reaction(state, place, &emoji_text(call))?;
        Ok(Reply::no_content())
    }

    fn unreact(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place = call.message(state)?;
        self.take_reaction(state, place, &emoji_text(call))?;
        Ok(Reply::no_content())
    }

    /// Whoever acts reacts to a message that exists. Whether they had not so far.
    pub(crate) fn give_reaction(
        &self,
        state: &mut State,
        place: (u64, u64),
        emoji: &str,
    ) -> Result<bool, Failure> {
        self.may(state, place.0, permissions::READ_MESSAGE_HISTORY)?;
        self.may_change_thread(state, place.0)?;
        let emoji = emoji_of(state, emoji, place)?;
        let shown = reactions(state, place);
        if !shown
            .iter()
            .any(|reaction| same(&reaction["emoji"], &emoji))
        {
            self.may(state, place.0, permissions::ADD_REACTIONS)?;
            if shown.len() >= MAX {
                let message = "Maximum number of reactions reached (20)";
                return Err(Failure::new(400, 30_010, message));
            }
        }
        let user = state.actor();
        Ok(self.set_reaction(state, place, user, &emoji, true))
    }

    /// Whoever acts takes back a reaction that the message shows. Whether it was one of theirs.
    pub(crate) fn take_reaction(
        &self,
        state: &mut State,
        place: (u64, u64),
        emoji: &str,
    ) -> Result<bool, Failure> {
        self.may(state, place.0, permissions::READ_MESSAGE_HISTORY)?;
        self.may_change_thread(state, place.0)?;
        let emoji = shown_emoji(state, emoji, place)?;
        let user = state.actor();
        Ok(self.set_reaction(state, place, user, &emoji, false))
    }

    fn unreact_other(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place = call.message(state)?;
        let user = call.id("user_id")?;
        if user != state.actor() {
            if state.world.guild_of(place.0).is_none() {
                return Err(direct_message());
            }
            self.may(state, place.0, permissions::MANAGE_MESSAGES)?;
        }
        self.may_change_thread(state, place.0)?;
        let emoji = shown_emoji(state, &emoji_text(call), place)?;
        if state.world.user(user).is_none() {
            return Err(Failure::unknown_user());
        }
        self.set_reaction(state, place, user, &emoji, false);
        Ok(Reply::no_content())
    }

    fn list_reactors(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place @ (channel, id) = call.message(state)?;
        self.may(state, channel, permissions::READ_MESSAGE_HISTORY)?;
        let emoji = shown_emoji(state, &emoji_text(call), place)?;
        let limit = call.limit(25, 100)?;
        let after = match call.parameter("after") {
            None | Some("") => 0,
            Some(text) => number(text)?,
        };
        // Nobody here pays for the other type, the burst.
        let burst = match call.parameter("type") {
            None | Some("" | "0") => false,
            Some("1") => true,
            Some(_) => {
                let message = "Value must be one of {0, 1}.";
                return Err(Failure::invalid("type", "BASE_TYPE_CHOICES", message));
            }
        };
        let emoji = key(&emoji);
        let users = state.beside.reactors(id, &emoji);
        let users = users.filter(|user| *user > after && !burst).take(limit);
        let users = users.filter_map(|user| state.world.user(user));
        Ok(Reply::ok(users.collect()))
    }

    fn clear_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place = self.to_clear(state, call)?;
        let emoji = shown_emoji(state, &emoji_text(call), place)?;
        state.beside.clear(place, Some(&key(&emoji)));
        let gone = |reaction: &Value| same(&reaction["emoji"], &emoji);
        if let Some(message) = state.world.message_mut(place.0, place.1)
            && let Some(list) = message["reactions"].as_array_mut()
        {
            list.retain(|reaction| !gone(reaction));
        }
        let mut data = told(state, place);
        data["emoji"] = emoji;
        let guild = state.world.guild_of(place.0);
        let name = "MESSAGE_REACTION_REMOVE_EMOJI";
        self.dispatch(state, &Happening::new(name, guild, data));
        Ok(Reply::no_content())
    }

    fn clear_reactions(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let place = self.to_clear(state, call)?;
        state.beside.clear(place, None);
        if let Some(message) = state.world.message_mut(place.0, place.1)
            && let Some(fields) = message.as_object_mut()
        {
            fields.remove("reactions");
        }
        let (data, guild) = (told(state, place), state.world.guild_of(place.0));
        let name = "MESSAGE_REACTION_REMOVE_ALL";
        self.dispatch(state, &Happening::new(name, guild, data));
        Ok(Reply::no_content())
    }

    fn to_clear(&self, state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
        let place = call.message(state)?;
        if state.world.guild_of(place.0).is_none() {
            return Err(direct_message());
        }
        self.may(state, place.0, permissions::MANAGE_MESSAGES)?;
        self.may_change_thread(state, place.0)?;
        Ok(place)
    }

    fn trigger_typing(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        self.may_send(state, channel)?;
        let user = state.actor();
        self.start_typing(state, channel, user);
        Ok(Reply::no_content())
    }

    /// Adds or removes one user's reaction and tells it. Whether that changed anything.
    pub(crate) fn set_reaction(
        &self,
        state: &mut State,
        place @ (channel, message): (u64, u64),
        user: u64,
        emoji: &Value,
        on: bool,
    ) -> bool {
        let Some(found) = state.world.message(channel, message) else {
            return false;
        };
        let author = found["author"]["id"].clone();
        if !state.beside.react(place, &key(emoji), user, on) {
            return false;
        }
        let messages = &state.world.messages;
        let is_kept = |channel, message| messages.get(channel, message).is_some();
        state.beside.sweep(is_kept);
        let count = state.beside.reactors(message, &key(emoji)).count();
        let bot = state.world.bot;
        let me = state
            .beside
            .reactors(message, &key(emoji))
            .any(|user| user == bot);
        let Some(found) = state.world.message_mut(channel, message) else {
            return false;
        };
        if !found["reactions"].is_array() {
            found["reactions"] = json!([]);
        }
        if let Some(list) = found["reactions"].as_array_mut() {
            let at = list.iter().position(|known| same(&known["emoji"], emoji));
            let reaction = json!({
                "count": count,
                "count_details": { "burst": 0, "normal": count },
                "me": me,
                "me_burst": false,
                "emoji": emoji,
                "burst_colors": [],
            });
            match at.and_then(|at| list.get_mut(at)) {
                Some(known) => *known = reaction,
                None => list.push(reaction),
            }
            list.retain(|reaction| reaction["count"] != 0);
            if list.is_empty()
                && let Some(fields) = found.as_object_mut()
            {
                fields.remove("reactions");
            }
        }
        let guild = state.world.guild_of(channel);
        let mut data = told(state, place);
        data["user_id"] = Value::from(user.to_string());
        data["emoji"] = emoji.clone();
        data["burst"] = Value::Bool(false);
        data["type"] = Value::from(0);
        if on {
            data["message_author_id"] = author;
            let member = guild.and_then(|guild| state.world.member(guild, user));
            if let Some(member) = member {
                data["member"] = member;
            }
        }
        let name = if on {
            "MESSAGE_REACTION_ADD"
        } else {
            "MESSAGE_REACTION_REMOVE"
        };
        self.dispatch(state, &Happening::new(name, guild, data));
        true
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

/// What all events of reactions say.
fn told(state: &State, (channel, message): (u64, u64)) -> Value {
    let mut data = json!({
        "channel_id": channel.to_string(),
        "message_id": message.to_string(),
    });
    if let Some(guild) = state.world.guild_of(channel) {
        data["guild_id"] = Value::from(guild.to_string());
    }
    data
}

/// The reactions a message shows.
fn reactions(state: &State, (channel, message): (u64, u64)) -> &[Value] {
    let message = state.world.message(channel, message);
    let shown = message.and_then(|message| message["reactions"].as_array());
    shown.map_or(&[], Vec::as_slice)
}

/// The emoji in the path.
fn emoji_text(call: &Call<'_>) -> String {
    unescape(call.text("emoji_name"))
}

/// An emoji that exists: a character, one of a guild, or one the message shows.
fn emoji_of(state: &State, text: &str, place: (u64, u64)) -> Result<Value, Failure> {
    let emoji = emoji_in(text).ok_or_else(unknown_emoji)?;
    let shown = reactions(state, place);
    if let Some(shown) = shown.iter().find(|shown| same(&shown["emoji"], &emoji)) {
        return Ok(shown["emoji"].clone());
    }
    let Some(id) = objects::snowflake(&emoji["id"]) else {
        return Ok(emoji);
    };
    let mut guilds = state.world.guilds.values();
    let found = guilds.find_map(|guild| guild.emojis.get(&id));
    let found = found.or_else(|| state.world.application_emojis.get(&id));
    let found = found.ok_or_else(unknown_emoji)?;
    let mut emoji = json!({ "id": id.to_string(), "name": found["name"] });
    if found["animated"] == true {
        emoji["animated"] = Value::Bool(true);
    }
    Ok(emoji)
}

/// An emoji with which somebody has reacted.
fn shown_emoji(state: &State, text: &str, place: (u64, u64)) -> Result<Value, Failure> {
    let emoji = emoji_of(state, text, place)?;
    let mut shown = reactions(state, place).iter();
    let shown = shown.any(|shown| same(&shown["emoji"], &emoji));
    shown.then_some(emoji).ok_or_else(unknown_emoji)
}

/// Whether two emojis are one: custom ones by their id, whatever the name.
fn same(one: &Value, other: &Value) -> bool {
    key(one) == key(other)
}

/// An emoji in one word.
fn key(emoji: &Value) -> String {
    let named = emoji["id"].as_str().or_else(|| emoji["name"].as_str());
    named.unwrap_or_default().to_owned()
}

fn unknown_emoji() -> Failure {
    Failure::new(400, 10_014, "Unknown Emoji")
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
