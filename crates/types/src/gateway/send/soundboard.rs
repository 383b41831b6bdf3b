use polycord_types_derive::Model;

use crate::{gateway::OpCode, id::GuildId};

/// Asks for the soundboard sounds of guilds; one `SOUNDBOARD_SOUNDS` for each guild answers.
///
/// See [request soundboard sounds](https://docs.discord.com/developers/events/gateway-events#request-soundboard-sounds).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct RequestSoundboardSounds {
    /// The guilds.
    pub guild_ids: Vec<GuildId>,
}

impl RequestSoundboardSounds {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::RequestSoundboardSounds;

    /// Asks for the sounds of these guilds.
    #[must_use]
    pub fn new(guilds: impl IntoIterator<Item = GuildId>) -> Self {
        Self {
            guild_ids: guilds.into_iter().collect(),
        }
    }
}
