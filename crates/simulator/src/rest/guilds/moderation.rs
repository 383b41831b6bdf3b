//! Auto moderation rules.

use serde_json::{Map, Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::form::{self, Field, Wrong};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{MANAGE_GUILD, MODERATE_MEMBERS};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/auto-moderation/rules", Core::list_rules),
    Route::post("/guilds/{guild_id}/auto-moderation/rules", Core::new_rule),
    Route::get(
        "/guilds/{guild_id}/auto-moderation/rules/{rule_id}",
        Core::get_rule,
    ),
    Route::patch(
        "/guilds/{guild_id}/auto-moderation/rules/{rule_id}",
        Core::modify_rule,
    ),
    Route::delete(
        "/guilds/{guild_id}/auto-moderation/rules/{rule_id}",
        Core::drop_rule,
    ),
];

const KEYWORD: u64 = 1;
const PRESET: u64 = 4;
const MENTIONS: u64 = 5;
const PROFILE: u64 = 6;

const BLOCK_MESSAGE: u64 = 1;
const SEND_ALERT: u64 = 2;
const TIMEOUT: u64 = 3;
const BLOCK_MEMBER: u64 = 4;

const TRIGGER: &[Field] = &[
    Field::texts("keyword_filter", 1_000, 60),
    Field::texts("regex_patterns", 10, 260),
    Field::choices("presets", 3, &[1, 2, 3]),
    Field::texts("allow_list", 1_000, 60),
    Field::integer("mention_total_limit", 0, 50),
    Field::boolean("mention_raid_protection_enabled"),
];

const METADATA: &[Field] = &[
    Field::id("channel_id"),
    Field::integer("duration_seconds", 1, 2_419_200),
    Field::text("custom_message", 0, 150).or_null(),
];

const ACTION: &[Field] = &[
    Field::choice("type", &[1, 2, 3, 4]).required(),
    Field::object("metadata", METADATA).or_null(),
];

const NEW: &[Field] = &[
    Field::text("name", 1, 100).required(),
    Field::choice("event_type", &[1, 2]).required(),
    Field::choice("trigger_type", &[1, 3, 4, 5, 6]).required(),
    Field::object("trigger_metadata", TRIGGER).or_null(),
    Field::list("actions", 5, ACTION).required(),
    Field::boolean("enabled"),
    Field::ids("exempt_roles", 20),
    Field::ids("exempt_channels", 50),
];

const CHANGED: &[Field] = &[
    Field::text("name", 1, 100),
    Field::choice("event_type", &[1, 2]),
    Field::object("trigger_metadata", TRIGGER).or_null(),
    Field::list("actions", 5, ACTION),
    Field::boolean("enabled"),
    Field::ids("exempt_roles", 20),
    Field::ids("exempt_channels", 50),
];

const AUDITED: &[&str] = &[
    "name",
    "event_type",
    "trigger_type",
    "trigger_metadata",
    "actions",
    "enabled",
    "exempt_roles",
    "exempt_channels",
];

impl Core {
    fn list_rules(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let rules = guild(state, id)?.auto_moderation.values();
        Ok(Reply::ok(rules.cloned().collect()))
    }

    fn get_rule(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let rule = rule(state, id, call.id("rule_id")?)?;
        Ok(Reply::ok(rule.clone()))
    }

    fn new_rule(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let given = Value::Object(form::read(&call.body, NEW)?);
        let by = call.by(state);
        let kind = given["trigger_type"].as_u64().unwrap_or(KEYWORD);
        let rule = json!({
            "id": "0",
            "guild_id": id.to_string(),
            "name": given["name"],
            "creator_id": by.user.to_string(),
            "event_type": given["event_type"],
            "trigger_type": kind,
            "trigger_metadata": trigger(kind, &given["trigger_metadata"]),
            "actions": actions(&given["actions"]),
            "enabled": given["enabled"] == true,
            "exempt_roles": given["exempt_roles"].as_array().cloned().unwrap_or_default(),
            "exempt_channels": given["exempt_channels"].as_array().cloned().unwrap_or_default(),
        });
        self.check_rule(state, id, &rule)?;
        let alike = guild(state, id)?.auto_moderation.values();
        let alike = alike.filter(|it| it["trigger_type"] == kind).count();
        if alike >= most(kind) {
            let message = "Maximum number of rules of this type reached.";
            let code = "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED";
            return Err(Failure::invalid("trigger_type", code, message));
        }
        Ok(Reply::ok(self.create_rule(state, id, &by, rule)))
    }

