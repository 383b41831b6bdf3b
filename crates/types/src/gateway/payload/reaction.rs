use polycord_types_derive::Model;

use crate::{
    Text,
    emoji::Emoji,
    id::{ChannelId, GuildId, MessageId, UserId},
    member::Member,
    message::ReactionType,
};

/// A user reacted to a message.
///
/// Intents `GUILD_MESSAGE_REACTIONS`, `DIRECT_MESSAGE_REACTIONS`. See
/// [message reaction add](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessageReactionAdd {
    /// Who reacted.
    #[model(key)]
    pub user_id: UserId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The message.
    #[model(key)]
    pub message_id: MessageId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// Who reacted, as a member; none in direct messages.
    pub member: Option<Box<Member>>,
    /// The emoji.
    pub emoji: Emoji,
    /// Who wrote the message.
    pub message_author_id: Option<UserId>,
    /// Whether it is a super reaction.
    pub burst: bool,
    /// The colors of a super reaction's animation, as `#rrggbb`.
    pub burst_colors: Option<Vec<Text>>,
    /// The type of the reaction.
    #[model(rename = "type")]
    pub kind: ReactionType,
}

/// A user took a reaction back.
///
/// Intents `GUILD_MESSAGE_REACTIONS`, `DIRECT_MESSAGE_REACTIONS`. See
/// [message reaction remove](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessageReactionRemove {
    /// Who reacted.
    #[model(key)]
    pub user_id: UserId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The message.
    #[model(key)]
    pub message_id: MessageId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The emoji.
    pub emoji: Emoji,
    /// Whether it is a super reaction.
    pub burst: bool,
    /// The type of the reaction.
    #[model(rename = "type")]
    pub kind: ReactionType,
}

/// All reactions were removed from a message.
///
/// Intents `GUILD_MESSAGE_REACTIONS`, `DIRECT_MESSAGE_REACTIONS`. See
/// [message reaction remove all](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-all).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct MessageReactionRemoveAll {
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The message.
    #[model(key)]
    pub message_id: MessageId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
}

/// All reactions with one emoji were removed from a message.
///
/// Intents `GUILD_MESSAGE_REACTIONS`, `DIRECT_MESSAGE_REACTIONS`. See
/// [message reaction remove emoji](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-emoji).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessageReactionRemoveEmoji {
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The message.
    #[model(key)]
    pub message_id: MessageId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The emoji.
    pub emoji: Emoji,
}
