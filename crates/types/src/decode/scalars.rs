use serde_json::{Value, value::RawValue};

use super::{Decode, Fault, Problem, Reader, UnknownValueKind};

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
        let parsed = serde_json::from_str(reader.since(start));
        // It is JSON, but deeper than `Value` may be, or with a number out of range.
        parsed.map_err(|error| reader.fail(start, Problem::Refused(error.to_string().into())))
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
        let value = serde_json::from_str(self.since(start)).unwrap_or_default();
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
