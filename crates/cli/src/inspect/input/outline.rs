use std::fmt;

/// How deep a document may nest before it is given up. No model nests nearly as deep.
const MAX_DEPTH: usize = 512;

/// Follows the outline of one JSON object byte by byte: brackets, commas, colons and strings.
///
/// Numbers and words are delimited, not checked: a decoder says more about them than this could. The outline
/// is checked strictly, because that is how a document that breaks off is noticed early, in the
/// next line, instead of taking all the following ones for its own.
#[derive(Debug)]
pub(super) struct Outline {
    open: Vec<Container>,
    expected: Expected,
    inside: Inside,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Container {
    Object,
    Array,
}

#[derive(Clone, Copy, Debug)]
enum Expected {
    Value,
    FirstElement,
    Key,
    FirstKey,
    Colon,
    Comma,
}

/// What the last byte was part of.
#[derive(Clone, Copy, Debug)]
enum Inside {
    Nothing,
    String,
    Escape,
    Scalar,
}

/// Why an outline is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Flaw {
    /// Another byte stands where this was expected.
    Expected(&'static str),
    /// A string has a line end or another control character in it.
    OpenString,
    TooDeep,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::OpenString => f.write_str("a string does not end on its line"),
            Self::TooDeep => write!(f, "nested deeper than {MAX_DEPTH} levels"),
        }
    }
}

impl Outline {
    /// The state after the brace that opens an object.
    pub(super) fn object() -> Self {
        Self {
            open: vec![Container::Object],
            expected: Expected::FirstKey,
            inside: Inside::Nothing,
        }
    }

    /// Takes the next byte; true if it ends the object.
    pub(super) fn take(&mut self, byte: u8) -> Result<bool, Flaw> {
        match self.inside {
            Inside::String => {
                match byte {
                    b'"' => self.inside = Inside::Nothing,
                    b'\\' => self.inside = Inside::Escape,
                    0..=0x1f => return Err(Flaw::OpenString),
                    _ => {}
                }
                return Ok(false);
            }
            Inside::Escape => {
                self.inside = Inside::String;
                return match byte {
                    0..=0x1f => Err(Flaw::OpenString),
                    _ => Ok(false),
                };
            }
            Inside::Scalar if is_scalar(byte) => return Ok(false),
            Inside::Scalar => self.inside = Inside::Nothing,
            Inside::Nothing => {}
        }
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            return Ok(false);
        }
        self.structural(byte)
    }

    fn structural(&mut self, byte: u8) -> Result<bool, Flaw> {
        let container = self.open.last().copied();
        match (self.expected, byte) {
            (Expected::Key | Expected::FirstKey, b'"') => {
                self.inside = Inside::String;
                self.expected = Expected::Colon;
            }
            (Expected::Colon, b':') => self.expected = Expected::Value,
            (Expected::Comma, b',') => {
                self.expected = match container {
                    Some(Container::Object) => Expected::Key,
                    _ => Expected::Value,
                };
            }
            (Expected::FirstKey | Expected::Comma, b'}')
                if container == Some(Container::Object) =>
            {
                return Ok(self.close());
            }
            (Expected::FirstElement | Expected::Comma, b']')
                if container == Some(Container::Array) =>
            {
                return Ok(self.close());
            }
            (Expected::Value | Expected::FirstElement, _) => self.value(byte)?,
            _ => return Err(self.flaw()),
        }
        Ok(false)
    }

    fn value(&mut self, byte: u8) -> Result<(), Flaw> {
        let (container, expected) = match byte {
            b'{' => (Container::Object, Expected::FirstKey),
            b'[' => (Container::Array, Expected::FirstElement),
            b'"' => {
                self.inside = Inside::String;
                self.expected = Expected::Comma;
                return Ok(());
            }
            _ if is_scalar(byte) => {
                self.inside = Inside::Scalar;
                self.expected = Expected::Comma;
                return Ok(());
            }
            _ => return Err(self.flaw()),
        };
        if self.open.len() == MAX_DEPTH {
            return Err(Flaw::TooDeep);
        }
        self.open.push(container);
        self.expected = expected;
        Ok(())
    }

    /// Closes the innermost container; true if it was the object itself.
    fn close(&mut self) -> bool {
        self.open.pop();
        self.expected = Expected::Comma;
        self.open.is_empty()
    }

    fn flaw(&self) -> Flaw {
        let array = self.open.last() == Some(&Container::Array);
        Flaw::Expected(match self.expected {
            Expected::Value => "a value",
            Expected::FirstElement => "a value or `]`",
            Expected::Key => "a key in quotes",
            Expected::FirstKey => "a key in quotes or `}`",
            Expected::Colon => "`:`",
            Expected::Comma if array => "`,` or `]`",
            Expected::Comma => "`,` or `}`",
        })
    }
}

/// Whether a byte may be part of a number, `true`, `false` or `null`.
fn is_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many bytes of the text the object takes.
    fn length(text: &str) -> Result<Option<usize>, Flaw> {
        let mut outline = Outline::object();
        for (at, byte) in text.bytes().enumerate().skip(1) {
            if outline.take(byte)? {
                return Ok(Some(at + 1));
            }
        }
        Ok(None)
    }

    #[test]
    fn an_object_ends_at_its_own_brace() {
        for object in [
            "{}",
            r#"{"a":1}"#,
            r#"{ "a" : [ ] , "b" : [ { } , [ 1.5e-3 , null ] ] }"#,
            r#"{"a":"}]\"\\","}":{"{":true}}"#,
            "{\"a\":\n\t[\r\n1,\"\u{e9}\\u00e9\"]}",
        ] {
            let text = format!("{object}{{}}]");
            assert_eq!(length(&text), Ok(Some(object.len())), "{object}");
            for end in 1..object.len() {
                let start = object.get(..end).unwrap_or("{");
                assert_eq!(length(start), Ok(None), "{start}");
            }
        }
    }

    #[test]
    fn what_breaks_off_is_noticed_at_the_first_byte_that_cannot_follow() {
        for (text, flaw) in [
            ("{\"a\": [1, 2\n{", Flaw::Expected("`,` or `]`")),
            ("{\"a\": 1\n\"b\"", Flaw::Expected("`,` or `}`")),
            ("{\"a\"\n{", Flaw::Expected("`:`")),
            ("{\"a\":1,\n{", Flaw::Expected("a key in quotes")),
            ("{\n{", Flaw::Expected("a key in quotes or `}`")),
            ("{\"a\":}", Flaw::Expected("a value")),
            ("{\"a\":[1,]", Flaw::Expected("a value")),
            ("{\"a\":[}", Flaw::Expected("a value or `]`")),
            ("{\"a\":\"b\n", Flaw::OpenString),
            ("{\"a\":\"b\\\n", Flaw::OpenString),
        ] {
            assert_eq!(length(text), Err(flaw), "{text}");
        }
    }

    #[test]
    fn depth_has_a_bound() {
        let deep = format!("{{\"a\":{}", "[".repeat(MAX_DEPTH));
        assert_eq!(length(&deep), Err(Flaw::TooDeep));
        assert_eq!(length(&deep[..deep.len() - 1]), Ok(None));
    }
}
