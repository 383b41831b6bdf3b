use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use crate::decode::{Decode, Fault, Reader};

/// The hash of an avatar, icon, banner or other image, as it stands in the image's URL.
///
/// See [image formatting](https://docs.discord.com/developers/reference#image-formatting). The usual
/// form, 32 hexadecimal digits behind an `a_` if the image is animated, is kept in 16 bytes; any other
/// text is kept as it is.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ImageHash(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Digest { animated: bool, bytes: [u8; 16] },
    Other(Box<str>),
}

impl ImageHash {
    /// Reads a hash; any text is one.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (animated, digits) = match text.strip_prefix("a_") {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        match digits.as_bytes().try_into().ok().and_then(digest) {
            Some(bytes) => Self(Form::Digest { animated, bytes }),
            None => Self(Form::Other(text.into())),
        }
    }

    /// Whether the image is animated, and so also available as GIF.
    #[must_use]
    pub fn is_animated(&self) -> bool {
        match &self.0 {
            Form::Digest { animated, .. } => *animated,
            Form::Other(text) => text.starts_with("a_"),
        }
    }
}

impl Default for ImageHash {
    /// The empty text: an image that is not there.
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Debug for ImageHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImageHash({self})")
    }
}

impl fmt::Display for ImageHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Digest { animated, bytes } => {
                let prefix = if *animated { "a_" } else { "" };
                write!(f, "{prefix}{:032x}", u128::from_be_bytes(*bytes))
            }
            Form::Other(text) => f.write_str(text),
        }
    }
}

impl From<&str> for ImageHash {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl FromStr for ImageHash {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

impl Decode for ImageHash {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let hash = reader.fixed(|quoted: &[u8; 34]| match quoted {
            [b'"', digits @ .., b'"'] => digest(digits),
            _ => None,
        });
        if let Some(bytes) = hash {
            return Ok(Self(Form::Digest {
                animated: false,
                bytes,
            }));
        }
        reader.string("the hash of an image").map(Self::new)
    }
}

deserialize!(ImageHash);
heap_size!(ImageHash: newtype);
heap_size!(Form: Other else nothing);

impl Serialize for ImageHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The bytes that hexadecimal digits stand for. There is none for upper case, which would not be written back as
/// it came.
fn digest(digits: &[u8; 32]) -> Option<[u8; 16]> {
    const NONE: u8 = 0xFF;
    // Without branches, so that many digits are done at once.
    let values = digits.map(|digit| match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => NONE,
    });
    if values.iter().fold(0, |all, value| all | value) == NONE {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, [high, low]) in bytes.iter_mut().zip(values.as_chunks().0) {
        *byte = high << 4 | low;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_written_back_as_it_came() {
        for (text, animated) in [
            ("8342729096ea3675442027381ff50dfe", false),
            ("a_0342729096ea3675442027381ff50dfe", true),
            ("A342729096EA3675442027381FF50DFE", false),
            ("+342729096ea3675442027381ff50dfe", false),
            ("a_clyde", true),
            ("clyde", false),
            ("", false),
        ] {
            let hash = ImageHash::new(text);
            assert_eq!(hash.to_string(), text);
            assert_eq!(hash.is_animated(), animated, "{text}");
        }
    }

    #[test]
    fn an_optional_hash_takes_24_bytes() {
        assert_eq!(size_of::<Option<ImageHash>>(), 24);
    }

    #[test]
    fn a_hash_reads_alike_from_json_and_from_text() {
        for text in [
            "8342729096ea3675442027381ff50dfe",
            "a_0342729096ea3675442027381ff50dfe",
            "8342729096ea3675442027381ff50dfE",
            "8342729096ea3675442027381ff50df",
            "8342729096ea3675442027381ff50dfe0",
            r#"8342729096ea3675442027381ff50d\""#,
            "",
        ] {
            let quoted = serde_json::to_string(text).unwrap();
            for json in [format!("[{quoted}]"), format!("[{quoted},{quoted}]")] {
                let read: Vec<ImageHash> = crate::decode::from_str(&json).unwrap();
                assert!(!read.is_empty(), "{json}");
                assert!(
                    read.iter().all(|hash| *hash == ImageHash::new(text)),
                    "{json}"
                );
            }
        }
    }
}
