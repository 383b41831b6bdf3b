use polycord_types_derive::Model;

use crate::id::{ChannelId, GuildId, MessageId, UserId};

/// A user voted in a poll; with several answers, one event for each.
///
/// Intents `GUILD_MESSAGE_POLLS`, `DIRECT_MESSAGE_POLLS`. See
/// [message poll vote add](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-add).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct MessagePollVoteAdd {
    /// Who voted.
    #[model(key)]
    pub user_id: UserId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The message with the poll.
    #[model(key)]
    pub message_id: MessageId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The answer's number.
    pub answer_id: u32,
}

/// A user took a vote back.
///
/// Intents `GUILD_MESSAGE_POLLS`, `DIRECT_MESSAGE_POLLS`. See
/// [message poll vote remove](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-remove).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct MessagePollVoteRemove {
    /// Who voted.
    #[model(key)]
    pub user_id: UserId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The message with the poll.
    #[model(key)]
    pub message_id: MessageId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The answer's number.
    pub answer_id: u32,
}
