use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Deviation, gateway::DecodeError, model::tolerant};

/// What came of decoding a structure.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inspected {
    /// What deviates from the documentation, and what it does not know.
    pub report: Report,
    /// The structure as the model writes it.
    pub reserialized: String,
}

/// What decoding got over.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What the documentation says otherwise.
    pub deviations: Vec<Deviation>,
    /// Fields that the models do not know.
    pub unknown_fields: Vec<UnknownField>,
    /// Values of enums that have no name.
    pub unknown_values: Vec<UnknownValue>,
}

/// A field that the models do not know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownField {
    /// Where it stands.
    pub path: String,
}

/// A value of an enum that has no name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownValue {
    /// Where it stands.
    pub path: String,
    /// The value as JSON.
    pub value: String,
}

impl Inspected {
    pub(super) fn read<T: DeserializeOwned + Serialize>(
        name: &str,
        json: &str,
    ) -> Result<Self, DecodeError> {
        let malformed = |error| DecodeError::new(name, json, error);
        let value = serde_json::from_str::<Value>(json).map_err(malformed)?;
        let (model, deviations) =
            tolerant::decode::<T>(&value).map_err(|failure| DecodeError::at(name, failure))?;
        let reserialized = serde_json::to_string(&model).map_err(malformed)?;
        let written = serde_json::from_str::<Value>(&reserialized).map_err(malformed)?;
        let mut report = Report {
            deviations,
            ..Report::default()
        };
        compare(&value, &written, "", &mut report.unknown_fields);
        Ok(Self {
            report,
            reserialized,
        })
    }
}

/// Notes the keys that were not written again.
fn compare(read: &Value, written: &Value, path: &str, unknown: &mut Vec<UnknownField>) {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                match written.get(key) {
                    Some(written) => compare(value, written, &path, unknown),
                    None if value.is_null() => {}
                    None => unknown.push(UnknownField { path }),
                }
            }
        }
        (Value::Array(read), Value::Array(written)) => {
            for (index, (read, written)) in read.iter().zip(written).enumerate() {
                compare(read, written, &format!("{path}[{index}]"), unknown);
            }
        }
        _ => {}
    }
}
