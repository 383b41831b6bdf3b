//! Files in messages.

use polycord_types_derive::Model;
use serde::{Serialize, Serializer};

use crate::{
    Text, Timestamp,
    application::PartialApplication,
    decode::{Blank, Decode, Fault, Reader},
    id::AttachmentId,
    user::User,
};

/// A file in a message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#attachment-object-attachment-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Attachment {
    /// Identifies the attachment.
    #[model(key)]
    pub id: AttachmentId,
    /// The file's name.
    pub filename: Text,
    /// The file's title.
    #[model(optional, nullable)]
    pub title: Option<Text>,
    /// What it shows, for those who cannot see it. At most 1024 characters.
    pub description: Option<Text>,
    /// The media type.
    pub content_type: Option<Text>,
    /// The size in bytes.
    pub size: u64,
    /// Where it can be had.
    pub url: Text,
    /// The same through Discord's media proxy.
    pub proxy_url: Text,
    /// Height of a picture or video in pixels.
    #[model(optional, nullable)]
    pub height: Option<u32>,
    /// Width of a picture or video in pixels.
    #[model(optional, nullable)]
    pub width: Option<u32>,
    /// A tiny preview (`ThumbHash`, base64).
    pub placeholder: Option<Text>,
    /// Version of the preview's format.
    pub placeholder_version: Option<u32>,
    /// Whether it goes away after a while. Those of ephemeral messages live as long as the message.
    pub ephemeral: Option<bool>,
    /// Length of a voice message in seconds.
    pub duration_secs: Option<f64>,
    /// Sampled loudness of a voice message (base64).
    pub waveform: Option<Text>,
    /// Properties of the attachment.
    pub flags: Option<AttachmentFlags>,
    /// Who was in the stream of a clip.
    pub clip_participants: Option<Vec<User>>,
    /// When a clip was made.
    pub clip_created_at: Option<Timestamp>,
    /// The application in the stream of a clip, if known.
    #[model(optional, nullable)]
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
    /// Which file it describes.
    #[model(key)]
    pub id: AttachmentRequestId,
    /// The file's name.
    pub filename: Option<Text>,
    /// The file's title.
    pub title: Option<Text>,
    /// What it shows, for those who cannot see it.
    pub description: Option<Text>,
    /// Length of a voice message in seconds.
    pub duration_secs: Option<f64>,
    /// Sampled loudness of a voice message (base64).
    pub waveform: Option<Text>,
    /// Whether it is hidden until one asks for it.
    pub is_spoiler: Option<bool>,
}

impl AttachmentRequest {
    /// Describes the file that is uploaded as `files[index]`.
    #[must_use]
    pub const fn upload(index: u32) -> Self {
        Self::new(AttachmentRequestId::Upload(index))
    }

    /// Keeps an attachment of the message that is edited.
    #[must_use]
    pub const fn keep(id: AttachmentId) -> Self {
        Self::new(AttachmentRequestId::Attachment(id))
    }

    /// Sets the file's name.
    #[must_use]
    pub fn filename(mut self, filename: impl Into<Text>) -> Self {
        self.filename = Some(filename.into());
        self
    }

    /// Sets the file's title.
    #[must_use]
    pub fn title(mut self, title: impl Into<Text>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets what it shows, for those who cannot see it. At most 1024 characters.
    #[must_use]
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Makes it the sound of a voice message: its length in seconds, and its sampled loudness (base64).
    #[must_use]
    pub fn voice_message(mut self, duration_secs: f64, waveform: impl Into<Text>) -> Self {
        self.duration_secs = Some(duration_secs);
        self.waveform = Some(waveform.into());
        self
    }

    /// Sets whether it is hidden until one asks for it.
    #[must_use]
    pub const fn spoiler(mut self, spoiler: bool) -> Self {
        self.is_spoiler = Some(spoiler);
        self
    }

    const fn new(id: AttachmentRequestId) -> Self {
        Self {
            id,
            filename: None,
            title: None,
            description: None,
            duration_secs: None,
            waveform: None,
            is_spoiler: None,
        }
    }
}

/// Which file an [`AttachmentRequest`] describes.
///
/// On the wire both are a number. One without the bits that say when an id was made is an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttachmentRequestId {
    /// The one that is uploaded as `files[n]`, from 0.
    Upload(u32),
    /// One that the message already has.
    Attachment(AttachmentId),
}

impl Decode for AttachmentRequestId {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let id = reader.quoted_or_number("the number of a file")?;
        let index = u32::try_from(id).ok().filter(|index| index >> 22 == 0);
        match (index, AttachmentId::try_from(id)) {
            (None, Ok(id)) => Ok(Self::Attachment(id)),
            (index, _) => Ok(Self::Upload(index.unwrap_or_default())),
        }
    }
}

impl Blank for AttachmentRequestId {
    fn blank() -> Self {
        Self::Upload(0)
    }
}

deserialize!(AttachmentRequestId);
heap_size!(AttachmentRequestId: nothing);

impl Serialize for AttachmentRequestId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Upload(index) => index.serialize(serializer),
            Self::Attachment(id) => id.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_and_an_id_are_told_apart() {
        for (json, request) in [
            (r#"{"id":0}"#, AttachmentRequest::upload(0)),
            (r#"{"id":9}"#, AttachmentRequest::upload(9)),
            (
                r#"{"id":"175928847299117063"}"#,
                AttachmentRequest::keep(AttachmentId::new(175_928_847_299_117_063)),
            ),
        ] {
            assert_eq!(serde_json::to_string(&request).unwrap(), json);
            assert_eq!(
                serde_json::from_str::<AttachmentRequest>(json).unwrap(),
                request
            );
        }
        let index = serde_json::from_str::<AttachmentRequestId>("\"0\"").unwrap();
        assert_eq!(index, AttachmentRequestId::Upload(0));
    }
}
