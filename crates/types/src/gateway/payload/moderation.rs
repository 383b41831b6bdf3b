use polycord_types_derive::Model;

use crate::{
    Text,
    audit_log::AuditLogEntry,
    auto_moderation::{AutoModerationAction, AutoModerationTriggerType},
    id::{AutoModerationRuleId, ChannelId, GuildId, MessageId, UserId},
};

/// A rule of auto moderation did something.
///
/// Intent `AUTO_MODERATION_EXECUTION`; the texts need `MESSAGE_CONTENT`. See
/// [auto moderation action execution](https://docs.discord.com/developers/events/gateway-events#auto-moderation-action-execution).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct AutoModerationActionExecution {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// What was done.
    pub action: AutoModerationAction,
    /// The rule.
    #[model(key)]
    pub rule_id: AutoModerationRuleId,
    /// What triggers the rule.
    pub rule_trigger_type: AutoModerationTriggerType,
    /// Who triggered it.
    #[model(key)]
    pub user_id: UserId,
    /// Where.
    pub channel_id: Option<ChannelId>,
    /// The message; none if it was kept from being sent.
    pub message_id: Option<MessageId>,
    /// The message that reports it.
    pub alert_system_message_id: Option<MessageId>,
    /// What was written.
    pub content: Text,
    /// The word or expression that matched.
    #[model(nullable)]
    pub matched_keyword: Option<Text>,
    /// The part of the text that matched.
    #[model(nullable)]
    pub matched_content: Option<Text>,
}

/// Something was written to the audit log of a guild.
///
/// Intent `GUILD_MODERATION`; only where the bot has `VIEW_AUDIT_LOG`. See
/// [guild audit log entry create](https://docs.discord.com/developers/events/gateway-events#guild-audit-log-entry-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildAuditLogEntryCreate {
    /// The entry; its fields can be read directly.
    #[model(flatten, deref)]
    pub entry: AuditLogEntry,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}
