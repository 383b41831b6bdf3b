//! What Discord would refuse: every limit at its edge, and every rule that is broken names its field.

#![expect(
    clippy::needless_pass_by_value,
    reason = "bodies are written where they are passed"
)]

mod command;
mod component;
mod gateway;
mod guild;
mod message;

use std::ops::RangeInclusive;

use polycord_types::validate::{Validate, ValidationErrorKind};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// So many characters, each of them four bytes and two UTF-16 code units.
fn text(characters: i64) -> String {
    "🦀".repeat(usize::try_from(characters).unwrap_or_default())
}

/// So many plain letters.
fn letters(characters: i64) -> String {
    "a".repeat(usize::try_from(characters).unwrap_or_default())
}

/// So many of the same.
fn list(element: &Value, count: i64) -> Vec<Value> {
    vec![element.clone(); usize::try_from(count).unwrap_or_default()]
}

/// An object with other fields, or other values of the same.
fn merge(mut object: Value, fields: Value) -> Value {
    let Value::Object(fields) = fields else {
        panic!("no object: {fields}")
    };
    for (key, field) in fields {
        object[key] = field;
    }
    object
}

fn read<T: DeserializeOwned>(body: Value) -> T {
    let json = body.to_string();
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{body}: {error}"))
}

/// The paths of what is wrong.
fn faults<T: DeserializeOwned + Validate>(body: Value) -> Vec<String> {
    match read::<T>(body).validate() {
        Ok(()) => Vec::new(),
        Err(errors) => errors
            .into_iter()
            .map(|error| error.path().to_owned())
            .collect(),
    }
}

/// Both ends of a range are accepted; one step beyond is refused, with field, limit and number.
fn edge<T: DeserializeOwned + Validate>(
    path: &str,
    range: RangeInclusive<i64>,
    make: impl Fn(i64) -> Value,
) {
    let (min, max) = range.into_inner();
    for inside in [min.max(0), max] {
        assert_eq!(faults::<T>(make(inside)), [""; 0], "{path}: {inside}");
    }
    let below = (min > 0).then(|| (min - 1, min));
    for (outside, limit) in below.into_iter().chain([(max + 1, max)]) {
        let Err(errors) = read::<T>(make(outside)).validate() else {
            panic!("{path}: {outside} is not refused");
        };
        let found = errors.iter().find(|error| error.path() == path);
        let Some(error) = found else {
            panic!("{path}: {outside} gives `{errors}`");
        };
        assert_eq!(error.limit(), Some(limit), "{error}");
        assert_eq!(error.actual(), Some(outside), "{error}");
        let message = error.to_string();
        for part in [path.to_owned(), limit.to_string(), outside.to_string()] {
            assert!(message.contains(&part), "{message}");
        }
        assert_eq!(errors.iter().count(), 1, "{errors}");
    }
}

/// A rule without a number that is broken once, at a path.
fn refused<T: DeserializeOwned + Validate>(path: &str, body: Value) -> ValidationErrorKind {
    let errors = read::<T>(body.clone()).validate();
    let Err(errors) = errors else {
        panic!("{body} is not refused");
    };
    assert_eq!(errors.iter().count(), 1, "{body}: {errors}");
    assert_eq!(errors.first().path(), path, "{body}: {errors}");
    errors.first().kind()
}

fn accepted<T: DeserializeOwned + Validate>(body: Value) {
    assert_eq!(faults::<T>(body.clone()), [""; 0], "{body}");
}
