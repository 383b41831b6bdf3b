use super::{Check, Validate, limits};
use crate::{
    Text,
    auto_moderation::{
        AutoModerationAction, AutoModerationTriggerMetadata, AutoModerationTriggerType,
        CreateAutoModerationRule, ModifyAutoModerationRule,
    },
};

impl Validate for CreateAutoModerationRule {
    fn check(&self, check: &mut Check) {
        if let Some(metadata) = &self.trigger_metadata {
            check.at("trigger_metadata", |check| {
                trigger(check, metadata, Some(self.trigger_type));
            });
        }
        check.list("actions", &self.actions, 1..=usize::MAX);
        let roles = self.exempt_roles.as_ref().map_or(0, Vec::len);
        check.count("exempt_roles", roles, limits::AUTO_MODERATION_EXEMPT_ROLES);
        let channels = self.exempt_channels.as_ref().map_or(0, Vec::len);
        check.count(
            "exempt_channels",
            channels,
            limits::AUTO_MODERATION_EXEMPT_CHANNELS,
        );
    }
}

impl Validate for ModifyAutoModerationRule {
    fn check(&self, check: &mut Check) {
        check.inside("trigger_metadata", self.trigger_metadata.as_ref());
        if let Some(actions) = &self.actions {
            check.list("actions", actions, 1..=usize::MAX);
        }
        let roles = self.exempt_roles.as_ref().map_or(0, Vec::len);
        check.count("exempt_roles", roles, limits::AUTO_MODERATION_EXEMPT_ROLES);
        let channels = self.exempt_channels.as_ref().map_or(0, Vec::len);
        check.count(
            "exempt_channels",
            channels,
            limits::AUTO_MODERATION_EXEMPT_CHANNELS,
        );
    }
}

impl Validate for AutoModerationTriggerMetadata {
    fn check(&self, check: &mut Check) {
        trigger(check, self, None);
    }
}

impl Validate for AutoModerationAction {
    fn check(&self, check: &mut Check) {
        if let Some(metadata) = &self.metadata {
            check.at("metadata", |check| {
                let message = metadata.custom_message.as_ref();
                check.chars("custom_message", message, limits::AUTO_MODERATION_MESSAGE);
                let seconds = metadata.duration_seconds;
                let seconds = seconds.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX));
                check.number("duration_seconds", seconds, limits::AUTO_MODERATION_TIMEOUT);
            });
        }
    }
}

/// The list of what is allowed may be longer beside Discord's own words; where the trigger is not told, too.
fn trigger(
    check: &mut Check,
    metadata: &AutoModerationTriggerMetadata,
    kind: Option<AutoModerationTriggerType>,
) {
    let allowed = match kind {
        Some(AutoModerationTriggerType::Keyword | AutoModerationTriggerType::MemberProfile) => {
            limits::AUTO_MODERATION_ALLOW_LIST
        }
        _ => limits::AUTO_MODERATION_PRESET_ALLOW_LIST,
    };
    for (field, texts, count, chars) in [
        (
            "keyword_filter",
            &metadata.keyword_filter,
            limits::AUTO_MODERATION_KEYWORDS,
            limits::AUTO_MODERATION_KEYWORD,
        ),
        (
            "regex_patterns",
            &metadata.regex_patterns,
            limits::AUTO_MODERATION_PATTERNS,
            limits::AUTO_MODERATION_PATTERN,
        ),
        (
            "allow_list",
            &metadata.allow_list,
            allowed,
            limits::AUTO_MODERATION_KEYWORD,
        ),
    ] {
        let texts = texts.as_deref().unwrap_or_default();
        check.count(field, texts.len(), count);
        check.each(field, texts, |check, text: &Text| {
            check.chars("", text, chars);
        });
    }
    let mentions = metadata.mention_total_limit;
    check.number(
        "mention_total_limit",
        mentions,
        limits::AUTO_MODERATION_MENTIONS,
    );
}
