//! Which intent lets which event through.
//!
//! Written from the documentation, not taken from the models: a judge does not borrow the
//! accused's table.

use polycord_types::gateway::Intents;

/// Every bit that is an intent.
pub(crate) const KNOWN: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

/// `GUILD_PRESENCES`.
pub(crate) const PRESENCES: u64 = 1 << 8;
/// `GUILD_MEMBERS`.
pub(crate) const MEMBERS: u64 = 1 << 1;
/// `MESSAGE_CONTENT`.
pub(crate) const CONTENT: u64 = 1 << 15;

/// The bits of which one is needed for an event: `None` when it always comes.
pub(crate) fn needed(name: &str, in_guild: bool) -> Option<u64> {
    let bit = |n: u32| Some(1_u64 << n);
    let either = |guild: u32, direct: u32| bit(if in_guild { guild } else { direct });
    match name {
        "GUILD_CREATE"
        | "GUILD_UPDATE"
        | "GUILD_DELETE"
        | "GUILD_ROLE_CREATE"
        | "GUILD_ROLE_UPDATE"
        | "GUILD_ROLE_DELETE"
        | "CHANNEL_CREATE"
        | "CHANNEL_UPDATE"
        | "CHANNEL_DELETE"
        | "VOICE_CHANNEL_STATUS_UPDATE"
        | "VOICE_CHANNEL_START_TIME_UPDATE"
        | "THREAD_CREATE"
        | "THREAD_UPDATE"
        | "THREAD_DELETE"
        | "THREAD_LIST_SYNC"
        | "THREAD_MEMBER_UPDATE"
        | "STAGE_INSTANCE_CREATE"
        | "STAGE_INSTANCE_UPDATE"
        | "STAGE_INSTANCE_DELETE" => bit(0),
        // The bot's own changes also come with GUILDS.
        "THREAD_MEMBERS_UPDATE" => Some(1 | MEMBERS),
        "CHANNEL_PINS_UPDATE" => either(0, 12),
        "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE" => bit(1),
        "GUILD_AUDIT_LOG_ENTRY_CREATE" | "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE" => bit(2),
        "GUILD_EMOJIS_UPDATE"
        | "GUILD_STICKERS_UPDATE"
        | "GUILD_SOUNDBOARD_SOUND_CREATE"
        | "GUILD_SOUNDBOARD_SOUND_UPDATE"
        | "GUILD_SOUNDBOARD_SOUND_DELETE"
        | "GUILD_SOUNDBOARD_SOUNDS_UPDATE" => bit(3),
        "GUILD_INTEGRATIONS_UPDATE"
        | "INTEGRATION_CREATE"
        | "INTEGRATION_UPDATE"
        | "INTEGRATION_DELETE" => bit(4),
        "WEBHOOKS_UPDATE" => bit(5),
        "INVITE_CREATE" | "INVITE_DELETE" => bit(6),
        "VOICE_STATE_UPDATE" | "VOICE_CHANNEL_EFFECT_SEND" => bit(7),
        "PRESENCE_UPDATE" => bit(8),
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" => either(9, 12),
        "MESSAGE_DELETE_BULK" => bit(9),
        "MESSAGE_REACTION_ADD"
        | "MESSAGE_REACTION_REMOVE"
        | "MESSAGE_REACTION_REMOVE_ALL"
        | "MESSAGE_REACTION_REMOVE_EMOJI" => either(10, 13),
        "TYPING_START" => either(11, 14),
        "GUILD_SCHEDULED_EVENT_CREATE"
        | "GUILD_SCHEDULED_EVENT_UPDATE"
        | "GUILD_SCHEDULED_EVENT_DELETE"
        | "GUILD_SCHEDULED_EVENT_USER_ADD"
        | "GUILD_SCHEDULED_EVENT_USER_REMOVE" => bit(16),
        "AUTO_MODERATION_RULE_CREATE"
        | "AUTO_MODERATION_RULE_UPDATE"
        | "AUTO_MODERATION_RULE_DELETE" => bit(20),
        "AUTO_MODERATION_ACTION_EXECUTION" => bit(21),
        "MESSAGE_POLL_VOTE_ADD" | "MESSAGE_POLL_VOTE_REMOVE" => either(24, 25),
        _ => None,
    }
}

/// The flags of an application that may use all privileged intents but these.
pub(crate) fn application_flags(disallowed: u64) -> u64 {
    let granted = [(PRESENCES, 13), (MEMBERS, 15), (CONTENT, 19)];
    let granted = granted.into_iter();
    granted
        .filter(|(intent, _)| disallowed & intent == 0)
        .fold(0, |flags, (_, limited)| flags | 1 << limited)
}

/// The bits of a set of the models.
pub(crate) fn bits(intents: Intents) -> u64 {
    intents.bits()
}
