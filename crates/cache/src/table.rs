//! A map in the order of its keys, whose copies share what they have in common.

mod leaf;

use std::fmt;
use std::sync::Arc;

use self::leaf::{FULL, LOW, Leaf};

/// A map in the order of its keys, made to be held a million times over and to be looked at while it changes.
///
/// - **Compact.** Entries lie in leaves of up to [`FULL`], keys beside keys and values beside values, with little room to
///   spare: there is no hash table with holes, and a small map is one small leaf.
/// - **Copies are snapshots.** A clone shares every leaf, and costs the same however large the map is. A write copies the
///   one leaf it changes, and only while somebody else holds it: without snapshots, nothing is ever copied.
/// - **Accounted.** [`bytes`](Self::bytes) tells what the map itself takes from the heap, at any time and for nothing.
///
/// A lookup is two binary searches. A write moves at most a leaf, and where a leaf begins or ends, the list of leaves.
pub(crate) struct Table<K, V> {
    /// In order, none of them empty. `None` when there is no entry: an empty map takes no memory.
    branches: Option<Arc<Vec<Branch<K, V>>>>,
    len: usize,
    /// What the leaves take from the heap.
    leaf_bytes: usize,
}

/// Where an entry is, for as long as none comes or goes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    leaf: usize,
    at: usize,
}

/// A leaf, and the first of its keys, so that a search does not need to look into it.
struct Branch<K, V> {
    first: K,
    leaf: Arc<Leaf<K, V>>,
}

impl<K: Copy + Ord, V: Clone> Table<K, V> {
    pub(crate) const fn new() -> Self {
        Self {
            branches: None,
            len: 0,
            leaf_bytes: 0,
        }
    }

    /// A map of entries in order, each key once.
    pub(crate) fn from_ordered(entries: Vec<(K, V)>) -> Self {
        debug_assert!(entries.is_sorted_by(|a, b| a.0 < b.0), "entries in order");
        let len = entries.len();
        let mut branches = Vec::with_capacity(len.div_ceil(FULL));
        let mut entries = entries.into_iter();
        while let Some((first, leaf)) = Leaf::take(&mut entries) {
            let leaf = Arc::new(leaf);
            branches.push(Branch { first, leaf });
        }
        Self {
            leaf_bytes: branches.iter().map(|branch| branch.leaf.bytes()).sum(),
            branches: (len > 0).then(|| Arc::new(branches)),
            len,
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
        let list = self.branches.as_ref().map_or(0, |branches| {
            2 * size_of::<usize>()
                + size_of::<Vec<Branch<K, V>>>()
                + branches.capacity() * size_of::<Branch<K, V>>()
        });
        list + self.leaf_bytes
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        self.at(self.find(key)?)
    }

    /// Where the entry of a key is.
    pub(crate) fn find(&self, key: K) -> Option<Place> {
        let leaf = self.leaf_of(key);
        let at = self.leaves().get(leaf)?.leaf.find(key).ok()?;
        Some(Place { leaf, at })
    }

    pub(crate) fn at(&self, place: Place) -> Option<&V> {
        let leaf = &self.leaves().get(place.leaf)?.leaf;
        leaf.values().get(place.at)
    }

    /// The value at a place, to be changed. Nothing is copied if there is none.
    pub(crate) fn at_mut(&mut self, place: Place) -> Option<&mut V> {
        let branch = Arc::make_mut(self.branches.as_mut()?).get_mut(place.leaf)?;
        own(&mut branch.leaf, &mut self.leaf_bytes)
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
        let place = self.leaf_of(key);
        let branches = Arc::make_mut(self.branches.get_or_insert_default());
        let end = branches.len();
        let Some(branch) = branches.get_mut(place) else {
            let leaf = Arc::new(Leaf::of(key, value));
            self.leaf_bytes += leaf.bytes();
            self.len += 1;
            branches.push(Branch { first: key, leaf });
            return None;
        };
        let leaf = own(&mut branch.leaf, &mut self.leaf_bytes);
        let before = leaf.bytes();
        let at = match leaf.find(key) {
            Ok(at) => return leaf.replace(at, value),
            Err(at) => at,
        };
        self.len += 1;
        if leaf.len() < FULL {
            leaf.insert(at, key, value);
            branch.first = branch.first.min(key);
            self.leaf_bytes += leaf.bytes() - before;
            return None;
        }
        let new = if at == FULL && place + 1 == end {
            // Ids grow: what comes last begins a leaf of its own, and the others stay full.
            Leaf::of(key, value)
        } else {
            let mut upper = leaf.split();
            match at.checked_sub(leaf.len()) {
                Some(at) if at > 0 => upper.insert(at, key, value),
                _ => leaf.insert(at, key, value),
            }
            upper
        };
        branch.first = branch.first.min(key);
        self.leaf_bytes = self.leaf_bytes + leaf.bytes() + new.bytes() - before;
        if let Some(first) = new.first() {
            let leaf = Arc::new(new);
            grow(branches);
            branches.insert(place + 1, Branch { first, leaf });
        }
        None
    }

    /// Takes an entry out.
    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let Place { leaf: place, at } = self.find(key)?;
        let branches = Arc::make_mut(self.branches.as_mut()?);
        let branch = branches.get_mut(place)?;
        let leaf = own(&mut branch.leaf, &mut self.leaf_bytes);
        let before = leaf.bytes();
        let value = leaf.remove(at);
        self.leaf_bytes = self.leaf_bytes + leaf.bytes() - before;
        self.len -= 1;
        match leaf.first() {
            Some(first) => {
                branch.first = first;
                if leaf.len() < LOW {
                    self.join(place);
                }
            }
            None if self.len == 0 => *self = Self::new(),
            None => {
                self.leaf_bytes -= branches.remove(place).leaf.bytes();
                branches.shrink_to(branches.len() + branches.len() / 2);
            }
        }
        value
    }

