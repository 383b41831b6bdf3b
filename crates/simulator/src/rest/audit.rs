//! The audit log: who changed what in a guild, and why.

use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::reactions::unescape;
use super::reply::Failure;
use super::route::Call;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::permissions::VIEW_AUDIT_LOG;

/// Characters a reason may have.
const MAX_REASON: usize = 512;

/// What was done, as the audit log numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    dead_code,
    reason = "the log's own list: not all of it is done by a route that is simulated"
)]
#[repr(u8)]
pub(crate) enum Action {
    GuildUpdate = 1,
    ChannelCreate = 10,
    ChannelUpdate = 11,
    ChannelDelete = 12,
    OverwriteCreate = 13,
    OverwriteUpdate = 14,
    OverwriteDelete = 15,
    MemberKick = 20,
    MemberPrune = 21,
    MemberBanAdd = 22,
    MemberBanRemove = 23,
    MemberUpdate = 24,
    MemberRoleUpdate = 25,
    MemberMove = 26,
    MemberDisconnect = 27,
    BotAdd = 28,
    RoleCreate = 30,
    RoleUpdate = 31,
    RoleDelete = 32,
    InviteCreate = 40,
    InviteUpdate = 41,
    InviteDelete = 42,
    WebhookCreate = 50,
    WebhookUpdate = 51,
    WebhookDelete = 52,
    EmojiCreate = 60,
    EmojiUpdate = 61,
    EmojiDelete = 62,
    MessageDelete = 72,
    MessageBulkDelete = 73,
    MessagePin = 74,
    MessageUnpin = 75,
    IntegrationCreate = 80,
    IntegrationUpdate = 81,
    IntegrationDelete = 82,
    StageInstanceCreate = 83,
    StageInstanceUpdate = 84,
    StageInstanceDelete = 85,
    StickerCreate = 90,
    StickerUpdate = 91,
    StickerDelete = 92,
    ScheduledEventCreate = 100,
    ScheduledEventUpdate = 101,
    ScheduledEventDelete = 102,
    ThreadCreate = 110,
    ThreadUpdate = 111,
    ThreadDelete = 112,
    CommandPermissionUpdate = 121,
    SoundCreate = 130,
    SoundUpdate = 131,
    SoundDelete = 132,
    RuleCreate = 140,
    RuleUpdate = 141,
    RuleDelete = 142,
    RuleBlockMessage = 143,
    RuleFlag = 144,
    RuleTimeout = 145,
    OnboardingPromptCreate = 163,
    OnboardingPromptUpdate = 164,
    OnboardingPromptDelete = 165,
    OnboardingCreate = 166,
    OnboardingUpdate = 167,
    VoiceStatusCreate = 192,
    VoiceStatusDelete = 193,
}

/// Who does something, and why.
#[derive(Clone, Debug)]
pub(crate) struct By {
    /// 0 for nobody.
    pub(crate) user: u64,
    pub(crate) reason: Option<String>,
}

impl By {
    /// Somebody who did not say who they are: a token in the path was enough.
    pub(crate) fn nobody(call: &Call<'_>) -> Self {
        Self {
            user: 0,
            reason: call.reason.clone(),
        }
    }
}

/// What an entry says beside who and why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    target: Option<u64>,
    changes: Vec<Value>,
    options: Option<Value>,
}

impl Entry {
    pub(crate) fn of(target: u64) -> Self {
        Self {
            target: Some(target),
            ..Self::default()
        }
    }

    /// Everything a new object has of these fields.
    pub(crate) fn created(target: u64, new: &Value, fields: &[&str]) -> Self {
        Self::changed(target, &Value::Null, new, fields)
    }

    /// Everything a deleted object had of these fields.
    pub(crate) fn deleted(target: u64, old: &Value, fields: &[&str]) -> Self {
        Self::changed(target, old, &Value::Null, fields)
    }

    /// What differs between two states of an object, of these fields.
    pub(crate) fn changed(target: u64, old: &Value, new: &Value, fields: &[&str]) -> Self {
        let entry = Self::of(target);
        let changed = fields.iter().filter(|field| old[**field] != new[**field]);
        changed.fold(entry, |entry, field| {
            entry.change(field, &old[*field], &new[*field])
        })
    }

    /// One thing that changed; `null` is no value.
    pub(crate) fn change(mut self, key: &str, old: &Value, new: &Value) -> Self {
        let mut change = Map::new();
        for (name, value) in [("old_value", old), ("new_value", new)] {
            if !value.is_null() {
                change.insert(name.to_owned(), value.clone());
            }
        }
        change.insert("key".to_owned(), Value::from(key));
        self.changes.push(Value::Object(change));
        self
    }

    /// What some kinds of entries have to say besides.
    pub(crate) fn options(mut self, options: Value) -> Self {
        self.options = Some(options);
        self
    }

    /// What happened to something that has no id.
    pub(crate) fn untargeted(mut self) -> Self {
        self.target = None;
        self
    }

    /// Whether there is nothing that changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Core {
    /// Writes an entry, and tells it to a bot that may read the log.
    pub(crate) fn audit(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        action: Action,
        entry: Entry,
    ) {
        let id = self.next_id(state);
        let mut told = json!({
            "id": id.to_string(),
            "user_id": (by.user != 0).then(|| by.user.to_string()),
            "target_id": entry.target.map(|id| id.to_string()),
            "action_type": action as u8,
        });
        if !entry.changes.is_empty() {
            told["changes"] = Value::Array(entry.changes);
        }
        if let Some(options) = entry.options {
            told["options"] = options;
        }
        if let Some(reason) = &by.reason {
            told["reason"] = Value::from(reason.as_str());
        }
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        found.log(told.clone());
        if state.world.permissions(guild, state.world.bot) & VIEW_AUDIT_LOG == 0 {
            return;
        }
        told["guild_id"] = Value::from(guild.to_string());
        let name = "GUILD_AUDIT_LOG_ENTRY_CREATE";
        self.dispatch(state, &Happening::new(name, Some(guild), told));
    }
}

/// The reason a request gives.
pub(crate) fn reason(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(given) = headers.get("x-audit-log-reason") else {
        return Ok(None);
    };
    let reason = unescape(&String::from_utf8_lossy(given.as_bytes()));
    if reason.chars().count() > MAX_REASON {
        let message = format!("Must be {MAX_REASON} or fewer in length.");
        return Err(Failure::invalid("reason", "BASE_TYPE_MAX_LENGTH", &message));
    }
    Ok(Some(reason).filter(|reason| !reason.is_empty()))
}
