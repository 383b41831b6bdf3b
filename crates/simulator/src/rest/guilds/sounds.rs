//! Soundboards: a guild's own sounds, and those that everybody has.

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::image::data_uri;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::CREATE_GUILD_EXPRESSIONS;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/soundboard-default-sounds", Core::list_default_sounds),
    Route::get("/guilds/{guild_id}/soundboard-sounds", Core::list_sounds),
    Route::post("/guilds/{guild_id}/soundboard-sounds", Core::new_sound),
    Route::get(
        "/guilds/{guild_id}/soundboard-sounds/{sound_id}",
        Core::get_sound,
    ),
    Route::patch(
        "/guilds/{guild_id}/soundboard-sounds/{sound_id}",
        Core::modify_sound,
    ),
    Route::delete(
        "/guilds/{guild_id}/soundboard-sounds/{sound_id}",
        Core::drop_sound,
    ),
];

/// Bytes a sound may have.
const MAX_SOUND: usize = 512 * 1024;

const NEW: &[Field] = &[
    Field::text("name", 2, 32).required(),
    Field::text("sound", 1, 2 * MAX_SOUND).required(),
    Field::number("volume", 0.0, 1.0).or_null(),
    Field::id("emoji_id").or_null(),
    Field::text("emoji_name", 0, 100).or_null(),
];

const CHANGED: &[Field] = &[
    Field::text("name", 2, 32),
    Field::number("volume", 0.0, 1.0).or_null(),
    Field::id("emoji_id").or_null(),
    Field::text("emoji_name", 0, 100).or_null(),
];

const AUDITED: &[&str] = &["name", "volume", "emoji_id", "emoji_name"];

impl Core {
    fn list_default_sounds(&self, _: &mut State, _: &Call<'_>) -> Outcome {
        Ok(Reply::ok(default_sounds()))
    }

    fn list_sounds(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let sounds = guild(state, id)?.sounds.values();
        let sounds: Vec<Value> = sounds.map(|it| self.shown(state, id, it)).collect();
        Ok(Reply::ok(json!({ "items": sounds })))
    }

    fn get_sound(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let sound = sound(state, id, call.id("sound_id")?)?;
        Ok(Reply::ok(self.shown(state, id, sound)))
    }

    fn new_sound(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, CREATE_GUILD_EXPRESSIONS)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        check_sound(&given["sound"])?;
        check_emoji(&given)?;
        let found = guild(state, id)?;
        if found.sounds.len() >= most(&found.object) {
            let message = "Maximum number of soundboard sounds reached";
            return Err(Failure::new(400, 30_045, message));
        }
        let by = call.by(state);
        let sound = json!({
            "name": given["name"],
            "sound_id": self.next_id(state).to_string(),
            "volume": given["volume"].as_f64().unwrap_or(1.0),
            "emoji_id": given["emoji_id"],
            "emoji_name": given["emoji_name"],
            "guild_id": id.to_string(),
            "available": true,
            "user": state.world.user(by.user),
        });
        self.put_sound(state, id, &by, sound.clone());
        Ok(Reply::created(sound))
    }

    fn modify_sound(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, sound_id) = (call.guild(state)?, call.id("sound_id")?);
        let mut new = sound(state, id, sound_id)?.clone();
        self.may_change(state, id, &new)?;
        let given = form::read(&call.body, CHANGED)?;
        for (field, value) in given {
            new[&field] = match value {
                Value::Null if field == "volume" => Value::from(1.0),
                value => value,
            };
        }
        check_emoji(&new)?;
        let by = call.by(state);
        self.put_sound(state, id, &by, new.clone());
        Ok(Reply::ok(new))
    }

    fn drop_sound(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, sound_id) = (call.guild(state)?, call.id("sound_id")?);
        let old = sound(state, id, sound_id)?.clone();
        self.may_change(state, id, &old)?;
        let by = call.by(state);
        self.delete_sound(state, id, &by, sound_id);
        Ok(Reply::no_content())
    }

    /// Puts a sound into a guild, or in place of the one of its id: `GUILD_SOUNDBOARD_SOUND_CREATE`
    /// or `GUILD_SOUNDBOARD_SOUND_UPDATE`.
    pub(crate) fn put_sound(&self, state: &mut State, guild: u64, by: &By, sound: Value) {
        let id = sound_id(&sound);
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        let (name, action, entry) = match found.sounds.insert(id, sound.clone()) {
            None => (
                "GUILD_SOUNDBOARD_SOUND_CREATE",
                Action::SoundCreate,
                Entry::created(id, &sound, AUDITED),
            ),
            Some(old) if old == sound => return,
            Some(old) => (
                "GUILD_SOUNDBOARD_SOUND_UPDATE",
                Action::SoundUpdate,
                Entry::changed(id, &old, &sound, AUDITED),
            ),
        };
        self.dispatch(state, &Happening::new(name, Some(guild), sound));
        self.audit(state, guild, by, action, entry);
    }

    /// Takes a sound out of a guild: `GUILD_SOUNDBOARD_SOUND_DELETE`. Whether it was there.
    pub(crate) fn delete_sound(&self, state: &mut State, guild: u64, by: &By, sound: u64) -> bool {
        let found = state.world.guilds.get_mut(&guild);
        let Some(old) = found.and_then(|found| found.sounds.remove(&sound)) else {
            return false;
        };
        let data = json!({ "sound_id": sound.to_string(), "guild_id": guild.to_string() });
        let name = "GUILD_SOUNDBOARD_SOUND_DELETE";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
        let entry = Entry::deleted(sound, &old, AUDITED);
        self.audit(state, guild, by, Action::SoundDelete, entry);
        true
    }
}

