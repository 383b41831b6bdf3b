//! Roles of a guild: [`Role`], and [`CreateRole`], [`ModifyRole`] and [`ModifyRolePosition`] to change them.
//!
//! What a member may do by them, see [permissions](crate::permissions).
//!
//! See [roles](https://docs.discord.com/developers/topics/permissions#role-object).

mod request;

use std::cmp::Reverse;

use polycord_types_derive::Model;

use crate::{
    Color, ImageHash, Permissions, Text,
    id::{IntegrationId, RoleId, SubscriptionListingId, UserId},
};

pub use self::request::{CreateRole, ModifyRole, ModifyRolePosition};

/// A set of permissions that members of a guild carry, with a name and a look.
///
/// See [the documentation](https://docs.discord.com/developers/topics/permissions#role-object-role-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Role {
    /// Identifies the role. Equal to the guild's id for `@everyone`.
    #[model(key)]
    pub id: RoleId,
    /// The role's name.
    pub name: Text,
    /// The role's colour. `colors` says more.
    pub color: Color,
    /// The role's colours.
    pub colors: RoleColors,
    /// Whether its members are listed apart.
    pub hoist: bool,
    /// Hash of the icon.
    #[model(optional, nullable)]
    pub icon: Option<ImageHash>,
    /// An emoji as the icon.
    #[model(optional, nullable)]
    pub unicode_emoji: Option<Text>,
    /// Rank, from the bottom. Roles of one rank are ordered by id.
    pub position: i64,
    /// What the role allows everywhere in the guild.
    pub permissions: Permissions,
    /// Whether an integration rules it.
    pub managed: bool,
    /// Whether everybody may mention it.
    pub mentionable: bool,
    /// What the role is bound to.
    pub tags: Option<RoleTags>,
    /// Properties of the role.
    pub flags: RoleFlags,
}

/// A role of which only some fields are told.
///
/// Invites tell what shows it; a change of the audit log tells its name.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct PartialRole {
    /// Identifies the role.
    #[model(key)]
    pub id: RoleId,
    /// The role's name.
    pub name: Option<Text>,
    /// The role's colour. `colors` says more.
    pub color: Option<Color>,
    /// The role's colours.
    pub colors: Option<RoleColors>,
    /// Hash of the icon.
    #[model(optional, nullable)]
    pub icon: Option<ImageHash>,
    /// An emoji as the icon.
    #[model(optional, nullable)]
    pub unicode_emoji: Option<Text>,
    /// Rank, from the bottom.
    pub position: Option<i64>,
    /// What the role allows everywhere in the guild.
    pub permissions: Option<Permissions>,
}

/// What a role is bound to.
///
/// See [the documentation](https://docs.discord.com/developers/topics/permissions#role-object-role-tags-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct RoleTags {
    /// The bot the role belongs to.
    pub bot_id: Option<UserId>,
    /// The integration the role belongs to.
    pub integration_id: Option<IntegrationId>,
    /// Whether this is the role of those who boost the guild.
    #[model(null_flag)]
    pub premium_subscriber: bool,
    /// The listing that sells the role.
    pub subscription_listing_id: Option<SubscriptionListingId>,
    /// Whether the role can be bought.
    #[model(null_flag)]
    pub available_for_purchase: bool,
    /// Whether the role asks for linked accounts.
    #[model(null_flag)]
    pub guild_connections: bool,
}

/// One colour, a gradient of two, or the holographic style of three.
///
/// See [the documentation](https://docs.discord.com/developers/topics/permissions#role-object-role-colors-object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Model)]
pub struct RoleColors {
    /// The only or first colour.
    pub primary_color: Color,
    /// The gradient's second colour.
    #[model(nullable)]
    pub secondary_color: Option<Color>,
    /// The third colour of the holographic style.
    #[model(nullable)]
    pub tertiary_color: Option<Color>,
}

impl Role {
    /// Whether it stands above another role of the guild: at a higher position, or at the same one with the
    /// lower id.
    ///
    /// A bot grants, edits and sorts only roles below its highest one, and removes or renames only members
    /// whose highest role is below it. See
    /// [permission hierarchy](https://docs.discord.com/developers/topics/permissions#permission-hierarchy).
    #[must_use]
    pub fn outranks(&self, other: &Self) -> bool {
        (self.position, Reverse(self.id)) > (other.position, Reverse(other.id))
    }
}

impl RoleColors {
    /// The colours of the holographic style. Discord takes no others for three.
    pub const HOLOGRAPHIC: Self = Self {
        primary_color: Color::new(11_127_295),
        secondary_color: Some(Color::new(16_759_788)),
        tertiary_color: Some(Color::new(16_761_760)),
    };

    /// One colour.
    #[must_use]
    pub const fn solid(color: Color) -> Self {
        Self {
            primary_color: color,
            secondary_color: None,
            tertiary_color: None,
        }
    }

    /// A gradient of two colours. Needs the feature `ENHANCED_ROLE_COLORS`.
    #[must_use]
    pub const fn gradient(from: Color, to: Color) -> Self {
        Self {
            primary_color: from,
            secondary_color: Some(to),
            tertiary_color: None,
        }
    }
}

flags! {
    /// Properties of a role.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/permissions#role-object-role-flags).
    pub struct RoleFlags: u64 {
        /// Members can choose it in an onboarding prompt.
        const IN_PROMPT = 1 << 0;
    }
}
