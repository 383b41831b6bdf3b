use std::collections::BTreeMap;

use polycord_types_derive::Model;

use super::CommandValue;
use crate::{Text, locale::Locale};

/// A value that can be given for an option.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
///
/// ```
/// use polycord_types::{application_command::CommandChoice, locale::Locale};
///
/// let choice = CommandChoice::new("Cat", "animal_cat").name_localization(Locale::German, "Katze");
/// assert_eq!(CommandChoice::from(("Dog", 2)).name, "Dog");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CommandChoice {
    /// What the user sees, 1 to 100 characters.
    pub name: Text,
    /// The name in other languages.
    #[model(optional, nullable)]
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What the application gets: a text of at most 100 characters, or a number, as the option has it.
    pub value: CommandValue,
}

impl CommandChoice {
    /// A value, and what the user sees of it.
    pub fn new(name: impl Into<Text>, value: impl Into<CommandValue>) -> Self {
        Self {
            name: name.into(),
            name_localizations: None,
            value: value.into(),
        }
    }

    /// Sets the name in another language.
    pub fn name_localization(mut self, locale: Locale, name: impl Into<Text>) -> Self {
        let names = self.name_localizations.get_or_insert_default();
        names.insert(locale, name.into());
        self
    }
}

impl<N: Into<Text>, V: Into<CommandValue>> From<(N, V)> for CommandChoice {
    fn from((name, value): (N, V)) -> Self {
        Self::new(name, value)
    }
}
