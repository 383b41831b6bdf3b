use std::fmt::Write;

use polycord_types_derive::Model;

use crate::{Text, Timestamp, id::UserId};

/// The users who alone may accept an invite, to be replaced.
///
/// The request is a form with one file, not JSON: the field is the content of that file.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#update-target-users-form-params).
///
/// ```
/// use polycord_types::{id::UserId, invite::UpdateTargetUsers};
///
/// let update = UpdateTargetUsers::new([UserId::new(80351110224678912), UserId::new(2)]);
/// assert_eq!(update.target_users_file, "user_id\n80351110224678912\n2\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct UpdateTargetUsers {
    /// The content of the CSV file: one column of ids.
    pub target_users_file: Text,
}

impl UpdateTargetUsers {
    /// The file that names these users.
    pub fn new(users: impl IntoIterator<Item = UserId>) -> Self {
        let mut file = String::from("user_id\n");
        for user in users {
            // Writing to a string does not fail.
            let _ = writeln!(file, "{user}");
        }
        Self {
            target_users_file: file.into(),
        }
    }
}

/// How far Discord is with the file of users who may accept an invite.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#get-target-users-job-status).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct TargetUsersJob {
    /// How far it is.
    pub status: TargetUsersJobStatus,
    /// How many users the file names.
    pub total_users: u32,
    /// How many of them were read.
    pub processed_users: u32,
    /// When the file was sent.
    #[model(nullable)]
    pub created_at: Option<Timestamp>,
    /// When all of them were read.
    #[model(nullable)]
    pub completed_at: Option<Timestamp>,
    /// What failed.
    #[model(optional, nullable)]
    pub error_message: Option<Text>,
}

open_enum! {
    /// How far the reading of a file of users is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/invite#get-target-users-job-status-status-codes).
    pub enum TargetUsersJobStatus: u32 {
        /// Not said.
        Unspecified = 0,
        /// Going on.
        Processing = 1,
        /// Done.
        Completed = 2,
        /// Broken off; the job says why.
        Failed = 3,
    }
}
