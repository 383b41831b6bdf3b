use polycord_types_derive::Model;

use crate::{
    Text,
    id::{ApplicationId, ChannelId, GenericId, GuildId, UserId},
};

/// A session of an embedded activity that is going on.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-instance-object).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ActivityInstance {
    /// The application.
    #[model(key)]
    pub application_id: ApplicationId,
    /// Identifies the session.
    #[model(key)]
    pub instance_id: Text,
    /// Identifies its launch.
    #[model(always)]
    pub launch_id: Option<GenericId>,
    /// Where it runs.
    pub location: ActivityLocation,
    /// Who takes part.
    pub users: Vec<UserId>,
}

/// Where an embedded activity runs.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActivityLocation {
    /// Identifies the place.
    pub id: Text,
    /// What kind of place.
    pub kind: ActivityLocationKind,
    /// The channel.
    #[model(always)]
    pub channel_id: Option<ChannelId>,
    /// The guild.
    #[model(optional, nullable)]
    pub guild_id: Option<GuildId>,
}

open_enum! {
    /// What kind of place an embedded activity runs in.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-kind-enum).
    pub enum ActivityLocationKind: str {
        /// A channel of a guild.
        Gc = "gc",
        /// A private channel: a direct message, or a group.
        Pc = "pc",
    }
}