    fn modify_rule(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, rule_id) = (call.guild(state)?, call.id("rule_id")?);
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        let mut new = rule(state, id, rule_id)?.clone();
        let kind = new["trigger_type"].as_u64().unwrap_or(KEYWORD);
        for (field, value) in form::read(&call.body, CHANGED)? {
            new[&field] = match field.as_str() {
                "trigger_metadata" => trigger(kind, &value),
                "actions" => actions(&value),
                _ => value,
            };
        }
        self.check_rule(state, id, &new)?;
        let by = call.by(state);
        self.update_rule(state, id, &by, &new);
        Ok(Reply::ok(new))
    }

    fn drop_rule(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, rule_id) = (call.guild(state)?, call.id("rule_id")?);
        self.may_in_guild(state, id, MANAGE_GUILD)?;
        rule(state, id, rule_id)?;
        let by = call.by(state);
        self.delete_rule(state, id, &by, rule_id);
        Ok(Reply::no_content())
    }

    /// What the parts of a rule ask of each other.
    fn check_rule(&self, state: &State, id: u64, rule: &Value) -> Result<(), Failure> {
        let mut wrong = Wrong::default();
        let kind = rule["trigger_type"].as_u64().unwrap_or(KEYWORD);
        let about_members = kind == PROFILE;
        if (rule["event_type"] == 2) != about_members {
            let message = "This event type does not go with the trigger type.";
            wrong.note("event_type", "BASE_TYPE_CHOICES", message);
        }
        let metadata = &rule["trigger_metadata"];
        let filled = |field: &str| metadata[field].as_array().is_some_and(|it| !it.is_empty());
        let missing = match kind {
            KEYWORD | PROFILE if !filled("keyword_filter") && !filled("regex_patterns") => {
                Some("trigger_metadata.keyword_filter")
            }
            PRESET if !filled("presets") => Some("trigger_metadata.presets"),
            _ => None,
        };
        if let Some(field) = missing {
            wrong.note(field, "BASE_TYPE_REQUIRED", "This field is required");
        }
        let list = rule["actions"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        if list.is_empty() {
            wrong.note("actions", "BASE_TYPE_REQUIRED", "This field is required");
        }
        let mut times_out = false;
        for (index, action) in list.iter().enumerate() {
            let action_type = action["type"].as_u64().unwrap_or(0);
            let fits = match action_type {
                BLOCK_MESSAGE => kind != PROFILE,
                TIMEOUT => matches!(kind, KEYWORD | MENTIONS),
                BLOCK_MEMBER => kind == PROFILE,
                _ => true,
            };
            if !fits {
                let message = "This action does not go with the trigger type.";
                wrong.note(
                    &format!("actions.{index}.type"),
                    "BASE_TYPE_CHOICES",
                    message,
                );
            }
            let field = match action_type {
                SEND_ALERT => "channel_id",
                TIMEOUT => "duration_seconds",
                _ => "",
            };
            if !field.is_empty() && action["metadata"][field].is_null() {
                let field = format!("actions.{index}.metadata.{field}");
                wrong.note(&field, "BASE_TYPE_REQUIRED", "This field is required");
            }
            times_out |= action_type == TIMEOUT;
        }
        wrong.refuse()?;
        for action in list.iter().filter(|action| action["type"] == SEND_ALERT) {
            let channel = objects::snowflake(&action["metadata"]["channel_id"]).unwrap_or(0);
            self.require_kind(state, id, channel, &[0, 5])?;
        }
        if times_out {
            self.may_in_guild(state, id, MODERATE_MEMBERS)?;
        }
        Ok(())
    }

    /// Adds a rule, which gets its id here: `AUTO_MODERATION_RULE_CREATE`.
    pub(crate) fn create_rule(&self, state: &mut State, guild: u64, by: &By, rule: Value) -> Value {
        let (id, mut rule) = (self.next_id(state), rule);
        rule["id"] = Value::from(id.to_string());
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.auto_moderation.insert(id, rule.clone());
        }
        self.tell_rule(state, "AUTO_MODERATION_RULE_CREATE", guild, &rule);
        let entry = Entry::created(id, &rule, AUDITED);
        self.audit(state, guild, by, Action::RuleCreate, entry);
        rule
    }

    /// Puts a rule in the place of the one of its id: `AUTO_MODERATION_RULE_UPDATE`. Whether
    /// anything changed.
    pub(crate) fn update_rule(&self, state: &mut State, guild: u64, by: &By, rule: &Value) -> bool {
        let id = objects::id(rule);
        let found = state.world.guilds.get_mut(&guild);
        let kept = found.and_then(|found| found.auto_moderation.get_mut(&id));
        let Some(kept) = kept.filter(|kept| **kept != *rule) else {
            return false;
        };
        let old = std::mem::replace(kept, rule.clone());
        self.tell_rule(state, "AUTO_MODERATION_RULE_UPDATE", guild, rule);
        let entry = Entry::changed(id, &old, rule, AUDITED);
        self.audit(state, guild, by, Action::RuleUpdate, entry);
        true
    }

    /// Takes a rule away: `AUTO_MODERATION_RULE_DELETE`. Whether it was there.
    pub(crate) fn delete_rule(&self, state: &mut State, guild: u64, by: &By, rule: u64) -> bool {
        let found = state.world.guilds.get_mut(&guild);
        let Some(old) = found.and_then(|found| found.auto_moderation.remove(&rule)) else {
            return false;
        };
        self.tell_rule(state, "AUTO_MODERATION_RULE_DELETE", guild, &old);
        let entry = Entry::deleted(rule, &old, AUDITED);
        self.audit(state, guild, by, Action::RuleDelete, entry);
        true
    }

    /// Rules are told to those who may change them.
    fn tell_rule(&self, state: &mut State, name: &str, guild: u64, rule: &Value) {
        if state.world.permissions(guild, state.world.bot) & MANAGE_GUILD != 0 {
            self.dispatch(state, &Happening::new(name, Some(guild), rule.clone()));
        }
    }
}

