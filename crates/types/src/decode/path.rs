//! Where in a document a byte is. Decoding keeps bytes only; their paths are found afterwards, by who
//! wants to see them.

use std::borrow::Cow;

use super::from_str;

/// Walks through a document, forward only.
pub(super) struct Paths<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Open<'a>>,
}

/// A container that is open at some place of a document.
enum Open<'a> {
    Object { key: Option<Cow<'a, str>> },
    Array { index: usize },
}

impl<'a> Paths<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            open: Vec::new(),
        }
    }

    /// The path of the value that begins at `offset`, or that the byte there belongs to; of a key, that of its
    /// value. Offsets must not decrease from one call to the next.
    pub(super) fn to(&mut self, offset: usize) -> String {
        self.advance(offset);
        match self.key_at(offset) {
            Some(key) => join(self.render(), &key),
            None => self.render(),
        }
    }

    fn key_at(&self, offset: usize) -> Option<Cow<'a, str>> {
        let bytes = self.text.as_bytes();
        let Some(Open::Object { key: None }) = self.open.last() else {
            return None;
        };
        if self.at != offset || bytes.get(offset) != Some(&b'"') {
            return None;
        }
        self.text
            .get(offset + 1..string_end(bytes, offset + 1))
            .map(shown)
    }

    fn advance(&mut self, offset: usize) {
        let bytes = self.text.as_bytes();
        let end = offset.min(bytes.len());
        while self.at < end {
            match bytes.get(self.at) {
                Some(b'{') => self.open.push(Open::Object { key: None }),
                Some(b'[') => self.open.push(Open::Array { index: 0 }),
                Some(b'}' | b']') => drop(self.open.pop()),
                Some(b',') => match self.open.last_mut() {
                    Some(Open::Object { key }) => *key = None,
                    Some(Open::Array { index }) => *index += 1,
                    None => {}
                },
                Some(b'"') => {
                    let close = string_end(bytes, self.at + 1);
                    if let Some(Open::Object { key: key @ None }) = self.open.last_mut() {
                        *key = self.text.get(self.at + 1..close).map(shown);
                    }
                    self.at = close;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn render(&self) -> String {
        let levels = self.open.iter().take(SHOWN_LEVELS);
        let mut path = levels.fold(String::new(), |mut path, container| match container {
            Open::Object { key: Some(key) } => join(path, key),
            Open::Object { key: None } => path,
            Open::Array { index } => {
                path.extend(["[", &index.to_string(), "]"]);
                path
            }
        });
        if self.open.len() > SHOWN_LEVELS {
            path.push_str("...");
        }
        path
    }
}

/// The most levels, and the most characters of a key, that a path shows: a text of some size must not make an error
/// of that size, or a report with that size in each line.
const SHOWN_LEVELS: usize = 128;
const SHOWN_KEY: usize = 64;

/// A key as a path shows it: its escapes resolved, unless there are control characters among them.
fn shown(key: &str) -> Cow<'_, str> {
    let unescaped = key
        .contains('\\')
        .then(|| from_str::<String>(&format!("\"{key}\"")).ok());
    let is_shown = |key: &String| !key.contains(char::is_control);
    match unescaped.flatten().filter(is_shown) {
        Some(mut key) => {
            key.truncate(shown_end(&key));
            Cow::Owned(key)
        }
        None => Cow::Borrowed(key.get(..shown_end(key)).unwrap_or(key)),
    }
}

fn shown_end(key: &str) -> usize {
    let end = key.char_indices().nth(SHOWN_KEY);
    end.map_or(key.len(), |(end, _)| end)
}

/// The path of a key of the object at `path`.
pub(super) fn join(mut path: String, key: &str) -> String {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
    path
}

/// Where the string that begins at `at` ends: at its closing quote.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_leads_to_the_value() {
        let data = r#"{"a":1,"list":[{"x":"}]\",{"},{"key":{"inner":true}}],"z":[[],[2]]}"#;
        let mut paths = Paths::new(data);
        for (needle, expected) in [
            ("1,", "a"),
            ("\"}]", "list[0].x"),
            ("{\"key", "list[1]"),
            ("true", "list[1].key.inner"),
            ("2]", "z[1][0]"),
        ] {
            let offset = data.find(needle).unwrap();
            assert_eq!(paths.to(offset), expected, "{needle}");
            assert_eq!(Paths::new(data).to(offset), expected, "{needle}");
        }
    }

    #[test]
    fn the_path_of_a_key_is_that_of_its_value() {
        let data = r#"{"map":{"a":1,"b":{}}}"#;
        let mut paths = Paths::new(data);
        for (needle, expected) in [("\"map", "map"), ("\"a", "map.a"), ("\"b", "map.b")] {
            assert_eq!(paths.to(data.find(needle).unwrap()), expected);
        }
    }

    #[test]
    fn escapes_in_keys_are_resolved_and_broken_ones_left() {
        for (key, shown) in [
            (r"n\u0061me", "name"),
            (r#"a\"b.c"#, "a\"b.c"),
            (r"\u12", r"\u12"),
            (r"a\nb", r"a\nb"),
            (&r"\u0061".repeat(99), "a".repeat(64).as_str()),
        ] {
            let data = format!("{{\"{key}\":1}}");
            let offset = data.find(":1").unwrap() + 1;
            assert_eq!(Paths::new(&data).to(offset), shown);
        }
    }

    #[test]
    fn depth_and_keys_of_any_size_make_a_path_of_some_kilobytes_at_most() {
        for level in ["[", "{\"a\":", &format!("{{\"{}\":", "é".repeat(10_000))] {
            let data = level.repeat(1_000);
            let path = Paths::new(&data).to(data.len());
            assert!(
                path.len() < 20_000 && path.ends_with("..."),
                "{}",
                path.len()
            );
        }
    }

    #[test]
    fn no_offset_into_any_text_panics() {
        for data in [
            "",
            "}}]],,",
            "{\"",
            "\"\\",
            "{\"é\":[\"ü\\\"",
            "[[[[{\"a\":{\"b\"",
        ] {
            for offset in 0..=data.len() + 2 {
                let _ = Paths::new(data).to(offset);
            }
        }
    }
}
