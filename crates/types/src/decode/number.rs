//! Numbers: whole ones of up to 19 digits are added up while they are read.

use std::num::NonZeroU64;

use super::{Decode, Fault, Reader};

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Literal {
    /// A whole number of at least 0.
    Whole(u64),
    /// A whole number below 0, without its sign.
    Negative(u64),
    /// One with a fraction or an exponent, or out of range.
    Other,
}

impl Reader<'_> {
    /// Reads a number. The reader must stand at a digit or a minus sign.
    pub(crate) fn number(&mut self) -> Result<Literal, Fault> {
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let start = self.at;
        let mut sum = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            sum = sum.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - start;
        if digits == 0 || (digits > 1 && self.byte(start) == Some(b'0')) {
            return Err(self.malformed("no number"));
        }
        if let Some(b'.' | b'e' | b'E') = self.peek() {
            return self.fraction();
        }
        // 19 digits always fit.
        if digits > 19 {
            match self.since(start).parse() {
                Ok(exact) => sum = exact,
                Err(_) => return Ok(Literal::Other),
            }
        }
        Ok(if is_negative {
            Literal::Negative(sum)
        } else {
            Literal::Whole(sum)
        })
    }

    #[cold]
    fn fraction(&mut self) -> Result<Literal, Fault> {
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Literal::Other)
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.malformed("no number"));
        }
        Ok(())
    }

    /// Reads a whole number of at least 0, in any notation.
    #[inline]
    pub(crate) fn unsigned(&mut self, expected: &'static str) -> Result<u64, Fault> {
        match self.plain_number() {
            Some(number) => Ok(number),
            None => self.other_unsigned(expected),
        }
    }

    /// Reads a whole number of at least 0 that is written without fraction and exponent; `None`, and nothing read,
    /// for anything else. What it gives back fits registers.
    #[inline(never)]
    fn plain_number(&mut self) -> Option<u64> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        if let [first, b',' | b'}', ..] = bytes {
            let number = digit(*first)?;
            self.at += 1;
            return Some(number);
        }
        let mut sum = 0_u64;
        let mut len = 0;
        let mut rest = bytes;
        if let Some((chunk, tail)) = bytes.split_first_chunk()
            && let Some(eight) = eight_digits(*chunk)
        {
            (sum, len, rest) = (eight, 8, tail);
        }
        for byte in rest {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            sum = sum.wrapping_mul(10).wrapping_add(u64::from(digit));
            len += 1;
        }
        // 19 digits always fit.
        if len == 0 || len > 19 || (len > 1 && bytes.first() == Some(&b'0')) {
            return None;
        }
        if let Some(b'.' | b'e' | b'E') = bytes.get(len) {
            return None;
        }
        self.at += len;
        Some(sum)
    }

    #[cold]
    fn other_unsigned(&mut self, expected: &'static str) -> Result<u64, Fault> {
        let start = self.at;
        if let Some(b'0'..=b'9') = self.peek()
            && let Literal::Whole(number) = self.number()?
        {
            return Ok(number);
        }
        self.at = start;
        let number = self.other_number(expected)?;
        u64::try_from(number).map_err(|_| self.mismatch_at(start, expected))
    }

    /// Reads a whole number, in any notation.
    #[inline]
    pub(crate) fn signed(&mut self, expected: &'static str) -> Result<i64, Fault> {
        let start = self.at;
        if let Some(number) = self.whole_literal()? {
            return Ok(number);
        }
        let number = self.other_number(expected)?;
        i64::try_from(number).map_err(|_| self.mismatch_at(start, expected))
    }

    /// Reads a whole number that is written as text, or as a float without a fraction.
    #[cold]
    fn other_number(&mut self, expected: &'static str) -> Result<i128, Fault> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {
                let number = self.string(expected)?.parse();
                let Ok(number) = number else {
                    return Err(self.mismatch_at(start, expected));
                };
                self.converted(start, "a number in quotes");
                Ok(number)
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                let literal = self.since(start);
                if let Ok(number) = literal.parse() {
                    return Ok(number);
                }
                match literal.parse::<f64>() {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "the cast saturates beyond every type that is read"
                    )]
                    Ok(number) if number.is_finite() && number.fract() == 0.0 => Ok(number as i128),
                    _ => Err(self.mismatch_at(start, expected)),
                }
            }
            _ => Err(self.mismatch(expected)),
        }
    }

    /// Reads an id: the text of a number above 0, or the number.
    #[inline]
    pub(crate) fn id(&mut self) -> Result<NonZeroU64, Fault> {
        match self.plain_id() {
            Some(id) => Ok(id),
            None => self.other_id(),
        }
    }

    /// Reads an id as they are today: 16 to 19 digits in quotes; `None`, and nothing read, for anything else, and close
    /// to the end of the text. What it gives back fits a register.
    #[inline(never)]
    fn plain_id(&mut self) -> Option<NonZeroU64> {
        let [b'"', rest @ ..] = self.text.as_bytes().get(self.at..)? else {
            return None;
        };
        let ([high, low], tail) = rest.first_chunk::<20>()?.as_chunks() else {
            return None;
        };
        let (high, low) = (digits(*high), digits(*low));
        if no_digits(high) | no_digits(low) != 0 {
            return None;
        }
        let id = joined(high) * 100_000_000 + joined(low);
        // With the quotes.
        let (id, len) = match *tail {
            [b'"', ..] => (id, 18),
            [ones, b'"', ..] => (id * 10 + digit(ones)?, 19),
            [tens, ones, b'"', _] => (id * 100 + digit(tens)? * 10 + digit(ones)?, 20),
            [hundreds, tens, ones, b'"'] => {
                let tail = digit(hundreds)? * 100 + digit(tens)? * 10 + digit(ones)?;
                (id * 1000 + tail, 21)
            }
            _ => return None,
        };
        let id = NonZeroU64::new(id)?;
        self.at += len;
        Some(id)
    }

    #[cold]
    fn other_id(&mut self) -> Result<NonZeroU64, Fault> {
        const EXPECTED: &str = "an id (decimal text or a number above 0)";
        let start = self.at;
        let number = self.quoted_or_number(EXPECTED)?;
        NonZeroU64::new(number).ok_or_else(|| self.mismatch_at(start, EXPECTED))
    }

    /// Reads a whole number of at least 0 that stands in quotes, or might.
    pub(crate) fn quoted_or_number(&mut self, expected: &'static str) -> Result<u64, Fault> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {}
            Some(b'0'..=b'9') => {
                return match self.number()? {
                    Literal::Whole(number) => Ok(number),
                    _ => Err(self.mismatch_at(start, expected)),
                };
            }
            _ => return Err(self.mismatch(expected)),
        }
        let bytes = self.text.as_bytes().get(start + 1..).unwrap_or_default();
        let mut sum = 0_u64;
        let mut digits = 0;
        // The ids of today have 17 to 19 digits.
        if let Some(([first, second], _)) = bytes.as_chunks().0.split_first_chunk()
            && let (Some(high), Some(low)) = (eight_digits(*first), eight_digits(*second))
        {
            sum = high * 100_000_000 + low;
            digits = 16;
        }
        for byte in bytes.iter().skip(digits) {
            if !byte.is_ascii_digit() {
                break;
            }
            sum = sum.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            digits += 1;
        }
        // 19 digits always fit.
        if bytes.get(digits) == Some(&b'"') && (1..=19).contains(&digits) {
            self.at = start + digits + 2;
            return Ok(sum);
        }
        self.other_quoted(expected)
    }

    #[cold]
    fn other_quoted(&mut self, expected: &'static str) -> Result<u64, Fault> {
        let start = self.at;
        let text = self.string(expected)?;
        // `parse` alone would take a plus sign.
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_number);
        number.ok_or_else(|| self.mismatch_at(start, expected))
    }

    /// Reads a number that is written without fraction and exponent, if it fits; `None`, and nothing read,
    /// for any other value.
    pub(crate) fn whole_literal(&mut self) -> Result<Option<i64>, Fault> {
        let start = self.at;
        let Some(b'-' | b'0'..=b'9') = self.peek() else {
            return Ok(None);
        };
        let number = match self.number()? {
            Literal::Whole(number) => i64::try_from(number).ok(),
            Literal::Negative(number) => 0_i64.checked_sub_unsigned(number),
            Literal::Other => None,
        };
        if number.is_none() {
            self.at = start;
        }
        Ok(number)
    }
}

