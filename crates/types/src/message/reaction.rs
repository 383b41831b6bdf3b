//! Reactions to messages.

use polycord_types_derive::Model;

use crate::{Text, emoji::Emoji};

/// How often one emoji was given to a message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#reaction-object-reaction-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Reaction {
    /// How often in all, super reactions included.
    pub count: u32,
    /// How often of each kind.
    pub count_details: ReactionCountDetails,
    /// Whether the current user did.
    pub me: bool,
    /// Whether the current user did with a super reaction.
    pub me_burst: bool,
    /// The emoji.
    pub emoji: Emoji,
    /// Colours of super reactions, in hexadecimal.
    pub burst_colors: Vec<Text>,
}

/// How often an emoji was given, per kind of reaction.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#reaction-count-details-object-reaction-count-details-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ReactionCountDetails {
    /// Super reactions.
    pub burst: u32,
    /// Normal reactions.
    pub normal: u32,
}

open_enum! {
    /// Whether a reaction is a super reaction.
    ///
    /// See [reaction types](https://docs.discord.com/developers/resources/message#get-reactions-reaction-types).
    pub enum ReactionType: u32 {
        /// An ordinary reaction.
        Normal = 0,
        /// `BURST`: a super reaction.
        Burst = 1,
    }
}
