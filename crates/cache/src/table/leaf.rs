//! A piece of a table: some neighbours, keys beside keys and values beside values.

use super::grow;
use super::keys::{pad, put, rank};

/// The most entries of a leaf: what a write moves at worst, and what it copies while a snapshot is held.
pub(super) const FULL: usize = 32;
/// With fewer entries than this a leaf looks for a neighbour to join.
pub(super) const LOW: usize = FULL / 4;

#[derive(Clone, Debug)]
pub(super) struct Leaf<K, V> {
    /// In order, each once; behind them, the last one again. They lie in the leaf itself: a lookup that misses the
    /// processor's caches waits once for all of them, and once for the value.
    keys: [K; FULL],
    /// The value of each key, at the same place.
    values: Vec<V>,
}

impl<K: Copy + Ord, V> Leaf<K, V> {
    pub(super) fn of(key: K, value: V) -> Self {
        Self {
            keys: [key; FULL],
            values: vec![value],
        }
    }

    /// Fills a leaf from entries in order.
    pub(super) fn take(entries: &mut std::vec::IntoIter<(K, V)>) -> Option<Self> {
        let len = entries.len().min(FULL);
        let (first, _) = entries.as_slice().first()?;
        let first = *first;
        let (mut keys, mut values) = ([first; FULL], Vec::with_capacity(len));
        for (place, (key, value)) in keys.iter_mut().zip(entries) {
            *place = key;
            values.push(value);
        }
        let mut leaf = Self { keys, values };
        leaf.pad();
        Some(leaf)
    }

    pub(super) const fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn first(&self) -> Option<K> {
        self.keys().first().copied()
    }

    /// Where a key is, or where it would be.
    pub(super) fn find(&self, key: K) -> Result<usize, usize> {
        let at = rank(&self.keys, |other| *other < key).min(self.len());
        match self.keys().get(at) {
            Some(found) if *found == key => Ok(at),
            _ => Err(at),
        }
    }

    pub(super) fn values(&self) -> &[V] {
        &self.values
    }

    pub(super) fn values_mut(&mut self) -> &mut [V] {
        &mut self.values
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        self.keys().iter().copied().zip(&self.values)
    }

    /// The entries from one key to another, both of them as well.
    pub(super) fn range(&self, from: K, to: K) -> impl DoubleEndedIterator<Item = (K, &V)> + Clone {
        let start = self.keys().partition_point(|key| *key < from);
        let end = self.keys().partition_point(|key| *key <= to);
        let keys = self.keys().get(start..end).unwrap_or_default();
        let values = self.values.get(start..end).unwrap_or_default();
        keys.iter().copied().zip(values)
    }

    pub(super) fn replace(&mut self, at: usize, value: V) -> Option<V> {
        let place = self.values.get_mut(at)?;
        Some(std::mem::replace(place, value))
    }

    /// Puts an entry at its place; there has to be room for it.
    pub(super) fn insert(&mut self, at: usize, key: K, value: V) {
        let len = self.len();
        put(&mut self.keys, at, len, key);
        grow(&mut self.values, FULL);
        self.values.insert(at, value);
        self.pad();
    }

    pub(super) fn remove(&mut self, at: usize) -> Option<V> {
        let len = self.len();
        self.keys.get_mut(at..len)?.rotate_left(1);
        let value = (at < len).then(|| self.values.remove(at))?;
        self.pad();
        let room = self.len() + self.len() / 4;
        if self.values.capacity() > room + 1 {
            self.values.shrink_to(room);
        }
        Some(value)
    }

    /// Gives the upper half away.
    pub(super) fn split(&mut self) -> Self {
        let half = self.len() / 2;
        let mut upper = Self {
            keys: self.keys,
            values: self.values.split_off(half),
        };
        upper.keys.rotate_left(half);
        upper.pad();
        self.pad();
        self.values.shrink_to(half + half / 8);
        upper
    }

    /// Takes over the entries of the leaf behind; there has to be room for them.
    pub(super) fn append(&mut self, mut behind: Self) {
        let free = self.keys.iter_mut().skip(self.values.len());
        for (place, key) in free.zip(behind.keys()) {
            *place = *key;
        }
        self.values.reserve_exact(behind.len());
        self.values.append(&mut behind.values);
        self.pad();
    }

    /// What the leaf takes from the heap, behind an `Arc` with its two counts.
    pub(super) const fn bytes(&self) -> usize {
        2 * size_of::<usize>() + size_of::<Self>() + self.values.capacity() * size_of::<V>()
    }

    fn keys(&self) -> &[K] {
        self.keys.get(..self.len()).unwrap_or(&self.keys)
    }

    /// Behind the keys, writes the last of them again.
    fn pad(&mut self) {
        pad(&mut self.keys, self.values.len());
    }
}
