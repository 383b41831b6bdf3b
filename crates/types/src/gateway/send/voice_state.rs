use polycord_types_derive::Model;

use crate::{
    gateway::OpCode,
    id::{ChannelId, GuildId},
};

/// Joins, leaves or moves between the voice channels of a guild.
///
/// See [update voice state](https://docs.discord.com/developers/events/gateway-events#update-voice-state).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct UpdateVoiceState {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The channel to be in; none to leave.
    #[model(nullable)]
    pub channel_id: Option<ChannelId>,
    /// Whether the bot is muted by itself.
    pub self_mute: bool,
    /// Whether the bot is deafened by itself.
    pub self_deaf: bool,
}

impl UpdateVoiceState {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::VoiceStateUpdate;

    /// Joins a channel, or moves there.
    #[must_use]
    pub const fn join(guild_id: GuildId, channel_id: ChannelId) -> Self {
        Self {
            guild_id,
            channel_id: Some(channel_id),
            self_mute: false,
            self_deaf: false,
        }
    }

    /// Leaves voice.
    #[must_use]
    pub const fn leave(guild_id: GuildId) -> Self {
        Self {
            guild_id,
            channel_id: None,
            self_mute: false,
            self_deaf: false,
        }
    }

    /// Says whether the bot mutes itself.
    #[must_use]
    pub const fn self_mute(mut self, mute: bool) -> Self {
        self.self_mute = mute;
        self
    }

    /// Says whether the bot deafens itself.
    #[must_use]
    pub const fn self_deaf(mut self, deaf: bool) -> Self {
        self.self_deaf = deaf;
        self
    }
}
