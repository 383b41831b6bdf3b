use polycord_types_derive::Model;

use crate::{
    channel::ChannelType,
    id::{ChannelId, GuildId, MessageId},
    member::PartialMember,
    message::Message,
};

/// A message was sent.
///
/// Intents `GUILD_MESSAGES`, `DIRECT_MESSAGES`; the content needs `MESSAGE_CONTENT`, except in messages
/// that the bot wrote, that mention it, or that are sent to it directly. See
/// [message create](https://docs.discord.com/developers/events/gateway-events#message-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessageCreate {
    /// The message itself; its fields can be read directly.
    #[model(flatten, deref)]
    pub message: Message,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The author as the guild knows them; none in direct messages and for webhooks.
    pub member: Option<Box<PartialMember>>,
    /// What kind of channel it was sent to.
    pub channel_type: Option<ChannelType>,
}

/// A message was edited, or something about it changed, such as its embeds.
///
/// Intents `GUILD_MESSAGES`, `DIRECT_MESSAGES`. See
/// [message update](https://docs.discord.com/developers/events/gateway-events#message-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessageUpdate {
    /// The message as it is now; its fields can be read directly.
    #[model(flatten, deref)]
    pub message: Message,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The author as the guild knows them; none in direct messages and for webhooks.
    pub member: Option<Box<PartialMember>>,
    /// What kind of channel it was sent to.
    pub channel_type: Option<ChannelType>,
}

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
