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
        Self::new(name, AutoModerationTriggerType::Keyword).trigger_metadata(
            AutoModerationTriggerMetadata {
                keyword_filter: Some(words.into_iter().map(Into::into).collect()),
                ..AutoModerationTriggerMetadata::default()
            },
        )
    }

    /// A rule for messages with words of Discord's own lists.
    pub fn presets(
        name: impl Into<Text>,
        presets: impl IntoIterator<Item = KeywordPreset>,
    ) -> Self {
        Self::new(name, AutoModerationTriggerType::KeywordPreset).trigger_metadata(
            AutoModerationTriggerMetadata {
                presets: Some(presets.into_iter().collect()),
                ..AutoModerationTriggerMetadata::default()
            },
        )
    }

    /// A rule for messages that mention more different roles and users than this, at most 50.
    pub fn mentions(name: impl Into<Text>, limit: u32) -> Self {
        Self::new(name, AutoModerationTriggerType::MentionSpam).trigger_metadata(
            AutoModerationTriggerMetadata {
                mention_total_limit: Some(limit),
                ..AutoModerationTriggerMetadata::default()
            },
        )
    }

    /// Adds something that it does.
    pub fn action(mut self, action: AutoModerationAction) -> Self {
        self.actions.push(action);
        self
    }
}

setters! {
    impl CreateAutoModerationRule {
        /// Sets what triggers it, in detail.
        trigger_metadata(AutoModerationTriggerMetadata);
        /// Sets whether it is on. The default is `false`.
        enabled(bool);
        /// Sets the roles that it leaves alone, at most 20. The default is none.
        exempt_roles(list RoleId);
        /// Sets the channels that it leaves alone, at most 50. The default is none.
        exempt_channels(list ChannelId);
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
}

setters! {
    impl ModifyAutoModerationRule {
        /// Sets the name.
        name(into Text);
        /// Sets what it watches.
        event_type(AutoModerationEventType);
        /// Sets what triggers it, in detail.
        trigger_metadata(AutoModerationTriggerMetadata);
        /// Replaces what it does.
        actions(list AutoModerationAction);
        /// Sets whether it is on.
        enabled(bool);
        /// Replaces the roles that it leaves alone. There can be 20.
        exempt_roles(list RoleId);
        /// Replaces the channels that it leaves alone. There can be 50.
        exempt_channels(list ChannelId);
    }
}
