//! What users do to messages, and can take back.

use polycord_types::{
    emoji::Emoji,
    id::{MessageId, UserId},
};
use serde::{Deserialize, Serialize};

use crate::cache::toggles::Toggles;

/// What users did to messages last.
pub(in crate::cache) type Deeds = Toggles<(MessageId, UserId, Deed)>;

/// What a user did to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cache) enum Deed {
    /// Reacted.
    Reaction {
        /// Stands for the emoji.
        emoji: u32,
        is_burst: bool,
    },
    /// Voted for an answer.
    Vote(u32),
}

impl Deed {
    pub(in crate::cache) fn reaction(emoji: &Emoji, is_burst: bool) -> Self {
        let emoji = number(emoji);
        Self::Reaction { emoji, is_burst }
    }

    /// Whether it is a reaction with an emoji, or with any.
    pub(in crate::cache) fn is_reaction(self, with: Option<&Emoji>) -> bool {
        match self {
            Self::Reaction { emoji, .. } => with.is_none_or(|with| number(with) == emoji),
            Self::Vote(_) => false,
        }
    }
}

/// A number that stands for an emoji: those of two emoji are hardly ever the same. It is the same in every process, since
/// snapshots hold it.
fn number(emoji: &Emoji) -> u32 {
    let id = emoji.id.map(|id| id.get().to_be_bytes());
    let name = emoji.name.as_deref().unwrap_or_default().as_bytes();
    crc32fast::hash(id.as_ref().map_or(name, |id| &id[..]))
}
