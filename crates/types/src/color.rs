use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::Number;

/// An RGB color, an integer on the wire: `0xRRGGBB`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color(u32);

impl Color {
    /// No color: a role with it does not color its members.
    pub const NONE: Self = Self(0);
    /// Discord's own blue.
    pub const BLURPLE: Self = Self(0x58_65F2);

    /// Makes a color of `0xRRGGBB`.
    #[must_use]
    pub const fn new(rgb: u32) -> Self {
        Self(rgb)
    }

    /// Makes a color of its parts.
    #[must_use]
    pub const fn from_rgb(red: u8, green: u8, blue: u8) -> Self {
        Self(u32::from_be_bytes([0, red, green, blue]))
    }

    /// The color as `0xRRGGBB`.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Red, green and blue.
    #[must_use]
    pub const fn rgb(self) -> [u8; 3] {
        let [_, red, green, blue] = self.0.to_be_bytes();
        [red, green, blue]
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

impl From<u32> for Color {
    fn from(rgb: u32) -> Self {
        Self(rgb)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Number::deserialize(deserializer).map(|number| Self(number.0))
    }
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_is_its_parts() {
        let color = Color::from_rgb(0x58, 0x65, 0xF2);
        assert_eq!(color, Color::BLURPLE);
        assert_eq!(color.rgb(), [0x58, 0x65, 0xF2]);
        assert_eq!(color.to_string(), "#5865f2");
        assert_eq!(serde_json::to_string(&color).unwrap(), "5793266");
        assert_eq!(serde_json::from_str::<Color>("5793266").unwrap(), color);
    }
}
