//! What has expired, and what is too much, goes.

use std::sync::Arc;

use polycord_types::id::{GuildId, UserId};

use super::Writer;
use crate::Eviction;
use crate::cache::books::Books;
use crate::cache::entry::Entry;
use crate::cache::keeper::{Policy, Surplus};
use crate::cache::kind::Kind;
use crate::cache::kinds::Kinds;
use crate::cache::slot::Life;
use crate::cache::tables::{ForEach, for_each};
use crate::cache::users::part;
use crate::store::Order;

/// How many rows are looked at for each that was written, to collect those that expired.
const LOOKED_AT_PER_WRITE: usize = 2;

/// A kind whose rows go one by one, to keep its bounds.
trait Bounded {
    const KIND: Kind;
    /// Names a row among all of its kind.
    type Name: Clone;

    fn order(books: &mut Books) -> &mut Order<Self::Name>;

    /// Takes a row out if it is to go; whether it went.
    fn forget(
        writer: &mut Writer<'_>,
        name: Self::Name,
        surplus: Surplus,
        goes: impl FnOnce(&Life) -> bool,
    ) -> bool;
}

/// How many rows are looked at for whether they have expired.
#[derive(Clone, Copy)]
enum Looks {
    AtMost(usize),
    AtAll,
}

impl Writer<'_> {
    /// Takes away what is too much, and some of what has expired.
    pub(in crate::cache) fn keep_bounds(&mut self) {
        let looks = LOOKED_AT_PER_WRITE * std::mem::take(&mut self.writes);
        self.bound_all(Looks::AtMost(looks));
    }

    /// Takes away everything that has expired.
    pub(in crate::cache) fn sweep(mut self) {
        self.bound_all(Looks::AtAll);
    }

    fn bound_all(&mut self, looks: Looks) {
        let mut kinds = match looks {
            Looks::AtMost(_) => self.inner.expiring.with_all(Books::BESIDE),
            Looks::AtAll => Kinds::ALL,
        };
        let mut looks = looks;
        // What goes takes other things with it.
        while !self.touched.is_empty() || !kinds.is_empty() {
            kinds = kinds.with_all(std::mem::take(&mut self.touched));
            for_each(&mut KeepBounds {
                writer: self,
                kinds,
                looks,
            });
            if kinds.contains(Kind::User) {
                self.bound::<Users>(looks);
            }
            self.forget_abandoned();
            (kinds, looks) = (Kinds::NONE, Looks::AtMost(0));
        }
    }

    fn bound<B: Bounded>(&mut self, looks: Looks) {
        let policy = *self.inner.policy(B::KIND);
        if policy.ttl.is_some() {
            self.forget_expired::<B>(&policy, looks);
        }
        let newcomers = std::mem::take(&mut self.newcomers[B::KIND as usize]);
        if policy.is_limited() {
            self.forget_surplus::<B>(&policy, newcomers);
        }
        let beside = self.beside::<B>();
        self.inner.meter(B::KIND).set_beside(beside);
    }

    /// The bytes on the heap that a kind takes beside its rows.
    fn beside<B: Bounded>(&mut self) -> usize {
        B::order(&mut self.books).bytes() + self.books.beside(B::KIND)
    }

    /// Of what there is too much, if of anything.
    fn surplus<B: Bounded>(&mut self, policy: &Policy) -> Option<Surplus> {
        let meter = self.inner.meter(B::KIND);
        if policy.max_entries.is_some_and(|max| meter.entries() > max) {
            return Some(Surplus::Entries);
        }
        let max = policy.max_bytes?;
        (meter.row_bytes() + self.beside::<B>() > max).then_some(Surplus::Bytes)
    }

    fn forget_expired<B: Bounded>(&mut self, policy: &Policy, looks: Looks) {
        let now = self.now;
        let has_expired = |life: &Life| !policy.is_live(life, now);
        let most = match looks {
            Looks::AtMost(most) => most,
            Looks::AtAll if policy.is_ordered_by_expiry() => usize::MAX,
            Looks::AtAll => {
                for name in B::order(&mut self.books).keys() {
                    B::forget(self, name, Surplus::Entries, has_expired);
                }
                return;
            }
        };
        for _ in 0..most {
            let order = B::order(&mut self.books);
            if !policy.is_ordered_by_expiry() {
                if let Some(name) = order.next_visited() {
                    B::forget(self, name, Surplus::Entries, has_expired);
                }
            } else if let Some((_, name)) = order.front() {
                if !B::forget(self, name, Surplus::Entries, has_expired) {
                    return;
                }
            } else {
                return;
            }
        }
    }

    /// Takes rows away until there is no more than may be, of which the `newcomers` came in this event.
    fn forget_surplus<B: Bounded>(&mut self, policy: &Policy, newcomers: usize) {
        if self.surplus::<B>(policy).is_none() {
            return;
        }
        if policy.eviction == Eviction::LeastRecentlyUsed {
            // Those that were read get one more round. The newcomers, which nobody can have read, are not looked at
            // before that: they must not be their own victims.
            for _ in newcomers..self.inner.meter(B::KIND).entries() {
                let Some(surplus) = self.surplus::<B>(policy) else {
                    return;
                };
                self.evict::<B>(surplus, |life| !life.was_read());
            }
            for _ in 0..newcomers {
                self.evict::<B>(Surplus::Entries, |_| false);
            }
        }
        while let Some(surplus) = self.surplus::<B>(policy) {
            if !self.evict::<B>(surplus, |_| true) {
                return;
            }
        }
    }

    /// Lets the first in order go, or makes it the last; whether there was one.
    fn evict<B: Bounded>(&mut self, surplus: Surplus, goes: impl FnOnce(&Life) -> bool) -> bool {
        let Some((place, name)) = B::order(&mut self.books).front() else {
            return false;
        };
        if !B::forget(self, name, surplus, goes) {
            B::order(&mut self.books).move_back(place);
        }
        true
    }
}

