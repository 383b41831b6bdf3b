//! Users of a guild of whom something is noted.

use polycord_types::id::UserId;

use crate::cache::tally::Tally;
use crate::table::Table;

/// Users of a guild of whom something is noted.
#[derive(Debug)]
pub(in crate::cache) struct People {
    users: Table<UserId, ()>,
    /// The bytes that they take.
    tally: Tally,
}

impl People {
    pub(super) const fn new(tally: Tally) -> Self {
        Self {
            users: Table::new(),
            tally,
        }
    }

    pub(in crate::cache) fn insert(&mut self, user: UserId) {
        self.users.insert(user, ());
        self.tally.set(self.users.bytes());
    }

    /// Whether the user was among them.
    pub(in crate::cache) fn remove(&mut self, user: UserId) -> bool {
        let was_there = self.users.remove(user).is_some();
        self.tally.set(self.users.bytes());
        was_there
    }

    /// Makes them others.
    pub(in crate::cache) fn replace(&mut self, users: impl IntoIterator<Item = UserId>) {
        let mut users: Vec<_> = users.into_iter().map(|user| (user, ())).collect();
        users.sort_unstable();
        users.dedup();
        self.users = Table::from_ordered(users);
        self.tally.set(self.users.bytes());
    }

    pub(in crate::cache) fn contains(&self, user: UserId) -> bool {
        self.users.contains(user)
    }

    /// All of them, by id.
    pub(in crate::cache) fn all(&self) -> Vec<UserId> {
        self.users.keys().collect()
    }
}
