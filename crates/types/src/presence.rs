//! Whether users are online, and what they are doing.
//!
//! What a bot shows of itself is sent as [`UpdatePresence`](crate::gateway::send::UpdatePresence).
//!
//! See [presence](https://docs.discord.com/developers/events/gateway-events#presence-update).

use polycord_types_derive::Model;

use crate::{activity::Activity, id::GuildId, user::PartialUser};

/// Whether a user is online, where, and what they are doing.
///
/// Needs the `GUILD_PRESENCES` intent.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#presence-update-presence-update-event-fields).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Presence {
    /// The user. Only the id is certain.
    #[model(key)]
    pub user: PartialUser,
    /// The guild. Absent inside `GUILD_CREATE`, where it is the surrounding one.
    pub guild_id: Option<GuildId>,
    /// The overall status.
    #[model(omit_default)]
    pub status: Status,
    /// What the user is doing now.
    #[model(omit_default)]
    pub activities: Vec<Activity>,
    /// The status per platform.
    #[model(omit_default)]
    pub client_status: ClientStatus,
}

/// A user's status per platform. Absent means offline there.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#client-status-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ClientStatus {
    /// Status in the desktop application.
    pub desktop: Option<Status>,
    /// Status in the mobile application.
    pub mobile: Option<Status>,
    /// Status in the browser. Bots appear here.
    pub web: Option<Status>,
    /// Status in virtual reality.
    pub vr: Option<Status>,
}

open_enum! {
    /// Whether a user is online.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#update-presence-status-types).
    pub enum Status: str {
        /// Online.
        Online = "online",
        /// Does not want to be disturbed.
        Dnd = "dnd",
        /// Away.
        Idle = "idle",
        /// Shown as offline. Only ever sent.
        Invisible = "invisible",
        /// Offline.
        Offline = "offline",
    }
}
