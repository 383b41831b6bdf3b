//! Holes in what was seen of a channel's messages.

use polycord_types::id::{ChannelId, MessageId};
use serde::{Deserialize, Serialize};

/// What may be missing of a channel's messages: those newer than one and not newer than another. It may be none, if all
/// that was written there is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// The last message that was seen before the gap.
    pub after: MessageId,
    /// The last message that was not seen, which may be deleted by now.
    pub until: MessageId,
}

/// What is known of the messages of a channel or a thread that the current user could view once, and then could not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unseen {
    /// The last message that was seen.
    pub(crate) after: MessageId,
    /// The channel that a thread belongs to.
    pub(crate) parent: Option<ChannelId>,
}
