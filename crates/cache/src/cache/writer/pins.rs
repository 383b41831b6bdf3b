//! What the current user may do in a guild must be known: the bounds do not take away what tells it.

use polycord_types::id::RoleId;

use super::Writer;
use crate::cache::data::GuildData;
use crate::cache::entry::{Members, Roles};

impl Writer<'_> {
    /// Keeps the current user's membership and its roles, whatever the bounds say.
    pub(in crate::cache) fn pin_own_member(&mut self, data: &GuildData) {
        let Some(own) = self.books.current_user else {
            return;
        };
        let Some(member) = data.tables.members.get(own) else {
            return;
        };
        let name = (data.id, own);
        self.keeper::<Members>().pin(&member.life, name, true);
        let mut keeper = self.keeper::<Roles>();
        if keeper.policy.keeps_order() {
            for (id, role) in data.tables.roles.iter() {
                let has = is_everyone(data, id) || member.row.roles().contains(&id);
                keeper.pin(&role.life, (data.id, id), has);
            }
        }
    }

    /// Keeps a role if the current user has it.
    pub(in crate::cache) fn pin_own_role(&mut self, data: &GuildData, id: RoleId) {
        let own = self.books.current_user;
        let own = own.and_then(|own| data.tables.members.get(own));
        let has = own.is_some_and(|own| own.row.roles().contains(&id));
        if let Some(role) = data.tables.roles.get(id)
            && (has || is_everyone(data, id))
        {
            let name = (data.id, id);
            self.keeper::<Roles>().pin(&role.life, name, true);
        }
    }
}

/// Whether a role is the one that every member has.
const fn is_everyone(data: &GuildData, id: RoleId) -> bool {
    id.get() == data.id.get()
}
