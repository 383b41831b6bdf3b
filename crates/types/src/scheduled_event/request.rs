use polycord_types_derive::Model;

use super::{
    RecurrenceRule, ScheduledEventEntityType, ScheduledEventMetadata, ScheduledEventPrivacyLevel,
    ScheduledEventStatus,
};
use crate::{Text, Timestamp, data_uri::DataUri, id::ChannelId};

/// An event to be planned.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#create-guild-scheduled-event-json-params).
///
/// ```
/// use polycord_types::{Timestamp, scheduled_event::CreateScheduledEvent};
///
/// let start = Timestamp::from_seconds(1_800_000_000);
/// let end = Timestamp::from_seconds(1_800_003_600);
/// let event = CreateScheduledEvent::external("Meeting", "At the fountain", start, end)
///     .description("Bring cake");
/// assert_eq!(event.scheduled_end_time, Some(end));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateScheduledEvent {
    /// The stage or voice channel where it takes place.
    pub channel_id: Option<ChannelId>,
    /// More about where it takes place. Needed elsewhere than on Discord.
    pub entity_metadata: Option<ScheduledEventMetadata>,
    /// The event's name, 1 to 100 characters.
    pub name: Text,
    /// Who may see it.
    pub privacy_level: ScheduledEventPrivacyLevel,
    /// When it begins.
    pub scheduled_start_time: Timestamp,
    /// When it ends. Needed elsewhere than on Discord.
    pub scheduled_end_time: Option<Timestamp>,
    /// What it is about, 1 to 1,000 characters.
    pub description: Option<Text>,
    /// Where it takes place.
    pub entity_type: ScheduledEventEntityType,
    /// The cover image.
    pub image: Option<DataUri>,
    /// How often it comes again.
    pub recurrence_rule: Option<Box<RecurrenceRule>>,
}

impl CreateScheduledEvent {
    /// An event on a stage.
    pub fn stage(name: impl Into<Text>, channel: ChannelId, start: Timestamp) -> Self {
        Self {
            channel_id: Some(channel),
            ..Self::of(ScheduledEventEntityType::StageInstance, name, start)
        }
    }

    /// An event in a voice channel.
    pub fn voice(name: impl Into<Text>, channel: ChannelId, start: Timestamp) -> Self {
        Self {
            channel_id: Some(channel),
            ..Self::of(ScheduledEventEntityType::Voice, name, start)
        }
    }

    /// An event elsewhere than on Discord, which needs a place (1 to 100 characters) and an end.
    pub fn external(
        name: impl Into<Text>,
        location: impl Into<Text>,
        start: Timestamp,
        end: Timestamp,
    ) -> Self {
        Self {
            entity_metadata: Some(ScheduledEventMetadata {
                location: Some(location.into()),
            }),
            scheduled_end_time: Some(end),
            ..Self::of(ScheduledEventEntityType::External, name, start)
        }
    }

    fn of(kind: ScheduledEventEntityType, name: impl Into<Text>, start: Timestamp) -> Self {
        Self {
            name: name.into(),
            privacy_level: ScheduledEventPrivacyLevel::GuildOnly,
            scheduled_start_time: start,
            entity_type: kind,
            ..Self::default()
        }
    }

    /// Sets when it ends. The default is open.
    pub fn end(mut self, end: Timestamp) -> Self {
        self.scheduled_end_time = Some(end);
        self
    }

    /// Sets what it is about, 1 to 1,000 characters. The default is nothing.
    pub fn description(mut self, description: impl Into<Text>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the cover image. The default is none.
    pub fn image(mut self, image: DataUri) -> Self {
        self.image = Some(image);
        self
    }

    /// Sets how often it comes again. The default is once.
    pub fn recurrence_rule(mut self, rule: RecurrenceRule) -> Self {
        self.recurrence_rule = Some(Box::new(rule));
        self
    }
}

/// What is to change in an event. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#modify-guild-scheduled-event-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyScheduledEvent {
    /// The stage or voice channel where it takes place. Has to be `Some(None)` where that becomes `External`.
    pub channel_id: Option<Option<ChannelId>>,
    /// More about where it takes place.
    pub entity_metadata: Option<Option<ScheduledEventMetadata>>,
    /// The event's name, 1 to 100 characters.
    pub name: Option<Text>,
    /// Who may see it.
    pub privacy_level: Option<ScheduledEventPrivacyLevel>,
    /// When it begins.
    pub scheduled_start_time: Option<Timestamp>,
    /// When it ends.
    pub scheduled_end_time: Option<Timestamp>,
    /// What it is about, 1 to 1,000 characters.
    pub description: Option<Option<Text>>,
    /// Where it takes place.
    pub entity_type: Option<ScheduledEventEntityType>,
    /// Begins the event, ends it, or calls it off.
    pub status: Option<ScheduledEventStatus>,
    /// The cover image.
    pub image: Option<DataUri>,
    /// How often it comes again.
    pub recurrence_rule: Option<Option<Box<RecurrenceRule>>>,
}

impl ModifyScheduledEvent {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name, 1 to 100 characters.
    pub fn name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets what it is about, 1 to 1,000 characters; `None` removes it.
    pub fn description<'a>(mut self, description: impl Into<Option<&'a str>>) -> Self {
        self.description = Some(description.into().map(Text::from));
        self
    }

    /// Sets when it begins.
    pub fn start(mut self, start: Timestamp) -> Self {
        self.scheduled_start_time = Some(start);
        self
    }

    /// Sets when it ends.
    pub fn end(mut self, end: Timestamp) -> Self {
        self.scheduled_end_time = Some(end);
        self
    }

    /// Begins the event, ends it, or calls it off: from `Scheduled` to `Active` or `Canceled`, from `Active`
    /// to `Completed`.
    pub fn status(mut self, status: ScheduledEventStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Moves it elsewhere than on Discord, which needs a place (1 to 100 characters) and an end.
    pub fn external(mut self, location: impl Into<Text>, end: Timestamp) -> Self {
        self.entity_type = Some(ScheduledEventEntityType::External);
        self.channel_id = Some(None);
        self.entity_metadata = Some(Some(ScheduledEventMetadata {
            location: Some(location.into()),
        }));
        self.end(end)
    }

    /// Sets the cover image.
    pub fn image(mut self, image: DataUri) -> Self {
        self.image = Some(image);
        self
    }

    /// Sets how often it comes again; `None` means once.
    pub fn recurrence_rule(mut self, rule: impl Into<Option<RecurrenceRule>>) -> Self {
        self.recurrence_rule = Some(rule.into().map(Box::new));
        self
    }
}
