//! Voice states, and where the voice server is said to be.

use serde_json::{Value, json};

use super::commands::{MALFORMED, Refusal, Sender};
use super::dispatch::Happening;
use crate::core::{Core, State};
use crate::faults::RequestFault;
use crate::world::objects;

impl Core {
    pub(super) fn update_voice(
        &self,
        state: &mut State,
        from: Sender<'_>,
        d: &Value,
    ) -> Result<(), Refusal> {
        let guild = objects::snowflake(&d["guild_id"]).ok_or(MALFORMED)?;
        let (Some(mute), Some(deaf)) = (d["self_mute"].as_bool(), d["self_deaf"].as_bool()) else {
            return Err(MALFORMED);
        };
        let channel = match &d["channel_id"] {
            Value::Null => None,
            id => Some(objects::snowflake(id).ok_or(MALFORMED)?),
        };
        let bot = state.world.bot;
        if !self.is_served(state, from, guild) {
            return Ok(());
        }
        let Some(found) = state.world.guilds.get(&guild) else {
            return Ok(());
        };
        if channel.is_some_and(|id| !found.has_voice_channel(id)) {
            self.ignore(state, from, "the guild has no such voice channel");
            return Ok(());
        }
        let first = self.request_fault(state, from, |it| *it == RequestFault::VoiceServerFirst);
        if first.is_none() {
            self.move_voice(state, guild, bot, channel, (mute, deaf));
        }
        if channel.is_some() {
            let away = self.request_fault(state, from, |it| *it == RequestFault::VoiceServerAway);
            if away.is_some() {
                self.tell_voice_server(state, from, guild, None);
            }
            self.tell_voice_server(state, from, guild, Some("voice.simulator.invalid:443"));
        }
        if first.is_some() {
            self.move_voice(state, guild, bot, channel, (mute, deaf));
        }
        Ok(())
    }

    /// The session that joins is told, and no other.
    fn tell_voice_server(
        &self,
        state: &mut State,
        from: Sender<'_>,
        guild: u64,
        endpoint: Option<&str>,
    ) {
        let data = json!({
            "token": "voice-token",
            "guild_id": guild.to_string(),
            "endpoint": endpoint,
        });
        self.dispatch_to(
            state,
            from.session,
            "VOICE_SERVER_UPDATE",
            &data.to_string(),
        );
    }

    /// Puts a member into a voice channel, or out of all. How they were heard and seen before stays;
    /// the audience of a stage is silent at first.
    pub(crate) fn move_voice(
        &self,
        state: &mut State,
        guild: u64,
        user: u64,
        channel: Option<u64>,
        (mute, deaf): (bool, bool),
    ) {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        let into = channel.and_then(|id| found.channels.get(&id));
        let listens = into.is_some_and(|channel| channel["type"] == 13);
        let (muted, deafened) = found
            .members
            .get(&user)
            .map_or((false, false), |member| (member.mute, member.deaf));
        let mut voice = json!({
            "guild_id": guild.to_string(),
            "channel_id": channel.map(|id| id.to_string()),
            "user_id": user.to_string(),
            "session_id": format!("{user:032x}"),
            "deaf": deafened,
            "mute": muted,
            "self_deaf": deaf,
            "self_mute": mute,
            "self_video": false,
            "suppress": listens,
            "request_to_speak_timestamp": null,
        });
        if let Some(before) = found.voice_states.get(&user)
            && user != state.world.bot
        {
            for field in ["self_deaf", "self_mute", "self_video"] {
                voice[field] = before[field].clone();
            }
        }
        if channel.is_some() {
            found.voice_states.insert(user, voice.clone());
        } else {
            found.voice_states.remove(&user);
        }
        let before = found.voice_starts.clone();
        found.note_voice_starts(self.clock.now_ms() / 1000);
        let after = &found.voice_starts;
        let ended = before.keys().filter(|id| !after.contains_key(id));
        let begun = after.iter().filter(|(id, _)| !before.contains_key(id));
        let changed: Vec<(u64, Option<u64>)> = ended
            .map(|id| (*id, None))
            .chain(begun.map(|(id, start)| (*id, Some(*start))))
            .collect();
        self.tell_voice(state, guild, user, voice);
        for (channel, start) in changed {
            let data = json!({
                "id": channel.to_string(),
                "guild_id": guild.to_string(),
                "voice_start_time": start,
            });
            let happening = Happening::new("VOICE_CHANNEL_START_TIME_UPDATE", Some(guild), data);
            self.dispatch(state, &happening);
        }
    }

    /// `VOICE_STATE_UPDATE`.
    pub(crate) fn tell_voice(&self, state: &mut State, guild: u64, user: u64, voice: Value) {
        let mut voice = voice;
        voice["member"] = state.world.member(guild, user).unwrap_or_default();
        let happening = Happening::new("VOICE_STATE_UPDATE", Some(guild), voice);
        self.dispatch(state, &happening);
    }
}
