//! Emoji, custom and standard.

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{EmojiId, RoleId},
    user::User,
};

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
