//! Sets of roles, each held once for all members who have it.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

use polycord_types::{HeapSize, id::RoleId};
use smallvec::SmallVec;

use crate::cache::snowflakes::SpreadIds;
use crate::cache::tally::{Tally, table_bytes};

/// With fewer sets than this nobody looks for those that are not in use any more; and up to so many roles are compared
/// one by one.
const FEW: usize = 16;

/// The roles of a member, by id. A clone shares them, and is as long as one pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RoleSet(Arc<Ids>);

#[derive(Debug, Default, PartialEq, Eq, Hash)]
struct Ids(SmallVec<[RoleId; 6]>);

impl RoleSet {
    /// Whether these are the roles, in whatever order they are told. May be false of many roles in another order.
    pub(crate) fn is(&self, roles: &[RoleId]) -> bool {
        let (own, told) = (&**self, roles);
        own == told
            || own.len() == told.len()
                && told.len() <= FEW
                && own.iter().all(|role| told.contains(role))
    }
}

/// The sets of roles that the members of a guild have: there are far fewer of them than members.
#[derive(Debug, Default)]
pub(crate) struct RoleSets {
    sets: HashSet<RoleSet, SpreadIds>,
    /// How many were in use when this was looked at last.
    in_use: usize,
    /// The bytes that the sets take, without what finds them.
    set_bytes: usize,
    /// The bytes that all of it takes.
    tally: Tally,
}

impl RoleSets {
    pub(crate) fn new(tally: Tally) -> Self {
        Self {
            tally,
            ..Self::default()
        }
    }

    /// The set of these roles, in whatever order they are told.
    pub(crate) fn share(&mut self, roles: &[RoleId]) -> RoleSet {
        if !roles.is_sorted_by(|a, b| a < b) {
            let mut roles = roles.to_vec();
            roles.sort_unstable();
            roles.dedup();
            return self.share_ordered(&roles);
        }
        self.share_ordered(roles)
    }

    fn share_ordered(&mut self, roles: &[RoleId]) -> RoleSet {
        if let Some(shared) = self.sets.get(roles) {
            return shared.clone();
        }
        if self.sets.len() >= FEW + 2 * self.in_use {
            self.sets.retain(|set| Arc::strong_count(&set.0) > 1);
            self.in_use = self.sets.len();
            self.set_bytes = self.sets.iter().map(HeapSize::heap_size).sum();
        }
        let shared = RoleSet(Arc::new(Ids(roles.into())));
        self.sets.insert(shared.clone());
        self.set_bytes += shared.heap_size();
        self.tally
            .set(self.set_bytes + table_bytes::<RoleSet>(self.sets.capacity()));
        shared
    }
}

impl Borrow<[RoleId]> for RoleSet {
    fn borrow(&self) -> &[RoleId] {
        self
    }
}

impl HeapSize for RoleSet {
    fn heap_size(&self) -> usize {
        self.0.heap_size()
    }
}

impl HeapSize for Ids {
    fn heap_size(&self) -> usize {
        if self.0.spilled() {
            self.0.capacity() * size_of::<RoleId>()
        } else {
            0
        }
    }
}

impl Deref for RoleSet {
    type Target = [RoleId];

    fn deref(&self) -> &[RoleId] {
        &self.0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<const N: usize>(ids: [u64; N]) -> [RoleId; N] {
        ids.map(RoleId::new)
    }

    #[test]
    fn the_same_roles_are_one_set_and_sets_without_members_go() {
        let mut sets = RoleSets::default();
        let one = sets.share(&ids([1, 2]));
        let other = sets.share(&ids([1, 2]));
        assert!(Arc::ptr_eq(&one.0, &other.0));
        for id in 1..10_000 {
            sets.share(&ids([id]));
        }
        assert!(sets.sets.len() <= FEW + 4, "{}", sets.sets.len());
        assert!(Arc::ptr_eq(&one.0, &sets.share(&one).0));
    }

    #[test]
    fn the_order_in_which_roles_are_told_makes_no_other_set() {
        let mut sets = RoleSets::default();
        let one = sets.share(&ids([1, 2, 3]));
        let other = sets.share(&ids([3, 1, 2, 1]));
        assert!(Arc::ptr_eq(&one.0, &other.0));
        assert_eq!(*other, ids([1, 2, 3]));
    }
}
