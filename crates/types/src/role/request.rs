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

    /// Sets what the role allows. The default is what `@everyone` may do.
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = Some(permissions);
        self
    }

    /// Gives the role one colour. The default is none.
    pub fn color(mut self, color: Color) -> Self {
        self.colors = Some(RoleColors::solid(color));
        self
    }

    /// Sets the colours. More than one need the feature `ENHANCED_ROLE_COLORS`.
    pub fn colors(mut self, colors: RoleColors) -> Self {
        self.colors = Some(colors);
        self
    }

    /// Sets whether its members are listed apart. The default is `false`.
    pub fn hoist(mut self, hoist: bool) -> Self {
        self.hoist = Some(hoist);
        self
    }

    /// Sets an image as the icon. Needs the feature `ROLE_ICONS`.
    pub fn icon(mut self, icon: DataUri) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Sets an emoji as the icon. Needs the feature `ROLE_ICONS`.
    pub fn unicode_emoji(mut self, emoji: impl Into<Text>) -> Self {
        self.unicode_emoji = Some(emoji.into());
        self
    }

    /// Sets whether everybody may mention it. The default is `false`.
    pub fn mentionable(mut self, mentionable: bool) -> Self {
        self.mentionable = Some(mentionable);
        self
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

    /// Sets the name, at most 100 characters.
    pub fn name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(Some(name.into()));
        self
    }

    /// Sets what the role allows.
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = Some(Some(permissions));
        self
    }

    /// Gives the role one colour.
    pub fn color(mut self, color: Color) -> Self {
        self.colors = Some(Some(RoleColors::solid(color)));
        self
    }

    /// Sets the colours. More than one need the feature `ENHANCED_ROLE_COLORS`.
    pub fn colors(mut self, colors: RoleColors) -> Self {
        self.colors = Some(Some(colors));
        self
    }

    /// Sets whether its members are listed apart.
    pub fn hoist(mut self, hoist: bool) -> Self {
        self.hoist = Some(Some(hoist));
        self
    }

    /// Sets an image as the icon; `None` removes it. Needs the feature `ROLE_ICONS`.
    pub fn icon(mut self, icon: impl Into<Option<DataUri>>) -> Self {
        self.icon = Some(icon.into());
        self
    }

    /// Sets an emoji as the icon; `None` removes it. Needs the feature `ROLE_ICONS`.
    pub fn unicode_emoji<'a>(mut self, emoji: impl Into<Option<&'a str>>) -> Self {
        self.unicode_emoji = Some(emoji.into().map(Text::from));
        self
    }

    /// Sets whether everybody may mention it.
    pub fn mentionable(mut self, mentionable: bool) -> Self {
        self.mentionable = Some(Some(mentionable));
        self
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
