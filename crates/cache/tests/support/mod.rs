//! Events as Discord sends them, and a cache to play them to.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use std::sync::Arc;
use std::time::Duration;

use polycord_cache::{
    Cache, CachedGuild, CachedMember, CachedRole, CachedUser, Change, GuildState,
};
use polycord_types::{Channel, Event};
use serde_json::{Value, json};

pub const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub fn id<T: TryFrom<u64>>(id: u64) -> T {
    T::try_from(id).unwrap_or_else(|_| panic!("{id} is no id"))
}

pub fn user(id: u64) -> Value {
    json!({"id": id.to_string(), "username": format!("user {id}"), "discriminator": "0",
        "global_name": null, "avatar": null})
}

pub fn member(id: u64) -> Value {
    json!({"user": user(id), "roles": [], "joined_at": "2026-01-01T00:00:00.000000+00:00",
        "deaf": false, "mute": false, "flags": 0})
}

pub fn role(id: u64) -> Value {
    json!({"id": id.to_string(), "name": format!("role {id}"), "permissions": "0"})
}

pub fn channel(id: u64) -> Value {
    json!({"id": id.to_string(), "type": 0, "name": format!("channel {id}")})
}

pub fn thread(id: u64, parent: u64, archived: bool) -> Value {
    json!({"id": id.to_string(), "type": 11, "parent_id": parent.to_string(),
        "thread_metadata": {"archived": archived, "auto_archive_duration": 60,
            "archive_timestamp": "2026-01-01T00:00:00.000000+00:00", "locked": false}})
}

/// A guild with channels 100 and 101, roles `@everyone` and 150, and members 7 and 8; those of
/// guild N > 1 have ids of their own, but for the members.
pub fn guild(id: u64) -> Value {
    let own = (id - 1) * 1_000;
    json!({
        "id": id.to_string(), "name": format!("guild {id}"), "owner_id": "7",
        "joined_at": "2026-01-01T00:00:00.000000+00:00", "large": false, "member_count": 2,
        "roles": [role(id), role(own + 150)], "emojis": [],
        "channels": [channel(own + 100), channel(own + 101)], "threads": [],
        "members": [member(7), member(8)], "voice_states": [], "presences": [],
    })
}

pub struct Play {
    pub cache: Cache,
    pub now: Duration,
}

impl Play {
    pub const fn new(cache: Cache) -> Self {
        Self {
            cache,
            now: Duration::ZERO,
        }
    }

    #[track_caller]
    pub fn event(&mut self, name: &str, data: impl Into<Value>) -> Vec<Change> {
        let data = data.into().to_string();
        let event = Event::decode(name, &data).unwrap_or_else(|error| panic!("{error}: {data}"));
        assert!(!matches!(event, Event::Raw(_)), "{name} has a model");
        self.cache.apply(&event, self.now).into_iter().collect()
    }

    pub fn ready(&mut self, guilds: &[u64]) -> Vec<Change> {
        let guilds: Vec<_> = guilds
            .iter()
            .map(|id| json!({"id": id.to_string(), "unavailable": true}))
            .collect();
        let changes = self.event(
            "READY",
            json!({"v": 10, "user": user(99), "guilds": guilds, "session_id": "s",
                "resume_gateway_url": "wss://gateway.invalid"}),
        );
        let about_guilds = |change: &Change| {
            !matches!(
                change,
                Change::CurrentUserUpdated { .. } | Change::UserAdded { .. }
            )
        };
        changes.into_iter().filter(about_guilds).collect()
    }

    pub fn joins(&mut self, guild: u64, user: u64) -> Vec<Change> {
        let mut member = member(user);
        member["guild_id"] = json!(guild.to_string());
        self.event("GUILD_MEMBER_ADD", member)
    }

    pub fn leaves(&mut self, guild: u64, who: u64) -> Vec<Change> {
        let data = json!({"guild_id": guild.to_string(), "user": user(who)});
        self.event("GUILD_MEMBER_REMOVE", data)
    }

    pub fn state(&self, guild: u64) -> Option<GuildState> {
        self.cache.guild_state(id(guild))
    }

    pub fn guild(&self, guild: u64) -> Option<Arc<CachedGuild>> {
        self.cache.guild(id(guild))
    }

    pub fn channel(&self, channel: u64) -> Option<Arc<Channel>> {
        self.cache.channel(id(channel))
    }

    pub fn role(&self, role: u64) -> Option<Arc<CachedRole>> {
        self.cache.role(id(role))
    }

    pub fn member(&self, guild: u64, user: u64) -> Option<Arc<CachedMember>> {
        self.cache.member(id(guild), id(user))
    }

    pub fn user(&self, user: u64) -> Option<Arc<CachedUser>> {
        self.cache.user(id(user))
    }

    pub fn channel_ids(&self, guild: u64) -> Vec<u64> {
        self.cache
            .guild_channels(id(guild))
            .iter()
            .map(|channel| channel.id.get())
            .collect()
    }

    pub fn role_ids(&self, guild: u64) -> Vec<u64> {
        self.cache
            .guild_roles(id(guild))
            .iter()
            .map(|role| role.id.get())
            .collect()
    }

    pub fn member_ids(&self, guild: u64) -> Vec<u64> {
        self.cache
            .guild_members(id(guild))
            .iter()
            .map(|member| member.user_id().get())
            .collect()
    }
}
