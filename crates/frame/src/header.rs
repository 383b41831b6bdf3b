use std::borrow::Cow;

use crate::{Payload, ScanError, members, usual};

/// How a dialect calls the four members of its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keys {
    /// The opcode.
    pub op: &'static str,
    /// The payload.
    pub data: &'static str,
    /// The sequence number of a dispatch.
    pub seq: &'static str,
    /// The name of a dispatch.
    pub kind: &'static str,
}

impl Keys {
    /// Discord's: `op`, `d`, `s`, `t`.
    ///
    /// See the [payload structure](https://docs.discord.com/developers/events/gateway-events#payload-structure).
    pub const DISCORD: Self = Self::new("op", "d", "s", "t");

    /// Names the members of a dialect's frame.
    #[must_use]
    pub const fn new(
        op: &'static str,
        data: &'static str,
        seq: &'static str,
        kind: &'static str,
    ) -> Self {
        Self {
            op,
            data,
            seq,
            kind,
        }
    }
}

/// What a frame says about itself, its payload left where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header<'a> {
    /// The opcode; `None` when it is absent or null.
    pub op: Option<u64>,
    /// The sequence number; `None` when it is absent, null or not a whole number.
    pub seq: Option<u64>,
    /// The name of the dispatch; `None` when it is absent, null or not a string.
    pub kind: Option<Cow<'a, str>>,
    /// Where the payload lies in the frame; `None` when it is absent.
    pub data: Option<Payload>,
}

/// Reads the header of `frame` without parsing its payload.
///
/// The keys may come in any order, the payload first included, and keys of the payload are never
/// mistaken for the header's. Unknown keys are skipped; of a key that comes twice the last counts.
/// It never panics and never recurses, whatever the input.
///
/// A payload that comes after opcode, sequence number and name is not looked into, nor is what follows
/// it: the frame only has to end as an object does. So the header of a large event costs no more than
/// that of a small one, and the [`Payload`] finds its own end when somebody wants it. A payload
/// that comes earlier is passed over, and everything behind it is read.
///
/// # Examples
///
/// ```
/// use polycord_frame::{Keys, scan};
///
/// let frame = r#"{"d":{"t":"not this one"},"op":0,"s":7,"t":"MESSAGE_CREATE"}"#;
/// let header = scan(frame, &Keys::DISCORD)?;
/// assert_eq!(header.op, Some(0));
/// assert_eq!(header.seq, Some(7));
/// assert_eq!(header.kind.as_deref(), Some("MESSAGE_CREATE"));
/// assert_eq!(header.data.unwrap().text(frame)?, r#"{"t":"not this one"}"#);
/// # Ok::<(), polycord_frame::ScanError>(())
/// ```
///
/// # Errors
///
/// When `frame` is not one JSON object as far as it is read, or its opcode is something other than a
/// number.
// Inlined: where the keys are known, they are compared as numbers.
#[inline]
pub fn scan<'a>(frame: &'a str, keys: &Keys) -> Result<Header<'a>, ScanError> {
    usual::scan(frame, keys).map_or_else(|| scan_members(frame, keys), Ok)
}

/// The same for a frame of any form.
#[inline(never)]
pub(crate) fn scan_members<'a>(frame: &'a str, keys: &Keys) -> Result<Header<'a>, ScanError> {
    let mut header = Header::default();
    let (mut has_op, mut has_seq, mut has_kind) = (false, false, false);
    let mut members = members(frame);
    while let Some(key) = members.key()? {
        if key == keys.data {
            if has_op && has_seq && has_kind {
                header.data = Some(Payload::beginning(frame, members.offset())?);
                return Ok(header);
            }
            header.data = Some(Payload::at(members.value()?));
            continue;
        }
        if key == keys.kind {
            has_kind = true;
            header.kind = match members.peek() {
                Some(b'"') => Some(members.string()?),
                _ => members.value().map(|_| None)?,
            };
            continue;
        }
        let value = members.value()?;
        let at = value.start;
        if key == keys.seq {
            has_seq = true;
            header.seq = frame.get(value).and_then(whole);
        } else if key == keys.op {
            has_op = true;
            header.op = match frame.get(value) {
                Some("null") | None => None,
                Some(number) => Some(
                    whole(number)
                        .ok_or_else(|| ScanError::new("the opcode is not a number", at))?,
                ),
            };
        }
    }
    Ok(header)
}

