//! The application itself: what it says of itself, its settings, its emojis, its role connections.

mod emojis;
mod metadata;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::commands::own_application;
use super::form::{self, Field, Wrong};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::builder::Options;
use crate::core::{Core, State};
use crate::world::{OWNER, objects};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/applications/@me", Core::current_application),
    Route::patch("/applications/@me", Core::edit_application),
    Route::get("/oauth2/applications/@me", Core::current_application),
    Route::get("/oauth2/@me", Core::current_authorization).oauth(),
    Route::get(
        "/applications/{application_id}/activity-instances/{instance_id}",
        Core::get_activity,
    ),
    Route::get(
        "/applications/{application_id}/emojis",
        Core::list_application_emojis,
    ),
    Route::post(
        "/applications/{application_id}/emojis",
        Core::create_application_emoji,
    ),
    Route::get(
        "/applications/{application_id}/emojis/{emoji_id}",
        Core::get_application_emoji,
    ),
    Route::patch(
        "/applications/{application_id}/emojis/{emoji_id}",
        Core::edit_application_emoji,
    ),
    Route::delete(
        "/applications/{application_id}/emojis/{emoji_id}",
        Core::delete_application_emoji,
    ),
    Route::get(
        "/applications/{application_id}/role-connections/metadata",
        Core::get_metadata,
    ),
    Route::put(
        "/applications/{application_id}/role-connections/metadata",
        Core::set_metadata,
    ),
    Route::get(
        "/users/@me/applications/{application_id}/role-connection",
        Core::get_role_connection,
    )
    .oauth(),
    Route::put(
        "/users/@me/applications/{application_id}/role-connection",
        Core::set_role_connection,
    )
    .oauth(),
    Route::delete(
        "/users/@me/applications/{application_id}/role-connection",
        Core::delete_role_connection,
    )
    .oauth(),
];

/// Applications with this flag have an activity.
const EMBEDDED: u64 = 1 << 17;
/// Those with global commands have this one.
const COMMAND_BADGE: u64 = 1 << 23;
/// Activities that are kept; the oldest goes first.
const ACTIVITIES: usize = 1_000;

/// The webhook events an application can ask for.
pub(crate) const WEBHOOK_EVENTS: [&str; 12] = [
    "APPLICATION_AUTHORIZED",
    "APPLICATION_DEAUTHORIZED",
    "ENTITLEMENT_CREATE",
    "ENTITLEMENT_UPDATE",
    "ENTITLEMENT_DELETE",
    "QUEST_USER_ENROLLMENT",
    "LOBBY_MESSAGE_CREATE",
    "LOBBY_MESSAGE_UPDATE",
    "LOBBY_MESSAGE_DELETE",
    "GAME_DIRECT_MESSAGE_CREATE",
    "GAME_DIRECT_MESSAGE_UPDATE",
    "GAME_DIRECT_MESSAGE_DELETE",
];

/// What is known of the application beyond its id.
#[derive(Debug, Default)]
pub(crate) struct Application {
    /// Settings that differ from those of a new application.
    settings: Map<String, Value>,
    /// Events in a row that the events URL did not hear.
    unheard: u32,
    activity: bool,
    /// Activities that run, by instance.
    activities: BTreeMap<String, Value>,
    metadata: Vec<Value>,
    /// Role connections by user.
    connections: HashMap<u64, Value>,
}

impl Application {
    pub(crate) fn new(options: &Options) -> Self {
        let mut application = Self {
            activity: options.activity,
            ..Self::default()
        };
        if let Some(url) = &options.interactions_url {
            application.set("interactions_endpoint_url", Value::from(url.as_str()));
        }
        if let Some(url) = &options.events_url {
            application.set("event_webhooks_url", Value::from(url.as_str()));
            application.set("event_webhooks_status", Value::from(2));
            application.set("event_webhooks_types", json!(WEBHOOK_EVENTS));
        }
        application
    }

