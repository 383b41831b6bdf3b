//! The payloads of events, in the sections of the documentation.

mod channel;
mod connection;
mod guild;
mod integration;
mod invite;
mod member;
mod message;
mod moderation;
mod poll;
mod reaction;
mod role;
mod scheduled_event;
mod soundboard;
mod thread;
mod typing;
mod voice;

pub use self::{
    channel::{ChannelInfo, ChannelInfoChannel, ChannelPinsUpdate, WebhooksUpdate},
    connection::{
        Hello, RateLimitMetadata, RateLimited, Ready, RequestGuildMembersRateLimit, Resumed,
    },
    guild::{
        GuildBanAdd, GuildBanRemove, GuildCreate, GuildDelete, GuildEmojisUpdate,
        GuildIntegrationsUpdate, GuildStickersUpdate,
    },
    integration::{IntegrationCreate, IntegrationDelete, IntegrationUpdate},
    invite::{InviteCreate, InviteDelete},
    member::{
        GuildMemberAdd, GuildMemberRemove, GuildMemberUpdate, GuildMembersChunk, RequestedId,
    },
    message::{MessageCreate, MessageDelete, MessageDeleteBulk, MessageUpdate},
    moderation::{AutoModerationActionExecution, GuildAuditLogEntryCreate},
    poll::{MessagePollVoteAdd, MessagePollVoteRemove},
    reaction::{
        MessageReactionAdd, MessageReactionRemove, MessageReactionRemoveAll,
        MessageReactionRemoveEmoji,
    },
    role::{GuildRoleCreate, GuildRoleDelete, GuildRoleUpdate},
    scheduled_event::{GuildScheduledEventUserAdd, GuildScheduledEventUserRemove},
    soundboard::{GuildSoundboardSoundDelete, GuildSoundboardSoundsUpdate, SoundboardSounds},
    thread::{
        AddedThreadMember, ThreadCreate, ThreadDelete, ThreadListSync, ThreadMemberUpdate,
        ThreadMembersUpdate,
    },
    typing::TypingStart,
    voice::{
        VoiceChannelEffectAnimationType, VoiceChannelEffectSend, VoiceChannelStartTimeUpdate,
        VoiceChannelStatusUpdate, VoiceServerUpdate,
    },
};
