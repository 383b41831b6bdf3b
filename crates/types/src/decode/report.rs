use std::{fmt, ops::Range};

use serde_json::{Value, value::RawValue};

use super::{
    error::Failure,
    path::{Paths, join},
};

/// What decoding came across that the documentation, or this crate, does not know.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// What is not as documented, in the order of the text.
    pub deviations: Vec<Deviation>,
    /// Keys that no model has a field for, in the order of the text.
    pub unknown_fields: Vec<UnknownField>,
    /// Values without a name here; they are kept. In the order of the text.
    pub unknown_values: Vec<UnknownValue>,
}

impl Report {
    /// Whether there is nothing to report.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.deviations.is_empty()
            && self.unknown_fields.is_empty()
            && self.unknown_values.is_empty()
    }
}

/// A value that is not what the documentation promises, and that decoding got over.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Deviation {
    /// Where in the data, as in `members[3].nick`. Where an identifying field is missing, it is the object
    /// that lacks it. At most 64 characters of each key
    /// are shown.
    pub path: String,
    /// What became of it.
    pub kind: DeviationKind,
    /// What is wrong there, in words.
    pub problem: String,
    /// The JSON that was replaced, left out or kept raw: the value at `path`, or the one around it that failed
    /// with it.
    pub raw: Option<Box<RawValue>>,
}

/// How a value deviates, and what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviationKind {
    /// A field that is always there was absent: it has its default.
    Absent,
    /// A field that is never `null` was: it has its default.
    Null,
    /// A field had a value of another kind, or one that cannot be read: it has its default.
    WrongKind,
    /// An element of a list or an entry of a map could not be read: it is left out.
    BadElement,
    /// A member of a union could not be read by its model: it is kept raw.
    KeptRaw,
    /// A value was written in another notation: it was read all the same.
    Converted,
}

/// A key that its model has no field for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownField {
    /// Where in the data, the key included.
    pub path: String,
}

/// A value without a name here.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnknownValue {
    /// Where in the data.
    pub path: String,
    /// What has no name.
    pub kind: UnknownValueKind,
    /// The type whose value it is, as `MessageType`.
    pub type_name: &'static str,
    /// The value; of flags, the sum of the bits without a name.
    pub value: Value,
}

/// What it is that has no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownValueKind {
    /// A value of an enum.
    Enum,
    /// Bits of a flag set.
    Flags,
    /// What tells the members of a union apart: the object is kept raw.
    Tag,
}

impl PartialEq for Deviation {
    fn eq(&self, other: &Self) -> bool {
        let raw = self.raw.as_deref().map(RawValue::get);
        self.path == other.path
            && self.kind == other.kind
            && self.problem == other.problem
            && raw == other.raw.as_deref().map(RawValue::get)
    }
}

impl DeviationKind {
    /// Its name for machines, as `wrong_kind`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Null => "null",
            Self::WrongKind => "wrong_kind",
            Self::BadElement => "bad_element",
            Self::KeptRaw => "kept_raw",
            Self::Converted => "converted",
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path, self.problem)
    }
}

impl fmt::Display for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: no such field is known", self.path)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            type_name,
            value,
            ..
        } = self;
        write!(f, "`{path}`: {value} has no name in {type_name}")
    }
}

/// Where a value stood that had to be got over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Field,
    Container,
    Union,
}

/// What a report is made of: bytes of the document instead of paths.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    deviations: Vec<NotedDeviation>,
    fields: Vec<usize>,
    values: Vec<NotedValue>,
}

/// A length of [`Notes`].
#[derive(Debug, Default)]
pub(super) struct Mark {
    deviations: usize,
    fields: usize,
    values: usize,
}

#[derive(Debug)]
struct NotedDeviation {
    at: usize,
    /// A key of the object that begins at `at`, if it is about that.
    key: Option<&'static str>,
    kind: DeviationKind,
    problem: String,
    raw: Option<Range<usize>>,
}

#[derive(Debug)]
struct NotedValue {
    at: usize,
    kind: UnknownValueKind,
    type_name: &'static str,
    value: Value,
}

impl Notes {
    /// Drops what was noted about a value: it is decoded in another way.
    pub(super) fn forget(&mut self, value: &Range<usize>) {
        forget(&mut self.deviations, value, |noted| noted.at);
        forget(&mut self.fields, value, |at| *at);
        forget(&mut self.values, value, |noted| noted.at);
    }

    /// How much is noted so far.
    pub(super) const fn mark(&self) -> Mark {
        Mark {
            deviations: self.deviations.len(),
            fields: self.fields.len(),
            values: self.values.len(),
        }
    }

