//! A map in the order of its keys, whose copies share what they have in common.

mod branch;
mod keys;
mod leaf;
mod root;

use std::fmt;
use std::sync::Arc;

use self::leaf::{FULL, LOW, Leaf};
use self::root::Root;

/// A map in the order of its keys, made to be held a million times over and to be looked at while it changes.
///
/// - **Compact.** Entries lie in leaves of up to [`FULL`], keys beside keys and values beside values, with little room to
///   spare: there is no hash table with holes, and a small map is one small leaf.
/// - **Copies are snapshots.** A clone shares every leaf, and costs the same however large the map is. A write copies the
///   one leaf it changes and the list of its neighbours, and only while somebody else holds them: without snapshots,
///   nothing is ever copied.
/// - **Accounted.** [`bytes`](Self::bytes) tells what the map itself takes from the heap, at any time and for nothing.
///
/// A lookup waits for memory seldom: once for each of the branch, the keys of the leaf, and the value. A write moves at
/// most a leaf, and where a leaf begins or ends, the list of leaves.
pub(crate) struct Table<K, V> {
    root: Root<K, V>,
    len: usize,
    /// What the leaves take from the heap.
    leaf_bytes: usize,
}

/// Where an entry is, for as long as none comes or goes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    branch: usize,
    leaf: usize,
    at: usize,
}

impl<K: Copy + Ord, V: Clone> Table<K, V> {
    pub(crate) const fn new() -> Self {
        Self {
            root: Root::Leaf(None),
            len: 0,
            leaf_bytes: 0,
        }
    }

    /// A map of entries in order, each key once.
    pub(crate) fn from_ordered(entries: Vec<(K, V)>) -> Self {
        debug_assert!(entries.is_sorted_by(|a, b| a.0 < b.0), "entries in order");
        let (len, mut leaf_bytes) = (entries.len(), 0);
        let mut entries = entries.into_iter();
        let mut leaves = std::iter::from_fn(|| {
            let leaf = Leaf::take(&mut entries)?;
            leaf_bytes += leaf.bytes();
            Some(leaf)
        });
        let root = Root::of(len.div_ceil(FULL), &mut leaves);
        Self {
            root,
            len,
            leaf_bytes,
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What the map takes from the heap, without what its values have there themselves. What snapshots still hold of
    /// earlier states is theirs.
    pub(crate) fn bytes(&self) -> usize {
        self.root.bytes() + self.leaf_bytes
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        let (branch, leaf) = self.root.leaf_of(key);
        let leaf = self.leaf(branch, leaf)?;
        leaf.values().get(leaf.find(key).ok()?)
    }

    /// Where the entry of a key is.
    pub(crate) fn find(&self, key: K) -> Option<Place> {
        let (branch, leaf) = self.root.leaf_of(key);
        let at = self.leaf(branch, leaf)?.find(key).ok()?;
        Some(Place { branch, leaf, at })
    }

    pub(crate) fn at(&self, place: Place) -> Option<&V> {
        let leaf = self.leaf(place.branch, place.leaf)?;
        leaf.values().get(place.at)
    }

    /// The value at a place, to be changed. Nothing is copied if there is none.
    pub(crate) fn at_mut(&mut self, place: Place) -> Option<&mut V> {
        let leaf = self.root.leaf_mut(place.branch, place.leaf)?;
        own(leaf, &mut self.leaf_bytes)
            .values_mut()
            .get_mut(place.at)
    }

    pub(crate) fn contains(&self, key: K) -> bool {
        self.find(key).is_some()
    }

    /// The value to be changed. Nothing is copied if there is none.
    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.at_mut(self.find(key)?)
    }

    /// Writes a value; gives the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (branch, leaf) = self.root.leaf_of(key);
        let is_last =
            (branch + 1, leaf + 1) == (self.root.branches(), self.root.leaves(branch).len());
        let Some(place) = self.root.leaf_mut(branch, leaf) else {
            debug_assert!(self.is_empty(), "a key has a leaf if there is any");
            *self = Self::from_ordered(vec![(key, value)]);
            return None;
        };
        let room = own(place, &mut self.leaf_bytes);
        let before = room.bytes();
        let at = match room.find(key) {
            Ok(at) => return room.replace(at, value),
            Err(at) => at,
        };
        self.len += 1;
        if room.len() < FULL {
            room.insert(at, key, value);
            self.leaf_bytes += room.bytes() - before;
            return None;
        }
        let new = if at == FULL && is_last {
            // Ids grow: what comes last begins a leaf of its own, and the others stay full.
            Leaf::of(key, value)
        } else {
            let mut upper = room.split();
            match at.checked_sub(room.len()) {
                Some(at) if at > 0 => upper.insert(at, key, value),
                _ => room.insert(at, key, value),
            }
            upper
        };
        self.leaf_bytes = self.leaf_bytes + room.bytes() + new.bytes() - before;
        if let Some(bound) = new.first() {
            self.root.insert(branch, leaf + 1, bound, Arc::new(new));
        }
        None
    }

