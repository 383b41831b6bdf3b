use std::{
    borrow::Borrow, borrow::Cow, convert::Infallible, fmt, ops::Deref, str::FromStr, sync::Arc,
};

use serde::{Serialize, Serializer};
use smol_str::SmolStr;

use crate::decode::{Decode, Fault, Reader};

/// The text of a model's field.
///
/// It reads like a `&str`, and clones at the price of a copy: up to 23 bytes lie in the value itself, longer
/// text behind a shared pointer. It never changes in place; to edit it, take it out with
/// [`String::from`] and put the result back.
///
/// ```
/// use polycord_types::Text;
///
/// let name = Text::from("general");
/// assert_eq!(name, "general");
/// assert!(name.starts_with("gen"));
/// assert_eq!(name.to_uppercase(), "GENERAL");
/// assert_eq!(Text::from(String::from(name) + "-2"), "general-2");
/// ```
#[derive(Clone, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Text(SmolStr);

impl Text {
    /// Makes a text, without an allocation if it has at most 23 bytes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(SmolStr::new(text))
    }

    /// The text as a slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is too long to stand inside of the value.
    #[cfg(feature = "heap-size")]
    pub(crate) const fn is_on_heap(&self) -> bool {
        self.0.is_heap_allocated()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Box<Text> {
    fn from(text: &str) -> Self {
        Self::new(Text::new(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        Self(text.into())
    }
}

impl From<Box<str>> for Text {
    fn from(text: Box<str>) -> Self {
        Self(text.into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(text.into())
    }
}

impl From<char> for Text {
    fn from(char: char) -> Self {
        Self::new(char.encode_utf8(&mut [0; 4]))
    }
}

impl From<&Self> for Text {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0.into()
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> Self {
        text.as_str().to_owned()
    }
}

impl From<Text> for Arc<str> {
    fn from(text: Text) -> Self {
        text.0.into()
    }
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl FromIterator<char> for Text {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        Self(chars.into_iter().collect())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Decode for Text {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.text("a text").map(Self::new)
    }
}

deserialize!(Text);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_text_takes_no_more_than_a_text() {
        assert_eq!(size_of::<Text>(), 24);
        assert_eq!(size_of::<Option<Text>>(), 24);
    }

    #[test]
    fn a_text_is_looked_up_by_a_slice() {
        let map = std::collections::BTreeMap::from([(Text::from("key"), 1)]);
        assert_eq!(map.get("key"), Some(&1));
    }

    #[test]
    fn padding_applies_as_it_does_to_a_slice() {
        assert_eq!(format!("[{:>4}]", Text::from("ab")), "[  ab]");
    }
}
