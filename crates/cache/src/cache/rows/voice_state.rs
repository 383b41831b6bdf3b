//! Voice states as the cache keeps them.

use polycord_types::{
    HeapSize, Text, Timestamp,
    id::{ChannelId, GuildId, UserId},
    voice::VoiceState,
};

const DEAF: u8 = 1 << 0;
const MUTE: u8 = 1 << 1;
const SELF_DEAF: u8 = 1 << 2;
const SELF_MUTE: u8 = 1 << 3;
const STREAM: u8 = 1 << 4;
const VIDEO: u8 = 1 << 5;
const SUPPRESS: u8 = 1 << 6;

/// How somebody is connected to a voice channel. What is not kept is the member, who is beside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VoiceStateRow {
    pub(crate) channel_id: ChannelId,
    session_id: Text,
    request_to_speak_timestamp: Option<Timestamp>,
    flags: u8,
}

impl VoiceStateRow {
    pub(crate) fn new(state: &VoiceState, channel_id: ChannelId) -> Self {
        let flags = [
            (DEAF, state.deaf),
            (MUTE, state.mute),
            (SELF_DEAF, state.self_deaf),
            (SELF_MUTE, state.self_mute),
            (STREAM, state.self_stream == Some(true)),
            (VIDEO, state.self_video),
            (SUPPRESS, state.suppress),
        ];
        let set = flags.iter().filter(|(_, set)| *set);
        Self {
            channel_id,
            session_id: state.session_id.clone(),
            request_to_speak_timestamp: state.request_to_speak_timestamp,
            flags: set.fold(0, |flags, (flag, _)| flags | flag),
        }
    }

    const fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl HeapSize for VoiceStateRow {
    fn heap_size(&self) -> usize {
        self.session_id.heap_size()
    }
}

/// How a user was connected to a voice channel of one guild at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedVoiceState {
    pub(crate) guild_id: GuildId,
    pub(crate) user_id: UserId,
    pub(crate) row: VoiceStateRow,
}

impl CachedVoiceState {
    /// The guild.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }

    /// The user. Whether the cache knows them as a member is another matter.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The voice channel.
    #[must_use]
    pub const fn channel_id(&self) -> ChannelId {
        self.row.channel_id
    }

    /// The connection's session.
    #[must_use]
    pub fn session_id(&self) -> &str {
        &self.row.session_id
    }

    /// Whether the guild deafens the user.
    #[must_use]
    pub const fn is_deaf(&self) -> bool {
        self.row.is(DEAF)
    }

    /// Whether the guild mutes the user.
    #[must_use]
    pub const fn is_mute(&self) -> bool {
        self.row.is(MUTE)
    }

    /// Whether the users deafened themselves.
    #[must_use]
    pub const fn is_self_deaf(&self) -> bool {
        self.row.is(SELF_DEAF)
    }

    /// Whether the users muted themselves.
    #[must_use]
    pub const fn is_self_mute(&self) -> bool {
        self.row.is(SELF_MUTE)
    }

    /// Whether the user shares their screen.
    #[must_use]
    pub const fn is_streaming(&self) -> bool {
        self.row.is(STREAM)
    }

    /// Whether the camera is on.
    #[must_use]
    pub const fn has_video(&self) -> bool {
        self.row.is(VIDEO)
    }

    /// Whether the user may not speak on a stage.
    #[must_use]
    pub const fn is_suppressed(&self) -> bool {
        self.row.is(SUPPRESS)
    }

    /// Since when the user wants to speak on a stage.
    #[must_use]
    pub const fn request_to_speak_timestamp(&self) -> Option<Timestamp> {
        self.row.request_to_speak_timestamp
    }

    /// The voice state as Discord sends it, without the member.
    #[must_use]
    pub fn to_voice_state(&self) -> VoiceState {
        VoiceState {
            guild_id: Some(self.guild_id),
            channel_id: Some(self.row.channel_id),
            user_id: self.user_id,
            member: None,
            session_id: self.row.session_id.clone(),
            deaf: self.is_deaf(),
            mute: self.is_mute(),
            self_deaf: self.is_self_deaf(),
            self_mute: self.is_self_mute(),
            self_stream: self.is_streaming().then_some(true),
            self_video: self.has_video(),
            suppress: self.is_suppressed(),
            request_to_speak_timestamp: self.row.request_to_speak_timestamp,
        }
    }
}
