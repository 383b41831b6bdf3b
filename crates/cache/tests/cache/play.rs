//! Events as Discord sends them, and a cache to play them to.

use std::time::Duration;

use polycord_cache::{
    Cache, CachedChannel, CachedGuild, CachedMember, CachedRole, CachedUser, Change, Delta,
    GuildState,
};
use polycord_types::gateway::Event;
use serde_json::{Value, json};

pub(crate) const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub(crate) fn id<T: TryFrom<u64>>(id: u64) -> T {
    T::try_from(id).unwrap_or_else(|_| panic!("{id} is no id"))
}

pub(crate) fn user(id: u64) -> Value {
    json!({"id": id.to_string(), "username": format!("user {id}"), "discriminator": "0",
        "global_name": null, "avatar": null})
}

pub(crate) fn member(id: u64) -> Value {
    json!({"user": user(id), "roles": [], "joined_at": "2026-01-01T00:00:00.000000+00:00",
        "deaf": false, "mute": false, "flags": 0})
}

/// What it takes to view channels, and to be told of invites, bans and rules.
const MODERATOR: u64 = 1 << 10 | 1 << 2 | 1 << 4 | 1 << 5;

/// A role that allows to view channels, and to be told what moderators are.
pub(crate) fn role(id: u64) -> Value {
    json!({"id": id.to_string(), "name": format!("role {id}"), "permissions": MODERATOR.to_string()})
}

pub(crate) fn channel(id: u64) -> Value {
    json!({"id": id.to_string(), "type": 0, "name": format!("channel {id}")})
}

pub(crate) fn thread(id: u64, parent: u64, archived: bool) -> Value {
    json!({"id": id.to_string(), "type": 11, "parent_id": parent.to_string(),
        "thread_metadata": {"archived": archived, "auto_archive_duration": 60,
            "archive_timestamp": "2026-01-01T00:00:00.000000+00:00", "locked": false}})
}

/// A guild with channels 100 and 101, roles `@everyone` and 150, and members 7 and 8; those of
/// guild N > 1 have ids of their own, but for the members.
pub(crate) fn guild(id: u64) -> Value {
    let own = (id - 1) * 1_000;
    json!({
        "id": id.to_string(), "name": format!("guild {id}"), "owner_id": "7",
        "joined_at": "2026-01-01T00:00:00.000000+00:00", "large": false, "member_count": 2,
        "roles": [role(id), role(own + 150)], "emojis": [],
        "channels": [channel(own + 100), channel(own + 101)], "threads": [],
        "members": [member(7), member(8)], "voice_states": [], "presences": [],
    })
}

pub(crate) struct Play {
    pub(crate) cache: Cache,
    pub(crate) now: Duration,
}

impl Play {
    pub(crate) const fn new(cache: Cache) -> Self {
        Self {
            cache,
            now: Duration::ZERO,
        }
    }

    #[track_caller]
    pub(crate) fn event(&mut self, name: &str, data: impl Into<Value>) -> Vec<Change> {
        let data = data.into().to_string();
        let event = Event::decode(name, &data).unwrap_or_else(|error| panic!("{error}: {data}"));
        assert!(!matches!(event, Event::Raw(_)), "{name} has a model");
        self.cache.apply(&event, self.now).into_iter().collect()
    }

    pub(crate) fn ready(&mut self, guilds: &[u64]) -> Vec<Change> {
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
                Change::CurrentUser(_) | Change::User(Delta::Added(_))
            )
        };
        changes.into_iter().filter(about_guilds).collect()
    }

    pub(crate) fn joins(&mut self, guild: u64, user: u64) -> Vec<Change> {
        let mut member = member(user);
        member["guild_id"] = json!(guild.to_string());
        self.event("GUILD_MEMBER_ADD", member)
    }

    pub(crate) fn leaves(&mut self, guild: u64, who: u64) -> Vec<Change> {
        let data = json!({"guild_id": guild.to_string(), "user": user(who)});
        self.event("GUILD_MEMBER_REMOVE", data)
    }

    pub(crate) fn state(&self, guild: u64) -> Option<GuildState> {
        self.cache.guild_state(id(guild))
    }

    pub(crate) fn guild(&self, guild: u64) -> Option<CachedGuild> {
        self.cache.guild(id(guild))
    }

    pub(crate) fn channel(&self, channel: u64) -> Option<CachedChannel> {
        self.cache.channel(id(channel))
    }

    pub(crate) fn role(&self, role: u64) -> Option<CachedRole> {
        self.cache.role(id(role))
    }

    pub(crate) fn member(&self, guild: u64, user: u64) -> Option<CachedMember> {
        self.cache.member(id(guild), id(user))
    }

    pub(crate) fn user(&self, user: u64) -> Option<CachedUser> {
        self.cache.user(id(user))
    }

    pub(crate) fn channel_ids(&self, guild: u64) -> Vec<u64> {
        let channels = self.cache.guild_channels(id(guild));
        let threads = self.cache.guild_threads(id(guild));
        channels
            .chain(threads)
            .map(|channel| channel.id.get())
            .collect()
    }

    pub(crate) fn role_ids(&self, guild: u64) -> Vec<u64> {
        self.cache
            .guild_roles(id(guild))
            .map(|role| role.id.get())
            .collect()
    }

    pub(crate) fn member_ids(&self, guild: u64) -> Vec<u64> {
        self.cache
            .guild_members(id(guild))
            .map(|member| member.user_id().get())
            .collect()
    }
}
