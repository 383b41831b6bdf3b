//! Commands as users run them.

use polycord_types_derive::Model;

use crate::{
    CommandId, CommandOptionType, CommandType, CommandValue, GenericId, GuildId, ResolvedData,
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
    pub name: String,
    /// What kind of command.
    #[model(rename = "type")]
    pub kind: CommandType,
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
    pub name: String,
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
