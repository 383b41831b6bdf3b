//! JSON text written member by member: in the order a server writes it, which a map would not keep.

use std::fmt::Write as _;

/// A value as JSON text.
#[derive(Clone)]
pub struct Json(String);

impl Json {
    pub fn text(self) -> String {
        self.0
    }
}

/// An object in the making.
#[derive(Default)]
pub struct Object(String);

impl Object {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToJson) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        key.write(&mut self.0);
        self.0.push(':');
        value.write(&mut self.0);
        self
    }

    /// The member is left out if there is no value.
    #[must_use]
    pub fn maybe(self, key: &str, value: Option<impl ToJson>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    pub fn end(self) -> Json {
        if self.0.is_empty() {
            return Json("{}".into());
        }
        Json(self.0 + "}")
    }
}

/// A snowflake, which is a number written as text.
#[derive(Clone, Copy)]
pub struct Id(pub u64);

/// Text whose characters beyond ASCII are written as escapes, as some servers do.
pub struct Escaped<'a>(pub &'a str);

pub trait ToJson {
    fn write(&self, out: &mut String);
}

impl ToJson for Json {
    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl ToJson for &str {
    fn write(&self, out: &mut String) {
        out.push_str(&serde_json::to_string(self).expect("text serializes"));
    }
}

impl ToJson for String {
    fn write(&self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl ToJson for Escaped<'_> {
    fn write(&self, out: &mut String) {
        let mut plain = String::new();
        self.0.write(&mut plain);
        for char in plain.chars() {
            if char.is_ascii() {
                out.push(char);
                continue;
            }
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("a string takes everything");
            }
        }
    }
}

impl ToJson for Id {
    fn write(&self, out: &mut String) {
        write!(out, "\"{}\"", self.0).expect("a string takes everything");
    }
}

impl ToJson for u64 {
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl ToJson for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (index, value) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            value.write(out);
        }
        out.push(']');
    }
}

/// `null`.
pub const NULL: Option<bool> = None;
