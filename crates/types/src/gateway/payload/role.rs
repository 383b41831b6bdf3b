use polycord_types_derive::Model;

use crate::{
    id::{GuildId, RoleId},
    role::Role,
};

/// A role was made.
///
/// Intent `GUILDS`. See
/// [guild role create](https://docs.discord.com/developers/events/gateway-events#guild-role-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildRoleCreate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The role.
    #[model(key)]
    pub role: Role,
}

/// A role changed.
///
/// Intent `GUILDS`. See
/// [guild role update](https://docs.discord.com/developers/events/gateway-events#guild-role-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildRoleUpdate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The role.
    #[model(key)]
    pub role: Role,
}

/// A role was removed.
///
/// Intent `GUILDS`. See
/// [guild role delete](https://docs.discord.com/developers/events/gateway-events#guild-role-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GuildRoleDelete {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The role.
    #[model(key)]
    pub role_id: RoleId,
}
