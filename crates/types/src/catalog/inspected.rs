use serde::Serialize;

use crate::decode::{self, Decode, DecodeError, Report};

/// What came of decoding a structure.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inspected {
    /// What deviates from the documentation, and what it does not know.
    pub report: Report,
    /// The structure as the model writes it.
    pub reserialized: String,
}

impl Inspected {
    pub(super) fn read<T: Decode + Serialize>(name: &str, json: &str) -> Result<Self, DecodeError> {
        let (model, report) =
            decode::from_str_reporting::<T>(json).map_err(|error| error.of(name))?;
        let reserialized = serde_json::to_string(&model)
            .map_err(|error| DecodeError::malformed(name, 0, &error))?;
        Ok(Self {
            report,
            reserialized,
        })
    }
}
