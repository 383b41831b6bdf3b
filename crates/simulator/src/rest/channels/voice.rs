//! What only voice channels and group messages have.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::access::other_type;
use crate::rest::audit::{Action, Entry};
use crate::rest::form::{self, Field};
use crate::rest::guilds::sounds::default_sounds;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::{objects, permissions};

pub(super) const ROUTES: &[Route] = &[
    Route::put(
        "/channels/{channel_id}/voice-status",
        Core::put_voice_status,
    ),
    Route::post(
        "/channels/{channel_id}/send-soundboard-sound",
        Core::send_sound,
    ),
    Route::put(
        "/channels/{channel_id}/recipients/{user_id}",
        Core::recipients,
    ),
    Route::delete(
        "/channels/{channel_id}/recipients/{user_id}",
        Core::recipients,
    ),
];

const SOUND: &[Field] = &[
    Field::id("sound_id").required(),
    Field::id("source_guild_id").or_null(),
];

impl Core {
    fn put_voice_status(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let user = state.actor();
        let guild = state.world.guild_of(channel);
        let voice = state
            .world
            .channel(channel)
            .is_some_and(|it| it["type"] == 2);
        let Some(guild) = guild.filter(|_| voice) else {
            return Err(other_type());
        };
        let inside = state.world.guilds.get(&guild).is_some_and(|found| {
            let voice = found.voice_states.get(&user);
            voice.is_some_and(|voice| objects::snowflake(&voice["channel_id"]) == Some(channel))
        });
        let mut needed = permissions::SET_VOICE_CHANNEL_STATUS;
        if !inside {
            needed |= permissions::MANAGE_CHANNELS;
        }
        self.may(state, channel, needed)?;
        let fields = [Field::text("status", 0, 500).or_null()];
        let given = Value::Object(form::read(&call.body, &fields)?);
        let status = given["status"].as_str().filter(|status| !status.is_empty());
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return Err(Failure::unknown_guild());
        };
        match status {
            Some(status) => found.voice_statuses.insert(channel, status.to_owned()),
            None => found.voice_statuses.remove(&channel),
        };
        let data = json!({
            "id": channel.to_string(),
            "guild_id": guild.to_string(),
            "status": status,
        });
        let name = "VOICE_CHANNEL_STATUS_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
        let mut told = json!({ "channel_id": channel.to_string() });
        let action = if let Some(status) = status {
            told["status"] = Value::from(status);
            Action::VoiceStatusCreate
        } else {
            Action::VoiceStatusDelete
        };
        let by = call.by(state);
        let entry = Entry::of(channel).options(told);
        self.audit(state, guild, &by, action, entry);
        Ok(Reply::no_content())
    }

    /// Plays a sound where whoever asks is, and can be heard: `VOICE_CHANNEL_EFFECT_SEND`.
    fn send_sound(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = call.channel(state)?;
        let user = state.actor();
        let guild = state.world.guild_of(channel).ok_or_else(other_type)?;
        let given = Value::Object(form::read(&call.body, SOUND)?);
        let from = objects::snowflake(&given["source_guild_id"]);
        let mut needed = permissions::SPEAK | permissions::USE_SOUNDBOARD;
        if from.is_some_and(|from| from != guild) {
            needed |= permissions::USE_EXTERNAL_SOUNDS;
        }
        self.may(state, channel, needed)?;
        let found = state.world.guilds.get(&guild);
        let voice = found.and_then(|found| found.voice_states.get(&user));
        let voice = voice.filter(|it| objects::snowflake(&it["channel_id"]) == Some(channel));
        let Some(voice) = voice else {
            let message = "Target user is not connected to voice.";
            return Err(Failure::new(400, 40_032, message));
        };
        let silent = ["deaf", "self_deaf", "mute", "suppress"];
        if silent.iter().any(|field| voice[*field] == true) {
            return Err(Failure::missing_permissions());
        }
        let id = &given["sound_id"];
        let default = default_sounds();
        let mut default = default.as_array().into_iter().flatten();
        let source = from.map_or(found, |from| state.world.guilds.get(&from));
        let own = source.and_then(|found| found.sounds.get(&objects::snowflake(id)?));
        let own = own.filter(|sound| sound["available"] != false).cloned();
        let sound = own.or_else(|| {
            let default = default.find(|sound| sound["sound_id"] == *id);
            default.cloned()
        });
        let sound = sound.ok_or_else(|| Failure::new(404, 10_097, "Unknown sound"))?;
        let mut data = json!({
            "channel_id": channel.to_string(),
            "guild_id": guild.to_string(),
            "user_id": user.to_string(),
            "sound_id": sound["sound_id"],
            "sound_volume": sound["volume"],
        });
        if !sound["emoji_id"].is_null() || !sound["emoji_name"].is_null() {
            data["emoji"] = json!({ "id": sound["emoji_id"], "name": sound["emoji_name"] });
        }
        let name = "VOICE_CHANNEL_EFFECT_SEND";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
        Ok(Reply::no_content())
    }

    /// Group messages are for people.
    fn recipients(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        call.channel(state)?;
        Err(Failure::new(403, 20_001, "Bots cannot use this endpoint"))
    }
}
