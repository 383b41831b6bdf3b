//! What differs between gateways that speak like Discord's.
//!
//! The session engine knows how a connection lives and dies; a [`Protocol`] knows the words. It holds
//! no state of a connection, so that one value serves a session over all of its sockets.

use std::{ops::RangeInclusive, time::Duration};

use polycord_frame::Keys;
use serde::Serialize;

use crate::session::{LossReason, StopReason};

#[cfg(feature = "discord")]
mod discord;

#[cfg(feature = "discord")]
pub use discord::Discord;

/// A dialect of the gateway: its numbers, its payloads and its habits.
///
/// Payloads are JSON, without the frame around them, which [`frame`](Self::frame) writes.
pub trait Protocol: Send + 'static {
    /// What says which events a session wants, as IDENTIFY sends it: a number of bits, a list of names.
    type Intents: Serialize;

    /// The constants of the dialect.
    fn rules(&self) -> &Rules;

    /// The dialect and its version. A session is not resumed in another one.
    fn dialect(&self) -> &str;

    /// The intents that this session identifies with. A session is not resumed with other ones.
    fn intents(&self) -> &Self::Intents;

    /// Where to connect, query included: the main address for `None`, else the address that a
    /// session named for its resumption.
    fn connect_url(&self, resume_url: Option<&str>) -> String;

    /// What a received opcode means.
    fn opcode(&self, op: u64) -> Opcode;

    /// What a dispatch means to the session itself.
    fn dispatch(&self, name: &str) -> DispatchRole;

    /// The heartbeat interval that the payload of HELLO names, if it names one.
    fn heartbeat_interval(&self, data: &str) -> Option<Duration>;

    /// Whether the payload of "invalid session" says that the session may be resumed.
    fn is_resumable(&self, data: &str) -> bool;

    /// What the payload of READY says about the new session; `None` if it names none.
    fn ready(&self, data: &str) -> Option<ReadySession>;

    /// The payload of a heartbeat.
    fn heartbeat(&self, seq: Option<u64>) -> String;

    /// The payload of an IDENTIFY, with that of the latest presence update if there was one.
    fn identify(&self, presence: Option<&str>) -> String;

    /// The payload of a RESUME.
    fn resume(&self, session_id: &str, seq: u64) -> String;

    /// The frame of an opcode and its payload. By default an object of the two, called as the
    /// [`Rules`] call them.
    fn frame(&self, op: u64, data: &str) -> String {
        let keys = &self.rules().keys;
        format!(r#"{{"{}":{op},"{}":{data}}}"#, keys.op, keys.data)
    }

    /// What it means that the server closed the connection, with this code or without one.
    fn closed(&self, code: Option<u16>) -> CloseMeaning;
}

/// The constants of a dialect.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rules {
    /// What the members of a frame are called.
    pub keys: Keys,
    /// The opcodes of what a session sends by itself.
    pub opcodes: SentOpcodes,
    /// Whether IDENTIFY is rationed, so that a permit has to be asked for.
    pub identify_needs_permit: bool,
    /// The least time between two IDENTIFYs of one session.
    pub identify_spacing: Duration,
    /// How many IDENTIFYs in a row may be answered by "invalid session" before that is taken for a
    /// wrong token; `None` if the dialect refuses tokens in another way.
    pub invalid_identify_limit: Option<u32>,
    /// How long to wait, at random, after "invalid session" and before the next IDENTIFY.
    pub invalid_session_wait: RangeInclusive<Duration>,
    /// How long the server keeps a session that was left, if that is known.
    pub session_lifetime: Option<Duration>,
    /// How to leave so that the session can be resumed.
    pub leave_resumably: Leave,
    /// How to leave so that the session ends.
    pub leave_for_good: Leave,
    /// Whether a dispatch may come without a sequence number. Where it may not, one that does is handed
    /// on all the same, and told.
    pub dispatch_without_seq: bool,
    /// Whether the dispatch that ends a replay repeats the last sequence number.
    pub resumed_repeats_seq: bool,
    /// How many frames may be sent.
    pub send_limit: RateLimit,
    /// Whether heartbeats count against `send_limit`.
    pub heartbeats_count: bool,
    /// How many presence updates may be sent.
    pub presence_limit: Option<RateLimit>,
    /// The largest frame that the server accepts, in bytes.
    pub max_payload: usize,
}

impl Rules {
    /// Discord's rules, from which another dialect may start.
    #[must_use]
    pub const fn discord() -> Self {
        Self {
            keys: Keys::DISCORD,
            opcodes: SentOpcodes {
                heartbeat: 1,
                identify: 2,
                resume: 6,
            },
            identify_needs_permit: true,
            identify_spacing: Duration::from_secs(5),
            invalid_identify_limit: None,
            invalid_session_wait: Duration::from_secs(1)..=Duration::from_secs(5),
            session_lifetime: None,
            leave_resumably: Leave::Close(4000),
            leave_for_good: Leave::Close(1000),
            dispatch_without_seq: false,
            resumed_repeats_seq: false,
            send_limit: RateLimit::new(120, Duration::from_secs(60)),
            heartbeats_count: true,
            presence_limit: Some(RateLimit::new(5, Duration::from_secs(20))),
            max_payload: 4096,
        }
    }
}

/// The opcodes of what a session sends by itself; a [`Command`](crate::Command) brings its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentOpcodes {
    /// The heartbeat.
    pub heartbeat: u64,
    /// What begins a session.
    pub identify: u64,
    /// What resumes one.
    pub resume: u64,
}

/// So many frames in any stretch of so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many frames.
    pub frames: u32,
    /// In what time.
    pub per: Duration,
}

impl RateLimit {
    /// `frames` in any stretch of `per`.
    #[must_use]
    pub const fn new(frames: u32, per: Duration) -> Self {
        Self { frames, per }
    }
}

/// How a client ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// With a close frame that carries this code.
    Close(u16),
    /// By dropping the connection, without a close frame.
    Drop,
}

impl Leave {
    /// The code of the close frame, if one is sent.
    #[must_use]
    pub const fn code(self) -> Option<u16> {
        match self {
            Self::Close(code) => Some(code),
            Self::Drop => None,
        }
    }
}

/// What a received frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Opcode {
    /// An event.
    Dispatch,
    /// The server wants a heartbeat now.
    Heartbeat,
    /// A heartbeat was acknowledged.
    HeartbeatAck,
    /// The connection's greeting.
    Hello,
    /// The session, or the attempt to get one, is refused.
    InvalidSession,
    /// The server wants the client to reconnect and resume.
    Reconnect,
    /// Something the dialect does not know.
    Unknown,
}

/// What a dispatch means to the session itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DispatchRole {
    /// A new session begins.
    Ready,
    /// The replay of a resumed session is over.
    Resumed,
    /// An event like any other.
    Other,
}

impl DispatchRole {
    /// Whether the dispatch means nothing to the session.
    pub(crate) const fn is_other(self) -> bool {
        matches!(self, Self::Other)
    }
}

/// What READY says about the session it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadySession {
    /// Its id.
    pub id: String,
    /// Where to resume it, if that is not the main address.
    pub resume_url: Option<String>,
    /// Who the bot is: the id of its user, where ids are numbers.
    pub user_id: Option<u64>,
}

/// What it means that the server closed the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloseMeaning {
    /// Resume.
    Resume,
    /// Resume; on a live session this is the server's wish, not a failure.
    Requested,
    /// The session is gone; identify.
    SessionLost(LossReason),
    /// Nothing that the client can do will help.
    Fatal(StopReason),
}
