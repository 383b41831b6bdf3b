//! Sounds to play in voice channels.

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{EmojiId, GuildId, SoundId},
    user::User,
};

/// A sound of a guild's soundboard, or one that Discord offers to all.
///
/// See [the documentation](https://docs.discord.com/developers/resources/soundboard#soundboard-sound-object-soundboard-sound-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct SoundboardSound {
    /// The sound's name.
    pub name: Text,
    /// Identifies the sound.
    #[model(key)]
    pub sound_id: SoundId,
    /// Loudness, from 0 to 1.
    pub volume: f64,
    /// Identifies a custom emoji.
    #[model(nullable)]
    pub emoji_id: Option<EmojiId>,
    /// The characters of a standard emoji.
    #[model(nullable)]
    pub emoji_name: Option<Text>,
    /// The guild that owns it.
    pub guild_id: Option<GuildId>,
    /// Whether it can be used now. It may be lost with boosts.
    pub available: bool,
    /// Who uploaded it.
    pub user: Option<Box<User>>,
}
