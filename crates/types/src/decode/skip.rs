//! Stepping over values of no interest, and looking ahead: all of JSON's grammar is checked, nothing is kept.

use super::{Fault, Reader};

/// Which of the containers that are open are objects, outermost first: a bit each.
#[derive(Default)]
struct Open {
    /// The innermost up to 64.
    bits: u64,
    /// How many of `bits` are used.
    used: u32,
    /// Full words, outermost first.
    outer: Vec<u64>,
}

impl Open {
    fn push(&mut self, is_object: bool) {
        if self.used == u64::BITS {
            self.outer.push(self.bits);
            self.used = 0;
        }
        self.bits = self.bits << 1 | u64::from(is_object);
        self.used += 1;
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.used -= 1;
        if self.used == 0
            && let Some(bits) = self.outer.pop()
        {
            self.bits = bits;
            self.used = u64::BITS;
        }
    }

    /// Whether the innermost is an object; `None` if none is open.
    const fn innermost(&self) -> Option<bool> {
        if self.used == 0 {
            None
        } else {
            Some(self.bits & 1 == 1)
        }
    }
}

impl Reader<'_> {
    /// Steps over a value.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'{' | b'[') => self.skip_container(),
            _ => self.skip_scalar(),
        }
    }

    fn skip_container(&mut self) -> Result<(), Fault> {
        let mut open = Open::default();
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    if self.space() == Some(b'}') {
                        self.at += 1;
                    } else {
                        self.skip_key()?;
                        open.push(true);
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    if self.space() == Some(b']') {
                        self.at += 1;
                    } else {
                        open.push(false);
                        continue;
                    }
                }
                _ => self.skip_scalar()?,
            }
            loop {
                let Some(is_object) = open.innermost() else {
                    return Ok(());
                };
                match (self.space(), is_object) {
                    (Some(b','), _) => {
                        self.at += 1;
                        self.space();
                        if is_object {
                            self.skip_key()?;
                        }
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        open.pop();
                    }
                    _ => return Err(self.malformed("expected a comma or the end of the container")),
                }
            }
        }
    }

    fn skip_scalar(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ if self.word("null") || self.word("true") || self.word("false") => Ok(()),
            _ => Err(self.malformed("expected a value")),
        }
    }

    /// Steps over a key and its colon.
    pub(super) fn skip_key(&mut self) -> Result<(), Fault> {
        self.skip_string()?;
        self.colon()
    }

    /// Steps over the colon behind a key.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Fault> {
        if self.space() != Some(b':') {
            return Err(self.malformed("expected a colon"));
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    /// Where the values of these keys begin in the object that comes next, of which nothing is consumed;
    /// `None` for a key that is not there, and for all where it is no object. Of a key that comes twice the
    /// last counts.
    pub(crate) fn look_for<const N: usize>(
        &mut self,
        keys: [&str; N],
    ) -> Result<[Option<usize>; N], Fault> {
        let start = self.at;
        let mut found = [None; N];
        if self.peek() != Some(b'{') {
            return Ok(found);
        }
        self.at += 1;
        if self.space() == Some(b'}') {
            self.at = start;
            return Ok(found);
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.malformed("expected a key"));
            }
            let key = self.string("a key")?;
            let is = keys.map(|wanted| wanted == key);
            self.colon()?;
            for (is, found) in is.iter().zip(&mut found) {
                if *is {
                    *found = Some(self.at);
                }
            }
            self.skip()?;
            match self.space() {
                Some(b',') => {
                    self.at += 1;
                    self.space();
                }
                Some(b'}') => break,
                _ => return Err(self.malformed("expected a comma or the end of the object")),
            }
        }
        self.at = start;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(json: &str) -> bool {
        let mut reader = Reader::new(json);
        reader.space();
        reader.skip().is_ok() && reader.space().is_none()
    }

    #[test]
    fn the_grammar_is_that_of_serde_json() {
        for json in [
            "",
            " ",
            "1",
            "-0",
            "-",
            "01",
            "1.",
            ".5",
            "1.5e",
            "1.5e+1",
            "1E-2",
            "+1",
            "nul",
            "null",
            "true",
            "falsey",
            "[]",
            "[ ]",
            "[,]",
            "[1,]",
            "[1 2]",
            "[1,[2,{}],\"x\"]",
            "{}",
            "{ }",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\" : 1 , \"b\":[{}]}",
            "{a:1}",
            "[}",
            "{\"a\":1]",
            "[1]]",
            "\"a\" 1",
            "\u{feff}{}",
            "[[[[",
            "{\"a\":{\"b\":{\"c\":",
            "\"\\u00e9\"",
            "\"\\x\"",
            "[\"\u{1}\"]",
            "\t\r\n [1]\n",
        ] {
            let theirs = serde_json::from_str::<serde_json::Value>(json).is_ok();
            assert_eq!(accepted(json), theirs, "{json:?}");
        }
    }

    #[test]
    fn nesting_costs_no_stack() {
        let depth = 1_000_000;
        let lists = "[".repeat(depth) + &"]".repeat(depth);
        assert!(accepted(&lists));
        assert!(!accepted(&lists[1..]));
        assert!(!accepted(&lists[..depth]));
        let objects = "{\"a\":[".repeat(depth) + "0" + &"]}".repeat(depth);
        assert!(accepted(&objects));
        assert!(!accepted(&objects.replace("0]}]}]}", "0]]}]}")));
    }

    #[test]
    fn looking_ahead_finds_the_keys_of_this_object_only() {
        let json = r#" {"a":{"type":1},"t\u0079pe":2,"x":[{"y":3}],"z":4} "#;
        let mut reader = Reader::new(json);
        reader.space();
        let found = reader.look_for(["type", "y", "z"]).unwrap();
        assert_eq!(found, [json.find("2,"), None, json.find('4')]);
        assert_eq!(reader.offset(), 1);
        assert!(Reader::new("{\"a\":1").look_for(["a"]).is_err());
        assert_eq!(Reader::new("[]").look_for(["a"]), Ok([None]));
    }
}
