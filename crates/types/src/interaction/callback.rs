use polycord_types_derive::Model;

use crate::{
    Text,
    id::{InteractionId, MessageId},
    interaction::{InteractionResponseType, InteractionType},
    message::Message,
};

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
    pub response_message_id: Option<MessageId>,
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
