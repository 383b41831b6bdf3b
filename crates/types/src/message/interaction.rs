//! The interaction that a message came from.

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{InteractionId, MessageId},
    interaction::{IntegrationOwners, InteractionType},
    member::PartialMember,
    user::User,
};

/// The interaction that a message came from.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object-application-command-interaction-metadata-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct InteractionMetadata {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// What kind of interaction.
    #[model(rename = "type")]
    pub kind: InteractionType,
    /// Who caused it.
    #[model(key)]
    pub user: User,
    /// Who installed the application: a guild, or a user.
    pub authorizing_integration_owners: IntegrationOwners,
    /// The original response, if this message is a follow-up.
    pub original_response_message_id: Option<MessageId>,
    /// The user a command of the user menu ran on.
    pub target_user: Option<Box<User>>,
    /// The message a command of the message menu ran on.
    pub target_message_id: Option<MessageId>,
    /// The message whose component was used.
    pub interacted_message_id: Option<MessageId>,
    /// The interaction that opened the modal.
    pub triggering_interaction_metadata: Option<Box<InteractionMetadata>>,
}

/// The interaction that a message came from, in its deprecated form.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#message-interaction-object-message-interaction-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessageInteraction {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// What kind of interaction.
    #[model(rename = "type")]
    pub kind: InteractionType,
    /// The command's name, subcommands included.
    pub name: Text,
    /// Who caused it.
    pub user: Option<Box<User>>,
    /// Who caused it, as the guild knows them.
    pub member: Option<Box<PartialMember>>,
}
