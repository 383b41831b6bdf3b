//! What was switched on and off last.

use std::collections::VecDeque;

use super::tally::Tally;

/// How many are remembered.
const REMEMBERED: usize = 64;

/// Who did last what can be done and undone, so that an event delivered twice counts once.
#[derive(Debug)]
pub(super) struct Toggles<K> {
    last: VecDeque<(K, bool)>,
    /// The bytes that it takes.
    tally: Tally,
}

impl<K: PartialEq> Toggles<K> {
    pub(super) const fn new(tally: Tally) -> Self {
        Self {
            last: VecDeque::new(),
            tally,
        }
    }

    /// Notes that something was done or undone; whether that is what was heard of it last.
    pub(super) fn is_repeated(&mut self, key: K, on: bool) -> bool {
        let seen = self.last.iter().position(|(known, _)| *known == key);
        let last = seen.and_then(|place| self.last.remove(place));
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back((key, on));
        self.tally
            .set(self.last.capacity() * size_of::<(K, bool)>());
        last.is_some_and(|(_, was_on)| was_on == on)
    }

    /// Whether the last that was heard of something is that it was undone.
    pub(super) fn is_off(&self, key: K) -> bool {
        self.last.contains(&(key, false))
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&K, bool) -> bool) {
        self.last.retain(|(key, on)| keep(key, *on));
    }

    /// All that is remembered, the earliest first.
    pub(super) fn remembered(&self) -> Vec<(K, bool)>
    where
        K: Clone,
    {
        self.last.iter().cloned().collect()
    }

    /// Remembers what another remembered.
    pub(super) fn recall(&mut self, all: Vec<(K, bool)>) {
        for (key, on) in all {
            self.is_repeated(key, on);
        }
    }

    pub(super) fn clear(&mut self) {
        self.last.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_twice_is_repeated_and_only_the_last_are_remembered() {
        let mut toggles = Toggles::new(Tally::default());
        assert!(!toggles.is_repeated(1, true));
        assert!(toggles.is_repeated(1, true));
        assert!(!toggles.is_repeated(1, false));
        assert!(toggles.is_off(1) && !toggles.is_off(2));
        for other in 2..10_000 {
            assert!(!toggles.is_repeated(other, true));
        }
        assert_eq!(toggles.last.len(), REMEMBERED);
        assert!(!toggles.is_repeated(1, false), "too long ago");
    }
}