    /// Takes an entry out.
    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let place = self.find(key)?;
        let leaf = self.root.leaf_mut(place.branch, place.leaf)?;
        let leaf = own(leaf, &mut self.leaf_bytes);
        let before = leaf.bytes();
        let value = leaf.remove(place.at);
        self.leaf_bytes = self.leaf_bytes + leaf.bytes() - before;
        self.len -= 1;
        if leaf.len() == 0 {
            if let Some(leaf) = self.root.remove(place.branch, place.leaf) {
                self.leaf_bytes -= leaf.bytes();
            }
            self.root.tidy(place.branch);
        } else if leaf.len() < LOW {
            self.join(place);
        }
        value
    }

    /// The entries in order of their keys.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        let branches = (0..self.root.branches()).map(|branch| self.root.leaves(branch));
        let leaves = branches.flatten().flatten();
        leaves.flat_map(|leaf| leaf.iter())
    }

    /// The entries from one key to another, both of them as well, in order.
    pub(crate) fn range(&self, from: K, to: K) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        let (first, last) = (self.root.leaf_of(from), self.root.leaf_of(to));
        let branches = (first.0..=last.0).map(move |branch| {
            let leaves = self.root.leaves(branch);
            let start = if branch == first.0 { first.1 } else { 0 };
            let end = if branch == last.0 {
                last.1 + 1
            } else {
                leaves.len()
            };
            leaves.get(start..end).unwrap_or_default()
        });
        let leaves = branches.flatten().flatten();
        leaves.flat_map(move |leaf| leaf.range(from, to))
    }

    /// The entry at a place, or the first behind it; the place is that of the next then. For those who cannot borrow
    /// the map for as long as they go through it.
    pub(crate) fn step(&self, place: &mut Place) -> Option<(K, &V)> {
        while place.branch < self.root.branches() {
            let Some(leaf) = self.leaf(place.branch, place.leaf) else {
                *place = Place {
                    branch: place.branch + 1,
                    ..Place::default()
                };
                continue;
            };
            if let Some(entry) = leaf.iter().nth(place.at) {
                place.at += 1;
                return Some(entry);
            }
            place.leaf += 1;
            place.at = 0;
        }
        None
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Puts a leaf that became small together with a neighbour of its branch, if both are small enough.
    fn join(&mut self, place: Place) {
        let leaves = self.root.leaves(place.branch);
        let len = |at: usize| leaves.get(at)?.as_ref().map(|leaf| leaf.len());
        let Some(lower) = lower_to_join(place.leaf, FULL, len) else {
            return;
        };
        let Some(upper) = self.root.remove(place.branch, lower + 1) else {
            return;
        };
        if let Some(leaf) = self.root.leaf_mut(place.branch, lower) {
            let leaf = own(leaf, &mut self.leaf_bytes);
            let before = leaf.bytes() + upper.bytes();
            leaf.append(Arc::unwrap_or_clone(upper));
            self.leaf_bytes = self.leaf_bytes + leaf.bytes() - before;
        }
        self.root.tidy(place.branch);
    }

    fn leaf(&self, branch: usize, leaf: usize) -> Option<&Leaf<K, V>> {
        self.root.leaves(branch).get(leaf)?.as_deref()
    }
}

/// Which of two neighbours is the lower one that the one `at` a place is to be put together with, if both are small
/// enough. Then they are far enough from the `most` that there may be not to be split again at once.
fn lower_to_join(at: usize, most: usize, len: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    let fits = |lower: usize| {
        let both = len(lower).zip(len(lower + 1));
        both.is_some_and(|(lower, upper)| lower + upper <= most / 4 * 3)
    };
    let before = at.checked_sub(1).filter(|before| fits(*before));
    before.or_else(|| fits(at).then_some(at))
}

/// A leaf to be changed: a copy, if a snapshot has it, which has no room to spare.
fn own<'a, K: Copy + Ord, V: Clone>(
    leaf: &'a mut Arc<Leaf<K, V>>,
    leaf_bytes: &mut usize,
) -> &'a mut Leaf<K, V> {
    let before = leaf.bytes();
    let leaf = Arc::make_mut(leaf);
    *leaf_bytes = *leaf_bytes + leaf.bytes() - before;
    leaf
}

/// Makes room for one more, and for a few to come, but for no more than `most`.
fn grow<T>(list: &mut Vec<T>, most: usize) {
    if list.len() == list.capacity() {
        let few = 1 + list.len() / 6;
        let room = most.saturating_sub(list.len());
        list.reserve_exact(few.min(room).max(1));
    }
}

impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Self {
            root: self.root.clone(),
            ..*self
        }
    }
}

impl<K: Copy + Ord, V: Clone> Default for Table<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Copy + Ord + fmt::Debug, V: Clone + fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Copy + Ord, V: Clone + PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests;
