use polycord_types_derive::Model;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{
    Text,
    application_command::CommandChoice,
    component::Component,
    id::InteractionId,
    interaction::InteractionType,
    message::{AllowedMentions, AttachmentRequest, Embed, Message, MessageFlags},
    model::{self, Source, Union},
    poll::CreatePoll,
};

/// The first response to an interaction, due within three seconds.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object).
///
/// ```
/// use polycord_types::interaction::InteractionResponse;
///
/// let response = InteractionResponse::message("only you see this").ephemeral();
/// assert_eq!(
///     serde_json::to_string(&response)?,
///     r#"{"type":4,"data":{"content":"only you see this","flags":64}}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Model)]
#[must_use]
pub struct InteractionResponse {
    /// What kind of response.
    #[model(key, rename = "type")]
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

/// What a response to an interaction consists of.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-data-structure).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InteractionResponseData {
    /// A message, or an edit of one.
    Message(Box<ResponseMessage>),
    /// Proposals for an option.
    Choices(ResponseChoices),
    /// A modal.
    Modal(ResponseModal),
    /// Something without a model here; kept as it came.
    Unknown(Value),
}

/// The message of a response.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ResponseMessage {
    /// Whether it is read aloud.
    pub tts: Option<bool>,
    /// The text, at most 2000 characters.
    pub content: Option<Text>,
    /// Embeds, at most ten.
    pub embeds: Option<Vec<Embed>>,
    /// Whom it may mention. Absent means everybody that its text names.
    pub allowed_mentions: Option<AllowedMentions>,
    /// `EPHEMERAL`, `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS` and `IS_COMPONENTS_V2` can be set.
    pub flags: Option<MessageFlags>,
    /// Components.
    pub components: Option<Vec<Component>>,
    /// What the uploaded files are.
    pub attachments: Option<Vec<AttachmentRequest>>,
    /// A poll.
    pub poll: Option<CreatePoll>,
}

/// Proposals for an option that the user types into.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ResponseChoices {
    /// The proposals, at most 25.
    pub choices: Vec<CommandChoice>,
}

/// A modal that a response opens.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ResponseModal {
    /// What the submission carries, at most 100 characters.
    #[model(key)]
    pub custom_id: Text,
    /// The title, at most 45 characters.
    pub title: Text,
    /// Its fields, at most five.
    pub components: Vec<Component>,
}

impl InteractionResponse {
    /// Answers a ping.
    pub const fn pong() -> Self {
        Self::bare(InteractionResponseType::Pong)
    }

    /// Answers with a message.
    pub fn message(content: impl Into<Text>) -> Self {
        Self::with_message(ResponseMessage {
            content: Some(content.into()),
            ..ResponseMessage::default()
        })
    }

    /// Answers with an embed.
    pub fn embed(embed: Embed) -> Self {
        Self::with_message(ResponseMessage {
            embeds: Some(vec![embed]),
            ..ResponseMessage::default()
        })
    }

    /// Answers with a message that was built field by field.
    pub fn with_message(message: ResponseMessage) -> Self {
        Self {
            kind: InteractionResponseType::ChannelMessageWithSource,
            data: Some(InteractionResponseData::Message(Box::new(message))),
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
    pub fn update(message: ResponseMessage) -> Self {
        Self {
            kind: InteractionResponseType::UpdateMessage,
            ..Self::with_message(message)
        }
    }

    /// Proposes values for the option that the user types into, at most 25.
    pub fn autocomplete(choices: impl IntoIterator<Item = CommandChoice>) -> Self {
        let choices = choices.into_iter().collect();
        Self {
            kind: InteractionResponseType::ApplicationCommandAutocompleteResult,
            data: Some(InteractionResponseData::Choices(ResponseChoices {
                choices,
            })),
        }
    }

    /// Opens a modal. Its components are labels around fields, and texts.
    pub fn modal(
        custom_id: impl Into<Text>,
        title: impl Into<Text>,
        components: impl IntoIterator<Item = Component>,
    ) -> Self {
        Self {
            kind: InteractionResponseType::Modal,
            data: Some(InteractionResponseData::Modal(ResponseModal {
                custom_id: custom_id.into(),
                title: title.into(),
                components: components.into_iter().collect(),
            })),
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

impl Union for InteractionResponseData {
    fn choose(value: &Value, source: impl Source) -> Option<Self> {
        // The kind may come after the data, but each shape has a field of its own.
        if value.get("custom_id").is_some() {
            source.read().map(Self::Modal)
        } else if value.get("choices").is_some() {
            source.read().map(Self::Choices)
        } else {
            source.read().map(Self::Message)
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

impl<'de> Deserialize<'de> for InteractionResponseData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        model::read_union(deserializer)
    }
}

impl Serialize for InteractionResponseData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Message(message) => message.serialize(serializer),
            Self::Choices(choices) => choices.serialize(serializer),
            Self::Modal(modal) => modal.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

/// What Discord made of a response, where it was asked for.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct InteractionCallbackResponse {
    /// The interaction.
    #[model(key)]
    pub interaction: InteractionCallback,
    /// What the response created.
    pub resource: Option<InteractionCallbackResource>,
}

/// The interaction that was responded to.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct InteractionCallback {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// What kind of interaction.
    #[model(rename = "type")]
    pub kind: InteractionType,
    /// The activity that was opened or joined.
    #[model(optional, nullable)]
    pub activity_instance_id: Option<Text>,
    /// The message that was created.
    pub response_message_id: Option<crate::id::MessageId>,
    /// Whether that message is still "thinking".
    pub response_message_loading: Option<bool>,
    /// Whether only the user sees that message.
    pub response_message_ephemeral: Option<bool>,
}

/// What a response created.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-resource-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct InteractionCallbackResource {
    /// What kind of response.
    #[model(rename = "type")]
    pub kind: InteractionResponseType,
    /// The activity that was opened.
    pub activity_instance: Option<CallbackActivityInstance>,
    /// The message that was created.
    pub message: Option<Box<Message>>,
}

/// An activity that a response opened.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-activity-instance-resource).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct CallbackActivityInstance {
    /// Identifies the activity.
    pub id: Text,
}
