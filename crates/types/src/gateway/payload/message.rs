use polycord_types_derive::Model;

use crate::{ChannelId, GuildId, MessageId};

/// A message was deleted.
///
/// Intents `GUILD_MESSAGES`, `DIRECT_MESSAGES`. See
/// [message delete](https://docs.discord.com/developers/events/gateway-events#message-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct MessageDelete {
    /// The message.
    #[model(key)]
    pub id: MessageId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
}

/// Many messages were deleted at once.
///
/// Intent `GUILD_MESSAGES`. See
/// [message delete bulk](https://docs.discord.com/developers/events/gateway-events#message-delete-bulk).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct MessageDeleteBulk {
    /// The messages.
    pub ids: Vec<MessageId>,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The guild.
    pub guild_id: Option<GuildId>,
}
