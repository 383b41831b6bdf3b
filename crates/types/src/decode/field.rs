//! Fields, by what the documentation says of their presence. What the derive generates calls these; they are
//! shared by all fields of a type.

use super::{Decode, Fault, Reader, report::Found};

/// The reader stands at the next key. The error is what ends the object.
type Taken = Result<(), Fault>;

/// Reads a field that identifies the object.
#[inline(never)]
pub fn key<T: Decode>(slot: &mut T, reader: &mut Reader<'_>, key_len: usize) -> Taken {
    reader.go_to_value(key_len);
    if reader.peek() == Some(b'n') {
        return Err(reader.mismatch("what identifies the object"));
    }
    T::decode_into(slot, reader)?;
    reader.go_to_next_key()
}

/// Reads a field that is never `null`.
#[inline(never)]
pub fn plain<T: Decode + Default>(slot: &mut T, reader: &mut Reader<'_>, key_len: usize) -> Taken {
    reader.go_to_value(key_len);
    let start = reader.offset();
    if let Err(fault) = T::decode_into(slot, reader) {
        *slot = T::default();
        reader.tolerate(fault, start, Found::Field)?;
    }
    reader.go_to_next_key()
}

/// Reads a field that has its default where it is `null`.
#[inline(never)]
pub fn plain_or_null<T: Decode + Default>(
    slot: &mut T,
    reader: &mut Reader<'_>,
    key_len: usize,
) -> Taken {
    if reader.null_member(key_len) {
        *slot = T::default();
        return Ok(());
    }
    reader.go_to_value(key_len);
    if is_null(reader) {
        *slot = T::default();
        return reader.go_to_next_key();
    }
    plain(slot, reader, 0)
}

/// Reads a field that may be absent, but is never `null`.
#[inline(never)]
pub fn optional<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>, key_len: usize) -> Taken {
    optional_with(slot, reader, key_len, T::decode_some)
}

/// Reads such a field in a way of its own.
#[inline]
pub fn optional_with<T>(
    slot: &mut Option<T>,
    reader: &mut Reader<'_>,
    key_len: usize,
    read: impl FnOnce(&mut Option<T>, &mut Reader<'_>) -> Result<(), Fault>,
) -> Taken {
    reader.go_to_value(key_len);
    let start = reader.offset();
    if is_null(reader) {
        reader.unexpected_null(start);
        *slot = None;
    } else {
        some(slot, reader, read)?;
    }
    reader.go_to_next_key()
}

/// Reads a field that may be `null`.
#[inline(never)]
pub fn nullable<T: Decode>(slot: &mut Option<T>, reader: &mut Reader<'_>, key_len: usize) -> Taken {
    if reader.null_member(key_len) {
        *slot = None;
        return Ok(());
    }
    nullable_value(slot, reader, key_len)
}

#[inline(never)]
fn nullable_value<T: Decode>(
    slot: &mut Option<T>,
    reader: &mut Reader<'_>,
    key_len: usize,
) -> Taken {
    reader.go_to_value(key_len);
    if is_null(reader) {
        *slot = None;
    } else {
        some(slot, reader, T::decode_some)?;
    }
    reader.go_to_next_key()
}

/// Reads a field in which `null` is not the same as nothing.
#[inline(never)]
pub fn patch<T: Decode>(
    slot: &mut Option<Option<T>>,
    reader: &mut Reader<'_>,
    key_len: usize,
) -> Taken {
    reader.go_to_value(key_len);
    *slot = if is_null(reader) {
        Some(None)
    } else {
        let mut value = None;
        some(&mut value, reader, T::decode_some)?;
        value.map(Some)
    };
    reader.go_to_next_key()
}

/// Reads a field whose presence means yes; its value is `null`.
#[inline(never)]
pub fn null_flag(slot: &mut bool, reader: &mut Reader<'_>, key_len: usize) -> Taken {
    reader.go_to_value(key_len);
    let mut value = Some(true);
    if !is_null(reader) {
        some(&mut value, reader, bool::decode_some)?;
    }
    *slot = value.unwrap_or(true);
    reader.go_to_next_key()
}

/// Reads a value that may be of the wrong kind.
#[inline]
fn some<T>(
    slot: &mut Option<T>,
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Option<T>, &mut Reader<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let start = reader.offset();
    let read = read(slot, reader);
    read.or_else(|fault| {
        *slot = None;
        reader.tolerate(fault, start, Found::Field)
    })
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
