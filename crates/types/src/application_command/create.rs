use std::collections::BTreeMap;

use polycord_types_derive::Model;

use super::{CommandOption, CommandType, EntryPointHandler};
use crate::{
    Permissions, Text, application::InstallationType, id::CommandId,
    interaction::InteractionContext, locale::Locale,
};

/// A command to be registered, globally or in a guild.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command-json-params)
/// for global ones, and [for those of a guild](https://docs.discord.com/developers/interactions/application-commands#create-guild-application-command-json-params).
///
/// ```
/// use polycord_types::{
///     Permissions,
///     application_command::{CommandOption, CreateCommand},
///     interaction::InteractionContext,
///     locale::Locale,
/// };
///
/// let command = CreateCommand::chat_input("echo", "Says it again")
///     .name_localization(Locale::German, "sag")
///     .option(CommandOption::string("text", "What to say").required(true).max_length(200))
///     .default_member_permissions(Permissions::SEND_MESSAGES)
///     .contexts([InteractionContext::Guild]);
/// assert_eq!(command.name, "echo");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateCommand {
    /// The command's name, 1 to 32 characters; of slash commands in lower case.
    pub name: Text,
    /// The name in other languages.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What it does, 1 to 100 characters. Only for slash commands.
    pub description: Option<Text>,
    /// The description in other languages.
    #[model(optional, nullable)]
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
    /// Parameters of a slash command, at most 25.
    pub options: Option<Vec<CommandOption>>,
    /// What a member needs to be allowed for it. Empty means that only administrators may.
    #[model(optional, nullable)]
    pub default_member_permissions: Option<Permissions>,
    /// Whether it can be used in direct messages. Deprecated in favour of `contexts`.
    #[model(optional, nullable)]
    pub dm_permission: Option<bool>,
    /// Whether everybody may use it. Deprecated in favour of `default_member_permissions`.
    pub default_permission: Option<bool>,
    /// How the application must be installed for it. Only for global commands.
    pub integration_types: Option<Vec<InstallationType>>,
    /// Where it can be used. Only for global commands.
    pub contexts: Option<Vec<InteractionContext>>,
    /// What kind of command; a slash command if absent.
    #[model(rename = "type")]
    pub kind: Option<CommandType>,
    /// Whether it is for adults.
    pub nsfw: Option<bool>,
    /// Who handles the entry point of an activity. Only for global commands.
    pub handler: Option<EntryPointHandler>,
}

impl CreateCommand {
    /// A slash command.
    pub fn chat_input(name: impl Into<Text>, description: impl Into<Text>) -> Self {
        Self {
            description: Some(description.into()),
            ..Self::of(CommandType::ChatInput, name)
        }
    }

    /// A command in the menu of users.
    pub fn user(name: impl Into<Text>) -> Self {
        Self::of(CommandType::User, name)
    }

    /// A command in the menu of messages.
    pub fn message(name: impl Into<Text>) -> Self {
        Self::of(CommandType::Message, name)
    }

    /// The command that opens the application's activity.
    pub fn primary_entry_point(name: impl Into<Text>, handler: EntryPointHandler) -> Self {
        Self {
            handler: Some(handler),
            ..Self::of(CommandType::PrimaryEntryPoint, name)
        }
    }

    fn of(kind: CommandType, name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// Adds a parameter, a subcommand, or a group. There can be 25; required parameters come first.
    pub fn option(mut self, option: CommandOption) -> Self {
        self.options.get_or_insert_default().push(option);
        self
    }

    /// Sets the name in another language.
    pub fn name_localization(mut self, locale: Locale, name: impl Into<Text>) -> Self {
        let names = self.name_localizations.get_or_insert_default();
        names.insert(locale, name.into());
        self
    }

    /// Sets the description in another language.
    pub fn description_localization(mut self, locale: Locale, text: impl Into<Text>) -> Self {
        let texts = self.description_localizations.get_or_insert_default();
        texts.insert(locale, text.into());
        self
    }
}

setters! {
    impl CreateCommand {
        /// Sets what a member needs to be allowed for it. The default is nothing; administrators of a guild
        /// can change it.
        default_member_permissions(Permissions);
        /// Sets how the application must be installed for it. The default is what the application supports.
        integration_types(list InstallationType);
        /// Sets where it can be used. The default is everywhere.
        contexts(list InteractionContext);
        /// Sets whether it is for adults. The default is `false`.
        nsfw(bool);
    }
}

/// One of the commands that replace all others, globally or in a guild.
///
/// A [`CreateCommand`] turns into it. Commands that are not among them are deleted; those of the same name and
/// kind are changed, and keep what guilds set for them.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands-json-params).
///
/// ```
/// use polycord_types::{
///     application_command::{CreateCommand, OverwriteCommand},
///     id::CommandId,
/// };
///
/// let renamed = OverwriteCommand::from(CreateCommand::chat_input("echo", "Says it again"))
///     .id(CommandId::new(41771983423143937));
/// assert_eq!(renamed.name, "echo");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct OverwriteCommand {
    /// The command that becomes this one, if known: so it can get another name.
    pub id: Option<CommandId>,
    /// What it becomes.
    #[model(flatten, deref)]
    pub command: CreateCommand,
}

setters! {
    impl OverwriteCommand {
        /// Sets which command becomes this one. The default is the one of the same name and kind.
        id(CommandId);
    }
}

impl From<CreateCommand> for OverwriteCommand {
    fn from(command: CreateCommand) -> Self {
        Self { id: None, command }
    }
}
