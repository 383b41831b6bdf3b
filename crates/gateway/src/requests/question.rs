use polycord_types::{
    gateway::{
        OpCode,
        send::{
            RequestChannelInfo, RequestGuildMembers, RequestSoundboardSounds, UpdateVoiceState,
        },
    },
    id::GuildId,
};

use crate::Command;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Question {
    ChannelInfo(RequestChannelInfo),
    Members(RequestGuildMembers),
    Sounds(RequestSoundboardSounds),
    Voice(UpdateVoiceState),
}

impl Question {
    pub(crate) fn guilds(&self) -> &[GuildId] {
        use std::slice::from_ref;

        match self {
            Self::ChannelInfo(request) => from_ref(&request.guild_id),
            Self::Members(request) => from_ref(&request.guild_id),
            Self::Sounds(request) => &request.guild_ids,
            Self::Voice(update) => from_ref(&update.guild_id),
        }
    }

    pub(crate) fn is_about(&self, guild: u64) -> bool {
        self.guilds().iter().any(|it| it.get() == guild)
    }

    pub(crate) const fn op(&self) -> OpCode {
        match self {
            Self::ChannelInfo(_) => RequestChannelInfo::OP,
            Self::Members(_) => RequestGuildMembers::OP,
            Self::Sounds(_) => RequestSoundboardSounds::OP,
            Self::Voice(_) => UpdateVoiceState::OP,
        }
    }

    /// Whether those who ask for the same may have the same answer.
    pub(crate) fn is_shared(&self) -> bool {
        match self {
            Self::ChannelInfo(_) | Self::Sounds(_) => true,
            // Only the whole list is rationed; a search is cheap, and its answer better fresh.
            Self::Members(request) => {
                request.query.as_deref() == Some("") && request.limit == Some(0)
            }
            Self::Voice(_) => false,
        }
    }

    /// The command to ask with. The nonce is for answers that repeat it.
    pub(crate) fn command(&self, nonce: &str) -> Command {
        match self {
            Self::ChannelInfo(request) => request.clone().into(),
            Self::Members(request) => request.clone().nonce(nonce).into(),
            Self::Sounds(request) => request.clone().into(),
            Self::Voice(update) => update.clone().into(),
        }
    }
}
