//! Models: the keys of an object, each handed to the field that it belongs to.

use std::sync::Arc;

use serde::ser::SerializeMap;

use super::{Fault, Problem, Reader, Schema, reader::MAX_DEPTH};

/// A struct whose wire format is derived.
pub trait Model: Sized {
    /// Which fields came.
    #[doc(hidden)]
    type Seen: Default;

    /// What the struct says of its fields.
    const SCHEMA: &'static Schema;

    /// A struct to be filled: what was not seen in the end is nothing to rely on.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Reads fields while the reader stands at the key of one. It looks for each once, in the order in which Discord
    /// writes them, so it may leave known keys behind: then it is called again.
    #[doc(hidden)]
    fn accept(&mut self, seen: &mut Self::Seen, reader: &mut Reader<'_>) -> Result<(), Fault>;

    /// Ends the object that began at `start`: settles what did not come.
    #[doc(hidden)]
    fn finish(
        &mut self,
        seen: &Self::Seen,
        reader: &mut Reader<'_>,
        start: usize,
    ) -> Result<(), Fault>;

    /// Writes the fields into an object that is already open.
    ///
    /// # Errors
    ///
    /// Whatever the serializer reports.
    fn write<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error>;
}

/// Takes the fields of a model.
trait Fields {
    /// See [`Model::accept`].
    fn accept(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault>;
}

/// A model and which of its fields came.
struct Filling<'a, M: Model> {
    model: &'a mut M,
    seen: M::Seen,
}

impl<M: Model> Fields for Filling<'_, M> {
    #[inline]
    fn accept(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.model.accept(&mut self.seen, reader)
    }
}

/// Decodes a model from an object.
#[doc(hidden)]
#[inline]
pub fn decode<M: Model>(reader: &mut Reader<'_>) -> Result<M, Fault> {
    let mut model = M::blank();
    fill(&mut model, M::Seen::default(), reader)?;
    Ok(model)
}

/// Decodes a model where it is to stay, which is blank.
#[doc(hidden)]
#[inline(never)]
pub fn fill<M: Model>(model: &mut M, seen: M::Seen, reader: &mut Reader<'_>) -> Result<(), Fault> {
    let start = reader.offset();
    let mut filling = Filling { model, seen };
    reader.object(M::SCHEMA.name, &mut filling)?;
    M::finish(filling.model, &filling.seen, reader, start)
}

/// Decodes a model inside of an option.
#[doc(hidden)]
#[inline]
pub fn decode_some<M: Model>(slot: &mut Option<M>, reader: &mut Reader<'_>) -> Result<(), Fault> {
    fill(slot.insert(M::blank()), M::Seen::default(), reader)
}

/// Decodes a model inside of a box.
#[doc(hidden)]
#[inline]
pub fn decode_boxed<M: Model>(reader: &mut Reader<'_>) -> Result<Box<M>, Fault> {
    let mut boxed = Box::new(M::blank());
    fill(&mut *boxed, M::Seen::default(), reader)?;
    Ok(boxed)
}

/// Decodes a model behind a shared pointer.
#[doc(hidden)]
#[inline]
pub fn decode_shared<M: Model>(reader: &mut Reader<'_>) -> Result<Arc<M>, Fault> {
    let mut shared = Arc::new(M::blank());
    // Nobody else has it yet.
    if let Some(model) = Arc::get_mut(&mut shared) {
        fill(model, M::Seen::default(), reader)?;
    }
    Ok(shared)
}

/// Decodes a model at the end of a list.
#[doc(hidden)]
#[inline]
pub fn decode_onto<M: Model>(list: &mut Vec<M>, reader: &mut Reader<'_>) -> Result<(), Fault> {
    list.push(M::blank());
    let filled = match list.last_mut() {
        Some(model) => fill(model, M::Seen::default(), reader),
        None => Ok(()),
    };
    if filled.is_err() {
        list.pop();
    }
    filled
}

impl Reader<'_> {
    /// Reads an object. The code is the same for all models.
    fn object(&mut self, model: &'static str, fields: &mut dyn Fields) -> Result<(), Fault> {
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
