//! Permissions by their names, and the rules of who has them:
//! <https://docs.discord.com/developers/topics/permissions>.
#![allow(
    dead_code,
    reason = "the table of names is whole, whatever is asked for so far"
)]

mod compute;
#[cfg(test)]
mod tests;

pub(super) use self::compute::mask;
pub(crate) use self::compute::{Place, Rank, Verdict};

pub(crate) const CREATE_INSTANT_INVITE: u64 = 1 << 0;
pub(crate) const KICK_MEMBERS: u64 = 1 << 1;
pub(crate) const BAN_MEMBERS: u64 = 1 << 2;
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
pub(crate) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(crate) const MANAGE_GUILD: u64 = 1 << 5;
pub(crate) const ADD_REACTIONS: u64 = 1 << 6;
pub(crate) const VIEW_AUDIT_LOG: u64 = 1 << 7;
pub(crate) const PRIORITY_SPEAKER: u64 = 1 << 8;
pub(crate) const STREAM: u64 = 1 << 9;
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
pub(crate) const SEND_TTS_MESSAGES: u64 = 1 << 12;
pub(crate) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
pub(crate) const ATTACH_FILES: u64 = 1 << 15;
pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
pub(crate) const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
pub(crate) const VIEW_GUILD_INSIGHTS: u64 = 1 << 19;
pub(crate) const CONNECT: u64 = 1 << 20;
pub(crate) const SPEAK: u64 = 1 << 21;
pub(crate) const MUTE_MEMBERS: u64 = 1 << 22;
pub(crate) const DEAFEN_MEMBERS: u64 = 1 << 23;
pub(crate) const MOVE_MEMBERS: u64 = 1 << 24;
pub(crate) const USE_VAD: u64 = 1 << 25;
pub(crate) const CHANGE_NICKNAME: u64 = 1 << 26;
pub(crate) const MANAGE_NICKNAMES: u64 = 1 << 27;
pub(crate) const MANAGE_ROLES: u64 = 1 << 28;
pub(crate) const MANAGE_WEBHOOKS: u64 = 1 << 29;
pub(crate) const MANAGE_GUILD_EXPRESSIONS: u64 = 1 << 30;
pub(crate) const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub(crate) const REQUEST_TO_SPEAK: u64 = 1 << 32;
pub(crate) const MANAGE_EVENTS: u64 = 1 << 33;
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(crate) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(crate) const USE_EXTERNAL_STICKERS: u64 = 1 << 37;
pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
pub(crate) const USE_EMBEDDED_ACTIVITIES: u64 = 1 << 39;
pub(crate) const MODERATE_MEMBERS: u64 = 1 << 40;
pub(crate) const VIEW_CREATOR_MONETIZATION_ANALYTICS: u64 = 1 << 41;
pub(crate) const USE_SOUNDBOARD: u64 = 1 << 42;
pub(crate) const CREATE_GUILD_EXPRESSIONS: u64 = 1 << 43;
pub(crate) const CREATE_EVENTS: u64 = 1 << 44;
pub(crate) const USE_EXTERNAL_SOUNDS: u64 = 1 << 45;
pub(crate) const SEND_VOICE_MESSAGES: u64 = 1 << 46;
pub(crate) const SET_VOICE_CHANNEL_STATUS: u64 = 1 << 48;
pub(crate) const SEND_POLLS: u64 = 1 << 49;
pub(crate) const USE_EXTERNAL_APPS: u64 = 1 << 50;
pub(crate) const PIN_MESSAGES: u64 = 1 << 51;
pub(crate) const BYPASS_SLOWMODE: u64 = 1 << 52;

/// All there are.
pub(crate) const ALL: u64 = 0x1f_7fff_ffff_ffff;

/// What `@everyone` may do in a new guild.
pub(crate) const EVERYONE: u64 = 2_248_473_465_835_073;

/// What a member who is timed out still may do.
pub(crate) const TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// What nobody may do who may not send messages.
pub(crate) const OF_SENDERS: u64 =
    MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS;

/// What both sides of a direct message may do.
pub(crate) const DIRECT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | ADD_REACTIONS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | USE_EXTERNAL_EMOJIS
    | USE_EXTERNAL_STICKERS
    | USE_APPLICATION_COMMANDS
    | USE_EXTERNAL_APPS
    | SEND_VOICE_MESSAGES
    | SEND_POLLS
    | PIN_MESSAGES;
