use std::{borrow::Cow, ops::Range};

use crate::ScanError;

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
    fn step(&mut self) -> Result<Option<Member<'a>>, ScanError> {
        if self.state == State::Start {
            self.skip_space();
            self.expect(b'{', "expected an object")?;
            self.skip_space();
            if self.peek() == Some(b'}') {
                return self.finish();
            }
        } else {
            self.skip_space();
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
        let value = self.value()?;
        Ok(Some((unescape(&self.json[key]), value)))
    }

    fn finish(&mut self) -> Result<Option<Member<'a>>, ScanError> {
        self.at += 1;
        self.skip_space();
        if self.at < self.json.len() {
            return Err(self.error("unexpected text after the object"));
        }
        Ok(None)
    }

    /// The range between the quotes; the cursor ends behind the closing one.
    fn string(&mut self) -> Result<Range<usize>, ScanError> {
        self.expect(b'"', "expected a string")?;
        let start = self.at;
        self.at = end_of_string(self.json.as_bytes(), start)
            .ok_or_else(|| ScanError::new("unterminated string", self.json.len()))?;
        Ok(start..self.at - 1)
    }

    fn value(&mut self) -> Result<Range<usize>, ScanError> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {
                self.string()?;
            }
            Some(b'{' | b'[') => {
                self.at = end_of_container(self.json.as_bytes(), start)
                    .ok_or_else(|| ScanError::new("unterminated value", self.json.len()))?;
            }
            _ => {
                let rest = self.json.as_bytes().get(start..).unwrap_or_default();
                self.at += rest
                    .iter()
                    .position(|byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.'))
                    .unwrap_or(rest.len());
                if self.at == start {
                    return Err(self.error("expected a value"));
                }
            }
        }
        Ok(start..self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

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

/// Where the string that begins at `at` (behind its opening quote) is over: behind the closing one.
fn end_of_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\'))?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        // Whatever is escaped, it is not the end of the string.
        at += 2;
    }
}

/// Where the object or array that begins at `at` is over: behind its last bracket.
fn end_of_container(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'"' | b'[' | b']' | b'{' | b'}'))?;
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at + 1)?,
            b'[' | b'{' => {
                depth += 1;
                at += 1;
            }
            _ => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
    }
}

/// Resolves the escapes of `raw`, the inside of a JSON string; a broken escape is left out.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
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
