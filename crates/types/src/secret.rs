use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    Text,
    decode::{Decode, Fault, Reader},
};

/// A text that gives whoever knows it power: a token, or a URL with one inside.
///
/// On the wire it is a text like any other. `Debug` shows a placeholder and there is no `Display`, so that it
/// does not get into logs with the object that holds it; the one way to the text is [`expose`](Self::expose).
///
/// ```
/// use polycord_types::Secret;
///
/// let token = Secret::from("aW50ZXJhY3Rpb24");
/// assert_eq!(format!("{token:?}"), "Secret(…)");
/// assert_eq!(token.expose(), "aW50ZXJhY3Rpb24");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret(Text);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub fn new(text: impl Into<Text>) -> Self {
        Self(text.into())
    }

    /// The text. Keep it out of logs and errors.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Text> for Secret {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl Decode for Secret {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Text::decode(reader).map(Self)
    }
}

deserialize!(Secret);
heap_size!(Secret: newtype);

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_travels_as_text_and_never_shows_in_debug() {
        let secret: Secret = serde_json::from_str(r#""hush""#).unwrap();
        assert_eq!(secret.expose(), "hush");
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""hush""#);
        for text in [format!("{secret:?}"), format!("{:#?}", Some(&secret))] {
            assert!(!text.contains("hush"), "{text}");
        }
    }

    #[test]
    fn it_takes_no_more_than_its_text() {
        assert_eq!(size_of::<Option<Secret>>(), size_of::<Text>());
    }
}