    /// Whether there is an activity that could be started.
    pub(crate) fn has_activity(&self) -> bool {
        self.activity
    }

    /// Whether users may install the application for themselves.
    pub(crate) fn user_install(&self) -> bool {
        self.settings
            .get("integration_types_config")
            .is_some_and(|config| config.get("1").is_some())
    }

    /// A setting that is text.
    pub(crate) fn text(&self, setting: &str) -> Option<&str> {
        self.settings.get(setting)?.as_str()
    }

    /// Changes a setting.
    pub(crate) fn set(&mut self, setting: &str, value: Value) {
        self.settings.insert(setting.to_owned(), value);
    }

    /// Whether the events URL is to be told of events of this name.
    pub(crate) fn wants(&self, event: &str) -> bool {
        let on = self
            .settings
            .get("event_webhooks_status")
            .is_some_and(|status| *status == 2);
        let types = self
            .settings
            .get("event_webhooks_types")
            .and_then(Value::as_array);
        on && types.is_some_and(|types| types.iter().any(|known| known == event))
    }

    /// The events URL heard an event.
    pub(crate) fn heard(&mut self) {
        self.unheard = 0;
    }

    /// The events URL did not hear an event for all that time; how many it is now.
    pub(crate) fn unheard(&mut self) -> u32 {
        self.unheard += 1;
        self.unheard
    }

    /// Keeps an activity that was started.
    pub(crate) fn start_activity(&mut self, instance: &str, object: Value) {
        if self.activities.len() >= ACTIVITIES {
            self.activities.pop_first();
        }
        self.activities.insert(instance.to_owned(), object);
    }
}

/// The body of a PATCH.
const SETTINGS: &[Field] = &[
    Field::text("custom_install_url", 0, 512).or_null(),
    Field::text("description", 0, 400).or_null(),
    Field::text("role_connections_verification_url", 0, 512).or_null(),
    Field::integer("flags", 0, i64::MAX),
    Field::image("icon", 8 * 1024 * 1024).or_null(),
    Field::image("cover_image", 8 * 1024 * 1024).or_null(),
    Field::text("interactions_endpoint_url", 0, 512).or_null(),
    Field::texts("tags", 5, 20),
    Field::text("event_webhooks_url", 0, 512).or_null(),
    Field::choice("event_webhooks_status", &[1, 2]),
    Field::texts("event_webhooks_types", 12, 100),
    Field::object("install_params", INSTALL).or_null(),
];

const INSTALL: &[Field] = &[
    Field::texts("scopes", 50, 100).required(),
    Field::bits("permissions").required(),
];

/// How the application is installed to a guild, or to a user.
const INTEGRATION: &[Field] = &[Field::object("oauth2_install_params", INSTALL).or_null()];

/// Settings that are URLs.
const URLS: [&str; 4] = [
    "custom_install_url",
    "role_connections_verification_url",
    "interactions_endpoint_url",
    "event_webhooks_url",
];

impl Core {
    /// The application as it sees itself.
    fn application(&self, state: &State) -> Value {
        let world = &state.world;
        let bot = world.user(world.bot).unwrap_or_default();
        let owner = world.user(OWNER).unwrap_or_default();
        let guilds = world.guilds.len();
        let mut application = objects::application(world.application, &bot, &owner, guilds);
        application["verify_key"] = Value::from(self.outgoing.key.public_hex());
        for (setting, value) in &state.application.settings {
            application[setting] = value.clone();
        }
        let mut flags = application["flags"].as_u64().unwrap_or(0);
        if state.application.activity {
            flags |= EMBEDDED;
        }
        if !state.commands.of(None).is_empty() {
            flags |= COMMAND_BADGE;
        }
        application["flags"] = Value::from(flags);
        application["flags_new"] = Value::from(flags.to_string());
        application
    }

    fn current_application(&self, state: &mut State, _: &Call<'_>) -> Outcome {
        Ok(Reply::ok(self.application(state)))
    }

