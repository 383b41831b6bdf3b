//! Components that show something, or hold others.

use polycord_types_derive::Model;

use crate::{Color, Text, component::Component, id::AttachmentId};

/// Text beside a button or a picture.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#section-section-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Section {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// Texts, at most three.
    pub components: Vec<Component>,
    /// A button or a thumbnail.
    #[model(key)]
    pub accessory: Box<Component>,
}

/// Text with markdown.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#text-display-text-display-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct TextDisplay {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The text.
    pub content: Text,
}

/// A small picture beside text.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#thumbnail-thumbnail-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Thumbnail {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The picture.
    pub media: UnfurledMediaItem,
    /// What it shows, at most 1024 characters.
    #[model(optional, nullable)]
    pub description: Option<Text>,
    /// Whether it is hidden until one asks for it.
    pub spoiler: Option<bool>,
}

/// Pictures and videos.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MediaGallery {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The pictures and videos, at most ten.
    pub items: Vec<MediaGalleryItem>,
}

/// A picture or video of a gallery.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-item-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MediaGalleryItem {
    /// The picture or video.
    pub media: UnfurledMediaItem,
    /// What it shows, at most 1024 characters.
    #[model(optional, nullable)]
    pub description: Option<Text>,
    /// Whether it is hidden until one asks for it.
    pub spoiler: Option<bool>,
}

/// An uploaded file.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#file-file-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct FileDisplay {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The file: `attachment://name`.
    pub file: UnfurledMediaItem,
    /// Whether it is hidden until one asks for it.
    pub spoiler: Option<bool>,
    /// The file's name. Never sent.
    #[model(optional, nullable)]
    pub name: Option<Text>,
    /// The file's size in bytes. Never sent.
    #[model(optional, nullable)]
    pub size: Option<u64>,
}

/// Space between components.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#separator-separator-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Separator {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// Whether a line is drawn; `true` if absent.
    pub divider: Option<bool>,
    /// How much space.
    pub spacing: Option<SeparatorSpacing>,
}

/// A box around components, with a coloured edge.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#container-container-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Container {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What it holds.
    pub components: Vec<Component>,
    /// Colour of the edge.
    #[model(optional, nullable)]
    pub accent_color: Option<Color>,
    /// Whether it is hidden until one asks for it.
    pub spoiler: Option<bool>,
}

/// A picture, video or file.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#unfurled-media-item-unfurled-media-item-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
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

open_enum! {
    /// How much space a separator makes.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference).
    pub enum SeparatorSpacing: u32 {
        /// A little.
        Small = 1,
        /// Much.
        Large = 2,
    }
}

flags! {
    /// Properties of a picture or video.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#unfurled-media-item-unfurled-media-item-flags).
    pub struct UnfurledMediaFlags: u64 {
        /// It moves.
        const IS_ANIMATED = 1 << 0;
    }
}
