//! Bans: users who may not enter a guild.
//!
//! See [bans](https://docs.discord.com/developers/resources/guild#ban-object).

use polycord_types_derive::Model;

use crate::{Text, id::UserId, user::User};

/// A user who may not enter a guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#ban-object-ban-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Ban {
    /// Why.
    #[model(nullable)]
    pub reason: Option<Text>,
    /// Who.
    #[model(key)]
    pub user: User,
}

/// What happens to the messages of a user who is banned.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#create-guild-ban-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateBan {
    /// How many days back messages are deleted, 0 to 7. `delete_message_seconds` has taken its place.
    pub delete_message_days: Option<u32>,
    /// How many seconds back messages are deleted, 0 to 604,800 (7 days). The default is 0.
    pub delete_message_seconds: Option<u32>,
}

impl CreateBan {
    /// A ban that deletes no messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many seconds back messages are deleted, at most 604,800 (7 days). The default is 0.
    pub fn delete_message_seconds(mut self, seconds: u32) -> Self {
        self.delete_message_seconds = Some(seconds);
        self
    }
}

/// Many users to be banned at once.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#bulk-guild-ban-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct BulkBan {
    /// Who, at most 200.
    pub user_ids: Vec<UserId>,
    /// How many seconds back messages are deleted, 0 to 604,800 (7 days). The default is 0.
    pub delete_message_seconds: Option<u32>,
}

impl BulkBan {
    /// A ban of many that deletes no messages. There can be 200 users.
    pub fn new(users: impl IntoIterator<Item = UserId>) -> Self {
        Self {
            user_ids: users.into_iter().collect(),
            delete_message_seconds: None,
        }
    }

    /// Sets how many seconds back messages are deleted, at most 604,800 (7 days). The default is 0.
    pub fn delete_message_seconds(mut self, seconds: u32) -> Self {
        self.delete_message_seconds = Some(seconds);
        self
    }
}

/// Who of many was banned.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#bulk-guild-ban-bulk-ban-response).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct BulkBanResponse {
    /// Who was.
    pub banned_users: Vec<UserId>,
    /// Who was not: banned already, or out of reach.
    pub failed_users: Vec<UserId>,
}
