//! Live stages, and what is sent to begin and change them.
//!
//! See [stage instances](https://docs.discord.com/developers/resources/stage-instance).

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{ChannelId, GuildId, ScheduledEventId, StageInstanceId},
};

/// A stage that is live.
///
/// See [the documentation](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object-stage-instance-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct StageInstance {
    /// Identifies the instance.
    #[model(key)]
    pub id: StageInstanceId,
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The stage channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// What it is about.
    pub topic: Text,
    /// Who may listen.
    pub privacy_level: StagePrivacyLevel,
    /// Whether it stays out of discovery.
    pub discoverable_disabled: bool,
    /// The scheduled event it belongs to.
    #[model(optional, nullable)]
    pub guild_scheduled_event_id: Option<ScheduledEventId>,
}

/// A stage to go live.
///
/// See [the documentation](https://docs.discord.com/developers/resources/stage-instance#create-stage-instance-json-params).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateStageInstance {
    /// The stage channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// What it is about, 1 to 120 characters.
    pub topic: Text,
    /// Who may listen. The default is members of the guild.
    pub privacy_level: Option<StagePrivacyLevel>,
    /// Whether `@everyone` is told. Needs `MENTION_EVERYONE`.
    pub send_start_notification: Option<bool>,
    /// The scheduled event it belongs to.
    pub guild_scheduled_event_id: Option<ScheduledEventId>,
}

impl CreateStageInstance {
    /// A stage about a topic, 1 to 120 characters.
    pub fn new(channel: ChannelId, topic: impl Into<Text>) -> Self {
        Self {
            channel_id: channel,
            topic: topic.into(),
            privacy_level: None,
            send_start_notification: None,
            guild_scheduled_event_id: None,
        }
    }
}

setters! {
    impl CreateStageInstance {
        /// Sets who may listen. The default is members of the guild.
        privacy_level(StagePrivacyLevel);
        /// Sets whether `@everyone` is told. The default is `false`.
        send_start_notification(bool);
        /// Sets the scheduled event it belongs to. The default is none.
        guild_scheduled_event_id(ScheduledEventId);
    }
}

/// What is to change in a live stage. `None` leaves a field as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/stage-instance#modify-stage-instance-json-params).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyStageInstance {
    /// Who may listen.
    pub privacy_level: Option<StagePrivacyLevel>,
}

impl ModifyStageInstance {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyStageInstance {
        /// Sets who may listen.
        privacy_level(StagePrivacyLevel);
    }
}

open_enum! {
    /// Who may listen to a stage.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object-privacy-level).
    pub enum StagePrivacyLevel: u32 {
        /// Everybody. No longer in use.
        Public = 1,
        /// Members of the guild.
        GuildOnly = 2,
    }
}
