//! The audit log: who did what in a guild.
//!
//! See [audit log](https://docs.discord.com/developers/resources/audit-log).

mod change;

use polycord_types_derive::Model;

use crate::{
    Text,
    application_command::ApplicationCommand,
    auto_moderation::AutoModerationRule,
    channel::Channel,
    id::{ApplicationId, AuditLogEntryId, ChannelId, GenericId, MessageId, UserId},
    integration::PartialIntegration,
    scheduled_event::ScheduledEvent,
    user::User,
    webhook::Webhook,
};

pub use self::change::AuditLogChange;

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

/// What was done, in detail; which fields are there depends on the event. Numbers are text here.
///
/// See [optional audit entry info](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct AuditLogOptions {
    /// The application whose permissions changed.
    pub application_id: Option<ApplicationId>,
    /// The auto moderation rule.
    pub auto_moderation_rule_name: Option<Text>,
    /// What triggered the rule.
    pub auto_moderation_rule_trigger_type: Option<Text>,
    /// The channel.
    pub channel_id: Option<ChannelId>,
    /// How many things.
    pub count: Option<Text>,
    /// After how many days members were removed.
    pub delete_member_days: Option<Text>,
    /// The role or member of the overwrite.
    pub id: Option<GenericId>,
    /// How many members were removed.
    pub members_removed: Option<Text>,
    /// The message.
    pub message_id: Option<MessageId>,
    /// The name of the role of the overwrite.
    pub role_name: Option<Text>,
    /// Whether the overwrite is for a role (`0`) or a member (`1`).
    #[model(rename = "type")]
    pub kind: Option<Text>,
    /// The type of the integration that did it.
    pub integration_type: Option<Text>,
    /// The new status of the voice channel.
    pub status: Option<Text>,
}