    fn edit_application(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let mut settings = form::read(&call.body, SETTINGS)?;
        let mut wrong = Wrong::default();
        for url in URLS {
            match settings.get(url).and_then(Value::as_str) {
                // An empty text takes a URL away, as null does.
                Some("") => drop(settings.insert(url.to_owned(), Value::Null)),
                Some(text) if !is_url(text) => {
                    let message = format!("Scheme \"{text}\" must be one of ('http', 'https').");
                    wrong.note(url, "URL_TYPE_INVALID_SCHEME", &message);
                }
                _ => {}
            }
        }
        for refused in call.verified.refused() {
            let (code, message) = (
                "APPLICATION_INTERACTIONS_ENDPOINT_VALIDATION_FAILED",
                "Validation errors: The specified interactions endpoint url could not be verified.",
            );
            wrong.note(refused, code, message);
        }
        let types = settings
            .get("event_webhooks_types")
            .and_then(Value::as_array);
        for (index, kind) in types.into_iter().flatten().enumerate() {
            if !WEBHOOK_EVENTS.iter().any(|known| kind == known) {
                let message = format!("Value must be one of {{{}}}.", WEBHOOK_EVENTS.join(", "));
                let path = format!("event_webhooks_types.{index}");
                wrong.note(&path, "BASE_TYPE_CHOICES", &message);
            }
        }
        match call.body.get("integration_types_config") {
            None => {}
            Some(value @ (Value::Null | Value::Object(_))) => {
                settings.insert("integration_types_config".to_owned(), value.clone());
            }
            Some(_) => {
                let message = "Only dictionaries may be used in a DictType";
                wrong.note("integration_types_config", "DICT_TYPE_CONVERT", message);
            }
        }
        let config = settings
            .get("integration_types_config")
            .and_then(Value::as_object);
        for (key, value) in config.into_iter().flatten() {
            if key != "0" && key != "1" {
                let path = format!("integration_types_config.{key}");
                wrong.note(&path, "BASE_TYPE_CHOICES", "Value must be one of {0, 1}.");
            }
            if !value.is_null() {
                let read = form::read(value, INTEGRATION);
                let within = |failure: Failure| failure.within(key);
                let within = |failure| within(failure).within("integration_types_config");
                read.map_err(within)?;
            }
        }
        // Of the flags only the limited intents are the application's own to set.
        let flags = settings.get("flags").and_then(Value::as_u64).unwrap_or(0);
        if flags & !objects::APPLICATION_FLAGS != 0 {
            let message = "Only limited intents can be set.";
            wrong.note("flags", "BASE_TYPE_CHOICES", message);
        }
        wrong.refuse()?;
        state.application.settings.extend(settings);
        Ok(Reply::ok(self.application(state)))
    }

    /// What an access token stands for. A bot's token is none.
    fn current_authorization(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let super::caller::Caller::User(bearer) = &call.caller else {
            return Err(Failure::unauthorized());
        };
        let application = self.application(state);
        let mut shown = json!({ "bot_public": true, "bot_require_code_grant": false });
        for field in ["id", "name", "icon", "description", "verify_key"] {
            shown[field] = application[field].clone();
        }
        let mut told = json!({
            "application": shown,
            "scopes": bearer.scopes,
            "expires": crate::ids::iso8601(self.clock.now_ms() + WEEK_MS),
        });
        if bearer.scopes.iter().any(|scope| scope == "identify") {
            told["user"] = state.world.user(bearer.user).unwrap_or_default();
        }
        Ok(Reply::ok(told))
    }

    fn get_activity(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let found = state.application.activities.get(call.text("instance_id"));
        found.cloned().map(Reply::ok).ok_or_else(Failure::not_found)
    }
}

/// How long an access token is said to live.
const WEEK_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

fn is_url(text: &str) -> bool {
    let parsed = text.parse::<http::Uri>().ok();
    parsed.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
    })
}
