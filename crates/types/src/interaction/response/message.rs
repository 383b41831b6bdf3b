use polycord_types_derive::Model;

use crate::{
    Text,
    component::Component,
    message::{AllowedMentions, AttachmentRequest, Embed, MessageFlags},
    poll::CreatePoll,
};

/// The message of a response to an interaction, or one that follows it.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages),
/// and [that of what follows](https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
///
/// ```
/// use polycord_types::{
///     component::{ActionRow, Button},
///     interaction::{InteractionResponse, ResponseMessage},
/// };
///
/// let message = ResponseMessage::new("Sure?")
///     .component(ActionRow::new([Button::danger("yes", "Yes"), Button::secondary("no", "No")]))
///     .ephemeral();
/// let response = InteractionResponse::message(message);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ResponseMessage {
    /// Whether it is read aloud.
    pub tts: Option<bool>,
    /// The text, at most 2000 characters.
    pub content: Option<Text>,
    /// Embeds, at most ten.
    pub embeds: Option<Vec<Embed>>,
    /// Whom it may mention. Absent means everybody that its text names.
    pub allowed_mentions: Option<AllowedMentions>,
    /// `EPHEMERAL`, `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS`, `IS_VOICE_MESSAGE` and `IS_COMPONENTS_V2` can be
    /// set.
    pub flags: Option<MessageFlags>,
    /// Components.
    pub components: Option<Vec<Component>>,
    /// What the uploaded files are.
    pub attachments: Option<Vec<AttachmentRequest>>,
    /// A poll.
    pub poll: Option<CreatePoll>,
}

impl ResponseMessage {
    /// A message with a text of at most 2000 characters.
    pub fn new(content: impl Into<Text>) -> Self {
        Self::default().content(content)
    }

    /// A message that consists of components only, which may be those of V2.
    pub fn components_v2(components: impl IntoIterator<Item: Into<Component>>) -> Self {
        Self {
            components: Some(components.into_iter().map(Into::into).collect()),
            ..Self::default().flags(MessageFlags::IS_COMPONENTS_V2)
        }
    }

    /// Adds an embed. There can be ten.
    pub fn embed(mut self, embed: Embed) -> Self {
        self.embeds.get_or_insert_default().push(embed);
        self
    }

    /// Lets only the user of the interaction see it. No effect on edits.
    pub fn ephemeral(self) -> Self {
        self.flags(MessageFlags::EPHEMERAL)
    }

    /// Adds flags.
    pub fn flags(mut self, flags: MessageFlags) -> Self {
        self.flags = Some(self.flags.unwrap_or_default() | flags);
        self
    }

    /// Adds a component.
    pub fn component(mut self, component: impl Into<Component>) -> Self {
        let components = self.components.get_or_insert_default();
        components.push(component.into());
        self
    }

    /// Says what an uploaded file is.
    pub fn attachment(mut self, attachment: AttachmentRequest) -> Self {
        self.attachments.get_or_insert_default().push(attachment);
        self
    }
}

setters! {
    impl ResponseMessage {
        /// Sets whether it is read aloud. The default is `false`.
        tts(bool);
        /// Sets the text, at most 2000 characters.
        content(into Text);
        /// Sets whom it may mention. The default is everybody that its text names.
        allowed_mentions(AllowedMentions);
        /// Adds a poll.
        poll(CreatePoll);
    }
}

impl From<&str> for ResponseMessage {
    fn from(content: &str) -> Self {
        Self::new(content)
    }
}

impl From<String> for ResponseMessage {
    fn from(content: String) -> Self {
        Self::new(content)
    }
}

impl From<Text> for ResponseMessage {
    fn from(content: Text) -> Self {
        Self::new(content)
    }
}

impl From<Embed> for ResponseMessage {
    fn from(embed: Embed) -> Self {
        Self::default().embed(embed)
    }
}
