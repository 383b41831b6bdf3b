//! Which events the consumer wants.

use crate::{EventName, event_names::EventNames};

/// Which events a shard hands on.
///
/// The others are counted ([`ShardStatus::skipped`](crate::ShardStatus::skipped)) and end once their header
/// has been read: nothing of them is kept, decoded or queued. The events that begin and resume a session
/// (READY and RESUMED) are handed on whatever the interest.
///
/// Intents are the first way to receive less, since what Discord does not send costs nothing at all. They
/// are coarse, though, and this is for the rest.
///
/// # Examples
///
/// ```
/// use polycord_gateway::Interest;
/// # #[cfg(feature = "discord")]
/// use polycord_types::gateway::EventKind;
///
/// # #[cfg(feature = "discord")]
/// let messages = Interest::only([EventKind::MessageCreate, EventKind::MessageUpdate]);
/// let another_dialect = Interest::only(["message.created"]);
/// assert!(another_dialect.includes("message.created"));
/// assert!(!another_dialect.includes("typing.start"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interest(Option<EventNames>);

impl Interest {
    /// Every event; the default.
    #[must_use]
    pub const fn all() -> Self {
        Self(None)
    }

    /// These events and no others: kinds of Discord, or names.
    #[must_use]
    pub fn only(events: impl IntoIterator<Item = impl Into<EventName>>) -> Self {
        Self(Some(events.into_iter().collect()))
    }

    /// Whether the event of this name is wanted.
    #[must_use]
    pub fn includes(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }
}
