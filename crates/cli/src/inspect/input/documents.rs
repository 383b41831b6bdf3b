use std::io::{self, ErrorKind, Read};

use super::outline::{Flaw, Outline};

/// How much is read at once.
const CHUNK: usize = 64 * 1024;
/// The largest document, far above the largest READY; what is larger is given up instead of held in memory.
const MAX_DOCUMENT: usize = 256 * 1024 * 1024;

/// Splits an input into its JSON objects: one a line, over many lines, one after another, or the
/// elements of arrays. Only one of them is held in memory at a time.
///
/// What is no object is told and skipped. The input goes on with the next line that may begin a
/// document: one that is indented no more than the line on which the bad one began.
#[derive(Debug)]
pub(in crate::inspect) struct Documents<R> {
    input: R,
    chunk: Vec<u8>,
    buffer: Vec<u8>,
    /// The next byte of the buffer.
    at: usize,
    started: bool,
    ended: bool,
    /// The line of the next byte, from 1.
    line: u64,
    /// How far the line of the next byte is indented.
    indent: usize,
    /// Whether nothing but blanks came before on that line.
    fresh: bool,
    array: Option<Array>,
    limit: usize,
    /// How many bytes came so far.
    received: u64,
}

/// The array whose elements are documents.
#[derive(Clone, Copy, Debug)]
struct Array {
    line: u64,
    before: Before,
}

/// What came before the next byte.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Bracket,
    Comma,
    Element,
    /// Something that was skipped.
    Unreadable,
}

#[derive(Debug)]
pub(in crate::inspect) enum Item {
    Document(Document),
    Unreadable(Unreadable),
}

/// The text of one JSON object.
#[derive(Debug)]
pub(in crate::inspect) struct Document {
    /// The line on which it begins, from 1.
    pub(in crate::inspect) line: u64,
    pub(in crate::inspect) text: String,
}

/// Something that is no JSON object.
#[derive(Debug, PartialEq)]
pub(in crate::inspect) struct Unreadable {
    /// The line on which it begins, from 1.
    pub(in crate::inspect) line: u64,
    /// What is wrong; it names the line if it is another one.
    pub(in crate::inspect) problem: String,
}

impl<R: Read> Documents<R> {
    pub(in crate::inspect) fn new(input: R) -> Self {
        Self {
            input,
            chunk: vec![0; CHUNK],
            buffer: Vec::new(),
            at: 0,
            started: false,
            ended: false,
            line: 1,
            indent: 0,
            fresh: true,
            array: None,
            limit: MAX_DOCUMENT,
            received: 0,
        }
    }

    /// Reads up to the next document, or the next thing that is none.
    pub(in crate::inspect) fn next(&mut self) -> io::Result<Option<Item>> {
        if !self.started {
            self.started = true;
            if let Some(problem) = self.start()? {
                return Ok(Some(unreadable(1, problem)));
            }
        }
        loop {
            self.skip_blank()?;
            let Some(byte) = self.peek()? else {
                // After something unreadable, its end may have been skipped with the line.
                let open = self
                    .array
                    .take()
                    .filter(|array| array.before != Before::Unreadable);
                return Ok(open.map(|array| unreadable(array.line, "the array is never closed")));
            };
            match (byte, &mut self.array) {
                (b'[', None) => {
                    self.at += 1;
                    self.array = Some(Array {
                        line: self.line,
                        before: Before::Bracket,
                    });
                }
                (b']', Some(array)) if array.before != Before::Comma => {
                    self.at += 1;
                    self.array = None;
                }
                (b',', Some(array))
                    if matches!(array.before, Before::Element | Before::Unreadable) =>
                {
                    self.at += 1;
                    array.before = Before::Comma;
                }
                (b'{', None) => return self.document().map(Some),
                (b'{', Some(array)) if array.before != Before::Element => {
                    return self.document().map(Some);
                }
                (byte, Some(array)) if array.before != Before::Element && is_scalar(byte) => {
                    array.before = Before::Element;
                    let line = self.line;
                    self.skip_scalar()?;
                    return Ok(Some(unreadable(line, "expected a JSON object")));
                }
                (byte, array) => {
                    let expected = match array.map(|array| array.before) {
                        Some(Before::Element) => "`,` or `]`",
                        _ => "a JSON object",
                    };
                    let found = match byte {
                        b'[' => "an array inside the array".to_owned(),
                        b'"' => "a string".to_owned(),
                        _ if byte.is_ascii_graphic() => format!("`{}`", char::from(byte)),
                        _ => "something that is no JSON".to_owned(),
                    };
                    let line = self.line;
                    self.skip_unreadable()?;
                    let problem = format!("expected {expected}, found {found}");
                    return Ok(Some(unreadable(line, problem)));
                }
            }
        }
    }

    /// How many bytes of the input were taken in so far.
    pub(in crate::inspect) fn position(&self) -> u64 {
        self.received
    }

