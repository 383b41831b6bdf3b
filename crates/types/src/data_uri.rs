//! Images and sounds inside JSON.
//!
//! See [image data](https://docs.discord.com/developers/reference#image-data).

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    Text,
    decode::{Decode, Fault, Reader},
};

/// A file inside JSON: its media type, and its content in base64.
///
/// Icons, avatars, emoji and sounds are sent like this; stickers and attachments are not, they are files of a form.
///
/// See [the documentation](https://docs.discord.com/developers/reference#image-data).
///
/// ```
/// use polycord_types::data_uri::DataUri;
///
/// let image = DataUri::new("image/png", b"\x89PNG\r\n\x1a\n");
/// assert_eq!(image.as_str(), "data:image/png;base64,iVBORw0KGgo=");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataUri(Text);

impl DataUri {
    /// A file of a media type, such as `image/png` or `audio/ogg`.
    #[must_use]
    pub fn new(media_type: &str, content: &[u8]) -> Self {
        let mut uri = format!("data:{media_type};base64,");
        uri.reserve(content.len().div_ceil(3) * 4);
        encode(content, &mut uri);
        Self(uri.into())
    }

    /// An image, if its first bytes say that it is a PNG, JPEG, GIF or WebP.
    #[must_use]
    pub fn image(content: &[u8]) -> Option<Self> {
        let media_type = match content {
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', ..] => "image/gif",
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => "image/webp",
            _ => return None,
        };
        Some(Self::new(media_type, content))
    }

    /// The URI as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The media type, if the URI names one.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        let (media_type, _) = self.0.strip_prefix("data:")?.split_once([';', ','])?;
        Some(media_type)
    }
}

impl From<Text> for DataUri {
    /// Takes a URI that is written out already.
    fn from(uri: Text) -> Self {
        Self(uri)
    }
}

impl From<String> for DataUri {
    /// Takes a URI that is written out already.
    fn from(uri: String) -> Self {
        Self(uri.into())
    }
}

impl From<&str> for DataUri {
    /// Takes a URI that is written out already.
    fn from(uri: &str) -> Self {
        Self(uri.into())
    }
}

impl fmt::Debug for DataUri {
    /// Tells the media type and the length: the content would fill the log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "DataUri({}, {} bytes)",
            self.media_type().unwrap_or("no media type"),
            self.0.len()
        )
    }
}

impl Decode for DataUri {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Text::decode(reader).map(Self)
    }
}

deserialize!(DataUri);
heap_size!(DataUri: newtype);

impl Serialize for DataUri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Base64 with the standard alphabet and padding.
fn encode(content: &[u8], out: &mut String) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |bits: u32| char::from(ALPHABET[(bits & 63) as usize]);
    for chunk in content.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        out.push(digit(bits >> 18));
        out.push(digit(bits >> 12));
        out.push(if chunk.len() > 1 {
            digit(bits >> 6)
        } else {
            '='
        });
        out.push(if chunk.len() > 2 { digit(bits) } else { '=' });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_padded_as_rfc_4648_shows() {
        for (content, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let uri = DataUri::new("text/plain", content.as_bytes());
            assert_eq!(uri.as_str(), format!("data:text/plain;base64,{expected}"));
        }
    }

    #[test]
    fn images_are_told_by_their_first_bytes() {
        let of = |content: &[u8]| {
            DataUri::image(content).map(|uri| uri.media_type().unwrap_or_default().to_owned())
        };
        assert_eq!(of(b"\x89PNG\r\n\x1a\n").as_deref(), Some("image/png"));
        assert_eq!(of(b"\xFF\xD8\xFF\xE0").as_deref(), Some("image/jpeg"));
        assert_eq!(of(b"GIF89a").as_deref(), Some("image/gif"));
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8 ").as_deref(), Some("image/webp"));
        assert_eq!(of(b"BM"), None);
    }

    #[test]
    fn the_content_stays_out_of_debug() {
        let uri = DataUri::new("audio/ogg", &[7; 3000]);
        assert_eq!(format!("{uri:?}"), "DataUri(audio/ogg, 4022 bytes)");
    }
}
