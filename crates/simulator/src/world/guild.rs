//! A guild and what is in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::member::Member;
use super::objects;
use super::presence::Presence;

/// How many entries of an audit log are kept; the oldest goes first.
const AUDIT_LOG: usize = 1_000;

/// Boosts from which a guild has the next tier.
const TIERS: [u64; 3] = [2, 7, 14];

/// A guild and what is in it. Objects are kept as JSON, by id, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guild {
    /// The guild's own fields, without `roles`, `emojis` and `stickers`: [`Guild::render`] has them.
    pub(crate) object: Value,
    /// `@everyone`, whose id is the guild's, first.
    pub(crate) roles: BTreeMap<u64, Value>,
    pub(crate) channels: BTreeMap<u64, Value>,
    /// Active and archived ones, without `member` and `members`.
    pub(crate) threads: BTreeMap<u64, Value>,
    /// The thread members of each thread, by user.
    pub(crate) thread_members: BTreeMap<u64, BTreeMap<u64, Value>>,
    pub(crate) members: BTreeMap<u64, Member>,
    /// No entry is offline.
    pub(crate) presences: BTreeMap<u64, Presence>,
    /// By user, without `member`.
    pub(crate) voice_states: BTreeMap<u64, Value>,
    /// When the channels that somebody is in got so, in seconds of the Unix epoch.
    pub(crate) voice_starts: BTreeMap<u64, u64>,
    /// The statuses of voice channels.
    pub(crate) voice_statuses: BTreeMap<u64, String>,
    pub(crate) emojis: BTreeMap<u64, Value>,
    pub(crate) stickers: BTreeMap<u64, Value>,
    pub(crate) sounds: BTreeMap<u64, Value>,
    pub(crate) stage_instances: BTreeMap<u64, Value>,
    /// Without `user_count`.
    pub(crate) scheduled_events: BTreeMap<u64, Value>,
    /// Who is interested in each scheduled event.
    pub(crate) event_users: BTreeMap<u64, BTreeSet<u64>>,
    /// By user.
    pub(crate) bans: BTreeMap<u64, Value>,
    /// By code.
    pub(crate) invites: BTreeMap<String, Value>,
    /// By code, of the invites that not everybody can accept.
    pub(crate) invite_targets: BTreeMap<String, InviteTargets>,
    pub(crate) webhooks: BTreeMap<u64, Value>,
    pub(crate) integrations: BTreeMap<u64, Value>,
    pub(crate) auto_moderation: BTreeMap<u64, Value>,
    /// Oldest first.
    pub(crate) audit_log: VecDeque<Value>,
    /// By code.
    pub(crate) templates: BTreeMap<String, Value>,
    /// `null` until set.
    pub(crate) welcome_screen: Value,
    /// `null` until set.
    pub(crate) onboarding: Value,
    pub(crate) available: bool,
}

/// The users who can accept an invite.
#[derive(Clone, Debug, Default)]
pub(crate) struct InviteTargets {
    pub(crate) users: BTreeSet<u64>,
    /// Those it had before, until the new ones are read.
    pub(crate) before: BTreeSet<u64>,
    /// When the new ones were given, in Unix milliseconds.
    pub(crate) given: u64,
}

impl Guild {
    /// The guild object with its roles, emojis and stickers: what `GET /guilds/{guild_id}` and
    /// `GUILD_UPDATE` show.
    pub(crate) fn render(&self) -> Value {
        let mut guild = self.object.clone();
        for (field, objects) in [
            ("roles", &self.roles),
            ("emojis", &self.emojis),
            ("stickers", &self.stickers),
        ] {
            guild[field] = objects.values().cloned().collect();
        }
        guild
    }

    /// A channel or thread.
    pub(crate) fn channel(&self, id: u64) -> Option<&Value> {
        self.channels.get(&id).or_else(|| self.threads.get(&id))
    }

    /// A channel or thread.
    pub(crate) fn channel_mut(&mut self, id: u64) -> Option<&mut Value> {
        let found = self.channels.get_mut(&id);
        found.or_else(|| self.threads.get_mut(&id))
    }

    pub(crate) fn owner(&self) -> u64 {
        objects::snowflake(&self.object["owner_id"]).unwrap_or(0)
    }

    /// Counts the boosts of its members anew. Whether that changed their number.
    pub(crate) fn count_boosts(&mut self) -> bool {
        let boosts = self.members.values();
        let boosts = boosts.filter(|member| member.premium_since().is_some());
        let boosts = boosts.count() as u64;
        let tier = TIERS.iter().filter(|tier| boosts >= **tier).count();
        self.object["premium_tier"] = Value::from(tier);
        let before = std::mem::replace(
            &mut self.object["premium_subscription_count"],
            Value::from(boosts),
        );
        before != boosts
    }

    /// Whether a channel is a voice (2) or stage (13) channel of this guild.
    pub(crate) fn has_voice_channel(&self, id: u64) -> bool {
        let found = self.channels.get(&id);
        found.is_some_and(|channel| channel["type"] == 2 || channel["type"] == 13)
    }

    /// Keeps an entry of the audit log.
    pub(crate) fn log(&mut self, entry: Value) {
        if self.audit_log.len() == AUDIT_LOG {
            self.audit_log.pop_front();
        }
        self.audit_log.push_back(entry);
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
