//! Members, kept small: a world may have a million.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::ids::iso8601;

/// A member as stored; [`Member::render`] makes the object. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) nick: Option<Box<str>>,
    /// Shared, as many members have the same.
    pub(crate) roles: Arc<[u64]>,
    pub(crate) joined_at: u64,
    pub(crate) deaf: bool,
    pub(crate) mute: bool,
    pub(crate) pending: bool,
    pub(crate) flags: u16,
    more: Option<Box<More>>,
}

/// What few members have.
#[derive(Clone, Debug, Default, PartialEq)]
struct More {
    premium_since: Option<u64>,
    communication_disabled_until: Option<u64>,
    /// `avatar`, `banner` and so on, by their names.
    fields: Map<String, Value>,
}

impl Member {
    pub(crate) fn new(joined_at: u64, roles: impl Into<Arc<[u64]>>) -> Self {
        Self {
            nick: None,
            roles: roles.into(),
            joined_at,
            deaf: false,
            mute: false,
            pending: false,
            flags: 0,
            more: None,
        }
    }

    /// Gives the member a role.
    pub(crate) fn add_role(&mut self, role: u64) {
        if !self.roles.contains(&role) {
            self.roles = self.roles.iter().copied().chain([role]).collect();
        }
    }

    /// Takes a role from the member.
    pub(crate) fn remove_role(&mut self, role: u64) {
        if self.roles.contains(&role) {
            let kept = self.roles.iter().copied();
            self.roles = kept.filter(|held| *held != role).collect();
        }
    }

    /// Says when the member began to boost the guild.
    pub(crate) fn set_premium_since(&mut self, at: Option<u64>) {
        if at.is_some() || self.more.is_some() {
            self.more_mut().premium_since = at;
        }
    }

    /// Times the member out, or ends a timeout.
    pub(crate) fn set_timeout(&mut self, until: Option<u64>) {
        if until.is_some() || self.more.is_some() {
            self.more_mut().communication_disabled_until = until;
        }
    }

    /// Sets a field that few have: `avatar`, `banner`, `avatar_decoration_data`, `collectibles`.
    pub(crate) fn set(&mut self, field: &str, value: Value) {
        self.more_mut().fields.insert(field.to_owned(), value);
    }

    /// Until when the member is timed out, however long ago that may be.
    pub(crate) fn timeout(&self) -> Option<u64> {
        self.more.as_ref()?.communication_disabled_until
    }

    /// Since when the member boosts the guild.
    pub(crate) fn premium_since(&self) -> Option<u64> {
        self.more.as_ref()?.premium_since
    }

    /// The member object, without `user`.
    pub(crate) fn render(&self) -> Value {
        let roles: Vec<String> = self.roles.iter().map(u64::to_string).collect();
        let mut member = json!({
            "nick": self.nick.as_deref(),
            "avatar": null,
            "banner": null,
            "roles": roles,
            "joined_at": iso8601(self.joined_at),
            "premium_since": self.premium_since().map(iso8601),
            "deaf": self.deaf,
            "mute": self.mute,
            "flags": self.flags,
            "pending": self.pending,
            "communication_disabled_until": self.timeout().map(iso8601),
            "avatar_decoration_data": null,
            "collectibles": null,
        });
        for (field, value) in self.more.iter().flat_map(|more| more.fields.iter()) {
            member[field] = value.clone();
        }
        member
    }

    fn more_mut(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}
