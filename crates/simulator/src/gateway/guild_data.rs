//! What guilds are asked for beside their members: soundboard sounds, and what channels show for a short
//! time.

use serde_json::{Map, Value, json};

use super::commands::{MALFORMED, Refusal, Sender};
use crate::core::{Core, State};
use crate::world::{Guild, objects};

impl Core {
    pub(super) fn request_sounds(
        &self,
        state: &mut State,
        from: Sender<'_>,
        d: &Value,
    ) -> Result<(), Refusal> {
        let asked = d["guild_ids"].as_array().ok_or(MALFORMED)?;
        let guilds = Self::snowflakes(&d["guild_ids"]);
        if guilds.len() != asked.len() {
            return Err(MALFORMED);
        }
        for guild in guilds {
            if !self.is_served(state, from, guild) {
                continue;
            }
            let found = state.world.guilds.get(&guild);
            let sounds = found.map(|found| found.sounds.values().collect::<Vec<_>>());
            let data = json!({ "soundboard_sounds": sounds, "guild_id": guild.to_string() });
            self.dispatch_to(state, from.session, "SOUNDBOARD_SOUNDS", &data.to_string());
        }
        Ok(())
    }

    pub(super) fn request_channel_info(
        &self,
        state: &mut State,
        from: Sender<'_>,
        d: &Value,
    ) -> Result<(), Refusal> {
        let guild = objects::snowflake(&d["guild_id"]).ok_or(MALFORMED)?;
        let asked = d["fields"].as_array().ok_or(MALFORMED)?;
        let fields: Option<Vec<&str>> = asked.iter().map(Value::as_str).collect();
        let fields = fields.ok_or(MALFORMED)?;
        if !self.is_served(state, from, guild) {
            return Ok(());
        }
        let found = state.world.guilds.get(&guild);
        let channels = found.map(|found| channel_info(found, &fields));
        let data = json!({ "guild_id": guild.to_string(), "channels": channels });
        self.dispatch_to(state, from.session, "CHANNEL_INFO", &data.to_string());
        Ok(())
    }
}

/// The fields asked for of every voice channel.
fn channel_info(guild: &Guild, fields: &[&str]) -> Vec<Value> {
    let voice = guild.channels.keys().copied();
    let voice = voice.filter(|id| guild.has_voice_channel(*id));
    let info = voice.map(|id| {
        let mut channel = Map::new();
        channel.insert("id".to_owned(), Value::from(id.to_string()));
        for field in fields {
            let value = match *field {
                "status" => Value::from(guild.voice_statuses.get(&id).cloned()),
                "voice_start_time" => Value::from(guild.voice_starts.get(&id).copied()),
                _ => continue,
            };
            channel.insert((*field).to_owned(), value);
        }
        Value::Object(channel)
    });
    info.collect()
}
