//! Numbers and texts in few bytes.

use polycord_types::Text;

/// Texts that very many have.
const COMMON: [&str; 4] = ["Custom Status", "Spotify", "YouTube", "custom"];
/// What many texts begin with, before something that is packed by itself.
const PREFIXES: [&str; 2] = ["spotify:", "mp:external/"];
/// Shorter texts are as short when they are not packed.
const WORTH_PACKING: usize = 6;

/// How a text is written. The number before it is its length, or its place in a list, and this in the lowest bits.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    Common,
    Hex,
    Number,
    /// A prefix, of which this is the place in the list, before what may have any other form.
    Prefixed,
}

const FORM_BITS: u32 = 3;

/// Writes behind what is there already.
pub(super) fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(low_byte(number) | 0x80);
        number >>= 7;
    }
    bytes.push(low_byte(number));
}

/// Writes a number that is near zero, on either side.
pub(super) fn write_difference(bytes: &mut Vec<u8>, number: u64, from: u64) {
    let difference = number.wrapping_sub(from).cast_signed();
    write_number(
        bytes,
        ((difference << 1) ^ (difference >> 63)).cast_unsigned(),
    );
}

pub(super) fn write_text(bytes: &mut Vec<u8>, text: &str) {
    if let Some(place) = COMMON.iter().position(|common| *common == text) {
        return write_head(bytes, place, Form::Common);
    }
    for (place, prefix) in PREFIXES.iter().enumerate() {
        if let Some(rest) = text.strip_prefix(prefix) {
            write_head(bytes, place, Form::Prefixed);
            return write_packed(bytes, rest);
        }
    }
    write_packed(bytes, text);
}

fn write_packed(bytes: &mut Vec<u8>, text: &str) {
    if text.len() >= WORTH_PACKING {
        if let Some(number) = decimal(text) {
            write_head(bytes, 0, Form::Number);
            bytes.extend(number.to_le_bytes());
            return;
        }
        if text.len().is_multiple_of(2) && text.bytes().all(|digit| nibble(digit).is_some()) {
            write_head(bytes, text.len() / 2, Form::Hex);
            let (pairs, _) = text.as_bytes().as_chunks();
            bytes.extend(
                pairs
                    .iter()
                    .filter_map(|&[high, low]| Some(nibble(high)? << 4 | nibble(low)?)),
            );
            return;
        }
    }
    write_head(bytes, text.len(), Form::Plain);
    bytes.extend(text.as_bytes());
}

fn write_head(bytes: &mut Vec<u8>, number: usize, form: Form) {
    write_number(bytes, (number as u64) << FORM_BITS | form as u64);
}

const fn low_byte(number: u64) -> u8 {
    (number & 0x7f) as u8
}

/// A number that is written as Rust would write it.
fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|digit| digit.is_ascii_digit());
    if !digits || text.starts_with('0') {
        return None;
    }
    text.parse().ok()
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Reads what was written, in the same order. `None` where it ends.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl Bytes<'_> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn small_number(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    /// Reads something that need not be there; `Some(None)` if it is not.
    #[expect(
        clippy::option_option,
        reason = "the outer one is the end of the bytes"
    )]
    pub(super) fn maybe<T>(
        &mut self,
        is_there: bool,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        if is_there {
            return read(self).map(Some);
        }
        Some(None)
    }

    pub(super) fn difference(&mut self, from: u64) -> Option<u64> {
        let number = self.number()?;
        let difference = (number >> 1) ^ (number & 1).wrapping_neg();
        Some(from.wrapping_add(difference))
    }

    /// A number that was written as its eight bytes, the lowest first.
    pub(super) fn id(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    pub(super) fn text(&mut self) -> Option<Text> {
        let head = self.number()?;
        let number = usize::try_from(head >> FORM_BITS).ok()?;
        if head & ((1 << FORM_BITS) - 1) == Form::Prefixed as u64 {
            let mut text = (*PREFIXES.get(number)?).to_owned();
            let head = self.number()?;
            text += &self.packed(head)?;
            return Some(text.into());
        }
        self.packed(head)
    }

    fn packed(&mut self, head: u64) -> Option<Text> {
        let number = usize::try_from(head >> FORM_BITS).ok()?;
        let form = head & ((1 << FORM_BITS) - 1);
        if form == Form::Common as u64 {
            return COMMON.get(number).map(|text| Text::from(*text));
        }
        if form == Form::Number as u64 {
            return Some(self.id()?.to_string().into());
        }
        if form == Form::Hex as u64 {
            let digits = self.take(number)?.iter();
            let digits = digits.flat_map(|byte| [byte >> 4, byte & 0xf]);
            let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
            return Some(digits.collect());
        }
        std::str::from_utf8(self.take(number)?).ok().map(Text::from)
    }

    fn take(&mut self, len: usize) -> Option<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were_however_they_are_packed() {
        for (text, most) in [
            ("", 1),
            ("Spotify", 1),
            ("spotify:0123456789abcdef0123456789abcdef01234567", 23),
            ("spotify:175928847299117063", 10),
            ("1101518600128876544", 9),
            ("18446744073709551615", 9),
            ("18446744073709551616", 12),
            ("000000000000000000", 10),
            ("0123456789abcdef", 9),
            ("0123456789ABCDEF", 18),
            ("0123456789abcde", 16),
            ("spotify:spotify:1", 12),
            ("12345", 6),
            ("чаща 🌲", 14),
        ] {
            let mut bytes = Vec::new();
            write_text(&mut bytes, text);
            assert!(bytes.len() <= most, "{text}: {} bytes", bytes.len());
            let mut read = Bytes(&bytes);
            assert_eq!(read.text().as_deref(), Some(text));
            assert!(read.0.is_empty());
            for end in 0..bytes.len() {
                assert_eq!(Bytes(&bytes[..end]).text(), None, "{text} cut short");
            }
        }
    }

    #[test]
    fn numbers_come_back_as_they_were() {
        for number in [0, 1, 127, 128, 1 << 40, u64::MAX] {
            let mut bytes = Vec::new();
            write_number(&mut bytes, number);
            assert_eq!(Bytes(&bytes).number(), Some(number));
            for from in [0, 130, u64::MAX] {
                let mut bytes = Vec::new();
                write_difference(&mut bytes, number, from);
                assert_eq!(Bytes(&bytes).difference(from), Some(number));
            }
        }
        assert_eq!(Bytes(&[0xff; 20]).number(), None);
    }
}
