#![doc = include_str!("../README.md")]
// In PATCH bodies absent, `null` and a value are three different things.
#![allow(clippy::option_option)]

// The derive names this crate by its path, inside as well as outside.
extern crate self as polycord_types;

#[doc(hidden)]
#[macro_use]
pub mod model;

pub mod gateway;
pub mod id;

mod color;
mod image_hash;
mod permissions;
mod timestamp;

pub use self::{
    color::Color,
    gateway::{DecodeError, Event, EventKind, Intents, RawEvent},
    id::{
        ApplicationId, AttachmentId, AuditLogEntryId, AutoModerationRuleId, ChannelId, CommandId,
        EmojiId, EntitlementId, GenericId, GuildId, IntegrationId, InteractionId, LobbyId,
        MessageId, OnboardingPromptId, RoleId, ScheduledEventId, SkuId, SoundId, StageInstanceId,
        StickerId, StickerPackId, SubscriptionId, SubscriptionListingId, TagId, TeamId, UserId,
        WebhookId,
    },
    image_hash::ImageHash,
    permissions::Permissions,
    timestamp::{ParseTimestampError, Timestamp},
};
