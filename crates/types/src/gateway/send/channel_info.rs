use polycord_types_derive::Model;

use crate::{gateway::OpCode, id::GuildId};

/// Asks for the short-lived data of a guild's channels; `CHANNEL_INFO` answers.
///
/// See [request channel info](https://docs.discord.com/developers/events/gateway-events#request-channel-info).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct RequestChannelInfo {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// What to ask for.
    pub fields: Vec<ChannelInfoField>,
}

impl RequestChannelInfo {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::RequestChannelInfo;

    /// Asks for these fields of the channels of a guild.
    #[must_use]
    pub fn new(guild_id: GuildId, fields: impl IntoIterator<Item = ChannelInfoField>) -> Self {
        Self {
            guild_id,
            fields: fields.into_iter().collect(),
        }
    }
}

open_enum! {
    /// A short-lived field of a channel.
    pub enum ChannelInfoField: str {
        /// `STATUS`: the status of a voice channel.
        Status = "status",
        /// `VOICE_START_TIME`: when the voice session started.
        VoiceStartTime = "voice_start_time",
    }
}
