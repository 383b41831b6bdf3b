//! What exists: guilds, channels, roles, users, members, messages.

mod build;
mod generate;
pub(crate) mod objects;
mod view;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

pub use self::build::{GuildBuilder, World};
pub use self::view::{ChannelView, GuildView, MemberView, RoleView, UserView, WorldView};

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
    /// When the channels that somebody is in got so, in seconds of the Unix epoch.
    pub(crate) voice_starts: BTreeMap<u64, u64>,
    /// The statuses of voice channels.
    pub(crate) voice_statuses: BTreeMap<u64, String>,
    pub(crate) sounds: Vec<Value>,
    pub(crate) available: bool,
}

impl Guild {
    /// Whether a channel is a voice (2) or stage (13) channel of this guild.
    pub(crate) fn has_voice_channel(&self, id: u64) -> bool {
        let found = self.channels.iter().find(|channel| is(channel, id));
        found.is_some_and(|channel| channel["type"] == 2 || channel["type"] == 13)
    }

    /// After somebody moved: which channels are talked in, and since when.
    pub(crate) fn note_voice_starts(&mut self, now: u64) {
        let taken = self.voice_states.values();
        let taken = taken.filter_map(|voice| objects::snowflake(&voice["channel_id"]));
        let taken: BTreeSet<u64> = taken.collect();
        self.voice_starts
            .retain(|channel, _| taken.contains(channel));
        for channel in taken {
            self.voice_starts.entry(channel).or_insert(now);
        }
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
}

fn is(object: &Value, id: u64) -> bool {
    objects::id(object) == id
}
