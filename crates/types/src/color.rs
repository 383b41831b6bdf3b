use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use crate::decode::{Decode, Fault, Reader};

/// An RGB color, an integer on the wire: `0xRRGGBB`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color(u32);

impl Color {
    /// No color: a role with it does not color its members.
    pub const NONE: Self = Self(0);
    /// White.
    pub const WHITE: Self = Self(0xFF_FFFF);

    /// Discord's own blue.
    pub const BLURPLE: Self = Self(0x58_65F2);
    /// Discord's own green.
    pub const BRAND_GREEN: Self = Self(0x57_F287);
    /// Discord's own yellow.
    pub const BRAND_YELLOW: Self = Self(0xFE_E75C);
    /// Discord's own pink.
    pub const BRAND_FUCHSIA: Self = Self(0xEB_459E);
    /// Discord's own red.
    pub const BRAND_RED: Self = Self(0xED_4245);

    /// Teal, as clients offer it for roles.
    pub const TEAL: Self = Self(0x1A_BC9C);
    /// Green, as clients offer it for roles.
    pub const GREEN: Self = Self(0x2E_CC71);
    /// Blue, as clients offer it for roles.
    pub const BLUE: Self = Self(0x34_98DB);
    /// Purple, as clients offer it for roles.
    pub const PURPLE: Self = Self(0x9B_59B6);
    /// Magenta, as clients offer it for roles.
    pub const MAGENTA: Self = Self(0xE9_1E63);
    /// Gold, as clients offer it for roles.
    pub const GOLD: Self = Self(0xF1_C40F);
    /// Orange, as clients offer it for roles.
    pub const ORANGE: Self = Self(0xE6_7E22);
    /// Red, as clients offer it for roles.
    pub const RED: Self = Self(0xE7_4C3C);
    /// Light grey, as clients offer it for roles.
    pub const LIGHT_GREY: Self = Self(0x95_A5A6);
    /// Grey, as clients offer it for roles.
    pub const GREY: Self = Self(0x60_7D8B);
    /// Dark teal, as clients offer it for roles.
    pub const DARK_TEAL: Self = Self(0x11_806A);
    /// Dark green, as clients offer it for roles.
    pub const DARK_GREEN: Self = Self(0x1F_8B4C);
    /// Dark blue, as clients offer it for roles.
    pub const DARK_BLUE: Self = Self(0x20_6694);
    /// Dark purple, as clients offer it for roles.
    pub const DARK_PURPLE: Self = Self(0x71_368A);
    /// Dark magenta, as clients offer it for roles.
    pub const DARK_MAGENTA: Self = Self(0xAD_1457);
    /// Dark gold, as clients offer it for roles.
    pub const DARK_GOLD: Self = Self(0xC2_7C0E);
    /// Dark orange, as clients offer it for roles.
    pub const DARK_ORANGE: Self = Self(0xA8_4300);
    /// Dark red, as clients offer it for roles.
    pub const DARK_RED: Self = Self(0x99_2D22);

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

impl FromStr for Color {
    type Err = ParseColorError;

    /// Reads six hexadecimal digits, or three that stand for two each, behind `#`, `0x` or nothing.
    fn from_str(text: &str) -> Result<Self, ParseColorError> {
        let digits = ["#", "0x", "0X"]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))
            .unwrap_or(text);
        // `from_str_radix` alone would take a plus sign.
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ParseColorError(()));
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| ParseColorError(()))?;
        match digits.len() {
            6 => Ok(Self(number)),
            3 => {
                let [_, _, high, low] = number.to_be_bytes();
                let (red, green, blue) = (high, low >> 4, low & 0xF);
                Ok(Self::from_rgb(red * 17, green * 17, blue * 17))
            }
            _ => Err(ParseColorError(())),
        }
    }
}

/// A text that is no color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseColorError(());

impl fmt::Display for ParseColorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a color: expected hexadecimal digits, as in #5865f2")
    }
}

impl std::error::Error for ParseColorError {}

impl From<u32> for Color {
    fn from(rgb: u32) -> Self {
        Self(rgb)
    }
}

impl Decode for Color {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        u32::decode(reader).map(Self)
    }
}

deserialize!(Color);
heap_size!(Color: nothing);

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

    #[test]
    fn hexadecimal_text_is_read() {
        for (text, color) in [
            ("#5865f2", Color::BLURPLE),
            ("5865F2", Color::BLURPLE),
            ("0x5865f2", Color::BLURPLE),
            ("#fff", Color::WHITE),
            ("1aF", Color::new(0x11_AAFF)),
            ("000000", Color::NONE),
        ] {
            assert_eq!(text.parse(), Ok(color), "{text}");
            assert_eq!(color.to_string().parse(), Ok(color), "{text}");
        }
        for text in [
            "", "#", "#12345", "#1234567", "+12345", "#12345g", "##fff", "blue", "é12",
        ] {
            assert!(text.parse::<Color>().is_err(), "{text}");
        }
    }
}
