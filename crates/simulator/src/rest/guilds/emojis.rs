//! Emojis of a guild.

use serde_json::{Value, json};

use super::guild;
use super::roles::role;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{CREATE_GUILD_EXPRESSIONS, MANAGE_GUILD_EXPRESSIONS};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/emojis", Core::list_emojis),
    Route::post("/guilds/{guild_id}/emojis", Core::new_emoji),
    Route::get("/guilds/{guild_id}/emojis/{emoji_id}", Core::get_emoji),
    Route::patch("/guilds/{guild_id}/emojis/{emoji_id}", Core::modify_emoji),
    Route::delete("/guilds/{guild_id}/emojis/{emoji_id}", Core::drop_emoji),
];

const MAX_IMAGE: usize = 256 * 1024;

const NEW: &[Field] = &[
    Field::text("name", 2, 32).required(),
    Field::image("image", MAX_IMAGE).required(),
    Field::ids("roles", 250),
];

const CHANGED: &[Field] = &[
    Field::text("name", 2, 32),
    Field::ids("roles", 250).or_null(),
];

const AUDITED: &[&str] = &["name", "roles"];

impl Core {
    fn list_emojis(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let emojis = guild(state, id)?.emojis.values();
        Ok(Reply::ok(
            emojis.map(|it| self.shown(state, id, it)).collect(),
        ))
    }

    fn get_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let emoji = emoji(state, id, call.id("emoji_id")?)?;
        Ok(Reply::ok(self.shown(state, id, emoji)))
    }

    fn new_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, CREATE_GUILD_EXPRESSIONS)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        check(state, id, &given)?;
        let image = given["image"].as_str().unwrap_or_default();
        let animated = image.starts_with("a_");
        let found = guild(state, id)?;
        let alike = found
            .emojis
            .values()
            .filter(|it| it["animated"] == animated);
        if alike.count() >= most(&found.object) {
            return Err(if animated {
                let message = "Maximum number of animated emojis reached";
                Failure::new(400, 30_018, message)
            } else {
                Failure::new(400, 30_008, "Maximum number of emojis reached")
            });
        }
        let by = call.by(state);
        let emoji = json!({
            "id": self.next_id(state).to_string(),
            "name": given["name"],
            "roles": given["roles"].as_array().cloned().unwrap_or_default(),
            "user": state.world.user(by.user),
            "require_colons": true,
            "managed": false,
            "animated": animated,
            "available": true,
        });
        self.put_emoji(state, id, &by, &emoji);
        Ok(Reply::created(emoji))
    }

    fn modify_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, emoji_id) = (call.guild(state)?, call.id("emoji_id")?);
        let old = emoji(state, id, emoji_id)?.clone();
        self.may_change(state, id, &old)?;
        let given = form::read(&call.body, CHANGED)?;
        let mut new = old;
        for (field, value) in given {
            new[field] = if value.is_null() { json!([]) } else { value };
        }
        check(state, id, &new)?;
        let by = call.by(state);
        self.put_emoji(state, id, &by, &new);
        Ok(Reply::ok(new))
    }

    fn drop_emoji(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, emoji_id) = (call.guild(state)?, call.id("emoji_id")?);
        let old = emoji(state, id, emoji_id)?.clone();
        self.may_change(state, id, &old)?;
        let by = call.by(state);
        self.delete_emoji(state, id, &by, emoji_id);
        Ok(Reply::no_content())
    }

    /// Who made an emoji, a sticker or a sound is for those who may make one.
    pub(super) fn shown(&self, state: &State, id: u64, object: &Value) -> Value {
        let mut object = object.clone();
        let sees = [CREATE_GUILD_EXPRESSIONS, MANAGE_GUILD_EXPRESSIONS];
        if !sees
            .iter()
            .any(|bit| self.may_in_guild(state, id, *bit).is_ok())
        {
            object.as_object_mut().map(|fields| fields.remove("user"));
        }
        object
    }

    /// What somebody made is theirs to change, everything else its managers'.
    pub(super) fn may_change(&self, state: &State, id: u64, object: &Value) -> Result<(), Failure> {
        let own = objects::id(&object["user"]) == state.actor();
        if own
            && self
                .may_in_guild(state, id, CREATE_GUILD_EXPRESSIONS)
                .is_ok()
        {
            return Ok(());
        }
        self.may_in_guild(state, id, MANAGE_GUILD_EXPRESSIONS)
    }

    /// Puts an emoji into a guild, or in place of the one of its id: `GUILD_EMOJIS_UPDATE`.
    pub(crate) fn put_emoji(&self, state: &mut State, guild: u64, by: &By, emoji: &Value) {
        let id = objects::id(emoji);
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        let (action, entry) = match found.emojis.insert(id, emoji.clone()) {
            None => (Action::EmojiCreate, Entry::created(id, emoji, AUDITED)),
            Some(old) if old == *emoji => return,
            Some(old) => (
                Action::EmojiUpdate,
                Entry::changed(id, &old, emoji, AUDITED),
            ),
        };
        self.tell_emojis(state, guild);
        self.audit(state, guild, by, action, entry);
    }

    /// Takes an emoji out of a guild: `GUILD_EMOJIS_UPDATE`. Whether it was there.
    pub(crate) fn delete_emoji(&self, state: &mut State, guild: u64, by: &By, emoji: u64) -> bool {
        let found = state.world.guilds.get_mut(&guild);
        let Some(old) = found.and_then(|found| found.emojis.remove(&emoji)) else {
            return false;
        };
        self.tell_emojis(state, guild);
        let entry = Entry::deleted(emoji, &old, AUDITED);
        self.audit(state, guild, by, Action::EmojiDelete, entry);
        true
    }

    fn tell_emojis(&self, state: &mut State, guild: u64) {
        let found = state.world.guilds.get(&guild);
        let emojis: Vec<&Value> = found
            .into_iter()
            .flat_map(|it| it.emojis.values())
            .collect();
        let data = json!({ "guild_id": guild.to_string(), "emojis": emojis });
        let happening = Happening::new("GUILD_EMOJIS_UPDATE", Some(guild), data);
        self.dispatch(state, &happening);
    }
}

/// How many emojis of a kind a guild may have.
fn most(guild: &Value) -> usize {
    match guild["premium_tier"].as_u64() {
        Some(1) => 100,
        Some(2) => 150,
        Some(3) => 250,
        _ => 50,
    }
}

fn check(state: &State, id: u64, emoji: &Value) -> Result<(), Failure> {
    let name = emoji["name"].as_str().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.chars().all(plain) {
        let message = "String value did not match validation regex.";
        return Err(Failure::invalid("name", "STRING_TYPE_REGEX", message));
    }
    let roles = emoji["roles"].as_array().into_iter().flatten();
    for named in roles.filter_map(objects::snowflake) {
        role(state, id, named)?;
    }
    Ok(())
}

fn emoji(state: &State, guild_id: u64, id: u64) -> Result<&Value, Failure> {
    let emoji = guild(state, guild_id)?.emojis.get(&id);
    emoji.ok_or_else(|| Failure::new(404, 10_014, "Unknown Emoji"))
}
