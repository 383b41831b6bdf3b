use polycord_types_derive::Model;

use crate::{
    Text, Timestamp,
    id::{ChannelId, GuildId},
};

/// Short-lived data of a guild's channels, as asked for.
///
/// See [channel info](https://docs.discord.com/developers/events/gateway-events#channel-info).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct ChannelInfo {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// Its channels.
    pub channels: Vec<ChannelInfoChannel>,
}

/// Short-lived data of one channel.
///
/// See [channel info channel](https://docs.discord.com/developers/events/gateway-events#channel-info-channel-info-channel-structure).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct ChannelInfoChannel {
    /// The channel.
    #[model(key)]
    pub id: ChannelId,
    /// The status of the voice channel.
    #[model(optional, nullable)]
    pub status: Option<Text>,
    /// When the voice session started, in seconds of the Unix epoch.
    #[model(optional, nullable)]
    pub voice_start_time: Option<i64>,
}

/// A message was pinned or unpinned.
///
/// Intents `GUILDS`, `DIRECT_MESSAGES`. Not sent when a pinned message is deleted. See
/// [channel pins update](https://docs.discord.com/developers/events/gateway-events#channel-pins-update).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct ChannelPinsUpdate {
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// When the newest pin was made; none if there is no pin.
    #[model(optional, nullable)]
    pub last_pin_timestamp: Option<Timestamp>,
}

/// A webhook of a channel was made, changed or removed.
///
/// Intent `GUILD_WEBHOOKS`. See
/// [webhooks update](https://docs.discord.com/developers/events/gateway-events#webhooks-update).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct WebhooksUpdate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
}
