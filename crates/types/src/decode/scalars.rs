use std::collections::BTreeMap;

use serde_json::{Value, value::RawValue};

use super::{Decode, Fault, Problem, Reader, UnknownValueKind, from_str};

impl Decode for bool {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.word("true") {
            Ok(true)
        } else if reader.word("false") {
            Ok(false)
        } else {
            Err(reader.mismatch("true or false"))
        }
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.text("a text").map(ToOwned::to_owned)
    }
}

impl Decode for Box<str> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.text("a text").map(Self::from)
    }
}

/// Any value at all.
impl Decode for Value {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let start = reader.offset();
        reader.skip()?;
        if let Ok(value) = serde_json::from_str(reader.since(start)) {
            return Ok(value);
        }
        reader.at = start;
        OddValue::decode(reader).map(|odd| odd.0)
    }
}

/// A value that `Value` alone refuses: what is in it of half surrogate pairs, of numbers out of range and of too much
/// nesting deviates for itself.
struct OddValue(Value);

impl Decode for OddValue {
    #[cold]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let value = match reader.peek() {
            Some(b'"') => Value::String(Decode::decode(reader)?),
            Some(b'[') => {
                let list = Vec::<Self>::decode(reader)?;
                Value::Array(list.into_iter().map(|odd| odd.0).collect())
            }
            Some(b'{') => {
                let map = BTreeMap::<String, Self>::decode(reader)?;
                Value::Object(map.into_iter().map(|(key, odd)| (key, odd.0)).collect())
            }
            _ => {
                let start = reader.offset();
                reader.skip()?;
                serde_json::from_str(reader.since(start))
                    .map_err(|_| reader.mismatch_at(start, "a number in the range of a float"))?
            }
        };
        Ok(Self(value))
    }
}

/// Any value at all, as it is written.
impl Decode for Box<RawValue> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let start = reader.offset();
        reader.skip()?;
        let parsed = RawValue::from_string(reader.since(start).to_owned());
        parsed.map_err(|error| reader.fail(start, Problem::Refused(error.to_string().into())))
    }
}

impl Reader<'_> {
    /// Reads a text. A number in its place counts as its digits, and is reported.
    #[inline]
    pub(crate) fn text(&mut self, expected: &'static str) -> Result<&str, Fault> {
        if let Some(b'-' | b'0'..=b'9') = self.peek() {
            return self.digits_as_text();
        }
        self.string(expected)
    }

    #[cold]
    fn digits_as_text(&mut self) -> Result<&str, Fault> {
        let start = self.at;
        self.number()?;
        self.converted(start, "a number instead of a text");
        Ok(self.since(start))
    }

    /// Notes the value that was just read, if it has no name here.
    #[inline]
    pub(crate) fn unless_known(&mut self, is_known: bool, start: usize, type_name: &'static str) {
        if !is_known && self.notes.is_some() {
            self.unknown_value(start, type_name);
        }
    }

    #[cold]
    fn unknown_value(&mut self, start: usize, type_name: &'static str) {
        let value = from_str(self.since(start)).unwrap_or_default();
        if let Some(notes) = &mut self.notes {
            notes.unknown_value(start, UnknownValueKind::Enum, type_name, value);
        }
    }

    /// Notes the bits of the value that was just read that have no name here.
    #[inline]
    pub(crate) fn unless_no_bits(
        &mut self,
        bits: impl Into<u64>,
        start: usize,
        type_name: &'static str,
    ) {
        if let Some(notes) = &mut self.notes {
            let bits = bits.into();
            if bits != 0 {
                notes.unknown_value(start, UnknownValueKind::Flags, type_name, bits.into());
            }
        }
    }
}
