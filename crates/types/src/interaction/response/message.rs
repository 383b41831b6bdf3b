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

    /// Lets only the user of the interaction see it. No effect on edits.
    pub fn ephemeral(self) -> Self {
        self.flags(MessageFlags::EPHEMERAL)
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
