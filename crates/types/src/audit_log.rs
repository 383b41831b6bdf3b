//! The audit log: who did what in a guild.
//!
//! See [audit log](https://docs.discord.com/developers/resources/audit-log).

mod change;
mod options;

use polycord_types_derive::Model;

use crate::{
    Text,
    application_command::ApplicationCommand,
    auto_moderation::AutoModerationRule,
    channel::Channel,
    id::{AuditLogEntryId, GenericId, UserId},
    integration::PartialIntegration,
    scheduled_event::ScheduledEvent,
    user::User,
    webhook::Webhook,
};

pub use self::{change::AuditLogChange, options::AuditLogOptions};

/// A part of the audit log, and what it refers to.
///
/// See [audit log](https://docs.discord.com/developers/resources/audit-log#audit-log-object-audit-log-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct AuditLog {
    /// The commands of the entries.
    pub application_commands: Vec<ApplicationCommand>,
    /// What was done, the latest first.
    pub audit_log_entries: Vec<AuditLogEntry>,
    /// The rules of the entries.
    pub auto_moderation_rules: Vec<AutoModerationRule>,
    /// The scheduled events of the entries.
    pub guild_scheduled_events: Vec<ScheduledEvent>,
    /// The integrations of the entries.
    pub integrations: Vec<PartialIntegration>,
    /// The threads of the entries, archived ones too.
    pub threads: Vec<Channel>,
    /// The users of the entries.
    pub users: Vec<User>,
    /// The webhooks of the entries.
    pub webhooks: Vec<Webhook>,
}

/// One thing that was done.
///
/// See [entry](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct AuditLogEntry {
    /// The entry.
    #[model(key)]
    pub id: AuditLogEntryId,
    /// What it was done to.
    #[model(nullable)]
    pub target_id: Option<GenericId>,
    /// What changed.
    pub changes: Option<Vec<AuditLogChange>>,
    /// Who did it.
    #[model(nullable)]
    pub user_id: Option<UserId>,
    /// What was done.
    pub action_type: AuditLogEvent,
    /// What was done, in detail.
    pub options: Option<AuditLogOptions>,
    /// Why.
    pub reason: Option<Text>,
}

impl AuditLogEntry {
    /// The change of a field, by its key.
    #[must_use]
    pub fn change(&self, key: &str) -> Option<&AuditLogChange> {
        let changes = self.changes.as_deref().unwrap_or_default();
        changes.iter().find(|change| change.key == *key)
    }
}

open_enum! {
    /// What was done.
    ///
    /// See [audit log events](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events).
    pub enum AuditLogEvent: u32 {
        /// The settings of the guild were changed.
        GuildUpdate = 1,
        /// A channel was created.
        ChannelCreate = 10,
        /// The settings of a channel were changed.
        ChannelUpdate = 11,
        /// A channel was deleted.
        ChannelDelete = 12,
        /// A channel got a permission overwrite.
        ChannelOverwriteCreate = 13,
        /// A permission overwrite of a channel was changed.
        ChannelOverwriteUpdate = 14,
        /// A permission overwrite of a channel was deleted.
        ChannelOverwriteDelete = 15,
        /// A member was kicked.
        MemberKick = 20,
        /// Members were pruned.
        MemberPrune = 21,
        /// A member was banned.
        MemberBanAdd = 22,
        /// A ban was lifted.
        MemberBanRemove = 23,
        /// A member was changed, such as the nickname.
        MemberUpdate = 24,
        /// A member got roles or lost them.
        MemberRoleUpdate = 25,
        /// Members were moved to another voice channel.
        MemberMove = 26,
        /// Members were thrown out of a voice channel.
        MemberDisconnect = 27,
        /// A bot was added.
        BotAdd = 28,
        /// A role was created.
        RoleCreate = 30,
        /// A role was changed.
        RoleUpdate = 31,
        /// A role was deleted.
        RoleDelete = 32,
        /// An invite was created.
        InviteCreate = 40,
        /// An invite was changed.
        InviteUpdate = 41,
        /// An invite was deleted.
        InviteDelete = 42,
        /// A webhook was created.
        WebhookCreate = 50,
        /// A webhook was changed.
        WebhookUpdate = 51,
        /// A webhook was deleted.
        WebhookDelete = 52,
        /// An emoji was created.
        EmojiCreate = 60,
        /// An emoji's name was changed.
        EmojiUpdate = 61,
        /// An emoji was deleted.
        EmojiDelete = 62,
        /// Messages of a user were deleted by somebody else.
        MessageDelete = 72,
        /// Many messages were deleted at once.
        MessageBulkDelete = 73,
        /// A message was pinned.
        MessagePin = 74,
        /// A message was unpinned.
        MessageUnpin = 75,
        /// An integration was added.
        IntegrationCreate = 80,
        /// An integration was changed.
        IntegrationUpdate = 81,
        /// An integration was removed.
        IntegrationDelete = 82,
        /// A stage went live.
        StageInstanceCreate = 83,
        /// A live stage was changed.
        StageInstanceUpdate = 84,
        /// A live stage ended.
        StageInstanceDelete = 85,
        /// A sticker was created.
        StickerCreate = 90,
        /// A sticker was changed.
        StickerUpdate = 91,
        /// A sticker was deleted.
        StickerDelete = 92,
        /// A scheduled event was created.
        GuildScheduledEventCreate = 100,
        /// A scheduled event was changed.
        GuildScheduledEventUpdate = 101,
        /// A scheduled event was cancelled.
        GuildScheduledEventDelete = 102,
        /// A thread was created.
        ThreadCreate = 110,
        /// A thread was changed.
        ThreadUpdate = 111,
        /// A thread was deleted.
        ThreadDelete = 112,
        /// The permissions of a command were changed.
        ApplicationCommandPermissionUpdate = 121,
        /// A sound was created.
        SoundboardSoundCreate = 130,
        /// A sound was changed.
        SoundboardSoundUpdate = 131,
        /// A sound was deleted.
        SoundboardSoundDelete = 132,
        /// A rule of auto moderation was created.
        AutoModerationRuleCreate = 140,
        /// A rule of auto moderation was changed.
        AutoModerationRuleUpdate = 141,
        /// A rule of auto moderation was deleted.
        AutoModerationRuleDelete = 142,
        /// Auto moderation blocked a message.
        AutoModerationBlockMessage = 143,
        /// Auto moderation reported a message to a channel.
        AutoModerationFlagToChannel = 144,
        /// Auto moderation put a member in a timeout.
        AutoModerationUserCommunicationDisabled = 145,
        /// Auto moderation quarantined a member.
        AutoModerationQuarantineUser = 146,
        /// Monetization was applied for.
        CreatorMonetizationRequestCreated = 150,
        /// The terms of monetization were accepted.
        CreatorMonetizationTermsAccepted = 151,
        /// A question of the onboarding was created.
        OnboardingPromptCreate = 163,
        /// A question of the onboarding was changed.
        OnboardingPromptUpdate = 164,
        /// A question of the onboarding was deleted.
        OnboardingPromptDelete = 165,
        /// The onboarding was set up.
        OnboardingCreate = 166,
        /// The onboarding was changed.
        OnboardingUpdate = 167,
        /// The server guide was set up.
        HomeSettingsCreate = 190,
        /// The server guide was changed.
        HomeSettingsUpdate = 191,
        /// The status of a voice channel was set.
        VoiceChannelStatusCreate = 192,
        /// The status of a voice channel was taken away.
        VoiceChannelStatusDelete = 193,
    }
}
