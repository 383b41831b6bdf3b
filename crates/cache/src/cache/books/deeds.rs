//! What users do to messages, and can take back.

use std::hash::{DefaultHasher, Hash, Hasher};

use polycord_types::{
    emoji::Emoji,
    id::{MessageId, UserId},
};

use crate::cache::toggles::Toggles;

/// What users did to messages last.
pub(in crate::cache) type Deeds = Toggles<(MessageId, UserId, Deed)>;

/// What a user did to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A number that stands for an emoji: those of two emoji are hardly ever the same.
fn number(emoji: &Emoji) -> u32 {
    let mut hasher = DefaultHasher::new();
    match emoji.id {
        Some(id) => id.get().hash(&mut hasher),
        None => emoji.name.as_deref().hash(&mut hasher),
    }
    // Half of a hash is as good as the whole.
    u32::try_from(hasher.finish() >> 32).unwrap_or_default()
}
