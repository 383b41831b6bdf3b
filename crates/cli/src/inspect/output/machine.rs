use std::io::{self, Write};

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use super::Output;
use crate::inspect::{
    reading::{Class, Finding, Reading},
    tally::{Key, OfKind, Place, Row, Status, Tally},
};

/// JSON lines: one of type `input` for each object, and one of type `summary`. The crate's README documents
/// the fields.
#[derive(Debug)]
pub(in crate::inspect) struct Machine;

impl Output for Machine {
    fn input(
        &self,
        out: &mut dyn Write,
        place: &Place,
        number: u64,
        reading: &Reading,
    ) -> io::Result<()> {
        line(out, &Input(place, number, reading))
    }

    fn summary(&self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        line(out, &Summary(tally))
    }
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

struct Input<'a>(&'a Place, u64, &'a Reading);

impl Serialize for Input<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(place, number, reading) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", "input")?;
        map.serialize_entry("file", place.file.as_ref())?;
        map.serialize_entry("line", &place.line)?;
        map.serialize_entry("number", number)?;
        map.serialize_entry("kind", &reading.kind)?;
        map.serialize_entry(
            "status",
            match reading.status() {
                Status::Clean => "clean",
                Status::Findings => "findings",
                Status::Failed => "failed",
            },
        )?;
        let list = |which: fn(Class) -> bool, entry: fn(&Finding) -> Value| {
            reading.of_class(which).map(entry).collect::<Vec<_>>()
        };
        map.serialize_entry(
            "unknown_fields",
            &list(is_field, |finding| finding.path.as_str().into()),
        )?;
        map.serialize_entry(
            "unknown_values",
            &list(
                is_value,
                |finding| json!({"path": finding.path, "type": label(finding.class), "value": value(&finding.detail)}),
            ),
        )?;
        map.serialize_entry(
            "deviations",
            &list(is_deviation, |finding| {
                json!({"path": finding.path, "kind": label(finding.class), "problem": finding.detail})
            }),
        )?;
        map.serialize_entry(
            "failures",
            &list(
                is_failure,
                |finding| json!({"path": finding.path, "problem": finding.detail}),
            ),
        )?;
        map.end()
    }
}

struct Summary<'a>(&'a Tally);

impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tally = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", "summary")?;
        map.serialize_entry("inputs", &tally.inputs)?;
        map.serialize_entry("clean", &tally.clean)?;
        map.serialize_entry("findings", &tally.with_findings)?;
        map.serialize_entry("failed", &tally.failed)?;
        let kinds: serde_json::Map<_, _> = tally
            .kinds
            .iter()
            .map(|(name, kind)| {
                let OfKind { inputs, failed } = kind;
                (name.clone(), json!({"inputs": inputs, "failed": failed}))
            })
            .collect();
        map.serialize_entry("kinds", &kinds)?;
        let list = |which: fn(Class) -> bool, further: fn(&Key) -> Vec<(&'static str, Value)>| {
            let rows = tally.rows(which).into_iter();
            rows.map(|(key, row)| entry(key, row, further(key)))
                .collect::<Vec<_>>()
        };
        map.serialize_entry("unknown_fields", &list(is_field, |_| Vec::new()))?;
        map.serialize_entry(
            "unknown_values",
            &list(is_value, |key| {
                vec![
                    ("type", label(key.class).into()),
                    ("value", value(&key.detail)),
                ]
            }),
        )?;
        map.serialize_entry(
            "deviations",
            &list(is_deviation, |key| {
                vec![
                    ("deviation", label(key.class).into()),
                    ("problem", key.detail.as_str().into()),
                ]
            }),
        )?;
        map.serialize_entry(
            "failures",
            &list(is_failure, |key| {
                vec![("problem", key.detail.as_str().into())]
            }),
        )?;
        map.serialize_entry("further", &tally.further)?;
        map.end()
    }
}

fn entry(key: &Key, row: &Row, further: Vec<(&'static str, Value)>) -> Value {
    let first = row.places.first();
    let mut entry = json!({
        "kind": key.kind,
        "path": key.path,
        "count": row.count,
        "first": first.map(|place| json!({"file": place.file.as_ref(), "line": place.line})),
    });
    for (name, value) in further {
        entry[name] = value;
    }
    entry
}

/// The value that a finding holds as JSON text.
fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| json.into())
}

/// The type of an unknown value, the kind of a deviation.
fn label(class: Class) -> &'static str {
    match class {
        Class::UnknownValue(label) | Class::Deviation(label) => label,
        Class::UnknownField | Class::Failure => "",
    }
}

fn is_field(class: Class) -> bool {
    class == Class::UnknownField
}

fn is_value(class: Class) -> bool {
    matches!(class, Class::UnknownValue(_))
}

fn is_deviation(class: Class) -> bool {
    matches!(class, Class::Deviation(_))
}

fn is_failure(class: Class) -> bool {
    class == Class::Failure
}