    /// Drops what was noted since.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        self.deviations.truncate(mark.deviations);
        self.fields.truncate(mark.fields);
        self.values.truncate(mark.values);
    }

    pub(super) fn tolerated(
        &mut self,
        text: &str,
        failure: &Failure,
        value: Range<usize>,
        found: Found,
    ) {
        let is_null = text.get(value.clone()) == Some("null");
        let kind = match found {
            Found::Field if is_null => DeviationKind::Null,
            Found::Field => DeviationKind::WrongKind,
            Found::Container => DeviationKind::BadElement,
            Found::Union => DeviationKind::KeptRaw,
        };
        self.deviations.push(NotedDeviation {
            at: failure.at,
            key: None,
            kind,
            problem: failure.describe(text),
            raw: (kind != DeviationKind::Null).then_some(value),
        });
    }

    /// Notes a `null` where the documentation has none.
    pub(super) fn null(&mut self, at: usize) {
        self.deviations.push(NotedDeviation {
            at,
            key: None,
            kind: DeviationKind::Null,
            problem: "`null`, which it is never documented to be".to_owned(),
            raw: None,
        });
    }

    /// Notes that the object that begins at `object` lacks a field.
    pub(super) fn absent(&mut self, object: usize, key: &'static str) {
        self.deviations.push(NotedDeviation {
            at: object,
            key: Some(key),
            kind: DeviationKind::Absent,
            problem: "absent, though documented to be always there".to_owned(),
            raw: None,
        });
    }

    pub(super) fn converted(&mut self, value: Range<usize>, problem: &str) {
        self.deviations.push(NotedDeviation {
            at: value.start,
            key: None,
            kind: DeviationKind::Converted,
            problem: problem.to_owned(),
            raw: Some(value),
        });
    }

    pub(super) fn unknown_field(&mut self, value: usize) {
        self.fields.push(value);
    }

    pub(super) fn unknown_value(
        &mut self,
        at: usize,
        kind: UnknownValueKind,
        type_name: &'static str,
        value: Value,
    ) {
        self.values.push(NotedValue {
            at,
            kind,
            type_name,
            value,
        });
    }

    /// Says that the last value was the tag of the union that begins at `start`, if it belongs to it.
    pub(super) fn last_value_is_tag(&mut self, start: usize) {
        if let Some(value) = self.values.last_mut().filter(|value| value.at >= start) {
            value.kind = UnknownValueKind::Tag;
        }
    }

    /// Drops the conversions noted of the value at `at`: a key of a map is text by nature.
    pub(super) fn forget_conversion(&mut self, at: usize) {
        let kept =
            |noted: &NotedDeviation| noted.at != at || noted.kind != DeviationKind::Converted;
        truncate(&mut self.deviations, kept);
    }

    pub(super) fn into_report(mut self, text: &str) -> Report {
        self.deviations.sort_by_key(|noted| noted.at);
        self.fields.sort_unstable();
        self.values.sort_by_key(|noted| noted.at);

        let raw = |range: Range<usize>| {
            let json = text.get(range)?.to_owned();
            RawValue::from_string(json).ok()
        };
        let mut paths = Paths::new(text);
        let deviation = |noted: NotedDeviation| {
            let path = paths.to(noted.at);
            Deviation {
                path: match noted.key {
                    Some(key) => join(path, key),
                    None => path,
                },
                kind: noted.kind,
                problem: noted.problem,
                raw: noted.raw.and_then(raw),
            }
        };
        let deviations = self.deviations.into_iter().map(deviation).collect();

        let mut paths = Paths::new(text);
        let field = |at| UnknownField { path: paths.to(at) };
        let unknown_fields = self.fields.into_iter().map(field).collect();

        let mut paths = Paths::new(text);
        let value = |noted: NotedValue| UnknownValue {
            path: paths.to(noted.at),
            kind: noted.kind,
            type_name: noted.type_name,
            value: noted.value,
        };
        let unknown_values = self.values.into_iter().map(value).collect();
        Report {
            deviations,
            unknown_fields,
            unknown_values,
        }
    }
}

/// Drops what was noted about a value.
fn forget<T>(list: &mut Vec<T>, value: &Range<usize>, at: impl Fn(&T) -> usize) {
    // It was noted while the value was read, so that all of it is at the end. What is noted there and lies behind the
    // value are tags of the unions around it, that were looked at in advance: no more of them than nest.
    let first = list.iter().rposition(|noted| at(noted) < value.start);
    let tail = list.split_off(first.map_or(0, |first| first + 1));
    list.extend(tail.into_iter().filter(|noted| at(noted) >= value.end));
}

/// Cuts off the last elements, back to the last one that is kept.
fn truncate<T>(list: &mut Vec<T>, kept: impl Fn(&T) -> bool) {
    let len = list.iter().rposition(kept).map_or(0, |last| last + 1);
    list.truncate(len);
}
