//! Files in messages.

use polycord_types_derive::Model;

use crate::{AttachmentId, GenericId, PartialApplication, Timestamp, User};

/// A file in a message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#attachment-object-attachment-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Attachment {
    /// Identifies the attachment.
    #[model(key)]
    pub id: AttachmentId,
    /// The file's name.
    pub filename: String,
    /// The file's title.
    pub title: Option<String>,
    /// What it shows, for those who cannot see it. At most 1024 characters.
    pub description: Option<String>,
    /// The media type.
    pub content_type: Option<String>,
    /// The size in bytes.
    pub size: u64,
    /// Where it can be had.
    pub url: String,
    /// The same through Discord's media proxy.
    pub proxy_url: String,
    /// Height of a picture or video in pixels.
    pub height: Option<u32>,
    /// Width of a picture or video in pixels.
    pub width: Option<u32>,
    /// A tiny preview (`ThumbHash`, base64).
    pub placeholder: Option<String>,
    /// Version of the preview's format.
    pub placeholder_version: Option<u32>,
    /// Whether it goes away after a while. Those of ephemeral messages live as long as the message.
    pub ephemeral: Option<bool>,
    /// Length of a voice message in seconds.
    pub duration_secs: Option<f64>,
    /// Sampled loudness of a voice message (base64).
    pub waveform: Option<String>,
    /// Properties of the attachment.
    pub flags: Option<AttachmentFlags>,
    /// Who was in the stream of a clip.
    pub clip_participants: Option<Vec<User>>,
    /// When a clip was made.
    pub clip_created_at: Option<Timestamp>,
    /// The application in the stream of a clip, if known.
    pub application: Option<Box<PartialApplication>>,
}

flags! {
    /// Properties of an attachment.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags).
    pub struct AttachmentFlags: u64 {
        /// A clip of a stream.
        const IS_CLIP = 1 << 0;
        /// The thumbnail of a media channel's post, hidden in the post itself.
        const IS_THUMBNAIL = 1 << 1;
        /// Changed with the remix tool, which is gone.
        const IS_REMIX = 1 << 2;
        /// Hidden until one asks for it.
        const IS_SPOILER = 1 << 3;
        /// It moves.
        const IS_ANIMATED = 1 << 5;
    }
}

/// Describes a file that is uploaded, or one to be kept by an edit.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#attachment-object-attachment-request-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct AttachmentRequest {
    /// The number of `files[n]` plus nothing for uploads, the attachment's id for one to keep.
    #[model(key)]
    pub id: GenericId,
    /// The file's name.
    pub filename: Option<String>,
    /// The file's title.
    pub title: Option<String>,
    /// What it shows, for those who cannot see it.
    pub description: Option<String>,
    /// Length of a voice message in seconds.
    pub duration_secs: Option<f64>,
    /// Sampled loudness of a voice message (base64).
    pub waveform: Option<String>,
    /// Whether it is hidden until one asks for it.
    pub is_spoiler: Option<bool>,
}
