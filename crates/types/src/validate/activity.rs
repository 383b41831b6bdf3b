use super::{Check, Validate, limits};
use crate::{
    activity::{Activity, ActivityType},
    gateway::send::UpdatePresence,
};

impl Validate for Activity {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, 1..=limits::ACTIVITY_TEXT);
        check.chars("details", self.details.as_ref(), limits::ACTIVITY_TEXT);
        check.chars("state", self.state.as_ref(), limits::ACTIVITY_TEXT);
        if self.kind == ActivityType::Custom && self.state.is_none() {
            check.missing("state", "it is the text of a custom status");
        }
        if self.kind == ActivityType::Streaming && self.url.is_none() {
            check.missing("url", "a stream has an address on Twitch or YouTube");
        }
        if let Some(buttons) = &self.buttons {
            check.count("buttons", buttons.len(), limits::ACTIVITY_BUTTONS);
            check.each("buttons", buttons, |check, label| {
                check.chars("", label, limits::ACTIVITY_BUTTON_LABEL);
            });
        }
    }
}

impl Validate for UpdatePresence {
    fn check(&self, check: &mut Check) {
        check.list("activities", &self.activities, usize::MAX);
    }
}
