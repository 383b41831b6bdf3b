//! A guild itself: its settings, its preview, its widget.

use serde_json::{Map, Value, json};

use super::{guild, has_feature};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::permissions::{ADMINISTRATOR, MANAGE_GUILD, VIEW_CHANNEL};
use crate::world::{Guild, objects};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}", Core::get_guild),
    Route::patch("/guilds/{guild_id}", Core::modify_guild),
    Route::get("/guilds/{guild_id}/preview", Core::preview_guild),
    Route::get("/guilds/{guild_id}/regions", Core::list_guild_regions),
    Route::get("/guilds/{guild_id}/vanity-url", Core::get_vanity),
    Route::get("/guilds/{guild_id}/widget", Core::get_widget_settings),
    Route::patch("/guilds/{guild_id}/widget", Core::modify_widget),
    Route::get("/guilds/{guild_id}/widget.json", Core::get_widget).open(),
    Route::get("/voice/regions", Core::list_regions),
];

const MAX_IMAGE: usize = 10 * 1024 * 1024;

const GUILD: &[Field] = &[
    Field::text("name", 2, 100),
    Field::text("region", 0, 100).or_null(),
    Field::choice("verification_level", &[0, 1, 2, 3, 4]).or_null(),
    Field::choice("default_message_notifications", &[0, 1]).or_null(),
    Field::choice("explicit_content_filter", &[0, 1, 2]).or_null(),
    Field::id("afk_channel_id").or_null(),
    Field::choice("afk_timeout", &[60, 300, 900, 1800, 3600]),
    Field::image("icon", MAX_IMAGE).or_null(),
    Field::image("splash", MAX_IMAGE).or_null(),
    Field::image("discovery_splash", MAX_IMAGE).or_null(),
    Field::image("banner", MAX_IMAGE).or_null(),
    Field::id("system_channel_id").or_null(),
    Field::integer("system_channel_flags", 0, 0x3f),
    Field::id("rules_channel_id").or_null(),
    Field::id("public_updates_channel_id").or_null(),
    Field::text("preferred_locale", 2, 10).or_null(),
    Field::texts("features", 100, 100),
    Field::text("description", 0, 300).or_null(),
    Field::boolean("premium_progress_bar_enabled"),
    Field::id("safety_alerts_channel_id").or_null(),
];

/// What the audit log says of a guild.
const AUDITED: &[&str] = &[
    "name",
    "verification_level",
    "default_message_notifications",
    "explicit_content_filter",
    "afk_channel_id",
    "afk_timeout",
    "icon",
    "splash",
    "discovery_splash",
    "banner",
    "system_channel_id",
    "system_channel_flags",
    "rules_channel_id",
    "public_updates_channel_id",
    "preferred_locale",
    "features",
    "description",
    "premium_progress_bar_enabled",
    "safety_alerts_channel_id",
    "widget_enabled",
    "widget_channel_id",
];

/// The features a request may turn on and off, and whether that takes ADMINISTRATOR.
const MUTABLE: [(&str, bool); 4] = [
    ("COMMUNITY", true),
    ("DISCOVERABLE", true),
    ("INVITES_DISABLED", false),
    ("RAID_ALERTS_DISABLED", false),
];

/// Images that need a feature.
const GATED: [(&str, &str); 3] = [
    ("splash", "INVITE_SPLASH"),
    ("discovery_splash", "DISCOVERABLE"),
    ("banner", "BANNER"),
];

const WIDGET: &[Field] = &[Field::boolean("enabled"), Field::id("channel_id").or_null()];

impl Core {
    fn get_guild(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let found = guild(state, id)?;
        let mut object = found.render();
        if call.flag("with_counts") {
            object["approximate_member_count"] = Value::from(found.members.len());
            object["approximate_presence_count"] = Value::from(found.presences.len());
        }
        Ok(Reply::ok(object))
    }

