//! `multipart/form-data`: a form with files.

use bytes::Bytes;
use serde_json::{Map, Value};

/// Parts a body may have: ten files, `payload_json`, and some fields beside.
const MAX_PARTS: usize = 32;
/// Bytes of the headers of one part.
const MAX_HEADERS: usize = 8 * 1024;
/// Characters of a boundary (RFC 2046).
const MAX_BOUNDARY: usize = 70;

/// A file of a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Upload {
    /// The field: `files[0]`, `file`.
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

impl Upload {
    /// The number in `files[0]`, by which the form's `attachments` name it.
    pub(crate) fn number(&self) -> Option<u64> {
        let number = self.field.strip_prefix("files[")?.strip_suffix(']')?;
        number.parse().ok()
    }
}

/// Why a form could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not a form, or more of one than is taken.
    Malformed,
    /// `payload_json` is not JSON.
    NotJson,
}

/// The body and the files of a form: `payload_json`, and the other fields as strings beside it.
pub(crate) fn read(kind: &str, body: &Bytes) -> Result<(Value, Vec<Upload>), Unreadable> {
    let boundary = boundary(kind).ok_or(Unreadable::Malformed)?;
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let mut fields = Map::new();
    let mut files = Vec::new();
    // The first delimiter has no line before it.
    let opening = delimiter.get(2..).unwrap_or_default();
    if !body.starts_with(opening) {
        return Err(Unreadable::Malformed);
    }
    let mut rest = body.slice(opening.len()..);
    for _ in 0..=MAX_PARTS {
        if rest.starts_with(b"--") {
            return Ok((Value::Object(fields), files));
        }
        if !rest.starts_with(b"\r\n") {
            return Err(Unreadable::Malformed);
        }
        let head = rest.slice(..rest.len().min(MAX_HEADERS));
        let headers = find(&head, b"\r\n\r\n").ok_or(Unreadable::Malformed)?;
        let part = Part::read(&rest.slice(..headers)).ok_or(Unreadable::Malformed)?;
        let content = rest.slice(headers + 4..);
        let end = find(&content, &delimiter).ok_or(Unreadable::Malformed)?;
        let bytes = content.slice(..end);
        rest = content.slice(end + delimiter.len()..);
        if let Some(name) = part.file_name {
            files.push(Upload {
                field: part.name,
                name,
                content_type: part.content_type,
                bytes,
            });
        } else if part.name == "payload_json" {
            match serde_json::from_slice(&bytes) {
                Ok(Value::Object(payload)) => fields.extend(payload),
                _ => return Err(Unreadable::NotJson),
            }
        } else {
            let text = std::str::from_utf8(&bytes).map_err(|_| Unreadable::Malformed)?;
            fields.entry(part.name).or_insert_with(|| Value::from(text));
        }
    }
    Err(Unreadable::Malformed)
}

fn boundary(kind: &str) -> Option<&str> {
    let (media, parameters) = kind.split_once(';')?;
    if !media.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut named = parameters
        .split(';')
        .filter_map(|p| p.trim().split_once('='));
    let (_, value) = named.find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?;
    let value = value.trim_matches('"');
    (1..=MAX_BOUNDARY).contains(&value.len()).then_some(value)
}

/// Where `needle`, which begins with a carriage return, stands first.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| *byte == b'\r')?;
        if bytes.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// What the headers of a part say.
#[derive(Debug, Default)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    fn read(headers: &[u8]) -> Option<Self> {
        let mut part = Self::default();
        let mut named = false;
        for line in std::str::from_utf8(headers).ok()?.split("\r\n") {
            let Some((header, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            if header.eq_ignore_ascii_case("content-type") {
                part.content_type = Some(value.to_owned());
            } else if header.eq_ignore_ascii_case("content-disposition") {
                let parameters = value.strip_prefix("form-data")?;
                named = part.disposition(parameters)?;
            }
        }
        named.then_some(part)
    }

    /// Reads `; name="…"; filename="…"`. Whether there was a name.
    fn disposition(&mut self, text: &str) -> Option<bool> {
        let mut rest = text.trim_start();
        let mut named = false;
        while !rest.is_empty() {
            rest = rest.strip_prefix(';')?.trim_start();
            let Some((name, after)) = rest.split_once('=') else {
                return rest.is_empty().then_some(named);
            };
            let (value, after) = parameter(after)?;
            match name.trim() {
                "name" => {
                    self.name = value;
                    named = true;
                }
                "filename" if self.file_name.is_none() => self.file_name = Some(value),
                "filename*" => {
                    let (_, encoded) = value.split_once("''")?;
                    self.file_name = Some(super::reactions::unescape(encoded));
                }
                _ => {}
            }
            rest = after.trim_start();
        }
        Some(named)
    }
}

/// A parameter's value, quoted or not, and what follows.
fn parameter(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (value, rest) = text.split_at_checked(end)?;
        return Some((value.trim().to_owned(), rest));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, quoted.get(at + 1..)?)),
            '\\' => value.push(characters.next()?.1),
            character => value.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KIND: &str = "multipart/form-data; boundary=\"x-y\"";

    fn parsed(body: &str) -> Result<(Value, Vec<Upload>), Unreadable> {
        read(KIND, &Bytes::copy_from_slice(body.as_bytes()))
    }

    #[test]
    fn a_form_is_a_body_and_its_files() {
        let body = "--x-y\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\
            Content-Type: application/json\r\n\r\n{\"content\":\"hi\"}\r\n--x-y\r\n\
            content-disposition: form-data; name=\"files[1]\"; filename=\"a \\\"b\\\".txt\"\r\n\
            content-type: text/plain\r\n\r\nline\r\n--x-\r\n\r\n--x-y\r\n\
            Content-Disposition: form-data; name=files[0]; filename*=utf-8''%C3%A9.png\r\n\r\n\r\n\
            --x-y\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nsmile\r\n--x-y--\r\n";
        let (fields, files) = parsed(body).unwrap();
        assert_eq!(fields, json!({ "content": "hi", "tags": "smile" }));
        assert_eq!(files.len(), 2);
        assert_eq!(files[0].name, "a \"b\".txt");
        assert_eq!(files[0].content_type.as_deref(), Some("text/plain"));
        assert_eq!(files[0].bytes, "line\r\n--x-\r\n");
        assert_eq!(files[0].number(), Some(1));
        assert_eq!((files[1].name.as_str(), files[1].bytes.len()), ("é.png", 0));
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for bad in [
            "",
            "--x-y",
            "--x-y\r\n",
            "--x-z\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x-z--",
            "--x-y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb",
            "--x-y\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--x-y--",
            "--x-y\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x-y--",
        ] {
            assert_eq!(parsed(bad), Err(Unreadable::Malformed), "{bad}");
        }
        let part = "--x-y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";
        let many = format!("{}--x-y--", part.repeat(MAX_PARTS + 1));
        assert_eq!(parsed(&many), Err(Unreadable::Malformed));
        let bad = part.replace("\"a\"", "\"payload_json\"") + "--x-y--";
        assert_eq!(parsed(&bad), Err(Unreadable::NotJson));
        assert_eq!(
            read("multipart/mixed; boundary=x", &Bytes::new()),
            Err(Unreadable::Malformed)
        );
    }
}
