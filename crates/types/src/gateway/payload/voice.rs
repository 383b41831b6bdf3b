use polycord_types_derive::Model;

use crate::{
    Secret, Text,
    emoji::Emoji,
    id::{ChannelId, GuildId, SoundId, UserId},
};

/// A guild's voice server: where to connect to for voice.
///
/// See [voice server update](https://docs.discord.com/developers/events/gateway-events#voice-server-update).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct VoiceServerUpdate {
    /// The token for the voice connection.
    pub token: Secret,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The server's host; none while there is no server: another update follows.
    #[model(nullable)]
    pub endpoint: Option<Text>,
}

/// Somebody sent an effect in a voice channel that the bot is in.
///
/// Intent `GUILD_VOICE_STATES`. See
/// [voice channel effect send](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct VoiceChannelEffectSend {
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// Who sent it.
    #[model(key)]
    pub user_id: UserId,
    /// The emoji.
    #[model(optional, nullable)]
    pub emoji: Option<Box<Emoji>>,
    /// The type of the emoji's animation.
    #[model(optional, nullable)]
    pub animation_type: Option<VoiceChannelEffectAnimationType>,
    /// The number of the emoji's animation.
    pub animation_id: Option<u64>,
    /// The sound: an id, or the small number of a default sound.
    pub sound_id: Option<SoundId>,
    /// The sound's volume, from 0 to 1.
    pub sound_volume: Option<f64>,
}

open_enum! {
    /// How an emoji is animated in a voice channel.
    ///
    /// See [animation types](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send-animation-types).
    pub enum VoiceChannelEffectAnimationType: u32 {
        /// `PREMIUM`: a fun animation, sent by a Nitro subscriber.
        Premium = 0,
        /// `BASIC`: the standard animation.
        Basic = 1,
    }
}

/// The voice session of a channel began or ended.
///
/// Intent `GUILDS`. See
/// [voice channel start time update](https://docs.discord.com/developers/events/gateway-events#voice-channel-start-time-update).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct VoiceChannelStartTimeUpdate {
    /// The channel.
    #[model(key)]
    pub id: ChannelId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// When it began, in seconds of the Unix epoch.
    #[model(optional, nullable)]
    pub voice_start_time: Option<i64>,
}

/// The status of a voice channel changed.
///
/// Intent `GUILDS`. See
/// [voice channel status update](https://docs.discord.com/developers/events/gateway-events#voice-channel-status-update).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct VoiceChannelStatusUpdate {
    /// The channel.
    #[model(key)]
    pub id: ChannelId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The status.
    #[model(nullable)]
    pub status: Option<Text>,
}
