//! Some leaves that are neighbours, and where each begins.

use std::sync::Arc;

use super::keys::{pad, put, rank};
use super::leaf::Leaf;

/// The most leaves of a branch: what a write copies the list of while a snapshot is held.
pub(super) const WIDE: usize = 48;
/// With fewer leaves than this a branch looks for a neighbour to join.
pub(super) const NARROW: usize = WIDE / 4;

/// Some leaves that are neighbours, and where each begins.
pub(super) struct Branch<K, V> {
    /// For each leaf but the first, a key that none of it is below and all before it are. That of the first is not above
    /// the others; whatever is below it is in the first, too. Behind them, the last one again. They lie in the branch
    /// itself, as the keys of a leaf do, and so do the leaves.
    bounds: [K; WIDE],
    /// None behind the last.
    leaves: [Option<Arc<Leaf<K, V>>>; WIDE],
    len: usize,
}

impl<K: Copy + Ord, V> Branch<K, V> {
    /// What a branch takes from the heap, behind an `Arc` with its two counts.
    pub(super) const BYTES: usize = 2 * size_of::<usize>() + size_of::<Self>();

    pub(super) fn of(bound: K, mut leaf: Option<Arc<Leaf<K, V>>>) -> Self {
        Self {
            bounds: [bound; WIDE],
            len: leaf.is_some().into(),
            leaves: std::array::from_fn(|_| leaf.take()),
        }
    }

    /// Fills a branch from leaves in order.
    pub(super) fn take(leaves: &mut impl Iterator<Item = Leaf<K, V>>) -> Option<Self> {
        let first = leaves.next()?;
        let mut branch = Self::of(first.first()?, Some(Arc::new(first)));
        while branch.len < WIDE
            && let Some(leaf) = leaves.next()
            && let Some(first) = leaf.first()
        {
            branch.insert(branch.len, first, Arc::new(leaf));
        }
        Some(branch)
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The bound of the first leaf.
    pub(super) const fn bound(&self) -> K {
        self.bounds[0]
    }

    /// The leaf that a key is in, if it is anywhere.
    pub(super) fn leaf_of(&self, key: K) -> usize {
        let after = rank(&self.bounds, |bound| *bound <= key);
        after.min(self.len).saturating_sub(1)
    }

    pub(super) fn leaves(&self) -> &[Option<Arc<Leaf<K, V>>>] {
        self.leaves.get(..self.len).unwrap_or(&self.leaves)
    }

    pub(super) fn leaves_mut(&mut self) -> &mut [Option<Arc<Leaf<K, V>>>] {
        self.leaves.get_mut(..self.len).unwrap_or_default()
    }

    /// Puts a leaf at its place; there has to be room for it.
    pub(super) fn insert(&mut self, at: usize, bound: K, leaf: Arc<Leaf<K, V>>) {
        // The first leaf may have got keys below its bound.
        self.bounds[0] = self.bounds[0].min(bound);
        put(&mut self.bounds, at, self.len, bound);
        put(&mut self.leaves, at, self.len, Some(leaf));
        self.len += 1;
        pad(&mut self.bounds, self.len);
    }

    pub(super) fn remove(&mut self, at: usize) -> Option<Arc<Leaf<K, V>>> {
        let leaf = self.leaves.get_mut(at)?.take()?;
        self.bounds.get_mut(at..self.len)?.rotate_left(1);
        self.leaves.get_mut(at..self.len)?.rotate_left(1);
        self.len -= 1;
        pad(&mut self.bounds, self.len);
        Some(leaf)
    }

    /// Gives the upper half away.
    pub(super) fn split(&mut self) -> Self {
        let half = self.len / 2;
        let mut upper = Self {
            bounds: self.bounds,
            leaves: std::array::from_fn(|at| self.leaves.get_mut(half + at)?.take()),
            len: self.len - half,
        };
        upper.bounds.rotate_left(half);
        pad(&mut upper.bounds, upper.len);
        self.len = half;
        pad(&mut self.bounds, self.len);
        upper
    }

    /// Takes over the leaves of the branch behind; there has to be room for them. `bound` is a key that none of them is
    /// below and all before them are.
    pub(super) fn append(&mut self, bound: K, mut behind: Self) {
        // The first leaf may have got keys below its own.
        behind.bounds[0] = bound;
        for (bound, leaf) in behind.bounds.into_iter().zip(behind.leaves) {
            let Some(leaf) = leaf else { return };
            self.insert(self.len, bound, leaf);
        }
    }
}

impl<K: Copy, V> Clone for Branch<K, V> {
    fn clone(&self) -> Self {
        Self {
            bounds: self.bounds,
            leaves: self.leaves.clone(),
            len: self.len,
        }
    }
}
