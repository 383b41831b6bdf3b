//! The second pass: decodes what a strict one could not, and reports what it got over.

use std::cell::{Cell, RefCell};

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, MapAccess, SeqAccess,
        VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

use super::lenient::TOLERANT;
use crate::Deviation;

/// Why an identifying field could not be read, and where.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) path: String,
    pub(crate) source: Error,
}

/// Decodes a value, with what deviates in it. Its depth is the parser's concern.
pub(crate) fn decode<T: DeserializeOwned>(value: &Value) -> Result<(T, Vec<Deviation>), Failure> {
    let report = Report::default();
    let root = Node {
        value,
        path: Path::Root,
        report: &report,
    };
    match T::deserialize(root) {
        Ok(model) => Ok((model, report.deviations.into_inner())),
        Err(source) => Err(Failure {
            path: report.failed_at.take().unwrap_or_default(),
            source,
        }),
    }
}

#[derive(Default)]
struct Report {
    deviations: RefCell<Vec<Deviation>>,
    /// Where the error that is on its way up began.
    failed_at: Cell<Option<String>>,
}

impl Report {
    /// Notes where an error began, unless it began further down.
    fn failed(&self, path: Path<'_>) {
        let deepest = self.failed_at.take().unwrap_or_else(|| path.render());
        self.failed_at.set(Some(deepest));
    }

    /// Runs what may fail. Its failure takes the place of all that was reported inside it.
    fn catch<T>(&self, path: Path<'_>, run: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let before = self.deviations.borrow().len();
        run().inspect_err(|error| {
            self.failed(path);
            let mut deviations = self.deviations.borrow_mut();
            deviations.truncate(before);
            deviations.push(Deviation {
                path: self.failed_at.take().unwrap_or_default(),
                problem: error.to_string(),
            });
        })
    }
}

#[derive(Clone, Copy)]
enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn render(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Index(parent, index) => format!("{}[{index}]", parent.render()),
            Self::Key(Self::Root, key) => (*key).to_owned(),
            Self::Key(parent, key) => format!("{}.{key}", parent.render()),
        }
    }
}

/// A value and its place.
#[derive(Clone, Copy)]
struct Node<'de, 'p> {
    value: &'de Value,
    path: Path<'p>,
    report: &'p Report,
}

impl<'de> Deserializer<'de> for Node<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Array(values) => {
                let mut elements = Elements {
                    rest: values.iter(),
                    index: 0,
                    parent: self,
                };
                let list = visitor.visit_seq(&mut elements)?;
                match elements.rest.len() {
                    0 => Ok(list),
                    _ => Err(Error::invalid_length(values.len(), &"fewer elements")),
                }
            }
            Value::Object(values) => visitor.visit_map(Entries {
                rest: values.iter(),
                current: None,
                parent: self,
            }),
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == TOLERANT {
            visitor.visit_enum(Offer {
                deserializer: self,
                path: self.path,
                report: self.report,
            })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct enum identifier
    }
}

struct Elements<'de, 'p> {
    rest: std::slice::Iter<'de, Value>,
    index: usize,
    parent: Node<'de, 'p>,
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.rest.next() else {
            return Ok(None);
        };
        let path = Path::Index(&self.parent.path, self.index);
        self.index += 1;
        let report = self.parent.report;
        let element = seed.deserialize(Node {
            value,
            path,
            report,
        });
        element.map(Some).inspect_err(|_| report.failed(path))
    }
}

struct Entries<'de, 'p> {
    rest: serde_json::map::Iter<'de>,
    current: Option<(&'de str, &'de Value)>,
    parent: Node<'de, 'p>,
}

impl<'de> MapAccess<'de> for Entries<'de, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.current = Some((key, value));
        let path = Path::Key(&self.parent.path, key);
        let report = self.parent.report;
        let key = seed.deserialize(Name { key, path, report });
        key.map(Some).inspect_err(|_| report.failed(path))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, value) = self
            .current
            .take()
            .ok_or_else(|| Error::custom("a value without a key"))?;
        let path = Path::Key(&self.parent.path, key);
        let report = self.parent.report;
        let value = seed.deserialize(Node {
            value,
            path,
            report,
        });
        value.inspect_err(|_| report.failed(path))
    }
}

/// The key of an entry.
#[derive(Clone, Copy)]
struct Name<'de, 'p> {
    key: &'de str,
    path: Path<'p>,
    report: &'p Report,
}

impl<'de> Deserializer<'de> for Name<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.key)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == TOLERANT {
            visitor.visit_enum(Offer {
                path: self.path,
                report: self.report,
                deserializer: self,
            })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A value, offered as an enum: once as its variant, and once more as what is inside. Either may fail.
struct Offer<'p, D> {
    deserializer: D,
    path: Path<'p>,
    report: &'p Report,
}

impl<'de, D: Deserializer<'de, Error = Error> + Copy> EnumAccess<'de> for Offer<'_, D> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let value = self
            .report
            .catch(self.path, || seed.deserialize(self.deserializer))?;
        Ok((value, self))
    }
}

impl<'de, D: Deserializer<'de, Error = Error>> VariantAccess<'de> for Offer<'_, D> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        self.report
            .catch(self.path, || seed.deserialize(self.deserializer))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserializer.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserializer.deserialize_any(visitor)
    }
}
