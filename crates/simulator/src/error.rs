use std::error::Error as StdError;

/// Why a simulator could not start.
#[derive(Debug, thiserror::Error)]
#[error("{}", .kind.advice())]
pub struct Error {
    kind: ErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// What kind of [`Error`] it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The port could not be opened.
    Bind,
    /// The certificates for TLS could not be made.
    Certificate,
    /// The key that requests to the application are signed with could not be made.
    Key,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, source: impl StdError + Send + Sync + 'static) -> Self {
        Self {
            kind,
            source: Box::new(source),
        }
    }

    pub(crate) fn of(kind: ErrorKind, source: Box<dyn StdError + Send + Sync>) -> Self {
        Self { kind, source }
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl ErrorKind {
    fn advice(self) -> &'static str {
        match self {
            Self::Bind => {
                "the simulator could not open a port on loopback: use another port, or `in_memory`"
            }
            Self::Certificate => "the simulator could not make certificates for TLS",
            Self::Key => "the simulator could not make a key to sign requests with",
        }
    }
}
