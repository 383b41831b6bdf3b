//! Live stages.

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
