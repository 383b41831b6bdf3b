use std::{fmt, time::Duration};

use crate::{
    ShardId,
    session::{FrameFault, SavedSession},
};

/// What ended a connection, or kept one from being made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DisconnectCause {
    /// A frame could not be read, and nothing after it could have been.
    BadFrame(FrameFault),
    /// The server closed the connection, or it was cut.
    Closed {
        /// The code of the close frame, if there was one.
        code: Option<u16>,
        /// The text of the close frame, or what cut the connection.
        reason: String,
    },
    /// The dial failed.
    ConnectFailed(String),
    /// The dial took too long.
    ConnectTimeout,
    /// The connection opened and HELLO did not come.
    HelloTimeout,
    /// The server said "invalid session".
    InvalidSession {
        /// Whether it said that the session may be resumed.
        resumable: bool,
    },
    /// The server asked for it.
    ReconnectRequested,
    /// RESUME was not answered.
    ResumeTimeout,
    /// A heartbeat was not acknowledged before the next was due.
    Zombie,
}

impl fmt::Display for DisconnectCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadFrame(fault) => fault.fmt(f),
            Self::Closed { code, reason } => {
                match code {
                    Some(code) => write!(f, "closed by the server with {code}")?,
                    None => f.write_str("the connection ended without a close frame")?,
                }
                if !reason.is_empty() {
                    // It is the server's, and must not write lines of our log.
                    write!(f, " ({reason:?})")?;
                }
                Ok(())
            }
            Self::ConnectFailed(cause) => write!(f, "could not connect: {cause}"),
            Self::ConnectTimeout => f.write_str("could not connect in time"),
            Self::HelloTimeout => f.write_str("the server did not greet in time"),
            Self::InvalidSession { resumable: true } => {
                f.write_str("the server refused the session for now")
            }
            Self::InvalidSession { resumable: false } => {
                f.write_str("the server refused the session")
            }
            Self::ReconnectRequested => f.write_str("the server asked for a reconnect"),
            Self::ResumeTimeout => f.write_str("the server did not answer RESUME"),
            Self::Zombie => f.write_str("a heartbeat was not acknowledged"),
        }
    }
}

/// Why a session cannot be resumed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LossReason {
    /// The server closed the connection with a code that ends sessions.
    Closed(u16),
    /// The server said that the session is invalid.
    Invalid,
    /// The saved session was made in another dialect, or another version of it.
    OtherDialect {
        /// The one it was made in; empty if that was not saved.
        dialect: String,
    },
    /// The saved session was made with other intents: resumed, it would bring other events than asked for.
    OtherIntents,
    /// The saved session belongs to another shard.
    OtherShard {
        /// That one.
        shard: ShardId,
    },
    /// The server began a new session when asked to resume this one.
    Replaced,
    /// RESUME was refused or left unanswered too often, or for too long.
    ResumeFailed {
        /// How many RESUMEs were sent.
        frames: u32,
    },
    /// The saved session is older than the dialect keeps any.
    TooOld {
        /// How old it is.
        age: Duration,
    },
    /// The server did not name the session, so that nothing can be resumed.
    Unnamed,
}

impl fmt::Display for LossReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(code) => write!(f, "the server ended it with close code {code}"),
            Self::Invalid => f.write_str("the server called it invalid"),
            Self::OtherDialect { dialect } => {
                write!(
                    f,
                    "it was saved from another gateway or version ({dialect})"
                )
            }
            Self::OtherIntents => f.write_str("it was saved with other intents"),
            Self::OtherShard { shard } => write!(f, "it was saved by shard {shard}"),
            Self::Replaced => f.write_str("the server began a new one instead"),
            Self::ResumeFailed { frames } => {
                write!(f, "it could not be resumed in {frames} attempts")
            }
            Self::TooOld { age } => write!(f, "it was saved {age:.0?} ago"),
            Self::Unnamed => f.write_str("the server did not name it"),
        }
    }
}

/// Why a session stopped. Its text is one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// As many attempts failed as may fail.
    AttemptsExhausted {
        /// How many.
        attempts: u32,
        /// What ended the last one.
        cause: DisconnectCause,
    },
    /// The token is wrong.
    AuthenticationFailed,
    /// The application may not use one of the intents.
    DisallowedIntents {
        /// The privileged ones among those asked for.
        intents: String,
    },
    /// The server does not know one of the intents.
    InvalidIntents {
        /// The intents asked for.
        intents: String,
    },
    /// The server does not accept the shard.
    InvalidShard {
        /// The shard.
        shard: ShardId,
    },
    /// The server does not speak this version of the protocol.
    InvalidVersion {
        /// The version.
        version: u32,
    },
    /// The server closed the connection with another code that forbids to come back.
    Refused {
        /// The code.
        code: u16,
    },
    /// The bot is in too many guilds for so few shards.
    ShardingRequired,
    /// It was told to.
    Shutdown {
        /// The session, if it was left resumable.
        saved: Option<SavedSession>,
    },
}

impl StopReason {
    /// Whether this is an orderly end, not a failure.
    #[must_use]
    pub const fn is_shutdown(&self) -> bool {
        matches!(self, Self::Shutdown { .. })
    }
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AttemptsExhausted { attempts, cause } => write!(
                f,
                "gave up after {attempts} failed attempts to connect ({cause}): check the network and the gateway's address"
            ),
            Self::AuthenticationFailed => f.write_str(
                "the gateway refused the token: copy the bot's current token from the developer portal",
            ),
            Self::DisallowedIntents { intents } => write!(
                f,
                "an intent is not enabled for this application: enable {intents} in the developer portal, or do not ask for it"
            ),
            Self::InvalidIntents { intents } => write!(
                f,
                "the gateway does not know the intents {intents}: ask for documented ones only"
            ),
            Self::InvalidShard { shard } => write!(
                f,
                "the gateway does not accept shard {shard}: use the number of shards that it recommends, or the multiple that it demands of large bots"
            ),
            Self::InvalidVersion { version } => write!(
                f,
                "the gateway does not speak version {version} any more: update polycord"
            ),
            Self::Refused { code } => write!(
                f,
                "the gateway closed the connection for good with code {code}: look the code up in its documentation"
            ),
            Self::ShardingRequired => f.write_str(
                "the bot is in too many guilds for so few shards: start more, as many as the gateway recommends",
            ),
            Self::Shutdown { saved: Some(_) } => f.write_str("shut down, ready to be resumed"),
            Self::Shutdown { saved: None } => f.write_str("shut down"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_stays_within_its_line() {
        let cause = DisconnectCause::Closed {
            code: Some(4000),
            reason: "bye\n2026-01-01 INFO all is well".into(),
        };
        let told = cause.to_string();
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains("bye"), "{told}");
    }
}
