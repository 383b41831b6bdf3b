//! Voice states, as a moderator or their owner changes them.

use serde_json::Value;

use super::guild;
use crate::core::{Core, State};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{MUTE_MEMBERS, REQUEST_TO_SPEAK};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/voice-states/@me", Core::own_voice),
    Route::patch(
        "/guilds/{guild_id}/voice-states/@me",
        Core::modify_own_voice,
    ),
    Route::get("/guilds/{guild_id}/voice-states/{user_id}", Core::get_voice),
    Route::patch(
        "/guilds/{guild_id}/voice-states/{user_id}",
        Core::modify_voice,
    ),
];

const OWN: &[Field] = &[
    Field::id("channel_id"),
    Field::boolean("suppress"),
    Field::time("request_to_speak_timestamp").or_null(),
];

const OTHERS: &[Field] = &[Field::id("channel_id"), Field::boolean("suppress")];

impl Core {
    fn own_voice(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        self.show_voice(state, call, state.actor())
    }

    fn get_voice(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        self.show_voice(state, call, call.id("user_id")?)
    }

    fn show_voice(&self, state: &State, call: &Call<'_>, user: u64) -> Outcome {
        let id = call.guild(state)?;
        let mut voice = voice(state, id, user)?.clone();
        if let Some(member) = state.world.member(id, user) {
            voice["member"] = member;
        }
        Ok(Reply::ok(voice))
    }

    fn modify_own_voice(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, state.actor());
        let given = Value::Object(form::read(&call.body, OWN)?);
        let channel = self.stage_of(state, id, user, &given)?;
        if given["suppress"] == false {
            self.may(state, channel, MUTE_MEMBERS)?;
        }
        let asked = &given["request_to_speak_timestamp"];
        if let Some(at) = asked.as_str().and_then(crate::ids::read_iso) {
            self.may(state, channel, REQUEST_TO_SPEAK)?;
            // Not before now, by a clock that is a little behind.
            if at + 60_000 < self.clock.now_ms() {
                let field = "request_to_speak_timestamp";
                let message = "The time may not be in the past.";
                return Err(Failure::invalid(field, "DATE_TIME_TYPE_PAST", message));
            }
        }
        self.change_speaker(state, id, user, &given);
        Ok(Reply::no_content())
    }

    fn modify_voice(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, user) = (call.guild(state)?, call.id("user_id")?);
        let given = Value::Object(form::read(&call.body, OTHERS)?);
        let channel = self.stage_of(state, id, user, &given)?;
        self.may(state, channel, MUTE_MEMBERS)?;
        self.change_speaker(state, id, user, &given);
        Ok(Reply::no_content())
    }

    /// The stage channel a user is in, which has to be the one that was named.
    fn stage_of(&self, state: &State, id: u64, user: u64, given: &Value) -> Result<u64, Failure> {
        let channel = objects::snowflake(&voice(state, id, user)?["channel_id"]);
        let channel = channel.ok_or_else(unknown_voice_state)?;
        let named = objects::snowflake(&given["channel_id"]).unwrap_or(channel);
        self.require_kind(state, id, named, &[13])?;
        (named == channel)
            .then_some(channel)
            .ok_or_else(unknown_voice_state)
    }

    fn change_speaker(&self, state: &mut State, id: u64, user: u64, given: &Value) {
        let found = state.world.guilds.get_mut(&id);
        let Some(kept) = found.and_then(|found| found.voice_states.get_mut(&user)) else {
            return;
        };
        let old = kept.clone();
        for field in ["suppress", "request_to_speak_timestamp"] {
            if let Some(value) = given.get(field) {
                kept[field] = value.clone();
            }
        }
        // Who speaks has nothing to ask for.
        if given["suppress"] == false {
            kept["request_to_speak_timestamp"] = Value::Null;
        }
        let new = kept.clone();
        if new != old {
            self.tell_voice(state, id, user, new);
        }
    }
}

fn voice(state: &State, guild_id: u64, user: u64) -> Result<&Value, Failure> {
    let voice = guild(state, guild_id)?.voice_states.get(&user);
    voice.ok_or_else(unknown_voice_state)
}

fn unknown_voice_state() -> Failure {
    Failure::new(404, 10_065, "Unknown Voice State")
}
