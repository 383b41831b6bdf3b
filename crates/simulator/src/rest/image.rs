//! Images as forms carry them: data URIs, of which the simulator keeps a hash.

use serde_json::Value;

/// The hash an image gets, as Discord names one (`a_` first when it is animated); or what is wrong.
pub(crate) fn hash_of(value: &Value, most: usize) -> Result<String, (&'static str, String)> {
    let invalid = || ("IMAGE_INVALID", "Invalid image data".to_owned());
    let (kind, bytes) = value.as_str().and_then(data_uri).ok_or_else(invalid)?;
    if !starts_as(kind, &bytes) {
        return Err(invalid());
    }
    if bytes.len() > most {
        let message = format!("File cannot be larger than {most} bytes.");
        return Err(("BINARY_TYPE_MAX_SIZE", message));
    }
    let animated = if kind == "image/gif" { "a_" } else { "" };
    Ok(format!("{animated}{}", hash_of_bytes(&bytes)))
}

/// The hash of what these bytes are, or lead to.
pub(crate) fn hash_of_bytes(bytes: &[u8]) -> String {
    format!("{:032x}", hash(bytes))
}

/// The media type and the bytes of `data:TYPE;base64,DATA`.
pub(crate) fn data_uri(text: &str) -> Option<(&str, Vec<u8>)> {
    let (kind, data) = text.strip_prefix("data:")?.split_once(";base64,")?;
    Some((kind, base64(data)?))
}

/// Whether the first bytes are those of that type of image.
fn starts_as(kind: &str, bytes: &[u8]) -> bool {
    match kind {
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "image/gif" => bytes.starts_with(b"GIF8"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => false,
    }
}

/// FNV-1a, so that an image has the same hash in every run.
fn hash(bytes: &[u8]) -> u128 {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let step = |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
    bytes.iter().fold(START, step)
}

/// Undoes base64 with its padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - body.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3 + 2);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in body.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(digit)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_undone() {
        assert_eq!(base64("aGVsbG8=").unwrap(), b"hello");
        assert_eq!(base64("aGk=").unwrap(), b"hi");
        assert_eq!(base64("").unwrap(), b"");
        for bad in ["a", "aGk", "a===", "aG k", "aGk\u{e9}"] {
            assert_eq!(base64(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_image_is_what_it_says_it_is() {
        let png = Value::from("data:image/png;base64,iVBORw0KGgo=");
        let hash = hash_of(&png, 100).unwrap();
        assert_eq!(hash.len(), 32);
        assert_eq!(hash_of(&png, 7).unwrap_err().0, "BINARY_TYPE_MAX_SIZE");
        let gif = Value::from("data:image/gif;base64,R0lGODlh");
        assert!(hash_of(&gif, 100).unwrap().starts_with("a_"));
        for bad in [
            "",
            "iVBORw0KGgo=",
            "data:image/gif;base64,iVBORw0KGgo=",
            "data:text/plain;base64,aGk=",
        ] {
            assert_eq!(
                hash_of(&Value::from(bad), 100).unwrap_err().0,
                "IMAGE_INVALID"
            );
        }
    }
}
