//! What exists: guilds, channels, roles, users, members, messages.

mod build;
mod generate;
mod guild;
mod member;
mod messages;
pub(crate) mod objects;
pub(crate) mod permissions;
mod presence;
mod user;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) use self::build::OWNER;
pub use self::build::{GuildBuilder, MemberBuilder, RoleBuilder, World};
pub(crate) use self::guild::{Guild, InviteTargets};
pub(crate) use self::member::Member;
use self::messages::Messages;
pub(crate) use self::presence::{Presence, Status};
pub(crate) use self::user::{User, Users};
pub use self::view::{
    ChannelView, EmojiView, GuildView, MemberView, RoleView, UserView, WorldView,
};
use crate::ids::Clock;

/// The state of the world. Objects are JSON in Discord's shape (those of which there are many are
/// made into it when asked for): a simulator that spoke with the models of the client under test
/// would agree with its every mistake.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorldState {
    pub(crate) application: u64,
    pub(crate) bot: u64,
    /// What times are measured by, once the simulator runs.
    pub(crate) clock: Option<Clock>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) users: Users,
    /// User and guild of every membership, so that who is in few of many guilds is found in them at once.
    memberships: BTreeSet<(u64, u64)>,
    /// Direct message channels with the bot, by channel.
    pub(crate) directs: BTreeMap<u64, Direct>,
    /// Channel or thread to guild, so that one is found without a search.
    pub(crate) channel_guild: BTreeMap<u64, u64>,
    pub(crate) messages: Messages,
    /// Who voted for which answer of the poll in a message: message, answer, users.
    pub(crate) poll_votes: BTreeMap<u64, BTreeMap<u64, BTreeSet<u64>>>,
    pub(crate) application_emojis: BTreeMap<u64, Value>,
    pub(crate) entitlements: BTreeMap<u64, Value>,
    pub(crate) skus: BTreeMap<u64, Value>,
    pub(crate) subscriptions: BTreeMap<u64, Value>,
}

/// A channel between the bot and one user.
#[derive(Clone, Debug)]
pub(crate) struct Direct {
    pub(crate) user: u64,
    pub(crate) object: Value,
}

impl WorldState {
    /// The time, in Unix milliseconds; 0 before the simulator runs.
    pub(crate) fn now_ms(&self) -> u64 {
        self.clock.map_or(0, |clock| clock.now_ms())
    }

    /// The user object.
    pub(crate) fn user(&self, id: u64) -> Option<Value> {
        self.users.get(&id).map(|user| user.render(id))
    }

    /// The user of that name.
    pub(crate) fn user_named(&self, name: &str) -> Option<u64> {
        self.users.named(name)
    }

    /// A channel of a guild, a thread, or a direct message channel.
    pub(crate) fn channel(&self, id: u64) -> Option<&Value> {
        match self.channel_guild.get(&id) {
            Some(guild) => self.guilds.get(guild)?.channel(id),
            None => self.directs.get(&id).map(|direct| &direct.object),
        }
    }

    /// As [`Self::channel`], to be changed.
    pub(crate) fn channel_mut(&mut self, id: u64) -> Option<&mut Value> {
        match self.channel_guild.get(&id) {
            Some(guild) => self.guilds.get_mut(guild)?.channel_mut(id),
            None => self.directs.get_mut(&id).map(|direct| &mut direct.object),
        }
    }

    /// Puts a channel into a guild, or in place of the one of that id.
    pub(crate) fn put_channel(&mut self, guild: u64, channel: Value) {
        let id = objects::id(&channel);
        if let Some(found) = self.guilds.get_mut(&guild) {
            self.channel_guild.insert(id, guild);
            found.channels.insert(id, channel);
        }
    }

    /// Puts a thread into a guild, or in place of the one of that id.
    pub(crate) fn put_thread(&mut self, guild: u64, thread: Value) {
        let id = objects::id(&thread);
        if let Some(found) = self.guilds.get_mut(&guild) {
            self.channel_guild.insert(id, guild);
            found.threads.insert(id, thread);
        }
    }

    /// Removes a channel or thread with its messages, and gives it back. The threads of a channel go
    /// with it.
    pub(crate) fn remove_channel(&mut self, id: u64) -> Option<Value> {
        let guild = self.channel_guild.remove(&id)?;
        self.messages.remove_channel(id);
        let found = self.guilds.get_mut(&guild)?;
        found.thread_members.remove(&id);
        if let Some(thread) = found.threads.remove(&id) {
            return Some(thread);
        }
        let below = found.threads.iter();
        let below = below.filter(|(_, it)| objects::snowflake(&it["parent_id"]) == Some(id));
        let below: Vec<u64> = below.map(|(thread, _)| *thread).collect();
        let channel = found.channels.remove(&id);
        for thread in below {
            self.remove_channel(thread);
        }
        channel
    }

