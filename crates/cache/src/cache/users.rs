//! All users, in parts that are changed one by one.

use polycord_types::id::UserId;

use super::cell::Cell;
use super::data::Rows;
use super::rows::UserRow;
use super::snowflakes::part_of;

/// In how many parts the users are, as a power of two.
const BITS: u32 = 7;
pub(super) const SHARDS: usize = 1 << BITS;

/// Some users.
pub(super) type Shelf<K> = Cell<Rows<K, UserRow>>;

/// All users.
pub(super) type Users = [Shelf<UserId>; SHARDS];

/// The part that a user is in.
pub(super) const fn part<T>(parts: &[T; SHARDS], user: UserId) -> &T {
    &parts[part_of(user.get(), BITS)]
}

pub(super) const fn part_mut<T>(parts: &mut [T; SHARDS], user: UserId) -> &mut T {
    &mut parts[part_of(user.get(), BITS)]
}
