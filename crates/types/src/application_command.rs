//! Application commands: slash commands, and those of context menus.

mod create;

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    Permissions, Text,
    application::InstallationType,
    channel::ChannelType,
    id::{ApplicationId, CommandId, GenericId, GuildId},
    interaction::InteractionContext,
    locale::Locale,
    scalar::{CommandNumber, CommandValue},
};

pub use self::create::CreateCommand;

/// A command as Discord knows it.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ApplicationCommand {
    /// Identifies the command.
    #[model(key)]
    pub id: CommandId,
    /// What kind of command.
    #[model(rename = "type", omit_default)]
    pub kind: CommandType,
    /// The application it belongs to.
    #[model(key)]
    pub application_id: ApplicationId,
    /// Its guild. Absent for a global command.
    pub guild_id: Option<GuildId>,
    /// The command's name, 1 to 32 characters.
    pub name: Text,
    /// The name in other languages.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What it does, at most 100 characters. Empty for commands of context menus.
    pub description: Text,
    /// The description in other languages.
    #[model(optional, nullable)]
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
    /// Parameters of a slash command, at most 25.
    pub options: Option<Vec<CommandOption>>,
    /// What a member needs to be allowed for it. Empty means that only administrators may.
    #[model(nullable)]
    pub default_member_permissions: Option<Permissions>,
    /// Whether it can be used in direct messages. Deprecated in favour of `contexts`.
    pub dm_permission: Option<bool>,
    /// Whether everybody may use it. No longer in use.
    #[model(optional, nullable)]
    pub default_permission: Option<bool>,
    /// Whether it is for adults.
    pub nsfw: Option<bool>,
    /// How the application must be installed for it.
    pub integration_types: Option<Vec<InstallationType>>,
    /// Where it can be used.
    #[model(optional, nullable)]
    pub contexts: Option<Vec<InteractionContext>>,
    /// Changes with every change of the command.
    #[model(nullable)]
    pub version: Option<GenericId>,
    /// Who handles the entry point of an activity.
    pub handler: Option<EntryPointHandler>,
}

/// A parameter of a slash command, a subcommand, or a group of subcommands.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct CommandOption {
    /// What kind of option.
    #[model(rename = "type")]
    pub kind: CommandOptionType,
    /// The option's name, 1 to 32 characters.
    pub name: Text,
    /// The name in other languages.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What it is for, at most 100 characters.
    pub description: Text,
    /// The description in other languages.
    #[model(optional, nullable)]
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
    /// Whether it must be given. Required options come first.
    pub required: Option<bool>,
    /// The values that can be given, at most 25.
    pub choices: Option<Vec<CommandChoice>>,
    /// Parameters of a subcommand, subcommands of a group.
    pub options: Option<Vec<CommandOption>>,
    /// Kinds of channels that can be given.
    pub channel_types: Option<Vec<ChannelType>>,
    /// The smallest number.
    pub min_value: Option<CommandNumber>,
    /// The largest number.
    pub max_value: Option<CommandNumber>,
    /// The shortest text, at most 6000.
    pub min_length: Option<u32>,
    /// The longest text, at most 6000.
    pub max_length: Option<u32>,
    /// Whether the application proposes values while the user types.
    pub autocomplete: Option<bool>,
    /// Kinds of files that can be given: `image`, `video`, `audio`, or endings such as `.pdf`.
    pub file_types: Option<Vec<Text>>,
}

/// A value that can be given for an option.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct CommandChoice {
    /// What the user sees, 1 to 100 characters.
    pub name: Text,
    /// The name in other languages.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What the application gets.
    #[model(key)]
    pub value: CommandValue,
}

/// Who may use a command, or all commands of an application, in a guild.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-guild-application-command-permissions-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct CommandPermissions {
    /// The command, or the application for all of its commands.
    #[model(key)]
    pub id: GenericId,
    /// The application.
    #[model(key)]
    pub application_id: ApplicationId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// Whom it is allowed or denied.
    pub permissions: Vec<CommandPermission>,
}

/// Whether somebody may use a command.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permissions-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct CommandPermission {
    /// The role, user or channel. The guild's id means everybody, one less all channels.
    #[model(key)]
    pub id: GenericId,
    /// Whom it is for.
    #[model(rename = "type")]
    pub kind: CommandPermissionType,
    /// Whether it is allowed.
    pub permission: bool,
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
    /// What kind of option.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
    pub enum CommandOptionType: u32 {
        /// A subcommand.
        SubCommand = 1,
        /// A group of subcommands.
        SubCommandGroup = 2,
        /// A text.
        String = 3,
        /// A whole number of at most 53 bits.
        Integer = 4,
        /// Yes or no.
        Boolean = 5,
        /// A user.
        User = 6,
        /// A channel.
        Channel = 7,
        /// A role.
        Role = 8,
        /// A user or a role.
        Mentionable = 9,
        /// A number.
        Number = 10,
        /// A file.
        Attachment = 11,
    }
}

open_enum! {
    /// Whom a permission is for.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permission-type).
    pub enum CommandPermissionType: u32 {
        /// A role.
        Role = 1,
        /// A user.
        User = 2,
        /// A channel.
        Channel = 3,
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