/// The sounds that everybody has.
pub(crate) fn default_sounds() -> Value {
    let sounds = [
        ("1", "quack", "🦆"),
        ("2", "airhorn", "🔊"),
        ("3", "cricket", "🦗"),
        ("4", "golf clap", "👏"),
        ("5", "sad horn", "🎺"),
        ("6", "ba dum tss", "🥁"),
    ];
    let sounds = sounds.map(|(id, name, emoji)| {
        json!({
            "name": name,
            "sound_id": id,
            "volume": 1.0,
            "emoji_id": null,
            "emoji_name": emoji,
            "available": true,
        })
    });
    Value::from(sounds.to_vec())
}

/// How many sounds a guild may have.
fn most(guild: &Value) -> usize {
    match guild["premium_tier"].as_u64() {
        Some(1) => 24,
        Some(2) => 36,
        Some(3) => 48,
        _ => 8,
    }
}

/// A sound is MP3 or Ogg, and says so.
fn check_sound(given: &Value) -> Result<(), Failure> {
    let read = given.as_str().and_then(data_uri);
    let bytes = read.filter(|(kind, bytes)| match *kind {
        "audio/ogg" => bytes.starts_with(b"OggS"),
        "audio/mpeg" | "audio/mp3" => {
            let frame = |byte: &u8| byte & 0xe0 == 0xe0;
            bytes.starts_with(b"ID3")
                || bytes.first() == Some(&0xff) && bytes.get(1).is_some_and(frame)
        }
        _ => false,
    });
    let Some((_, bytes)) = bytes else {
        return Err(Failure::invalid(
            "sound",
            "SOUND_INVALID",
            "Invalid sound data",
        ));
    };
    if bytes.len() > MAX_SOUND {
        let message = "File cannot be larger than 512.0 kb.";
        return Err(Failure::invalid("sound", "BINARY_TYPE_MAX_SIZE", message));
    }
    Ok(())
}

/// A sound has one emoji at most.
fn check_emoji(sound: &Value) -> Result<(), Failure> {
    if sound["emoji_id"].is_null() || sound["emoji_name"].is_null() {
        return Ok(());
    }
    let message = "Only one of emoji_id and emoji_name may be set.";
    Err(Failure::invalid("emoji_id", "BASE_TYPE_CHOICES", message))
}

fn sound_id(sound: &Value) -> u64 {
    objects::snowflake(&sound["sound_id"]).unwrap_or(0)
}

fn sound(state: &State, guild_id: u64, id: u64) -> Result<&Value, Failure> {
    let sound = guild(state, guild_id)?.sounds.get(&id);
    sound.ok_or_else(|| Failure::new(404, 10_097, "Unknown sound"))
}
