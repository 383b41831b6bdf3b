//! The interaction that a message came from.

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{InteractionId, MessageId},
    interaction::{IntegrationOwners, InteractionType},
    member::PartialMember,
    user::User,
};

tagged! {
    /// The interaction that a message came from.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object).
    pub enum InteractionMetadata: "type" as InteractionType {
        /// A command.
        ApplicationCommand(CommandInteractionMetadata) = 2,
        /// A component of a message.
        MessageComponent(ComponentInteractionMetadata) = 3,
        /// A modal.
        ModalSubmit(ModalInteractionMetadata) = 5,
    }
}

impl InteractionMetadata {
    /// Identifies the interaction. `None` where its kind is not known.
    #[must_use]
    pub const fn id(&self) -> Option<InteractionId> {
        match self {
            Self::ApplicationCommand(command) => Some(command.id),
            Self::MessageComponent(component) => Some(component.id),
            Self::ModalSubmit(modal) => Some(modal.id),
            Self::Unknown(_) => None,
        }
    }

    /// Who caused it. `None` where its kind is not known.
    #[must_use]
    pub const fn user(&self) -> Option<&User> {
        match self {
            Self::ApplicationCommand(command) => Some(&command.user),
            Self::MessageComponent(component) => Some(&component.user),
            Self::ModalSubmit(modal) => Some(&modal.user),
            Self::Unknown(_) => None,
        }
    }
}

/// A command that a message came from.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object-application-command-interaction-metadata-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct CommandInteractionMetadata {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// Who ran it.
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
}

/// A component that a message came from.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object-message-component-interaction-metadata-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ComponentInteractionMetadata {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// Who used it.
    #[model(key)]
    pub user: User,
    /// Who installed the application: a guild, or a user.
    pub authorizing_integration_owners: IntegrationOwners,
    /// The original response, if this message is a follow-up.
    pub original_response_message_id: Option<MessageId>,
    /// The message that holds the component.
    #[model(key)]
    pub interacted_message_id: MessageId,
}

/// A modal that a message came from.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object-modal-submit-interaction-metadata-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ModalInteractionMetadata {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// Who submitted it.
    #[model(key)]
    pub user: User,
    /// Who installed the application: a guild, or a user.
    pub authorizing_integration_owners: IntegrationOwners,
    /// The original response, if this message is a follow-up.
    pub original_response_message_id: Option<MessageId>,
    /// The interaction that opened the modal: a command, or a component.
    #[model(key)]
    pub triggering_interaction_metadata: Box<InteractionMetadata>,
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
