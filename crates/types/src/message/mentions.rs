//! Whom a message may mention.

use polycord_types_derive::Model;

use crate::{RoleId, UserId};

/// Whom a message may mention, whatever its text says.
///
/// The default mentions nobody: texts from others cannot ring anybody.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#allowed-mentions-object-default-settings-for-allowed-mentions).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct AllowedMentions {
    /// Kinds of mentions that are taken from the text.
    pub parse: Option<Vec<MentionType>>,
    /// Roles that may be mentioned, at most 100.
    pub roles: Option<Vec<RoleId>>,
    /// Users that may be mentioned, at most 100.
    pub users: Option<Vec<UserId>>,
    /// Whether a reply mentions the author it replies to.
    pub replied_user: Option<bool>,
}

open_enum! {
    /// A kind of mention.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#allowed-mentions-object-allowed-mention-types).
    pub enum MentionType: str {
        /// Roles.
        Roles = "roles",
        /// Users.
        Users = "users",
        /// `@everyone` and `@here`.
        Everyone = "everyone",
    }
}
