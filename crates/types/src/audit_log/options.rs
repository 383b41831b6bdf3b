use polycord_types_derive::Model;

use crate::{
    Text,
    auto_moderation::AutoModerationTriggerType,
    channel::OverwriteType,
    id::{ApplicationId, ChannelId, GenericId, MessageId},
    integration::IntegrationType,
};

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
    pub integration_type: Option<IntegrationType>,
    /// The new status of the voice channel.
    pub status: Option<Text>,
}

impl AuditLogOptions {
    /// How many things, as a number.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        number(self.count.as_ref())
    }

    /// After how many days members were removed, as a number.
    #[must_use]
    pub fn delete_member_days(&self) -> Option<u64> {
        number(self.delete_member_days.as_ref())
    }

    /// How many members were removed, as a number.
    #[must_use]
    pub fn members_removed(&self) -> Option<u64> {
        number(self.members_removed.as_ref())
    }

    /// Whether the overwrite is for a role or for a member.
    #[must_use]
    pub fn overwrite_type(&self) -> Option<OverwriteType> {
        let value = number(self.kind.as_ref())?;
        u32::try_from(value).ok().map(OverwriteType::from_value)
    }

    /// What triggered the rule of auto moderation.
    #[must_use]
    pub fn trigger_type(&self) -> Option<AutoModerationTriggerType> {
        let value = number(self.auto_moderation_rule_trigger_type.as_ref())?;
        u32::try_from(value)
            .ok()
            .map(AutoModerationTriggerType::from_value)
    }
}

fn number(text: Option<&Text>) -> Option<u64> {
    text?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts_are_read() {
        let options = AuditLogOptions {
            count: Some("12".into()),
            delete_member_days: Some("7".into()),
            members_removed: Some("many".into()),
            kind: Some("1".into()),
            auto_moderation_rule_trigger_type: Some("99".into()),
            ..AuditLogOptions::default()
        };
        assert_eq!(options.count(), Some(12));
        assert_eq!(options.delete_member_days(), Some(7));
        assert_eq!(options.members_removed(), None);
        assert_eq!(options.overwrite_type(), Some(OverwriteType::Member));
        assert_eq!(
            options.trigger_type(),
            Some(AutoModerationTriggerType::Unknown(99))
        );
        assert_eq!(AuditLogOptions::default().overwrite_type(), None);
    }
}