/// A number of at least 0, without fraction and exponent.
fn whole(text: &str) -> Option<u64> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    match text.len() {
        0 => None,
        // It cannot overflow.
        1..=19 => text
            .as_bytes()
            .iter()
            .try_fold(0, |sum, byte| Some(sum * 10 + digit(byte)?)),
        _ => text
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse().ok())?,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCORD: Keys = Keys::new("op", "data", "seq", "type");

    fn discord(frame: &str) -> Header<'_> {
        scan(frame, &Keys::DISCORD).unwrap()
    }

    fn data(frame: &str) -> &str {
        discord(frame).data.unwrap().text(frame).unwrap()
    }

    #[test]
    fn reads_a_dispatch_with_the_header_first() {
        let frame = r#"{"t":"READY","s":1,"op":0,"d":{"v":10}}"#;
        let header = discord(frame);
        assert_eq!(header.op, Some(0));
        assert_eq!(header.seq, Some(1));
        assert_eq!(header.kind.as_deref(), Some("READY"));
        assert_eq!(data(frame), r#"{"v":10}"#);
    }

    #[test]
    fn reads_past_a_payload_that_comes_first_and_holds_keys_like_the_headers() {
        let frame = r#"{"data":{"channels":[{"type":"text","op":9,"seq":3}],"type":"}\"]"},"op":0,"seq":12,"type":"ready"}"#;
        let header = scan(frame, &ACCORD).unwrap();
        assert_eq!((header.op, header.seq), (Some(0), Some(12)));
        assert_eq!(header.kind.as_deref(), Some("ready"));
        let data = header.data.unwrap().text(frame).unwrap();
        assert!(data.ends_with(r#""type":"}\"]"}"#));
    }

    #[test]
    fn nulls_and_absent_members_are_none() {
        assert_eq!(
            discord(r#"{"op":11}"#),
            Header {
                op: Some(11),
                ..Header::default()
            }
        );
        let header = discord(r#" { "op" : null , "s" : null , "t" : null , "d" : null } "#);
        assert_eq!((header.op, header.seq, header.kind), (None, None, None));
        assert!(header.data.is_some());
        assert_eq!(discord("{}"), Header::default());
    }

    #[test]
    fn payload_of_any_type_is_delimited() {
        for data in ["false", "-1.5e3", "[]", r#""a\\""#, "{}", "[[],{\"a\":[]}]"] {
            let frame = format!(r#"{{"d":{data},"op":9}}"#);
            assert_eq!(discord(&frame).op, Some(9));
            assert_eq!(self::data(&frame), data);
            let frame = format!(r#"{{"t":null,"s":null,"op":9,"d": {data} }} "#);
            assert_eq!(self::data(&frame), data);
        }
    }

    #[test]
    fn sequence_of_an_unexpected_type_does_not_lose_the_event() {
        let header = discord(r#"{"op":0,"s":"5","t":"X","d":{}}"#);
        assert_eq!(header.seq, None);
        assert_eq!(header.kind.as_deref(), Some("X"));
    }

    #[test]
    fn escapes_in_keys_and_names_are_resolved() {
        let header = discord("{\"\\u006fp\":0,\"t\":\"A\\u0042\\/\\n\"}");
        assert_eq!(header.op, Some(0));
        assert_eq!(header.kind.as_deref(), Some("AB/\n"));
        for (name, expected) in [
            (r"\ud83d\ude00!", "\u{1f600}!"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            (r"\u+041\u00", "+04100"),
        ] {
            let frame = format!(r#"{{"t":"{name}"}}"#);
            assert_eq!(discord(&frame).kind.as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn broken_outlines_are_errors_with_an_offset_inside_the_text() {
        for frame in [
            "",
            " ",
            "null",
            "[]",
            "{",
            "{\"op\"",
            "{\"op\":",
            "{\"op\":}",
            "{\"op\":1",
            "{\"op\":1,}",
            "{\"op\":1} x",
            "{\"op\":\"1\"}",
            "{\"op\":-1}",
            "{\"d\":{\"a\":[}",
            "{\"t\":null,\"s\":1,\"op\":0,\"d\":}",
            "{\"t\":null,\"s\":1,\"op\":0,\"d\":{\"a\":[",
            "{\"t\":null,\"s\":1,\"op\":0,\"d\":",
            "{\"d\":\"\\",
            "{\"d\":\"\\\"}",
            "{op:1}",
            "\u{feff}{}",
        ] {
            let error = scan(frame, &Keys::DISCORD).expect_err(frame);
            assert!(error.offset() <= frame.len(), "{frame}: {error}");
        }
    }

    #[test]
    fn what_follows_a_complete_header_and_its_payload_is_not_read() {
        let frame = r#"{"t":"A","s":1,"op":0,"d":[1],"s":2,"x":[}"#;
        assert_eq!(discord(frame).seq, Some(1));
        assert_eq!(data(frame), "[1]");

        // A member is missing in front: then everything counts, and has to be in order.
        assert_eq!(
            discord(r#"{"t":"A","op":0,"d":[1],"s":1,"s":2}"#).seq,
            Some(2)
        );
        assert!(scan(r#"{"t":"A","op":0,"d":[1],"s":2,"x":[}"#, &Keys::DISCORD).is_err());
    }

    #[test]
    fn of_a_key_that_comes_twice_the_last_counts() {
        let header = discord(r#"{"d":[1],"t":"A","t":"B","s":1,"s":2,"op":1,"op":0,"d":[2]}"#);
        assert_eq!((header.op, header.seq), (Some(0), Some(2)));
        assert_eq!(header.kind.as_deref(), Some("B"));
        assert_eq!(data(r#"{"d":[1],"op":0,"d":[2]}"#), "[2]");
    }

    #[test]
    fn a_payload_whose_end_is_missing_says_so_when_it_is_asked_for() {
        for frame in [
            r#"{"t":"A","s":1,"op":0,"d":{"a":[}"#,
            r#"{"t":"A","s":1,"op":0,"d":"}"#,
            "{\"t\":\"A\",\"s\":1,\"op\":0,\"d\":\"\\\"}",
        ] {
            let payload = discord(frame).data.unwrap();
            let error = payload.text(frame).unwrap_err();
            assert_eq!(error.offset(), frame.len(), "{frame}");
        }
    }

    #[test]
    fn a_frame_cut_off_in_a_payload_that_was_not_looked_into_is_seldom_taken_for_whole() {
        let frame = r#"{"t":"A","s":1,"op":0,"d":{"a":"b","c":[1,2]}}"#;
        let taken = (0..frame.len()).filter(|end| scan(&frame[..*end], &Keys::DISCORD).is_ok());
        // Only where another bracket of the same kind happens to come last.
        assert_eq!(taken.collect::<Vec<_>>(), [frame.len() - 1]);
    }

    #[test]
    fn nesting_costs_no_stack() {
        let deep = format!(
            r#"{{"d":{}{},"op":0}}"#,
            "[".repeat(1_000_000),
            "]".repeat(1_000_000)
        );
        assert_eq!(discord(&deep).op, Some(0));
    }

    /// Every prefix and every single-byte mutation of real frames, and of text drawn from JSON's own
    /// alphabet: no panic, and ranges that slice.
    #[test]
    fn no_input_panics() {
        const ALPHABET: &[u8] = b"{}[]\",:\\u0dopst n1-\xc3\xa9";
        let frame =
            r#"{"t":"GUILD_CREATE","s":42,"op":0,"d":{"name":"caf\u00e9 é","roles":[{"t":1}]}}"#;
        let check = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            if let Ok(Header {
                data: Some(data), ..
            }) = scan(&text, &Keys::DISCORD)
            {
                assert!(text.ends_with(data.tail(&text)));
                if let Ok(inner) = data.text(&text) {
                    assert!(data.tail(&text).starts_with(inner) && !inner.is_empty());
                }
            }
        };
        for end in 0..frame.len() {
            check(&frame.as_bytes()[..end]);
        }
        for at in 0..frame.len() {
            for byte in ALPHABET {
                let mut bytes = frame.as_bytes().to_vec();
                bytes[at] = *byte;
                check(&bytes);
            }
        }
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..200_000 {
            let mut bytes = Vec::new();
            loop {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let pick = usize::try_from(random % 31).unwrap();
                match ALPHABET.get(pick) {
                    Some(byte) => bytes.push(*byte),
                    None if bytes.len() > 3 => break,
                    None => bytes.push(b'{'),
                }
            }
            check(&bytes);
        }
    }
}
