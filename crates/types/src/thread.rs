//! Threads: what only they have, and the requests that begin and change them.
//!
//! A thread itself is a [`Channel`].
//!
//! See [threads](https://docs.discord.com/developers/topics/threads).

mod active;
mod request;

use polycord_types_derive::Model;

use crate::{
    Timestamp,
    channel::Channel,
    id::{ChannelId, UserId},
    member::Member,
};

pub use self::{
    active::ActiveThreads,
    request::{
        ForumThreadMessage, ModifyThread, StartForumThread, StartThread, StartThreadFromMessage,
    },
};

/// What only threads have.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#thread-metadata-object-thread-metadata-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ThreadMetadata {
    /// Whether it is archived.
    pub archived: bool,
    /// Minutes without activity until it leaves the channel list.
    pub auto_archive_duration: ThreadAutoArchiveDuration,
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

/// Archived threads of a channel: the public ones, the private ones, or those that the current user joined.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#list-public-archived-threads-response-body).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ArchivedThreads {
    /// The threads, by when they were archived, newest first.
    pub threads: Vec<Channel>,
    /// The current user in those of them that it joined.
    pub members: Vec<ThreadMember>,
    /// Whether there may be more.
    pub has_more: bool,
}

open_enum! {
    /// Minutes without activity until a thread leaves the channel list.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#thread-metadata-object-thread-metadata-structure).
    pub enum ThreadAutoArchiveDuration: u32 {
        /// An hour.
        OneHour = 60,
        /// A day.
        OneDay = 1440,
        /// Three days.
        ThreeDays = 4320,
        /// A week.
        OneWeek = 10_080,
    }
}
