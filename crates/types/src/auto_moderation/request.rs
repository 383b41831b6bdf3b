use polycord_types_derive::Model;

use super::{
    AutoModerationAction, AutoModerationEventType, AutoModerationTriggerMetadata,
    AutoModerationTriggerType, KeywordPreset,
};
use crate::{
    Text,
    id::{ChannelId, RoleId},
};

/// A rule to be made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/auto-moderation#create-auto-moderation-rule-json-params).
///
/// ```
/// use polycord_types::auto_moderation::{AutoModerationAction, CreateAutoModerationRule};
///
/// let rule = CreateAutoModerationRule::keywords("no cats", ["cat*", "*meow*"])
///     .action(AutoModerationAction::block_message())
///     .enabled(true);
/// assert_eq!(rule.actions.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateAutoModerationRule {
    /// The rule's name.
    pub name: Text,
    /// What it watches.
    pub event_type: AutoModerationEventType,
    /// What triggers it.
    pub trigger_type: AutoModerationTriggerType,
    /// What triggers it, in detail. Not needed for `Spam`.
    pub trigger_metadata: Option<AutoModerationTriggerMetadata>,
    /// What it does then.
    pub actions: Vec<AutoModerationAction>,
    /// Whether it is on. The default is `false`.
    pub enabled: Option<bool>,
    /// The roles that it leaves alone, at most 20.
    pub exempt_roles: Option<Vec<RoleId>>,
    /// The channels that it leaves alone, at most 50.
    pub exempt_channels: Option<Vec<ChannelId>>,
}

impl CreateAutoModerationRule {
    /// A rule for messages.
    pub fn new(name: impl Into<Text>, trigger: AutoModerationTriggerType) -> Self {
        Self {
            name: name.into(),
            event_type: AutoModerationEventType::MessageSend,
            trigger_type: trigger,
            ..Self::default()
        }
    }

    /// A rule for messages with any of these words, at most 1,000; `*` stands for the rest of a word.
    pub fn keywords<W: Into<Text>>(
        name: impl Into<Text>,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        Self::new(name, AutoModerationTriggerType::Keyword).trigger(AutoModerationTriggerMetadata {
            keyword_filter: Some(words.into_iter().map(Into::into).collect()),
            ..AutoModerationTriggerMetadata::default()
        })
    }

    /// A rule for messages with words of Discord's own lists.
    pub fn presets(
        name: impl Into<Text>,
        presets: impl IntoIterator<Item = KeywordPreset>,
    ) -> Self {
        Self::new(name, AutoModerationTriggerType::KeywordPreset).trigger(
            AutoModerationTriggerMetadata {
                presets: Some(presets.into_iter().collect()),
                ..AutoModerationTriggerMetadata::default()
            },
        )
    }

    /// A rule for messages that mention more different roles and users than this, at most 50.
    pub fn mentions(name: impl Into<Text>, limit: u32) -> Self {
        Self::new(name, AutoModerationTriggerType::MentionSpam).trigger(
            AutoModerationTriggerMetadata {
                mention_total_limit: Some(limit),
                ..AutoModerationTriggerMetadata::default()
            },
        )
    }

    /// Sets what triggers it, in detail.
    pub fn trigger(mut self, metadata: AutoModerationTriggerMetadata) -> Self {
        self.trigger_metadata = Some(metadata);
        self
    }

    /// Adds something that it does.
    pub fn action(mut self, action: AutoModerationAction) -> Self {
        self.actions.push(action);
        self
    }

    /// Sets whether it is on. The default is `false`.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }

    /// Adds a role that it leaves alone. There can be 20.
    pub fn exempt_role(mut self, role: RoleId) -> Self {
        self.exempt_roles.get_or_insert_default().push(role);
        self
    }

    /// Adds a channel that it leaves alone. There can be 50.
    pub fn exempt_channel(mut self, channel: ChannelId) -> Self {
        self.exempt_channels.get_or_insert_default().push(channel);
        self
    }
}

/// What is to change in a rule. `None` leaves a field as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/auto-moderation#modify-auto-moderation-rule-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyAutoModerationRule {
    /// The rule's name.
    pub name: Option<Text>,
    /// What it watches.
    pub event_type: Option<AutoModerationEventType>,
    /// What triggers it, in detail. The type of the trigger cannot be changed.
    pub trigger_metadata: Option<AutoModerationTriggerMetadata>,
    /// What it does, all of it.
    pub actions: Option<Vec<AutoModerationAction>>,
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// The roles that it leaves alone, all of them, at most 20.
    pub exempt_roles: Option<Vec<RoleId>>,
    /// The channels that it leaves alone, all of them, at most 50.
    pub exempt_channels: Option<Vec<ChannelId>>,
}

impl ModifyAutoModerationRule {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets what triggers it, in detail.
    pub fn trigger(mut self, metadata: AutoModerationTriggerMetadata) -> Self {
        self.trigger_metadata = Some(metadata);
        self
    }

    /// Replaces what it does.
    pub fn actions(mut self, actions: impl IntoIterator<Item = AutoModerationAction>) -> Self {
        self.actions = Some(actions.into_iter().collect());
        self
    }

    /// Sets whether it is on.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }

    /// Replaces the roles that it leaves alone. There can be 20.
    pub fn exempt_roles(mut self, roles: impl IntoIterator<Item = RoleId>) -> Self {
        self.exempt_roles = Some(roles.into_iter().collect());
        self
    }

    /// Replaces the channels that it leaves alone. There can be 50.
    pub fn exempt_channels(mut self, channels: impl IntoIterator<Item = ChannelId>) -> Self {
        self.exempt_channels = Some(channels.into_iter().collect());
        self
    }
}
