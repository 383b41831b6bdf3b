use serde_json::{Value, json};

use crate::world::{Presence, Status};

/// A member of a guild of a [`World`](crate::World) as they are made: online, with no role but
/// `@everyone`.
#[derive(Debug)]
#[must_use]
pub struct MemberBuilder {
    pub(super) nick: Option<String>,
    pub(super) display_name: Option<String>,
    pub(super) roles: Vec<String>,
    pub(super) bot: bool,
    pub(super) presence: Presence,
}

impl MemberBuilder {
    pub(super) fn new() -> Self {
        Self {
            nick: None,
            display_name: None,
            roles: Vec::new(),
            bot: false,
            presence: Presence::new(Status::Online, []),
        }
    }

    /// The name in this guild. Default: none.
    pub fn nick(mut self, nick: &str) -> Self {
        self.nick = Some(nick.to_owned());
        self
    }

    /// The user's name that is shown in all guilds. Default: as the username; bots have none.
    pub fn display_name(mut self, name: &str) -> Self {
        self.display_name = Some(name.to_owned());
        self
    }

    /// Gives a role of this guild, by name; an unknown one is made.
    pub fn role(mut self, role: &str) -> Self {
        self.roles.push(role.to_owned());
        self
    }

    /// The user is another bot.
    pub fn bot(mut self) -> Self {
        self.bot = true;
        self
    }

    /// `online` (the default), `idle`, `dnd` or `offline`.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    #[track_caller]
    pub fn status(mut self, status: &str) -> Self {
        let Some(status) = Status::named(status) else {
            panic!("{status:?} is no status: use online, idle, dnd or offline")
        };
        self.presence.status = status;
        self
    }

    /// Plays something.
    pub fn playing(mut self, game: &str) -> Self {
        let activity: Value = json!({
            "name": game,
            "type": 0,
            "created_at": 1_622_505_600_000_u64,
        });
        self.presence.activities = [activity].into();
        self
    }
}
