//! Lists and maps, in which every element may deviate for itself.

use std::{collections::BTreeMap, sync::Arc};

use super::{Decode, Fault, Reader, report::Found};

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode_boxed(reader)
    }
}

impl<T: Decode> Decode for Arc<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode_shared(reader)
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.null() {
            return Ok(None);
        }
        T::decode(reader).map(Some)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.empty_list() {
            return Ok(Self::new());
        }
        let mut list = Self::new();
        if reader.list()? {
            list.reserve_exact(first_capacity::<T>());
            loop {
                let start = reader.offset();
                if let Err(fault) = T::decode_onto(&mut list, reader) {
                    reader.tolerate(fault, start, Found::Container)?;
                }
                if !reader.another()? {
                    break;
                }
            }
            if list.is_empty() {
                return Ok(Self::new());
            }
        }
        Ok(list)
    }
}

/// What a list begins with: four elements, of ids eight, as few members have more roles, and of large ones fewer. Most
/// lists of these are short, and what is small enough the allocator keeps at hand.
const fn first_capacity<T>() -> usize {
    const BYTES: usize = 768;
    if size_of::<T>() <= 8 {
        8
    } else if 4 * size_of::<T>() <= BYTES {
        4
    } else if 2 * size_of::<T>() <= BYTES {
        2
    } else {
        1
    }
}

/// A list of exactly two elements.
impl<T: Decode> Decode for [T; 2] {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.pair("a list of two elements").map(Self::from)
    }
}

impl<K: Decode + Ord, V: Decode> Decode for BTreeMap<K, V> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut map = Self::new();
        reader.enter(b'{', "an object")?;
        if reader.space() == Some(b'}') {
            reader.at += 1;
        } else {
            while entry(&mut map, reader)? {}
        }
        reader.depth -= 1;
        Ok(map)
    }
}

/// Reads an entry; whether another one follows.
fn entry<K: Decode + Ord, V: Decode>(
    map: &mut BTreeMap<K, V>,
    reader: &mut Reader<'_>,
) -> Result<bool, Fault> {
    let start = reader.offset();
    if reader.peek() != Some(b'"') {
        return Err(reader.malformed("expected a key"));
    }
    // Ids and numbers read from text as well.
    let key = K::decode(reader);
    let failure = match key {
        Ok(_) => None,
        Err(Fault::Malformed) => return Err(Fault::Malformed),
        Err(Fault::Mismatch) => {
            let failure = reader.take_failure();
            reader.at = start;
            reader.skip_string()?;
            Some(failure)
        }
    };
    if let Some(notes) = &mut reader.notes {
        notes.forget_conversion(start);
    }
    reader.colon()?;
    let value_start = reader.offset();
    match (key, failure) {
        (Ok(key), _) => match V::decode(reader) {
            Ok(value) => {
                map.insert(key, value);
            }
            Err(fault) => {
                reader.tolerate(fault, value_start, Found::Container)?;
                map.remove(&key);
            }
        },
        (Err(fault), Some(failure)) => {
            reader.failure = failure;
            reader.tolerate(fault, value_start, Found::Container)?;
        }
        (Err(fault), None) => return Err(fault),
    }
    reader.another_of(b'}')
}

impl Reader<'_> {
    /// Steps over a list without elements, and without anything between its brackets.
    #[inline]
    fn empty_list(&mut self) -> bool {
        self.word("[]")
    }

    /// Steps into a list; whether it has an element.
    #[inline]
    pub(crate) fn list(&mut self) -> Result<bool, Fault> {
        self.enter(b'[', "a list")?;
        if self.space() == Some(b']') {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        Ok(true)
    }

    /// Steps to the next element; if there is none, out of the list.
    #[inline]
    pub(crate) fn another(&mut self) -> Result<bool, Fault> {
        let another = self.another_of(b']')?;
        if !another {
            self.depth -= 1;
        }
        Ok(another)
    }

    /// Reads a list of exactly two elements.
    pub(crate) fn pair<T: Decode>(&mut self, expected: &'static str) -> Result<(T, T), Fault> {
        let start = self.at;
        self.enter(b'[', expected)?;
        let pair = self.rest_of_pair(start, expected);
        self.depth -= 1;
        pair
    }

    fn rest_of_pair<T: Decode>(
        &mut self,
        start: usize,
        expected: &'static str,
    ) -> Result<(T, T), Fault> {
        if self.space() == Some(b']') {
            return Err(self.mismatch_at(start, expected));
        }
        let first = T::decode(self)?;
        if !self.another_of(b']')? {
            return Err(self.mismatch_at(start, expected));
        }
        let second = T::decode(self)?;
        if self.another_of(b']')? {
            return Err(self.mismatch_at(start, expected));
        }
        Ok((first, second))
    }

    fn another_of(&mut self, end: u8) -> Result<bool, Fault> {
        match self.space() {
            Some(b',') => {
                self.at += 1;
                self.space();
                Ok(true)
            }
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.malformed("expected a comma or the end of the container")),
        }
    }
}
