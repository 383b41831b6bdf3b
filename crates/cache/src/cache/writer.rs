//! The steps of which every event is made. Each leaves the cache sound.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use dashmap::mapref::one::RefMut;
use polycord_types::{
    channel::{Channel, ChannelType},
    guild::Guild,
    id::{ChannelId, GuildId, RoleId, UserId},
    member::Member,
    role::Role,
    user::User,
};

use super::{
    Books, CachedGuild, CachedMember, CachedRole, CachedUser, Change, Changes, GuildIndex,
    GuildState, Inner, Kind,
};
use crate::{Removed, Store};

/// How many comings and goings of a guild's members are remembered.
const MOVES: usize = 64;

/// The one writer there is at a time.
pub(super) struct Writer<'a> {
    pub(super) inner: &'a Inner,
    pub(super) books: MutexGuard<'a, Books>,
    now: Duration,
    changes: Vec<Change>,
    /// A whole guild comes or goes: one change says it.
    quiet: bool,
}

/// What a step found.
enum Written<V> {
    Same,
    Added(Arc<V>),
    Updated(Arc<V>, Arc<V>),
}

impl<'a> Writer<'a> {
    pub(super) const fn new(inner: &'a Inner, books: MutexGuard<'a, Books>, now: Duration) -> Self {
        Self {
            inner,
            books,
            now,
            changes: Vec::new(),
            quiet: false,
        }
    }

    pub(super) fn finish(self) -> Changes {
        Changes { list: self.changes }
    }

    pub(super) fn sweep(mut self) {
        self.inner.guilds.sweep(self.now);
        self.inner.users.sweep(self.now);
        self.inner.current_user.sweep(self.now);
        self.forget_channels(self.inner.channels.sweep(self.now));
        self.forget_roles(self.inner.roles.sweep(self.now));
        self.forget_members(self.inner.members.sweep(self.now));
    }

    pub(super) fn is_on(&self, kind: Kind) -> bool {
        self.inner.config.is_on(kind)
    }

    pub(super) fn change(&mut self, change: Change) {
        if !self.quiet {
            self.changes.push(change);
        }
    }

    /// Does a part of the work whose changes are said by one change.
    pub(super) fn quietly<T>(&mut self, quiet: bool, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.quiet;
        self.quiet |= quiet;
        let result = work(self);
        self.quiet = before;
        result
    }

    // Guilds

    pub(super) fn state(&self, guild: GuildId) -> Option<GuildState> {
        self.inner.guild_index.get(&guild).map(|index| index.state)
    }

