//! Passing over values without looking into them.

use crate::ScanError;

/// What a byte outside of a string means to somebody who looks for the end of a container.
#[derive(Clone, Copy)]
enum Class {
    Other,
    Quote,
    Open,
    Close,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    classes[b'"' as usize] = Class::Quote;
    classes[b'{' as usize] = Class::Open;
    classes[b'[' as usize] = Class::Open;
    classes[b'}' as usize] = Class::Close;
    classes[b']' as usize] = Class::Close;
    classes
};

/// Where the value that begins at `start` is over.
pub(crate) fn end_of_value(json: &str, start: usize) -> Result<usize, ScanError> {
    let bytes = json.as_bytes();
    let unterminated = |kind| ScanError::new(kind, bytes.len());
    match bytes.get(start) {
        Some(b'"') => {
            let end = end_of_string(bytes, start + 1);
            end.map(|end| end.behind)
                .ok_or_else(|| unterminated("unterminated string"))
        }
        Some(b'{' | b'[') => {
            end_of_container(bytes, start).ok_or_else(|| unterminated("unterminated value"))
        }
        _ => {
            let rest = bytes.get(start..).unwrap_or_default();
            let is_scalar = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
            match rest.iter().position(|byte| !is_scalar(byte)) {
                Some(0) => Err(ScanError::new("expected a value", start)),
                None if rest.is_empty() => Err(ScanError::new("expected a value", start)),
                length => Ok(start + length.unwrap_or(rest.len())),
            }
        }
    }
}

/// The end of a string.
pub(crate) struct StringEnd {
    /// The byte behind the closing quote.
    pub(crate) behind: usize,
    pub(crate) has_escapes: bool,
}

/// Where the string that begins at `at` (behind its opening quote) is over.
#[inline]
pub(crate) fn end_of_string(bytes: &[u8], mut at: usize) -> Option<StringEnd> {
    let mut has_escapes = false;
    loop {
        let Some(word) = bytes.get(at..)?.first_chunk() else {
            return end_of_short_string(bytes, at, has_escapes);
        };
        let word = u64::from_le_bytes(*word);
        let found = with_byte(word, b'"') | with_byte(word, b'\\');
        if found == 0 {
            at += 8;
            continue;
        }
        let first = found.trailing_zeros() & !7;
        at += (first / 8) as usize;
        if (word >> first) & 0xff == u64::from(b'"') {
            return Some(StringEnd {
                behind: at + 1,
                has_escapes,
            });
        }
        // Whatever is escaped, it is not the end of the string.
        has_escapes = true;
        at += 2;
    }
}

/// The same in the last bytes of the text.
#[cold]
fn end_of_short_string(bytes: &[u8], mut at: usize, mut has_escapes: bool) -> Option<StringEnd> {
    loop {
        match bytes.get(at)? {
            b'"' => {
                return Some(StringEnd {
                    behind: at + 1,
                    has_escapes,
                });
            }
            b'\\' => {
                has_escapes = true;
                at += 2;
            }
            _ => at += 1,
        }
    }
}

/// Marks the bytes of `word` that equal `byte`, by their highest bit. Above the first of them there may
/// be marks without cause.
#[inline]
const fn with_byte(word: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let zeroed = word ^ u64::from_le_bytes([byte; 8]);
    zeroed.wrapping_sub(ONES) & !zeroed & HIGH
}

/// Where the object or array that begins at `at` is over: behind its last bracket.
fn end_of_container(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        let class = CLASSES[usize::from(*bytes.get(at)?)];
        at += 1;
        match class {
            Class::Other => {}
            Class::Quote => {
                at = end_of_string(bytes, at)?.behind;
                // Most strings are followed by another one: the key by its value, that by the next key.
                while let Some([b':' | b',', b'"']) = bytes.get(at..).and_then(<[u8]>::first_chunk)
                {
                    at = end_of_string(bytes, at + 2)?.behind;
                }
            }
            Class::Open => depth += 1,
            Class::Close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every place of the end in a word and across words, with and without an escape before it.
    #[test]
    fn strings_end_at_the_first_quote_that_is_not_escaped() {
        for length in 0..40 {
            for escape in 0..length {
                let mut text = "é".repeat(length / 2) + &"x".repeat(length % 2);
                text.insert_str(
                    if text.is_char_boundary(escape) {
                        escape
                    } else {
                        0
                    },
                    "\\\"",
                );
                let json = format!("{text}\", \"next\\\\\"");
                let end = end_of_string(json.as_bytes(), 0).expect(&json);
                assert_eq!(
                    (end.behind, end.has_escapes),
                    (text.len() + 1, true),
                    "{json}"
                );
            }
        }
        for open in [
            "",
            "abc",
            "12345678",
            "1234567\\",
            "1234567\\\"",
            "1234567\\\"12345678",
        ] {
            assert!(end_of_string(open.as_bytes(), 0).is_none(), "{open}");
        }
    }

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for at in 0..8 {
            for around in [b'!', b'#', b'\\' + 1, 0, 0x7f, 0x80, 0xff] {
                let mut bytes = [around; 8];
                bytes[at] = b'"';
                let found = with_byte(u64::from_le_bytes(bytes), b'"');
                assert_eq!(found.trailing_zeros() as usize / 8, at, "{bytes:?}");
                bytes[at] = around;
                assert_eq!(with_byte(u64::from_le_bytes(bytes), b'"'), 0);
            }
        }
    }
}
