//! Models: the keys of an object, each handed to the field that it belongs to.

use serde::ser::SerializeMap;

use super::{Fault, Problem, Reader, Schema, reader::MAX_DEPTH};

/// A struct whose wire format is derived.
pub trait Model: Sized {
    /// Collects the fields while they arrive.
    #[doc(hidden)]
    type Builder: Builder<Model = Self>;

    /// What the struct says of its fields.
    const SCHEMA: &'static Schema;

    /// Writes the fields into an object that is already open.
    ///
    /// # Errors
    ///
    /// Whatever the serializer reports.
    fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error>;
}

/// Takes the fields of a model in any order.
#[doc(hidden)]
pub trait Fields {
    /// Reads fields while the reader stands at the key of one. It looks for each once, in the order in which Discord
    /// writes them, so it may leave known keys behind: then it is called again.
    fn accept(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault>;
}

/// The fields of a model that is not complete yet.
#[doc(hidden)]
pub trait Builder: Fields + Default {
    type Model;

    /// Ends the object that began at `start`.
    fn finish(self, reader: &mut Reader<'_>, start: usize) -> Result<Self::Model, Fault>;
}

/// Decodes a model from an object.
#[doc(hidden)]
pub fn decode<M: Model>(reader: &mut Reader<'_>) -> Result<M, Fault> {
    let start = reader.offset();
    let mut builder = M::Builder::default();
    reader.object(M::SCHEMA.name, &mut builder)?;
    builder.finish(reader, start)
}

impl Reader<'_> {
    /// Reads an object. The code is the same for all models.
    pub(crate) fn object(
        &mut self,
        model: &'static str,
        fields: &mut dyn Fields,
    ) -> Result<(), Fault> {
        let tag = self.tag.take();
        if self.peek() != Some(b'{') {
            return Err(self.fail(self.at, Problem::NoObject { model }));
        }
        self.enter(b'{', "an object")?;
        let read = self.members(fields, tag);
        self.depth -= 1;
        read
    }

    /// Steps into a container. The caller takes the depth back.
    #[inline]
    pub(super) fn enter(&mut self, bracket: u8, expected: &'static str) -> Result<(), Fault> {
        if self.peek() != Some(bracket) {
            return Err(self.mismatch(expected));
        }
        if self.depth >= MAX_DEPTH {
            return Err(self.mismatch("less nesting"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    fn members(&mut self, fields: &mut dyn Fields, tag: Option<&'static str>) -> Result<(), Fault> {
        self.go_to_first_key()?;
        while !self.head.is_end() {
            let start = self.at;
            fields.accept(self)?;
            if self.at == start {
                self.unknown_member(fields, tag)?;
            }
        }
        Ok(())
    }

    /// Goes on with a key that is none of the model's. It may be one in another notation.
    #[inline(never)]
    fn unknown_member(
        &mut self,
        fields: &mut dyn Fields,
        tag: Option<&'static str>,
    ) -> Result<(), Fault> {
        let start = self.at;
        let Some(key) = self.plain_key() else {
            self.at = start - 1;
            return self.odd_member(fields, tag);
        };
        self.space();
        self.skip_unknown(key, tag)?;
        self.go_to_next_key()
    }

    /// Reads a key in any notation, and its value.
    #[cold]
    fn odd_member(
        &mut self,
        fields: &mut dyn Fields,
        tag: Option<&'static str>,
    ) -> Result<(), Fault> {
        let key = self.string("a key")?.to_owned();
        self.colon()?;
        let value = self.at;
        self.stand_at_odd_key(&key);
        let start = self.at;
        fields.accept(self)?;
        if self.at != start {
            return Ok(());
        }
        self.at = value;
        self.skip_unknown(key.as_bytes(), tag)?;
        self.go_to_next_key()
    }

    #[inline]
    fn skip_unknown(&mut self, key: &[u8], tag: Option<&'static str>) -> Result<(), Fault> {
        if let Some(notes) = &mut self.notes
            && tag.map(str::as_bytes) != Some(key)
        {
            notes.unknown_field(self.at);
        }
        self.skip()
    }
}

/// Reports the fields that never came: those whose bit is not among `seen`.
#[doc(hidden)]
#[inline]
pub fn absent(reader: &mut Reader<'_>, start: usize, seen: u128, keys: &[&'static str]) {
    if reader.notes.is_some() {
        note_absent(reader, start, seen, keys);
    }
}

#[cold]
fn note_absent(reader: &mut Reader<'_>, start: usize, seen: u128, keys: &[&'static str]) {
    let Some(notes) = &mut reader.notes else {
        return;
    };
    for (bit, key) in keys.iter().enumerate() {
        if seen >> bit & 1 == 0 {
            notes.absent(start, key);
        }
    }
}

/// The fault of an object without an identifying field.
#[doc(hidden)]
#[cold]
#[inline(never)]
pub fn missing(
    reader: &mut Reader<'_>,
    start: usize,
    model: &'static str,
    key: &'static str,
) -> Fault {
    reader.fail(start, Problem::Missing { model, key })
}