    fn modify_guild(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let mut given = form::read(&call.body, GUILD)?;
        // What clients of long ago send; it has had no effect for years.
        given.remove("region");
        let found = guild(state, id)?;
        for (field, feature) in GATED {
            let wants = given.get(field).is_some_and(Value::is_string);
            if wants && !has_feature(found, feature) {
                let message = "This server needs more boosts to perform this action";
                return Err(Failure::new(403, 50_101, message));
            }
        }
        for (field, kinds) in [
            ("afk_channel_id", &[2][..]),
            ("system_channel_id", &[0]),
            ("rules_channel_id", &[0]),
            ("public_updates_channel_id", &[0]),
            ("safety_alerts_channel_id", &[0]),
        ] {
            if let Some(channel) = given.get(field).and_then(objects::snowflake) {
                self.require_kind(state, id, channel, kinds)?;
            }
        }
        if let Some(features) = given.get("features") {
            let features = self.features(state, id, features)?;
            given.insert("features".to_owned(), features);
        }
        let by = call.by(state);
        self.update_guild(state, id, &by, given);
        Ok(Reply::ok(guild(state, id)?.render()))
    }

    /// The features a guild then has: those that cannot be chosen stay.
    fn features(&self, state: &State, id: u64, wanted: &Value) -> Result<Value, Failure> {
        let found = guild(state, id)?;
        let wanted = wanted.as_array().into_iter().flatten();
        let wanted: Vec<&str> = wanted.filter_map(Value::as_str).collect();
        for feature in &wanted {
            let mutable = MUTABLE.iter().any(|(known, _)| known == feature);
            if !mutable && !has_feature(found, feature) {
                let message = format!("Value must be a feature that can be changed: {feature}");
                return Err(Failure::invalid("features", "BASE_TYPE_CHOICES", &message));
            }
        }
        let held = found.object["features"].as_array().into_iter().flatten();
        let mut features: Vec<&str> = held.filter_map(Value::as_str).collect();
        for (feature, administrator) in MUTABLE {
            let (had, wants) = (features.contains(&feature), wanted.contains(&feature));
            if had == wants {
                continue;
            }
            if administrator {
                self.may_in_guild(state, id, ADMINISTRATOR)?;
            }
            if wants {
                features.push(feature);
            } else {
                features.retain(|held| *held != feature);
            }
        }
        Ok(Value::from(features))
    }

    /// Whether a channel is one of the guild's, of one of these kinds.
    pub(super) fn require_kind(
        &self,
        state: &State,
        id: u64,
        channel: u64,
        kinds: &[u64],
    ) -> Result<(), Failure> {
        let found = state.world.channel(channel);
        let found = found.filter(|_| state.world.guild_of(channel) == Some(id));
        let found = found.ok_or_else(Failure::unknown_channel)?;
        if kinds.iter().any(|kind| found["type"] == *kind) {
            return Ok(());
        }
        let message = "Cannot execute action on this channel type";
        Err(Failure::new(400, 50_024, message))
    }

    /// Changes fields of a guild: `GUILD_UPDATE`. `null` is a default where Discord has one. Whether
    /// anything changed.
    pub(crate) fn update_guild(
        &self,
        state: &mut State,
        id: u64,
        by: &By,
        given: Map<String, Value>,
    ) -> bool {
        let Some(found) = state.world.guilds.get_mut(&id) else {
            return false;
        };
        let old = found.object.clone();
        for (field, value) in given {
            found.object[&field] = match (field.as_str(), value) {
                (
                    "verification_level"
                    | "default_message_notifications"
                    | "explicit_content_filter",
                    Value::Null,
                ) => Value::from(0),
                ("preferred_locale", Value::Null) => Value::from("en-US"),
                (_, value) => value,
            };
        }
        if found.object == old {
            return false;
        }
        let entry = Entry::changed(id, &old, &found.object, AUDITED);
        self.tell_guild(state, id);
        self.audit(state, id, by, Action::GuildUpdate, entry);
        true
    }

    /// `GUILD_UPDATE`.
    pub(crate) fn tell_guild(&self, state: &mut State, id: u64) {
        if let Some(data) = state.world.guilds.get(&id).map(Guild::render) {
            self.dispatch(state, &Happening::new("GUILD_UPDATE", Some(id), data));
        }
    }

