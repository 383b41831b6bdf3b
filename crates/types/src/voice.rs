//! Who is in which voice channel, and where voice servers stand.
//!
//! See [voice](https://docs.discord.com/developers/resources/voice).

mod gateway;

use polycord_types_derive::Model;

use crate::{
    Text, Timestamp,
    id::{ChannelId, GuildId, UserId},
    member::Member,
};

pub use self::gateway::{
    SpeakingFlags, VoiceCloseCode, VoiceEncryptionMode, VoiceGatewayVersion, VoiceOpCode,
};

/// A user's connection to voice.
///
/// See [the documentation](https://docs.discord.com/developers/resources/voice#voice-state-object-voice-state-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct VoiceState {
    /// The guild. Absent inside `GUILD_CREATE`, and in calls.
    #[model(optional, nullable)]
    pub guild_id: Option<GuildId>,
    /// The voice channel. `None` when the user left.
    #[model(nullable)]
    pub channel_id: Option<ChannelId>,
    /// The user.
    #[model(key)]
    pub user_id: UserId,
    /// The user as the guild knows them.
    pub member: Option<Box<Member>>,
    /// Identifies the connection.
    pub session_id: Text,
    /// Deafened by the guild.
    pub deaf: bool,
    /// Muted by the guild.
    pub mute: bool,
    /// Deafened by the user.
    pub self_deaf: bool,
    /// Muted by the user.
    pub self_mute: bool,
    /// Whether the user goes live.
    #[model(optional, nullable)]
    pub self_stream: Option<bool>,
    /// Whether the camera is on.
    pub self_video: bool,
    /// Whether the user has no permission to speak.
    pub suppress: bool,
    /// When the user asked to speak on a stage.
    #[model(nullable)]
    pub request_to_speak_timestamp: Option<Timestamp>,
}

/// A place where voice servers stand.
///
/// See [the documentation](https://docs.discord.com/developers/resources/voice#voice-region-object-voice-region-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct VoiceRegion {
    /// Identifies the region.
    #[model(key)]
    pub id: Text,
    /// The region's name.
    pub name: Text,
    /// Whether it is the closest one to the client.
    pub optimal: bool,
    /// Whether it should no longer be chosen.
    pub deprecated: bool,
    /// Whether it was made for one event.
    pub custom: bool,
}

/// What is to change in the current user's connection to a stage. `None` leaves a field as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/voice#modify-current-user-voice-state-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyCurrentUserVoiceState {
    /// The stage where the current user is.
    pub channel_id: Option<ChannelId>,
    /// Whether to be in the audience. `false` needs `MUTE_MEMBERS`, `true` does not.
    pub suppress: Option<bool>,
    /// When the current user asks to speak, now or later. `Some(None)` takes it back. Needs `REQUEST_TO_SPEAK`.
    pub request_to_speak_timestamp: Option<Option<Timestamp>>,
}

impl ModifyCurrentUserVoiceState {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyCurrentUserVoiceState {
        /// Sets the stage where the current user is.
        channel_id(ChannelId);
        /// Sets whether to be in the audience. `false` needs `MUTE_MEMBERS`, `true` does not.
        suppress(bool);
    }
}

patch_setters! {
    impl ModifyCurrentUserVoiceState {
        /// Asks to speak, now or later.
        request_to_speak_timestamp(Timestamp);
    }
    clear {
        /// Takes the wish to speak back.
        clear_request_to_speak_timestamp(request_to_speak_timestamp);
    }
}

/// What is to change in another user's connection to a stage. `None` leaves a field as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/voice#modify-user-voice-state-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyUserVoiceState {
    /// The stage where the user is.
    pub channel_id: Option<ChannelId>,
    /// Whether the user is in the audience. Needs `MUTE_MEMBERS`.
    pub suppress: Option<bool>,
}

impl ModifyUserVoiceState {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyUserVoiceState {
        /// Sets the stage where the user is.
        channel_id(ChannelId);
        /// Sets whether the user is in the audience.
        suppress(bool);
    }
}
