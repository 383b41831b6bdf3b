//! Roles, and who has them.

use std::cmp::Reverse;
use std::iter;

use polycord_types::{
    Color,
    id::{GuildId, RoleId, UserId},
    role::Role,
};

use super::GuildView;
use crate::cache::entry::{Guilds, Members, Roles};
use crate::table::Place;
use crate::{Cache, CachedMember, CachedRole, Kind};

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
        iter::from_fn(move || {
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

    /// The known members with a role: [`GuildView::members_with_role`] of this moment.
    pub fn members_with_role(
        &self,
        role: RoleId,
    ) -> impl Iterator<Item = CachedMember> + Send + Sync + use<> {
        let home = self.inner.role_homes.get(&role).map(|home| *home);
        let view = home.and_then(|guild| self.view(guild));
        let mut place = Place::default();
        iter::from_fn(move || {
            let view = view.as_ref()?;
            let all = view.id().everyone_role() == role;
            view.step::<Members>(&mut place, |_, row| all || row.roles().contains(&role))
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

    /// The roles as the guild ranks them, the highest first and `@everyone` last.
    #[must_use]
    pub fn roles_by_rank(&self) -> Vec<CachedRole> {
        let mut roles: Vec<_> = self.roles().collect();
        roles.sort_by_key(|role| (Reverse(role.position), role.id));
        roles
    }

    /// The known members with a role, by user; those with `@everyone` are all. Whether they are all there are,
    /// [`knows_all_members`](Self::knows_all_members) tells.
    ///
    /// Every member is looked at, which takes a millisecond or two for a hundred thousand.
    pub fn members_with_role(&self, role: RoleId) -> impl Iterator<Item = CachedMember> {
        let all = self.id().everyone_role() == role;
        self.all_where::<Members>(move |_, row| all || row.roles().contains(&role))
    }

    /// Whether a member has a role. `None` if no such member is known.
    #[must_use]
    pub fn has_role(&self, user: UserId, role: RoleId) -> Option<bool> {
        let member = self.peek::<Members>(user)?;
        Some(role == self.id().everyone_role() || member.roles().contains(&role))
    }

    /// The highest role of a member besides `@everyone`, as far as known.
    #[must_use]
    pub fn highest_role(&self, user: UserId) -> Option<CachedRole> {
        self.highest(user, |_| true)
    }

    /// The role that colours the name of a member: the highest that has a colour.
    #[must_use]
    pub fn color_role(&self, user: UserId) -> Option<CachedRole> {
        self.highest(user, |role| {
            role.colors.primary_color != Color::NONE || role.color != Color::NONE
        })
    }

    /// The role under which a member is listed: the highest that is shown apart.
    #[must_use]
    pub fn hoist_role(&self, user: UserId) -> Option<CachedRole> {
        self.highest(user, |role| role.hoist)
    }

    /// Whether a member stands above another, so as to kick, ban or rename them if permissions allow it: the owner
    /// stands above everybody, and else whoever has the higher role. `None` if one of them is no known member, or it is
    /// not known who owns the guild.
    ///
    /// See [permission hierarchy](https://docs.discord.com/developers/topics/permissions#permission-hierarchy).
    #[must_use]
    pub fn outranks(&self, user: UserId, other: UserId) -> Option<bool> {
        let owner = self.peek::<Guilds>(())?.guild.owner_id?;
        if user == owner || other == owner {
            return Some(other != owner);
        }
        if !(self.carries_known_roles(user)? && self.carries_known_roles(other)?) {
            return None;
        }
        Some(match (self.highest_role(user), self.highest_role(other)) {
            (Some(role), Some(other)) => role.outranks(&other),
            (role, _) => role.is_some(),
        })
    }

    /// Whether all that a member's roles say is known. `None` if no such member is.
    pub(super) fn carries_known_roles(&self, user: UserId) -> Option<bool> {
        let member = self.peek::<Members>(user)?;
        let is_known = |role: &RoleId| self.peek::<Roles>(*role).is_some();
        Some(self.knows_all_roles() || member.roles().iter().all(is_known))
    }

    /// Whether a role that is not known was deleted.
    fn knows_all_roles(&self) -> bool {
        let policy = self.cache.inner.policy(Kind::Role);
        // Only a whole guild tells how many members there are.
        policy.on && !policy.keeps_order() && self.data.member_count.is_some()
    }

    fn highest(&self, user: UserId, counts: impl Fn(&Role) -> bool) -> Option<CachedRole> {
        let roles = self.member_roles(user).filter(|role| counts(role));
        roles.max_by_key(|role| (role.position, Reverse(role.id)))
    }
}
