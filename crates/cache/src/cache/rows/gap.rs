//! Holes in what is cached of a channel's messages.

use polycord_types::id::MessageId;

/// What may be missing of a channel's messages: those newer than one and not newer than another. It may be none, if all
/// that was written there is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The last message that was seen before the gap.
    pub after: MessageId,
    /// The last message that was not seen, which may be deleted by now.
    pub until: MessageId,
}
