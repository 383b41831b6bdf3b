//! What readers ask.

mod channels;
mod guilds;
mod invites;
mod kinds;
mod members;
mod messages;
mod named;
mod permissions;
mod presences;
mod roles;
mod threads;
mod typing;
mod view;
mod voice;

use polycord_types::id::{GuildId, UserId};

pub(super) use self::permissions::NO_CLOCK;
pub use self::view::GuildView;
use super::cell::GuildCell;
use super::data::DIRECT;
use super::entry::Entry;
use super::rows::UserRow;
use super::users::{Shelf, part};
use super::{Inner, Kind};

impl Inner {
    /// One thing of a guild, counted as a lookup.
    pub(super) fn find<E: Entry>(&self, guild: Option<GuildId>, key: E::Key) -> Option<E::Shown> {
        match guild {
            // No guild has the id of what belongs to direct messages.
            Some(DIRECT) => return self.find_in::<E>(&self.direct, key),
            Some(guild) => {
                // What is found is written where it goes, without a step between.
                if let Some(cell) = self.guilds.around(guild).get(&guild) {
                    return self.find_in::<E>(cell, key);
                }
            }
            None => {}
        }
        self.meter(E::KIND)
            .lookup(self.policy(E::KIND), None, self.now());
        None
    }

    fn find_in<E: Entry>(&self, cell: &GuildCell, key: E::Key) -> Option<E::Shown> {
        let (policy, now) = (self.policy(E::KIND), self.now());
        let data = cell.read();
        let found = E::rows(&data).get(key);
        let found = found.filter(|slot| policy.is_live(&slot.life, now));
        let life = found.map(|slot| &slot.life);
        self.meter(E::KIND).lookup(policy, life, now);
        Some(E::seen(&data, key, &found?.row))
    }

    /// A user, without counting the lookup.
    pub(super) fn glance_user(&self, user: UserId) -> Option<UserRow> {
        self.ask_user(user, Clone::clone)
    }

    /// What is known of a user, without counting the lookup.
    fn ask_user<T>(&self, user: UserId, ask: impl FnOnce(&UserRow) -> T) -> Option<T> {
        let rows = part(&self.users, user).read();
        let slot = rows.get(user)?;
        let live = self.policy(Kind::User).is_live(&slot.life, self.now());
        live.then(|| ask(&slot.row))
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
