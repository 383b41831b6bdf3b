//! What each event means for the cache.

use std::collections::HashSet;

use polycord_types::gateway::EventKind;
use polycord_types::{
    gateway::{
        Event,
        payload::{GuildCreate, GuildDelete, GuildMemberUpdate, Ready, ThreadListSync},
    },
    guild::Guild,
    id::{ChannelId, GuildId},
    member::{Member, PartialMember},
    user::User,
};

use super::writer::{Writer, is_thread};
use super::{Arrival, Cache, Change, GuildIndex, GuildState, Kind};

/// How many guilds that were left are remembered.
const LEFT: usize = 256;

impl Cache {
    /// Whether an event of this kind can tell a cache with this configuration anything. One that
    /// nothing else needs either need not be decoded.
    #[must_use]
    pub fn wants(&self, kind: EventKind) -> bool {
        use EventKind as E;
        let on = |kinds: &[Kind]| kinds.iter().any(|kind| self.is_enabled(*kind));
        match kind {
            E::Ready | E::GuildCreate | E::GuildUpdate | E::GuildDelete => true,
            E::GuildEmojisUpdate | E::GuildStickersUpdate => on(&[Kind::Guild]),
            E::ChannelCreate
            | E::ChannelUpdate
            | E::ChannelDelete
            | E::ThreadCreate
            | E::ThreadUpdate
            | E::ThreadDelete
            | E::ThreadListSync => on(&[Kind::Channel]),
            E::GuildRoleCreate | E::GuildRoleUpdate => on(&[Kind::Role]),
            E::GuildRoleDelete => on(&[Kind::Role, Kind::Member]),
            E::GuildMemberAdd | E::GuildMemberRemove => {
                on(&[Kind::Guild, Kind::Member, Kind::User])
            }
            E::GuildMemberUpdate
            | E::GuildMembersChunk
            | E::MessageCreate
            | E::InteractionCreate => on(&[Kind::Member, Kind::User]),
            E::UserUpdate => on(&[Kind::User, Kind::CurrentUser]),
            _ => false,
        }
    }
}

