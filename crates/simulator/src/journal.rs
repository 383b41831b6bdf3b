//! What happened, in order, with the time: the evidence a test asserts from.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::counts::Counts;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// When, since the simulator's start, on tokio's clock.
    pub at: Duration,
    /// The gateway connection it happened on, counted from 1; `None` for HTTP and for dispatches
    /// made while the session had no connection.
    pub connection: Option<u64>,
    /// The shard, once the connection has said which it is: number and total.
    pub shard: Option<(u32, u32)>,
    /// What happened.
    pub kind: EntryKind,
}

/// What an [`Entry`] tells.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EntryKind {
    /// A websocket was opened at this path and query. The resume URL's path starts with `/resume`.
    Connected {
        /// As dialled, for example `/?v=10&encoding=json`.
        path: String,
    },
    /// An upgrade was refused with an HTTP status.
    UpgradeRefused {
        /// As dialled.
        path: String,
        /// The status.
        status: u16,
    },
    /// The client sent a frame. Heartbeats, IDENTIFY and RESUME included; secrets are not kept.
    ClientFrame {
        /// Its opcode, if it had one.
        op: Option<u64>,
        /// Its size in bytes.
        size: usize,
    },
    /// An IDENTIFY was accepted, and made this session.
    Identified {
        /// The new session.
        session: String,
        /// The intents asked for.
        intents: u64,
    },
    /// An IDENTIFY was refused.
    IdentifyRefused {
        /// Why.
        reason: &'static str,
    },
    /// The client sent RESUME for this session.
    ResumeAsked {
        /// The session named.
        session: String,
        /// The sequence named.
        seq: u64,
        /// Whether it was accepted.
        accepted: bool,
    },
    /// An event was made for a session, whether or not a connection is there to carry it. What a
    /// client has not handled of these is lost.
    Dispatch {
        /// The session.
        session: Arc<str>,
        /// Its sequence number.
        seq: u64,
        /// The event's name.
        name: Arc<str>,
    },
    /// A frame was written to the client. For dispatches `seq` and `name` are set; one that was sent
    /// by `RESUME` stands here a second time.
    ServerFrame {
        /// The opcode.
        op: u64,
        /// The sequence number of a dispatch.
        seq: Option<u64>,
        /// The event's name.
        name: Option<Arc<str>>,
    },
    /// A message was written as a test gave it.
    RawSent {
        /// Its size in bytes.
        size: usize,
    },
    /// The client sent a close frame.
    ClientClosed {
        /// Its code, if it had one.
        code: Option<u16>,
    },
    /// The client went without a close frame.
    ClientGone,
    /// The simulator sent a close frame.
    ServerClosed {
        /// Its code.
        code: u16,
        /// Its reason.
        reason: String,
    },
    /// The simulator dropped the connection without a close frame.
    ServerCut,
    /// A scripted fault took effect.
    FaultPlayed {
        /// Which.
        fault: String,
    },
    /// A request was ignored, as Discord ignores it.
    Ignored {
        /// Why.
        reason: &'static str,
    },
    /// Something was posted to one of the application's own URLs.
    Delivered {
        /// What it was: `INTERACTION_CREATE`, an event's name, `PING`.
        what: Arc<str>,
        /// Where to.
        url: Arc<str>,
        /// The answer's status; `None` where no answer came within 3 seconds.
        status: Option<u16>,
    },
    /// An interaction's answer in a response of the application's URL was refused.
    AnswerRefused {
        /// What was answered.
        what: Arc<str>,
        /// Why, as a callback would have been told.
        reason: Arc<str>,
    },
    /// An HTTP request was answered.
    Http {
        /// Its method.
        method: String,
        /// Its path, with interaction and webhook tokens replaced.
        path: String,
        /// The answer's status.
        status: u16,
        /// Why it was refused, where the API said so: the code, the message, and what is wrong with
        /// which field.
        refusal: Option<Box<str>>,
    },
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10.3}s", self.at.as_secs_f64())?;
        match self.connection {
            Some(number) => write!(f, "  #{number:<3}")?,
            None => write!(f, "      ")?,
        }
        match self.shard {
            Some((number, total)) => write!(f, " {number}/{total}  ")?,
            None => write!(f, "      ")?,
        }
        match &self.kind {
            EntryKind::Connected { path } => write!(f, "<- connect {path}"),
            EntryKind::UpgradeRefused { path, status } => {
                write!(f, "-> HTTP {status} on upgrade at {path}")
            }
            EntryKind::ClientFrame { op: Some(op), size } => {
                write!(f, "<- op {op} {} ({size} bytes)", op_name(*op))
            }
            EntryKind::ClientFrame { op: None, size } => write!(f, "<- unreadable ({size} bytes)"),
            EntryKind::Identified { session, intents } => {
                write!(f, "   session {session} made, intents {intents}")
            }
            EntryKind::IdentifyRefused { reason } => write!(f, "   identify refused: {reason}"),
            EntryKind::ResumeAsked {
                session,
                seq,
                accepted,
            } => {
                let verb = if *accepted { "resumed" } else { "not resumed" };
                write!(f, "   session {session} {verb} from seq {seq}")
            }
            EntryKind::Dispatch { session, seq, name } => {
                write!(f, "   made {name} seq {seq} for {session}")
            }
            EntryKind::ServerFrame {
                op,
                seq: Some(seq),
                name: Some(name),
            } => {
                write!(f, "-> op {op} {name} seq {seq}")
            }
            EntryKind::ServerFrame { op, .. } => write!(f, "-> op {op} {}", op_name(*op)),
            EntryKind::RawSent { size } => write!(f, "-> raw ({size} bytes)"),
            EntryKind::ClientClosed { code: Some(code) } => write!(f, "<- close {code}"),
            EntryKind::ClientClosed { code: None } => write!(f, "<- close without code"),
            EntryKind::ClientGone => write!(f, "<- gone without a close frame"),
            EntryKind::ServerClosed { code, reason } => write!(f, "-> close {code} {reason}"),
            EntryKind::ServerCut => write!(f, "-> cut"),
            EntryKind::FaultPlayed { fault } => write!(f, "   fault: {fault}"),
            EntryKind::Ignored { reason } => write!(f, "   ignored: {reason}"),
            EntryKind::Http {
                method,
                path,
                status,
                refusal,
            } => {
                write!(f, "   {method} {path} -> {status}")?;
                refusal.iter().try_for_each(|why| write!(f, " {why}"))
            }
            EntryKind::Delivered { what, url, status } => {
                write!(f, "   POST {what} to {url} -> ")?;
                match status {
                    Some(status) => write!(f, "{status}"),
                    None => f.write_str("no answer"),
                }
            }
            EntryKind::AnswerRefused { what, reason } => {
                write!(f, "   the answer to {what} was refused: {reason}")
            }
        }
    }
}

