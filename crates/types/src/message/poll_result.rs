use polycord_types_derive::Model;

use super::{Embed, EmbedType};
use crate::Text;

/// The result of a poll, as the fields of the embed in the message that announces it.
///
/// [`Embed::poll_result`] reads it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#embed-fields-by-embed-type-poll-result-embed-fields).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct PollResultFields {
    /// The poll's question.
    pub poll_question_text: Text,
    /// How many votes the leading answers got, each.
    pub victor_answer_votes: Text,
    /// How many votes there were in all.
    pub total_votes: Text,
    /// The winning answer's number. Absent in a draw.
    pub victor_answer_id: Option<Text>,
    /// The winning answer's text.
    pub victor_answer_text: Option<Text>,
    /// The id of the winning answer's emoji.
    pub victor_answer_emoji_id: Option<Text>,
    /// The name of the winning answer's emoji.
    pub victor_answer_emoji_name: Option<Text>,
    /// Whether the winning answer's emoji moves.
    pub victor_answer_emoji_animated: Option<Text>,
}

impl Embed {
    /// The result of a poll, if that is what the embed shows.
    #[must_use]
    pub fn poll_result(&self) -> Option<PollResultFields> {
        if self.kind != Some(EmbedType::PollResult) {
            return None;
        }
        let mut result = PollResultFields::default();
        for field in &self.fields {
            let value = field.value.clone();
            match field.name.as_str() {
                "poll_question_text" => result.poll_question_text = value,
                "victor_answer_votes" => result.victor_answer_votes = value,
                "total_votes" => result.total_votes = value,
                "victor_answer_id" => result.victor_answer_id = Some(value),
                "victor_answer_text" => result.victor_answer_text = Some(value),
                "victor_answer_emoji_id" => result.victor_answer_emoji_id = Some(value),
                "victor_answer_emoji_name" => result.victor_answer_emoji_name = Some(value),
                "victor_answer_emoji_animated" => result.victor_answer_emoji_animated = Some(value),
                _ => {}
            }
        }
        Some(result)
    }
}
