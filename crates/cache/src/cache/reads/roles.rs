//! Roles.

use polycord_types::id::{GuildId, RoleId, UserId};

use crate::cache::entry::{Members, Roles};
use crate::{Cache, CachedMember, CachedRole};

impl Cache {
    /// A role.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<CachedRole> {
        let home = self.inner.role_homes.get(&id).map(|home| *home);
        self.inner.find::<Roles>(home, id)
    }

    /// The roles of a guild, by id.
    #[must_use]
    pub fn guild_roles(&self, id: GuildId) -> Vec<CachedRole> {
        self.inner.all::<Roles>(id)
    }

    /// The roles of a member besides `@everyone`, as far as known.
    #[must_use]
    pub fn member_roles(&self, guild: GuildId, user: UserId) -> Vec<CachedRole> {
        let Some(data) = self.inner.cell(guild).map(|cell| cell.snapshot()) else {
            return Vec::new();
        };
        let member = self.inner.peek::<Members>(&data, user);
        let roles = member.iter().flat_map(CachedMember::roles);
        roles
            .filter_map(|role| self.inner.peek::<Roles>(&data, *role))
            .collect()
    }
}
