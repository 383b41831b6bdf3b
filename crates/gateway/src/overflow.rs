//! What happens when the consumer is slower than the gateway.

use crate::{EventName, event_names::EventNames};

/// What a shard does when as many events wait for the consumer as may wait
/// ([`ShardConfig::buffer`](crate::ShardConfig::buffer)).
///
/// Heartbeats go on whatever the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overflow {
    /// Stop reading, so that the server keeps what follows. Nothing is lost while the server has
    /// patience; a consumer that is slow for long loses the connection, and resumes it.
    #[default]
    Wait,
    /// Drop the oldest event that waits of these, for each that comes in. If none of them waits, stop reading.
    /// Made by [`Self::drop_oldest`].
    DropOldest(EventNames),
}

impl Overflow {
    /// Drops the oldest event of these kinds (or names, in another dialect) for each that comes in while the
    /// buffer is full. What was dropped is counted in
    /// [`ShardStatus::dropped`](crate::ShardStatus::dropped).
    ///
    /// Choose kinds that lose their worth with time, such as typing indicators and presences. A cache that
    /// is fed by the same shard misses what was dropped.
    #[must_use]
    pub fn drop_oldest(kinds: impl IntoIterator<Item = impl Into<EventName>>) -> Self {
        Self::DropOldest(kinds.into_iter().collect())
    }

    /// Whether an event of this name may be dropped.
    pub(crate) fn may_drop(&self, name: &str) -> bool {
        match self {
            Self::Wait => false,
            Self::DropOldest(names) => names.contains(name),
        }
    }
}
