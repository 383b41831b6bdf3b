//! Webhooks: made in a channel, changed, deleted, with the bot's token or with their own.

mod execute;
mod follow;
mod messages;

use serde_json::{Value, json};

use super::access::{is_thread, other_type};
use super::audit::{Action, By, Entry};
use super::form::{self, Field, Wrong};
use super::messages::direct_message;
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::objects;
use crate::world::permissions::{MANAGE_WEBHOOKS, Place};

/// Webhooks of a channel, and of a guild.
const MAX: usize = 15;
const MAX_IN_GUILD: usize = 1_000;
/// Bytes of an avatar.
const MAX_IMAGE: usize = 10 * 1024 * 1024;
/// Channels a webhook can post into: text, voice, announcements, stage, forum, media.
const HOSTS: [u64; 6] = [0, 2, 5, 13, 15, 16];
/// Types: posts what it is given; brings the announcements of another channel.
const INCOMING: u64 = 1;
const FOLLOWER: u64 = 2;

const NAME: Field = Field::text("name", 1, 80);
const AVATAR: Field = Field::image("avatar", MAX_IMAGE).or_null();
const NEW: &[Field] = &[NAME.required(), AVATAR];
const CHANGED: &[Field] = &[NAME, AVATAR, Field::id("channel_id")];
const CHANGED_WITH_TOKEN: &[Field] = &[NAME, AVATAR];

/// What the audit log says of a webhook.
const AUDITED: &[&str] = &["name", "type", "channel_id", "application_id"];

pub(super) const ROUTES: &[&[Route]] = &[OWN, execute::ROUTES, follow::ROUTES, messages::ROUTES];

const OWN: &[Route] = &[
    Route::get(
        "/channels/{channel_id}/webhooks",
        Core::list_channel_webhooks,
    ),
    Route::post("/channels/{channel_id}/webhooks", Core::new_webhook),
    Route::get("/guilds/{guild_id}/webhooks", Core::list_guild_webhooks),
    Route::get("/webhooks/{webhook_id}", Core::get_webhook),
    Route::patch("/webhooks/{webhook_id}", Core::edit_webhook),
    Route::delete("/webhooks/{webhook_id}", Core::drop_webhook),
    Route::get(
        "/webhooks/{webhook_id}/{webhook_token}",
        Core::get_own_webhook,
    )
    .open(),
    Route::patch(
        "/webhooks/{webhook_id}/{webhook_token}",
        Core::edit_own_webhook,
    )
    .open(),
    Route::delete(
        "/webhooks/{webhook_id}/{webhook_token}",
        Core::drop_own_webhook,
    )
    .open(),
];