fn op_name(op: u64) -> &'static str {
    match op {
        0 => "DISPATCH",
        1 => "HEARTBEAT",
        2 => "IDENTIFY",
        3 => "PRESENCE_UPDATE",
        4 => "VOICE_STATE_UPDATE",
        6 => "RESUME",
        7 => "RECONNECT",
        8 => "REQUEST_GUILD_MEMBERS",
        9 => "INVALID_SESSION",
        10 => "HELLO",
        11 => "HEARTBEAT_ACK",
        31 => "REQUEST_SOUNDBOARD_SOUNDS",
        43 => "REQUEST_CHANNEL_INFO",
        _ => "",
    }
}

/// Entries in the order in which they happened. Its `Display` has one line per entry.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    forgotten: u64,
    limit: usize,
    counts: Counts,
}

impl Journal {
    pub(crate) fn with_limit(limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            ..Self::default()
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.counts.note(&entry.kind);
        if self.entries.len() >= self.limit {
            self.entries.pop_front();
            self.forgotten += 1;
        }
        tracing::trace!(target: "polycord_simulator", "{entry}");
        self.entries.push_back(entry);
    }

    /// The entries, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> + '_ {
        self.entries.iter()
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing happened yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many of the oldest entries were dropped because the journal's limit was reached.
    #[must_use]
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }
}

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.forgotten > 0 {
            writeln!(f, "({} older entries forgotten)", self.forgotten)?;
        }
        self.entries
            .iter()
            .try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

/// A dispatch that was made for a session: what [`Simulator::sent_dispatches`] lists.
///
/// [`Simulator::sent_dispatches`]: crate::Simulator::sent_dispatches
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct SentDispatch {
    /// The shard's number.
    pub shard: u32,
    /// The session.
    pub session: String,
    /// The sequence number in the session, from 1.
    pub seq: u64,
    /// The event's name.
    pub name: String,
}
