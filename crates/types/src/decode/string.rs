//! Strings: found eight bytes at a time, and taken from the text as they are unless they hold escapes.

use super::{Fault, Reader};

impl<'de> Reader<'de> {
    /// Reads a string. Half a surrogate pair becomes U+FFFD, and is reported.
    #[inline]
    pub(crate) fn string(&mut self, expected: &'static str) -> Result<&str, Fault> {
        match self.plain_string() {
            Some(text) => Ok(text),
            None => self.odd_string(expected),
        }
    }

    /// Reads a string without escapes; `None`, and nothing read, for anything else. What it gives back fits
    /// registers.
    #[inline(never)]
    fn plain_string(&mut self) -> Option<&'de str> {
        let (text, start) = (self.text, self.at + 1);
        let [b'"', rest @ ..] = text.as_bytes().get(self.at..)? else {
            return None;
        };
        let len = plain_len(rest);
        if rest.get(len) != Some(&b'"') {
            return None;
        }
        self.at = start + len + 1;
        text.get(start..start + len)
    }

    #[cold]
    fn odd_string(&mut self, expected: &'static str) -> Result<&str, Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.mismatch(expected));
        }
        let start = self.at + 1;
        let end = plain_end(self.text.as_bytes(), start);
        if self.byte(end) == Some(b'\\') {
            return self.escaped(start, end);
        }
        self.at = end;
        Err(self.malformed("a string without end"))
    }

    /// Reads a key and its colon, from its first letter on; `None`, and nothing read, if there are escapes in it or
    /// something stands between the two.
    #[inline]
    pub(super) fn plain_key(&mut self) -> Option<&'de [u8]> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let (key, after) = rest.split_at_checked(plain_len(rest))?;
        let [b'"', b':', ..] = after else {
            return None;
        };
        self.at += key.len() + 2;
        Some(key)
    }

    /// Goes on with the string that begins at `start`, at its first backslash.
    fn escaped(&mut self, start: usize, first: usize) -> Result<&str, Fault> {
        self.scratch.clear();
        let mut lone_half = false;
        let mut from = start;
        self.at = first;
        loop {
            self.scratch
                .push_str(self.text.get(from..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let char = self.escape()?;
                    lone_half |= char.is_none();
                    self.scratch
                        .push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                _ => return Err(self.malformed("a string without end")),
            }
            from = self.at;
            self.at = plain_end(self.text.as_bytes(), from);
        }
        self.at += 1;
        if lone_half {
            self.converted(start - 1, "half a surrogate pair: U+FFFD stands for it");
        }
        Ok(&self.scratch)
    }

    /// Reads an escape; `None` is half a surrogate pair.
    fn escape(&mut self) -> Result<Option<char>, Fault> {
        let char = match self.byte(self.at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.malformed("no such escape")),
        };
        self.at += 2;
        Ok(Some(char))
    }

    fn unicode(&mut self) -> Result<Option<char>, Fault> {
        let unit = self.unit()?;
        if !(0xD800..0xDC00).contains(&unit) {
            return Ok(char::from_u32(unit));
        }
        let after = self.at;
        if self.byte(after) != Some(b'\\') || self.byte(after + 1) != Some(b'u') {
            return Ok(None);
        }
        let low = self.unit()?;
        if (0xDC00..0xE000).contains(&low) {
            return Ok(char::from_u32(
                0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00),
            ));
        }
        self.at = after;
        Ok(None)
    }

    /// Reads `\u` and four digits.
    fn unit(&mut self) -> Result<u32, Fault> {
        let digits = self.text.as_bytes().get(self.at + 2..self.at + 6);
        let unit = digits.and_then(|digits| {
            digits.iter().try_fold(0, |sum, digit| {
                let digit = char::from(*digit).to_digit(16)?;
                Some(sum * 16 + digit)
            })
        });
        match unit {
            Some(unit) => {
                self.at += 6;
                Ok(unit)
            }
            None => Err(self.malformed("an escape without four digits")),
        }
    }

    /// Steps over a string.
    #[inline]
    pub(super) fn skip_string(&mut self) -> Result<(), Fault> {
        match self.plain_string() {
            Some(_) => Ok(()),
            None => self.skip_odd_string(),
        }
    }

    #[inline(never)]
    fn skip_odd_string(&mut self) -> Result<(), Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.malformed("expected a string"));
        }
        self.at += 1;
        loop {
            self.at = plain_end(self.text.as_bytes(), self.at);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => match self.byte(self.at + 1) {
                    Some(b'u') => drop(self.unit()?),
                    _ => drop(self.escape()?),
                },
                _ => return Err(self.malformed("a string without end")),
            }
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn converted(&mut self, start: usize, problem: &str) {
        let value = start..self.at;
        if let Some(notes) = &mut self.notes {
            notes.converted(value, problem);
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Where the plain part of a string ends: at a quote, a backslash or a control character, or with the text.
#[inline]
fn plain_end(bytes: &[u8], start: usize) -> usize {
    start + plain_len(bytes.get(start..).unwrap_or_default())
}

/// How many bytes stand before the first quote, backslash or control character.
#[inline]
fn plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    let mut len = 0;
    if let Some((chunk, tail)) = rest.split_first_chunk() {
        let found = special(u64::from_le_bytes(*chunk));
        if found != 0 {
            return first(found);
        }
        (rest, len) = (tail, 8);
    }
    while let Some((&[a, b, c, d, e, f, g, h, ref high @ ..], tail)) =
        rest.split_first_chunk::<16>()
    {
        let low = special(u64::from_le_bytes([a, b, c, d, e, f, g, h]));
        let high = special(u64::from_le_bytes(*high));
        if low | high != 0 {
            return len
                + if low == 0 {
                    8 + first(high)
                } else {
                    first(low)
                };
        }
        (rest, len) = (tail, len + 16);
    }
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | ..0x20));
    len + end.unwrap_or(rest.len())
}