    /// The entries in order of their keys.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        let leaves = self.leaves().iter();
        leaves.flat_map(|branch| branch.leaf.iter())
    }

    /// The entries from one key to another, both of them as well, in order.
    pub(crate) fn range(&self, from: K, to: K) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        let places = self.leaf_of(from)..=self.leaf_of(to);
        let leaves = self.leaves().get(places).unwrap_or_default().iter();
        leaves.flat_map(move |branch| branch.leaf.range(from, to))
    }

    /// The entry at a place, or the first behind it; the place is that of the next then. For those who cannot borrow
    /// the map for as long as they go through it.
    pub(crate) fn step(&self, place: &mut Place) -> Option<(K, &V)> {
        loop {
            let leaf = &self.leaves().get(place.leaf)?.leaf;
            if let Some(entry) = leaf.iter().nth(place.at) {
                place.at += 1;
                return Some(entry);
            }
            *place = Place {
                leaf: place.leaf + 1,
                at: 0,
            };
        }
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Puts a leaf that became small together with a neighbour, if both are small enough.
    fn join(&mut self, place: usize) {
        let Some(branches) = self.branches.as_mut().map(Arc::make_mut) else {
            return;
        };
        let len = |place: usize| branches.get(place).map(|branch| branch.leaf.len());
        // Far enough from full not to be split again at once.
        let fits = |a: usize, b: usize| {
            len(a)
                .zip(len(b))
                .is_some_and(|(a, b)| a + b <= FULL / 4 * 3)
        };
        let lower = match place.checked_sub(1) {
            Some(before) if fits(before, place) => before,
            _ if fits(place, place + 1) => place,
            _ => return,
        };
        let upper = branches.remove(lower + 1).leaf;
        if let Some(branch) = branches.get_mut(lower) {
            let leaf = own(&mut branch.leaf, &mut self.leaf_bytes);
            let before = leaf.bytes() + upper.bytes();
            leaf.append(Arc::unwrap_or_clone(upper));
            self.leaf_bytes = self.leaf_bytes + leaf.bytes() - before;
        }
        branches.shrink_to(branches.len() + branches.len() / 2);
    }

    fn leaves(&self) -> &[Branch<K, V>] {
        self.branches.as_deref().map_or(&[], Vec::as_slice)
    }

    /// The leaf that a key is in, if it is anywhere.
    fn leaf_of(&self, key: K) -> usize {
        let after = self.leaves().partition_point(|branch| branch.first <= key);
        after.saturating_sub(1)
    }
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

/// Makes room for one more, and for a few to come.
fn grow<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(1 + list.len() / 8);
    }
}

impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Self {
            branches: self.branches.clone(),
            ..*self
        }
    }
}

impl<K: Copy, V> Clone for Branch<K, V> {
    fn clone(&self) -> Self {
        Self {
            first: self.first,
            leaf: Arc::clone(&self.leaf),
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