/// What a digit counts.
#[inline]
fn digit(byte: u8) -> Option<u64> {
    let digit = byte.wrapping_sub(b'0');
    (digit <= 9).then_some(u64::from(digit))
}

/// The number that eight digits are.
#[inline]
const fn eight_digits(chunk: [u8; 8]) -> Option<u64> {
    let digits = digits(chunk);
    if no_digits(digits) != 0 {
        return None;
    }
    Some(joined(digits))
}

/// What each of eight digits counts.
#[inline]
const fn digits(chunk: [u8; 8]) -> u64 {
    u64::from_le_bytes(chunk) ^ 0x3030_3030_3030_3030
}

/// Not 0 if any of what `digits` gives is no digit.
#[inline]
const fn no_digits(digits: u64) -> u64 {
    (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
}

/// The number that they are together.
#[inline]
const fn joined(digits: u64) -> u64 {
    // Neighbours are joined: digits to pairs, pairs to fours, fours to the number.
    let pairs = digits * 10 + (digits >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    low.wrapping_add(high) >> 32
}

macro_rules! integers {
    ($($read:ident: $($Integer:ident)*;)*) => {$($(
        impl Decode for $Integer {
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                const EXPECTED: &str = concat!("a whole number (", stringify!($Integer), ")");
                let start = reader.offset();
                let number = reader.$read(EXPECTED)?;
                Self::try_from(number).map_err(|_| reader.mismatch_at(start, EXPECTED))
            }
        }
    )*)*};
}

integers! {
    unsigned: u8 u16 u32 u64;
    signed: i8 i16 i32 i64;
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        const EXPECTED: &str = "a number";
        let start = reader.at;
        let number = match reader.peek() {
            Some(b'"') => {
                let number = reader.string(EXPECTED)?.parse::<Self>();
                reader.converted(start, "a number in quotes");
                number
            }
            Some(b'-' | b'0'..=b'9') => {
                reader.number()?;
                reader.since(start).parse()
            }
            _ => return Err(reader.mismatch(EXPECTED)),
        };
        match number {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(reader.mismatch_at(start, EXPECTED)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        decode::{DeviationKind, from_str, from_str_reporting},
        id::GenericId,
    };

    #[test]
    fn whole_numbers_are_read_up_to_their_limits() {
        for number in [
            0,
            1,
            9,
            10,
            255,
            256,
            1 << 53,
            i64::MAX as u64,
            1 << 63,
            u64::MAX,
        ] {
            let json = number.to_string();
            assert_eq!(from_str::<u64>(&json).unwrap(), number);
            assert_eq!(from_str::<u8>(&json).ok(), u8::try_from(number).ok());
            assert_eq!(from_str::<i64>(&json).ok(), i64::try_from(number).ok());
            let negative = -i128::from(number);
            let json = format!("-{number}");
            assert_eq!(from_str::<i64>(&json).ok(), i64::try_from(negative).ok());
            assert_eq!(from_str::<i8>(&json).ok(), i8::try_from(negative).ok());
            assert_eq!(from_str::<u64>(&json).ok(), u64::try_from(negative).ok());
        }
        for json in [
            "18446744073709551616",
            "1e30",
            "1.5",
            "\"\"",
            "\"x\"",
            "null",
            "true",
            "[]",
        ] {
            assert!(from_str::<u64>(json).is_err(), "{json}");
            assert!(from_str::<i64>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn other_notations_are_read_and_quotes_are_reported() {
        for (json, reported) in [("2", 0), ("2.0", 0), ("0.2e1", 0), ("\"2\"", 1)] {
            let (number, report) = from_str_reporting::<u32>(json).unwrap();
            assert_eq!((number, report.deviations.len()), (2, reported), "{json}");
            let (number, _) = from_str_reporting::<f64>(json).unwrap();
            assert!((number - 2.0).abs() < f64::EPSILON, "{json}");
        }
        let (_, report) = from_str_reporting::<i16>("\"-7\"").unwrap();
        assert_eq!(report.deviations[0].kind, DeviationKind::Converted);
        for json in ["1e999", "\"inf\"", "\"NaN\"", "\"\""] {
            assert!(from_str::<f64>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn the_literals_of_json_are_the_only_numbers() {
        for json in [
            "-", "01", "-01", "1.", "1.e1", "1e", "1e+", "+1", ".1", "0x1", "1_000",
        ] {
            assert!(from_str::<f64>(json).is_err(), "{json}");
            assert!(from_str::<u64>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn an_id_reads_alike_amid_a_text_and_at_its_end() {
        let mut digits = String::new();
        for digit in "12345678901234567890".chars() {
            digits.push(digit);
            let id = digits.parse::<GenericId>().ok();
            let alone = format!("\"{digits}\"");
            assert_eq!(from_str(&alone).ok(), id, "{digits}");
            for spoilt in [String::new(), "x".into(), digits.replacen('8', "/", 1)] {
                let list = format!("[{alone},\"{spoilt}\",{alone},{digits},\"3\"]");
                let read: Vec<GenericId> = from_str(&list).unwrap();
                let three = GenericId::new(3);
                // A digit is only spoilt where there is an 8.
                let spoilt = spoilt.parse::<GenericId>().ok();
                let expected = [id, spoilt, id, id, Some(three)];
                assert_eq!(read, expected.into_iter().flatten().collect::<Vec<_>>());
            }
        }
        let zeros = format!("[\"{}\",\"{}1\",\"5\"]", "0".repeat(18), "0".repeat(17));
        let read: Vec<GenericId> = from_str(&zeros).unwrap();
        assert_eq!(read, [GenericId::new(1), GenericId::new(5)]);
    }

    #[test]
    fn a_long_number_is_held_to_the_grammar_as_a_short_one_is() {
        for json in ["01234567", "00000000", "0123456789012"] {
            assert!(from_str::<u64>(json).is_err(), "{json}");
            assert!(from_str::<Vec<u64>>(&format!("[{json},1]")).is_err());
        }
        for (json, number) in [
            ("12345678", 12_345_678),
            ("12345678.0", 12_345_678),
            ("123456789e1", 1_234_567_890),
            ("1234567890123", 1_234_567_890_123),
        ] {
            assert_eq!(from_str::<u64>(json).unwrap(), number, "{json}");
        }
        assert!(from_str::<u64>("12345678.5").is_err());
    }

    #[test]
    fn eight_digits_are_joined_and_nothing_else_is() {
        let chunk = |text: &str| text.as_bytes().try_into().unwrap();
        for number in [0, 1, 9, 12_345_678, 99_999_999, 80_000_000, 1_020_304] {
            assert_eq!(eight_digits(chunk(&format!("{number:08}"))), Some(number));
        }
        for at in 0..8 {
            for byte in (0..=127_u8).filter(|byte| !byte.is_ascii_digit()) {
                let mut bytes = *b"12345678";
                bytes[at] = byte;
                assert_eq!(eight_digits(bytes), None, "{bytes:?}");
            }
        }
    }
}
