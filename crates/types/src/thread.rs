//! What only threads have.

mod active;

use polycord_types_derive::Model;

use crate::{
    Timestamp,
    id::{ChannelId, UserId},
    member::Member,
};

pub use self::active::ActiveThreads;

/// What only threads have.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#thread-metadata-object-thread-metadata-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ThreadMetadata {
    /// Whether it is archived.
    pub archived: bool,
    /// Minutes without activity until it leaves the channel list: 60, 1440, 4320 or 10080.
    pub auto_archive_duration: u32,
    /// When it was archived or brought back last; what its age is counted from.
    #[model(nullable)]
    pub archive_timestamp: Option<Timestamp>,
    /// Whether only moderators can bring it back.
    pub locked: bool,
    /// Whether everybody in a private thread may add others.
    pub invitable: Option<bool>,
    /// When it was begun. Only for threads younger than 9 January 2022.
    #[model(optional, nullable)]
    pub create_timestamp: Option<Timestamp>,
}

/// A user in a thread.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#thread-member-object-thread-member-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ThreadMember {
    /// The thread. Absent inside `GUILD_CREATE`.
    pub id: Option<ChannelId>,
    /// The user. Absent inside `GUILD_CREATE`.
    pub user_id: Option<UserId>,
    /// When the user joined the thread.
    pub join_timestamp: Timestamp,
    /// The user's settings in the thread; of use to clients only.
    pub flags: u32,
    /// The user as the guild knows them. Only where asked for.
    pub member: Option<Box<Member>>,
}