/// Bounds the kinds that have a table in every guild.
struct KeepBounds<'a, 'b> {
    writer: &'a mut Writer<'b>,
    kinds: Kinds,
    looks: Looks,
}

impl ForEach for KeepBounds<'_, '_> {
    fn kind<E: Entry>(&mut self) {
        if self.kinds.contains(E::KIND) {
            self.writer.bound::<E>(self.looks);
        }
    }
}

impl<E: Entry> Bounded for E {
    const KIND: Kind = E::KIND;
    type Name = (GuildId, E::Key);

    fn order(books: &mut Books) -> &mut Order<Self::Name> {
        E::order(books)
    }

    fn forget(
        writer: &mut Writer<'_>,
        (guild, key): Self::Name,
        surplus: Surplus,
        goes: impl FnOnce(&Life) -> bool,
    ) -> bool {
        let Some(cell) = writer.inner.cell(guild) else {
            return false;
        };
        let mut live = cell.write();
        let found = E::rows(&live).get(key);
        if !found.is_some_and(|slot| goes(&slot.life)) {
            return false;
        }
        let data = Arc::make_mut(&mut live);
        let row = writer.keeper::<E>().forget(E::rows_mut(data), key, surplus);
        writer.quietly(true, |writer| E::forgotten(writer, data, key));
        drop(live);
        if let Some(row) = row {
            // The world is as it was: nobody is told.
            writer.quietly(true, |writer| E::went(writer, guild, key, &row));
        }
        true
    }
}

/// Users, of whom each is kept once.
struct Users;

impl Bounded for Users {
    const KIND: Kind = Kind::User;
    type Name = UserId;

    fn order(books: &mut Books) -> &mut Order<UserId> {
        &mut books.user_order
    }

    fn forget(
        writer: &mut Writer<'_>,
        user: UserId,
        surplus: Surplus,
        goes: impl FnOnce(&Life) -> bool,
    ) -> bool {
        let mut rows = part(&writer.inner.users, user).write();
        let found = rows.get(user);
        if !found.is_some_and(|slot| goes(&slot.life)) {
            return false;
        }
        let mut keeper = writer.keeper_of_users();
        keeper.forget(&mut rows, user, surplus);
        true
    }
}
