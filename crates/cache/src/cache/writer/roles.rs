//! Roles.

use std::sync::Arc;

use polycord_types::{id::RoleId, role::Role};

use super::Writer;
use crate::cache::changes::Change;
use crate::cache::data::GuildData;
use crate::cache::entry::{Members, Roles};
use crate::tasks::flights::News;

impl Writer<'_> {
    pub(in crate::cache) fn put_role(&mut self, data: &mut GuildData, role: &Role) {
        self.put::<Roles>(data, role.id, Arc::new(role.clone()));
        self.pin_own_role(data, role.id);
    }

    pub(in crate::cache) fn role_update(&mut self, data: &mut GuildData, role: &Role) {
        self.put_role(data, role);
        if self.has_role(data, role.id) {
            self.look_around(data);
        }
    }

    pub(in crate::cache) fn role_delete(&mut self, data: &mut GuildData, id: RoleId) {
        let had = self.has_role(data, id);
        self.remove_role(data, id);
        if had {
            self.look_around(data);
        }
    }

    /// Removes a role, also from the members who have it: Discord does not say so one by one.
    pub(in crate::cache) fn remove_role(&mut self, data: &mut GuildData, id: RoleId) {
        // Members who are being fetched may still have it.
        self.heard_of_guild(data.id, News::Written);
        let members = data.tables.members.iter();
        let having: Vec<_> = members
            .filter(|(_, slot)| slot.row.roles().contains(&id))
            .map(|(user, _)| user)
            .collect();
        let members = having.len();
        for user in having {
            let Some(slot) = data.tables.members.get(user) else {
                continue;
            };
            let roles = slot.row.roles().iter().copied();
            let left: Vec<_> = roles.filter(|role| *role != id).collect();
            let left = self.books.of_guild(data.id).role_sets.share(&left);
            let keeper = self.keeper::<Members>();
            keeper.edit(&mut data.tables.members, user, |row| {
                row.set_roles(left);
                None
            });
        }
        self.remove::<Roles>(data, id);
        if members > 0 {
            self.change(Change::RoleLost {
                guild: data.id,
                role: id,
                members,
            });
        }
    }

    /// Makes a guild's roles those of a list that is complete.
    pub(in crate::cache) fn reconcile_roles(&mut self, data: &mut GuildData, roles: &[Role]) {
        let known: Vec<_> = data.tables.roles.keys().collect();
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
