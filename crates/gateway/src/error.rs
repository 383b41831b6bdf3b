//! Why a shard could not be started.

use std::{error::Error as StdError, fmt};

/// Why a [`Shard`](crate::Shard) could not be started.
///
/// What goes wrong later is no error of a call: the session deals with it, and reports it as
/// [`ShardEvent`](crate::ShardEvent)s.
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What sort of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A certificate authority could not be read, or there is none to trust.
    Certificate,
    /// The configuration contradicts itself, or needs a feature that is not compiled in.
    Config,
    /// The proxy's URL is none.
    Proxy,
    /// There is no tokio runtime to run on.
    Runtime,
    /// TLS could not be set up.
    Tls,
    /// The gateway URL is none.
    Url,
}

impl Error {
    pub(crate) fn bad_certificate(
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind: ErrorKind::Certificate,
            message,
            source,
        }
    }

    pub(crate) fn bad_url(message: String) -> Self {
        Self {
            kind: ErrorKind::Url,
            message,
            source: None,
        }
    }

    pub(crate) fn bad_proxy(message: String) -> Self {
        Self {
            kind: ErrorKind::Proxy,
            message,
            source: None,
        }
    }

    pub(crate) fn bad_config(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Config,
            message: message.into(),
            source: None,
        }
    }

    pub(crate) fn no_runtime() -> Self {
        Self {
            kind: ErrorKind::Runtime,
            message: "there is no tokio runtime here: call `Shard::start` from within one".into(),
            source: None,
        }
    }

    pub(crate) fn tls(message: &str, source: impl StdError + Send + Sync + 'static) -> Self {
        Self {
            kind: ErrorKind::Tls,
            message: message.to_owned(),
            source: Some(Box::new(source)),
        }
    }

    /// What sort of error this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Whether the same call may succeed later. None of these will before something is changed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        false
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

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
