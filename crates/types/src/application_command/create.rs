use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{
    Permissions, Text,
    application::InstallationType,
    application_command::{
        CommandChoice, CommandOption, CommandOptionType, CommandType, EntryPointHandler,
    },
    channel::ChannelType,
    interaction::InteractionContext,
    locale::Locale,
    scalar::{CommandNumber, CommandValue},
};

/// A command to be registered.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command).
///
/// ```
/// use polycord_types::application_command::{CommandOption, CreateCommand};
///
/// let command = CreateCommand::chat_input("echo", "Says it again")
///     .option(CommandOption::string("text", "What to say").required());
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
    /// What it does, at most 100 characters. Only for slash commands.
    pub description: Option<Text>,
    /// The description in other languages.
    #[model(optional, nullable)]
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
    /// Parameters of a slash command, at most 25.
    pub options: Option<Vec<CommandOption>>,
    /// What a member needs to be allowed for it. Empty means that only administrators may.
    #[model(optional, nullable)]
    pub default_member_permissions: Option<Permissions>,
    /// How the application must be installed for it.
    pub integration_types: Option<Vec<InstallationType>>,
    /// Where it can be used.
    pub contexts: Option<Vec<InteractionContext>>,
    /// What kind of command; a slash command if absent.
    #[model(rename = "type")]
    pub kind: Option<CommandType>,
    /// Whether it is for adults.
    pub nsfw: Option<bool>,
    /// Who handles the entry point of an activity.
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

    fn of(kind: CommandType, name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            kind: Some(kind),
            ..Self::default()
        }
    }

    /// Adds a parameter, a subcommand, or a group. Required ones come first.
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

    /// Sets what a member needs to be allowed for it. The default is nothing; administrators of a guild
    /// can change it.
    pub fn default_member_permissions(mut self, permissions: Permissions) -> Self {
        self.default_member_permissions = Some(permissions);
        self
    }

    /// Sets where it can be used. The default is everywhere.
    pub fn contexts(mut self, contexts: impl IntoIterator<Item = InteractionContext>) -> Self {
        self.contexts = Some(contexts.into_iter().collect());
        self
    }

    /// Sets how the application must be installed for it. The default is what the application supports.
    pub fn integration_types(mut self, types: impl IntoIterator<Item = InstallationType>) -> Self {
        self.integration_types = Some(types.into_iter().collect());
        self
    }

    /// Sets whether it is for adults. The default is `false`.
    pub fn nsfw(mut self, nsfw: bool) -> Self {
        self.nsfw = Some(nsfw);
        self
    }
}

macro_rules! option_kinds {
    ($($(#[$meta:meta])* $name:ident => $Kind:ident;)*) => {
        impl CommandOption {
            $(
                $(#[$meta])*
                #[must_use]
                pub fn $name(name: impl Into<Text>, description: impl Into<Text>) -> Self {
                    Self::of(CommandOptionType::$Kind, name.into(), description.into())
                }
            )*
        }
    };
}

option_kinds! {
    /// A subcommand.
    subcommand => SubCommand;
    /// A group of subcommands.
    group => SubCommandGroup;
    /// A text.
    string => String;
    /// A whole number.
    integer => Integer;
    /// Yes or no.
    boolean => Boolean;
    /// A user.
    user => User;
    /// A channel.
    channel => Channel;
    /// A role.
    role => Role;
    /// A user or a role.
    mentionable => Mentionable;
    /// A number.
    number => Number;
    /// A file.
    attachment => Attachment;
}

impl CommandOption {
    fn of(kind: CommandOptionType, name: Text, description: Text) -> Self {
        Self {
            kind,
            name,
            description,
            ..Self::default()
        }
    }

    /// Says that it must be given.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = Some(true);
        self
    }

    /// Adds a value that can be given. There can be 25; nothing else can be given then.
    #[must_use]
    pub fn choice(mut self, name: impl Into<Text>, value: impl Into<CommandValue>) -> Self {
        let choices = self.choices.get_or_insert_default();
        choices.push(CommandChoice::new(name, value));
        self
    }

    /// Adds a parameter to a subcommand, or a subcommand to a group.
    #[must_use]
    pub fn option(mut self, option: Self) -> Self {
        self.options.get_or_insert_default().push(option);
        self
    }

    /// Says which kinds of channels can be given.
    #[must_use]
    pub fn channel_types(mut self, kinds: impl IntoIterator<Item = ChannelType>) -> Self {
        self.channel_types = Some(kinds.into_iter().collect());
        self
    }

    /// Sets the smallest number.
    #[must_use]
    pub fn min_value(mut self, value: impl Into<CommandNumber>) -> Self {
        self.min_value = Some(value.into());
        self
    }

    /// Sets the largest number.
    #[must_use]
    pub fn max_value(mut self, value: impl Into<CommandNumber>) -> Self {
        self.max_value = Some(value.into());
        self
    }

    /// Sets the shortest text.
    #[must_use]
    pub fn min_length(mut self, length: u32) -> Self {
        self.min_length = Some(length);
        self
    }

    /// Sets the longest text.
    #[must_use]
    pub fn max_length(mut self, length: u32) -> Self {
        self.max_length = Some(length);
        self
    }

    /// Says that the application proposes values while the user types.
    #[must_use]
    pub fn autocomplete(mut self) -> Self {
        self.autocomplete = Some(true);
        self
    }
}

impl CommandChoice {
    /// A value, and what the user sees of it.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<CommandValue>) -> Self {
        Self {
            name: name.into(),
            name_localizations: None,
            value: value.into(),
        }
    }
}
