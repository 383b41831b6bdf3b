//! A cache that outlives its process.

mod error;
mod lines;
mod load;
mod save;
mod saved;

use polycord_types::id::{ChannelId, UserId};
use serde::{Deserialize, Serialize};

pub use self::error::RestoreError;
pub use self::save::Snapshot;
pub(super) use self::saved::Saved;
use super::books::Memory;
use super::rows::{Gap, GuildState, Unseen};

/// The version of what is written: another layout has another number.
const VERSION: u32 = 2;

/// Where a session was: up to which of its events a cache was told.
///
/// It is what makes a [`Snapshot`] more than a guess: a session that is
/// [resumed](https://docs.discord.com/developers/events/gateway#resuming) at this point tells everything that happened
/// since.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionPoint {
    /// The shard, as its number and the number of shards there are.
    pub shard: (u32, u32),
    /// The session's id.
    pub session_id: String,
    /// The sequence number of the last event that the cache was told.
    pub sequence: u64,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    polycord_cache: u32,
    sessions: Vec<SessionPoint>,
    current_user: Option<UserId>,
}

/// Every line behind it, but for those that hold rows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// A guild begins, or what belongs to direct messages.
    Guild(Box<GuildLine>),
    /// The next line holds rows of a kind, of the guild that began last.
    Rows(String),
    /// The users who stay because they were written by hand, the latest last.
    ByHand(Vec<UserId>),
    /// The next line holds users.
    Users,
    /// The next line holds the current user.
    CurrentUser,
    /// There is nothing behind this line.
    End(End),
}

#[derive(Debug, Serialize, Deserialize)]
struct GuildLine {
    /// 2^64 - 1 for what belongs to direct messages.
    id: u64,
    state: GuildState,
    member_count: Option<u64>,
    /// Who is known to be a member, where no members are kept.
    crowd: Vec<UserId>,
    /// Who is known to be offline.
    offline: Vec<UserId>,
    /// What may be missing of the messages of channels.
    gaps: Vec<(ChannelId, Gap)>,
    /// The channels and threads that could be viewed once, and could not then.
    unseen: Vec<(ChannelId, Unseen)>,
    /// What was heard last.
    memory: Memory,
}

#[derive(Debug, Serialize, Deserialize)]
struct End {
    /// Of all bytes before this line.
    crc32: u32,
}
