use polycord_types_derive::Model;

use crate::{Text, id::AttachmentId};

/// A small picture beside text.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#thumbnail-thumbnail-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Thumbnail {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The picture.
    pub media: UnfurledMediaItem,
    /// What it shows, at most 1024 characters.
    #[model(optional, nullable)]
    pub description: Option<Text>,
    /// Whether it is hidden until one asks for it; `false` if absent.
    pub spoiler: Option<bool>,
}

/// Pictures and videos.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-structure).
///
/// ```
/// use polycord_types::component::{MediaGallery, MediaGalleryItem, UnfurledMediaItem};
///
/// let gallery = MediaGallery::new(["https://example.org/a.png", "https://example.org/b.png"])
///     .item(MediaGalleryItem::new(UnfurledMediaItem::attachment("c.png")).spoiler(true));
/// assert_eq!(gallery.items[2].media.url, "attachment://c.png");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct MediaGallery {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The pictures and videos, at most ten.
    pub items: Vec<MediaGalleryItem>,
}

impl MediaGallery {
    /// One to ten pictures and videos.
    pub fn new(items: impl IntoIterator<Item: Into<MediaGalleryItem>>) -> Self {
        Self {
            id: None,
            items: items.into_iter().map(Into::into).collect(),
        }
    }

    /// Adds a picture or video. There can be ten.
    pub fn item(mut self, item: impl Into<MediaGalleryItem>) -> Self {
        self.items.push(item.into());
        self
    }
}

setters! {
    impl MediaGallery {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
    }
}

/// A picture or video of a gallery.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-item-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct MediaGalleryItem {
    /// The picture or video.
    pub media: UnfurledMediaItem,
    /// What it shows, at most 1024 characters.
    #[model(optional, nullable)]
    pub description: Option<Text>,
    /// Whether it is hidden until one asks for it; `false` if absent.
    pub spoiler: Option<bool>,
}

macro_rules! described_media {
    ($($Name:ident)*) => {$(
        impl $Name {
            /// Shows what is at an address, or an uploaded file:
            /// [`UnfurledMediaItem::attachment`].
            pub fn new(media: impl Into<UnfurledMediaItem>) -> Self {
                Self {
                    media: media.into(),
                    ..Self::default()
                }
            }
        }

        setters! {
            impl $Name {
                /// Sets what it shows, for those who cannot see it. At most 1024 characters.
                description(into Text);
                /// Sets whether it is hidden until one asks for it. The default is `false`.
                spoiler(bool);
            }
        }
    )*};
}

described_media! { Thumbnail MediaGalleryItem }

setters! {
    impl Thumbnail {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
    }
}

/// An uploaded file.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#file-file-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct FileDisplay {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The file: `attachment://name`.
    pub file: UnfurledMediaItem,
    /// Whether it is hidden until one asks for it; `false` if absent.
    pub spoiler: Option<bool>,
    /// The file's name. Never sent.
    #[model(optional, nullable)]
    pub name: Option<Text>,
    /// The file's size in bytes. Never sent.
    #[model(optional, nullable)]
    pub size: Option<u64>,
}

impl FileDisplay {
    /// Shows the file that is uploaded under this name.
    pub fn new(name: impl AsRef<str>) -> Self {
        Self {
            file: UnfurledMediaItem::attachment(name),
            ..Self::default()
        }
    }
}

setters! {
    impl FileDisplay {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets whether it is hidden until one asks for it. The default is `false`.
        spoiler(bool);
    }
}

/// A picture, video or file.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#unfurled-media-item-unfurled-media-item-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct UnfurledMediaItem {
    /// Its address; `attachment://name` for an uploaded file. Only this is sent.
    pub url: Text,
    /// The same through Discord's media proxy.
    pub proxy_url: Option<Text>,
    /// Height in pixels.
    #[model(optional, nullable)]
    pub height: Option<u32>,
    /// Width in pixels.
    #[model(optional, nullable)]
    pub width: Option<u32>,
    /// A tiny preview (`ThumbHash`, base64).
    #[model(optional, nullable)]
    pub placeholder: Option<Text>,
    /// Version of the preview's format.
    #[model(optional, nullable)]
    pub placeholder_version: Option<u32>,
    /// The media type.
    #[model(optional, nullable)]
    pub content_type: Option<Text>,
    /// Properties of the picture or video.
    pub flags: Option<UnfurledMediaFlags>,
    /// The uploaded file.
    pub attachment_id: Option<AttachmentId>,
}

impl UnfurledMediaItem {
    /// What is at an address.
    pub fn new(url: impl Into<Text>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// The file that is uploaded under this name.
    pub fn attachment(name: impl AsRef<str>) -> Self {
        Self::new(format!("attachment://{}", name.as_ref()))
    }
}

macro_rules! from_address {
    ($($Name:ident)*) => {$(
        impl From<&str> for $Name {
            fn from(url: &str) -> Self {
                Self::new(url)
            }
        }

        impl From<String> for $Name {
            fn from(url: String) -> Self {
                Self::new(url)
            }
        }

        impl From<Text> for $Name {
            fn from(url: Text) -> Self {
                Self::new(url)
            }
        }
    )*};
}

from_address! { UnfurledMediaItem MediaGalleryItem Thumbnail }

flags! {
    /// Properties of a picture or video.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#unfurled-media-item-unfurled-media-item-flags).
    pub struct UnfurledMediaFlags: u64 {
        /// It moves.
        const IS_ANIMATED = 1 << 0;
    }
}
