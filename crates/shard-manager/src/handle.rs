//! Acting on the shards from anywhere.

use std::{sync::Arc, time::Duration};

use polycord_gateway::{Command, SendError, ShardHandle, ShardId, ShardStatus};
use tokio::{task::JoinSet, time::timeout};

use crate::fleet::Fleet;

/// Acts on the shards of a [`ShardManager`](crate::ShardManager). Cheap to clone.
#[derive(Clone, Debug)]
pub struct ManagerHandle {
    fleet: Arc<Fleet>,
}

impl ManagerHandle {
    /// The longest a shutdown takes.
    pub const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

    pub(crate) const fn new(fleet: Arc<Fleet>) -> Self {
        Self { fleet }
    }

    /// The handle of the shard with this number, if it runs here.
    #[must_use]
    pub fn shard(&self, number: u32) -> Option<ShardHandle> {
        self.fleet.handle(number)
    }

    /// The handles of all shards that run here, by number.
    #[must_use]
    pub fn shards(&self) -> Vec<ShardHandle> {
        self.fleet.handles()
    }

    /// How the shards are, by number.
    #[must_use]
    pub fn statuses(&self) -> Vec<ShardStatus> {
        self.shards().iter().map(ShardHandle::status).collect()
    }

    /// Sends a command on every shard, and gives those back that did not take it.
    ///
    /// # Errors
    /// The shards whose queue is full or that have stopped, with the reason; the others have it.
    pub fn broadcast(&self, command: &Command) -> Result<(), Vec<(ShardId, SendError)>> {
        let refused: Vec<_> = self
            .shards()
            .iter()
            .filter_map(|shard| {
                shard
                    .send(command.clone())
                    .err()
                    .map(|error| (shard.id(), error))
            })
            .collect();
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// Ends the waits of all shards that are backing off: they try again at once.
    pub fn wake(&self) {
        for shard in self.shards() {
            shard.wake();
        }
    }

    /// Stops all shards so that their sessions can be resumed, within
    /// [`SHUTDOWN_LIMIT`](Self::SHUTDOWN_LIMIT). The sessions are part of
    /// [`ManagerEvent::Stopped`](crate::ManagerEvent::Stopped).
    ///
    /// # Cancel safety
    /// A future that is dropped may leave some shards running; call it again.
    pub async fn shutdown(&self) {
        self.fleet.stopping();
        let mut ends = JoinSet::new();
        for shard in self.shards() {
            ends.spawn(async move { shard.close_resumable().await });
        }
        let all = async { while ends.join_next().await.is_some() {} };
        if timeout(Self::SHUTDOWN_LIMIT, all).await.is_err() {
            tracing::warn!(shards = ends.len(), "some shards did not stop in time");
        }
        ends.detach_all();
    }
}
