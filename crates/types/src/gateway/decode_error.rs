use std::{error::Error, fmt};

use crate::model::tolerant::Failure;

/// Data that its model could not read.
#[derive(Debug)]
pub struct DecodeError {
    event: Box<str>,
    path: String,
    kind: DecodeErrorKind,
    source: Box<dyn Error + Send + Sync>,
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
    pub(crate) fn new(event: &str, data: &str, source: serde_json::Error) -> Self {
        let kind = match source.classify() {
            serde_json::error::Category::Data => DecodeErrorKind::Mismatch,
            _ => DecodeErrorKind::Malformed,
        };
        let path = path(data, offset(data, &source));
        Self {
            event: event.into(),
            path,
            kind,
            source: source.into(),
        }
    }

    pub(crate) fn at(event: &str, Failure { path, source }: Failure) -> Self {
        Self {
            event: event.into(),
            path,
            kind: DecodeErrorKind::Mismatch,
            source: source.into(),
        }
    }

    pub(crate) fn frame(source: polycord_frame::ScanError) -> Self {
        Self {
            event: "a frame".into(),
            path: String::new(),
            kind: DecodeErrorKind::Malformed,
            source: source.into(),
        }
    }

    /// What was wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The name of the event; `a frame` if the frame around it could not be read.
    #[must_use]
    pub fn event(&self) -> &str {
        &self.event
    }

    /// Where in the data, as in `members[3].user.id`; empty for the data itself. For a missing field it
    /// is the object that lacks it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            event,
            path,
            source,
            ..
        } = self;
        if path.is_empty() {
            write!(f, "cannot decode {event}: {source}")
        } else {
            write!(f, "cannot decode {event} at `{path}`: {source}")
        }
    }
}

impl Error for DecodeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// How many bytes had been read when the error came.
fn offset(data: &str, error: &serde_json::Error) -> usize {
    let lines_before = error.line().saturating_sub(1);
    let start: usize = data
        .split_inclusive('\n')
        .take(lines_before)
        .map(str::len)
        .sum();
    start + error.column()
}

/// A container that is open at some place of a document.
enum Open<'a> {
    Object { key: Option<&'a str> },
    Array { index: usize },
}

/// The path of the value that the byte before `end` belongs to.
fn path(data: &str, end: usize) -> String {
    let bytes = data.as_bytes();
    let end = end.min(bytes.len());
    let mut open = Vec::new();
    let mut at = 0;
    while at < end {
        match bytes.get(at) {
            Some(b'{') => open.push(Open::Object { key: None }),
            Some(b'[') => open.push(Open::Array { index: 0 }),
            Some(b'}' | b']') => drop(open.pop()),
            Some(b',') => match open.last_mut() {
                Some(Open::Object { key }) => *key = None,
                Some(Open::Array { index }) => *index += 1,
                None => {}
            },
            Some(b'"') => {
                let close = string_end(bytes, at + 1);
                if let Some(Open::Object { key: key @ None }) = open.last_mut() {
                    *key = data.get(at + 1..close);
                }
                at = close;
            }
            _ => {}
        }
        at += 1;
    }
    render(&open)
}

/// Where the string that begins at `at` ends: at its closing quote.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn render(open: &[Open<'_>]) -> String {
    open.iter().fold(String::new(), |mut path, container| {
        match container {
            Open::Object { key: Some(key) } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Open::Object { key: None } => {}
            Open::Array { index } => path.extend(["[", &index.to_string(), "]"]),
        }
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_leads_to_the_value() {
        let data = r#"{"a":1,"list":[{"x":"}]\",{"},{"key":{"inner":true}}],"z":[[],[2]]}"#;
        for (needle, expected) in [
            ("1,", "a"),
            ("true", "list[1].key.inner"),
            ("2]", "z[1][0]"),
            ("\"}]", "list[0].x"),
        ] {
            let offset = data.find(needle).unwrap() + 1;
            assert_eq!(path(data, offset), expected, "{needle}");
        }
    }

    #[test]
    fn no_offset_into_any_text_panics() {
        for data in [
            "",
            "}}]],,",
            "{\"",
            "\"\\",
            "{\"é\":[\"ü\\\"",
            "[[[[{\"a\":{\"b\"",
        ] {
            for offset in 0..=data.len() + 2 {
                let _ = path(data, offset);
            }
        }
    }

    #[test]
    fn lines_are_counted() {
        let data = "{\n \"a\": [1,\n  {\"b\": x}]}";
        let error = serde_json::from_str::<serde_json::Value>(data).unwrap_err();
        let error = DecodeError::new("THING", data, error);
        assert_eq!(
            (error.path(), error.kind()),
            ("a[1].b", DecodeErrorKind::Malformed)
        );
        assert!(
            error
                .to_string()
                .starts_with("cannot decode THING at `a[1].b`: "),
            "{error}"
        );
    }
}
