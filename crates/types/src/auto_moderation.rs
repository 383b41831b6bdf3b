//! Auto moderation: rules that watch what members write.
//!
//! [`AutoModerationRule`] is read; [`CreateAutoModerationRule`] and [`ModifyAutoModerationRule`] are sent.
//!
//! See [auto moderation](https://docs.discord.com/developers/resources/auto-moderation).

mod request;

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{AutoModerationRuleId, ChannelId, GuildId, RoleId, UserId},
};

pub use self::request::{CreateAutoModerationRule, ModifyAutoModerationRule};

/// A rule of a guild.
///
/// See [rule](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct AutoModerationRule {
    /// The rule.
    #[model(key)]
    pub id: AutoModerationRuleId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// Its name.
    pub name: Text,
    /// Who made it.
    #[model(always)]
    pub creator_id: Option<UserId>,
    /// What it watches.
    pub event_type: AutoModerationEventType,
    /// What triggers it.
    pub trigger_type: AutoModerationTriggerType,
    /// What triggers it, in detail.
    pub trigger_metadata: AutoModerationTriggerMetadata,
    /// What it does then.
    pub actions: Vec<AutoModerationAction>,
    /// Whether it is on.
    pub enabled: bool,
    /// The roles that it leaves alone, up to 20.
    pub exempt_roles: Vec<RoleId>,
    /// The channels that it leaves alone, up to 50.
    pub exempt_channels: Vec<ChannelId>,
}

/// What triggers a rule, in detail; which fields count depends on the type of the trigger.
///
/// See [trigger metadata](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct AutoModerationTriggerMetadata {
    /// The words, up to 1,000.
    pub keyword_filter: Option<Vec<Text>>,
    /// Regular expressions, up to 10.
    pub regex_patterns: Option<Vec<Text>>,
    /// Discord's own lists of words.
    pub presets: Option<Vec<KeywordPreset>>,
    /// The words that do not trigger it.
    pub allow_list: Option<Vec<Text>>,
    /// How many different roles and users a message may mention, up to 50.
    pub mention_total_limit: Option<u32>,
    /// Whether raids of mentions are recognized.
    pub mention_raid_protection_enabled: Option<bool>,
}

/// What a rule does.
///
/// See [action](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct AutoModerationAction {
    /// What it is.
    #[model(rename = "type")]
    pub kind: AutoModerationActionType,
    /// What it is, in detail.
    pub metadata: Option<AutoModerationActionMetadata>,
}

impl AutoModerationAction {
    /// Keeps the message from being sent.
    #[must_use]
    pub fn block_message() -> Self {
        Self {
            kind: AutoModerationActionType::BlockMessage,
            metadata: None,
        }
    }

    /// Keeps the message from being sent, and tells the member why in at most 150 characters.
    #[must_use]
    pub fn block_message_saying(text: impl Into<Text>) -> Self {
        Self {
            kind: AutoModerationActionType::BlockMessage,
            metadata: Some(AutoModerationActionMetadata {
                custom_message: Some(text.into()),
                ..AutoModerationActionMetadata::default()
            }),
        }
    }

    /// Reports it in a channel.
    #[must_use]
    pub fn send_alert_message(channel: ChannelId) -> Self {
        Self {
            kind: AutoModerationActionType::SendAlertMessage,
            metadata: Some(AutoModerationActionMetadata {
                channel_id: Some(channel),
                ..AutoModerationActionMetadata::default()
            }),
        }
    }

    /// Gives the member a time-out of so many seconds, at most 2,419,200 (four weeks). Only for `Keyword`
    /// and `MentionSpam`, and needs `MODERATE_MEMBERS`.
    #[must_use]
    pub fn timeout(seconds: u64) -> Self {
        Self {
            kind: AutoModerationActionType::Timeout,
            metadata: Some(AutoModerationActionMetadata {
                duration_seconds: Some(seconds),
                ..AutoModerationActionMetadata::default()
            }),
        }
    }

    /// Keeps the member from text, voice and other interactions.
    #[must_use]
    pub fn block_member_interaction() -> Self {
        Self {
            kind: AutoModerationActionType::BlockMemberInteraction,
            metadata: None,
        }
    }
}

/// What a rule does, in detail; which fields count depends on the type of the action.
///
/// See [action metadata](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object-action-metadata).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct AutoModerationActionMetadata {
    /// Where it is reported.
    pub channel_id: Option<ChannelId>,
    /// How many seconds the time-out takes.
    pub duration_seconds: Option<u64>,
    /// What the member is told.
    pub custom_message: Option<Text>,
}

open_enum! {
    /// What a rule watches.
    ///
    /// See [event types](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-event-types).
    pub enum AutoModerationEventType: u32 {
        /// `MESSAGE_SEND`: messages, sent or edited.
        MessageSend = 1,
        /// `MEMBER_UPDATE`: profiles of members.
        MemberUpdate = 2,
    }
}

open_enum! {
    /// What triggers a rule.
    ///
    /// See [trigger types](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types).
    pub enum AutoModerationTriggerType: u32 {
        /// `KEYWORD`: words that the guild lists.
        Keyword = 1,
        /// The content is spam, by the judgement of Discord.
        Spam = 3,
        /// `KEYWORD_PRESET`: words that Discord lists.
        KeywordPreset = 4,
        /// `MENTION_SPAM`: too many mentions.
        MentionSpam = 5,
        /// `MEMBER_PROFILE`: words that the guild lists, in a profile.
        MemberProfile = 6,
    }
}

open_enum! {
    /// A list of words that Discord keeps.
    ///
    /// See [keyword preset types](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-keyword-preset-types).
    pub enum KeywordPreset: u32 {
        /// Swearing and cursing.
        Profanity = 1,
        /// Words of sexual behaviour.
        SexualContent = 2,
        /// Insults, and words of hatred.
        Slurs = 3,
    }
}

open_enum! {
    /// What a rule can do.
    ///
    /// See [action types](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object-action-types).
    pub enum AutoModerationActionType: u32 {
        /// `BLOCK_MESSAGE`: keeps the message from being sent.
        BlockMessage = 1,
        /// `SEND_ALERT_MESSAGE`: reports it in a channel.
        SendAlertMessage = 2,
        /// `TIMEOUT`: gives the member a time-out.
        Timeout = 3,
        /// `BLOCK_MEMBER_INTERACTION`: keeps the member from text, voice and other interactions.
        BlockMemberInteraction = 4,
    }
}
