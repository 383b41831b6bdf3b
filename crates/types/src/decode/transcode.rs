//! The way from `serde`: what any format that describes itself holds is written as JSON text, and decoded.

use std::fmt::{self, Write as _};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Number, Value};

use super::{Decode, Reader, from_str};

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

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        let text = str::from_utf8(value).map_err(E::custom)?;
        self.visit_str(text)
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
        let start = self.json.len();
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
        let number = self.json.get(start..).and_then(number_of_a_map);
        if let Some(number) = number.map(ToOwned::to_owned) {
            self.json.truncate(start);
            self.json.push_str(&number);
        }
        Ok(())
    }
}

/// The number that a map stands for: so `serde_json` hands numbers on with its feature `arbitrary_precision`, which any
/// crate of a program can switch on.
fn number_of_a_map(json: &str) -> Option<&str> {
    let text = json.strip_prefix(r#"{"$serde_json::private::Number":""#)?;
    let text = text.strip_suffix(r#""}"#)?;
    is_number(text).then_some(text)
}

fn is_number(text: &str) -> bool {
    let mut reader = Reader::new(text);
    let begins = text.starts_with(|char: char| char == '-' || char.is_ascii_digit());
    begins && reader.number().is_ok() && reader.offset() == text.len()
}

#[cfg(test)]
mod tests {
    use serde::de::value::{BytesDeserializer, Error, MapDeserializer};

    use super::*;
    use crate::{Text, id::UserId};

    fn number_map(number: &str) -> Result<f64, Error> {
        let entries = [("$serde_json::private::Number", number)];
        deserialize(MapDeserializer::new(entries.into_iter()))
    }

    #[test]
    fn numbers_are_read_in_the_way_that_arbitrary_precision_gives_them() {
        for number in ["0", "-1.5", "1e3", "18446744073709551615"] {
            assert_eq!(number_map(number).ok(), number.parse().ok(), "{number}");
        }
        for text in ["", "1,2", "1}", "[]", "null", "x", "\"", "01", " 1"] {
            assert!(number_map(text).is_err(), "{text}");
        }
        let entries = [("$serde_json::private::Number", "5"), ("id", "6")];
        let map = MapDeserializer::<_, Error>::new(entries.into_iter());
        assert!(deserialize::<UserId, _>(map).is_err());
    }

    #[test]
    fn bytes_are_text_if_they_can_be() {
        let read = |bytes| deserialize::<Text, _>(BytesDeserializer::<Error>::new(bytes));
        assert_eq!(read("é\"".as_bytes()).unwrap(), "é\"");
        assert!(read(b"\xff").is_err());
    }
}
