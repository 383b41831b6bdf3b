//! Presences.

use polycord_types::{
    gateway::payload::GuildMembersChunk,
    id::UserId,
    presence::{Presence, Status},
};

use super::{Writer, members::is_member};
use crate::cache::data::GuildData;
use crate::cache::entry::Presences;
use crate::cache::kind::Kind;
use crate::cache::rows::PresenceRow;
use crate::table::Table;

impl Writer<'_> {
    pub(in crate::cache) fn presence_update(&mut self, data: &mut GuildData, told: &Presence) {
        self.put_partial_user(&told.user);
        self.put_presence(data, told);
    }

    /// Writes a presence of a member. Nothing is kept of somebody who is offline but that they are.
    pub(in crate::cache) fn put_presence(&mut self, data: &mut GuildData, told: &Presence) {
        let user = told.user.id;
        // Most are of somebody whose presence is known: a member, who was not offline.
        let slot = data.tables.presences.get(user);
        let is_there = slot.is_some();
        if !self.is_on(Kind::Presence) || !(is_there || self.has_presence(data, user)) {
            return;
        }
        if told.status == Status::Offline {
            self.go_offline(data, user);
            return;
        }
        let policy = self.inner.policy(Kind::Presence);
        let known = slot.filter(|slot| policy.is_live(&slot.life, self.now));
        let known = known.map(|slot| &slot.row);
        let row = self.books.recent_activities.row(told, known);
        if !is_there {
            data.offline.remove(user);
        }
        if self.admits_presence(data, user, &row) {
            self.put::<Presences>(data, user, row);
        } else {
            self.refuse::<Presences>(data, user);
        }
    }

    /// Makes the presences of a guild those of a list. Who is not in it is offline, or nobody tells.
    pub(in crate::cache) fn reconcile_presences(
        &mut self,
        data: &mut GuildData,
        told: &[Presence],
    ) {
        if !self.is_on(Kind::Presence) {
            return;
        }
        data.offline = Table::new();
        let mut rows = Vec::with_capacity(told.len());
        for presence in told {
            let user = presence.user.id;
            if !self.has_presence(data, user) {
                continue;
            }
            if presence.status == Status::Offline {
                self.note_offline(data, user);
                continue;
            }
            let known = self.known::<Presences>(data, user);
            let row = self.books.recent_activities.row(presence, known);
            if self.admits_presence(data, user, &row) {
                rows.push((user, row));
            } else {
                self.refuse::<Presences>(data, user);
            }
        }
        self.reconcile::<Presences>(data, rows);
    }

    /// Takes in members that were asked for, with their presences if these were.
    pub(in crate::cache) fn members_chunk(
        &mut self,
        data: &mut GuildData,
        event: &GuildMembersChunk,
    ) {
        self.put_members(data, &event.members);
        let Some(presences) = &event.presences else {
            return;
        };
        for presence in presences {
            self.put_presence(data, presence);
        }
        if !self.is_on(Kind::Presence) {
            return;
        }
        let mut online: Vec<_> = presences.iter().map(|told| told.user.id).collect();
        online.sort_unstable();
        let users = event.members.iter().filter_map(|it| it.user.as_ref());
        for user in users.map(|user| user.id) {
            if online.binary_search(&user).is_err() && self.has_presence(data, user) {
                self.go_offline(data, user);
            }
        }
    }

    /// Forgets how a user is seen.
    pub(in crate::cache) fn remove_presence(&mut self, data: &mut GuildData, user: UserId) {
        data.offline.remove(user);
        self.remove::<Presences>(data, user);
    }

    fn go_offline(&mut self, data: &mut GuildData, user: UserId) {
        self.note_offline(data, user);
        self.remove::<Presences>(data, user);
    }

    pub(super) fn note_offline(&self, data: &mut GuildData, user: UserId) {
        // Whoever is no member leaves by the bounds of presences alone, and there is none.
        let leaves = is_member(data, user) || !self.inner.policy(Kind::Presence).keeps_order();
        if leaves && self.admits_presence(data, user, &PresenceRow::OFFLINE) {
            data.offline.insert(user, ());
        } else {
            data.offline.remove(user);
        }
    }

    /// Whether a user's presence is of interest: that of a member is. Discord also says of those who left that they are
    /// offline.
    fn has_presence(&mut self, data: &GuildData, user: UserId) -> bool {
        if self.is_on(Kind::Member) {
            data.tables.members.contains(user)
        } else {
            !self.has_left(data, user)
        }
    }
}
