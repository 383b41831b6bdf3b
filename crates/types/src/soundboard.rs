//! Sounds to play in voice channels, and what is sent to play, make and change them.
//!
//! See [the soundboard](https://docs.discord.com/developers/resources/soundboard).

use polycord_types_derive::Model;

use crate::{
    Text,
    data_uri::DataUri,
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

/// The sounds of a guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/soundboard#list-guild-soundboard-sounds-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct GuildSoundboardSounds {
    /// The sounds.
    pub items: Vec<SoundboardSound>,
}

/// A sound to be played in the voice channel where the current user is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/soundboard#send-soundboard-sound-json-params).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct SendSoundboardSound {
    /// The sound.
    #[model(key)]
    pub sound_id: SoundId,
    /// The guild whose sound it is, if another than the channel's. Needs `USE_EXTERNAL_SOUNDS`.
    pub source_guild_id: Option<GuildId>,
}

impl SendSoundboardSound {
    /// A sound of the channel's guild, or one that Discord offers to all.
    pub fn new(sound: SoundId) -> Self {
        Self {
            sound_id: sound,
            source_guild_id: None,
        }
    }

    /// A sound of another guild.
    pub fn of_guild(sound: SoundId, guild: GuildId) -> Self {
        Self {
            sound_id: sound,
            source_guild_id: Some(guild),
        }
    }
}

/// A sound to be uploaded to a guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateSoundboardSound {
    /// The sound's name, 2 to 32 characters.
    pub name: Text,
    /// The sound, MP3 or Ogg, at most 512 KiB and 5.2 seconds.
    pub sound: DataUri,
    /// Loudness, from 0 to 1. The default is 1.
    #[model(optional, nullable)]
    pub volume: Option<f64>,
    /// Identifies a custom emoji.
    #[model(optional, nullable)]
    pub emoji_id: Option<EmojiId>,
    /// The characters of a standard emoji.
    #[model(optional, nullable)]
    pub emoji_name: Option<Text>,
}

impl CreateSoundboardSound {
    /// A sound with a name, 2 to 32 characters.
    pub fn new(name: impl Into<Text>, sound: impl Into<DataUri>) -> Self {
        Self {
            name: name.into(),
            sound: sound.into(),
            ..Self::default()
        }
    }
}

setters! {
    impl CreateSoundboardSound {
        /// Sets the loudness, from 0 to 1. The default is 1.
        volume(f64);
        /// Sets a custom emoji that stands for it. The default is none.
        emoji_id(EmojiId);
        /// Sets the characters of a standard emoji that stands for it. The default is none.
        emoji_name(into Text);
    }
}

/// What is to change in a sound of a guild. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/soundboard#modify-guild-soundboard-sound-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifySoundboardSound {
    /// The sound's name, 2 to 32 characters.
    pub name: Option<Text>,
    /// Loudness, from 0 to 1.
    pub volume: Option<Option<f64>>,
    /// Identifies a custom emoji.
    pub emoji_id: Option<Option<EmojiId>>,
    /// The characters of a standard emoji.
    pub emoji_name: Option<Option<Text>>,
}

impl ModifySoundboardSound {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifySoundboardSound {
        /// Sets the name, 2 to 32 characters.
        name(into Text);
    }
}

patch_setters! {
    impl ModifySoundboardSound {
        /// Sets the loudness, from 0 to 1.
        volume(f64);
        /// Sets a custom emoji that stands for it.
        emoji_id(EmojiId);
        /// Sets the characters of a standard emoji that stands for it.
        emoji_name(into Text);
    }
    clear {
        /// Removes the custom emoji.
        clear_emoji_id(emoji_id);
        /// Removes the standard emoji.
        clear_emoji_name(emoji_name);
    }
}
