//! From JSON text to models: tolerant, in one pass, with a report of what was odd.
//!
//! [`from_str`] decodes any model. Only what identifies an object is required: anything else that is
//! missing, `null` or of the wrong kind has its default, a bad element is left out of its list, and an
//! unknown value is kept. [`from_str_reporting`] says what that was, and where:
//!
//! ```
//! use polycord_types::{decode::{self, DeviationKind}, role::Role};
//!
//! let json = r#"{"id":"4","name":["helpers"],"flags":0,"brand_new":1}"#;
//! let role: Role = decode::from_str(json)?;
//! assert_eq!(role.name, "");
//!
//! let (_, report) = decode::from_str_reporting::<Role>(json)?;
//! assert_eq!(report.unknown_fields[0].path, "brand_new");
//! let name = report.deviations.iter().find(|deviation| deviation.path == "name");
//! assert_eq!(name.unwrap().kind, DeviationKind::WrongKind);
//! # Ok::<(), decode::DecodeError>(())
//! ```
//!
//! `serde`'s `Deserialize` of every type of this crate goes the same way; from JSON text these functions
//! are several times faster.

use std::sync::Arc;

mod blank;
mod containers;
mod error;
#[doc(hidden)]
pub mod field;
mod key;
mod number;
mod object;
mod path;
mod reader;
mod report;
mod scalars;
mod schema;
mod skip;
mod string;
mod transcode;
mod union;

#[doc(hidden)]
pub use self::{
    blank::{Blank, MakeBlank, MakeDefault, Of, SettleBlank, SettleDefault},
    key::Key,
    object::{
        absent, decode, decode_boxed, decode_onto, decode_shared, decode_some, fill, missing,
    },
};
pub(crate) use self::{error::Problem, union::member};
pub use self::{
    error::{DecodeError, DecodeErrorKind, Fault},
    object::Model,
    reader::Reader,
    report::{Deviation, DeviationKind, Report, UnknownField, UnknownValue, UnknownValueKind},
    schema::{FieldSchema, Presence, Schema},
    transcode::deserialize,
};

/// A type that decodes from JSON text.
///
/// The types of this crate implement it; for others it is of no use.
pub trait Decode: Sized {
    /// Reads the value that the reader stands at, and moves the reader behind it.
    ///
    /// # Errors
    ///
    /// The JSON is malformed, or the value is none of this type. After an error the reader stands
    /// anywhere.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    // The same where the value is to stay, which for large ones saves a copy or two.

    #[doc(hidden)]
    #[inline]
    fn decode_into(slot: &mut Self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        *slot = Self::decode(reader)?;
        Ok(())
    }

    #[doc(hidden)]
    #[inline]
    fn decode_some(slot: &mut Option<Self>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        *slot = Some(Self::decode(reader)?);
        Ok(())
    }

    #[doc(hidden)]
    #[inline]
    fn decode_boxed(reader: &mut Reader<'_>) -> Result<Box<Self>, Fault> {
        Self::decode(reader).map(Box::new)
    }

    #[doc(hidden)]
    #[inline]
    fn decode_shared(reader: &mut Reader<'_>) -> Result<Arc<Self>, Fault> {
        Self::decode(reader).map(Arc::new)
    }

    #[doc(hidden)]
    #[inline]
    fn decode_onto(list: &mut Vec<Self>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        list.push(Self::decode(reader)?);
        Ok(())
    }
}

/// Decodes a value.
///
/// # Errors
///
/// The text is no JSON, or what identifies the object is missing or malformed.
pub fn from_str<T: Decode>(json: &str) -> Result<T, DecodeError> {
    let mut reader = Reader::new(json);
    reader.document().map_err(|fault| reader.error(fault))
}

/// Decodes a value, and reports what deviates from the documentation or is unknown here.
///
/// # Errors
///
/// As for [`from_str`].
pub fn from_str_reporting<T: Decode>(json: &str) -> Result<(T, Report), DecodeError> {
    let mut reader = Reader::reporting(json);
    match reader.document() {
        Ok(value) => Ok((value, reader.take_report())),
        Err(fault) => Err(reader.error(fault)),
    }
}