    /// Removes a guild with everything in it.
    pub(crate) fn remove_guild(&mut self, id: u64) -> Option<Guild> {
        let guild = self.guilds.remove(&id)?;
        for user in guild.members.keys() {
            self.memberships.remove(&(*user, id));
        }
        for channel in guild.channels.keys().chain(guild.threads.keys()) {
            self.channel_guild.remove(channel);
            self.messages.remove_channel(*channel);
        }
        Some(guild)
    }

    /// The guild of a channel or thread.
    pub(crate) fn guild_of(&self, channel: u64) -> Option<u64> {
        self.channel_guild.get(&channel).copied()
    }

    /// The voice channel that somebody is in.
    pub(crate) fn voice_channel(&self, guild: u64, user: u64) -> Option<u64> {
        let voice = self.guilds.get(&guild)?.voice_states.get(&user)?;
        objects::snowflake(&voice["channel_id"])
    }

    /// Finds the memberships there are, for guilds that were built apart from the world.
    pub(crate) fn note_memberships(&mut self) {
        let guilds = self.guilds.iter();
        let all = guilds.flat_map(|(id, guild)| guild.members.keys().map(|user| (*user, *id)));
        self.memberships = all.collect();
    }

    /// Puts a member into a guild, or in place of the one there is; nothing without such a guild.
    pub(crate) fn add_member(&mut self, guild: u64, user: u64, member: Member) {
        if let Some(found) = self.guilds.get_mut(&guild) {
            found.members.insert(user, member);
            self.memberships.insert((user, guild));
        }
    }

    /// After a member was taken out of a guild.
    pub(crate) fn forget_membership(&mut self, guild: u64, user: u64) {
        self.memberships.remove(&(user, guild));
    }

    /// The guilds that a user is a member of.
    pub(crate) fn guilds_of(&self, user: u64) -> impl Iterator<Item = u64> + '_ {
        let all = self.memberships.range((user, 0)..=(user, u64::MAX));
        all.map(|(_, guild)| *guild)
    }

    /// The member object, without `user`.
    pub(crate) fn partial_member(&self, guild: u64, user: u64) -> Option<Value> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        Some(member.render())
    }

    /// The member object, with `user`.
    pub(crate) fn member(&self, guild: u64, user: u64) -> Option<Value> {
        let mut member = self.partial_member(guild, user)?;
        member["user"] = self.user(user)?;
        Some(member)
    }

    /// Changes a member; `None` if there is none.
    pub(crate) fn update_member<R>(
        &mut self,
        guild: u64,
        user: u64,
        change: impl FnOnce(&mut Member) -> R,
    ) -> Option<R> {
        let member = self.guilds.get_mut(&guild)?.members.get_mut(&user)?;
        Some(change(member))
    }

    /// Keeps a message, which is newer than those of its channel so far.
    pub(crate) fn keep_message(&mut self, channel: u64, message: Value) {
        self.messages.keep(channel, message);
    }

    pub(crate) fn message(&self, channel: u64, message: u64) -> Option<&Value> {
        self.messages.get(channel, message)
    }

    pub(crate) fn message_mut(&mut self, channel: u64, message: u64) -> Option<&mut Value> {
        self.messages.get_mut(channel, message)
    }

    /// A webhook, and its guild.
    pub(crate) fn webhook(&self, id: u64) -> Option<(u64, &Value)> {
        let mut guilds = self.guilds.iter();
        guilds.find_map(|(guild, found)| Some((*guild, found.webhooks.get(&id)?)))
    }

    /// An invite, and its guild.
    pub(crate) fn invite(&self, code: &str) -> Option<(u64, &Value)> {
        let mut guilds = self.guilds.iter();
        guilds.find_map(|(guild, found)| Some((*guild, found.invites.get(code)?)))
    }

    /// A template, and its guild.
    pub(crate) fn template(&self, code: &str) -> Option<(u64, &Value)> {
        let mut guilds = self.guilds.iter();
        guilds.find_map(|(guild, found)| Some((*guild, found.templates.get(code)?)))
    }
}
