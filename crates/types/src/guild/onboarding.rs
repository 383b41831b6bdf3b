use polycord_types_derive::Model;

use crate::{
    Text,
    emoji::Emoji,
    id::{ChannelId, EmojiId, GuildId, OnboardingPromptId, RoleId},
};

/// What a newcomer is asked, and given.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-guild-onboarding-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Onboarding {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The questions.
    pub prompts: Vec<OnboardingPrompt>,
    /// Channels that every newcomer gets.
    pub default_channel_ids: Vec<ChannelId>,
    /// Whether it is on.
    pub enabled: bool,
    /// What counts as enough to turn it on.
    pub mode: OnboardingMode,
}

/// A question.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-prompt-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct OnboardingPrompt {
    /// Identifies the question.
    #[model(key)]
    pub id: OnboardingPromptId,
    /// How the answers are shown.
    #[model(rename = "type")]
    pub kind: OnboardingPromptType,
    /// The answers.
    pub options: Vec<OnboardingPromptOption>,
    /// The question.
    pub title: Text,
    /// Whether only one answer can be chosen.
    pub single_select: bool,
    /// Whether an answer must be chosen.
    pub required: bool,
    /// Whether it is asked on arrival. Else it stands under "Channels & Roles" only.
    pub in_onboarding: bool,
}

/// An answer, and what it gives.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-option-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct OnboardingPromptOption {
    /// Identifies the answer.
    #[model(key)]
    pub id: OnboardingPromptId,
    /// The channels it opens.
    pub channel_ids: Vec<ChannelId>,
    /// The roles it gives.
    pub role_ids: Vec<RoleId>,
    /// The emoji in front. Comes from Discord; `emoji_id`, `emoji_name` and `emoji_animated` are sent instead.
    pub emoji: Option<Emoji>,
    /// Identifies a custom emoji, in requests.
    pub emoji_id: Option<EmojiId>,
    /// The emoji's name, or the characters of a standard one, in requests.
    pub emoji_name: Option<Text>,
    /// Whether the emoji moves, in requests.
    pub emoji_animated: Option<bool>,
    /// The answer.
    pub title: Text,
    /// More about it.
    #[model(nullable)]
    pub description: Option<Text>,
}

/// What is to change in the onboarding of a guild. `None` leaves a setting as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyOnboarding {
    /// The questions, all of them.
    pub prompts: Option<Vec<OnboardingPrompt>>,
    /// Channels that every newcomer gets, all of them.
    pub default_channel_ids: Option<Vec<ChannelId>>,
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// What counts as enough to turn it on.
    pub mode: Option<OnboardingMode>,
}

impl ModifyOnboarding {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyOnboarding {
        /// Replaces the questions.
        prompts(list OnboardingPrompt);
        /// Replaces the channels that every newcomer gets.
        default_channel_ids(list ChannelId);
        /// Sets whether it is on.
        enabled(bool);
        /// Sets what counts as enough to turn it on.
        mode(OnboardingMode);
    }
}

open_enum! {
    /// What counts as enough to turn the onboarding on.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-mode).
    pub enum OnboardingMode: u32 {
        /// The default channels.
        OnboardingDefault = 0,
        /// The default channels and the questions.
        OnboardingAdvanced = 1,
    }
}

open_enum! {
    /// How the answers of a question are shown.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-types).
    pub enum OnboardingPromptType: u32 {
        /// Side by side.
        MultipleChoice = 0,
        /// In a menu.
        Dropdown = 1,
    }
}
