//! The steps of which every event is made. Each leaves the cache sound.

mod bounds;
mod guilds;
mod members;

use std::sync::{Arc, MutexGuard};

use polycord_types::{
    channel::{Channel, ChannelType},
    id::{ChannelId, GuildId, RoleId},
    role::Role,
};

use super::Inner;
use super::books::Books;
use super::changes::{Change, Changes};
use super::data::{GuildCell, GuildData, Rows};
use super::entry::{Channels, Entry, Members, Roles};
use super::keeper::{Keeper, Written};
use super::kind::Kind;
use super::rows::GuildState;
use super::slot::Moment;

/// The one writer there is at a time.
pub(super) struct Writer<'a> {
    pub(super) inner: &'a Inner,
    pub(super) books: MutexGuard<'a, Books>,
    pub(super) now: Moment,
    changes: Vec<Change>,
    /// A whole guild comes or goes: one change says it.
    quiet: bool,
    /// How many rows were written: as many more are looked at for whether they expired.
    writes: usize,
    /// How many rows of each kind came that were not there.
    newcomers: [usize; Kind::ALL.len()],
}

impl<'a> Writer<'a> {
    pub(super) const fn new(inner: &'a Inner, books: MutexGuard<'a, Books>, now: Moment) -> Self {
        Self {
            inner,
            books,
            now,
            changes: Vec::new(),
            quiet: false,
            writes: 0,
            newcomers: [0; Kind::ALL.len()],
        }
    }

    /// Ends an event: what is too much goes.
    pub(super) fn finish(mut self) -> Changes {
        self.keep_bounds();
        Changes { list: self.changes }
    }

    pub(super) fn is_on(&self, kind: Kind) -> bool {
        self.inner.policy(kind).on
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

    pub(super) fn keeper<E: Entry>(&mut self) -> Keeper<'_, (GuildId, E::Key)> {
        Keeper {
            policy: *self.inner.policy(E::KIND),
            meter: self.inner.meter(E::KIND),
            order: E::order(&mut self.books),
            now: self.now,
        }
    }

    /// Writes a row, if its kind is kept.
    pub(super) fn put<E: Entry>(&mut self, data: &mut GuildData, key: E::Key, row: E::Row) {
        if !self.is_on(E::KIND) {
            return;
        }
        self.writes += 1;
        let name = (data.id, key);
        let mut keeper = self.keeper::<E>();
        let written = keeper.put(E::rows_mut(data), key, name, row);
        let old = match written {
            Written::Same => return,
            Written::Added => {
                self.newcomers[E::KIND as usize] += 1;
                E::came(self, data.id, key);
                None
            }
            Written::Updated(old) => Some(old),
        };
        if self.quiet {
            return;
        }
        let Some(new) = E::rows(data).get(key).map(|slot| slot.row.clone()) else {
            return;
        };
        let new = E::shown(data, key, new);
        let change = match old {
            Some(old) => E::updated(E::shown(data, key, old), new),
            None => E::added(new),
        };
        self.changes.extend(change);
    }

    /// Writes many rows, if their kind is kept.
    pub(super) fn put_all<E: Entry>(
        &mut self,
        data: &mut GuildData,
        mut rows: Vec<(E::Key, E::Row)>,
    ) {
        if !E::rows(data).is_empty() || !self.is_on(E::KIND) {
            for (key, row) in rows {
                self.put::<E>(data, key, row);
            }
            return;
        }
        // Into an empty table they go at once, and lie as densely as they can.
        rows.sort_by_key(|row| row.0);
        rows.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        self.writes += rows.len();
        self.newcomers[E::KIND as usize] += rows.len();
        let mut keeper = self.keeper::<E>();
        let slots = rows.into_iter().map(|(key, row)| {
            let slot = keeper.admit((data.id, key), row);
            (key, slot)
        });
        *E::rows_mut(data) = Rows::from_ordered(slots.collect());
        let keys: Vec<_> = E::rows(data).keys().collect();
        for key in keys {
            E::came(self, data.id, key);
        }
        if !self.quiet {
            let rows = E::rows(data).iter();
            let shown = rows.map(|(key, slot)| E::shown(data, key, slot.row.clone()));
            self.changes.extend(shown.filter_map(E::added));
        }
    }

