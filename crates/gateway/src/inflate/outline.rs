//! Where a JSON object ends.

/// Follows a text that grows, to tell whether it is one object from end to end. Each byte is looked at
/// once, however often it is asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outline {
    depth: usize,
    escaped: bool,
    in_string: bool,
    seen: usize,
    /// The object is over, at this place.
    over: Option<usize>,
}

impl Outline {
    /// Whether `text`, of which this saw an earlier part at most, is a whole object. Braces, brackets and
    /// strings are followed; the rest of the grammar is for whoever reads it.
    pub(super) fn closes(&mut self, text: &[u8]) -> bool {
        if !is_outlined(text) {
            return false;
        }
        let from = self.seen;
        for (at, byte) in text.iter().enumerate().skip(from) {
            self.follow(at, *byte);
        }
        self.seen = text.len();
        self.over == Some(text.trim_ascii_end().len())
    }

    fn follow(&mut self, at: usize, byte: u8) {
        if self.escaped {
            self.escaped = false;
            return;
        }
        match byte {
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 && self.over.is_none() {
                    self.over = Some(at + 1);
                }
            }
            _ => {}
        }
    }
}

/// Whether `text` begins and ends as a JSON object does.
pub(super) fn is_outlined(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    text.first() == Some(&b'{') && text.last() == Some(&b'}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_whole_at_its_last_brace_and_nowhere_else() {
        let text = br#"{"a":"}\"{[","b":[{"c":"\\"},{}]}"#;
        let mut growing = Outline::default();
        for end in 0..text.len() {
            assert!(!growing.closes(&text[..end]), "{end}");
            assert!(!Outline::default().closes(&text[..end]), "{end}");
        }
        assert!(growing.closes(text));
        assert!(Outline::default().closes(text));
        assert!(Outline::default().closes(b" {} \n"));
    }

    #[test]
    fn two_objects_are_not_one() {
        for text in [&b"{}{}"[..], b"{},{}", b"{}}", b"[]{}", b"", b"{", b"}"] {
            assert!(!Outline::default().closes(text), "{text:?}");
        }
    }
}
