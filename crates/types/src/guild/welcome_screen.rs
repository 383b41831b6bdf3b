use polycord_types_derive::Model;

use crate::{
    Text,
    id::{ChannelId, EmojiId},
};

/// What newcomers of a community see first.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#welcome-screen-object-welcome-screen-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct WelcomeScreen {
    /// What the community is about.
    #[model(nullable)]
    pub description: Option<Text>,
    /// Channels to start with, at most five.
    pub welcome_channels: Vec<WelcomeChannel>,
}

/// A channel on the welcome screen.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#welcome-screen-object-welcome-screen-channel-structure).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct WelcomeChannel {
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// Why to go there.
    pub description: Text,
    /// Identifies a custom emoji.
    #[model(nullable)]
    pub emoji_id: Option<EmojiId>,
    /// The emoji's name, or the characters of a standard one.
    #[model(nullable)]
    pub emoji_name: Option<Text>,
}

impl WelcomeChannel {
    /// A channel, and why to go there.
    #[must_use]
    pub fn new(channel: ChannelId, description: impl Into<Text>) -> Self {
        Self {
            channel_id: channel,
            description: description.into(),
            emoji_id: None,
            emoji_name: None,
        }
    }

    /// Puts a standard emoji in front.
    #[must_use]
    pub fn emoji(mut self, characters: impl Into<Text>) -> Self {
        self.emoji_name = Some(characters.into());
        self
    }
}

/// What is to change in a welcome screen. `None` leaves a setting as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-welcome-screen-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyWelcomeScreen {
    /// Whether it is shown.
    pub enabled: Option<Option<bool>>,
    /// Channels to start with, at most five.
    pub welcome_channels: Option<Option<Vec<WelcomeChannel>>>,
    /// What the community is about.
    pub description: Option<Option<Text>>,
}

impl ModifyWelcomeScreen {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

patch_setters! {
    impl ModifyWelcomeScreen {
        /// Sets whether it is shown.
        enabled(bool);
        /// Replaces the channels to start with. There can be five.
        welcome_channels(list WelcomeChannel);
        /// Sets what the community is about.
        description(into Text);
    }
    clear {
        /// Removes what the community is about.
        clear_description(description);
    }
}
