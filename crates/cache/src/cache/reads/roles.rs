//! Roles.

use polycord_types::id::{GuildId, RoleId, UserId};

use super::GuildView;
use crate::cache::entry::{Members, Roles};
use crate::{Cache, CachedRole};

impl Cache {
    /// A role.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<CachedRole> {
        let home = self.inner.role_homes.get(&id).map(|home| *home);
        self.inner.find::<Roles>(home, id)
    }

    /// The roles of a member besides `@everyone`, as far as known, by id.
    pub fn member_roles(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> impl Iterator<Item = CachedRole> + Send + Sync + use<> {
        let view = self.view(guild);
        let mut place = 0;
        std::iter::from_fn(move || {
            let view = view.as_ref()?;
            let carried = view.peek::<Members>(user)?.roles();
            loop {
                let role = carried.get(place)?;
                place += 1;
                if let Some(role) = view.glance::<Roles>(*role) {
                    return Some(role);
                }
            }
        })
    }
}

impl GuildView {
    /// The roles of a member besides `@everyone`, as far as known, by id.
    pub fn member_roles(&self, user: UserId) -> impl Iterator<Item = CachedRole> {
        let member = self.peek::<Members>(user);
        let carried = member.map_or(&[][..], |member| member.roles());
        carried
            .iter()
            .filter_map(|role| self.glance::<Roles>(*role))
    }
}
