//! Polls.
//!
//! [`Poll`] is what arrives with a message, [`CreatePoll`] is sent with one.
//!
//! See [polls](https://docs.discord.com/developers/resources/poll).

use polycord_types_derive::Model;

use crate::{Text, Timestamp, emoji::PartialEmoji, user::User};

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
/// ```
/// use polycord_types::{message::CreateMessage, poll::CreatePoll};
///
/// let poll = CreatePoll::new("Tabs or spaces?").answer("Tabs").answer_with_emoji("Spaces", "🌌").duration(48);
/// let message = CreateMessage::new("Vote!").poll(poll);
/// # assert_eq!(message.poll.map(|poll| poll.answers.len()), Some(2));
/// ```
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-create-request-object-poll-create-request-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreatePoll {
    /// The question: a text of at most 300 characters.
    pub question: PollMedia,
    /// The answers, at most ten.
    pub answers: Vec<PollAnswer>,
    /// Hours until it ends, at most 768; 24 if absent.
    pub duration: Option<u32>,
    /// Whether one may choose several answers.
    pub allow_multiselect: Option<bool>,
    /// How it is shown.
    pub layout_type: Option<PollLayout>,
}

impl CreatePoll {
    /// A poll without answers; the question has at most 300 characters.
    pub fn new(question: impl Into<Text>) -> Self {
        Self {
            question: PollMedia::text(question),
            ..Self::default()
        }
    }

    /// Adds an answer of at most 55 characters. There can be ten.
    pub fn answer(self, text: impl Into<Text>) -> Self {
        self.answer_media(PollMedia::text(text))
    }

    /// Adds an answer of at most 55 characters with an emoji. There can be ten.
    pub fn answer_with_emoji(self, text: impl Into<Text>, emoji: impl Into<PartialEmoji>) -> Self {
        self.answer_media(PollMedia::text(text).emoji(emoji))
    }

    /// Sets after how many hours it ends, at most 768. The default is 24.
    pub fn duration(mut self, hours: u32) -> Self {
        self.duration = Some(hours);
        self
    }

    /// Sets whether one may choose several answers. The default is `false`.
    pub fn allow_multiselect(mut self, allow: bool) -> Self {
        self.allow_multiselect = Some(allow);
        self
    }

    /// Sets how it is shown.
    pub fn layout_type(mut self, layout: PollLayout) -> Self {
        self.layout_type = Some(layout);
        self
    }

    fn answer_media(mut self, poll_media: PollMedia) -> Self {
        self.answers.push(PollAnswer {
            answer_id: 0,
            poll_media,
        });
        self
    }
}

/// Text and emoji of a question or an answer.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-media-object-poll-media-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PollMedia {
    /// The text: 300 characters in a question, 55 in an answer.
    pub text: Option<Text>,
    /// The emoji of an answer.
    pub emoji: Option<PartialEmoji>,
}

impl PollMedia {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<Text>) -> Self {
        Self {
            text: Some(text.into()),
            emoji: None,
        }
    }

    /// Adds an emoji.
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<PartialEmoji>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }
}

/// An answer of a poll.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#poll-answer-object-poll-answer-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct PollAnswer {
    /// The answer's number, from 1. Absent in polls to be sent.
    #[model(omit_default)]
    pub answer_id: u32,
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

/// Who voted for one answer.
///
/// See [the documentation](https://docs.discord.com/developers/resources/poll#get-answer-voters-response-body).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct AnswerVoters {
    /// The users of this page.
    pub users: Vec<User>,
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
