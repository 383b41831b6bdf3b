use super::{Check, Validate, limits};
use crate::scheduled_event::{
    CreateScheduledEvent, ModifyScheduledEvent, ScheduledEventEntityType, ScheduledEventMetadata,
};

impl Validate for CreateScheduledEvent {
    fn check(&self, check: &mut Check) {
        check.inside("entity_metadata", self.entity_metadata.as_ref());
        check.chars("name", &self.name, limits::SCHEDULED_EVENT_NAME);
        let description = self.description.as_ref();
        check.chars(
            "description",
            description,
            limits::SCHEDULED_EVENT_DESCRIPTION,
        );
        match self.entity_type {
            ScheduledEventEntityType::External => {
                let metadata = self.entity_metadata.as_ref();
                if metadata.is_none_or(|metadata| metadata.location.is_none()) {
                    check.missing("entity_metadata.location", ELSEWHERE);
                }
                if self.scheduled_end_time.is_none() {
                    check.missing("scheduled_end_time", "an event elsewhere has an end");
                }
                if self.channel_id.is_some() {
                    check.not_allowed("channel_id", "an event elsewhere has none");
                }
            }
            ScheduledEventEntityType::StageInstance | ScheduledEventEntityType::Voice => {
                if self.channel_id.is_none() {
                    check.missing("channel_id", "an event on a stage or in voice has one");
                }
                if self.entity_metadata.is_some() {
                    check.not_allowed("entity_metadata", "only an event elsewhere has a place");
                }
            }
            _ => {}
        }
        if self
            .scheduled_end_time
            .is_some_and(|end| end <= self.scheduled_start_time)
        {
            check.malformed("scheduled_end_time", AFTER);
        }
    }
}

impl Validate for ModifyScheduledEvent {
    fn check(&self, check: &mut Check) {
        check.inside(
            "entity_metadata",
            self.entity_metadata.as_ref().and_then(Option::as_ref),
        );
        check.chars("name", self.name.as_ref(), limits::SCHEDULED_EVENT_NAME);
        let description = self.description.as_ref().and_then(Option::as_ref);
        check.chars(
            "description",
            description,
            limits::SCHEDULED_EVENT_DESCRIPTION,
        );
        if let (Some(start), Some(end)) = (self.scheduled_start_time, self.scheduled_end_time)
            && end <= start
        {
            check.malformed("scheduled_end_time", AFTER);
        }
    }
}

impl Validate for ScheduledEventMetadata {
    fn check(&self, check: &mut Check) {
        check.chars(
            "location",
            self.location.as_ref(),
            limits::SCHEDULED_EVENT_LOCATION,
        );
    }
}

const AFTER: &str = "an event ends after it begins";
const ELSEWHERE: &str = "an event elsewhere than on Discord has a place";
