use polycord_types_derive::Model;

use super::RoleColors;
use crate::{Color, Permissions, Text, data_uri::DataUri, id::RoleId};

/// A role to be made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#create-guild-role-json-params).
///
/// ```
/// use polycord_types::{Color, Permissions, role::CreateRole};
///
/// let role = CreateRole::new("helpers").color(Color::BLURPLE).permissions(Permissions::KICK_MEMBERS);
/// assert_eq!(role.name.as_deref(), Some("helpers"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateRole {
    /// The role's name, at most 100 characters. The default is `new role`.
    pub name: Option<Text>,
    /// What the role allows. The default is what `@everyone` may do.
    pub permissions: Option<Permissions>,
    /// The role's colour. `colors` has taken its place.
    pub color: Option<Color>,
    /// The role's colours. More than one need the feature `ENHANCED_ROLE_COLORS`.
    pub colors: Option<RoleColors>,
    /// Whether its members are listed apart. The default is `false`.
    pub hoist: Option<bool>,
    /// An image as the icon. Needs the feature `ROLE_ICONS`.
    #[model(optional, nullable)]
    pub icon: Option<DataUri>,
    /// An emoji as the icon. Needs the feature `ROLE_ICONS`.
    #[model(optional, nullable)]
    pub unicode_emoji: Option<Text>,
    /// Whether everybody may mention it. The default is `false`.
    pub mentionable: Option<bool>,
}

impl CreateRole {
    /// A role with a name, at most 100 characters.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::default()
        }
    }

    /// Gives the role one colour. The default is none.
    pub fn color(self, color: impl Into<Color>) -> Self {
        self.colors(RoleColors::solid(color.into()))
    }
}

setters! {
    impl CreateRole {
        /// Sets what the role allows. The default is what `@everyone` may do.
        permissions(Permissions);
        /// Sets the colours. More than one need the feature `ENHANCED_ROLE_COLORS`.
        colors(RoleColors);
        /// Sets whether its members are listed apart. The default is `false`.
        hoist(bool);
        /// Sets an image as the icon. Needs the feature `ROLE_ICONS`.
        icon(into DataUri);
        /// Sets an emoji as the icon. Needs the feature `ROLE_ICONS`.
        unicode_emoji(into Text);
        /// Sets whether everybody may mention it. The default is `false`.
        mentionable(bool);
    }
}

/// What is to change in a role. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-role-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyRole {
    /// The role's name, at most 100 characters.
    pub name: Option<Option<Text>>,
    /// What the role allows.
    pub permissions: Option<Option<Permissions>>,
    /// The role's colour. `colors` has taken its place.
    pub color: Option<Option<Color>>,
    /// The role's colours. More than one need the feature `ENHANCED_ROLE_COLORS`.
    pub colors: Option<Option<RoleColors>>,
    /// Whether its members are listed apart.
    pub hoist: Option<Option<bool>>,
    /// An image as the icon. Needs the feature `ROLE_ICONS`.
    pub icon: Option<Option<DataUri>>,
    /// An emoji as the icon. Needs the feature `ROLE_ICONS`.
    pub unicode_emoji: Option<Option<Text>>,
    /// Whether everybody may mention it.
    pub mentionable: Option<Option<bool>>,
}

impl ModifyRole {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the role one colour.
    pub fn color(self, color: impl Into<Color>) -> Self {
        self.colors(RoleColors::solid(color.into()))
    }
}

patch_setters! {
    impl ModifyRole {
        /// Sets the name, at most 100 characters.
        name(into Text);
        /// Sets what the role allows.
        permissions(Permissions);
        /// Sets the colours. More than one need the feature `ENHANCED_ROLE_COLORS`.
        colors(RoleColors);
        /// Sets whether its members are listed apart.
        hoist(bool);
        /// Sets an image as the icon. Needs the feature `ROLE_ICONS`.
        icon(into DataUri);
        /// Sets an emoji as the icon. Needs the feature `ROLE_ICONS`.
        unicode_emoji(into Text);
        /// Sets whether everybody may mention it.
        mentionable(bool);
    }
    clear {
        /// Removes the image.
        clear_icon(icon);
        /// Removes the emoji.
        clear_unicode_emoji(unicode_emoji);
    }
}

/// A role to be moved. A request moves any number of them.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-role-positions-json-params).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyRolePosition {
    /// The role.
    #[model(key)]
    pub id: RoleId,
    /// The new rank, from the bottom.
    pub position: Option<Option<i64>>,
}

impl ModifyRolePosition {
    /// A role and its new rank, from the bottom.
    pub fn new(role: RoleId, position: i64) -> Self {
        Self {
            id: role,
            position: Some(Some(position)),
        }
    }
}