    /// The index of a guild; one not heard of before must have been there before the cache was.
    pub(super) fn index(&self, guild: GuildId) -> RefMut<'_, GuildId, GuildIndex> {
        let index = self.inner.guild_index.entry(guild);
        index.or_insert_with(|| GuildIndex::new(GuildState::Cold))
    }

    pub(super) fn set_state(&self, guild: GuildId, state: GuildState) {
        self.index(guild).state = state;
        self.refresh_guild(guild);
    }

    /// Writes a guild, and gives it as it was and as it is now.
    pub(super) fn put_guild(
        &self,
        guild: Guild,
        details: impl FnOnce(&mut CachedGuild),
    ) -> Option<(Option<Arc<CachedGuild>>, Arc<CachedGuild>)> {
        if !self.is_on(Kind::Guild) {
            return None;
        }
        let id = guild.id;
        let old = self.inner.guilds.peek(&id);
        let guild = Guild {
            roles: Vec::new(),
            ..guild
        };
        let mut new = old.as_deref().cloned().unwrap_or_else(|| CachedGuild {
            guild: Arc::new(guild.clone()),
            state: GuildState::Cold,
            joined_at: None,
            large: false,
            member_count: None,
        });
        if *new.guild != guild {
            new.guild = Arc::new(guild);
        }
        details(&mut new);
        {
            let index = self.index(id);
            new.state = index.state;
            new.member_count = index.member_count;
        }
        if let Some(old) = old.as_ref().filter(|old| ***old == new) {
            self.inner.guilds.touch(&id, self.now);
            return Some((Some(Arc::clone(old)), Arc::clone(old)));
        }
        let new = Arc::new(new);
        self.inner.guilds.insert(id, Arc::clone(&new), self.now);
        Some((old, new))
    }

    /// Takes over what the index says into the guild that readers see.
    fn refresh_guild(&self, guild: GuildId) {
        let Some(old) = self.inner.guilds.peek(&guild) else {
            return;
        };
        let (state, member_count) = {
            let index = self.index(guild);
            (index.state, index.member_count)
        };
        if (old.state, old.member_count) != (state, member_count) {
            let new = CachedGuild {
                state,
                member_count,
                ..(*old).clone()
            };
            self.inner.guilds.insert(guild, new, self.now);
        }
    }

    /// Removes a guild and everything in it.
    pub(super) fn remove_guild(&mut self, guild: GuildId) {
        // The guild first: who still finds it finds it whole.
        let old = self.inner.guilds.remove(&guild);
        let Some((_, index)) = self.inner.guild_index.remove(&guild) else {
            return;
        };
        self.quietly(true, |writer| {
            for id in &index.channels {
                writer.inner.channels.remove(id);
            }
            for id in &index.roles {
                writer.inner.roles.remove(id);
            }
            for user in &index.members {
                writer.inner.members.remove(&(guild, *user));
                writer.unshare(*user);
            }
        });
        self.change(Change::GuildRemoved { id: guild, old });
    }

    // Channels

    pub(super) fn put_channel(&mut self, guild: GuildId, channel: &Channel) {
        if !self.is_on(Kind::Channel) {
            return;
        }
        let mut new = Channel {
            guild_id: Some(guild),
            ..channel.clone()
        };
        let old = self.inner.channels.peek(&channel.id);
        if let Some(old) = &old
            && new.member.is_none()
        {
            // Only the events that make or join a thread tell who the current user is in it.
            new.member.clone_from(&old.member);
        }
        let archived = new
            .thread_metadata
            .as_ref()
            .is_some_and(|thread| thread.archived);
        if archived {
            if let Some(old) = self.take_channel(guild, channel.id) {
                self.change(Change::ChannelUpdated {
                    old,
                    new: Arc::new(new),
                });
            }
            return;
        }
        self.index(guild).channels.insert(channel.id);
        let (written, removed) = put(&self.inner.channels, channel.id, old, new, self.now);
        self.forget_channels(removed);
        match written {
            Written::Same => {}
            Written::Added(new) => self.change(Change::ChannelAdded { new }),
            Written::Updated(old, new) => self.change(Change::ChannelUpdated { old, new }),
        }
    }

    /// Removes a channel with its threads.
    pub(super) fn remove_channel(&mut self, guild: GuildId, id: ChannelId) {
        self.remove_channels(guild, |channel| {
            channel.id == id || (channel.parent_id == Some(id) && is_thread(channel))
        });
    }

    /// Removes those of a guild's channels for which `gone` holds.
    pub(super) fn remove_channels(&mut self, guild: GuildId, gone: impl Fn(&Channel) -> bool) {
        let ids: Vec<_> = self.index(guild).channels.iter().copied().collect();
        for id in ids {
            if self
                .inner
                .channels
                .peek(&id)
                .is_some_and(|channel| gone(&channel))
                && let Some(old) = self.take_channel(guild, id)
            {
                self.change(Change::ChannelRemoved { old });
            }
        }
    }

    pub(super) fn has_contents(&self, guild: GuildId) -> bool {
        let index = self.inner.guild_index.get(&guild);
        index.is_some_and(|index| {
            !(index.channels.is_empty() && index.roles.is_empty() && index.members.is_empty())
        }) || self.inner.guilds.contains(&guild)
    }

    fn take_channel(&self, guild: GuildId, id: ChannelId) -> Option<Arc<Channel>> {
        self.index(guild).channels.remove(&id);
        self.inner.channels.remove(&id)
    }

    fn forget_channels(&self, removed: Vec<Removed<ChannelId, Channel>>) {
        for gone in removed {
            if let Some(guild) = gone.value.guild_id
                && !self.inner.channels.contains(&gone.key)
                && let Some(mut index) = self.inner.guild_index.get_mut(&guild)
            {
                index.channels.remove(&gone.key);
            }
        }
    }

    // Roles

    pub(super) fn put_role(&mut self, guild: GuildId, role: &Role) {
        if !self.is_on(Kind::Role) {
            return;
        }
        let new = CachedRole {
            guild_id: guild,
            role: role.clone(),
        };
        let old = self.inner.roles.peek(&role.id);
        self.index(guild).roles.insert(role.id);
        let (written, removed) = put(&self.inner.roles, role.id, old, new, self.now);
        self.forget_roles(removed);
        match written {
            Written::Same => {}
            Written::Added(new) => self.change(Change::RoleAdded { new }),
            Written::Updated(old, new) => self.change(Change::RoleUpdated { old, new }),
        }
    }

    /// Removes a role, also from the members who have it: Discord does not say so one by one.
    pub(super) fn remove_role(&mut self, guild: GuildId, id: RoleId) {
        let users: Vec<_> = self.index(guild).members.iter().copied().collect();
        for user in users {
            let key = (guild, user);
            let Some(old) = self.inner.members.peek(&key) else {
                continue;
            };
            if old.roles().contains(&id) {
                let mut new = (*old).clone();
                new.member.roles.retain(|role| *role != id);
                let removed = self.inner.members.insert(key, new, self.now).removed;
                self.forget_members(removed);
            }
        }
        self.index(guild).roles.remove(&id);
        if let Some(old) = self.inner.roles.remove(&id) {
            self.change(Change::RoleRemoved { old });
        }
    }

    /// Makes a guild's roles those of a list that is complete.
    pub(super) fn reconcile_roles(&mut self, guild: GuildId, roles: &[Role]) {
        for role in roles {
            self.put_role(guild, role);
        }
        let kept: HashSet<_> = roles.iter().map(|role| role.id).collect();
        let known: Vec<_> = self.index(guild).roles.iter().copied().collect();
        for id in known.into_iter().filter(|id| !kept.contains(id)) {
            self.remove_role(guild, id);
        }
    }

    fn forget_roles(&self, removed: Vec<Removed<RoleId, CachedRole>>) {
        for gone in removed {
            if !self.inner.roles.contains(&gone.key)
                && let Some(mut index) = self.inner.guild_index.get_mut(&gone.value.guild_id)
            {
                index.roles.remove(&gone.key);
            }
        }
    }

    // Members and users

    /// Writes a member and, if it is told, the user.
    pub(super) fn put_member(
        &mut self,
        guild: GuildId,
        user: UserId,
        told: Option<&User>,
        write: impl FnOnce(&mut Member),
    ) {
        if !self.is_on(Kind::Member) && !self.is_on(Kind::User) {
            return;
        }
        if self.index(guild).members.insert(user) {
            *self.books.shared_guilds.entry(user).or_default() += 1;
        }
        if let Some(told) = told {
            self.put_user(told);
        }
        if !self.is_on(Kind::Member) {
            return;
        }
        let key = (guild, user);
        let old = self.inner.members.peek(&key);
        let mut member = old
            .as_deref()
            .map(|old| old.member.clone())
            .unwrap_or_default();
        write(&mut member);
        (member.user, member.permissions) = (None, None);
        let new = CachedMember {
            guild_id: guild,
            user_id: user,
            member,
        };
        let (written, removed) = put(&self.inner.members, key, old, new, self.now);
        self.forget_members(removed);
        match written {
            Written::Same => {}
            Written::Added(new) => self.change(Change::MemberAdded { new }),
            Written::Updated(old, new) => self.change(Change::MemberUpdated { old, new }),
        }
    }

    /// Forgets a member, who left if `left`, and the user with the last guild shared.
    pub(super) fn remove_member(&mut self, guild: GuildId, user: UserId, left: bool) {
        let known = {
            let mut index = self.index(guild);
            index.heard_of.remove(&user);
            index.members.remove(&user)
        };
        if known {
            let old = self.inner.members.remove(&(guild, user));
            self.quietly(!left, |writer| {
                if let Some(old) = old {
                    writer.change(Change::MemberRemoved { old });
                }
                writer.unshare(user);
            });
        }
    }

    /// Counts a member who came or went, unless that is known already.
    pub(super) fn count_move(&mut self, guild: GuildId, user: UserId, came: bool) {
        {
            let mut index = self.index(guild);
            let seen = index.moves.iter().position(|(who, _)| *who == user);
            let last = seen
                .and_then(|place| index.moves.remove(place))
                .map(|(_, came)| came);
            if index.moves.len() == MOVES {
                index.moves.pop_front();
            }
            index.moves.push_back((user, came));
            let heard_of = index.heard_of.remove(&user);
            let counted = index.members.contains(&user) && !heard_of;
            if last == Some(came) || (came && counted) {
                return;
            }
            index.member_count = index.member_count.map(|count| {
                if came {
                    count.saturating_add(1)
                } else {
                    count.saturating_sub(1)
                }
            });
        }
        self.refresh_guild(guild);
    }

    /// Remembers that a user, if not known to be a member, is heard of by what they do. Discord may
    /// tell that before it tells that they joined, and only the latter counts.
    pub(super) fn hear_of(&self, guild: GuildId, user: UserId) {
        if self.is_on(Kind::Member) || self.is_on(Kind::User) {
            let mut index = self.index(guild);
            if !index.members.contains(&user) {
                index.heard_of.insert(user);
            }
        }
    }

    /// Whether the last that was heard of a user in a guild is that they left.
    pub(super) fn has_left(&self, guild: GuildId, user: UserId) -> bool {
        self.index(guild)
            .moves
            .iter()
            .any(|seen| *seen == (user, false))
    }

    /// Writes a user if a shared guild or the session needs it.
    pub(super) fn put_user(&mut self, user: &User) {
        let current = self.books.current_user == Some(user.id);
        let needed = current || self.books.shared_guilds.contains_key(&user.id);
        if !needed || !self.is_on(Kind::User) {
            return;
        }
        let old = self.inner.users.peek(&user.id);
        let new = CachedUser { user: user.clone() };
        match put(&self.inner.users, user.id, old, new, self.now).0 {
            Written::Same => {}
            Written::Added(new) => self.change(Change::UserAdded { new }),
            Written::Updated(old, new) => self.change(Change::UserUpdated { old, new }),
        }
    }

    pub(super) fn put_current_user(&mut self, user: &User) {
        self.books.current_user = Some(user.id);
        if self.is_on(Kind::CurrentUser) {
            let old = self.inner.current_user.peek(&());
            let new = CachedUser { user: user.clone() };
            match put(&self.inner.current_user, (), old, new, self.now).0 {
                Written::Same => {}
                Written::Added(new) => self.change(Change::CurrentUserUpdated { old: None, new }),
                Written::Updated(old, new) => {
                    self.change(Change::CurrentUserUpdated {
                        old: Some(old),
                        new,
                    });
                }
            }
        }
        self.put_user(user);
    }

    /// One guild less is shared with a user.
    fn unshare(&mut self, user: UserId) {
        if let Some(shared) = self.books.shared_guilds.get_mut(&user) {
            *shared -= 1;
            if *shared > 0 {
                return;
            }
            self.books.shared_guilds.remove(&user);
        }
        if self.books.current_user != Some(user)
            && let Some(old) = self.inner.users.remove(&user)
        {
            self.change(Change::UserRemoved { old });
        }
    }

    /// Follows members out of the cache; they are in their guilds all the same.
    fn forget_members(&mut self, removed: Vec<Removed<(GuildId, UserId), CachedMember>>) {
        for gone in removed {
            if !self.inner.members.contains(&gone.key) {
                self.remove_member(gone.key.0, gone.key.1, false);
            }
        }
    }
}

/// Writes a value unless it is there already, and tells which and what had to leave.
fn put<K: Copy + Eq + Hash, V: PartialEq>(
    store: &Store<K, V>,
    key: K,
    old: Option<Arc<V>>,
    new: V,
    now: Duration,
) -> (Written<V>, Vec<Removed<K, V>>) {
    match old {
        Some(old) if *old == new => {
            store.touch(&key, now);
            (Written::Same, Vec::new())
        }
        old => {
            let new = Arc::new(new);
            let removed = store.insert(key, Arc::clone(&new), now).removed;
            let written = match old {
                Some(old) => Written::Updated(old, new),
                None => Written::Added(new),
            };
            (written, removed)
        }
    }
}

/// Whether a channel is a thread.
pub(super) const fn is_thread(channel: &Channel) -> bool {
    matches!(
        channel.kind,
        ChannelType::AnnouncementThread | ChannelType::PublicThread | ChannelType::PrivateThread
    )
}