/// Which byte of a chunk is the first that is marked.
#[inline]
const fn first(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// Marks the top bits of bytes that end a plain run. The lowest mark is right; a borrow may set more above it.
#[inline]
const fn special(chunk: u64) -> u64 {
    // A quote changes places with the space, and so comes right behind the control characters.
    let swapped = chunk ^ (ONES * 2);
    let is_quote_or_control = swapped.wrapping_sub(ONES * 0x21) & !swapped;
    let backslash = chunk ^ (ONES * b'\\' as u64);
    let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
    (is_quote_or_control | is_backslash) & TOPS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{DecodeErrorKind, DeviationKind, from_str, from_str_reporting};

    #[test]
    fn a_plain_run_ends_where_its_first_special_byte_is() {
        for len in 0..40 {
            for special in ["\"", "\\", "\n", "\0", "\u{1f}"] {
                for tail in ["", "\"\\\u{1}", "é\u{7f}\u{80}"] {
                    let text = format!("{}{special}{tail}{}", "é".repeat(len), "x".repeat(len));
                    assert_eq!(plain_end(text.as_bytes(), 0), len * 2, "{text:?}");
                }
            }
            let harmless = "\u{20}\u{21}\u{23}\u{5b}\u{5d}\u{7f}\u{a2}\u{dc}é".repeat(len);
            assert_eq!(plain_end(harmless.as_bytes(), 0), harmless.len());
        }
    }

    #[test]
    fn escapes_are_resolved() {
        for (json, text) in [
            (r#""""#, ""),
            (r#""a\"b\\c\/d\b\f\n\r\te""#, "a\"b\\c/d\u{8}\u{c}\n\r\te"),
            (r#""\u00e9\u20AC-\ud83d\ude00""#, "é€-😀"),
            (r#""\u0000""#, "\0"),
            (
                r#"" long enough for several chunks, then \u0041 and on""#,
                " long enough for several chunks, then A and on",
            ),
        ] {
            assert_eq!(from_str::<String>(json).unwrap(), text, "{json}");
            assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced_and_reported() {
        for (json, text) in [
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ude00x""#, "\u{fffd}x"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83dA""#, "\u{fffd}A"),
        ] {
            let (read, report) = from_str_reporting::<String>(json).unwrap();
            assert_eq!(read, text, "{json}");
            assert_eq!(report.deviations.len(), 1, "{json}");
            assert_eq!(report.deviations[0].kind, DeviationKind::Converted);
        }
    }

    #[test]
    fn broken_strings_are_malformed() {
        for json in [
            "\"",
            "\"abc",
            "\"a\nb\"",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\",
            "\"\\ud83d\\u\"",
            "\"\t\"",
            "\"\\u+123\"",
            "\"\\ué00\"",
        ] {
            let error = from_str::<String>(json).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::Malformed, "{json}");
            let mut reader = Reader::new(json);
            assert!(reader.skip().is_err(), "{json}");
        }
    }
}
