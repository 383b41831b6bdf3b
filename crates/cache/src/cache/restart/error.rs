//! Why a snapshot is refused.

use std::{error, fmt, io};

/// Why a snapshot is refused. Begin with an empty cache instead: Discord tells a new session everything again.
#[derive(Debug)]
#[non_exhaustive]
pub enum RestoreError {
    /// It could not be read.
    Io(io::Error),
    /// It is something else.
    NotASnapshot,
    /// It was written by a release that writes them in another way.
    Version {
        /// The version of the snapshot.
        found: u32,
        /// The one that is known here.
        known: u32,
    },
    /// It was not written to the end, or something was changed in it.
    Damaged {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// It knows nothing of the session that is to be resumed.
    OtherSession {
        /// The session's shard, as its number and the number of shards there are.
        shard: (u32, u32),
    },
    /// The session that is to be resumed was told more than the snapshot holds, and will not be told it again.
    TooOld {
        /// The session's shard, as its number and the number of shards there are.
        shard: (u32, u32),
        /// The last event that the snapshot holds.
        snapshot: u64,
        /// The last event that the session was told.
        session: u64,
    },
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(_) => f.write_str("the snapshot of the cache could not be read"),
            Self::NotASnapshot => f.write_str("not a snapshot of a cache"),
            Self::Version { found, known } => write!(
                f,
                "a snapshot of version {found}, where version {known} is known: begin with an empty cache"
            ),
            Self::Damaged { line, reason } => {
                write!(f, "the snapshot is damaged in line {line}: {reason}")
            }
            Self::OtherSession {
                shard: (number, total),
            } => write!(
                f,
                "the snapshot was not made with the session of shard {number} of {total} that is to be resumed"
            ),
            Self::TooOld {
                shard: (number, total),
                snapshot,
                session,
            } => write!(
                f,
                "the snapshot ends at event {snapshot} of shard {number} of {total}, whose session is at {session} \
                 already: resume it at {snapshot}, or begin with an empty cache"
            ),
        }
    }
}

impl error::Error for RestoreError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
