mod data;
mod message;
mod modal;

use polycord_types_derive::Model;

pub use self::{
    data::{InteractionResponseData, ResponseChoices},
    message::ResponseMessage,
    modal::Modal,
};
use crate::{
    Text,
    application_command::CommandChoice,
    message::{Embed, MessageFlags},
};

/// The first response to an interaction, due within three seconds.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-response-structure).
///
/// ```
/// use polycord_types::interaction::InteractionResponse;
///
/// let response = InteractionResponse::message("only you see this").ephemeral();
/// assert_eq!(
///     serde_json::to_string(&response)?,
///     r#"{"type":4,"data":{"content":"only you see this","flags":64}}"#
/// );
/// let proposals = InteractionResponse::autocomplete([("Cat", "cat"), ("Dog", "dog")]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct InteractionResponse {
    /// What kind of response.
    #[model(rename = "type")]
    pub kind: InteractionResponseType,
    /// What it consists of; its shape follows from the kind.
    pub data: Option<InteractionResponseData>,
}

open_enum! {
    /// What kind of response to an interaction.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
    pub enum InteractionResponseType: u32 {
        /// The answer to a ping.
        Pong = 1,
        /// A message.
        ChannelMessageWithSource = 4,
        /// "Thinking", until a message follows.
        DeferredChannelMessageWithSource = 5,
        /// Nothing visible, until the component's message is edited.
        DeferredUpdateMessage = 6,
        /// An edit of the component's message.
        UpdateMessage = 7,
        /// Proposals while the user types.
        ApplicationCommandAutocompleteResult = 8,
        /// A modal.
        Modal = 9,
        /// An offer to subscribe. Deprecated in favour of premium buttons.
        PremiumRequired = 10,
        /// The application's activity.
        LaunchActivity = 12,
    }
}

impl InteractionResponse {
    /// Answers a ping.
    pub const fn pong() -> Self {
        Self::bare(InteractionResponseType::Pong)
    }

    /// Answers with a message: a text, an embed, or a [`ResponseMessage`].
    pub fn message(message: impl Into<ResponseMessage>) -> Self {
        Self {
            kind: InteractionResponseType::ChannelMessageWithSource,
            data: Some(InteractionResponseData::Message(Box::new(message.into()))),
        }
    }

    /// Shows that the answer will take longer; it follows within 15 minutes as an edit of the response.
    pub const fn defer() -> Self {
        Self::bare(InteractionResponseType::DeferredChannelMessageWithSource)
    }

    /// Acknowledges a component without showing anything.
    pub const fn defer_update() -> Self {
        Self::bare(InteractionResponseType::DeferredUpdateMessage)
    }

    /// Edits the message whose component was used.
    pub fn update(message: impl Into<ResponseMessage>) -> Self {
        Self {
            kind: InteractionResponseType::UpdateMessage,
            ..Self::message(message)
        }
    }

    /// Proposes values for the option that the user types into, at most 25.
    pub fn autocomplete(choices: impl IntoIterator<Item: Into<CommandChoice>>) -> Self {
        let choices = choices.into_iter().map(Into::into).collect();
        Self {
            kind: InteractionResponseType::ApplicationCommandAutocompleteResult,
            data: Some(InteractionResponseData::Choices(ResponseChoices {
                choices,
            })),
        }
    }

    /// Opens a modal. No answer to a ping or to a modal.
    pub const fn modal(modal: Modal) -> Self {
        Self {
            kind: InteractionResponseType::Modal,
            data: Some(InteractionResponseData::Modal(modal)),
        }
    }

    /// Opens the application's activity.
    pub const fn launch_activity() -> Self {
        Self::bare(InteractionResponseType::LaunchActivity)
    }

    /// Lets only the user see the message, or the one that follows a deferral. No effect on other kinds.
    pub fn ephemeral(mut self) -> Self {
        let takes_message = matches!(
            self.kind,
            InteractionResponseType::ChannelMessageWithSource
                | InteractionResponseType::DeferredChannelMessageWithSource
        );
        if takes_message && self.data.is_none() {
            self.data = Some(InteractionResponseData::Message(Box::default()));
        }
        if let (true, Some(InteractionResponseData::Message(message))) =
            (takes_message, &mut self.data)
        {
            message.flags = Some(message.flags.unwrap_or_default() | MessageFlags::EPHEMERAL);
        }
        self
    }

    const fn bare(kind: InteractionResponseType) -> Self {
        Self { kind, data: None }
    }
}

impl From<&str> for InteractionResponse {
    fn from(content: &str) -> Self {
        Self::message(content)
    }
}

impl From<String> for InteractionResponse {
    fn from(content: String) -> Self {
        Self::message(content)
    }
}

impl From<Text> for InteractionResponse {
    fn from(content: Text) -> Self {
        Self::message(content)
    }
}

impl From<Embed> for InteractionResponse {
    fn from(embed: Embed) -> Self {
        Self::message(embed)
    }
}

impl From<ResponseMessage> for InteractionResponse {
    fn from(message: ResponseMessage) -> Self {
        Self::message(message)
    }
}

impl From<Modal> for InteractionResponse {
    fn from(modal: Modal) -> Self {
        Self::modal(modal)
    }
}
