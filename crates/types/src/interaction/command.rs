//! Commands as users run them.

use polycord_types_derive::Model;

use crate::{
    Text,
    application_command::{CommandOptionType, CommandType, CommandValue},
    id::{AttachmentId, ChannelId, CommandId, GenericId, GuildId, MessageId, RoleId, UserId},
    interaction::ResolvedData,
    message::Message,
    user::User,
};

/// A command that a user ran, or types.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct CommandData {
    /// The command.
    #[model(key)]
    pub id: CommandId,
    /// The command's name.
    pub name: Text,
    /// What kind of command.
    #[model(rename = "type")]
    pub kind: CommandType,
    /// The version of the command that the user saw. Sent, but not documented.
    pub version: Option<GenericId>,
    /// The objects behind ids.
    pub resolved: Option<Box<ResolvedData>>,
    /// What was given, without what was left out.
    #[model(omit_default)]
    pub options: Vec<CommandDataOption>,
    /// The guild that the command belongs to. Absent for a global one.
    pub guild_id: Option<GuildId>,
    /// The user or message whose menu was used.
    pub target_id: Option<GenericId>,
}

/// What a user gave for an option.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct CommandDataOption {
    /// The option's name.
    pub name: Text,
    /// What kind of option.
    #[model(rename = "type")]
    pub kind: CommandOptionType,
    /// What was given. Absent for subcommands and groups.
    pub value: Option<CommandValue>,
    /// What was given for a subcommand or a group.
    #[model(omit_default)]
    pub options: Vec<CommandDataOption>,
    /// Whether the user types into it.
    pub focused: Option<bool>,
}

impl CommandData {
    /// The options of the command, or of the subcommand that was run.
    #[must_use]
    pub fn arguments(&self) -> &[CommandDataOption] {
        let mut options = self.options.as_slice();
        // A group holds one subcommand, which holds the options.
        for _ in 0..2 {
            match options {
                [only] if only.is_subcommand() => options = &only.options,
                _ => break,
            }
        }
        options
    }

    /// The names of the group and the subcommand that was run, outermost first.
    #[must_use]
    pub fn subcommands(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut options = self.options.as_slice();
        while let [only] = options {
            if !only.is_subcommand() || names.len() == 2 {
                break;
            }
            names.push(only.name.as_str());
            options = &only.options;
        }
        names
    }

    /// What was given for an option of this name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&CommandDataOption> {
        self.arguments().iter().find(|option| option.name == name)
    }

    /// The user whose menu was used.
    #[must_use]
    pub fn target_user(&self) -> Option<&User> {
        let id = UserId::new(self.target_id?.get());
        self.resolved.as_ref()?.users.get(&id)
    }

    /// The message whose menu was used.
    #[must_use]
    pub fn target_message(&self) -> Option<&Message> {
        let id = MessageId::new(self.target_id?.get());
        self.resolved.as_ref()?.messages.get(&id)
    }

    /// The option that the user types into.
    #[must_use]
    pub fn focused(&self) -> Option<&CommandDataOption> {
        let is_focused = |option: &&CommandDataOption| option.focused == Some(true);
        self.arguments().iter().find(is_focused)
    }
}

impl CommandDataOption {
    /// The text, or the id as text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Some(CommandValue::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The whole number.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self.value {
            Some(CommandValue::Integer(number)) => Some(number),
            _ => None,
        }
    }

    /// The number. A whole one is given as the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self.value {
            Some(CommandValue::Number(number)) => Some(number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "the documentation limits whole numbers to 53 bits"
            )]
            Some(CommandValue::Integer(number)) => Some(number as f64),
            _ => None,
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Some(CommandValue::Boolean(value)) => Some(value),
            _ => None,
        }
    }

    /// The id of the user.
    #[must_use]
    pub fn as_user_id(&self) -> Option<UserId> {
        self.as_str()?.parse().ok()
    }

    /// The id of the channel.
    #[must_use]
    pub fn as_channel_id(&self) -> Option<ChannelId> {
        self.as_str()?.parse().ok()
    }

    /// The id of the role.
    #[must_use]
    pub fn as_role_id(&self) -> Option<RoleId> {
        self.as_str()?.parse().ok()
    }

    /// The id of the user or role.
    #[must_use]
    pub fn as_mentionable_id(&self) -> Option<GenericId> {
        self.as_str()?.parse().ok()
    }

    /// The id of the file.
    #[must_use]
    pub fn as_attachment_id(&self) -> Option<AttachmentId> {
        self.as_str()?.parse().ok()
    }

    fn is_subcommand(&self) -> bool {
        matches!(
            self.kind,
            CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup
        )
    }
}
