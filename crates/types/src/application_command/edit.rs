use std::collections::BTreeMap;

use polycord_types_derive::Model;

use super::{CommandOption, EntryPointHandler};
use crate::{
    Permissions, Text, application::InstallationType, interaction::InteractionContext,
    locale::Locale,
};

/// What is to change in a command. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command-json-params)
/// for global commands, and [for those of a guild](https://docs.discord.com/developers/interactions/application-commands#edit-guild-application-command-json-params).
///
/// ```
/// use polycord_types::application_command::EditCommand;
///
/// let edit = EditCommand::new().description("Says it twice").default_member_permissions(None);
/// assert_eq!(
///     serde_json::to_string(&edit)?,
///     r#"{"description":"Says it twice","default_member_permissions":null}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct EditCommand {
    /// The command's name, 1 to 32 characters.
    pub name: Option<Text>,
    /// The name in other languages.
    pub name_localizations: Option<Option<BTreeMap<Locale, Text>>>,
    /// What it does, 1 to 100 characters.
    pub description: Option<Text>,
    /// The description in other languages.
    pub description_localizations: Option<Option<BTreeMap<Locale, Text>>>,
    /// Parameters of a slash command, at most 25. They replace all there were.
    pub options: Option<Vec<CommandOption>>,
    /// What a member needs to be allowed for it. Empty means that only administrators may.
    pub default_member_permissions: Option<Option<Permissions>>,
    /// Whether it can be used in direct messages. Deprecated in favour of `contexts`.
    pub dm_permission: Option<Option<bool>>,
    /// Whether everybody may use it. Deprecated in favour of `default_member_permissions`.
    pub default_permission: Option<bool>,
    /// How the application must be installed for it. Only for global commands.
    pub integration_types: Option<Vec<InstallationType>>,
    /// Where it can be used. Only for global commands.
    pub contexts: Option<Vec<InteractionContext>>,
    /// Whether it is for adults.
    pub nsfw: Option<bool>,
    /// Who handles the entry point of an activity. Only for global commands.
    pub handler: Option<EntryPointHandler>,
}

impl EditCommand {
    /// An edit that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl EditCommand {
        /// Sets the name, 1 to 32 characters.
        name(into Text);
        /// Replaces the names in other languages, or removes them.
        name_localizations(into Option<BTreeMap<Locale, Text>>);
        /// Sets the description, 1 to 100 characters.
        description(into Text);
        /// Replaces the descriptions in other languages, or removes them.
        description_localizations(into Option<BTreeMap<Locale, Text>>);
        /// Replaces the parameters, at most 25.
        options(list CommandOption);
        /// Sets what a member needs to be allowed for it; `None` for nothing.
        default_member_permissions(into Option<Permissions>);
        /// Sets how the application must be installed for it.
        integration_types(list InstallationType);
        /// Sets where it can be used.
        contexts(list InteractionContext);
        /// Sets whether it is for adults.
        nsfw(bool);
        /// Sets who handles the entry point of an activity.
        handler(EntryPointHandler);
    }
}
