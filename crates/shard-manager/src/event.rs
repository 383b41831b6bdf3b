//! What a manager tells.

use polycord_gateway::{SavedSession, ShardEvent, ShardId};

use crate::Error;

/// How a manager ended: the sessions that were left resumable, or why it stopped.
pub type Outcome = Result<Vec<SavedSession>, Error>;

/// Something that happened to the shards.
#[derive(Debug)]
#[non_exhaustive]
pub enum ManagerEvent {
    /// Every shard has begun or resumed its session. Told once.
    AllReady,
    /// The task behind a shard ended without a reason, as it does when it panics. Another one resumes its
    /// session, after the last event that was told; if it cannot, the session events say so.
    Restarted {
        /// The shard.
        shard: ShardId,
        /// How many times it has been restarted.
        restarts: u32,
    },
    /// Something happened to one shard: most of the time, a dispatch.
    Shard {
        /// The shard.
        shard: ShardId,
        /// What happened.
        event: ShardEvent,
    },
    /// All shards have stopped. Always the last one.
    Stopped(Outcome),
}
