//! Interactions: what users do with commands, components and modals, and the responses to it.
//!
//! | an [`Interaction`] of kind | has the data | and is answered, say, with |
//! | --- | --- | --- |
//! | `Ping` | none | [`InteractionResponse::pong`] |
//! | `ApplicationCommand` | [`CommandData`] | [`message`](InteractionResponse::message), [`defer`](InteractionResponse::defer), [`modal`](InteractionResponse::modal) |
//! | `ApplicationCommandAutocomplete` | [`CommandData`] | [`autocomplete`](InteractionResponse::autocomplete) |
//! | `MessageComponent` | [`ComponentData`] | [`update`](InteractionResponse::update), [`defer_update`](InteractionResponse::defer_update), `message`, `modal` |
//! | `ModalSubmit` | [`ModalData`] | `message`, `update`, `defer` |

mod callback;
mod command;
mod component;
mod data;
mod owners;
mod response;
mod submitted;

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    Permissions, Secret,
    channel::Channel,
    entitlement::Entitlement,
    guild::PartialGuild,
    id::{
        ApplicationId, AttachmentId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId,
    },
    locale::Locale,
    member::{Member, PartialMember},
    message::{Attachment, Message},
    role::Role,
    user::User,
};

pub use self::{
    callback::{
        CallbackActivityInstance, InteractionCallback, InteractionCallbackResource,
        InteractionCallbackResponse,
    },
    command::{CommandData, CommandDataOption},
    component::{ComponentData, ModalData},
    data::InteractionData,
    owners::{GuildOwner, IntegrationOwners},
    response::{
        InteractionResponse, InteractionResponseData, InteractionResponseType, Modal,
        ResponseChoices, ResponseMessage,
    },
    submitted::{
        SubmittedChannels, SubmittedCheckbox, SubmittedChoices, SubmittedComponent, SubmittedFiles,
        SubmittedLabel, SubmittedMentionables, SubmittedRadio, SubmittedRoles, SubmittedRow,
        SubmittedText, SubmittedTextDisplay, SubmittedUsers, SubmittedValues,
    },
};

/// A user ran a command, used a component, or submitted a modal. It wants a response within three seconds.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Interaction {
    /// Identifies the interaction.
    #[model(key)]
    pub id: InteractionId,
    /// The application it is for.
    #[model(key)]
    pub application_id: ApplicationId,
    /// What kind of interaction.
    #[model(rename = "type")]
    pub kind: InteractionType,
    /// What the user did.
    pub data: Option<InteractionData>,
    /// The guild it comes from.
    pub guild: Option<Box<PartialGuild>>,
    /// The guild it comes from.
    pub guild_id: Option<GuildId>,
    /// The channel it comes from. Only some of its fields.
    pub channel: Option<Box<Channel>>,
    /// The channel it comes from.
    pub channel_id: Option<ChannelId>,
    /// Who caused it, in a guild.
    pub member: Option<Box<Member>>,
    /// Who caused it, in direct messages.
    pub user: Option<Box<User>>,
    /// What responses must carry. Valid for 15 minutes.
    pub token: Secret,
    /// Always 1.
    pub version: u32,
    /// The message whose component was used.
    pub message: Option<Box<Message>>,
    /// What the application may do in the channel.
    pub app_permissions: Permissions,
    /// The user's language. Absent in a ping.
    pub locale: Option<Locale>,
    /// The guild's language.
    pub guild_locale: Option<Locale>,
    /// What the user or the guild bought.
    pub entitlements: Vec<Entitlement>,
    /// Who installed the application: the guild or the user, 0 for the guild of a direct message
    /// with the bot.
    pub authorizing_integration_owners: IntegrationOwners,
    /// Where it comes from.
    pub context: Option<InteractionContext>,
    /// How large files in responses may be, in bytes.
    pub attachment_size_limit: u64,
}

impl Interaction {
    /// Who caused it, in a guild or elsewhere.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        let member = self
            .member
            .as_deref()
            .and_then(|member| member.user.as_ref());
        self.user.as_deref().or(member)
    }

    /// The command that was run, or is being typed.
    #[must_use]
    pub fn command(&self) -> Option<&CommandData> {
        match &self.data {
            Some(InteractionData::Command(data)) => Some(data),
            _ => None,
        }
    }

    /// The component that was used.
    #[must_use]
    pub fn component(&self) -> Option<&ComponentData> {
        match &self.data {
            Some(InteractionData::Component(data)) => Some(data),
            _ => None,
        }
    }

    /// The modal that was submitted.
    #[must_use]
    pub fn modal(&self) -> Option<&ModalData> {
        match &self.data {
            Some(InteractionData::Modal(data)) => Some(data),
            _ => None,
        }
    }

    /// The name of the command.
    #[must_use]
    pub fn command_name(&self) -> Option<&str> {
        self.command().map(|command| command.name.as_str())
    }

    /// What was given for an option of the command.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&CommandDataOption> {
        self.command()?.option(name)
    }
}

/// The objects behind the ids in an interaction.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ResolvedData {
    /// Users.
    #[model(omit_default, nullable)]
    pub users: BTreeMap<UserId, User>,
    /// Members, without their user, `deaf` and `mute`.
    #[model(omit_default, nullable)]
    pub members: BTreeMap<UserId, PartialMember>,
    /// Roles.
    #[model(omit_default, nullable)]
    pub roles: BTreeMap<RoleId, Role>,
    /// Channels. Only some of their fields.
    #[model(omit_default, nullable)]
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Messages. Only some of their fields.
    #[model(omit_default)]
    pub messages: BTreeMap<MessageId, Message>,
    /// Files.
    #[model(omit_default)]
    pub attachments: BTreeMap<AttachmentId, Attachment>,
}

open_enum! {
    /// What kind of interaction.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type).
    pub enum InteractionType: u32 {
        /// Discord asks over HTTP whether the application is there.
        Ping = 1,
        /// A command was run.
        ApplicationCommand = 2,
        /// A component of a message was used.
        MessageComponent = 3,
        /// A user types into an option that wants proposals.
        ApplicationCommandAutocomplete = 4,
        /// A modal was submitted.
        ModalSubmit = 5,
    }
}

open_enum! {
    /// Where an interaction can come from.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-context-types).
    pub enum InteractionContext: u32 {
        /// A guild.
        Guild = 0,
        /// Direct messages with the bot.
        BotDm = 1,
        /// Other direct messages, and groups.
        PrivateChannel = 2,
    }
}