    /// Takes a row out that the world has no more; gives what was readable.
    pub(super) fn take<E: Entry>(&mut self, data: &mut GuildData, key: E::Key) -> Option<E::Shown> {
        if !E::rows(data).contains(key) {
            return None;
        }
        let old = self.keeper::<E>().take(E::rows_mut(data), key);
        E::went(self, data.id, key);
        old.map(|old| E::shown(data, key, old))
    }

    /// Takes a row out and says so.
    pub(super) fn remove<E: Entry>(&mut self, data: &mut GuildData, key: E::Key) {
        // What follows from it is said after it.
        let place = self.changes.len();
        if let Some(old) = self.take::<E>(data, key)
            && let Some(change) = E::removed(old).filter(|_| !self.quiet)
        {
            self.changes.insert(place, change);
        }
    }

    /// Works on a guild that is known, or may have been there before the cache was.
    pub(super) fn in_guild<T>(
        &mut self,
        guild: GuildId,
        work: impl FnOnce(&mut Self, &mut GuildData) -> T,
    ) -> T {
        let cell = self.inner.cell(guild).unwrap_or_else(|| {
            let cell = Arc::new(GuildCell::new(GuildData::new(guild, GuildState::Cold)));
            self.inner.guilds.insert(guild, Arc::clone(&cell));
            cell
        });
        let mut live = cell.write();
        work(self, Arc::make_mut(&mut live))
    }

    // Channels

    pub(super) fn put_channel(&mut self, data: &mut GuildData, channel: &Channel) {
        let old = data.channels.get(channel.id);
        let old = old.filter(|slot| {
            self.inner
                .policy(Kind::Channel)
                .is_live(&slot.life, self.now)
        });
        let mut new = Channel {
            guild_id: Some(data.id),
            ..channel.clone()
        };
        if new.member.is_none() {
            // Only the events that make or join a thread tell who the current user is in it.
            new.member = old.and_then(|old| old.row.member.clone());
        }
        let archived = new
            .thread_metadata
            .as_ref()
            .is_some_and(|thread| thread.archived);
        if !archived {
            self.put::<Channels>(data, channel.id, Arc::new(new));
        } else if let Some(old) = self.take::<Channels>(data, channel.id) {
            let new = Arc::new(new);
            self.change(Change::ChannelUpdated { old, new });
        }
    }

    /// Removes a channel with its threads.
    pub(super) fn remove_channel(&mut self, data: &mut GuildData, id: ChannelId) {
        self.remove_channels(data, |channel| {
            channel.id == id || (channel.parent_id == Some(id) && is_thread(channel))
        });
    }

    /// Removes those of a guild's channels for which `goes` holds.
    pub(super) fn remove_channels(
        &mut self,
        data: &mut GuildData,
        goes: impl Fn(&Channel) -> bool,
    ) {
        let channels = data.channels.iter();
        let gone = channels.filter(|(_, slot)| goes(&slot.row));
        let gone: Vec<_> = gone.map(|(id, _)| id).collect();
        for id in gone {
            self.remove::<Channels>(data, id);
        }
    }

    // Roles

    pub(super) fn put_role(&mut self, data: &mut GuildData, role: &Role) {
        self.put::<Roles>(data, role.id, Arc::new(role.clone()));
    }

    /// Removes a role, also from the members who have it: Discord does not say so one by one.
    pub(super) fn remove_role(&mut self, data: &mut GuildData, id: RoleId) {
        let members = data.members.iter();
        let having: Vec<_> = members
            .filter(|(_, slot)| slot.row.roles().contains(&id))
            .map(|(user, _)| user)
            .collect();
        for user in having {
            let sets = &mut self.books.of_guild(data.id).role_sets;
            if let Some(slot) = data.members.get_mut(user) {
                let roles = slot.row.roles().iter().copied();
                let left: Vec<_> = roles.filter(|role| *role != id).collect();
                slot.row.set_roles(sets.share(&left));
                self.inner.meter(Members::KIND).counters.updates.up();
            }
        }
        self.remove::<Roles>(data, id);
    }

    /// Makes a guild's roles those of a list that is complete.
    pub(super) fn reconcile_roles(&mut self, data: &mut GuildData, roles: &[Role]) {
        let known: Vec<_> = data.roles.keys().collect();
        for role in roles {
            self.put_role(data, role);
        }
        for id in known {
            if !roles.iter().any(|role| role.id == id) {
                self.remove_role(data, id);
            }
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