open_enum! {
    /// What was done.
    ///
    /// See [audit log events](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events).
    pub enum AuditLogEvent: u32 {
        /// `GUILD_UPDATE`
        GuildUpdate = 1,
        /// `CHANNEL_CREATE`
        ChannelCreate = 10,
        /// `CHANNEL_UPDATE`
        ChannelUpdate = 11,
        /// `CHANNEL_DELETE`
        ChannelDelete = 12,
        /// `CHANNEL_OVERWRITE_CREATE`
        ChannelOverwriteCreate = 13,
        /// `CHANNEL_OVERWRITE_UPDATE`
        ChannelOverwriteUpdate = 14,
        /// `CHANNEL_OVERWRITE_DELETE`
        ChannelOverwriteDelete = 15,
        /// `MEMBER_KICK`
        MemberKick = 20,
        /// `MEMBER_PRUNE`
        MemberPrune = 21,
        /// `MEMBER_BAN_ADD`
        MemberBanAdd = 22,
        /// `MEMBER_BAN_REMOVE`
        MemberBanRemove = 23,
        /// `MEMBER_UPDATE`
        MemberUpdate = 24,
        /// `MEMBER_ROLE_UPDATE`
        MemberRoleUpdate = 25,
        /// `MEMBER_MOVE`
        MemberMove = 26,
        /// `MEMBER_DISCONNECT`
        MemberDisconnect = 27,
        /// `BOT_ADD`
        BotAdd = 28,
        /// `ROLE_CREATE`
        RoleCreate = 30,
        /// `ROLE_UPDATE`
        RoleUpdate = 31,
        /// `ROLE_DELETE`
        RoleDelete = 32,
        /// `INVITE_CREATE`
        InviteCreate = 40,
        /// `INVITE_UPDATE`
        InviteUpdate = 41,
        /// `INVITE_DELETE`
        InviteDelete = 42,
        /// `WEBHOOK_CREATE`
        WebhookCreate = 50,
        /// `WEBHOOK_UPDATE`
        WebhookUpdate = 51,
        /// `WEBHOOK_DELETE`
        WebhookDelete = 52,
        /// `EMOJI_CREATE`
        EmojiCreate = 60,
        /// `EMOJI_UPDATE`
        EmojiUpdate = 61,
        /// `EMOJI_DELETE`
        EmojiDelete = 62,
        /// `MESSAGE_DELETE`
        MessageDelete = 72,
        /// `MESSAGE_BULK_DELETE`
        MessageBulkDelete = 73,
        /// `MESSAGE_PIN`
        MessagePin = 74,
        /// `MESSAGE_UNPIN`
        MessageUnpin = 75,
        /// `INTEGRATION_CREATE`
        IntegrationCreate = 80,
        /// `INTEGRATION_UPDATE`
        IntegrationUpdate = 81,
        /// `INTEGRATION_DELETE`
        IntegrationDelete = 82,
        /// `STAGE_INSTANCE_CREATE`
        StageInstanceCreate = 83,
        /// `STAGE_INSTANCE_UPDATE`
        StageInstanceUpdate = 84,
        /// `STAGE_INSTANCE_DELETE`
        StageInstanceDelete = 85,
        /// `STICKER_CREATE`
        StickerCreate = 90,
        /// `STICKER_UPDATE`
        StickerUpdate = 91,
        /// `STICKER_DELETE`
        StickerDelete = 92,
        /// `GUILD_SCHEDULED_EVENT_CREATE`
        GuildScheduledEventCreate = 100,
        /// `GUILD_SCHEDULED_EVENT_UPDATE`
        GuildScheduledEventUpdate = 101,
        /// `GUILD_SCHEDULED_EVENT_DELETE`
        GuildScheduledEventDelete = 102,
        /// `THREAD_CREATE`
        ThreadCreate = 110,
        /// `THREAD_UPDATE`
        ThreadUpdate = 111,
        /// `THREAD_DELETE`
        ThreadDelete = 112,
        /// `APPLICATION_COMMAND_PERMISSION_UPDATE`
        ApplicationCommandPermissionUpdate = 121,
        /// `SOUNDBOARD_SOUND_CREATE`
        SoundboardSoundCreate = 130,
        /// `SOUNDBOARD_SOUND_UPDATE`
        SoundboardSoundUpdate = 131,
        /// `SOUNDBOARD_SOUND_DELETE`
        SoundboardSoundDelete = 132,
        /// `AUTO_MODERATION_RULE_CREATE`
        AutoModerationRuleCreate = 140,
        /// `AUTO_MODERATION_RULE_UPDATE`
        AutoModerationRuleUpdate = 141,
        /// `AUTO_MODERATION_RULE_DELETE`
        AutoModerationRuleDelete = 142,
        /// `AUTO_MODERATION_BLOCK_MESSAGE`
        AutoModerationBlockMessage = 143,
        /// `AUTO_MODERATION_FLAG_TO_CHANNEL`
        AutoModerationFlagToChannel = 144,
        /// `AUTO_MODERATION_USER_COMMUNICATION_DISABLED`
        AutoModerationUserCommunicationDisabled = 145,
        /// `AUTO_MODERATION_QUARANTINE_USER`
        AutoModerationQuarantineUser = 146,
        /// `CREATOR_MONETIZATION_REQUEST_CREATED`
        CreatorMonetizationRequestCreated = 150,
        /// `CREATOR_MONETIZATION_TERMS_ACCEPTED`
        CreatorMonetizationTermsAccepted = 151,
        /// `ONBOARDING_PROMPT_CREATE`
        OnboardingPromptCreate = 163,
        /// `ONBOARDING_PROMPT_UPDATE`
        OnboardingPromptUpdate = 164,
        /// `ONBOARDING_PROMPT_DELETE`
        OnboardingPromptDelete = 165,
        /// `ONBOARDING_CREATE`
        OnboardingCreate = 166,
        /// `ONBOARDING_UPDATE`
        OnboardingUpdate = 167,
        /// `HOME_SETTINGS_CREATE`
        HomeSettingsCreate = 190,
        /// `HOME_SETTINGS_UPDATE`
        HomeSettingsUpdate = 191,
        /// `VOICE_CHANNEL_STATUS_CREATE`
        VoiceChannelStatusCreate = 192,
        /// `VOICE_CHANNEL_STATUS_DELETE`
        VoiceChannelStatusDelete = 193,
    }
}