    fn preview_guild(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let found = guild(state, id)?;
        let object = found.render();
        let mut preview = json!({});
        let fields = [
            "id",
            "name",
            "icon",
            "splash",
            "discovery_splash",
            "emojis",
            "features",
            "description",
            "stickers",
        ];
        for field in fields {
            preview[field] = object[field].clone();
        }
        preview["approximate_member_count"] = Value::from(found.members.len());
        preview["approximate_presence_count"] = Value::from(found.presences.len());
        Ok(Reply::ok(preview))
    }

    fn list_guild_regions(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        call.guild(state)?;
        Ok(Reply::ok(regions()))
    }

    fn list_regions(&self, _: &mut State, _: &Call<'_>) -> Outcome {
        Ok(Reply::ok(regions()))
    }

    fn get_vanity(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let code = guild(state, id)?.object["vanity_url_code"].clone();
        Ok(Reply::ok(json!({ "code": code, "uses": 0 })))
    }

    fn get_widget_settings(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        Ok(Reply::ok(widget_settings(&guild(state, id)?.object)))
    }

    fn modify_widget(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let given = form::read(&call.body, WIDGET)?;
        if let Some(channel) = given.get("channel_id").and_then(objects::snowflake) {
            self.require_kind(state, id, channel, &[0, 2, 5, 13, 15, 16])?;
        }
        let renamed = given.into_iter().map(|(field, value)| {
            let field = match field.as_str() {
                "enabled" => "widget_enabled",
                _ => "widget_channel_id",
            };
            (field.to_owned(), value)
        });
        let (by, renamed) = (call.by(state), renamed.collect());
        self.update_guild(state, id, &by, renamed);
        Ok(Reply::ok(widget_settings(&guild(state, id)?.object)))
    }

    /// The widget, for everybody: what `@everyone` may see.
    fn get_widget(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        let found = guild(state, id)?;
        if found.object["widget_enabled"] != true {
            return Err(Failure::new(403, 50_004, "Widget Disabled"));
        }
        let channels = found.channels.values().filter(|channel| {
            let voice = channel["type"] == 2 || channel["type"] == 13;
            voice && everyone_sees(id, channel)
        });
        let channels: Vec<Value> = channels
            .map(|channel| {
                json!({
                    "id": channel["id"],
                    "name": channel["name"],
                    "position": channel["position"],
                })
            })
            .collect();
        // Ids here are numbers from zero, so that nobody is found by them.
        let members = found.presences.iter().take(100).enumerate();
        let members: Vec<Value> = members
            .filter_map(|(index, (user, presence))| {
                let user = state.world.user(*user)?;
                Some(json!({
                    "id": index.to_string(),
                    "username": user["username"],
                    "discriminator": "0000",
                    "avatar": null,
                    "status": presence.status.name(),
                    "avatar_url": format!("https://cdn.discordapp.com/widget-avatars/{index}"),
                }))
            })
            .collect();
        Ok(Reply::ok(json!({
            "id": id.to_string(),
            "name": found.object["name"],
            "instant_invite": null,
            "channels": channels,
            "members": members,
            "presence_count": found.presences.len(),
        })))
    }
}

/// Whether nothing hides a channel from `@everyone`.
fn everyone_sees(guild: u64, channel: &Value) -> bool {
    let overwrites = channel["permission_overwrites"].as_array();
    let of_everyone = overwrites
        .into_iter()
        .flatten()
        .find(|overwrite| objects::id(overwrite) == guild);
    let denied = of_everyone.and_then(|overwrite| objects::snowflake(&overwrite["deny"]));
    denied.unwrap_or(0) & VIEW_CHANNEL == 0
}

fn widget_settings(guild: &Value) -> Value {
    json!({ "enabled": guild["widget_enabled"], "channel_id": guild["widget_channel_id"] })
}

/// Where voice servers stand.
fn regions() -> Value {
    let regions = [
        ("rotterdam", "Rotterdam", true),
        ("singapore", "Singapore", false),
        ("us-east", "US East", false),
        ("us-west", "US West", false),
    ];
    let regions = regions.map(|(id, name, optimal)| {
        json!({
            "id": id,
            "name": name,
            "optimal": optimal,
            "deprecated": false,
            "custom": false,
        })
    });
    Value::from(regions.to_vec())
}
