//! Keys: the one that the reader stands at, compared with those of a model.

use super::{Fault, Reader};

/// How much of a key is compared at once.
const HEAD: usize = 16;

/// A key of a model.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The first eight bytes of `text` and the next ones, as they are read from memory.
    head: [u64; 2],
    /// Which bits of `head` belong to the key.
    mask: [u64; 2],
    /// The key as it stands behind its opening quote, with the closing one and the colon.
    text: &'static str,
}

impl Key {
    /// `text` is the key with its closing quote and the colon.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut head, mut mask) = ([0; 2], [0; 2]);
        let mut at = 0;
        while at < HEAD && at < bytes.len() {
            let shift = at % 8 * 8;
            head[at / 8] |= (bytes[at] as u64) << shift;
            mask[at / 8] |= 0xFF << shift;
            at += 1;
        }
        Self { head, mask, text }
    }

    /// How far the value is from the first letter of the key.
    #[inline]
    #[must_use]
    pub const fn span(self) -> usize {
        self.text.len()
    }
}

/// The key that a reader stands at, or as much of it as is compared at once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head {
    /// Its first bytes and what follows them in the text, or zeros where the object is over.
    bytes: [u64; 2],
    /// Whether the key is not written as keys usually are: what it says stands in the reader's scratch.
    is_odd: bool,
}

impl Head {
    /// The object has no more keys.
    pub(super) const END: Self = Self {
        bytes: [0; 2],
        is_odd: false,
    };

    #[inline]
    const fn plain(bytes: &[u8; HEAD]) -> Self {
        let mut head = Self::END;
        if let ([low, high], []) = bytes.as_chunks() {
            head.bytes = [u64::from_le_bytes(*low), u64::from_le_bytes(*high)];
        }
        head
    }

    /// The same of a text that may be shorter. What stands for the rest is in no key.
    fn of(text: &[u8]) -> Self {
        let mut bytes = [1; HEAD];
        for (byte, from) in bytes.iter_mut().zip(text) {
            *byte = *from;
        }
        Self::plain(&bytes)
    }

    #[inline]
    pub(super) const fn is_end(self) -> bool {
        self.bytes[0] == 0
    }
}

impl Reader<'_> {
    /// Whether this is the key that comes next.
    #[doc(hidden)]
    #[expect(
        clippy::inline_always,
        reason = "nothing is left of the key but a few numbers in the code"
    )]
    #[inline(always)]
    #[must_use]
    pub fn stands_at(&self, key: Key) -> bool {
        let [low, high] = self.head.bytes;
        (low ^ key.head[0]) & key.mask[0] == 0
            && (key.text.len() <= 8 || (high ^ key.head[1]) & key.mask[1] == 0)
            && (key.text.len() <= HEAD || self.goes_on_as(key))
    }

    /// Whether the key that comes next begins with this letter.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn key_begins_with(&self, letter: u8) -> bool {
        self.head.bytes[0] & 0xFF == letter as u64
    }

    #[inline]
    fn goes_on_as(&self, key: Key) -> bool {
        let (start, rest) = (self.at + HEAD, key.text.as_bytes().get(HEAD..));
        let found = self
            .text
            .as_bytes()
            .get(start..start + key.text.len() - HEAD);
        (found == rest && !self.head.is_odd) || self.odd_key_is(key)
    }

    #[cold]
    #[inline(never)]
    fn odd_key_is(&self, key: Key) -> bool {
        self.head.is_odd && key.text.strip_suffix("\":") == Some(self.scratch.as_str())
    }

    /// Steps from a key to its value.
    #[inline]
    pub(super) fn go_to_value(&mut self, key_len: usize) {
        self.at += key_len;
        self.space();
    }

    /// Steps from a key over its value to the next key, if the value is `null` and nothing stands between all that.
    #[inline]
    pub(super) fn null_member(&mut self, key_len: usize) -> bool {
        let rest = self.text.as_bytes().get(self.at + key_len..);
        let member = rest.and_then(<[u8]>::first_chunk::<{ HEAD + 6 }>);
        let Some([b'n', b'u', b'l', b'l', b',', b'"', head @ ..]) = member else {
            return false;
        };
        self.at += key_len + 6;
        self.head = Head::plain(head);
        true
    }

    /// Steps from the end of a value to the first letter of the next key, or out of the object.
    #[inline]
    pub(super) fn go_to_next_key(&mut self) -> Result<(), Fault> {
        let rest = self.text.as_bytes().get(self.at..);
        if let Some([b',', b'"', head @ ..]) = rest.and_then(<[u8]>::first_chunk::<{ HEAD + 2 }>) {
            self.at += 2;
            self.head = Head::plain(head);
            return Ok(());
        }
        self.go_to_other_key()
    }

    #[inline(never)]
    fn go_to_other_key(&mut self) -> Result<(), Fault> {
        match self.space() {
            Some(b'}') => {
                self.at += 1;
                self.head = Head::END;
                return Ok(());
            }
            Some(b',') => {}
            _ => return Err(self.malformed("expected a comma or the end of the object")),
        }
        self.at += 1;
        match self.space() {
            Some(b'"') => self.enter_key(),
            _ => return Err(self.malformed("expected a key")),
        }
        Ok(())
    }

    /// Steps to the first key of an object that is open.
    #[inline]
    pub(super) fn go_to_first_key(&mut self) -> Result<(), Fault> {
        let rest = self.text.as_bytes().get(self.at..);
        if let Some([b'"', head @ ..]) = rest.and_then(<[u8]>::first_chunk::<{ HEAD + 1 }>) {
            self.at += 1;
            self.head = Head::plain(head);
            return Ok(());
        }
        self.go_to_odd_first_key()
    }

    #[inline(never)]
    fn go_to_odd_first_key(&mut self) -> Result<(), Fault> {
        match self.space() {
            Some(b'"') => self.enter_key(),
            Some(b'}') => {
                self.at += 1;
                self.head = Head::END;
            }
            _ => return Err(self.malformed("expected a key or the end of the object")),
        }
        Ok(())
    }

    /// Steps over the opening quote of a key.
    #[inline]
    fn enter_key(&mut self) {
        self.at += 1;
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.head = match rest.first_chunk() {
            Some(head) => Head::plain(head),
            None => Head::of(rest),
        };
    }

    /// Stands at a key that was read in an odd notation, as if it had come in the usual one. The reader is at its
    /// value.
    pub(super) fn stand_at_odd_key(&mut self, key: &str) {
        self.scratch.clear();
        self.scratch.push_str(key);
        self.scratch.push_str("\":");
        self.head = Head::of(self.scratch.as_bytes());
        self.head.is_odd = true;
        // No notation of a key is shorter than the key.
        self.at -= self.scratch.len();
        self.scratch.truncate(key.len());
    }
}

