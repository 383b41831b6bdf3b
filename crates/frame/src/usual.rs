//! The frame as Discord writes it: name, sequence number, opcode, payload; no white space, no escapes.

use std::borrow::Cow;

use crate::{Header, Keys, Payload, skip::end_of_string};

/// The header of a usual frame, as reading it member by member would give it; `None` for any other frame.
#[inline]
pub(crate) fn scan<'a>(frame: &'a str, keys: &Keys) -> Option<Header<'a>> {
    let bytes = frame.as_bytes();
    let at = key(bytes, 0, b'{', keys.kind)?;
    let (kind, at) = match bytes.get(at)? {
        b'"' => {
            let end = end_of_string(bytes, at + 1).filter(|end| !end.has_escapes)?;
            let kind = frame.get(at + 1..end.behind - 1)?;
            (Some(Cow::Borrowed(kind)), end.behind)
        }
        _ => (None, null(bytes, at)?),
    };
    let at = key(bytes, at, b',', keys.seq)?;
    let (seq, at) = number(bytes, at)?;
    let at = key(bytes, at, b',', keys.op)?;
    let (op, at) = number(bytes, at)?;
    let at = key(bytes, at, b',', keys.data)?;
    let data = Some(Payload::beginning(frame, at).ok()?);
    Some(Header {
        op,
        seq,
        kind,
        data,
    })
}

/// Steps over a key and what surrounds it.
#[inline]
fn key(bytes: &[u8], at: usize, before: u8, key: &str) -> Option<usize> {
    let [first, b'"', rest @ ..] = bytes.get(at..)? else {
        return None;
    };
    let [b'"', b':', ..] = rest.strip_prefix(key.as_bytes())? else {
        return None;
    };
    (*first == before).then_some(at + key.len() + 4)
}

/// Reads a number of up to 19 digits, or `null`.
#[inline]
fn number(bytes: &[u8], start: usize) -> Option<(Option<u64>, usize)> {
    let mut at = start;
    let mut sum = 0_u64;
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        sum = sum.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    match at - start {
        0 => null(bytes, at).map(|at| (None, at)),
        1..=19 => Some((Some(sum), at)),
        _ => None,
    }
}

#[inline]
fn null(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.starts_with(b"null").then_some(at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::scan_members;

    #[test]
    fn usual_frames_are_read_as_any_other() {
        for kind in ["\"MESSAGE_CREATE\"", "\"\"", "\"é\"", "null"] {
            for number in ["0", "7", "1234567890123456789", "null"] {
                for data in ["{}", "[1]", "null", "\"x\"", "-1", "true"] {
                    let frame = format!(r#"{{"t":{kind},"s":{number},"op":{number},"d":{data}}}"#);
                    let usual = scan(&frame, &Keys::DISCORD);
                    assert_eq!(usual, scan_members(&frame, &Keys::DISCORD).ok(), "{frame}");
                    assert!(usual.is_some());
                }
            }
        }
    }

    #[test]
    fn every_change_to_a_usual_frame_is_read_the_same_or_left_to_others() {
        let frame = r#"{"t":"AB","s":19,"op":0,"d":{"t":1}}"#;
        for at in 0..frame.len() {
            for byte in *b"{}[]\",:\\0n1- td" {
                let mut bytes = frame.as_bytes().to_vec();
                bytes[at] = byte;
                for bytes in [&bytes[..], &bytes[..at]] {
                    let text = String::from_utf8_lossy(bytes);
                    if let Some(header) = scan(&text, &Keys::DISCORD) {
                        assert_eq!(Ok(header), scan_members(&text, &Keys::DISCORD), "{text}");
                    }
                }
            }
        }
    }
}
