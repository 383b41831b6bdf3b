//! What `#[derive(Model)]` stands on, and the wire types written by `macro_rules`.
//!
//! Public for the code that the derive generates, not for users.

#[macro_use]
mod flags;
#[macro_use]
mod open_enum;
#[macro_use]
mod tagged;
mod lenient;
mod number;
pub(crate) mod tolerant;

use std::{fmt, marker::PhantomData};

use serde::de::{DeserializeSeed, IgnoredAny, Visitor};
pub use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as DecodeFailure, MapAccess},
    ser::SerializeMap,
};

pub use self::lenient::{List, Source, Table, Union, field, read_union};
pub(crate) use self::{lenient::kept_raw, number::Number};

/// A struct whose wire format is derived.
pub trait Model: Sized {
    /// Collects the fields while they arrive.
    type Builder: Builder<Model = Self>;

    /// Writes the fields into an object that is already open.
    ///
    /// # Errors
    ///
    /// Whatever the serializer reports.
    fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error>;
}

/// Collects the fields of a model in any order.
pub trait Builder: Default {
    /// What is built.
    type Model;

    /// The struct's name, for errors.
    const NAME: &'static str;
    /// The keys of its own fields; those of flattened models are theirs.
    const FIELDS: &'static [&'static str];
    /// How many indices there are, flattened models included.
    const LEN: usize;

    /// The index of a key, `None` for one that the model does not know.
    fn index(key: &str) -> Option<usize>;

    /// Reads the value that follows the key of this index.
    ///
    /// # Errors
    ///
    /// The value does not fit the field.
    fn accept<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A)
    -> Result<(), A::Error>;

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// An identifying field never came.
    fn finish<E: DecodeFailure>(self) -> Result<Self::Model, E>;
}

/// Decodes a model from an object.
///
/// # Errors
///
/// The input is no object, an identifying field is missing, or a value does not fit its field.
pub fn read<'de, M: Model, D: Deserializer<'de>>(deserializer: D) -> Result<M, D::Error> {
    deserializer.deserialize_map(ObjectVisitor::<M::Builder>(PhantomData))
}

/// Encodes a model as an object.
///
/// # Errors
///
/// Whatever the serializer reports.
pub fn write<M: Model, S: Serializer>(model: &M, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    model.write(&mut map)?;
    map.end()
}

/// Gives the value of an identifying field.
///
/// # Errors
///
/// It never came.
pub fn required<T, E: DecodeFailure>(
    value: Option<T>,
    model: &'static str,
    field: &'static str,
) -> Result<T, E> {
    value.ok_or_else(|| {
        E::custom(format_args!(
            "`{model}` without its identifying field `{field}`"
        ))
    })
}

/// Skips a value of no interest.
///
/// # Errors
///
/// The JSON is malformed.
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

struct ObjectVisitor<B>(PhantomData<B>);

impl<'de, B: Builder> Visitor<'de> for ObjectVisitor<B> {
    type Value = B::Model;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", B::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<B::Model, A::Error> {
        let mut builder = B::default();
        while let Some(index) = map.next_key_seed(Key::<B>(PhantomData))? {
            match index {
                Some(index) => builder.accept(index, &mut map)?,
                None => skip(&mut map)?,
            }
        }
        builder.finish()
    }
}

/// Turns a key into its index without keeping its text.
struct Key<B>(PhantomData<B>);

impl<'de, B: Builder> DeserializeSeed<'de> for Key<B> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<B: Builder> Visitor<'_> for Key<B> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: DecodeFailure>(self, key: &str) -> Result<Self::Value, E> {
        Ok(B::index(key))
    }
}

#[cfg(test)]
mod tests;
