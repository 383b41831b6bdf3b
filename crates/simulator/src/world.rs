//! What exists: guilds, channels, roles, users, members, messages.

mod build;
mod generate;
pub(crate) mod objects;

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

pub use self::build::{GuildBuilder, World};

use polycord_types::{ChannelId, GuildId, RoleId, UserId};

/// How many messages of a channel are kept; the oldest goes first.
const KEPT_MESSAGES: usize = 1_000;

/// The state of the world. Objects are kept as JSON in Discord's shape: a simulator that spoke with
/// the models of the client under test would agree with its every mistake.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorldState {
    pub(crate) application: u64,
    pub(crate) bot: u64,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) users: BTreeMap<u64, Value>,
    /// Direct message channels with the bot, by channel.
    pub(crate) directs: BTreeMap<u64, Direct>,
    /// Channel to guild, so that a channel is found without a search.
    pub(crate) channel_guild: BTreeMap<u64, u64>,
    pub(crate) messages: BTreeMap<u64, VecDeque<Value>>,
}

/// A channel between the bot and one user.
#[derive(Clone, Debug)]
pub(crate) struct Direct {
    pub(crate) user: u64,
    pub(crate) object: Value,
}

/// A guild and what is in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guild {
    /// The guild's own fields, without `roles`.
    pub(crate) object: Value,
    pub(crate) roles: Vec<Value>,
    pub(crate) channels: Vec<Value>,
    /// Members by user, without `user`.
    pub(crate) members: BTreeMap<u64, Value>,
    /// Presences by user, without `user`; no entry is offline.
    pub(crate) presences: BTreeMap<u64, Value>,
    pub(crate) voice_states: BTreeMap<u64, Value>,
    pub(crate) available: bool,
}

impl Guild {
    pub(crate) fn name(&self) -> &str {
        self.object
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

impl WorldState {
    pub(crate) fn user(&self, id: u64) -> Option<&Value> {
        self.users.get(&id)
    }

    pub(crate) fn channel(&self, id: u64) -> Option<&Value> {
        match self.channel_guild.get(&id) {
            Some(guild) => self.guilds.get(guild)?.channels.iter().find(|c| is(c, id)),
            None => self.directs.get(&id).map(|direct| &direct.object),
        }
    }

    pub(crate) fn channel_mut(&mut self, id: u64) -> Option<&mut Value> {
        match self.channel_guild.get(&id) {
            Some(guild) => self
                .guilds
                .get_mut(guild)?
                .channels
                .iter_mut()
                .find(|c| is(c, id)),
            None => self.directs.get_mut(&id).map(|direct| &mut direct.object),
        }
    }

    pub(crate) fn guild_of(&self, channel: u64) -> Option<u64> {
        self.channel_guild.get(&channel).copied()
    }

    /// A member without `user`.
    pub(crate) fn partial_member(&self, guild: u64, user: u64) -> Option<&Value> {
        self.guilds.get(&guild)?.members.get(&user)
    }

    /// A member with `user`.
    pub(crate) fn member(&self, guild: u64, user: u64) -> Option<Value> {
        let mut member = self.partial_member(guild, user)?.clone();
        member["user"] = self.user(user)?.clone();
        Some(member)
    }

    pub(crate) fn messages_mut(&mut self, channel: u64) -> &mut VecDeque<Value> {
        self.messages.entry(channel).or_default()
    }

    pub(crate) fn keep_message(&mut self, channel: u64, message: Value) {
        let kept = self.messages.entry(channel).or_default();
        if kept.len() == KEPT_MESSAGES {
            kept.pop_front();
        }
        kept.push_back(message);
    }

    pub(crate) fn message_mut(&mut self, channel: u64, message: u64) -> Option<&mut Value> {
        self.messages
            .get_mut(&channel)?
            .iter_mut()
            .find(|m| is(m, message))
    }

    pub(crate) fn message(&self, channel: u64, message: u64) -> Option<&Value> {
        self.messages.get(&channel)?.iter().find(|m| is(m, message))
    }

    /// What tests look up by name.
    pub(crate) fn view(&self) -> WorldView {
        let name = |value: &Value| {
            value
                .get("name")
                .or_else(|| value.get("username"))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let guilds = self.guilds.iter().map(|(id, guild)| GuildView {
            id: GuildId::new(*id),
            name: guild.name().to_owned(),
            channels: guild
                .channels
                .iter()
                .map(|c| (ChannelId::new(objects::id(c)), name(c)))
                .collect(),
            roles: guild
                .roles
                .iter()
                .map(|r| (RoleId::new(objects::id(r)), name(r)))
                .collect(),
            members: guild
                .members
                .keys()
                .filter_map(|id| Some((UserId::new(*id), name(self.user(*id)?))))
                .collect(),
        });
        WorldView {
            application: polycord_types::ApplicationId::new(self.application),
            bot: UserId::new(self.bot),
            guilds: guilds.collect(),
            users: self
                .users
                .iter()
                .map(|(id, user)| (UserId::new(*id), name(user)))
                .collect(),
        }
    }
}

fn is(object: &Value, id: u64) -> bool {
    objects::id(object) == id
}

/// The world as it was when asked: ids and names.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WorldView {
    /// The application under test.
    pub application: polycord_types::ApplicationId,
    /// The user of the bot under test.
    pub bot: UserId,
    /// All guilds, by id.
    pub guilds: Vec<GuildView>,
    /// All users (the bot included), by id, with their names.
    pub users: Vec<(UserId, String)>,
}

/// One guild of a [`WorldView`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GuildView {
    /// The guild.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Its channels with their names, in the order in which they were made.
    pub channels: Vec<(ChannelId, String)>,
    /// Its roles with their names, `@everyone` first.
    pub roles: Vec<(RoleId, String)>,
    /// Its members with their user names, by id.
    pub members: Vec<(UserId, String)>,
}

impl WorldView {
    /// The guild of that name.
    #[must_use]
    pub fn guild(&self, name: &str) -> Option<&GuildView> {
        self.guilds.iter().find(|guild| guild.name == name)
    }

    /// The user of that name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<UserId> {
        self.users
            .iter()
            .find(|(_, n)| n == name)
            .map(|(id, _)| *id)
    }
}

impl GuildView {
    /// The channel of that name.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        self.channels
            .iter()
            .find(|(_, n)| n == name)
            .map(|(id, _)| *id)
    }

    /// The role of that name.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.roles
            .iter()
            .find(|(_, n)| n == name)
            .map(|(id, _)| *id)
    }

    /// The shard this guild belongs to among `total`.
    #[must_use]
    pub fn shard(&self, total: u32) -> u32 {
        objects::shard_of(self.id.get(), total)
    }
}
