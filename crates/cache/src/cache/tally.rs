//! A sum to which many contribute.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One of the parts of a sum of bytes. It leaves the sum when it is dropped.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sum: Arc<AtomicUsize>,
    own: usize,
}

impl Tally {
    /// Another part of the same sum, which is nothing yet.
    pub(super) fn part(&self) -> Self {
        Self {
            sum: Arc::clone(&self.sum),
            own: 0,
        }
    }

    /// Says how much this part is now.
    pub(super) fn set(&mut self, own: usize) {
        if own == self.own {
            return;
        }
        // What wraps around wraps back: the sum is never less than its parts.
        let difference = own.wrapping_sub(self.own);
        self.sum.fetch_add(difference, Ordering::Relaxed);
        self.own = own;
    }

    pub(super) fn sum(&self) -> usize {
        self.sum.load(Ordering::Relaxed)
    }
}

/// What a hash table with room for so many entries takes from the heap: of its buckets one in eight stays free, and there is
/// a byte for each, and some more.
pub(super) const fn table_bytes<T>(capacity: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    let buckets = (capacity * 8).div_ceil(7).next_power_of_two();
    buckets * (size_of::<T>() + 1) + 16
}

impl Drop for Tally {
    fn drop(&mut self) {
        self.set(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_dropped_leaves_the_sum() {
        let all = Tally::default();
        let (mut one, mut other) = (all.part(), all.part());
        one.set(10);
        other.set(5);
        one.set(7);
        assert_eq!(all.sum(), 12);
        drop(other);
        assert_eq!(all.sum(), 7);
    }
}
