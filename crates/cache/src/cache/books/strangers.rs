//! Members who were heard of before anybody said that they joined.

use std::collections::VecDeque;

use polycord_types::id::UserId;

use crate::cache::tally::Tally;

/// How many of a guild are remembered: that somebody joined is told soon, or was told long ago.
const REMEMBERED: usize = 64;

/// The members of a guild who are known only by what they did, the earliest first.
#[derive(Debug)]
pub(in crate::cache) struct Strangers {
    last: VecDeque<UserId>,
    /// The bytes that they take.
    tally: Tally,
}

impl Strangers {
    pub(super) const fn new(tally: Tally) -> Self {
        Self {
            last: VecDeque::new(),
            tally,
        }
    }

    pub(in crate::cache) fn insert(&mut self, user: UserId) {
        if self.last.contains(&user) {
            return;
        }
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(user);
        self.tally.set(self.last.capacity() * size_of::<UserId>());
    }

    /// Whether the user was among them.
    pub(in crate::cache) fn remove(&mut self, user: UserId) -> bool {
        let place = self.last.iter().position(|known| *known == user);
        place.and_then(|place| self.last.remove(place)).is_some()
    }

    /// Makes them others.
    pub(in crate::cache) fn replace(&mut self, users: impl IntoIterator<Item = UserId>) {
        self.last.clear();
        for user in users {
            self.insert(user);
        }
    }

    /// All of them, the earliest first.
    pub(super) fn all(&self) -> Vec<UserId> {
        self.last.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_are_remembered() {
        let mut strangers = Strangers::new(Tally::default());
        for user in 1..=100 {
            strangers.insert(UserId::new(user));
            strangers.insert(UserId::new(user));
        }
        assert_eq!(strangers.all().len(), REMEMBERED);
        assert!(!strangers.remove(UserId::new(36)));
        assert!(strangers.remove(UserId::new(37)));
        assert!(!strangers.remove(UserId::new(37)));
    }
}
