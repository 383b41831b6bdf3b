use super::{Check, Validate, limits};
use crate::{
    activity::{Activity, ActivityButton, ActivityType},
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
        let buttons = self.buttons.as_deref().unwrap_or_default();
        check.list("buttons", buttons, limits::ACTIVITY_BUTTONS);
    }
}

impl Validate for ActivityButton {
    fn check(&self, check: &mut Check) {
        match self {
            Self::Label(label) => check.chars("", label, limits::ACTIVITY_BUTTON_LABEL),
            Self::Link(link) => {
                check.chars("label", &link.label, limits::ACTIVITY_BUTTON_LABEL);
                check.chars("url", &link.url, limits::ACTIVITY_BUTTON_URL);
            }
        }
    }
}

impl Validate for UpdatePresence {
    fn check(&self, check: &mut Check) {
        check.list("activities", &self.activities, usize::MAX);
    }
}
