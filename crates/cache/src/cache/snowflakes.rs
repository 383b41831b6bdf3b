//! Maps by ids.

use std::hash::{BuildHasherDefault, Hasher};

use dashmap::DashMap;

/// A map by ids that readers and the writer share.
pub(super) type IdMap<K, V> = DashMap<K, V, SpreadIds>;

/// Makes the hashers of maps by ids.
pub(super) type SpreadIds = BuildHasherDefault<Spread>;

/// What spreads the few bits in which ids of a time differ over all.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// In which part an id is of as many as so many bits, fewer than 32, can count.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no more than those bits are left"
)]
pub(super) const fn part_of(id: u64, bits: u32) -> usize {
    (id.wrapping_mul(FACTOR) >> (u64::BITS - bits)) as usize
}

/// A hasher for ids, which Discord makes: nobody chooses them so that they collide. Ids of a time differ in few of their
/// bits, and a multiplication spreads these.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number) * u128::from(FACTOR);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "both halves are taken, one after the other"
        )]
        let (low, high) = (product as u64, (product >> 64) as u64);
        self.0 = low ^ high;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use polycord_types::id::GuildId;

    use super::*;

    #[test]
    fn ids_of_one_moment_differ_where_maps_look() {
        let hash = |id| SpreadIds::default().hash_one(GuildId::new(id));
        for shift in [0, 12, 22] {
            let ids = || (0..4_096_u64).map(|n| 1_100_000_000_000_000_000 + (n << shift));
            let low: HashSet<_> = ids().map(|id| hash(id) & 0xffff).collect();
            let high: HashSet<_> = ids().map(|id| hash(id) >> 48).collect();
            let (low, high) = (low.len(), high.len());
            assert!(low > 3_800 && high > 3_800, "{shift}: {low} {high}");
        }
    }
}
