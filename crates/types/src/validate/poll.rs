use super::{Check, Validate, limits};
use crate::poll::{CreatePoll, PollAnswer};

impl Validate for CreatePoll {
    fn check(&self, check: &mut Check) {
        check.at("question", |check| {
            match &self.question.text {
                Some(text) => check.chars("text", text, limits::POLL_QUESTION),
                None => check.missing("text", "a poll needs a question"),
            }
            if self.question.emoji.is_some() {
                check.not_allowed("emoji", "a question is text only");
            }
        });
        check.list("answers", &self.answers, limits::POLL_ANSWERS);
        check.number("duration", self.duration, limits::POLL_DURATION);
    }
}

impl Validate for PollAnswer {
    fn check(&self, check: &mut Check) {
        check.at("poll_media", |check| match &self.poll_media.text {
            Some(text) => check.chars("text", text, limits::POLL_ANSWER),
            None if self.poll_media.emoji.is_none() => {
                check.missing("text", "an answer needs a text or an emoji");
            }
            None => {}
        });
    }
}
