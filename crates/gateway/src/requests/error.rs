use std::time::Duration;

use polycord_types::{decode::DecodeError, validate::ValidationErrors};
use thiserror::Error;

use super::flight::Lapse;
use crate::{SendErrorKind, ShardId};

/// Why a request over the gateway brought no answer, or only a part of it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The shard has stopped.
    #[error("the shard has stopped: start another one")]
    Closed,
    /// The shard was not connected for two minutes, or had so much to send that it did not come to this.
    #[error("the shard was not connected, or too busy to ask, for two minutes: try later")]
    Disconnected,
    /// As many commands wait as may wait.
    #[error("too many commands are waiting: send fewer, or later")]
    Full,
    /// The guild is gone meanwhile.
    #[error("the guild {}", if *.outage { "is unavailable: try later" } else { "is gone" })]
    GuildGone {
        /// Whether that is an outage, after which the guild comes back; else the bot is no member any more.
        outage: bool,
    },
    /// The request breaks a limit.
    #[error("{0}")]
    Invalid(#[source] ValidationErrors),
    /// The bot was disconnected from the voice channel before it knew where to connect to.
    #[error("the bot was disconnected from the voice channel meanwhile")]
    LeftVoice,
    /// So much of the answer waited unread that a part of it was dropped.
    #[error("too much of the answer waited unread: read it faster, or ask for less")]
    Overrun,
    /// The request came too soon after another, also the second time.
    #[error("the request came too soon: try again in {retry_after:?}")]
    RateLimited {
        /// How long to wait before the next.
        retry_after: Duration,
    },
    /// The session ended, and the answer with it.
    #[error("the session ended before the answer came: ask again")]
    SessionLost,
    /// Nothing more came in time.
    #[error("no answer came in time: {received} of {} parts", Parts(*.expected))]
    Timeout {
        /// How many parts of the answer had come.
        received: u32,
        /// How many there are, if that is known.
        expected: Option<u32>,
    },
    /// The frame of the request would be larger than the gateway accepts.
    #[error(
        "the frame has {size} bytes where the gateway accepts {limit}: ask for less in one request"
    )]
    TooLarge {
        /// The size of the frame, in bytes.
        size: usize,
        /// The largest that is accepted, in bytes.
        limit: usize,
    },
    /// The session was taken over from a process that did not save who the bot is.
    #[error("the session has not told the bot's own id: it is known after the next READY")]
    UnknownUser,
    /// A part of the answer could not be read.
    #[error("a part of the answer could not be read: {0}")]
    Unreadable(#[source] DecodeError),
    /// The guild is another shard's.
    #[error("the guild belongs to shard {shard}: ask there")]
    WrongShard {
        /// Which shard's.
        shard: ShardId,
    },
}

impl RequestError {
    /// Whether the same request may be answered later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Disconnected
                | Self::Full
                | Self::GuildGone { outage: true }
                | Self::Overrun
                | Self::RateLimited { .. }
                | Self::SessionLost
                | Self::Timeout { .. }
        )
    }

    /// An error out of what went wrong and how much had come.
    pub(super) fn lapsed(lapse: Lapse, received: u32, expected: Option<u32>) -> Self {
        match lapse {
            Lapse::Closed => Self::Closed,
            Lapse::Disconnected => Self::Disconnected,
            Lapse::Full => Self::Full,
            Lapse::GuildGone { outage } => Self::GuildGone { outage },
            Lapse::Idle => Self::Timeout { received, expected },
            Lapse::Overrun => Self::Overrun,
            Lapse::RateLimited { retry_after } => Self::RateLimited { retry_after },
            Lapse::SessionLost => Self::SessionLost,
            Lapse::TooLarge { size, limit } => Self::TooLarge { size, limit },
        }
    }
}

impl From<SendErrorKind> for Lapse {
    fn from(kind: SendErrorKind) -> Self {
        match kind {
            SendErrorKind::Closed => Self::Closed,
            SendErrorKind::Full => Self::Full,
            SendErrorKind::TooLarge { size, limit } => Self::TooLarge { size, limit },
        }
    }
}

/// A number that may not be known.
struct Parts(Option<u32>);

impl std::fmt::Display for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(parts) => parts.fmt(f),
            None => f.write_str("an unknown number of"),
        }
    }
}
