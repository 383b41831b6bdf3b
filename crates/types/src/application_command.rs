//! Application commands: slash commands, and those of context menus.
//!
//! | to | there is |
//! | --- | --- |
//! | register a command | [`CreateCommand`], with [`CommandOption`]s and [`CommandChoice`]s |
//! | replace all of them at once | [`OverwriteCommand`] |
//! | change one | [`EditCommand`] |
//! | say who may use one in a guild | [`EditCommandPermissions`], with [`CommandPermission`]s |
//!
//! What comes back is an [`ApplicationCommand`]; what users make of it arrives as an
//! [`Interaction`](crate::interaction::Interaction).

mod choice;
mod create;
mod edit;
mod option;
mod permissions;
mod value;

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    Permissions, Text,
    application::InstallationType,
    id::{ApplicationId, CommandId, GenericId, GuildId},
    interaction::InteractionContext,
    locale::Locale,
};

pub use self::{
    choice::CommandChoice,
    create::{CreateCommand, OverwriteCommand},
    edit::EditCommand,
    option::{CommandOption, CommandOptionType},
    permissions::{
        CommandPermission, CommandPermissionType, CommandPermissions, EditCommandPermissions,
    },
    value::{CommandNumber, CommandValue},
};

/// A command as Discord knows it.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ApplicationCommand {
    /// Identifies the command.
    #[model(key)]
    pub id: CommandId,
    /// What kind of command; a slash command if absent.
    #[model(rename = "type")]
    pub kind: Option<CommandType>,
    /// The application it belongs to.
    #[model(key)]
    pub application_id: ApplicationId,
    /// Its guild. Absent for a global command.
    pub guild_id: Option<GuildId>,
    /// The command's name, 1 to 32 characters.
    pub name: Text,
    /// The name in other languages. Lists of commands have it only where it was asked for.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// The name in the language of the request, in lists of commands.
    pub name_localized: Option<Text>,
    /// What it does, at most 100 characters. Empty for commands of context menus.
    pub description: Text,
    /// The description in other languages. Lists of commands have it only where it was asked for.
    #[model(optional, nullable)]
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
    /// The description in the language of the request, in lists of commands.
    pub description_localized: Option<Text>,
    /// Parameters of a slash command, at most 25.
    pub options: Option<Vec<CommandOption>>,
    /// What a member needs to be allowed for it. Empty means that only administrators may.
    #[model(nullable)]
    pub default_member_permissions: Option<Permissions>,
    /// Whether it can be used in direct messages. Deprecated in favour of `contexts`.
    pub dm_permission: Option<bool>,
    /// Whether everybody may use it. Deprecated in favour of `default_member_permissions`.
    #[model(optional, nullable)]
    pub default_permission: Option<bool>,
    /// Whether it is for adults; `false` if absent.
    pub nsfw: Option<bool>,
    /// How the application must be installed for it. Only for global commands.
    pub integration_types: Option<Vec<InstallationType>>,
    /// Where it can be used. Only for global commands.
    #[model(optional, nullable)]
    pub contexts: Option<Vec<InteractionContext>>,
    /// Changes with every change of the command.
    #[model(always)]
    pub version: Option<GenericId>,
    /// Who handles the entry point of an activity.
    pub handler: Option<EntryPointHandler>,
}

open_enum! {
    /// What kind of command.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types).
    pub enum CommandType: u32 {
        /// A slash command.
        ChatInput = 1,
        /// In the menu of a user.
        User = 2,
        /// In the menu of a message.
        Message = 3,
        /// Opens the application's activity.
        PrimaryEntryPoint = 4,
    }
}

open_enum! {
    /// Who handles the entry point of an activity.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-entry-point-command-handler-types).
    pub enum EntryPointHandler: u32 {
        /// The application, with an interaction.
        AppHandler = 1,
        /// Discord, which opens the activity.
        DiscordLaunchActivity = 2,
    }
}
