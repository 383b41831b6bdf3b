//! Reactions as the cache keeps them.

use std::sync::Arc;

use polycord_types::{
    HeapSize, Text,
    emoji::Emoji,
    id::EmojiId,
    message::{Reaction, ReactionCountDetails},
};

/// How many users reacted to a message with one emoji.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedReaction {
    emoji_id: Option<EmojiId>,
    emoji_name: Option<Text>,
    animated: Option<bool>,
    me: bool,
    me_burst: bool,
    count: u32,
    burst: u32,
    normal: u32,
    burst_colors: Option<Arc<[Text]>>,
}

impl CachedReaction {
    pub(super) fn new(reaction: &Reaction) -> Self {
        let mut new = Self::none(&reaction.emoji);
        new.me = reaction.me;
        new.me_burst = reaction.me_burst;
        new.count = reaction.count;
        new.burst = reaction.count_details.burst;
        new.normal = reaction.count_details.normal;
        new.set_burst_colors(&reaction.burst_colors);
        new
    }

    /// An emoji that nobody has reacted with yet.
    pub(crate) fn none(emoji: &Emoji) -> Self {
        Self {
            emoji_id: emoji.id,
            emoji_name: emoji.name.clone(),
            animated: emoji.animated,
            me: false,
            me_burst: false,
            count: 0,
            burst: 0,
            normal: 0,
            burst_colors: None,
        }
    }

    /// Counts one more user, or one less.
    pub(crate) fn count_one(&mut self, is_more: bool, is_burst: bool, is_own: bool) {
        let step = |count: &mut u32| {
            *count = if is_more {
                count.saturating_add(1)
            } else {
                count.saturating_sub(1)
            };
        };
        step(&mut self.count);
        let (part, own) = if is_burst {
            (&mut self.burst, &mut self.me_burst)
        } else {
            (&mut self.normal, &mut self.me)
        };
        step(part);
        if is_own {
            *own = is_more;
        }
    }

    /// Whether the current user is known to be among those who reacted, or who reacted with a super reaction.
    pub(crate) const fn is_ours(&self, is_burst: bool) -> bool {
        if is_burst { self.me_burst } else { self.me }
    }

    pub(crate) fn set_burst_colors(&mut self, colors: &[Text]) {
        self.burst_colors = (!colors.is_empty()).then(|| colors.into());
    }

    /// Takes over which of the reactions are ours.
    pub(super) const fn keep_own(&mut self, known: Option<&Self>) {
        if let Some(known) = known {
            self.me = known.me;
            self.me_burst = known.me_burst;
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self.emoji_id, other.emoji_id) {
            (None, None) => self.emoji_name == other.emoji_name,
            (one, other) => one == other,
        }
    }

    /// Whether it is this emoji that was reacted with. A custom emoji is known by its id, whatever it is called by now.
    #[must_use]
    pub fn is_with(&self, emoji: &Emoji) -> bool {
        match (self.emoji_id, emoji.id) {
            (None, None) => self.emoji_name == emoji.name,
            (one, other) => one == other,
        }
    }

    /// The emoji, as far as reactions tell of it.
    #[must_use]
    pub fn emoji(&self) -> Emoji {
        Emoji {
            id: self.emoji_id,
            name: self.emoji_name.clone(),
            animated: self.animated,
            ..Emoji::default()
        }
    }

    /// Identifies the emoji, if it is a custom one.
    #[must_use]
    pub const fn emoji_id(&self) -> Option<EmojiId> {
        self.emoji_id
    }

    /// The emoji itself, or the name of a custom one unless that is deleted.
    #[must_use]
    pub fn emoji_name(&self) -> Option<&str> {
        self.emoji_name.as_deref()
    }

    /// How many there are, super reactions included.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// How many of them are super reactions.
    #[must_use]
    pub const fn burst_count(&self) -> u32 {
        self.burst
    }

    /// How many of them are not super reactions.
    #[must_use]
    pub const fn normal_count(&self) -> u32 {
        self.normal
    }

    /// Whether one of them is the current user's.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        self.me
    }

    /// Whether one of the super reactions is the current user's.
    #[must_use]
    pub const fn is_own_burst(&self) -> bool {
        self.me_burst
    }

    /// The colours of the super reactions, as `#` and six hexadecimal digits.
    #[must_use]
    pub fn burst_colors(&self) -> &[Text] {
        self.burst_colors.as_deref().unwrap_or_default()
    }

    /// The reactions as Discord sends them.
    #[must_use]
    pub fn to_reaction(&self) -> Reaction {
        Reaction {
            count: self.count,
            count_details: ReactionCountDetails {
                burst: self.burst,
                normal: self.normal,
            },
            me: self.me,
            me_burst: self.me_burst,
            emoji: self.emoji(),
            burst_colors: self.burst_colors().to_vec(),
        }
    }
}

impl HeapSize for CachedReaction {
    fn heap_size(&self) -> usize {
        self.emoji_name.heap_size() + self.burst_colors.heap_size()
    }
}
