//! All users, in parts that are locked one by one.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use polycord_types::id::UserId;

use super::data::Rows;
use super::rows::UserRow;

/// In how many parts the users are, as a power of two.
const BITS: u32 = 6;
pub(super) const SHARDS: usize = 1 << BITS;

/// Rows under a lock of their own.
pub(super) struct Shelf<K> {
    rows: RwLock<Rows<K, UserRow>>,
}

impl<K: Copy + Ord> Default for Shelf<K> {
    fn default() -> Self {
        Self {
            rows: RwLock::new(Rows::new()),
        }
    }
}

impl<K> Shelf<K> {
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Rows<K, UserRow>> {
        // Each step of a write leaves the rows sound.
        self.rows.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Rows<K, UserRow>> {
        self.rows.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All users.
pub(super) type Users = [Shelf<UserId>; SHARDS];

/// The part that a user is in.
pub(super) const fn part<T>(parts: &[T; SHARDS], user: UserId) -> &T {
    &parts[number(user)]
}

pub(super) const fn part_mut<T>(parts: &mut [T; SHARDS], user: UserId) -> &mut T {
    &mut parts[number(user)]
}

const fn number(user: UserId) -> usize {
    // Ids of a time differ in few of their bits: a multiplication spreads them.
    let spread = user.get().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (spread >> (u64::BITS - BITS)) as usize
}
