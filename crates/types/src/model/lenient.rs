//! What a model asks of a field, an element or a union that may deviate.
//!
//! Each is read inside a newtype of the name [`TOLERANT`]. To an ordinary deserializer that is a plain
//! value, and an error stays an error. The [tolerant](super::tolerant) one offers the value as an enum
//! instead, and so tells the visitor that it may go on after an error: it has been reported.

use std::{cell::Cell, collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
    },
};
use serde_json::Value;

/// The name of the newtype around whatever may deviate.
pub(super) const TOLERANT: &str = "$polycord::tolerant";

/// Reads a field that identifies nothing. `None` is one that deviates, `Some(None)` is a `null`.
///
/// # Errors
///
/// The value does not fit, and the deserializer is not a tolerant one.
pub fn field<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
) -> Result<Option<Option<T>>, A::Error> {
    map.next_value_seed(Lenient(PhantomData))
}

/// Reads a value that may deviate; then it is `None`.
struct Lenient<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Lenient<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_newtype_struct(TOLERANT, self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Lenient<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        T::deserialize(deserializer).map(Some)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Option<T>, A::Error> {
        Ok(data.variant::<T>().ok().map(|(value, _)| value))
    }
}

/// A list whose elements may deviate.
pub struct List<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = seq.next_element_seed(Lenient(PhantomData))? {
            list.extend(element);
        }
        Ok(List(list))
    }
}

/// A map whose entries may deviate.
pub struct Table<K, V>(pub BTreeMap<K, V>);

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Table<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TableVisitor(PhantomData))
    }
}

struct TableVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for TableVisitor<K, V> {
    type Value = Table<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<K, V>, A::Error> {
        let mut table = BTreeMap::new();
        while let Some(key) = map.next_key_seed(Lenient(PhantomData))? {
            let value = map.next_value_seed(Lenient(PhantomData))?;
            table.extend(key.zip(value));
        }
        Ok(Table(table))
    }
}

/// One of several models, which the object itself tells apart.
pub trait Union: Sized {
    /// Reads the model that the value is of; `None` if it is of none, or deviates.
    fn choose(value: &Value, source: impl Source) -> Option<Self>;

    /// Keeps what no model could read.
    fn unknown(value: Value) -> Self;
}

/// Where the model of a union is read from.
pub trait Source {
    /// Reads it; `None` if it deviates.
    fn read<M: DeserializeOwned>(self) -> Option<M>;
}

/// Decodes a union. It takes any value.
///
/// # Errors
///
/// The JSON is malformed.
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_newtype_struct(TOLERANT, UnionVisitor(PhantomData))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(U::choose(&value, &value).unwrap_or_else(|| U::unknown(value)))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<U, A::Error> {
        let (value, model) = data.variant::<Value>()?;
        Ok(U::choose(&value, Variant(model, PhantomData)).unwrap_or_else(|| U::unknown(value)))
    }
}

impl Source for &Value {
    fn read<M: DeserializeOwned>(self) -> Option<M> {
        let model = M::deserialize(self).ok();
        if model.is_none() {
            KEPT_RAW.set(KEPT_RAW.get().wrapping_add(1));
        }
        model
    }
}

struct Variant<'de, A>(A, PhantomData<&'de ()>);

impl<'de, A: VariantAccess<'de>> Source for Variant<'de, A> {
    fn read<M: DeserializeOwned>(self) -> Option<M> {
        self.0.newtype_variant().ok()
    }
}

thread_local! {
    static KEPT_RAW: Cell<u32> = const { Cell::new(0) };
}

/// How many members of unions this thread has kept raw because they deviate. A strict pass that
/// moves it had something to report, although it did not fail.
pub(crate) fn kept_raw() -> u32 {
    KEPT_RAW.get()
}
