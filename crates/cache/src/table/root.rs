//! How leaves are found, however many there are.

use std::slice;
use std::sync::Arc;

use super::branch::{Branch, NARROW, WIDE};
use super::leaf::Leaf;
use super::{grow, lower_to_join};

/// All leaves of a table, in order, none of them empty.
pub(super) enum Root<K, V> {
    /// No more than one: an empty map takes no memory, and most are small.
    Leaf(Option<Arc<Leaf<K, V>>>),
    /// As many as there is room for in a branch.
    Branch(Arc<Branch<K, V>>),
    /// More.
    Branches(Arc<Vec<Bounded<K, V>>>),
}

/// A branch, and a key that none of it is below and all before it are, unless it is the first.
pub(super) struct Bounded<K, V> {
    bound: K,
    branch: Arc<Branch<K, V>>,
}

impl<K: Copy + Ord, V> Root<K, V> {
    /// So many leaves, which are in order.
    pub(super) fn of(count: usize, leaves: &mut impl Iterator<Item = Leaf<K, V>>) -> Self {
        if count <= 1 {
            return Self::Leaf(leaves.next().map(Arc::new));
        }
        let mut branches = Vec::with_capacity(count.div_ceil(WIDE));
        while let Some(branch) = Branch::take(leaves) {
            branches.push(Bounded::new(branch));
        }
        Self::of_branches(branches)
    }

    fn of_branches(mut branches: Vec<Bounded<K, V>>) -> Self {
        match branches.pop() {
            None => Self::Leaf(None),
            Some(only) if branches.is_empty() => Self::Branch(only.branch),
            Some(last) => {
                branches.push(last);
                Self::Branches(Arc::new(branches))
            }
        }
    }

