use polycord_types_derive::Model;

use crate::{Timestamp, activity::Activity, gateway::OpCode, presence::Status};

/// Changes how the bot appears.
///
/// See [update presence](https://docs.discord.com/developers/events/gateway-events#update-presence).
///
/// ```
/// use polycord_types::{activity::Activity, gateway::send::UpdatePresence, presence::Status};
///
/// let presence = UpdatePresence::new(Status::Dnd);
/// assert_eq!(serde_json::to_string(&presence)?, r#"{"since":null,"activities":[],"status":"dnd","afk":false}"#);
///
/// let presence = UpdatePresence::from(Activity::listening("your commands")).status(Status::Idle);
/// assert_eq!(presence.activities.len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Model)]
pub struct UpdatePresence {
    /// Since when the bot is idle, in milliseconds of the Unix epoch.
    #[model(nullable)]
    pub since: Option<u64>,
    /// What the bot does.
    pub activities: Vec<Activity>,
    /// The status to show.
    pub status: Status,
    /// Whether the bot is away.
    pub afk: bool,
}

impl UpdatePresence {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::PresenceUpdate;

    /// Shows a status, without an activity.
    #[must_use]
    pub const fn new(status: Status) -> Self {
        Self {
            since: None,
            activities: Vec::new(),
            status,
            afk: false,
        }
    }

    /// Adds something that the bot does.
    #[must_use]
    pub fn activity(mut self, activity: Activity) -> Self {
        self.activities.push(activity);
        self
    }

    /// Says since when the bot is idle, and that it is away.
    #[must_use]
    pub fn idle_since(mut self, since: Timestamp) -> Self {
        self.since = Some(u64::try_from(since.as_millis()).unwrap_or(0));
        self.afk = true;
        self
    }

    /// Sets the status to show.
    #[must_use]
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Sets whether the bot is away. The default is `false`.
    #[must_use]
    pub const fn afk(mut self, afk: bool) -> Self {
        self.afk = afk;
        self
    }
}

impl From<Status> for UpdatePresence {
    fn from(status: Status) -> Self {
        Self::new(status)
    }
}

impl From<Activity> for UpdatePresence {
    /// Online, with one activity.
    fn from(activity: Activity) -> Self {
        Self::new(Status::Online).activity(activity)
    }
}
