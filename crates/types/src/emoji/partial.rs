use polycord_types_derive::Model;

use crate::{Text, emoji::Emoji, id::EmojiId};

/// What names an emoji, where it stands beside something else: on a button, in a menu.
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#emoji-object).
///
/// ```
/// use polycord_types::{emoji::PartialEmoji, id::EmojiId};
///
/// let standard = PartialEmoji::from("🔥");
/// let custom = PartialEmoji::custom(EmojiId::new(41771983429993937), "LUL");
/// assert_eq!(standard.name.as_deref(), Some("🔥"));
/// assert!(custom.id.is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Model)]
#[must_use]
pub struct PartialEmoji {
    /// Identifies a custom emoji. `None` for a standard one.
    #[model(optional, nullable)]
    pub id: Option<EmojiId>,
    /// A custom emoji's name, or the characters of a standard one.
    #[model(optional, nullable)]
    pub name: Option<Text>,
    /// Whether it moves.
    pub animated: Option<bool>,
}

impl PartialEmoji {
    /// A standard emoji, by its characters.
    pub fn unicode(characters: impl Into<Text>) -> Self {
        Self {
            name: Some(characters.into()),
            ..Self::default()
        }
    }

    /// A custom emoji of a guild or of the application.
    pub fn custom(id: EmojiId, name: impl Into<Text>) -> Self {
        Self {
            id: Some(id),
            name: Some(name.into()),
            animated: None,
        }
    }
}

setters! {
    impl PartialEmoji {
        /// Sets whether it moves. The default is `false`.
        animated(bool);
    }
}

impl From<&str> for PartialEmoji {
    fn from(characters: &str) -> Self {
        Self::unicode(characters)
    }
}

impl From<String> for PartialEmoji {
    /// A standard emoji, as its characters.
    fn from(characters: String) -> Self {
        Self::unicode(characters)
    }
}

impl From<Text> for PartialEmoji {
    /// A standard emoji, as its characters.
    fn from(characters: Text) -> Self {
        Self::unicode(characters)
    }
}

impl From<char> for PartialEmoji {
    fn from(character: char) -> Self {
        Self::unicode(character)
    }
}

impl From<EmojiId> for PartialEmoji {
    fn from(id: EmojiId) -> Self {
        Self {
            id: Some(id),
            ..Self::default()
        }
    }
}

impl From<&Emoji> for PartialEmoji {
    fn from(emoji: &Emoji) -> Self {
        Self {
            id: emoji.id,
            name: emoji.name.clone(),
            animated: emoji.animated,
        }
    }
}

impl From<Emoji> for PartialEmoji {
    /// What others need to know of an emoji.
    fn from(emoji: Emoji) -> Self {
        Self::from(&emoji)
    }
}
