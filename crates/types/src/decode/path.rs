//! Where in a document a byte is. Decoding keeps bytes only; their paths are found afterwards, by who
//! wants to see them.

/// Walks through a document, forward only.
pub(super) struct Paths<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Open<'a>>,
}

/// A container that is open at some place of a document.
enum Open<'a> {
    Object { key: Option<&'a str> },
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

    /// The path of the value that begins at `offset`, or that the byte there belongs to. Offsets must not
    /// decrease from one call to the next.
    pub(super) fn to(&mut self, offset: usize) -> String {
        self.advance(offset);
        self.render()
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
                        *key = self.text.get(self.at + 1..close);
                    }
                    self.at = close;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn render(&self) -> String {
        self.open.iter().fold(String::new(), |mut path, container| {
            match container {
                Open::Object { key: Some(key) } => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                Open::Object { key: None } => {}
                Open::Array { index } => path.extend(["[", &index.to_string(), "]"]),
            }
            path
        })
    }
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
