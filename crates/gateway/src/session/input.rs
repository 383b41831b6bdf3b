use std::{fmt, time::Duration};

use crate::session::{Command, Generation};

/// What the driver tells a session.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Input<'a> {
    /// Begin.
    Start,
    /// The dial succeeded; frames may follow.
    Connected {
        /// The connection.
        generation: Generation,
    },
    /// The dial failed: name resolution, TCP, TLS or the HTTP upgrade.
    ConnectFailed {
        /// The connection.
        generation: Generation,
        /// What happened, for people. It must not contain a secret.
        cause: String,
    },
    /// A text frame, decompressed.
    Frame {
        /// The connection.
        generation: Generation,
        /// The frame.
        text: &'a str,
    },
    /// A frame that cannot be read.
    BadFrame {
        /// The connection.
        generation: Generation,
        /// What is wrong with it.
        fault: FrameFault,
    },
    /// The connection is gone: closed by the server, cut, or closed by us and done with it.
    Closed {
        /// The connection.
        generation: Generation,
        /// The code of the server's close frame, if there was one.
        code: Option<u16>,
        /// The text of the close frame, or what cut the connection.
        reason: String,
    },
    /// The permit that [`Action::AcquirePermit`](crate::Action::AcquirePermit) asked for.
    Permit {
        /// The connection it was asked for.
        generation: Generation,
    },
    /// There is no such permit: the application may begin no more sessions for now.
    PermitDenied {
        /// The connection it was asked for.
        generation: Generation,
        /// When to ask again. Taken for at least a second and at most a day.
        retry_after: Duration,
    },
    /// Something to send.
    Command(Command),
    /// The driver stops reading, because the consumer is slow: no heartbeat can be judged meanwhile. A
    /// new connection is read up to its HELLO all the same, which brings the consumer nothing.
    ReadingPaused,
    /// The driver reads again.
    ReadingResumed,
    /// The operator does not want to wait for the end of a backoff.
    Wake,
    /// Leave; with `resumable`, so that another process can resume the session.
    Shutdown {
        /// Whether the session is to be left resumable.
        resumable: bool,
    },
    /// [`Session::deadline`](crate::Session::deadline) has been reached. Too early or too
    /// late does no harm.
    Timeout,
}

/// Why a frame cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrameFault {
    /// It does not decompress; what follows it will not, either.
    Inflate,
    /// It is larger than the limit, as it came or decompressed.
    TooLarge,
    /// It is not text. The connection is not affected.
    NotUtf8,
}

impl fmt::Display for FrameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Inflate => "a frame did not decompress",
            Self::TooLarge => "a frame was larger than the limit",
            Self::NotUtf8 => "a frame was not UTF-8",
        })
    }
}
