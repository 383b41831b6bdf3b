use polycord_types_derive::Model;

use crate::{
    Text,
    component::Component,
    id::{ChannelId, MessageId, StickerId},
    message::{
        AllowedMentions, AttachmentRequest, Embed, MessageFlags, MessageReference, Nonce,
        SharedClientTheme,
    },
    poll::CreatePoll,
};

/// A message to be sent.
///
/// It needs at least one of text, embeds, stickers, components, a poll, or files.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#create-message).
///
/// ```
/// use polycord_types::message::{CreateMessage, Embed};
///
/// let message = CreateMessage::new("pong").embed(Embed::new().title("Latency"));
/// assert_eq!(message.content.as_deref(), Some("pong"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateMessage {
    /// The text, at most 2000 characters.
    pub content: Option<Text>,
    /// What to recognise the message by.
    pub nonce: Option<Nonce>,
    /// Whether it is read aloud.
    pub tts: Option<bool>,
    /// Embeds, at most ten.
    pub embeds: Option<Vec<Embed>>,
    /// Whom it may mention. Absent means everybody that its text names.
    pub allowed_mentions: Option<AllowedMentions>,
    /// What it replies to, or forwards.
    pub message_reference: Option<MessageReference>,
    /// Components.
    pub components: Option<Vec<Component>>,
    /// Stickers, at most three.
    pub sticker_ids: Option<Vec<StickerId>>,
    /// What the uploaded files are.
    pub attachments: Option<Vec<AttachmentRequest>>,
    /// `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS`, `IS_VOICE_MESSAGE` and `IS_COMPONENTS_V2` can be set.
    pub flags: Option<MessageFlags>,
    /// Whether the same nonce within a few minutes gives the same message instead of another one.
    pub enforce_nonce: Option<bool>,
    /// A poll.
    pub poll: Option<CreatePoll>,
    /// A client theme to share.
    pub shared_client_theme: Option<SharedClientTheme>,
}

impl CreateMessage {
    /// A message with a text.
    pub fn new(content: impl Into<Text>) -> Self {
        Self {
            content: Some(content.into()),
            ..Self::default()
        }
    }

    /// Sets what to recognise the message by, and that the same nonce never gives a second message.
    pub fn nonce(mut self, nonce: impl Into<Nonce>) -> Self {
        self.nonce = Some(nonce.into());
        self.enforce_nonce = Some(true);
        self
    }

    /// Sets whom it may mention. The default is everybody that its text names.
    pub fn allowed_mentions(mut self, allowed: AllowedMentions) -> Self {
        self.allowed_mentions = Some(allowed);
        self
    }

    /// Sets what it replies to, or forwards.
    pub fn message_reference(mut self, reference: MessageReference) -> Self {
        self.message_reference = Some(reference);
        self
    }

    /// Makes it a reply to a message of the same channel; it is sent as an ordinary message if that is gone.
    pub fn reply_to(mut self, message: MessageId) -> Self {
        self.message_reference = Some(MessageReference::reply_to(message));
        self
    }

    /// Makes it a forward of a message, from the channel given.
    pub fn forward(mut self, channel: ChannelId, message: MessageId) -> Self {
        self.message_reference = Some(MessageReference::forward(channel, message));
        self
    }

    /// Adds a sticker. There can be three.
    pub fn sticker(mut self, sticker: StickerId) -> Self {
        self.sticker_ids.get_or_insert_default().push(sticker);
        self
    }

    /// Shares a client theme.
    pub fn shared_client_theme(mut self, theme: SharedClientTheme) -> Self {
        self.shared_client_theme = Some(theme);
        self
    }
}

setters! {
    impl CreateMessage {
        /// Sets the text, at most 2000 characters.
        content(into Text);
        /// Sets whether it is read aloud. The default is `false`.
        tts(bool);
        /// Adds a poll.
        poll(CreatePoll);
    }
}

/// What is to change in a message. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#edit-message).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct EditMessage {
    /// The text, at most 2000 characters.
    pub content: Option<Option<Text>>,
    /// Embeds, at most ten.
    pub embeds: Option<Option<Vec<Embed>>>,
    /// `SUPPRESS_EMBEDS` and `IS_COMPONENTS_V2` can be set.
    pub flags: Option<Option<MessageFlags>>,
    /// Whom the edited text may mention.
    pub allowed_mentions: Option<Option<AllowedMentions>>,
    /// Components.
    pub components: Option<Option<Vec<Component>>>,
    /// Attachments to keep, and what the uploaded files are.
    pub attachments: Option<Option<Vec<AttachmentRequest>>>,
}

impl EditMessage {
    /// An edit that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets whom the edited text may mention.
    pub fn allowed_mentions(mut self, allowed: AllowedMentions) -> Self {
        self.allowed_mentions = Some(Some(allowed));
        self
    }
}

patch_setters! {
    impl EditMessage {
        /// Sets the text, at most 2000 characters.
        content(into Text);
        /// Replaces the flags.
        flags(MessageFlags);
    }
    clear {
        /// Removes the text.
        clear_content(content);
    }
}

/// Messages to be deleted at once.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#bulk-delete-messages-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct BulkDeleteMessages {
    /// The messages, 2 to 100, none of them older than two weeks.
    pub messages: Vec<MessageId>,
}

impl BulkDeleteMessages {
    /// Deletes these messages, 2 to 100, none of them older than two weeks.
    pub fn new(messages: impl IntoIterator<Item = MessageId>) -> Self {
        Self {
            messages: messages.into_iter().collect(),
        }
    }
}
