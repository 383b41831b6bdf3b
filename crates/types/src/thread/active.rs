use polycord_types_derive::Model;

use super::ThreadMember;
use crate::channel::Channel;

/// The threads of a guild that are not archived.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#list-active-guild-threads-response-body).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActiveThreads {
    /// The threads that the current user can see.
    pub threads: Vec<Channel>,
    /// The current user in those of them that it joined.
    pub members: Vec<ThreadMember>,
}
