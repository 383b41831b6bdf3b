//! Boxes with rich content in messages.

use polycord_types_derive::Model;

use crate::{Color, Text, Timestamp};

/// A box with rich content.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Embed {
    /// The title, at most 256 characters.
    pub title: Option<Text>,
    /// What the box was made of. Bots send `rich` only.
    #[model(rename = "type")]
    pub kind: Option<EmbedType>,
    /// The text, at most 4096 characters.
    pub description: Option<Text>,
    /// Address behind the title.
    pub url: Option<Text>,
    /// A time shown at the bottom.
    pub timestamp: Option<Timestamp>,
    /// The colour of the box.
    pub color: Option<Color>,
    /// The line at the bottom.
    pub footer: Option<EmbedFooter>,
    /// The large picture.
    pub image: Option<Box<EmbedImage>>,
    /// The small picture.
    pub thumbnail: Option<Box<EmbedImage>>,
    /// A video. Cannot be sent.
    pub video: Option<Box<EmbedVideo>>,
    /// Where the content comes from. Cannot be sent.
    pub provider: Option<EmbedProvider>,
    /// Who made the content.
    pub author: Option<EmbedAuthor>,
    /// Pairs of title and text, at most 25.
    #[model(omit_default)]
    pub fields: Vec<EmbedField>,
    /// Properties of the embed.
    #[model(optional, nullable)]
    pub flags: Option<EmbedFlags>,
}

impl Embed {
    /// An empty embed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the title, at most 256 characters.
    #[must_use]
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the text, at most 4096 characters.
    #[must_use]
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the address behind the title.
    #[must_use]
    pub fn url(mut self, url: impl Into<Text>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the time shown at the bottom.
    #[must_use]
    pub fn timestamp(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// Sets the colour of the box.
    #[must_use]
    pub fn color(mut self, color: impl Into<Color>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// Sets the line at the bottom, at most 2048 characters.
    #[must_use]
    pub fn footer(mut self, text: impl Into<Text>) -> Self {
        self.footer.get_or_insert_default().text = text.into();
        self
    }

    /// Sets the picture beside the line at the bottom.
    #[must_use]
    pub fn footer_icon(mut self, url: impl Into<Text>) -> Self {
        self.footer.get_or_insert_default().icon_url = Some(url.into());
        self
    }

    /// Sets the large picture.
    #[must_use]
    pub fn image(mut self, url: impl Into<Text>) -> Self {
        self.image.get_or_insert_default().url = url.into();
        self
    }

    /// Sets the small picture.
    #[must_use]
    pub fn thumbnail(mut self, url: impl Into<Text>) -> Self {
        self.thumbnail.get_or_insert_default().url = url.into();
        self
    }

    /// Sets the author, at most 256 characters.
    #[must_use]
    pub fn author(mut self, name: impl Into<Text>) -> Self {
        self.author.get_or_insert_default().name = name.into();
        self
    }

    /// Sets the address behind the author's name.
    #[must_use]
    pub fn author_url(mut self, url: impl Into<Text>) -> Self {
        self.author.get_or_insert_default().url = Some(url.into());
        self
    }

    /// Sets the picture beside the author's name.
    #[must_use]
    pub fn author_icon(mut self, url: impl Into<Text>) -> Self {
        self.author.get_or_insert_default().icon_url = Some(url.into());
        self
    }

    /// Adds a pair of title and text. There can be 25.
    #[must_use]
    pub fn field(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.fields.push(EmbedField {
            name: name.into(),
            value: value.into(),
            inline: None,
        });
        self
    }

    /// Adds a pair of title and text that may stand beside others.
    #[must_use]
    pub fn inline_field(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.fields.push(EmbedField {
            name: name.into(),
            value: value.into(),
            inline: Some(true),
        });
        self
    }
}

/// A picture in an embed.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-image-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct EmbedImage {
    /// Address of the picture; `attachment://name` for an uploaded file.
    #[model(omit_default)]
    pub url: Text,
    /// The same through Discord's media proxy.
    pub proxy_url: Option<Text>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// The media type.
    pub content_type: Option<Text>,
    /// A tiny preview (`ThumbHash`, base64).
    pub placeholder: Option<Text>,
    /// Version of the preview's format.
    pub placeholder_version: Option<u32>,
    /// What it shows, for those who cannot see it.
    pub description: Option<Text>,
    /// Properties of the picture.
    pub flags: Option<EmbedMediaFlags>,
}

/// A video in an embed.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-video-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct EmbedVideo {
    /// Address of the video.
    pub url: Option<Text>,
    /// The same through Discord's media proxy.
    pub proxy_url: Option<Text>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// The media type.
    pub content_type: Option<Text>,
    /// A tiny preview (`ThumbHash`, base64).
    pub placeholder: Option<Text>,
    /// Version of the preview's format.
    pub placeholder_version: Option<u32>,
    /// What it shows, for those who cannot see it.
    pub description: Option<Text>,
    /// Properties of the video.
    pub flags: Option<EmbedMediaFlags>,
}

/// Where an embed's content comes from.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-provider-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct EmbedProvider {
    /// The provider's name.
    pub name: Option<Text>,
    /// The provider's address.
    pub url: Option<Text>,
}

/// Who made an embed's content.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-author-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct EmbedAuthor {
    /// The author's name, at most 256 characters.
    pub name: Text,
    /// The author's address.
    pub url: Option<Text>,
    /// Address of the icon.
    pub icon_url: Option<Text>,
    /// The same through Discord's media proxy.
    pub proxy_icon_url: Option<Text>,
}

/// The line at the bottom of an embed.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-footer-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct EmbedFooter {
    /// The text, at most 2048 characters.
    pub text: Text,
    /// Address of the icon.
    pub icon_url: Option<Text>,
    /// The same through Discord's media proxy.
    pub proxy_icon_url: Option<Text>,
}

/// A pair of title and text in an embed.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-field-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct EmbedField {
    /// The title, at most 256 characters.
    pub name: Text,
    /// The text, at most 1024 characters.
    pub value: Text,
    /// Whether it may stand beside others.
    pub inline: Option<bool>,
}

open_enum! {
    /// What an embed was made of.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-types).
    pub enum EmbedType: str {
        /// Its fields.
        Rich = "rich",
        /// A picture.
        Image = "image",
        /// A video.
        Video = "video",
        /// A moving picture, shown as a video.
        Gifv = "gifv",
        /// An article.
        Article = "article",
        /// A link.
        Link = "link",
        /// A poll's result.
        PollResult = "poll_result",
    }
}

flags! {
    /// Properties of an embed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-flags).
    pub struct EmbedFlags: u64 {
        /// It falls back for an activity feed entry.
        const IS_CONTENT_INVENTORY_ENTRY = 1 << 5;
    }
}

flags! {
    /// Properties of a picture or video in an embed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#embed-object-embed-media-flags).
    pub struct EmbedMediaFlags: u64 {
        /// It moves.
        const IS_ANIMATED = 1 << 5;
    }
}
