use polycord_types_derive::Model;

use crate::{
    id::{ApplicationId, GuildId, IntegrationId},
    integration::Integration,
};

/// An integration was added to a guild.
///
/// Intent `GUILD_INTEGRATIONS`. See
/// [integration create](https://docs.discord.com/developers/events/gateway-events#integration-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct IntegrationCreate {
    /// The integration; its fields can be read directly.
    #[model(flatten, deref)]
    pub integration: Integration,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}

/// An integration of a guild changed.
///
/// Intent `GUILD_INTEGRATIONS`. See
/// [integration update](https://docs.discord.com/developers/events/gateway-events#integration-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct IntegrationUpdate {
    /// The integration; its fields can be read directly.
    #[model(flatten, deref)]
    pub integration: Integration,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}

/// An integration was removed from a guild.
///
/// Intent `GUILD_INTEGRATIONS`. See
/// [integration delete](https://docs.discord.com/developers/events/gateway-events#integration-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct IntegrationDelete {
    /// The integration.
    #[model(key)]
    pub id: IntegrationId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The application, for a bot.
    pub application_id: Option<ApplicationId>,
}