    /// What the branches take from the heap.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Leaf(_) => 0,
            Self::Branch(_) => Branch::<K, V>::BYTES,
            Self::Branches(list) => {
                2 * size_of::<usize>()
                    + size_of_val(&**list)
                    + list.capacity() * size_of::<Bounded<K, V>>()
                    + list.len() * Branch::<K, V>::BYTES
            }
        }
    }

    /// How many lists of leaves there are.
    pub(super) fn branches(&self) -> usize {
        match self {
            Self::Branches(list) => list.len(),
            Self::Leaf(_) | Self::Branch(_) => 1,
        }
    }

    /// One of the lists of leaves.
    pub(super) fn leaves(&self, branch: usize) -> &[Option<Arc<Leaf<K, V>>>] {
        match self {
            Self::Leaf(leaf) => slice::from_ref(leaf),
            Self::Branch(branch) => branch.leaves(),
            Self::Branches(list) => list.get(branch).map_or(&[], |it| it.branch.leaves()),
        }
    }

    /// The branch and the leaf that a key is in, if it is anywhere.
    pub(super) fn leaf_of(&self, key: K) -> (usize, usize) {
        match self {
            Self::Leaf(_) => (0, 0),
            Self::Branch(branch) => (0, branch.leaf_of(key)),
            Self::Branches(list) => {
                let after = list.partition_point(|it| it.bound <= key);
                let at = after.saturating_sub(1);
                let leaf = list.get(at).map(|it| it.branch.leaf_of(key));
                (at, leaf.unwrap_or_default())
            }
        }
    }

    /// A leaf to be changed. What leads to it is copied, if a snapshot has it.
    pub(super) fn leaf_mut(&mut self, branch: usize, leaf: usize) -> Option<&mut Arc<Leaf<K, V>>> {
        let leaf = match self {
            Self::Leaf(only) => Some(only),
            Self::Branch(branch) => Arc::make_mut(branch).leaves_mut().get_mut(leaf),
            Self::Branches(list) => {
                let bounded = Arc::make_mut(list).get_mut(branch)?;
                Arc::make_mut(&mut bounded.branch)
                    .leaves_mut()
                    .get_mut(leaf)
            }
        };
        leaf?.as_mut()
    }

    /// Puts a leaf at a place behind another.
    pub(super) fn insert(&mut self, branch: usize, at: usize, bound: K, leaf: Arc<Leaf<K, V>>) {
        match self {
            Self::Leaf(first) => {
                let mut leaves = Branch::of(bound, first.take());
                leaves.insert(1, bound, leaf);
                *self = Self::Branch(Arc::new(leaves));
            }
            Self::Branch(leaves) => {
                if let Some(upper) = add(Arc::make_mut(leaves), at, bound, leaf, true) {
                    let lower = Bounded {
                        bound: leaves.bound().min(upper.bound()),
                        branch: Arc::clone(leaves),
                    };
                    *self = Self::Branches(Arc::new(vec![lower, Bounded::new(upper)]));
                }
            }
            Self::Branches(list) => {
                let list = Arc::make_mut(list);
                let is_last = branch + 1 == list.len();
                let Some(lower) = list.get_mut(branch) else {
                    return;
                };
                if let Some(upper) = add(Arc::make_mut(&mut lower.branch), at, bound, leaf, is_last)
                {
                    // The first branch may have got keys below its bound.
                    lower.bound = lower.bound.min(upper.bound());
                    grow(list, usize::MAX);
                    list.insert(branch + 1, Bounded::new(upper));
                }
            }
        }
    }

    /// Takes a leaf out. Call [`tidy`](Self::tidy) afterwards.
    pub(super) fn remove(&mut self, branch: usize, at: usize) -> Option<Arc<Leaf<K, V>>> {
        match self {
            Self::Leaf(only) => only.take(),
            Self::Branch(leaves) => Arc::make_mut(leaves).remove(at),
            Self::Branches(list) => {
                let bounded = Arc::make_mut(list).get_mut(branch)?;
                Arc::make_mut(&mut bounded.branch).remove(at)
            }
        }
    }

    /// Puts a branch that became small together with a neighbour, and lets an empty one go. Places of leaves are others
    /// then.
    pub(super) fn tidy(&mut self, branch: usize) {
        match self {
            Self::Leaf(_) => {}
            Self::Branch(leaves) => {
                if leaves.len() <= 1 {
                    let only = Arc::make_mut(leaves).remove(0);
                    *self = Self::Leaf(only);
                }
            }
            Self::Branches(list) => {
                let len = |at: usize| list.get(at).map(|it| it.branch.len());
                let (gone, heir) = match len(branch) {
                    Some(0) => (branch, None),
                    Some(few) if few < NARROW => match lower_to_join(branch, WIDE, len) {
                        Some(lower) => (lower + 1, Some(lower)),
                        None => return,
                    },
                    _ => return,
                };
                let list = Arc::make_mut(list);
                let Bounded { bound, branch } = list.remove(gone);
                if let Some(heir) = heir.and_then(|heir| list.get_mut(heir)) {
                    let branch = Arc::unwrap_or_clone(branch);
                    Arc::make_mut(&mut heir.branch).append(bound, branch);
                }
                list.shrink_to(list.len() + list.len() / 2);
                if list.len() <= 1 {
                    *self = Self::of_branches(std::mem::take(list));
                }
            }
        }
    }
}

/// Puts a leaf into a branch; gives the upper part of it if there was no room. `is_last` says that no branch is behind.
fn add<K: Copy + Ord, V>(
    leaves: &mut Branch<K, V>,
    at: usize,
    bound: K,
    leaf: Arc<Leaf<K, V>>,
    is_last: bool,
) -> Option<Branch<K, V>> {
    if leaves.len() < WIDE {
        leaves.insert(at, bound, leaf);
        return None;
    }
    if at == WIDE && is_last {
        return Some(Branch::of(bound, Some(leaf)));
    }
    let mut upper = leaves.split();
    match at.checked_sub(leaves.len()) {
        Some(at) if at > 0 => upper.insert(at, bound, leaf),
        _ => leaves.insert(at, bound, leaf),
    }
    Some(upper)
}

impl<K: Copy + Ord, V> Bounded<K, V> {
    fn new(branch: Branch<K, V>) -> Self {
        Self {
            bound: branch.bound(),
            branch: Arc::new(branch),
        }
    }
}

impl<K: Copy, V> Clone for Bounded<K, V> {
    fn clone(&self) -> Self {
        Self {
            bound: self.bound,
            branch: Arc::clone(&self.branch),
        }
    }
}

impl<K, V> Clone for Root<K, V> {
    fn clone(&self) -> Self {
        match self {
            Self::Leaf(leaf) => Self::Leaf(leaf.clone()),
            Self::Branch(branch) => Self::Branch(Arc::clone(branch)),
            Self::Branches(branches) => Self::Branches(Arc::clone(branches)),
        }
    }
}
