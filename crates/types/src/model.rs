//! What `#[derive(Model)]` stands on, and the wire types written by `macro_rules`.
//!
//! Public for the code that the derive generates, not for users.

#[macro_use]
mod heap_size;

#[macro_use]
mod flags;
#[macro_use]
mod open_enum;
#[macro_use]
mod scalar;
#[macro_use]
mod tagged;

pub use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};

pub use crate::decode::{
    Blank, Decode, Fault, FieldSchema, Key, MakeBlank, MakeDefault, Model, Of, Presence, Reader,
    Schema, SettleBlank, SettleDefault, absent, decode, decode_boxed, decode_onto, decode_shared,
    decode_some, deserialize, field, fill, missing,
};

/// Encodes a model as an object.
///
/// # Errors
///
/// Whatever the serializer reports.
pub use crate::__heap_size_of_model as heap_size_of_model;
#[cfg(feature = "heap-size")]
pub use crate::HeapSize;

pub fn write<M: Model, S: Serializer>(model: &M, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    model.write(&mut map)?;
    map.end()
}

/// Lets `serde` decode a type the way [`Decode`] does.
macro_rules! deserialize {
    ($Name:ident) => {
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::decode::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests;
