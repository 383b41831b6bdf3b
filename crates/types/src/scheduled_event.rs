//! Events that guilds plan: [`ScheduledEvent`], and [`CreateScheduledEvent`] and [`ModifyScheduledEvent`] to plan them.
//!
//! See [scheduled events](https://docs.discord.com/developers/resources/guild-scheduled-event).

mod recurrence;
mod request;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Text, Timestamp,
    id::{ChannelId, GenericId, GuildId, ScheduledEventId, UserId},
    member::Member,
    user::User,
};

pub use self::{
    recurrence::{Frequency, Month, NthWeekday, RecurrenceRule, Weekday},
    request::{CreateScheduledEvent, ModifyScheduledEvent},
};

/// An event that a guild planned.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ScheduledEvent {
    /// Identifies the event.
    #[model(key)]
    pub id: ScheduledEventId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// Where it takes place. `None` if elsewhere than on Discord.
    #[model(nullable)]
    pub channel_id: Option<ChannelId>,
    /// Who planned it. `None` for events older than 25 October 2021.
    #[model(optional, nullable)]
    pub creator_id: Option<UserId>,
    /// The event's name.
    pub name: Text,
    /// What it is about.
    #[model(optional, nullable)]
    pub description: Option<Text>,
    /// When it begins.
    pub scheduled_start_time: Timestamp,
    /// When it ends. There if it is elsewhere than on Discord.
    #[model(nullable)]
    pub scheduled_end_time: Option<Timestamp>,
    /// Who may see it.
    pub privacy_level: ScheduledEventPrivacyLevel,
    /// Whether it has begun, is over, or was called off.
    pub status: ScheduledEventStatus,
    /// Where it takes place.
    pub entity_type: ScheduledEventEntityType,
    /// The stage instance that belongs to it.
    #[model(nullable)]
    pub entity_id: Option<GenericId>,
    /// More about where it takes place.
    #[model(nullable)]
    pub entity_metadata: Option<ScheduledEventMetadata>,
    /// Who planned it.
    pub creator: Option<Box<User>>,
    /// How many users are interested.
    pub user_count: Option<u32>,
    /// Hash of the cover image.
    #[model(optional, nullable)]
    pub image: Option<ImageHash>,
    /// How often it comes again.
    #[model(nullable)]
    pub recurrence_rule: Option<Box<RecurrenceRule>>,
}

/// More about where an event takes place.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-metadata).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ScheduledEventMetadata {
    /// The place, for an event elsewhere than on Discord.
    pub location: Option<Text>,
}

/// A user who is interested in an event.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-user-object-guild-scheduled-event-user-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ScheduledEventUser {
    /// The event.
    #[model(key)]
    pub guild_scheduled_event_id: ScheduledEventId,
    /// The user.
    #[model(key)]
    pub user: User,
    /// The user as the guild knows them.
    pub member: Option<Box<Member>>,
}

open_enum! {
    /// Who may see an event.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-privacy-level).
    pub enum ScheduledEventPrivacyLevel: u32 {
        /// Members of the guild.
        GuildOnly = 2,
    }
}

open_enum! {
    /// Where an event takes place.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-types).
    pub enum ScheduledEventEntityType: u32 {
        /// On a stage.
        StageInstance = 1,
        /// In a voice channel.
        Voice = 2,
        /// Elsewhere than on Discord.
        External = 3,
    }
}

open_enum! {
    /// How far an event is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status).
    pub enum ScheduledEventStatus: u32 {
        /// Planned.
        Scheduled = 1,
        /// Going on.
        Active = 2,
        /// Over.
        Completed = 3,
        /// Called off.
        Canceled = 4,
    }
}
