use polycord_types_derive::Model;

use crate::id::{GuildId, ScheduledEventId, UserId};

/// A user wants to come to a scheduled event.
///
/// Intent `GUILD_SCHEDULED_EVENTS`. See
/// [guild scheduled event user add](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-add).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GuildScheduledEventUserAdd {
    /// The scheduled event.
    #[model(key)]
    pub guild_scheduled_event_id: ScheduledEventId,
    /// The user.
    #[model(key)]
    pub user_id: UserId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}

/// A user no longer wants to come to a scheduled event.
///
/// Intent `GUILD_SCHEDULED_EVENTS`. See
/// [guild scheduled event user remove](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-remove).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GuildScheduledEventUserRemove {
    /// The scheduled event.
    #[model(key)]
    pub guild_scheduled_event_id: ScheduledEventId,
    /// The user.
    #[model(key)]
    pub user_id: UserId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}
