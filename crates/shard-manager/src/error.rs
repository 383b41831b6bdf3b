//! Why a manager did not start, or stopped.

use std::{fmt, ops::Range};

use polycord_gateway::{ShardId, StopReason};

use crate::BoxError;

/// Why a manager did not start, or why its shards stopped.
pub struct Error {
    kind: Box<ErrorKind>,
    message: String,
    source: Option<BoxError>,
}

/// What sort of [`Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A shard could not be configured.
    Config,
    /// `GET /gateway/bot`, or what stands in for it, gave no answer.
    GatewayInfo,
    /// The plan names no shard, or one that does not exist.
    Plan,
    /// A shard stopped for good, and with it the manager.
    Stopped {
        /// The shard.
        shard: ShardId,
        /// Why it stopped.
        reason: StopReason,
    },
}

impl Error {
    pub(crate) fn plan(shards: &Range<u32>, total: u32) -> Self {
        Self {
            kind: Box::new(ErrorKind::Plan),
            message: format!(
                "shards {}..{} of {total} cannot be run: name at least one, and none past the total",
                shards.start, shards.end
            ),
            source: None,
        }
    }

    pub(crate) fn gateway_info(source: BoxError) -> Self {
        Self {
            kind: Box::new(ErrorKind::GatewayInfo),
            message: format!("could not ask for the gateway: {source}"),
            source: Some(source),
        }
    }

    pub(crate) fn config(source: polycord_gateway::Error) -> Self {
        Self {
            kind: Box::new(ErrorKind::Config),
            message: format!("a shard cannot be started: {source}"),
            source: Some(source.into()),
        }
    }

    #[cfg(not(feature = "http"))]
    pub(crate) fn no_gateway_info() -> Self {
        Self {
            kind: Box::new(ErrorKind::Config),
            message: "nothing says where the gateway is: give `gateway_info`, or turn on the feature `http`"
                .into(),
            source: None,
        }
    }

    pub(crate) fn stopped(shard: ShardId, reason: StopReason) -> Self {
        Self {
            message: format!("shard {shard} stopped: {reason}"),
            kind: Box::new(ErrorKind::Stopped { shard, reason }),
            source: None,
        }
    }

    /// What sort of error this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &*self.kind {
            ErrorKind::GatewayInfo => true,
            ErrorKind::Stopped { reason, .. } => {
                matches!(reason, StopReason::AttemptsExhausted { .. })
            }
            ErrorKind::Config | ErrorKind::Plan => false,
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}
