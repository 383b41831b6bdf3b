use super::{
    Decode, DecodeError, Fault, Problem, Report,
    error::Failure,
    key::Head,
    report::{Found, Notes},
};

/// How deep objects and lists may nest where they are decoded; what is deeper deviates. Skipping has no
/// such bound, as it does not recurse.
pub(super) const MAX_DEPTH: u32 = 64;

/// A place in a JSON text, and what was noted on the way there.
///
/// [`Decode`] hands it on; there is nothing to do with it from outside.
#[derive(Debug)]
pub struct Reader<'de> {
    pub(super) text: &'de str,
    /// The byte that is read next.
    pub(super) at: usize,
    pub(super) depth: u32,
    /// The key that the reader stands at, between the members of an object.
    pub(super) head: Head,
    /// The key that told a union which model comes next: no field of the model, yet known.
    pub(super) tag: Option<&'static str>,
    /// Text whose escapes are resolved.
    pub(super) scratch: String,
    /// What the last fault was about.
    pub(super) failure: Failure,
    /// What a report is made of, where one was asked for.
    pub(super) notes: Option<Notes>,
    /// Whether the value is a member of an object that goes on behind it.
    is_member: bool,
}

impl<'de> Reader<'de> {
    pub(crate) const fn new(text: &'de str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            head: Head::END,
            tag: None,
            scratch: String::new(),
            failure: Failure::NONE,
            notes: None,
            is_member: false,
        }
    }

    pub(crate) fn reporting(text: &'de str) -> Self {
        Self {
            notes: Some(Notes::default()),
            ..Self::new(text)
        }
    }

    /// Reads the text from a member's value on; what follows that value is not looked into.
    pub(crate) const fn of_member(text: &'de str) -> Self {
        let mut reader = Self::new(text);
        reader.is_member = true;
        reader
    }

    /// Reads the one value that the whole text is.
    pub(crate) fn document<T: Decode>(&mut self) -> Result<T, Fault> {
        self.space();
        let value = T::decode(self)?;
        self.end()?;
        Ok(value)
    }

    /// Steps over that one value.
    pub(crate) fn pass(&mut self) -> Result<(), Fault> {
        self.space();
        self.skip()?;
        self.end()
    }

    fn end(&mut self) -> Result<(), Fault> {
        match self.space() {
            None => Ok(()),
            Some(b',' | b'}') if self.is_member => Ok(()),
            Some(_) => Err(self.malformed("text behind the value")),
        }
    }

    pub(crate) fn take_report(&mut self) -> Report {
        self.notes
            .take()
            .map_or_else(Report::default, |notes| notes.into_report(self.text))
    }

    /// What went wrong, for the caller of the whole.
    #[cold]
    pub(crate) fn error(&mut self, fault: Fault) -> DecodeError {
        if fault == Fault::Mismatch {
            // Whether it is JSON at all shows only at its end.
            let failure = self.take_failure();
            self.at = 0;
            if self.pass().is_ok() {
                return DecodeError::new(fault, &failure, self.text);
            }
        }
        DecodeError::new(Fault::Malformed, &self.failure, self.text)
    }

    /// Where the next byte is.
    #[inline]
    pub(crate) const fn offset(&self) -> usize {
        self.at
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Whether a value of this type stands at a place further on. Nothing is consumed or noted.
    pub(crate) fn decodes_at<T: Decode>(&self, at: usize) -> bool {
        let text = self.text.get(at..);
        text.is_some_and(|text| T::decode(&mut Reader::new(text)).is_ok())
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    /// Reads so many bytes, if they are a value; nothing, and nothing is read, if there are not so many.
    #[inline]
    pub(crate) fn fixed<const N: usize, T>(
        &mut self,
        read: impl FnOnce(&[u8; N]) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.text.as_bytes().get(self.at..)?.first_chunk()?)?;
        self.at += N;
        Some(value)
    }

    /// Steps over white space, and gives the byte behind it.
    #[inline]
    pub(super) fn space(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        if byte > b' ' {
            return Some(byte);
        }
        self.more_space()
    }

    #[cold]
    fn more_space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// Steps over this word, if it comes next.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> bool {
        let end = self.at + word.len();
        let found = self.text.as_bytes().get(self.at..end) == Some(word.as_bytes());
        if found {
            self.at = end;
        }
        found
    }

    /// Steps over a `null`, if one comes next.
    #[inline]
    pub(crate) fn null(&mut self) -> bool {
        self.word("null")
    }

    /// The text that was read since `start`.
    pub(super) fn since(&self, start: usize) -> &'de str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// No JSON.
    #[cold]
    #[inline(never)]
    pub(super) fn malformed(&mut self, problem: &'static str) -> Fault {
        self.failure = Failure {
            at: self.at,
            problem: Problem::Syntax(problem),
        };
        Fault::Malformed
    }

    /// Not what was expected at the place where the reader stands.
    #[cold]
    #[inline(never)]
    pub(crate) fn mismatch(&mut self, expected: &'static str) -> Fault {
        self.fail(self.at, Problem::Expected(expected))
    }

    /// Not what was expected of the value that begins at `at`.
    #[cold]
    #[inline(never)]
    pub(crate) fn mismatch_at(&mut self, at: usize, expected: &'static str) -> Fault {
        self.fail(at, Problem::Expected(expected))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn fail(&mut self, at: usize, problem: Problem) -> Fault {
        self.failure = Failure { at, problem };
        Fault::Mismatch
    }

    pub(super) fn take_failure(&mut self) -> Failure {
        std::mem::replace(&mut self.failure, Failure::NONE)
    }

    /// Gets over a value that does not fit: skips it, and notes why.
    #[cold]
    #[inline(never)]
    pub(super) fn tolerate(
        &mut self,
        fault: Fault,
        start: usize,
        found: Found,
    ) -> Result<(), Fault> {
        if fault == Fault::Malformed {
            return Err(fault);
        }
        let failure = self.take_failure();
        self.at = start;
        self.skip()?;
        let end = self.at;
        if let Some(notes) = &mut self.notes {
            notes.forget(&(start..end));
            notes.tolerated(self.text, &failure, start..end, found);
        }
        Ok(())
    }
}
