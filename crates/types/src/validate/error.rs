use std::{error::Error, fmt};

/// A fault of something to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationError {
    path: String,
    kind: ValidationErrorKind,
}

impl ValidationError {
    pub(super) const fn new(path: String, kind: ValidationErrorKind) -> Self {
        Self { path, kind }
    }

    /// The field, as in `embeds[0].fields[3].name`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn kind(&self) -> ValidationErrorKind {
        self.kind
    }

    /// What was found, in the unit of the limit; none where no number was exceeded.
    #[must_use]
    pub const fn actual(&self) -> Option<i64> {
        match self.kind {
            ValidationErrorKind::Length { actual, .. }
            | ValidationErrorKind::Bytes { actual, .. }
            | ValidationErrorKind::Count { actual, .. }
            | ValidationErrorKind::Range { actual, .. } => Some(actual),
            _ => None,
        }
    }

    /// The limit that was exceeded: the lower one if there is too little, else the upper one.
    #[must_use]
    pub const fn limit(&self) -> Option<i64> {
        match self.kind {
            ValidationErrorKind::Length { actual, min, max }
            | ValidationErrorKind::Bytes { actual, min, max }
            | ValidationErrorKind::Count { actual, min, max }
            | ValidationErrorKind::Range { actual, min, max } => {
                Some(if actual < min { min } else { max })
            }
            _ => None,
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidationErrorKind {
    /// A text has too few or too many characters.
    Length {
        /// How many it has.
        actual: i64,
        /// How many it must have.
        min: i64,
        /// How many it can have.
        max: i64,
    },
    /// A text has too few or too many bytes.
    Bytes {
        /// How many it has.
        actual: i64,
        /// How many it must have.
        min: i64,
        /// How many it can have.
        max: i64,
    },
    /// A list has too few or too many elements.
    Count {
        /// How many it has.
        actual: i64,
        /// How many it must have.
        min: i64,
        /// How many it can have.
        max: i64,
    },
    /// A number is too small or too large.
    Range {
        /// The number.
        actual: i64,
        /// The smallest that is allowed.
        min: i64,
        /// The largest that is allowed.
        max: i64,
    },
    /// It is needed and not there. Says why, or what would do.
    Missing(&'static str),
    /// It is there and must not be. Says why.
    NotAllowed(&'static str),
    /// It has not the form it must have. Says which.
    Malformed(&'static str),
    /// Another has the same value. Says among what it must be the only one.
    Duplicate(&'static str),
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str("it ")?,
            path => write!(f, "`{path}` ")?,
        }
        match self.kind {
            ValidationErrorKind::Length { actual, .. } => {
                write!(f, "has {}", counted(actual, "character"))?;
            }
            ValidationErrorKind::Bytes { actual, .. } => {
                write!(f, "has {}", counted(actual, "byte"))?;
            }
            ValidationErrorKind::Count { actual, .. } => {
                write!(f, "has {}", counted(actual, "element"))?;
            }
            ValidationErrorKind::Range { actual, .. } => write!(f, "is {actual}")?,
            ValidationErrorKind::Missing(why) => write!(f, "is missing: {why}")?,
            ValidationErrorKind::NotAllowed(why) => write!(f, "is not allowed: {why}")?,
            ValidationErrorKind::Malformed(form) => write!(f, "is malformed: {form}")?,
            ValidationErrorKind::Duplicate(among) => write!(f, "is not unique {among}")?,
        }
        let (Some(actual), Some(limit)) = (self.actual(), self.limit()) else {
            return Ok(());
        };
        let side = if actual < limit { "least" } else { "most" };
        write!(f, ", at {side} {limit} ")?;
        let singular = limit == 1 || matches!(self.kind, ValidationErrorKind::Range { .. });
        match (actual < limit, singular) {
            (true, true) => f.write_str("is needed"),
            (true, false) => f.write_str("are needed"),
            (false, true) => f.write_str("is allowed"),
            (false, false) => f.write_str("are allowed"),
        }
    }
}

impl Error for ValidationError {}

/// A number and what it counts.
fn counted(number: i64, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {one}{plural}")
}

/// The faults of something to be sent, one at least, in the order of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationErrors {
    first: ValidationError,
    others: Vec<ValidationError>,
}

impl ValidationErrors {
    /// `None` if there are none.
    pub(super) fn new(errors: Vec<ValidationError>) -> Option<Self> {
        let mut errors = errors.into_iter();
        let first = errors.next()?;
        let others = errors.collect();
        Some(Self { first, others })
    }

    /// The first of them.
    #[must_use]
    pub const fn first(&self) -> &ValidationError {
        &self.first
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &ValidationError> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

impl fmt::Display for ValidationErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.others
            .iter()
            .try_for_each(|error| write!(f, "; {error}"))
    }
}

impl Error for ValidationErrors {}

impl IntoIterator for ValidationErrors {
    type Item = ValidationError;
    type IntoIter =
        std::iter::Chain<std::iter::Once<ValidationError>, std::vec::IntoIter<ValidationError>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.first).chain(self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_field_and_limit() {
        let message = |path: &str, kind| ValidationError::new(path.to_owned(), kind).to_string();
        for (error, expected) in [
            (
                message(
                    "a",
                    ValidationErrorKind::Length {
                        actual: 1,
                        min: 2,
                        max: 3,
                    },
                ),
                "`a` has 1 character, at least 2 are needed",
            ),
            (
                message(
                    "a[0].b",
                    ValidationErrorKind::Count {
                        actual: 6,
                        min: 1,
                        max: 5,
                    },
                ),
                "`a[0].b` has 6 elements, at most 5 are allowed",
            ),
            (
                message(
                    "a",
                    ValidationErrorKind::Count {
                        actual: 0,
                        min: 1,
                        max: 1,
                    },
                ),
                "`a` has 0 elements, at least 1 is needed",
            ),
            (
                message(
                    "a",
                    ValidationErrorKind::Count {
                        actual: 2,
                        min: 1,
                        max: 1,
                    },
                ),
                "`a` has 2 elements, at most 1 is allowed",
            ),
            (
                message(
                    "n",
                    ValidationErrorKind::Range {
                        actual: 9,
                        min: 0,
                        max: 8,
                    },
                ),
                "`n` is 9, at most 8 is allowed",
            ),
            (
                message("", ValidationErrorKind::Missing("a poll, or text")),
                "it is missing: a poll, or text",
            ),
            (
                message("a", ValidationErrorKind::Duplicate("in the message")),
                "`a` is not unique in the message",
            ),
        ] {
            assert_eq!(error, expected);
        }
    }
}
