//! A piece of a table: some neighbours, keys beside keys and values beside values.

use super::grow;

/// The most entries of a leaf: what a write moves at worst, and what it copies while a snapshot is held.
pub(super) const FULL: usize = 128;
/// With fewer entries than this a leaf looks for a neighbour to join.
pub(super) const LOW: usize = FULL / 4;

#[derive(Clone)]
pub(super) struct Leaf<K, V> {
    /// In order, each once.
    keys: Vec<K>,
    /// The value of each key, at the same place.
    values: Vec<V>,
}

impl<K: Copy + Ord, V> Leaf<K, V> {
    pub(super) fn of(key: K, value: V) -> Self {
        let (mut keys, mut values) = (Vec::with_capacity(1), Vec::with_capacity(1));
        keys.push(key);
        values.push(value);
        Self { keys, values }
    }

    /// Fills a leaf from entries in order; gives its first key, too.
    pub(super) fn take(entries: &mut std::vec::IntoIter<(K, V)>) -> Option<(K, Self)> {
        let len = entries.len().min(FULL);
        let (mut keys, mut values) = (Vec::with_capacity(len), Vec::with_capacity(len));
        for (key, value) in entries.take(len) {
            keys.push(key);
            values.push(value);
        }
        let first = *keys.first()?;
        Some((first, Self { keys, values }))
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn first(&self) -> Option<K> {
        self.keys.first().copied()
    }

    /// Where a key is, or where it would be.
    pub(super) fn find(&self, key: K) -> Result<usize, usize> {
        self.keys.binary_search(&key)
    }

    pub(super) fn values(&self) -> &[V] {
        &self.values
    }

    pub(super) fn values_mut(&mut self) -> &mut [V] {
        &mut self.values
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        self.keys.iter().copied().zip(&self.values)
    }

    /// The entries from one key to another, both of them as well.
    pub(super) fn range(&self, from: K, to: K) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        let start = self.keys.partition_point(|key| *key < from);
        let end = self.keys.partition_point(|key| *key <= to);
        let keys = self.keys.get(start..end).unwrap_or_default();
        let values = self.values.get(start..end).unwrap_or_default();
        keys.iter().copied().zip(values)
    }

    pub(super) fn replace(&mut self, at: usize, value: V) -> Option<V> {
        let place = self.values.get_mut(at)?;
        Some(std::mem::replace(place, value))
    }

    pub(super) fn insert(&mut self, at: usize, key: K, value: V) {
        grow(&mut self.keys);
        grow(&mut self.values);
        self.keys.insert(at, key);
        self.values.insert(at, value);
    }

    pub(super) fn remove(&mut self, at: usize) -> Option<V> {
        if at >= self.len() {
            return None;
        }
        self.keys.remove(at);
        let value = self.values.remove(at);
        let room = self.len() + self.len() / 4;
        if self.keys.capacity() > room + 1 {
            self.keys.shrink_to(room);
            self.values.shrink_to(room);
        }
        Some(value)
    }

    /// Gives the upper half away.
    pub(super) fn split(&mut self) -> Self {
        let half = self.len() / 2;
        let upper = Self {
            keys: self.keys.split_off(half),
            values: self.values.split_off(half),
        };
        self.keys.shrink_to(half + half / 8);
        self.values.shrink_to(half + half / 8);
        upper
    }

    /// Takes over the entries of the leaf behind.
    pub(super) fn append(&mut self, mut behind: Self) {
        self.keys.reserve_exact(behind.len());
        self.values.reserve_exact(behind.len());
        self.keys.append(&mut behind.keys);
        self.values.append(&mut behind.values);
    }

    /// What the leaf takes from the heap, behind an `Arc` with its two counts.
    pub(super) fn bytes(&self) -> usize {
        2 * size_of::<usize>()
            + size_of::<Self>()
            + self.keys.capacity() * size_of::<K>()
            + self.values.capacity() * size_of::<V>()
    }
}
