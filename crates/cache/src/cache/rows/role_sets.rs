//! Sets of roles, each held once for all members who have it.

use std::collections::HashSet;
use std::sync::Arc;

use polycord_types::id::RoleId;

/// With fewer sets than this nobody looks for those that are not in use any more.
const FEW: usize = 16;

/// The sets of roles that the members of a guild have: there are far fewer of them than members.
#[derive(Debug, Default)]
pub(crate) struct RoleSets {
    sets: HashSet<Arc<[RoleId]>>,
    /// How many were in use when this was looked at last.
    in_use: usize,
}

impl RoleSets {
    pub(crate) fn share(&mut self, roles: &[RoleId]) -> Arc<[RoleId]> {
        // It is a set: what order it comes in varies from event to event.
        if !roles.is_sorted_by(|a, b| a < b) {
            let mut sorted = roles.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            return self.share_sorted(&sorted);
        }
        self.share_sorted(roles)
    }

    fn share_sorted(&mut self, roles: &[RoleId]) -> Arc<[RoleId]> {
        if let Some(shared) = self.sets.get(roles) {
            return Arc::clone(shared);
        }
        if self.sets.len() >= FEW + 2 * self.in_use {
            self.sets.retain(|set| Arc::strong_count(set) > 1);
            self.in_use = self.sets.len();
        }
        let shared = Arc::from(roles);
        self.sets.insert(Arc::clone(&shared));
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_roles_are_one_set_and_sets_without_members_go() {
        let mut sets = RoleSets::default();
        let one = sets.share(&[RoleId::new(1), RoleId::new(2)]);
        let other = sets.share(&[RoleId::new(1), RoleId::new(2)]);
        assert!(Arc::ptr_eq(&one, &other));
        let turned = sets.share(&[RoleId::new(2), RoleId::new(1), RoleId::new(2)]);
        assert!(Arc::ptr_eq(&one, &turned));
        for id in 1..10_000 {
            sets.share(&[RoleId::new(id)]);
        }
        assert!(sets.sets.len() <= FEW + 4, "{}", sets.sets.len());
        assert!(Arc::ptr_eq(&one, &sets.share(&one)));
    }
}
