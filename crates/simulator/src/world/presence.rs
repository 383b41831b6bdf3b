//! Who is there, and what they do.

use std::sync::Arc;

use serde_json::{Map, Value, json};

/// A presence as stored; [`Presence::render`] makes the object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Presence {
    pub(crate) status: Status,
    /// Shared, as many do the same.
    pub(crate) activities: Arc<[Value]>,
    pub(crate) desktop: bool,
    pub(crate) mobile: bool,
    pub(crate) web: bool,
}

/// A status as others see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Online,
    Idle,
    Dnd,
    /// Invisible ones, too.
    Offline,
}

impl Status {
    /// A status by its name; `None` if there is none of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "online" => Self::Online,
            "idle" => Self::Idle,
            "dnd" => Self::Dnd,
            "offline" | "invisible" => Self::Offline,
            _ => return None,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Idle => "idle",
            Self::Dnd => "dnd",
            Self::Offline => "offline",
        }
    }
}

impl Presence {
    /// Somebody at a desktop.
    pub(crate) fn new(status: Status, activities: impl Into<Arc<[Value]>>) -> Self {
        Self {
            status,
            activities: activities.into(),
            desktop: true,
            mobile: false,
            web: false,
        }
    }

    /// The presence object of a member of a guild.
    pub(crate) fn render(&self, guild: u64, user: u64) -> Value {
        json!({
            "user": { "id": user.to_string() },
            "guild_id": guild.to_string(),
            "status": self.status.name(),
            "activities": &*self.activities,
            "client_status": self.client_status(),
        })
    }

    fn client_status(&self) -> Map<String, Value> {
        let clients = [
            ("desktop", self.desktop),
            ("mobile", self.mobile),
            ("web", self.web),
        ];
        let here = self.status != Status::Offline;
        let used = clients.into_iter().filter(|(_, used)| here && *used);
        used.map(|(client, _)| (client.to_owned(), Value::from(self.status.name())))
            .collect()
    }
}
