use std::fmt;

/// The format of an image.
///
/// See [image formats](https://docs.discord.com/developers/reference#image-formatting-image-formats).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageFormat {
    /// JPEG, as `.jpg`.
    Jpeg,
    /// PNG.
    Png,
    /// WebP, which may move.
    WebP,
    /// GIF, for what moves.
    Gif,
    /// Lottie, a drawing in JSON that moves.
    Lottie,
}

impl ImageFormat {
    /// What a file of the format ends with, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Lottie => "json",
        }
    }
}

impl fmt::Display for ImageFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.extension())
    }
}

/// The size of an image in pixels: a power of two between 16 and 4096.
///
/// See [image formatting](https://docs.discord.com/developers/reference#image-formatting).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImageSize {
    /// 16 pixels.
    Px16,
    /// 32 pixels.
    Px32,
    /// 64 pixels.
    Px64,
    /// 128 pixels.
    Px128,
    /// 256 pixels.
    Px256,
    /// 512 pixels.
    Px512,
    /// 1024 pixels.
    Px1024,
    /// 2048 pixels.
    Px2048,
    /// 4096 pixels.
    Px4096,
}

impl ImageSize {
    /// Every size, from the smallest.
    pub const ALL: &[Self] = &[
        Self::Px16,
        Self::Px32,
        Self::Px64,
        Self::Px128,
        Self::Px256,
        Self::Px512,
        Self::Px1024,
        Self::Px2048,
        Self::Px4096,
    ];

    /// The smallest size of at least so many pixels; beyond 4096 it is 4096.
    #[must_use]
    pub fn at_least(pixels: u32) -> Self {
        let fits = |size: &&Self| size.pixels() >= pixels;
        Self::ALL.iter().find(fits).copied().unwrap_or(Self::Px4096)
    }

    /// How many pixels.
    #[must_use]
    pub const fn pixels(self) -> u32 {
        match self {
            Self::Px16 => 16,
            Self::Px32 => 32,
            Self::Px64 => 64,
            Self::Px128 => 128,
            Self::Px256 => 256,
            Self::Px512 => 512,
            Self::Px1024 => 1024,
            Self::Px2048 => 2048,
            Self::Px4096 => 4096,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_the_powers_of_two_from_16_to_4096() {
        let pixels: Vec<_> = ImageSize::ALL.iter().map(|size| size.pixels()).collect();
        let expected: Vec<_> = (4..=12).map(|power| 1 << power).collect();
        assert_eq!(pixels, expected);
    }

    #[test]
    fn a_size_covers_what_is_asked_for() {
        for (pixels, expected) in [
            (0, ImageSize::Px16),
            (16, ImageSize::Px16),
            (17, ImageSize::Px32),
            (4096, ImageSize::Px4096),
            (u32::MAX, ImageSize::Px4096),
        ] {
            assert_eq!(ImageSize::at_least(pixels), expected);
        }
    }
}
