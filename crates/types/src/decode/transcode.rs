//! The way from `serde`: what any format that describes itself holds is written as JSON text, and decoded.

use std::fmt::{self, Write as _};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Number, Value};

use super::{Decode, from_str};

/// How deep the input may nest: it costs stack.
const MAX_DEPTH: u32 = 128;

/// Decodes from a format of `serde` that describes itself.
///
/// # Errors
///
/// The deserializer reports one, or the value does not [decode](from_str).
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut json = String::new();
    let value = Transcoder {
        json: &mut json,
        depth: 0,
        is_key: false,
    };
    value.deserialize(deserializer)?;
    from_str(&json).map_err(D::Error::custom)
}

/// Writes a value as JSON.
struct Transcoder<'a> {
    json: &'a mut String,
    depth: u32,
    /// Whether it is a key, and so must be text.
    is_key: bool,
}

impl Transcoder<'_> {
    fn deeper<E: Error>(&mut self) -> Result<Transcoder<'_>, E> {
        if self.is_key {
            return Err(E::custom("a key that is no text"));
        }
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        Ok(Transcoder {
            json: self.json,
            depth: self.depth + 1,
            is_key: false,
        })
    }

    fn scalar(self, value: impl fmt::Display) {
        let quote = if self.is_key { "\"" } else { "" };
        // Writing to a `String` does not fail.
        let _ = write!(self.json, "{quote}{value}{quote}");
    }
}

impl<'de> DeserializeSeed<'de> for Transcoder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcoder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(value);
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.scalar(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(value);
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.scalar(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match Number::from_f64(value) {
            Some(number) => self.scalar(number),
            None => self.scalar("null"),
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let text = Value::from(value);
        let _ = write!(self.json, "{text}");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.scalar("null");
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar("null");
        Ok(())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        self.json.push('[');
        let mut separator = "";
        loop {
            let before = self.json.len();
            self.json.push_str(separator);
            if seq.next_element_seed(self.deeper()?)?.is_none() {
                self.json.truncate(before);
                break;
            }
            separator = ",";
        }
        self.json.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.json.push('{');
        let mut separator = "";
        loop {
            let before = self.json.len();
            self.json.push_str(separator);
            let mut key = self.deeper()?;
            key.is_key = true;
            if map.next_key_seed(key)?.is_none() {
                self.json.truncate(before);
                break;
            }
            self.json.push(':');
            map.next_value_seed(self.deeper()?)?;
            separator = ",";
        }
        self.json.push('}');
        Ok(())
    }
}
