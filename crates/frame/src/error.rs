use std::{error::Error, fmt};

/// Why a frame's header could not be read.
///
/// Only the outline is checked: that the text is one JSON object whose members can be told apart.
/// What lies inside a payload is the business of whoever decodes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScanError {
    kind: &'static str,
    at: usize,
}

impl ScanError {
    pub(crate) const fn new(kind: &'static str, at: usize) -> Self {
        Self { kind, at }
    }

    /// The byte offset at which the scan gave up; at most the length of the text.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.at
    }
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.at)
    }
}

impl Error for ScanError {}
