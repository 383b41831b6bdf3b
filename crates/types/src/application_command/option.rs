use std::collections::BTreeMap;

use polycord_types_derive::Model;

use super::{CommandChoice, CommandNumber, CommandValue};
use crate::{Text, channel::ChannelType, locale::Locale};

/// A parameter of a slash command, a subcommand, or a group of subcommands.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure).
///
/// ```
/// use polycord_types::application_command::CommandOption;
///
/// let ban = CommandOption::sub_command("ban", "Bans a member")
///     .option(CommandOption::user("member", "Whom").required(true))
///     .option(CommandOption::integer("days", "Of messages to delete").min_value(0).max_value(7))
///     .option(CommandOption::string("reason", "Why").choices([("Spam", "spam"), ("Raid", "raid")]));
/// let moderation = CommandOption::sub_command_group("members", "About members").option(ban);
/// assert_eq!(moderation.options.unwrap().len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CommandOption {
    /// What kind of option.
    #[model(rename = "type")]
    pub kind: CommandOptionType,
    /// The option's name, 1 to 32 characters.
    pub name: Text,
    /// The name in other languages.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What it is for, 1 to 100 characters.
    pub description: Text,
    /// The description in other languages.
    #[model(optional, nullable)]
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
    /// Whether it must be given; `false` if absent. Required options come first.
    pub required: Option<bool>,
    /// The values that can be given, at most 25. Of texts and numbers.
    pub choices: Option<Vec<CommandChoice>>,
    /// Parameters of a subcommand, subcommands of a group; at most 25.
    pub options: Option<Vec<CommandOption>>,
    /// Kinds of channels that can be given.
    pub channel_types: Option<Vec<ChannelType>>,
    /// The smallest number.
    pub min_value: Option<CommandNumber>,
    /// The largest number.
    pub max_value: Option<CommandNumber>,
    /// The shortest text, at most 6000.
    pub min_length: Option<u32>,
    /// The longest text, 1 to 6000.
    pub max_length: Option<u32>,
    /// Whether the application proposes values while the user types. Not together with `choices`.
    pub autocomplete: Option<bool>,
    /// Kinds of files that can be given: `image`, `video`, `audio`, or endings such as `.pdf`.
    pub file_types: Option<Vec<Text>>,
}

macro_rules! option_kinds {
    ($($(#[$meta:meta])* $name:ident => $Kind:ident;)*) => {
        impl CommandOption {
            $(
                $(#[$meta])*
                pub fn $name(name: impl Into<Text>, description: impl Into<Text>) -> Self {
                    Self::new(CommandOptionType::$Kind, name, description)
                }
            )*
        }
    };
}

option_kinds! {
    /// A subcommand. Its options are its parameters.
    sub_command => SubCommand;
    /// A group of subcommands, which are its options.
    sub_command_group => SubCommandGroup;
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
    /// An option of some kind.
    pub fn new(
        kind: CommandOptionType,
        name: impl Into<Text>,
        description: impl Into<Text>,
    ) -> Self {
        Self {
            kind,
            name: name.into(),
            description: description.into(),
            ..Self::default()
        }
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

    /// Adds a value that can be given. There can be 25; nothing else can be given then.
    pub fn choice(mut self, name: impl Into<Text>, value: impl Into<CommandValue>) -> Self {
        let choices = self.choices.get_or_insert_default();
        choices.push(CommandChoice::new(name, value));
        self
    }

    /// Adds a parameter to a subcommand, or a subcommand to a group. There can be 25.
    pub fn option(mut self, option: Self) -> Self {
        self.options.get_or_insert_default().push(option);
        self
    }
}

setters! {
    impl CommandOption {
        /// Sets whether it must be given. The default is `false`; required options come first.
        required(bool);
        /// Sets the values that can be given, at most 25, of a text or a number. The default is anything.
        choices(list CommandChoice);
        /// Sets which kinds of channels can be given. The default is any.
        channel_types(list ChannelType);
        /// Sets the smallest number.
        min_value(into CommandNumber);
        /// Sets the largest number.
        max_value(into CommandNumber);
        /// Sets the shortest text, 0 to 6000 characters.
        min_length(u32);
        /// Sets the longest text, 1 to 6000 characters.
        max_length(u32);
        /// Sets whether the application proposes values while the user types into a text or a number. The
        /// default is `false`.
        autocomplete(bool);
        /// Sets the kinds of files that can be given: `image`, `video`, `audio`, or endings such as `.pdf`. The
        /// default is any.
        file_types(list Text);
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
        /// A number between -2^53 and 2^53.
        Number = 10,
        /// A file.
        Attachment = 11,
    }
}
