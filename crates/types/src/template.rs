//! Templates: snapshots of guilds, from which others are made.
//!
//! See [guild templates](https://docs.discord.com/developers/resources/guild-template).

mod snapshot;

use polycord_types_derive::Model;

use crate::{
    Text, Timestamp,
    id::{GuildId, UserId},
    user::User,
};

pub use self::snapshot::{GuildSnapshot, SnapshotChannel, SnapshotOverwrite, SnapshotRole};

/// A snapshot of a guild, from which others are made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#guild-template-object-guild-template-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Template {
    /// Identifies the template.
    #[model(key)]
    pub code: Text,
    /// The template's name.
    pub name: Text,
    /// What it is for.
    #[model(nullable)]
    pub description: Option<Text>,
    /// How many guilds were made from it.
    pub usage_count: u32,
    /// Who made it.
    #[model(always)]
    pub creator_id: Option<UserId>,
    /// Who made it.
    #[model(nullable)]
    pub creator: Option<Box<User>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the snapshot was taken.
    pub updated_at: Timestamp,
    /// The guild it was made from.
    #[model(always)]
    pub source_guild_id: Option<GuildId>,
    /// The snapshot.
    pub serialized_source_guild: Box<GuildSnapshot>,
    /// Whether the guild has changed since.
    #[model(nullable)]
    pub is_dirty: Option<bool>,
}

/// A template to be made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#create-guild-template-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateTemplate {
    /// The template's name, 1 to 100 characters.
    pub name: Text,
    /// What it is for, at most 120 characters.
    #[model(optional, nullable)]
    pub description: Option<Text>,
}

impl CreateTemplate {
    /// A template with a name, 1 to 100 characters.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            description: None,
        }
    }
}

setters! {
    impl CreateTemplate {
        /// Sets what it is for, at most 120 characters. The default is nothing.
        description(into Text);
    }
}

/// What is to change in a template. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-template#modify-guild-template-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyTemplate {
    /// The template's name, 1 to 100 characters.
    pub name: Option<Text>,
    /// What it is for, at most 120 characters.
    pub description: Option<Option<Text>>,
}

impl ModifyTemplate {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyTemplate {
        /// Sets the name, 1 to 100 characters.
        name(into Text);
    }
}

patch_setters! {
    impl ModifyTemplate {
        /// Sets what it is for, at most 120 characters.
        description(into Text);
    }
    clear {
        /// Removes what it is for.
        clear_description(description);
    }
}
