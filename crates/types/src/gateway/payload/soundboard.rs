use polycord_types_derive::Model;

use crate::{
    id::{GuildId, SoundId},
    soundboard::SoundboardSound,
};

/// A soundboard sound was removed.
///
/// Intent `GUILD_EXPRESSIONS`. See
/// [guild soundboard sound delete](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GuildSoundboardSoundDelete {
    /// The sound.
    #[model(key)]
    pub sound_id: SoundId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}

/// Several soundboard sounds of a guild changed.
///
/// Intent `GUILD_EXPRESSIONS`. See
/// [guild soundboard sounds update](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sounds-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildSoundboardSoundsUpdate {
    /// The sounds.
    pub soundboard_sounds: Vec<SoundboardSound>,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}

/// The soundboard sounds of a guild, as asked for.
///
/// See
/// [soundboard sounds](https://docs.discord.com/developers/events/gateway-events#soundboard-sounds).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct SoundboardSounds {
    /// The sounds.
    pub soundboard_sounds: Vec<SoundboardSound>,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}