#[cfg(test)]
mod tests {
    use polycord_types_derive::Model;
    use serde_json::{Value, json};

    use crate::decode::{DecodeErrorKind, from_str, from_str_reporting};

    /// Keys of all lengths around those that are compared at once, some alike up to there.
    #[derive(Clone, Debug, Default, PartialEq, Model)]
    struct Keys {
        a: Option<u8>,
        abcdef: Option<u8>,
        abcdefg: Option<u8>,
        abcdefgh: Option<u8>,
        abcdefghijklmn: Option<u8>,
        abcdefghijklmno: Option<u8>,
        abcdefghijklmnop: Option<u8>,
        abcdefghijklmnopq: Option<u8>,
        abcdefghijklmnopr: Option<u8>,
        abcdefghijklmnopqrstuvwxyz: Option<u8>,
        b: Option<u8>,
    }

    const ALL: [&str; 11] = [
        "a",
        "abcdef",
        "abcdefg",
        "abcdefgh",
        "abcdefghijklmn",
        "abcdefghijklmno",
        "abcdefghijklmnop",
        "abcdefghijklmnopq",
        "abcdefghijklmnopr",
        "abcdefghijklmnopqrstuvwxyz",
        "b",
    ];

    fn read(json: &str) -> Value {
        serde_json::to_value(from_str::<Keys>(json).unwrap()).unwrap()
    }

    #[test]
    fn a_key_is_told_from_all_that_begin_alike_in_any_notation() {
        for key in ALL {
            let escaped = key.bytes().map(|byte| format!("\\u{byte:04x}"));
            let escaped = escaped.collect::<Vec<_>>().concat();
            for notation in [
                format!("\"{key}\":"),
                format!("\"{key}\" : "),
                format!("\"{escaped}\":"),
            ] {
                for (before, after) in [("", ""), ("\"b\":null,", ",\"unknown\":\"and so on\"")] {
                    let json = format!("{{{before}{notation}7{after}}}");
                    assert_eq!(read(&json), json!({ key: 7 }), "{json}");
                }
            }
            for unknown in [
                format!("{key}_"),
                format!("{key}\\u0000"),
                format!("_{key}"),
            ] {
                let json = format!("{{\"{unknown}\":7}}");
                let (keys, report) = from_str_reporting::<Keys>(&json).unwrap();
                assert_eq!(keys, Keys::default(), "{json}");
                assert_eq!(report.unknown_fields.len(), 1, "{json}");
            }
        }
    }

    #[test]
    fn keys_are_found_in_every_order() {
        let members = ALL.map(|key| format!("\"{key}\":1"));
        let all: Value = ALL.into_iter().map(|key| (key, 1)).collect();
        for first in 0..ALL.len() {
            for step in 1..ALL.len() {
                let member = |place: usize| members[(first + place * step) % ALL.len()].as_str();
                let json: Vec<_> = (0..ALL.len()).map(member).collect();
                assert_eq!(read(&format!("{{{}}}", json.join(","))), all);
            }
        }
    }

    #[test]
    fn an_object_that_is_cut_off_anywhere_is_malformed() {
        let json = r#"{"b":1,"abcdefghijklmnopq":2,"unknown":[],"abcdef":null,"a":3}"#;
        assert!(from_str::<Keys>(json).is_ok());
        for end in 0..json.len() {
            for more in ["", "\0", "\0\0\0\0\0\0\0\0\0", "x", "\\"] {
                let text = format!("{}{more}", &json[..end]);
                let error = from_str::<Keys>(&text).unwrap_err();
                assert_eq!(error.kind(), DecodeErrorKind::Malformed, "{text:?}");
            }
        }
    }
}
