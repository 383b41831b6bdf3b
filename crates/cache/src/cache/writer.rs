//! The steps of which every event is made. Each leaves the cache sound.

mod admission;
mod bounds;
mod channels;
mod direct;
mod due;
mod entitlements;
mod expressions;
mod gatherings;
mod guilds;
mod members;
mod messages;
mod moderation;
mod pins;
mod presences;
mod reactions;
mod read_states;
mod roles;
mod sight;
mod threads;
mod typing;
mod voice;

use std::sync::{Arc, MutexGuard};

use polycord_types::id::{ChannelId, GuildId, UserId};

pub(super) use self::messages::is_ephemeral;
use super::Inner;
use super::books::Books;
use super::cell::GuildCell;
use super::changes::{Change, Changes, Delta};
use super::data::GuildData;
use super::entry::Entry;
use super::keeper::{Keeper, Surplus, Written};
use super::kind::Kind;
use super::kinds::Kinds;
use super::rows::GuildState;
use super::slot::{Life, Moment};
use crate::tasks::flights::News;

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
    /// The kinds of which rows came, changed or went.
    touched: Kinds,
    /// How many rows of each kind came that were not there.
    newcomers: [usize; Kind::ALL.len()],
    /// Whether somebody fetches what may be heard of now.
    pub(super) is_fetching: bool,
    /// Channels of direct messages that went: what was said in them goes with them.
    abandoned: Vec<ChannelId>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(inner: &'a Inner, books: MutexGuard<'a, Books>, now: Moment) -> Self {
        Self {
            inner,
            books,
            now,
            changes: Vec::new(),
            quiet: false,
            writes: 0,
            touched: Kinds::NONE,
            newcomers: [0; Kind::ALL.len()],
            is_fetching: !inner.fetches.is_idle(now),
            abandoned: Vec::new(),
        }
    }

    /// Ends an event: what is too much goes, and subscribers are told.
    pub(super) fn finish(mut self) -> Changes {
        self.keep_bounds();
        self.inner.note_due(&self.books);
        let changes = Changes { list: self.changes };
        let afterwards = self.inner.announce(&changes);
        // Whoever is woken may apply an event on the spot.
        drop(self.books);
        if let Some(afterwards) = afterwards {
            afterwards.finish();
        }
        changes
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
        self.touch(E::KIND);
        Keeper {
            policy: *self.inner.policy(E::KIND),
            meter: self.inner.meter(E::KIND),
            order: E::order(&mut self.books),
            now: self.now,
        }
    }

    /// The hand on the rows of all users.
    pub(super) fn keeper_of_users(&mut self) -> Keeper<'_, UserId> {
        self.touch(Kind::User);
        Keeper {
            policy: *self.inner.policy(Kind::User),
            meter: self.inner.meter(Kind::User),
            order: &mut self.books.user_order,
            now: self.now,
        }
    }

    /// Notes that a kind has to be looked at for its bounds.
    pub(super) const fn touch(&mut self, kind: Kind) {
        self.touched = self.touched.with(kind);
    }

    /// Writes a row, if its kind is kept.
    pub(super) fn put<E: Entry>(&mut self, data: &mut GuildData, key: E::Key, row: E::Row) {
        if !self.is_on(E::KIND) {
            return;
        }
        self.heard::<E>(data.id, key, News::Written);
        self.writes += 1;
        let name = (data.id, key);
        let mut keeper = self.keeper::<E>();
        let (written, place) = keeper.put(E::rows_mut(data), key, name, row);
        let was_known = matches!(written, Written::Updated(_));
        let old = match written {
            Written::Same => return,
            Written::Added => None,
            Written::Updated(old) | Written::Revived(old) => Some(old),
        };
        let Some(new) = E::rows(data).at(place).map(|slot| &slot.row) else {
            return;
        };
        // What follows from it is said after it.
        let place = self.changes.len();
        if let Some(old) = &old {
            E::became(self, data.id, key, old, new);
        } else {
            self.newcomers[E::KIND as usize] += 1;
            E::came(self, data.id, key, new);
        }
        if self.quiet {
            return;
        }
        let new = E::seen(data, key, new);
        let old = old.filter(|_| was_known);
        let delta = match old.map(|old| E::shown(data, key, old)) {
            Some(old) => Delta::Updated { old, new },
            None => Delta::Added(new),
        };
        if let Some(change) = E::change(delta) {
            self.changes.insert(place, change);
        }
    }

    /// Hears what a row has in it already: its time begins anew.
    pub(super) fn hear_again<E: Entry>(&mut self, guild: GuildId, key: E::Key, life: &Life) {
        self.heard::<E>(guild, key, News::Written);
        self.writes += 1;
        self.keeper::<E>().renew(life);
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
        let guild = data.id;
        let rows = self.keeper::<E>().fill(rows, |key| (guild, key));
        *E::rows_mut(data) = rows;
        for (key, slot) in E::rows(data).iter() {
            self.heard::<E>(guild, key, News::Written);
            E::came(self, guild, key, &slot.row);
        }
        if !self.quiet {
            let rows = E::rows(data).iter();
            let shown = rows.map(|(key, slot)| E::seen(data, key, &slot.row));
            let added = shown.filter_map(|new| E::change(Delta::Added(new)));
            self.changes.extend(added);
        }
    }

    /// Takes a row out that the world has no more; gives what was readable.
    pub(super) fn take<E: Entry>(&mut self, data: &mut GuildData, key: E::Key) -> Option<E::Shown> {
        let (old, was_live) = self.keeper::<E>().take(E::rows_mut(data), key)?;
        E::went(self, data.id, key, &old);
        was_live.then(|| E::shown(data, key, old))
    }

    /// Takes a row out to make room for another.
    pub(super) fn crowd_out<E: Entry>(&mut self, data: &mut GuildData, key: E::Key) {
        let mut keeper = self.keeper::<E>();
        let row = keeper.forget(E::rows_mut(data), key, Surplus::Entries);
        if let Some(row) = row {
            // The world is as it was: nobody is told.
            self.quietly(true, |writer| E::went(writer, data.id, key, &row));
        }
    }

    /// Takes a row out and says so.
    pub(super) fn remove<E: Entry>(&mut self, data: &mut GuildData, key: E::Key) {
        self.heard::<E>(data.id, key, News::Removed);
        // What follows from it is said after it.
        let place = self.changes.len();
        if let Some(old) = self.take::<E>(data, key)
            && let Some(change) = E::change(Delta::Removed(old)).filter(|_| !self.quiet)
        {
            self.changes.insert(place, change);
        }
    }

    /// Makes the rows of a guild those of a list that is complete.
    pub(super) fn reconcile<E: Entry>(
        &mut self,
        data: &mut GuildData,
        rows: Vec<(E::Key, E::Row)>,
    ) {
        let listed: Vec<_> = rows.iter().map(|row| row.0).collect();
        self.put_all::<E>(data, rows);
        self.remove_unlisted::<E>(data, listed);
    }

    /// Removes what is not in a list that is complete.
    pub(super) fn remove_unlisted<E: Entry>(
        &mut self,
        data: &mut GuildData,
        listed: impl IntoIterator<Item = E::Key>,
    ) {
        let mut listed: Vec<_> = listed.into_iter().collect();
        listed.sort_unstable();
        let gone = E::rows(data).keys();
        let gone: Vec<_> = gone
            .filter(|key| listed.binary_search(key).is_err())
            .collect();
        for key in gone {
            self.remove::<E>(data, key);
        }
    }

    /// What is known of something, unless it has expired.
    pub(super) fn known<'d, E: Entry>(
        &self,
        data: &'d GuildData,
        key: E::Key,
    ) -> Option<&'d E::Row> {
        let slot = E::rows(data).get(key)?;
        let live = self.inner.policy(E::KIND).is_live(&slot.life, self.now);
        live.then_some(&slot.row)
    }

    /// Works on a guild that is known, or may have been there before the cache was.
    pub(super) fn in_guild<T>(
        &mut self,
        guild: GuildId,
        work: impl FnOnce(&mut Self, &mut GuildData) -> T,
    ) -> T {
        let cell = self.inner.cell(guild).unwrap_or_else(|| {
            let cell = Arc::new(GuildCell::new(
                Arc::new(GuildData::new(guild, GuildState::Cold)),
                &self.inner.contention,
            ));
            self.inner.guilds.insert(guild, &cell);
            cell
        });
        self.in_cell(&cell, work)
    }

    pub(super) fn in_cell<T>(
        &mut self,
        cell: &GuildCell,
        work: impl FnOnce(&mut Self, &mut GuildData) -> T,
    ) -> T {
        let mut live = cell.write();
        work(self, Arc::make_mut(&mut live))
    }
}
