use std::fmt;

use super::{ImageFormat, ImageSize};

/// The address of an image, which `Display` writes.
///
/// It begins as WebP, which moves if the image does, or in the one format that the endpoint has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct ImageUrl {
    host: &'static str,
    path: String,
    formats: &'static [ImageFormat],
    format: ImageFormat,
    animated: bool,
    size: Option<ImageSize>,
}

impl ImageUrl {
    pub(super) fn new(path: String, formats: &'static [ImageFormat], animated: bool) -> Self {
        Self {
            host: "https://cdn.discordapp.com",
            path,
            formats,
            format: formats.first().copied().unwrap_or(ImageFormat::Png),
            animated,
            size: None,
        }
    }

    pub(super) fn on_media_host(path: String, formats: &'static [ImageFormat]) -> Self {
        Self {
            host: "https://media.discordapp.net",
            ..Self::new(path, formats, false)
        }
    }

    /// Sets the format.
    ///
    /// # Errors
    ///
    /// The endpoint has no such format: GIF there is only for images that move.
    pub fn format(mut self, format: ImageFormat) -> Result<Self, UnsupportedFormatError> {
        if !self.formats.contains(&format) {
            let formats = self.formats;
            return Err(UnsupportedFormatError { format, formats });
        }
        self.format = format;
        Ok(self)
    }

    /// Sets the size. The default is the size of the image.
    pub const fn size(mut self, size: ImageSize) -> Self {
        self.size = Some(size);
        self
    }

    /// Shows an image that moves as one that does not, except as GIF.
    pub const fn still(mut self) -> Self {
        self.animated = false;
        self
    }

    /// The formats there are.
    #[must_use]
    pub const fn formats(&self) -> &'static [ImageFormat] {
        self.formats
    }
}

impl fmt::Display for ImageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}.{}", self.host, self.path, self.format)?;
        let mut separator = '?';
        if self.animated && self.format == ImageFormat::WebP {
            write!(f, "{separator}animated=true")?;
            separator = '&';
        }
        match self.size {
            Some(size) => write!(f, "{separator}size={}", size.pixels()),
            None => Ok(()),
        }
    }
}

impl From<ImageUrl> for String {
    fn from(url: ImageUrl) -> Self {
        url.to_string()
    }
}

impl From<ImageUrl> for crate::Text {
    fn from(url: ImageUrl) -> Self {
        url.to_string().into()
    }
}

/// A format that an endpoint does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsupportedFormatError {
    format: ImageFormat,
    formats: &'static [ImageFormat],
}

impl fmt::Display for UnsupportedFormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the image is not available as {}, only as", self.format)?;
        for (index, format) in self.formats.iter().enumerate() {
            write!(f, "{}{format}", if index == 0 { " " } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnsupportedFormatError {}
