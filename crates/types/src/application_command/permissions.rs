use polycord_types_derive::Model;

use crate::id::{ApplicationId, ChannelId, GenericId, GuildId, RoleId, UserId};

/// Who may use a command, or all commands of an application, in a guild.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-guild-application-command-permissions-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct CommandPermissions {
    /// The command, or the application for all of its commands.
    #[model(key)]
    pub id: GenericId,
    /// The application.
    #[model(key)]
    pub application_id: ApplicationId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// Whom it is allowed or denied, at most 100.
    pub permissions: Vec<CommandPermission>,
}

/// Whether somebody may use a command, or whether it may be used somewhere.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permissions-structure).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct CommandPermission {
    /// The role, user or channel. The guild's id means everybody, one less means all channels.
    #[model(key)]
    pub id: GenericId,
    /// Whom it is for.
    #[model(rename = "type")]
    pub kind: CommandPermissionType,
    /// Whether it is allowed.
    pub permission: bool,
}

impl CommandPermission {
    /// Allows it to a role, or denies it.
    pub const fn role(role: RoleId, allowed: bool) -> Self {
        Self::new(role.get(), CommandPermissionType::Role, allowed)
    }

    /// Allows it to a user, or denies it.
    pub const fn user(user: UserId, allowed: bool) -> Self {
        Self::new(user.get(), CommandPermissionType::User, allowed)
    }

    /// Allows it in a channel, or denies it.
    pub const fn channel(channel: ChannelId, allowed: bool) -> Self {
        Self::new(channel.get(), CommandPermissionType::Channel, allowed)
    }

    /// Allows it to everybody of a guild, or denies it.
    pub const fn everyone(guild: GuildId, allowed: bool) -> Self {
        Self::new(guild.get(), CommandPermissionType::Role, allowed)
    }

    /// Allows it in all channels of a guild, or denies it.
    ///
    /// # Panics
    ///
    /// The guild's id is 1, which no guild has.
    pub const fn all_channels(guild: GuildId, allowed: bool) -> Self {
        Self::new(guild.get() - 1, CommandPermissionType::Channel, allowed)
    }

    const fn new(id: u64, kind: CommandPermissionType, permission: bool) -> Self {
        Self {
            id: GenericId::new(id),
            kind,
            permission,
        }
    }
}

/// The body that replaces who may use a command in a guild.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#edit-application-command-permissions-json-params).
///
/// ```
/// use polycord_types::{
///     application_command::{CommandPermission, EditCommandPermissions},
///     id::{GuildId, RoleId},
/// };
///
/// let only_helpers = EditCommandPermissions::new([
///     CommandPermission::everyone(GuildId::new(41771983423143937), false),
///     CommandPermission::role(RoleId::new(41771983423143938), true),
/// ]);
/// assert_eq!(only_helpers.permissions.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct EditCommandPermissions {
    /// Whom it is allowed or denied, at most 100.
    pub permissions: Vec<CommandPermission>,
}

impl EditCommandPermissions {
    /// Whom it is allowed or denied, at most 100. The others keep what the command has by default.
    pub fn new(permissions: impl IntoIterator<Item = CommandPermission>) -> Self {
        Self {
            permissions: permissions.into_iter().collect(),
        }
    }
}

open_enum! {
    /// Whom a permission is for.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permission-type).
    pub enum CommandPermissionType: u32 {
        /// A role.
        Role = 1,
        /// A user.
        User = 2,
        /// A channel.
        Channel = 3,
    }
}