impl Writer<'_> {
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Ready(ready) => self.ready(ready),
            Event::GuildCreate(event) => self.guild_create(event),
            Event::GuildDelete(event) => self.guild_delete(event),
            Event::UserUpdate(user) => self.put_current_user(user),
            _ => {
                // A late event of a guild that was left must not bring it back.
                if let Some(guild) = event.guild_id()
                    && self.is_ours(guild)
                {
                    self.guild_event(guild, event);
                }
            }
        }
    }

    fn guild_event(&mut self, guild: GuildId, event: &Event) {
        match event {
            Event::GuildUpdate(event) => self.guild_update(guild, event),
            Event::GuildEmojisUpdate(event) => {
                self.guild_part(guild, |guild| guild.emojis.clone_from(&event.emojis));
            }
            Event::GuildStickersUpdate(event) => {
                self.guild_part(guild, |guild| guild.stickers = Some(event.stickers.clone()));
            }
            Event::ChannelCreate(channel)
            | Event::ChannelUpdate(channel)
            | Event::ThreadUpdate(channel) => self.put_channel(guild, channel),
            Event::ChannelDelete(channel) => self.remove_channel(guild, channel.id),
            Event::ThreadCreate(thread) => self.put_channel(guild, thread),
            Event::ThreadDelete(thread) => self.remove_channel(guild, thread.id),
            Event::ThreadListSync(event) => self.thread_list_sync(guild, event),
            Event::GuildRoleCreate(event) => self.put_role(guild, &event.role),
            Event::GuildRoleUpdate(event) => self.put_role(guild, &event.role),
            Event::GuildRoleDelete(event) => self.remove_role(guild, event.role_id),
            Event::GuildMemberAdd(event) => {
                if let Some(user) = &event.user {
                    self.count_move(guild, user.id, true);
                    self.whole_member(guild, user, event);
                }
            }
            Event::GuildMemberUpdate(event) => self.member_update(guild, event),
            Event::GuildMemberRemove(event) => {
                self.count_move(guild, event.user.id, false);
                self.remove_member(guild, event.user.id, true);
            }
            Event::GuildMembersChunk(event) => {
                for member in &event.members {
                    if let Some(user) = &member.user {
                        self.whole_member(guild, user, member);
                    }
                }
            }
            Event::MessageCreate(event) => {
                if let Some(member) = &event.member
                    && event.webhook_id.is_none()
                    && !self.has_left(guild, event.author.id)
                {
                    self.hear_of(guild, event.author.id);
                    self.put_member(guild, event.author.id, Some(&event.author), |known| {
                        merge(known, member);
                    });
                }
            }
            // An application that a user installed hears of guilds that its bot is not in.
            Event::InteractionCreate(event) if self.state(guild).is_some() => {
                if let Some(member) = &event.member
                    && let Some(user) = &member.user
                    && !self.has_left(guild, user.id)
                {
                    self.hear_of(guild, user.id);
                    self.whole_member(guild, user, member);
                }
            }
            _ => {}
        }
    }

    /// A new session: what is known of its guilds is old until their `GUILD_CREATE` comes, and those
    /// that are not named any more were left meanwhile.
    fn ready(&mut self, ready: &Ready) {
        self.put_current_user(&ready.user);
        let shard = ready
            .shard
            .map_or((0, 1), |[number, total]| (number, total.max(1)));
        self.books.shards.retain(|(_, total)| *total == shard.1);
        self.books.shards.insert(shard);

        let named: HashSet<_> = ready.guilds.iter().map(|guild| guild.id).collect();
        for guild in &named {
            self.books.left.retain(|left| left != guild);
            if self.has_contents(*guild) {
                self.set_state(*guild, GuildState::Cold);
            } else {
                let index = GuildIndex::new(GuildState::Pending);
                self.inner.guild_index.insert(*guild, index);
            }
        }
        let known: Vec<_> = self
            .inner
            .guild_index
            .iter()
            .map(|index| *index.key())
            .collect();
        for guild in known {
            if !named.contains(&guild) && shard_of(guild, shard.1) == shard.0 {
                self.leave(guild);
            }
        }
    }

    /// The whole of a guild: what is known and not in it is gone.
    fn guild_create(&mut self, event: &GuildCreate) {
        let id = event.id;
        if event.unavailable == Some(true) {
            self.outage(id);
            return;
        }
        self.books.left.retain(|left| *left != id);
        let before = self.state(id);
        let known = self.inner.guilds.contains(&id);
        let unheard = matches!(before, None | Some(GuildState::Pending));
        let arrives = self.is_on(Kind::Guild) && !known && before != Some(GuildState::Available);

        {
            let mut index = self.index(id);
            index.heard_of.clear();
            index.moves.clear();
            index.member_count = Some(event.member_count);
        }
        // Contents first, so that who finds the guild finds it whole.
        self.quietly(unheard || arrives, |writer| writer.reconcile(id, event));
        self.index(id).state = GuildState::Available;
        let written = self.put_guild(event.guild.clone(), |guild| {
            guild.joined_at = Some(event.joined_at);
            guild.large = event.large;
        });
        let Some((old, new)) = written else { return };
        match (before, old) {
            (Some(GuildState::Unavailable), old) => {
                self.change(Change::GuildAvailable { old, new });
            }
            (_, Some(old)) => {
                if old.model() != new.model() || old.state() != new.state() {
                    self.change(Change::GuildUpdated { old, new });
                }
            }
            (Some(GuildState::Available), None) => {}
            (before, None) => {
                let arrival = match (before, self.saw_ready_of(id)) {
                    (Some(GuildState::Pending), _) | (Some(_), true) => Arrival::Startup,
                    (None, true) => Arrival::Joined,
                    (_, false) => Arrival::Unclear,
                };
                self.change(Change::GuildAdded { new, arrival });
            }
        }
    }

    fn reconcile(&mut self, id: GuildId, event: &GuildCreate) {
        self.reconcile_roles(id, &event.roles);

        let mut channels = HashSet::new();
        for channel in event.channels.iter().chain(&event.threads) {
            channels.insert(channel.id);
            self.put_channel(id, channel);
        }
        self.remove_channels(id, |channel| !channels.contains(&channel.id));

        let mut members = HashSet::new();
        for member in &event.members {
            if let Some(user) = &member.user {
                members.insert(user.id);
                self.whole_member(id, user, member);
            }
        }
        // A large guild names only some of its members. The others may have left meanwhile: they
        // are forgotten rather than kept as ghosts, but nobody says that they left.
        let complete = members.len() as u64 >= event.member_count;
        let known: Vec<_> = self.index(id).members.iter().copied().collect();
        for user in known.into_iter().filter(|user| !members.contains(user)) {
            self.remove_member(id, user, complete);
        }
    }

    fn guild_update(&mut self, id: GuildId, event: &Guild) {
        // `@everyone` is in every complete list.
        if !event.roles.is_empty() {
            self.reconcile_roles(id, &event.roles);
        }
        self.index(id);
        if let Some((old, new)) = self.put_guild(event.clone(), |_| {}) {
            match old {
                Some(old) if old == new => {}
                Some(old) => self.change(Change::GuildUpdated { old, new }),
                None => self.change(Change::GuildAdded {
                    new,
                    arrival: Arrival::Unclear,
                }),
            }
        }
    }

    fn guild_part(&mut self, id: GuildId, write: impl FnOnce(&mut Guild)) {
        let Some(guild) = self.inner.guilds.peek(&id) else {
            return;
        };
        let mut guild = guild.model().clone();
        write(&mut guild);
        if let Some((Some(old), new)) = self.put_guild(guild, |_| {})
            && old != new
        {
            self.change(Change::GuildUpdated { old, new });
        }
    }

    fn guild_delete(&mut self, event: &GuildDelete) {
        if event.unavailable == Some(true) {
            self.outage(event.id);
        } else {
            self.leave(event.id);
        }
    }

    fn outage(&mut self, id: GuildId) {
        if self.state(id) != Some(GuildState::Unavailable) && !self.books.left.contains(&id) {
            self.set_state(id, GuildState::Unavailable);
            let guild = self.inner.guilds.peek(&id);
            self.change(Change::GuildUnavailable { id, guild });
        }
    }

    fn leave(&mut self, id: GuildId) {
        if self.books.left.len() == LEFT {
            self.books.left.pop_front();
        }
        self.books.left.retain(|left| *left != id);
        self.books.left.push_back(id);
        self.remove_guild(id);
    }

    fn thread_list_sync(&mut self, guild: GuildId, event: &ThreadListSync) {
        let listed: HashSet<ChannelId> = event.threads.iter().map(|thread| thread.id).collect();
        for thread in &event.threads {
            self.put_channel(guild, thread);
        }
        self.remove_channels(guild, |channel| {
            let synced = event.channel_ids.as_ref().is_none_or(|parents| {
                channel
                    .parent_id
                    .is_some_and(|parent| parents.contains(&parent))
            });
            is_thread(channel) && synced && !listed.contains(&channel.id)
        });
    }

    fn whole_member(&mut self, guild: GuildId, user: &User, member: &Member) {
        self.put_member(guild, user.id, Some(user), |known| *known = member.clone());
    }

    fn member_update(&mut self, guild: GuildId, event: &GuildMemberUpdate) {
        self.put_member(guild, event.user.id, Some(&event.user), |known| {
            known.roles.clone_from(&event.roles);
            known.nick.clone_from(&event.nick);
            known.avatar.clone_from(&event.avatar);
            known.banner.clone_from(&event.banner);
            known.joined_at = event.joined_at.or(known.joined_at);
            known.premium_since = event.premium_since;
            known.deaf = event.deaf.unwrap_or(known.deaf);
            known.mute = event.mute.unwrap_or(known.mute);
            known.pending = event.pending.or(known.pending);
            known.communication_disabled_until = event.communication_disabled_until;
            known
                .avatar_decoration_data
                .clone_from(&event.avatar_decoration_data);
            known.collectibles.clone_from(&event.collectibles);
        });
    }

    /// Whether events of a guild are to be believed: it is known, or it may have been there before
    /// this cache was.
    fn is_ours(&self, guild: GuildId) -> bool {
        self.inner.guild_index.contains_key(&guild)
            || (!self.saw_ready_of(guild) && !self.books.left.contains(&guild))
    }

    fn saw_ready_of(&self, guild: GuildId) -> bool {
        self.books
            .shards
            .iter()
            .any(|(number, total)| shard_of(guild, *total) == *number)
    }
}

/// Takes over what a partial member tells.
fn merge(known: &mut Member, told: &PartialMember) {
    known.roles.clone_from(&told.roles);
    known.nick.clone_from(&told.nick);
    known.avatar.clone_from(&told.avatar);
    known.banner = told.banner.clone().or_else(|| known.banner.take());
    known.joined_at = told.joined_at.or(known.joined_at);
    known.premium_since = told.premium_since;
    known.deaf = told.deaf.unwrap_or(known.deaf);
    known.mute = told.mute.unwrap_or(known.mute);
    known.flags = told.flags.unwrap_or(known.flags);
    known.pending = told.pending.or(known.pending);
    known.communication_disabled_until = told.communication_disabled_until;
}

/// The shard that Discord sends a guild's events to.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway#sharding).
fn shard_of(guild: GuildId, total: u32) -> u32 {
    // The remainder of a division by a `u32` is one.
    u32::try_from((guild.get() >> 22) % u64::from(total)).unwrap_or_default()
}
