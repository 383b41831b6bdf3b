//! What an application knows about its users, so that guilds can give roles for it.
//!
//! See [application role connection metadata](https://docs.discord.com/developers/resources/application-role-connection-metadata).

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{Text, locale::Locale};

/// One thing that an application knows about each of its users, and how a guild's requirement compares to it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application-role-connection-metadata#application-role-connection-metadata-object-application-role-connection-metadata-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct RoleConnectionMetadata {
    /// How it compares.
    #[model(rename = "type")]
    pub kind: RoleConnectionMetadataType,
    /// Identifies it: `a` to `z`, `0` to `9` and `_`, 1 to 50 characters.
    #[model(key)]
    pub key: Text,
    /// The name, 1 to 100 characters.
    pub name: Text,
    /// The name in other languages.
    pub name_localizations: Option<BTreeMap<Locale, Text>>,
    /// What it means, 1 to 200 characters.
    pub description: Text,
    /// The description in other languages.
    pub description_localizations: Option<BTreeMap<Locale, Text>>,
}

impl RoleConnectionMetadata {
    /// Something known about users.
    #[must_use]
    pub fn new(
        kind: RoleConnectionMetadataType,
        key: impl Into<Text>,
        name: impl Into<Text>,
        description: impl Into<Text>,
    ) -> Self {
        Self {
            kind,
            key: key.into(),
            name: name.into(),
            description: description.into(),
            ..Self::default()
        }
    }

    /// Sets the name in another language.
    #[must_use]
    pub fn name_localization(mut self, locale: Locale, name: impl Into<Text>) -> Self {
        let names = self.name_localizations.get_or_insert_default();
        names.insert(locale, name.into());
        self
    }

    /// Sets the description in another language.
    #[must_use]
    pub fn description_localization(mut self, locale: Locale, text: impl Into<Text>) -> Self {
        let texts = self.description_localizations.get_or_insert_default();
        texts.insert(locale, text.into());
        self
    }
}

open_enum! {
    /// How the value of a user compares to the value that a guild asks for.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/application-role-connection-metadata#application-role-connection-metadata-object-application-role-connection-metadata-type).
    pub enum RoleConnectionMetadataType: u32 {
        /// A whole number: at most the guild's.
        IntegerLessThanOrEqual = 1,
        /// A whole number: at least the guild's.
        IntegerGreaterThanOrEqual = 2,
        /// A whole number: the guild's.
        IntegerEqual = 3,
        /// A whole number: another than the guild's.
        IntegerNotEqual = 4,
        /// A date: at least as many days ago as the guild says.
        DatetimeLessThanOrEqual = 5,
        /// A date: at most as many days ago as the guild says.
        DatetimeGreaterThanOrEqual = 6,
        /// Yes or no: as the guild says.
        BooleanEqual = 7,
        /// Yes or no: not as the guild says.
        BooleanNotEqual = 8,
    }
}
