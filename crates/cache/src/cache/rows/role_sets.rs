//! Sets of roles, each held once for all members who have it.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use polycord_types::{HeapSize, id::RoleId};

use crate::cache::snowflakes::SpreadIds;
use crate::cache::tally::{Tally, table_bytes};

/// With fewer sets than this nobody looks for those that are not in use any more; and up to so many roles are compared
/// one by one.
const FEW: usize = 16;
/// Up to so many roles lie where the set is, and are copied.
const INLINE: usize = 6;

/// The roles of a member, by id. A clone shares them, and is as long as one pointer.
#[derive(Clone, Debug)]
pub(crate) struct RoleSet(Arc<Ids>);

#[derive(Debug)]
enum Ids {
    Inline(Inline),
    Many(Box<[RoleId]>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Inline {
    ids: [RoleId; INLINE],
    len: u8,
}

/// The roles of a member as somebody sees them who looked, by id.
///
/// Whoever looks at a member with the same roles would count references to the same set, and wait for the others' count:
/// that takes longer than to copy the few that there are.
#[derive(Clone)]
pub(crate) enum SeenRoles {
    Copied(Inline),
    Shared(RoleSet),
}

impl RoleSet {
    /// Whether these are the roles, in whatever order they are told. May be false of many roles in another order.
    pub(crate) fn is(&self, roles: &[RoleId]) -> bool {
        let (own, told) = (&**self, roles);
        own == told
            || own.len() == told.len()
                && told.len() <= FEW
                && own.iter().all(|role| told.contains(role))
    }

    pub(crate) fn seen(&self) -> SeenRoles {
        match &*self.0 {
            Ids::Inline(ids) => SeenRoles::Copied(*ids),
            Ids::Many(_) => SeenRoles::Shared(self.clone()),
        }
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
        let shared = RoleSet(Arc::new(Ids::new(roles)));
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
        match self {
            Self::Inline(_) => 0,
            Self::Many(ids) => size_of_val(&**ids),
        }
    }
}

impl Ids {
    fn new(roles: &[RoleId]) -> Self {
        match Inline::new(roles) {
            Some(ids) => Self::Inline(ids),
            None => Self::Many(roles.into()),
        }
    }
}

impl Inline {
    fn new(roles: &[RoleId]) -> Option<Self> {
        let mut ids = [RoleId::new(1); INLINE];
        ids.get_mut(..roles.len())?.copy_from_slice(roles);
        let len = u8::try_from(roles.len()).ok()?;
        Some(Self { ids, len })
    }
}

impl Deref for RoleSet {
    type Target = [RoleId];

    fn deref(&self) -> &[RoleId] {
        match &*self.0 {
            Ids::Inline(ids) => ids,
            Ids::Many(ids) => ids,
        }
    }
}

impl Deref for Inline {
    type Target = [RoleId];

    fn deref(&self) -> &[RoleId] {
        self.ids.get(..usize::from(self.len)).unwrap_or(&self.ids)
    }
}

impl Deref for SeenRoles {
    type Target = [RoleId];

    fn deref(&self) -> &[RoleId] {
        match self {
            Self::Copied(ids) => ids,
            Self::Shared(set) => set,
        }
    }
}

impl Default for RoleSet {
    fn default() -> Self {
        Self(Arc::new(Ids::new(&[])))
    }
}

impl PartialEq for RoleSet {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for RoleSet {}

impl Hash for RoleSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl PartialEq for SeenRoles {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for SeenRoles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&**self).finish()
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
    #[test]
    fn few_roles_are_seen_as_many_are() {
        let mut sets = RoleSets::default();
        for count in 0..20 {
            let roles: Vec<_> = (1..=count).map(RoleId::new).collect();
            let set = sets.share(&roles);
            let seen = set.seen();
            assert_eq!(*seen, *roles);
            let shares = matches!(&seen, SeenRoles::Shared(many) if Arc::ptr_eq(&many.0, &set.0));
            assert_eq!(shares, roles.len() > INLINE);
        }
    }
}
