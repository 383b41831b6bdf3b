//! What can go wrong with what a client asks for over the gateway.

use std::time::Duration;

use super::{Fault, Script};

/// Something that goes wrong with a request over the gateway, or with its answer. It bites on the next
/// request it fits, also on a connection there is.
///
/// Opcodes are 3 (presence), 4 (voice state), 8 (members), 31 (soundboard sounds) and 43 (channel info).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestFault {
    /// A request with this opcode is taken, and the connection cut before the answer. The answer comes in
    /// the replay.
    CutAfter(u64),
    /// After so many chunks of members the guild is gone: `GUILD_DELETE`.
    GuildGone {
        /// After how many chunks.
        after: u32,
        /// Whether it is an outage; else the bot was removed.
        outage: bool,
    },
    /// A request with this opcode leads to nothing.
    Ignore(u64),
    /// The chunk of members with this number is never sent.
    LoseChunk(u32),
    /// A request with this opcode came too soon: `RATE_LIMITED`.
    RateLimit {
        /// The opcode.
        op: u64,
        /// When it may be sent again.
        retry_after: Duration,
    },
    /// Every chunk of members is sent twice.
    RepeatChunks,
    /// Chunks of members are sent last to first.
    ReverseChunks,
    /// `VOICE_SERVER_UPDATE` comes without an endpoint first, then with one.
    VoiceServerAway,
    /// `VOICE_SERVER_UPDATE` comes before `VOICE_STATE_UPDATE`.
    VoiceServerFirst,
}

impl RequestFault {
    /// This fault, `times` times.
    #[must_use]
    pub fn times(self, times: u32) -> Script {
        Script::from(self).times(times)
    }
}

impl From<RequestFault> for Fault {
    fn from(fault: RequestFault) -> Self {
        Self::Request(fault)
    }
}

impl From<RequestFault> for Script {
    fn from(fault: RequestFault) -> Self {
        Fault::from(fault).into()
    }
}
