//! Members and users.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use polycord_types::{
    gateway::payload::{GuildMemberAdd, GuildMemberUpdate, MessageCreate},
    id::UserId,
    member::{Member, PartialMember},
    user::{PartialUser, User},
};

use super::Writer;
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::entry::Members;
use crate::cache::keeper::{Keeper, Surplus};
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedUser, MemberRow, RoleSets, UserRow};
use crate::cache::users::part;

/// How many of those who joined last before a guild was told are remembered, where not all members are kept.
const JOINED: usize = 16;

impl Writer<'_> {
    /// Writes a member, unless that `is_known`, and, if it is told, the user.
    pub(in crate::cache) fn put_member(
        &mut self,
        data: &mut GuildData,
        user: UserId,
        told: Option<&User>,
        is_known: impl FnOnce(&MemberRow) -> bool,
        row: impl FnOnce(Option<&MemberRow>, &mut RoleSets) -> MemberRow,
    ) {
        let keeps_members = self.is_on(Kind::Member);
        if !keeps_members && !self.is_on(Kind::User) {
            return;
        }
        let policy = self.inner.policy(Kind::Member);
        let old = data.tables.members.get(user);
        let old = old.filter(|slot| policy.is_live(&slot.life, self.now));
        if let Some(slot) = old
            && self.inner.admissions.members.is_none()
            && self.books.current_user != Some(user)
            && is_known(&slot.row)
        {
            self.hear_again::<Members>(data.id, user, &slot.life);
            if let Some(told) = told {
                self.put_user(told);
            }
            return;
        }
        let sets = &mut self.books.of_guild(data.id).role_sets;
        let row = keeps_members.then(|| row(old.map(|slot| &slot.row), sets));
        if let Some(row) = &row
            && !self.admits_member(data, user, row)
        {
            self.refuse::<Members>(data, user);
            // Whoever is not kept counts once the event comes that they joined, however they were heard of.
            self.books.of_guild(data.id).heard_of.remove(user);
            // Something else may need the user.
            if let Some(told) = told {
                self.put_user(told);
            }
            return;
        }
        self.know_member(data, user);
        if let Some(told) = told {
            self.put_user(told);
        }
        let Some(row) = row else { return };
        self.put::<Members>(data, user, row);
        if self.books.current_user == Some(user) {
            self.pin_own_member(data);
        }
    }

    /// Writes the members of a list, which is all that is known of each.
    pub(in crate::cache) fn put_members(&mut self, data: &mut GuildData, members: &[Member]) {
        let keeps_members = self.is_on(Kind::Member);
        if !keeps_members && !self.is_on(Kind::User) {
            return;
        }
        let mut rows = Vec::with_capacity(members.len());
        let mut listed = HashSet::new();
        for member in members {
            let Some(user) = &member.user else { continue };
            // A list that was asked for may cross the news that somebody left.
            if self.has_left(data, user.id) {
                continue;
            }
            let sets = &mut self.books.of_guild(data.id).role_sets;
            let row = MemberRow::new(member, sets.share(&member.roles));
            if keeps_members && !self.admits_member(data, user.id, &row) {
                self.refuse::<Members>(data, user.id);
                self.put_user(user);
                continue;
            }
            if listed.insert(user.id) {
                self.know_member(data, user.id);
            }
            self.put_user(user);
            rows.push((user.id, row));
        }
        self.put_all::<Members>(data, rows);
        if self
            .books
            .current_user
            .is_some_and(|own| listed.contains(&own))
        {
            self.pin_own_member(data);
        }
    }

    /// Notes that a guild is shared with a user, if that is not known yet.
    pub(in crate::cache) fn know_member(&mut self, data: &mut GuildData, user: UserId) {
        if !is_member(data, user) {
            self.books.hold(user);
            if !self.is_on(Kind::Member) {
                self.thin_out(data);
                data.crowd.insert(user, ());
            }
        }
    }

    /// Forgets that some are members who left as users because of a bound: otherwise nothing would bound the crowd. Two
    /// are looked at for each who comes, so that at most every other is such a one.
    fn thin_out(&mut self, data: &mut GuildData) {
        let stay = !self.inner.policy(Kind::User).keeps_order();
        if stay && self.inner.admissions.users.is_none() {
            return;
        }
        let books = self.books.of_guild(data.id);
        let rest = data.crowd.range(books.look_from, UserId::new(u64::MAX));
        let looked_at: Vec<_> = rest.map(|(user, ())| user).take(2).collect();
        let next = looked_at
            .get(1)
            .map_or(1, |last| last.get().saturating_add(1));
        books.look_from = UserId::new(next);
        for user in looked_at {
            let is_known = part(&self.inner.users, user).read().contains(user);
            if !is_known && self.books.current_user != Some(user) {
                data.crowd.remove(user);
                data.offline.remove(user);
                self.release(user);
            }
        }
    }

    /// Forgets a member, who left if `left`, and the user with the last guild shared.
    pub(in crate::cache) fn remove_member(
        &mut self,
        data: &mut GuildData,
        user: UserId,
        left: bool,
    ) {
        self.quietly(!left, |writer| {
            if data.crowd.remove(user).is_some() {
                writer.release(user);
            }
            writer.remove::<Members>(data, user);
            writer.remove_presence(data, user);
            if left {
                writer.remove_voice_state(data, user);
                writer.stop_typing(data, |_, who| who == user);
            }
        });
    }

    /// Remembers which of the listed members joined last, where some are not kept: Discord may still tell that they
    /// joined, and has counted them.
    pub(in crate::cache) fn remember_joined(&mut self, data: &GuildData, members: &[Member]) {
        let policy = self.inner.policy(Kind::Member);
        let are_all_kept = if policy.on {
            !policy.keeps_order() && self.inner.admissions.members.is_none()
        } else {
            self.is_on(Kind::User)
        };
        if are_all_kept {
            return;
        }
        let joined = members.iter().filter_map(|member| {
            let user = member.user.as_ref()?;
            Some((member.joined_at?, user.id))
        });
        let mut joined: Vec<_> = joined.collect();
        let others = joined.len().saturating_sub(JOINED);
        if others > 0 {
            joined.select_nth_unstable(others);
        }
        self.touch(Kind::Member);
        let books = self.books.of_guild(data.id);
        for (_, user) in joined.drain(others..) {
            books.remember_joined(user);
        }
    }

    /// Counts a member who came or went, unless that is known already.
    pub(in crate::cache) fn count_move(&mut self, data: &mut GuildData, user: UserId, came: bool) {
        if came && self.books.current_user == Some(user) {
            // The guild that the current user joins counts them already.
            return;
        }
        let books = self.books.of_guild(data.id);
        let repeated = books.is_repeated(user, came);
        let counted = !books.heard_of.remove(user) && is_member(data, user);
        if repeated || (came && counted) {
            return;
        }
        data.member_count = data.member_count.map(|count| {
            if came {
                count.saturating_add(1)
            } else {
                count.saturating_sub(1)
            }
        });
    }

    /// Whether a user whom an event tells of is a member: unless the last that was heard of them is that they left.
    /// Remembers who is heard of by what they do: Discord may tell that before it tells that they joined, and only the
    /// latter counts.
    pub(in crate::cache) fn believes_in(&mut self, data: &GuildData, user: UserId) -> bool {
        if is_member(data, user) {
            return true;
        }
        let keeps = self.is_on(Kind::Member) || self.is_on(Kind::User);
        let books = self.books.of_guild(data.id);
        let has_left = books.has_left(user);
        if keeps && !has_left {
            books.heard_of.insert(user);
        }
        !has_left
    }

    /// Whether the last that was heard of a user in a guild is that they left.
    pub(in crate::cache) fn has_left(&mut self, data: &GuildData, user: UserId) -> bool {
        !is_member(data, user) && self.books.of_guild(data.id).has_left(user)
    }

    /// Takes in an event that tells all of a member.
    pub(in crate::cache) fn whole_member(
        &mut self,
        data: &mut GuildData,
        user: &User,
        member: &Member,
    ) {
        let is_known = |known: &MemberRow| known.is(member);
        self.put_member(data, user.id, Some(user), is_known, |_, sets| {
            MemberRow::new(member, sets.share(&member.roles))
        });
    }

    pub(in crate::cache) fn member_add(&mut self, data: &mut GuildData, event: &GuildMemberAdd) {
        if let Some(user) = &event.user {
            self.count_move(data, user.id, true);
            self.whole_member(data, user, event);
        }
    }

    pub(in crate::cache) fn member_update(
        &mut self,
        data: &mut GuildData,
        event: &GuildMemberUpdate,
    ) {
        let user = &event.user;
        // Almost always it tells of a change.
        let is_known = |_: &MemberRow| false;
        self.put_member(data, user.id, Some(user), is_known, |known, sets| {
            let mut row = known.cloned().unwrap_or_default();
            row.update(event, sets.share(&event.roles));
            row
        });
    }

    pub(in crate::cache) fn member_remove(&mut self, data: &mut GuildData, user: UserId) {
        self.count_move(data, user, false);
        // That the current user left is known for sure, and with all that follows, once the guild goes.
        if self.books.current_user != Some(user) {
            self.remove_member(data, user, true);
            self.leave_threads(data, |left| left == user);
        }
    }

    /// Takes in what a message tells of its author and of those whom it mentions.
    pub(in crate::cache) fn members_of_message(
        &mut self,
        data: &mut GuildData,
        message: &MessageCreate,
    ) {
        // The author of a webhook's message is nobody.
        if let Some(member) = &message.member
            && message.webhook_id.is_none()
        {
            self.partial_member(data, &message.author, member);
        }
        for mention in &message.mentions {
            if let Some(member) = &mention.member {
                self.partial_member(data, &mention.user, member);
            }
        }
    }

    /// Takes in what an event about something else tells of a member.
    pub(in crate::cache) fn partial_member(
        &mut self,
        data: &mut GuildData,
        user: &User,
        member: &PartialMember,
    ) {
        if !self.believes_in(data, user.id) {
            return;
        }
        let is_known = |known: &MemberRow| known.has(member);
        self.put_member(data, user.id, Some(user), is_known, |known, sets| {
            let mut row = known.cloned().unwrap_or_default();
            row.merge(member, sets.share(&member.roles));
            row
        });
    }

    pub(in crate::cache) fn member_of_interaction(
        &mut self,
        data: &mut GuildData,
        member: &Member,
    ) {
        let Some(user) = &member.user else { return };
        if !self.believes_in(data, user.id) {
            return;
        }
        let is_known = |known: &MemberRow| known.is(member);
        self.put_member(data, user.id, Some(user), is_known, |known, sets| {
            let row = MemberRow::new(member, sets.share(&member.roles));
            match known {
                Some(known) => row.keep_voice(known),
                None => row,
            }
        });
    }

    /// Writes a user if a shared guild or the session needs it.
    pub(in crate::cache) fn put_user(&mut self, user: &User) {
        let is_known = |known: &UserRow| known.has(user);
        self.put_user_row(user.id, is_known, |known| {
            Some(UserRow::public(user, known))
        });
    }

    /// Writes what an event tells of a user who is known.
    pub(in crate::cache) fn put_partial_user(&mut self, user: &PartialUser) {
        if UserRow::is_told_by(user) {
            let is_known = |_: &UserRow| false;
            self.put_user_row(user.id, is_known, |known| Some(known?.with(user)));
        }
    }

    fn put_user_row(
        &mut self,
        user: UserId,
        is_known: impl FnOnce(&UserRow) -> bool,
        row: impl FnOnce(Option<&UserRow>) -> Option<UserRow>,
    ) {
        if !self.is_on(Kind::User) {
            return;
        }
        let is_told_again = self.hear_user_again(user, is_known);
        // Who is there is needed.
        if is_told_again.is_none() && !self.books.needs(user) {
            return;
        }
        self.heard_of_user(user);
        self.writes += 1;
        if is_told_again == Some(true) {
            return;
        }
        let mut rows = part(&self.inner.users, user).write();
        let Some(row) = row(rows.get(user).map(|slot| &slot.row)) else {
            return;
        };
        let new = CachedUser { id: user, row };
        let is_admitted = self.admits_user(&new);
        let mut keeper = self.keeper_of_users();
        if !is_admitted {
            keeper.forget(&mut rows, user, Surplus::Admission);
            return;
        }
        let (written, _) = keeper.put(&mut rows, user, user, new.row.clone());
        drop(rows);
        let delta = written.delta(new.row, |row| CachedUser { id: user, row });
        self.newcomers[Kind::User as usize] += usize::from(matches!(delta, Some(Delta::Added(_))));
        if let Some(delta) = delta {
            self.change(Change::User(delta));
        }
    }

    /// Lets the time of a user begin anew of whom everything `is_known`; whether it is, of somebody who is there.
    fn hear_user_again(
        &mut self,
        user: UserId,
        is_known: impl FnOnce(&UserRow) -> bool,
    ) -> Option<bool> {
        let policy = self.inner.policy(Kind::User);
        let rows = part(&self.inner.users, user).read();
        let slot = rows.get(user)?;
        let is_told_again = policy.is_live(&slot.life, self.now)
            && self.inner.admissions.users.is_none()
            && is_known(&slot.row);
        if is_told_again {
            self.keeper_of_users().renew(&slot.life);
        }
        Some(is_told_again)
    }

    /// Notes who the current user is.
    pub(in crate::cache) fn be(&mut self, user: UserId) {
        self.books.current_user = Some(user);
        let known = &self.inner.current_user_id;
        known.store(user.get(), Ordering::Relaxed);
    }

    pub(in crate::cache) fn put_current_user(&mut self, user: &User) {
        self.be(user.id);
        if self.is_on(Kind::CurrentUser) {
            let mut keeper = Keeper {
                policy: *self.inner.policy(Kind::CurrentUser),
                meter: self.inner.meter(Kind::CurrentUser),
                order: &mut self.books.current_user_order,
                now: self.now,
            };
            let mut rows = self.inner.current_user.write();
            let row = UserRow::own(user, rows.get(()).map(|slot| &slot.row));
            let (written, _) = keeper.put(&mut rows, (), (), row.clone());
            drop(rows);
            let shown = |row| CachedUser { id: user.id, row };
            if let Some(delta) = written.delta(row, shown) {
                self.change(Change::CurrentUser(delta));
            }
        }
        self.put_user(user);
    }

    /// One thing less needs a user, who goes with the last.
    pub(in crate::cache) fn release(&mut self, user: UserId) {
        self.books.release(user);
        if !self.books.needs(user) {
            self.take_user(user);
        }
    }

    /// Forgets a user, whoever needs them.
    pub(in crate::cache) fn take_user(&mut self, user: UserId) {
        let mut rows = part(&self.inner.users, user).write();
        let old = self.keeper_of_users().take(&mut rows, user);
        drop(rows);
        if let Some((row, true)) = old {
            let old = CachedUser { id: user, row };
            self.change(Change::User(Delta::Removed(old)));
        }
    }
}

/// Whether a user is known to be a member.
pub(super) fn is_member(data: &GuildData, user: UserId) -> bool {
    data.tables.members.contains(user) || data.crowd.contains(user)
}
