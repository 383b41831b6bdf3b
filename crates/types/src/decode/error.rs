use std::{error::Error, fmt};

use super::path::Paths;

/// That a value could not be decoded. The reader knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The text is no JSON: nothing gets over that.
    Malformed,
    /// The value is another one than was expected: what surrounds it may go on without it.
    Mismatch,
}

/// What a fault was about.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The byte where it shows: where the value begins that does not fit.
    pub(super) at: usize,
    pub(super) problem: Problem,
}

/// Why a value could not be decoded. It becomes words only where somebody reads them.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Another kind of value, or one out of range.
    Expected(&'static str),
    /// Something else than an object.
    NoObject { model: &'static str },
    /// An object lacks what identifies it.
    Missing {
        model: &'static str,
        key: &'static str,
    },
    /// No JSON.
    Syntax(&'static str),
    /// It is what it should be, but cannot be kept.
    Refused(Box<str>),
}

impl Failure {
    pub(super) const NONE: Self = Self {
        at: 0,
        problem: Problem::Syntax("no JSON"),
    };

    /// In words; `text` is the whole document.
    pub(super) fn describe(&self, text: &str) -> String {
        match &self.problem {
            Problem::Expected(expected) => {
                let found = text.get(self.at..).unwrap_or_default();
                format!("expected {expected}, found {}", name(found))
            }
            Problem::NoObject { model } => {
                let found = text.get(self.at..).unwrap_or_default();
                format!("expected an object ({model}), found {}", name(found))
            }
            Problem::Missing { model, key } => {
                format!("`{model}` without its identifying field `{key}`")
            }
            Problem::Syntax(problem) => format!("{problem} at byte {}", self.at),
            Problem::Refused(problem) => problem.to_string(),
        }
    }
}

/// The most characters of a value that a message shows.
const SHOWN: usize = 40;

/// Names the value that a text begins with.
fn name(text: &str) -> String {
    let quoted = |inside: &str| inside.find('"').map(|end| end + 2);
    let end = match text.as_bytes() {
        [] => return "the end of the text".to_owned(),
        [b'{', ..] => return "an object".to_owned(),
        [b'[', ..] => return "a list".to_owned(),
        [b'"', ..] => text.get(1..).and_then(quoted),
        _ => text.find(|char: char| !char.is_ascii_alphanumeric() && !"+-.".contains(char)),
    };
    let value = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    match value.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}...", value.get(..cut).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// Data that its model could not read.
#[derive(Debug)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    event: Box<str>,
    path: String,
    kind: DecodeErrorKind,
    offset: usize,
    problem: String,
}

/// What was wrong with the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// It is no JSON, or it ends too early.
    Malformed,
    /// An identifying field is missing or malformed.
    Mismatch,
}

impl DecodeError {
    pub(super) fn new(fault: Fault, failure: &Failure, text: &str) -> Self {
        let kind = match fault {
            Fault::Malformed => DecodeErrorKind::Malformed,
            Fault::Mismatch => DecodeErrorKind::Mismatch,
        };
        Self(Box::new(Inner {
            event: Box::default(),
            path: Paths::new(text).to(failure.at),
            kind,
            offset: failure.at,
            problem: failure.describe(text),
        }))
    }

    /// A text that another parser refused.
    pub(crate) fn malformed(event: &str, offset: usize, problem: &dyn fmt::Display) -> Self {
        Self(Box::new(Inner {
            event: event.into(),
            path: String::new(),
            kind: DecodeErrorKind::Malformed,
            offset,
            problem: problem.to_string(),
        }))
    }

    /// Says which event it was.
    pub(crate) fn of(mut self, event: &str) -> Self {
        self.0.event = event.into();
        self
    }

    /// What was wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// The name of the event; `a frame` if the frame around it could not be read; empty for anything
    /// else.
    #[must_use]
    pub const fn event(&self) -> &str {
        &self.0.event
    }

    /// Where in the data, as in `members[3].user.id`; empty for the data itself. For a missing field it
    /// is the object that lacks it.
    #[must_use]
    pub const fn path(&self) -> &str {
        self.0.path.as_str()
    }

    /// The byte of the data where it shows.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.0.offset
    }

    /// What is wrong there, in words.
    #[must_use]
    pub const fn problem(&self) -> &str {
        self.0.problem.as_str()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            event,
            path,
            problem,
            ..
        } = &*self.0;
        f.write_str("cannot decode")?;
        if !event.is_empty() {
            write!(f, " {event}")?;
        }
        if !path.is_empty() {
            write!(f, " at `{path}`")?;
        }
        write!(f, ": {problem}")
    }
}

impl Error for DecodeError {}
