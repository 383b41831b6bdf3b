//! Whom a message may mention.

use polycord_types_derive::Model;

use crate::id::{RoleId, UserId};

/// Whom a message may mention, whatever its text says.
///
/// [`none`](Self::none) mentions nobody: texts from others cannot ring anybody.
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

impl AllowedMentions {
    /// Nobody.
    #[must_use]
    pub fn none() -> Self {
        Self {
            parse: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Everybody of one kind whom the text names, besides those already allowed.
    #[must_use]
    pub fn parse(mut self, kind: MentionType) -> Self {
        self.parse.get_or_insert_default().push(kind);
        self
    }

    /// A user, besides those already allowed.
    #[must_use]
    pub fn user(mut self, user: UserId) -> Self {
        self.users.get_or_insert_default().push(user);
        self
    }

    /// A role, besides those already allowed.
    #[must_use]
    pub fn role(mut self, role: RoleId) -> Self {
        self.roles.get_or_insert_default().push(role);
        self
    }

    /// Sets whether a reply mentions the author it replies to.
    #[must_use]
    pub fn replied_user(mut self, mention: bool) -> Self {
        self.replied_user = Some(mention);
        self
    }
}

open_enum! {
    /// A kind of mention.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#allowed-mentions-object-allowed-mention-types).
    pub enum MentionType: str {
        /// Roles.
        RoleMentions = "roles",
        /// Users.
        UserMentions = "users",
        /// `@everyone` and `@here`.
        EveryoneMentions = "everyone",
    }
}
