//! Stickers of a guild, and by their ids.

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field, Wrong};
use crate::rest::multipart::Upload;
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::CREATE_GUILD_EXPRESSIONS;

pub(super) const ROUTES: &[Route] = &[
    Route::get("/stickers/{sticker_id}", Core::find_sticker),
    Route::get("/sticker-packs", Core::list_packs),
    Route::get("/sticker-packs/{pack_id}", Core::get_pack),
    Route::get("/guilds/{guild_id}/stickers", Core::list_stickers),
    Route::post("/guilds/{guild_id}/stickers", Core::new_sticker),
    Route::get(
        "/guilds/{guild_id}/stickers/{sticker_id}",
        Core::get_sticker,
    ),
    Route::patch(
        "/guilds/{guild_id}/stickers/{sticker_id}",
        Core::modify_sticker,
    ),
    Route::delete(
        "/guilds/{guild_id}/stickers/{sticker_id}",
        Core::drop_sticker,
    ),
];

/// Bytes the file of a sticker may have.
const MAX_FILE: usize = 512 * 1024;

const PNG: u64 = 1;
const APNG: u64 = 2;
const LOTTIE: u64 = 3;
const GIF: u64 = 4;

const NEW: &[Field] = &[
    Field::text("name", 2, 30).required(),
    Field::text("description", 0, 100).required(),
    Field::text("tags", 1, 200).required(),
];

const CHANGED: &[Field] = &[
    Field::text("name", 2, 30),
    Field::text("description", 0, 100).or_null(),
    Field::text("tags", 1, 200),
];

const AUDITED: &[&str] = &["name", "description", "tags", "format_type", "available"];

impl Core {
    fn find_sticker(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.id("sticker_id")?;
        let mut guilds = state.world.guilds.values();
        let sticker = guilds.find_map(|guild| guild.stickers.get(&id));
        let mut sticker = sticker.cloned().ok_or_else(unknown_sticker)?;
        sticker.as_object_mut().map(|fields| fields.remove("user"));
        Ok(Reply::ok(sticker))
    }

    /// This world has no stickers but those of its guilds.
    fn list_packs(&self, _: &mut State, _: &Call<'_>) -> Outcome {
        Ok(Reply::ok(json!({ "sticker_packs": [] })))
    }

    fn get_pack(&self, _: &mut State, call: &Call<'_>) -> Outcome {
        call.id("pack_id")?;
        Err(Failure::new(404, 10_061, "Unknown sticker pack"))
    }

    fn list_stickers(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let stickers = guild(state, id)?.stickers.values();
        Ok(Reply::ok(
            stickers.map(|it| self.shown(state, id, it)).collect(),
        ))
    }

    fn get_sticker(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let sticker = sticker(state, id, call.id("sticker_id")?)?;
        Ok(Reply::ok(self.shown(state, id, sticker)))
    }

