//! Fields, by what the documentation says of their presence. What the derive generates calls these; they are
//! shared by all fields of a type.

use super::{Decode, Fault, Reader, report::Found};

/// That the key had a field. The error is what ends the object.
type Taken = Result<bool, Fault>;

/// Reads a field that identifies the object.
#[inline(never)]
pub fn key<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Taken {
    if reader.peek() == Some(b'n') {
        return Err(reader.mismatch("what identifies the object"));
    }
    *slot = Some(T::decode(reader)?);
    Ok(true)
}

/// Reads a field that is never `null`.
#[inline(never)]
pub fn plain<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Taken {
    some(slot, reader, T::decode)
}

/// Reads a field that has its default where it is `null`.
#[inline(never)]
pub fn plain_or_null<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Taken {
    if is_null(reader) {
        *slot = None;
        return Ok(true);
    }
    plain(slot, reader)
}

/// Reads a field that may be absent, but is never `null`.
#[inline(never)]
pub fn optional<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Taken {
    optional_with(slot, reader, T::decode)
}

/// Reads such a field in a way of its own.
#[inline]
pub fn optional_with<T>(
    slot: &mut Option<T>,
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>,
) -> Taken {
    let start = reader.offset();
    if is_null(reader) {
        reader.unexpected_null(start);
        *slot = None;
        return Ok(true);
    }
    some(slot, reader, read)
}

/// Reads a field that may be `null`.
#[inline(never)]
pub fn nullable<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>) -> Taken {
    if is_null(reader) {
        *slot = None;
        return Ok(true);
    }
    some(slot, reader, T::decode)
}

/// Reads a field in which `null` is not the same as nothing.
#[inline(never)]
pub fn patch<T: Decode>(slot: &mut Option<Option<T>>, reader: &mut Reader<'_>) -> Taken {
    if is_null(reader) {
        *slot = Some(None);
        return Ok(true);
    }
    let mut value = None;
    some(&mut value, reader, Decode::decode)?;
    *slot = value.map(Some);
    Ok(true)
}

/// Reads a field whose presence means yes; its value is `null`.
#[inline(never)]
pub fn null_flag(slot: &mut bool, reader: &mut Reader<'_>) -> Taken {
    *slot = true;
    if is_null(reader) {
        return Ok(true);
    }
    let mut value = None;
    some(&mut value, reader, Decode::decode)?;
    *slot = value.unwrap_or(true);
    Ok(true)
}

#[inline]
fn some<T>(
    slot: &mut Option<T>,
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>,
) -> Taken {
    let start = reader.offset();
    match read(reader) {
        Ok(value) => *slot = Some(value),
        Err(fault) => {
            reader.tolerate(fault, start, Found::Field)?;
            *slot = None;
        }
    }
    Ok(true)
}

#[inline]
fn is_null(reader: &mut Reader<'_>) -> bool {
    reader.peek() == Some(b'n') && reader.null()
}

impl Reader<'_> {
    #[inline]
    fn unexpected_null(&mut self, at: usize) {
        if let Some(notes) = &mut self.notes {
            notes.null(at);
        }
    }
}