/// How many rules of a kind a guild may have.
fn most(kind: u64) -> usize {
    if kind == KEYWORD { 6 } else { 1 }
}

/// What a kind of rule has of the metadata, with the defaults of what was not given.
fn trigger(kind: u64, given: &Value) -> Value {
    let fields: &[&str] = match kind {
        KEYWORD | PROFILE => &["keyword_filter", "regex_patterns", "allow_list"],
        PRESET => &["presets", "allow_list"],
        _ => &[],
    };
    let mut metadata = Map::new();
    for field in fields {
        let list = given[*field].as_array().cloned().unwrap_or_default();
        metadata.insert((*field).to_owned(), Value::Array(list));
    }
    if kind == MENTIONS {
        let limit = given["mention_total_limit"].as_u64().unwrap_or(20);
        let raids = given["mention_raid_protection_enabled"] == true;
        metadata.insert("mention_total_limit".to_owned(), Value::from(limit));
        let field = "mention_raid_protection_enabled".to_owned();
        metadata.insert(field, Value::Bool(raids));
    }
    Value::Object(metadata)
}

/// Actions, each with its metadata.
fn actions(given: &Value) -> Value {
    let given = given.as_array().into_iter().flatten();
    given
        .map(|action| {
            let metadata = match &action["metadata"] {
                Value::Null => json!({}),
                metadata => metadata.clone(),
            };
            json!({ "type": action["type"], "metadata": metadata })
        })
        .collect()
}

fn rule(state: &State, guild_id: u64, id: u64) -> Result<&Value, Failure> {
    let rule = guild(state, guild_id)?.auto_moderation.get(&id);
    // Of the documented error codes none is about these rules.
    rule.ok_or_else(Failure::not_found)
}
