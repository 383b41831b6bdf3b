//! Emoji, custom and standard, of guilds and of applications, and what is sent to make and change them.
//!
//! See [emoji](https://docs.discord.com/developers/resources/emoji).

mod partial;

use polycord_types_derive::Model;

use crate::{
    Text,
    data_uri::DataUri,
    id::{EmojiId, RoleId},
    user::User,
};

pub use self::partial::PartialEmoji;

/// An emoji: a guild's or an application's own one (with an id), or a standard one (a name only).
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#emoji-object-emoji-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Emoji {
    /// Identifies a custom emoji. `None` for a standard one.
    #[model(nullable)]
    pub id: Option<EmojiId>,
    /// A custom emoji's name, or the characters of a standard one. `None` in reactions where the
    /// emoji was deleted.
    #[model(nullable)]
    pub name: Option<Text>,
    /// Roles that may use it.
    pub roles: Option<Vec<RoleId>>,
    /// Who uploaded it.
    pub user: Option<Box<User>>,
    /// Whether it must be written between colons.
    pub require_colons: Option<bool>,
    /// Whether an integration rules it.
    pub managed: Option<bool>,
    /// Whether it moves.
    pub animated: Option<bool>,
    /// Whether it can be used now. It may be lost with boosts.
    pub available: Option<bool>,
}

/// The emoji of an application.
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#list-application-emojis).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ApplicationEmojis {
    /// The emoji.
    pub items: Vec<Emoji>,
}

/// An emoji to be uploaded to a guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#create-guild-emoji-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateEmoji {
    /// The emoji's name.
    pub name: Text,
    /// The image, 128 by 128 pixels and at most 256 KiB.
    pub image: DataUri,
    /// Roles that may use it. Empty means everybody.
    pub roles: Vec<RoleId>,
}

impl CreateEmoji {
    /// An emoji that everybody in the guild may use.
    pub fn new(name: impl Into<Text>, image: impl Into<DataUri>) -> Self {
        Self {
            name: name.into(),
            image: image.into(),
            roles: Vec::new(),
        }
    }

    /// Adds a role that may use it, and takes it from all who have none of those added.
    pub fn role(mut self, role: RoleId) -> Self {
        self.roles.push(role);
        self
    }
}

/// What is to change in an emoji of a guild. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#modify-guild-emoji-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyEmoji {
    /// The emoji's name.
    pub name: Option<Text>,
    /// Roles that may use it, all of them. `Some(None)` means everybody.
    pub roles: Option<Option<Vec<RoleId>>>,
}

impl ModifyEmoji {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyEmoji {
        /// Sets the name.
        name(into Text);
    }
}

patch_setters! {
    impl ModifyEmoji {
        /// Replaces the roles that may use it.
        roles(list RoleId);
    }
    clear {
        /// Lets everybody use it.
        clear_roles(roles);
    }
}

/// An emoji to be uploaded to the current application, which can have 2,000 of them.
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#create-application-emoji-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateApplicationEmoji {
    /// The emoji's name.
    pub name: Text,
    /// The image, 128 by 128 pixels and at most 256 KiB.
    pub image: DataUri,
}

impl CreateApplicationEmoji {
    /// An emoji that the application may use everywhere.
    pub fn new(name: impl Into<Text>, image: impl Into<DataUri>) -> Self {
        Self {
            name: name.into(),
            image: image.into(),
        }
    }
}

/// What is to change in an emoji of the current application.
///
/// See [the documentation](https://docs.discord.com/developers/resources/emoji#modify-application-emoji-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyApplicationEmoji {
    /// The emoji's name.
    pub name: Text,
}
