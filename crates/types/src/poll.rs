//! Polls.

use polycord_types_derive::Model;

use crate::{Text, Timestamp, emoji::Emoji};

/// A question with answers to choose from.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-object-poll-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Poll {
    /// The question.
    pub question: PollMedia,
    /// The answers, at most ten.
    pub answers: Vec<PollAnswer>,
    /// When it ends.
    #[model(nullable)]
    pub expiry: Option<Timestamp>,
    /// Whether one may choose several answers.
    pub allow_multiselect: bool,
    /// How it is shown.
    pub layout_type: PollLayout,
    /// The votes. Absent means not known, not that there are none.
    pub results: Option<PollResults>,
}

/// A poll to be sent.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-create-request-object-poll-create-request-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct CreatePoll {
    /// The question: a text of at most 300 characters.
    pub question: PollMedia,
    /// The answers, at most ten.
    pub answers: PollAnswer,
    /// Hours until it ends, at most 768; 24 if absent.
    pub duration: Option<u32>,
    /// Whether one may choose several answers.
    pub allow_multiselect: Option<bool>,
    /// How it is shown.
    pub layout_type: Option<PollLayout>,
}

/// Text and emoji of a question or an answer.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-media-object-poll-media-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PollMedia {
    /// The text: 300 characters in a question, 55 in an answer.
    pub text: Option<Text>,
    /// The emoji of an answer.
    pub emoji: Option<Emoji>,
}

/// An answer of a poll.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-answer-object-poll-answer-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PollAnswer {
    /// The answer's number. Absent in polls to be sent.
    pub answer_id: Option<u32>,
    /// Text and emoji.
    pub poll_media: PollMedia,
}

/// The votes of a poll.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-results-object-poll-results-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PollResults {
    /// Whether they were counted exactly, after the end.
    pub is_finalized: bool,
    /// Votes per answer. Absent answers have none.
    pub answer_counts: Vec<PollAnswerCount>,
}

/// The votes of one answer.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-results-object-poll-answer-count-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PollAnswerCount {
    /// The answer's number.
    pub id: u32,
    /// How many votes.
    pub count: u32,
    /// Whether the current user's is among them.
    pub me_voted: bool,
}

open_enum! {
    /// How a poll is shown.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/poll#layout-type).
    pub enum PollLayout: u32 {
        /// The usual way.
        Default = 1,
    }
}
