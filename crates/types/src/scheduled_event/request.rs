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

    /// Sets how often it comes again. The default is once.
    pub fn recurrence_rule(mut self, rule: RecurrenceRule) -> Self {
        self.recurrence_rule = Some(Box::new(rule));
        self
    }
}

setters! {
    impl CreateScheduledEvent {
        /// Sets when it ends. The default is open.
        scheduled_end_time(Timestamp);
        /// Sets what it is about, 1 to 1,000 characters. The default is nothing.
        description(into Text);
        /// Sets the cover image. The default is none.
        image(into DataUri);
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

    /// Moves it elsewhere than on Discord, which needs a place (1 to 100 characters) and an end.
    pub fn external(self, location: impl Into<Text>, end: Timestamp) -> Self {
        self.clear_channel_id()
            .entity_type(ScheduledEventEntityType::External)
            .entity_metadata(ScheduledEventMetadata {
                location: Some(location.into()),
            })
            .scheduled_end_time(end)
    }

    /// Sets how often it comes again.
    pub fn recurrence_rule(mut self, rule: RecurrenceRule) -> Self {
        self.recurrence_rule = Some(Some(Box::new(rule)));
        self
    }
}

setters! {
    impl ModifyScheduledEvent {
        /// Sets the name, 1 to 100 characters.
        name(into Text);
        /// Sets who may see it.
        privacy_level(ScheduledEventPrivacyLevel);
        /// Sets when it begins.
        scheduled_start_time(Timestamp);
        /// Sets when it ends.
        scheduled_end_time(Timestamp);
        /// Sets where it takes place.
        entity_type(ScheduledEventEntityType);
        /// Begins the event, ends it, or calls it off: from `Scheduled` to `Active` or `Canceled`,
        /// from `Active` to `Completed`.
        status(ScheduledEventStatus);
        /// Sets the cover image.
        image(into DataUri);
    }
}

patch_setters! {
    impl ModifyScheduledEvent {
        /// Sets the stage or voice channel where it takes place.
        channel_id(ChannelId);
        /// Sets more about where it takes place.
        entity_metadata(ScheduledEventMetadata);
        /// Sets what it is about, 1 to 1,000 characters.
        description(into Text);
    }
    clear {
        /// Takes it out of its channel.
        clear_channel_id(channel_id);
        /// Removes its place.
        clear_entity_metadata(entity_metadata);
        /// Removes what it is about.
        clear_description(description);
        /// Lets it not come again.
        clear_recurrence_rule(recurrence_rule);
    }
}
