//! What readers ask.

mod channels;
mod expressions;
mod guilds;
mod members;
mod roles;

use polycord_types::id::GuildId;

use super::data::{DIRECT, GuildData};
use super::entry::Entry;
use super::rows::UserRow;
use super::users::Shelf;
use super::{Inner, Kind};

impl Inner {
    /// One thing of a guild, counted as a lookup.
    pub(super) fn find<E: Entry>(&self, guild: Option<GuildId>, key: E::Key) -> Option<E::Shown> {
        let (policy, now) = (self.policy(E::KIND), self.now());
        let cell = guild.and_then(|guild| self.guilds.get(&guild));
        // No guild has the id of what belongs to direct messages.
        let direct = (guild == Some(DIRECT)).then_some(&self.direct);
        let data = cell.as_deref().or(direct).map(|cell| cell.read());
        let found = data.as_deref().and_then(|data| {
            let slot = E::rows(data).get(key)?;
            policy.is_live(&slot.life, now).then_some((data, slot))
        });
        let life = found.map(|(_, slot)| &slot.life);
        self.meter(E::KIND).lookup(policy, life, now);
        found.map(|(data, slot)| E::shown(data, key, slot.row.clone()))
    }

    /// One thing of a guild, without counting the lookup.
    pub(super) fn peek<E: Entry>(&self, data: &GuildData, key: E::Key) -> Option<E::Shown> {
        let slot = E::rows(data).get(key)?;
        let live = self.policy(E::KIND).is_live(&slot.life, self.now());
        live.then(|| E::shown(data, key, slot.row.clone()))
    }

    /// What is live of a kind, by id.
    pub(super) fn live<E: Entry>(&self, data: &GuildData) -> impl Iterator<Item = E::Shown> {
        let (policy, now) = (self.policy(E::KIND), self.now());
        let live = E::rows(data).iter();
        live.filter(move |(_, slot)| policy.is_live(&slot.life, now))
            .map(|(key, slot)| E::shown(data, key, slot.row.clone()))
    }

    pub(super) fn all<E: Entry>(&self, guild: GuildId) -> Vec<E::Shown> {
        let data = self.cell(guild).map(|cell| cell.snapshot());
        let all = data.iter().flat_map(|data| self.live::<E>(data));
        all.collect()
    }

    pub(super) fn find_user<K: Copy + Ord>(
        &self,
        kind: Kind,
        rows: &Shelf<K>,
        key: K,
    ) -> Option<UserRow> {
        let (policy, now) = (self.policy(kind), self.now());
        let rows = rows.read();
        let found = rows.get(key).filter(|slot| policy.is_live(&slot.life, now));
        let life = found.map(|slot| &slot.life);
        self.meter(kind).lookup(policy, life, now);
        found.map(|slot| slot.row.clone())
    }
}