impl Core {
    fn list_channel_webhooks(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, channel) = self.host(state, call)?;
        let found = state.world.guilds.get(&guild);
        let webhooks = found.into_iter().flat_map(|found| found.webhooks.values());
        let here = webhooks.filter(|webhook| channel_of(webhook) == channel);
        Ok(Reply::ok(here.cloned().collect()))
    }

    fn list_guild_webhooks(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let guild = call.guild(state)?;
        self.require(state, Place::Guild(guild), MANAGE_WEBHOOKS)?;
        let found = state.world.guilds.get(&guild);
        let webhooks = found.into_iter().flat_map(|found| found.webhooks.values());
        Ok(Reply::ok(webhooks.cloned().collect()))
    }

    fn new_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, channel) = self.host(state, call)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        check_name("name", &given)?;
        has_room(state, guild, channel)?;
        guild_has_room(state, guild)?;
        let id = self.next_id(state);
        // What people make in their own client belongs to no application.
        let application = state.acting.is_none().then_some(state.world.application);
        let webhook = json!({
            "type": INCOMING,
            "id": id.to_string(),
            "name": given["name"],
            "avatar": given["avatar"],
            "channel_id": channel.to_string(),
            "guild_id": guild.to_string(),
            "application_id": application.map(|application| application.to_string()),
            "token": token_of(id),
            "user": state.world.user(state.actor()),
        });
        let by = call.by(state);
        self.add_webhook(state, guild, &by, &webhook);
        Ok(Reply::ok(webhook))
    }

    fn get_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (_, webhook) = webhook(state, call)?;
        let own = objects::snowflake(&webhook["application_id"]) == Some(state.world.application);
        if !own || state.acting.is_some() {
            self.may(state, channel_of(&webhook), MANAGE_WEBHOOKS)?;
        }
        Ok(Reply::ok(webhook))
    }

    fn edit_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, old) = webhook(state, call)?;
        self.may(state, channel_of(&old), MANAGE_WEBHOOKS)?;
        let given = Value::Object(form::read(&call.body, CHANGED)?);
        if let Some(to) = objects::snowflake(&given["channel_id"])
            && to != channel_of(&old)
        {
            if state.world.guild_of(to) != Some(guild) {
                return Err(Failure::unknown_channel());
            }
            self.may(state, to, MANAGE_WEBHOOKS)?;
            can_host(state, to)?;
            has_room(state, guild, to)?;
        }
        let by = call.by(state);
        let changed = self.change_webhook(state, guild, &by, &old, &given)?;
        Ok(Reply::ok(changed))
    }

    fn drop_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, webhook) = webhook(state, call)?;
        self.may(state, channel_of(&webhook), MANAGE_WEBHOOKS)?;
        let by = call.by(state);
        self.remove_webhook(state, guild, &by, &webhook);
        Ok(Reply::no_content())
    }

    fn get_own_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (_, webhook) = own_webhook(state, call)?;
        Ok(Reply::ok(without_user(webhook)))
    }

    fn edit_own_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, old) = own_webhook(state, call)?;
        let given = Value::Object(form::read(&call.body, CHANGED_WITH_TOKEN)?);
        let by = By::nobody(call);
        let changed = self.change_webhook(state, guild, &by, &old, &given)?;
        Ok(Reply::ok(without_user(changed)))
    }

    fn drop_own_webhook(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (guild, webhook) = own_webhook(state, call)?;
        self.remove_webhook(state, guild, &By::nobody(call), &webhook);
        Ok(Reply::no_content())
    }

    /// The guild and the channel in the path, whose webhooks whoever asks may manage.
    fn host(&self, state: &State, call: &Call<'_>) -> Result<(u64, u64), Failure> {
        let channel = call.channel(state)?;
        let guild = state.world.guild_of(channel).ok_or_else(direct_message)?;
        self.may(state, channel, MANAGE_WEBHOOKS)?;
        can_host(state, channel)?;
        Ok((guild, channel))
    }

    /// Keeps a new webhook and tells it: `WEBHOOKS_UPDATE`.
    fn add_webhook(&self, state: &mut State, guild: u64, by: &By, webhook: &Value) {
        let id = objects::id(webhook);
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.webhooks.insert(id, webhook.clone());
        }
        self.tell_webhooks(state, guild, channel_of(webhook));
        let entry = Entry::created(id, webhook, AUDITED);
        let entry = avatar_changed(entry, &Value::Null, &webhook["avatar"]);
        self.audit(state, guild, by, Action::WebhookCreate, entry);
    }

    /// Sets what a form gave, and tells it where the webhook is and where it was.
    fn change_webhook(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        old: &Value,
        given: &Value,
    ) -> Result<Value, Failure> {
        check_name("name", given)?;
        let mut new = old.clone();
        for (field, value) in given.as_object().into_iter().flatten() {
            new[field] = value.clone();
        }
        if new == *old {
            return Ok(new);
        }
        let id = objects::id(old);
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.webhooks.insert(id, new.clone());
        }
        self.tell_webhooks(state, guild, channel_of(old));
        if channel_of(&new) != channel_of(old) {
            self.tell_webhooks(state, guild, channel_of(&new));
        }
        let entry = Entry::changed(id, old, &new, AUDITED);
        let entry = avatar_changed(entry, &old["avatar"], &new["avatar"]);
        self.audit(state, guild, by, Action::WebhookUpdate, entry);
        Ok(new)
    }

    fn remove_webhook(&self, state: &mut State, guild: u64, by: &By, webhook: &Value) {
        let id = objects::id(webhook);
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.webhooks.remove(&id);
        }
        self.tell_webhooks(state, guild, channel_of(webhook));
        let entry = Entry::deleted(id, webhook, AUDITED);
        let entry = avatar_changed(entry, &webhook["avatar"], &Value::Null);
        self.audit(state, guild, by, Action::WebhookDelete, entry);
    }

    fn tell_webhooks(&self, state: &mut State, guild: u64, channel: u64) {
        let data = json!({ "guild_id": guild.to_string(), "channel_id": channel.to_string() });
        self.dispatch(state, &Happening::new("WEBHOOKS_UPDATE", Some(guild), data));
    }
}

