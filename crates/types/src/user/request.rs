//! What users can change about themselves, and conversations to be opened.

use std::collections::BTreeMap;

use polycord_types_derive::Model;

use crate::{Secret, Text, data_uri::DataUri, id::UserId};

/// What is to change about the current user. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#modify-current-user-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyCurrentUser {
    /// The account's name. The discriminator may change with it.
    pub username: Option<Text>,
    /// The avatar.
    pub avatar: Option<Option<DataUri>>,
    /// The banner.
    pub banner: Option<Option<DataUri>>,
}

impl ModifyCurrentUser {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyCurrentUser {
        /// Sets the account's name. The discriminator may change with it.
        username(into Text);
    }
}

patch_setters! {
    impl ModifyCurrentUser {
        /// Sets the avatar.
        avatar(into DataUri);
        /// Sets the banner.
        banner(into DataUri);
    }
    clear {
        /// Removes the avatar.
        clear_avatar(avatar);
        /// Removes the banner.
        clear_banner(banner);
    }
}

/// Whom to talk to directly.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#create-dm-json-params).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateDm {
    /// The other user.
    #[model(key)]
    pub recipient_id: UserId,
}

impl CreateDm {
    /// Talks to a user.
    pub const fn new(recipient_id: UserId) -> Self {
        Self { recipient_id }
    }
}

/// A group to be made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#create-group-dm-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateGroupDm {
    /// A token of each user with the scope `gdm.join`.
    pub access_tokens: Vec<Secret>,
    /// The names of users in the group.
    pub nicks: BTreeMap<UserId, Text>,
}

impl CreateGroupDm {
    /// A group of nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a user by a token with the scope `gdm.join`.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_tokens.push(token.into());
        self
    }

    /// Sets the name of a user in the group.
    pub fn nick(mut self, user: UserId, nick: impl Into<Text>) -> Self {
        self.nicks.insert(user, nick.into());
        self
    }
}

/// What is to change about how a user is connected to an application. `None` leaves a field as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/user#update-current-user-application-role-connection-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct UpdateApplicationRoleConnection {
    /// The name of the platform that the application connects, at most 50 characters.
    pub platform_name: Option<Text>,
    /// The name of the user there, at most 100 characters.
    pub platform_username: Option<Text>,
    /// Values of the application's metadata keys, each at most 100 characters.
    pub metadata: Option<BTreeMap<Text, Text>>,
}

impl UpdateApplicationRoleConnection {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of one of the application's metadata keys, at most 100 characters.
    pub fn value(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.metadata
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }
}

setters! {
    impl UpdateApplicationRoleConnection {
        /// Sets the name of the platform, at most 50 characters.
        platform_name(into Text);
        /// Sets the name of the user there, at most 100 characters.
        platform_username(into Text);
    }
}