    /// Looks at the first bytes: skips a byte order mark, and names what is no text.
    fn start(&mut self) -> io::Result<Option<&'static str>> {
        while self.buffer.len() < 3 && self.fill()? {}
        let problem = match self.buffer.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => {
                self.at = 3;
                return Ok(None);
            }
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16: convert it to UTF-8 first",
            [0x1f, 0x8b, ..] => "it is compressed: pipe it through `gzip -dc` first",
            [0x28, 0xb5, 0x2f, ..] => "it is compressed: pipe it through `zstd -dc` first",
            _ => return Ok(None),
        };
        self.buffer.clear();
        self.ended = true;
        Ok(Some(problem))
    }

    /// Reads the object that begins here.
    fn document(&mut self) -> io::Result<Item> {
        let line = self.line;
        let mut outline = Outline::object();
        let mut length = 1;
        let problem = loop {
            let Some(byte) = self.buffer.get(self.at + length).copied() else {
                if length > self.limit {
                    break format!("it is larger than {} bytes", self.limit);
                }
                self.forget();
                if self.fill()? {
                    continue;
                }
                break "the input ends inside of it".to_owned();
            };
            length += 1;
            match outline.take(byte) {
                Ok(false) => {}
                Ok(true) => return Ok(self.finish(length)),
                Err(flaw) => break self.describe(flaw, length),
            }
        };
        self.skip_unreadable()?;
        Ok(unreadable(line, problem))
    }

    /// Takes the object of this length out of the buffer.
    fn finish(&mut self, length: usize) -> Item {
        let line = self.line;
        let bytes = self.ahead(length);
        let (further, indent) = (lines(bytes), indent(bytes));
        let text = str::from_utf8(bytes).map(str::to_owned);
        if further > 0 {
            self.line += further;
            self.indent = indent;
        }
        self.at += length;
        if let Some(array) = &mut self.array {
            array.before = Before::Element;
        }
        match text {
            Ok(text) => Item::Document(Document { line, text }),
            Err(_) => unreadable(line, "it is no UTF-8"),
        }
    }

    /// Says on which line the flaw is that the last byte shows, where that is not the first line.
    fn describe(&self, flaw: Flaw, length: usize) -> String {
        // A string that does not end on its line is a flaw of that line, though its end shows it.
        match lines(self.ahead(length - 1)) {
            0 => flaw.to_string(),
            further => format!("{flaw} on line {}", self.line + further),
        }
    }

    fn ahead(&self, length: usize) -> &[u8] {
        self.buffer
            .get(self.at..self.at + length)
            .unwrap_or_default()
    }

    /// Goes on at the next line that may begin a document.
    fn skip_unreadable(&mut self) -> io::Result<()> {
        if let Some(array) = &mut self.array {
            array.before = Before::Unreadable;
        }
        let indent = self.indent;
        loop {
            self.skip_line()?;
            self.skip_blank()?;
            match self.peek()? {
                Some(_) if self.indent > indent => {}
                Some(b'}' | b',') => {}
                Some(b']') if self.array.is_none() => {}
                _ => return Ok(()),
            }
        }
    }

    /// Skips an element that is a string, a number or a word.
    fn skip_scalar(&mut self) -> io::Result<()> {
        let string = self.peek()? == Some(b'"');
        let mut escaped = string;
        while let Some(byte) = self.peek()? {
            match byte {
                b'\n' => return Ok(()),
                _ if escaped => escaped = false,
                b'\\' if string => escaped = true,
                b'"' if string => {
                    self.at += 1;
                    return Ok(());
                }
                _ if string || is_scalar(byte) => {}
                _ => return Ok(()),
            }
            self.at += 1;
        }
        Ok(())
    }

    fn skip_line(&mut self) -> io::Result<()> {
        while let Some(byte) = self.peek()? {
            if byte == b'\n' {
                return Ok(());
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Skips blanks and line ends, and measures how far the line is indented.
    fn skip_blank(&mut self) -> io::Result<()> {
        while let Some(byte) = self.peek()? {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.indent = 0;
                    self.fresh = true;
                }
                b' ' | b'\t' | b'\r' => self.indent += usize::from(self.fresh),
                _ => {
                    self.fresh = false;
                    return Ok(());
                }
            }
            self.at += 1;
        }
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        while self.at >= self.buffer.len() {
            self.forget();
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(self.buffer.get(self.at).copied())
    }

    /// Drops what was read from the buffer, which begins with the next byte then.
    fn forget(&mut self) {
        self.buffer.drain(..self.at.min(self.buffer.len()));
        self.at = 0;
    }

    /// Reads another chunk; false at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let read = loop {
            match self.input.read(&mut self.chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.ended = !matches!(read, Ok(1..));
        let bytes = self.chunk.get(..read?).unwrap_or_default();
        self.buffer.extend_from_slice(bytes);
        self.received += bytes.len() as u64;
        Ok(!bytes.is_empty())
    }
}

fn unreadable(line: u64, problem: impl Into<String>) -> Item {
    Item::Unreadable(Unreadable {
        line,
        problem: problem.into(),
    })
}

/// Whether a string, a number or a word begins with the byte.
fn is_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'"' | b'-')
}

/// How many lines end in the text.
fn lines(text: &[u8]) -> u64 {
    text.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// How far the last line of the text is indented.
fn indent(text: &[u8]) -> usize {
    let last = text.rsplit(|byte| *byte == b'\n').next();
    last.unwrap_or_default()
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        .count()
}

#[cfg(test)]
mod tests;