/// The webhook in the path, and its guild.
fn webhook(state: &State, call: &Call<'_>) -> Result<(u64, Value), Failure> {
    let found = state.world.webhook(call.id("webhook_id")?);
    let found = found.map(|(guild, webhook)| (guild, webhook.clone()));
    found.ok_or_else(Failure::unknown_webhook)
}

/// As [`webhook`], where the token in the path is its own.
fn own_webhook(state: &State, call: &Call<'_>) -> Result<(u64, Value), Failure> {
    let found = webhook(state, call)?;
    if found.1["token"] == call.text("webhook_token") {
        return Ok(found);
    }
    Err(Failure::new(401, 50_027, "Invalid Webhook Token"))
}

fn channel_of(webhook: &Value) -> u64 {
    objects::snowflake(&webhook["channel_id"]).unwrap_or(0)
}

/// Who has only the token does not learn who made it.
fn without_user(mut webhook: Value) -> Value {
    if let Some(fields) = webhook.as_object_mut() {
        fields.remove("user");
    }
    webhook
}

fn can_host(state: &State, channel: u64) -> Result<(), Failure> {
    let kind = state
        .world
        .channel(channel)
        .and_then(|it| it["type"].as_u64());
    let hosts = kind.is_some_and(|kind| HOSTS.contains(&kind));
    hosts.then_some(()).ok_or_else(other_type)
}

/// Whether one more webhook fits into a channel.
fn has_room(state: &State, guild: u64, channel: u64) -> Result<(), Failure> {
    let found = state.world.guilds.get(&guild);
    let webhooks = found.into_iter().flat_map(|found| found.webhooks.values());
    let here = webhooks.filter(|webhook| channel_of(webhook) == channel);
    if here.count() >= MAX {
        let message = "Maximum number of webhooks reached (15)";
        return Err(Failure::new(400, 30_007, message));
    }
    Ok(())
}

/// Whether one more webhook fits into a guild.
fn guild_has_room(state: &State, guild: u64) -> Result<(), Failure> {
    let found = state.world.guilds.get(&guild);
    if found.is_some_and(|found| found.webhooks.len() >= MAX_IN_GUILD) {
        let message = "Maximum number of webhooks per guild reached (1000)";
        return Err(Failure::new(400, 30_058, message));
    }
    Ok(())
}

/// Whether a webhook may have this name: <https://docs.discord.com/developers/resources/webhook#create-webhook>.
fn check_name(field: &str, given: &Value) -> Result<(), Failure> {
    let mut wrong = Wrong::default();
    let name = given[field].as_str().unwrap_or_default().to_lowercase();
    for word in ["clyde", "discord"] {
        if name.contains(word) {
            let message = format!("Username cannot contain \"{word}\"");
            wrong.note(field, "USERNAME_INVALID_CONTAINS", &message);
        }
    }
    wrong.refuse()
}

/// The audit log has the avatar's hash under a name of its own.
fn avatar_changed(entry: Entry, old: &Value, new: &Value) -> Entry {
    if old == new {
        return entry;
    }
    entry.change("avatar_hash", old, new)
}

/// The token of a webhook: 68 characters, as clients look for in a URL; the same in every run.
fn token_of(id: u64) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut state = id;
    let digits = (0..68).map(|_| {
        // Knuth's generator; its high bits are the good ones.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let digit = usize::try_from(state >> 58).unwrap_or(0);
        DIGITS.get(digit).map_or('-', |digit| char::from(*digit))
    });
    digits.collect()
}

/// Whether the path is one of an interaction's answers, which go by the application's id.
fn of_interactions(state: &State, call: &Call<'_>) -> Result<bool, Failure> {
    Ok(call.id("webhook_id")? == state.world.application)
}

/// The channel a request is about: the webhook's, or the thread of it that the query names.
fn place(state: &State, call: &Call<'_>, webhook: &Value) -> Result<u64, Failure> {
    let channel = channel_of(webhook);
    let Some(thread) = call.parameter_id("thread_id")? else {
        return Ok(channel);
    };
    let below = state.world.channel(thread).filter(|it| is_thread(it));
    let below = below.filter(|it| objects::snowflake(&it["parent_id"]) == Some(channel));
    below.map(|_| thread).ok_or_else(Failure::unknown_channel)
}
