use polycord_types_derive::Model;

use crate::{
    id::{ChannelId, GuildId, UserId},
    member::Member,
};

/// A user began to write.
///
/// Intents `GUILD_MESSAGE_TYPING`, `DIRECT_MESSAGE_TYPING`. See
/// [typing start](https://docs.discord.com/developers/events/gateway-events#typing-start).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct TypingStart {
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The user.
    #[model(key)]
    pub user_id: UserId,
    /// When, in seconds of the Unix epoch.
    pub timestamp: i64,
    /// The user as a member; none in direct messages.
    pub member: Option<Box<Member>>,
}