    fn new_sticker(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, CREATE_GUILD_EXPRESSIONS)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        check(&given)?;
        let file = call.files.iter().find(|file| file.field == "file");
        let format = format_of(file.ok_or_else(|| Failure::required("file"))?)?;
        let found = guild(state, id)?;
        let lottie = ["VERIFIED", "PARTNERED"];
        if format == LOTTIE && !lottie.iter().any(|it| super::has_feature(found, it)) {
            return Err(Failure::new(400, 50_046, "Invalid file uploaded"));
        }
        if found.stickers.len() >= most(&found.object) {
            return Err(Failure::new(
                400,
                30_039,
                "Maximum number of stickers reached",
            ));
        }
        let by = call.by(state);
        let new = json!({
            "id": self.next_id(state).to_string(),
            "name": given["name"],
            "description": given["description"],
            "tags": given["tags"],
            "type": 2,
            "format_type": format,
            "available": true,
            "guild_id": id.to_string(),
            "user": state.world.user(by.user),
        });
        self.put_sticker(state, id, &by, &new);
        Ok(Reply::created(new))
    }

    fn modify_sticker(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, sticker_id) = (call.guild(state)?, call.id("sticker_id")?);
        let mut new = sticker(state, id, sticker_id)?.clone();
        self.may_change(state, id, &new)?;
        for (field, value) in form::read(&call.body, CHANGED)? {
            new[field] = value;
        }
        check(&new)?;
        let by = call.by(state);
        self.put_sticker(state, id, &by, &new);
        Ok(Reply::ok(new))
    }

    fn drop_sticker(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, sticker_id) = (call.guild(state)?, call.id("sticker_id")?);
        let old = sticker(state, id, sticker_id)?.clone();
        self.may_change(state, id, &old)?;
        let by = call.by(state);
        if let Some(found) = state.world.guilds.get_mut(&id) {
            found.stickers.remove(&sticker_id);
        }
        self.tell_stickers(state, id);
        let entry = Entry::deleted(sticker_id, &old, AUDITED);
        self.audit(state, id, &by, Action::StickerDelete, entry);
        Ok(Reply::no_content())
    }

    /// Puts a sticker into a guild, or in place of the one of its id: `GUILD_STICKERS_UPDATE`.
    fn put_sticker(&self, state: &mut State, guild: u64, by: &By, sticker: &Value) {
        let id = objects::id(sticker);
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        let (action, entry) = match found.stickers.insert(id, sticker.clone()) {
            None => {
                let entry = Entry::created(id, sticker, AUDITED);
                (Action::StickerCreate, entry)
            }
            Some(old) if old == *sticker => return,
            Some(old) => {
                let entry = Entry::changed(id, &old, sticker, AUDITED);
                (Action::StickerUpdate, entry)
            }
        };
        self.tell_stickers(state, guild);
        self.audit(state, guild, by, action, entry);
    }

    fn tell_stickers(&self, state: &mut State, guild: u64) {
        let found = state.world.guilds.get(&guild);
        let stickers = found.into_iter().flat_map(|found| found.stickers.values());
        let stickers: Vec<&Value> = stickers.collect();
        let data = json!({ "guild_id": guild.to_string(), "stickers": stickers });
        let name = "GUILD_STICKERS_UPDATE";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
    }
}

/// A description is empty, or more than a letter.
fn check(sticker: &Value) -> Result<(), Failure> {
    let mut wrong = Wrong::default();
    let description = sticker["description"].as_str().unwrap_or_default();
    if description.chars().count() == 1 {
        let message = "Must be between 2 and 100 in length.";
        wrong.note("description", "BASE_TYPE_BAD_LENGTH", message);
    }
    wrong.refuse()
}

/// The format of a file, by how it begins.
fn format_of(file: &Upload) -> Result<u64, Failure> {
    if file.bytes.len() > MAX_FILE {
        let message = "File uploaded exceeds the maximum size";
        return Err(Failure::new(400, 50_045, message));
    }
    let bytes = &file.bytes;
    let animated = || bytes.windows(4).any(|it| it == b"acTL");
    let lottie = || {
        let read = serde_json::from_slice::<Value>(bytes);
        read.is_ok_and(|it| it["layers"].is_array())
    };
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok(if animated() { APNG } else { PNG })
    } else if bytes.starts_with(b"GIF8") {
        Ok(GIF)
    } else if lottie() {
        Ok(LOTTIE)
    } else {
        Err(Failure::new(400, 50_046, "Invalid file uploaded"))
    }
}

/// How many stickers a guild may have.
fn most(guild: &Value) -> usize {
    match guild["premium_tier"].as_u64() {
        Some(1) => 15,
        Some(2) => 30,
        Some(3) => 60,
        _ => 5,
    }
}

fn sticker(state: &State, guild_id: u64, id: u64) -> Result<&Value, Failure> {
    let sticker = guild(state, guild_id)?.stickers.get(&id);
    sticker.ok_or_else(unknown_sticker)
}

fn unknown_sticker() -> Failure {
    Failure::new(404, 10_060, "Unknown sticker")
}
