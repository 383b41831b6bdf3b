//! Guilds as a whole.

use std::sync::Arc;

use polycord_types::{guild::Guild, id::GuildId};

use super::Writer;
use crate::cache::cell::GuildCell;
use crate::cache::changes::Change;
use crate::cache::data::GuildData;
use crate::cache::entry::{Entry, Guilds};
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedGuild, Facts, GuildState};
use crate::cache::tables::{ForEach, for_each};
use crate::tasks::flights::News;

impl Writer<'_> {
    /// What readers see of a guild now.
    pub(in crate::cache) fn shown_guild(&self, data: &GuildData) -> Option<CachedGuild> {
        let slot = data.tables.facts.get(())?;
        let live = self.inner.policy(Kind::Guild).is_live(&slot.life, self.now);
        live.then(|| data.shown(Arc::clone(&slot.row)))
    }

    /// Writes what an event tells of a guild itself.
    pub(in crate::cache) fn put_facts(
        &mut self,
        data: &mut GuildData,
        guild: &Guild,
        details: impl FnOnce(&mut Facts),
    ) {
        let known = self.shown_guild(data);
        let mut facts = Facts {
            guild: Guild {
                roles: Vec::new(),
                emojis: Vec::new(),
                stickers: None,
                ..guild.clone()
            },
            joined_at: known.as_ref().and_then(CachedGuild::joined_at),
            large: known.as_ref().is_some_and(CachedGuild::is_large),
        };
        if let Some(known) = &known {
            keep_what_is_rarely_told(&mut facts.guild, known.model());
        }
        details(&mut facts);
        let facts = match known {
            Some(known) if *known.facts == facts => known.facts,
            _ => Arc::new(facts),
        };
        self.put::<Guilds>(data, (), facts);
    }

    /// Works on a whole guild without a moment in which readers see half of it.
    pub(in crate::cache) fn on_whole_guild<T>(
        &mut self,
        guild: GuildId,
        work: impl FnOnce(&mut Self, &mut GuildData) -> T,
    ) -> T {
        let cell = self.inner.cell(guild);
        let mut data = match &cell {
            Some(cell) => (*cell.snapshot()).clone(),
            None => GuildData::new(guild, GuildState::Cold),
        };
        let result = work(self, &mut data);
        if let Some(cell) = cell {
            let old = std::mem::replace(&mut *cell.write(), Arc::new(data));
            // Long, for a large guild: not while readers wait.
            drop(old);
        } else {
            let cell = Arc::new(GuildCell::new(Arc::new(data), &self.inner.contention));
            self.inner.guilds.insert(guild, &cell);
        }
        result
    }

    /// Removes a guild and everything in it.
    pub(in crate::cache) fn remove_guild(&mut self, guild: GuildId) {
        self.heard_of_guild(guild, News::Removed);
        let Some(cell) = self.inner.guilds.remove(guild) else {
            return;
        };
        let mut data = (*cell.snapshot()).clone();
        let old = self.shown_guild(&data);
        self.quietly(true, |writer| {
            for_each(&mut Clear {
                writer,
                data: &mut data,
            });
            for user in data.crowd.keys() {
                writer.release(user);
            }
        });
        self.change(Change::GuildRemoved { id: guild, old });
    }

    /// Takes all of a kind out of a guild.
    pub(super) fn clear<E: Entry>(&mut self, data: &mut GuildData) {
        let rows = self.keeper::<E>().take_all(E::rows_mut(data));
        for (key, slot) in rows.iter() {
            E::went(self, data.id, key, &slot.row);
        }
    }
}

/// Keeps what events do not tell, but some other payloads do that may be written by hand.
fn keep_what_is_rarely_told(guild: &mut Guild, known: &Guild) {
    guild.owner = guild.owner.or(known.owner);
    guild.permissions = guild.permissions.or(known.permissions);
    let members = &mut guild.approximate_member_count;
    *members = members.or(known.approximate_member_count);
    let presences = &mut guild.approximate_presence_count;
    *presences = presences.or(known.approximate_presence_count);
    if guild.welcome_screen.is_none() {
        guild.welcome_screen.clone_from(&known.welcome_screen);
    }
}

/// Empties the tables of a guild.
struct Clear<'a, 'b> {
    writer: &'a mut Writer<'b>,
    data: &'a mut GuildData,
}

impl ForEach for Clear<'_, '_> {
    fn kind<E: Entry>(&mut self) {
        self.writer.clear::<E>(self.data);
    }
}
