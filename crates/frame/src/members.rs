use std::{borrow::Cow, ops::Range};

use crate::{
    ScanError,
    skip::{end_of_string, end_of_value},
};

/// The members of the JSON object `json`, in the order they are written, values unparsed.
///
/// Values are delimited by depth, never by looking for a name, so that a payload full of keys that
/// look like the header's is no trap. The work is iterative: nesting costs no stack.
#[must_use]
pub const fn members(json: &str) -> Members<'_> {
    Members {
        json,
        at: 0,
        state: State::Start,
    }
}

/// The raw JSON of the first member of `json` that is called `name`.
///
/// `None` when there is none, or when `json` is not an object up to that member.
///
/// ```
/// let ready = r#"{"v":10,"user":{"id":"1"},"session_id":"abc"}"#;
/// assert_eq!(polycord_frame::member(ready, "session_id"), Some(r#""abc""#));
/// assert_eq!(polycord_frame::member(ready, "id"), None);
/// ```
#[must_use]
pub fn member<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    members(json)
        .map_while(Result::ok)
        .find(|(key, _)| key == name)
        .and_then(|(_, value)| json.get(value))
}

/// Iterator over the members of an object, made by [`members`].
///
/// It yields the key (borrowed unless it holds escapes) and the byte range of the raw value. After
/// an error it ends.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    json: &'a str,
    at: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    Next,
    End,
}

type Member<'a> = (Cow<'a, str>, Range<usize>);

impl<'a> Members<'a> {
    /// The next key; the cursor ends where its value begins.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<Option<Cow<'a, str>>, ScanError> {
        self.skip_space();
        if self.state == State::Start {
            self.expect(b'{', "expected an object")?;
            self.skip_space();
            if self.peek() == Some(b'}') {
                return self.finish();
            }
        } else {
            if self.peek() == Some(b'}') {
                return self.finish();
            }
            self.expect(b',', "expected a comma or the end of the object")?;
            self.skip_space();
        }
        self.state = State::Next;

        let key = self.string()?;
        self.skip_space();
        self.expect(b':', "expected a colon")?;
        self.skip_space();
        Ok(Some(key))
    }

    /// The value behind the key.
    #[inline]
    pub(crate) fn value(&mut self) -> Result<Range<usize>, ScanError> {
        let start = self.at;
        self.at = end_of_value(self.json, start)?;
        Ok(start..self.at)
    }

    pub(crate) const fn offset(&self) -> usize {
        self.at
    }

    fn step(&mut self) -> Result<Option<Member<'a>>, ScanError> {
        let Some(key) = self.key()? else {
            return Ok(None);
        };
        Ok(Some((key, self.value()?)))
    }

    fn finish(&mut self) -> Result<Option<Cow<'a, str>>, ScanError> {
        self.at += 1;
        self.skip_space();
        if self.at < self.json.len() {
            return Err(self.error("unexpected text after the object"));
        }
        Ok(None)
    }

    /// The text of a string; the cursor ends behind it.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, ScanError> {
        self.expect(b'"', "expected a string")?;
        let start = self.at;
        let end = end_of_string(self.json.as_bytes(), start)
            .ok_or_else(|| ScanError::new("unterminated string", self.json.len()))?;
        self.at = end.behind;
        let raw = self.json.get(start..end.behind - 1).unwrap_or_default();
        Ok(if end.has_escapes {
            unescape(raw)
        } else {
            Cow::Borrowed(raw)
        })
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<(), ScanError> {
        if self.peek() != Some(byte) {
            return Err(self.error(otherwise));
        }
        self.at += 1;
        Ok(())
    }

    const fn error(&self, kind: &'static str) -> ScanError {
        ScanError::new(kind, self.at)
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Result<Member<'a>, ScanError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::End {
            return None;
        }
        let step = self.step().transpose();
        if !matches!(step, Some(Ok(_))) {
            self.state = State::End;
        }
        step
    }
}

/// Resolves the escapes of `raw`, the inside of a JSON string; a broken escape is left out.
#[cold]
fn unescape(raw: &str) -> Cow<'_, str> {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            text.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('u') => {
                let (char, rest) = unicode_escape(chars.as_str());
                text.extend(char);
                chars = rest.chars();
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    Cow::Owned(text)
}

/// Reads what follows `\u`: one escape, or the second half of a surrogate pair with it. What is malformed is
/// skipped, and a lone half is replaced: a key or a name with it can only mean "unknown".
fn unicode_escape(rest: &str) -> (Option<char>, &str) {
    let Some((first, rest)) = unit(rest) else {
        return (None, rest);
    };
    let pair = rest.strip_prefix("\\u").and_then(unit);
    if let (0xd800..=0xdbff, Some((second @ 0xdc00..=0xdfff, rest))) = (first, pair) {
        let char = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        return (char, rest);
    }
    let char = char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER);
    (Some(char), rest)
}

/// The four hexadecimal digits of an escape.
fn unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let unit = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some((unit, rest))
}
