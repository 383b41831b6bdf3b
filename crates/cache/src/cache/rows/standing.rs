//! What is known of every membership, in eight bytes.

use polycord_types::{Timestamp, member::MemberFlags};

/// The first moment of Discord's ids, 2015, in microseconds since 1970: nobody joined before.
const EPOCH: i64 = 1_420_070_400_000_000;
/// Microseconds since [`EPOCH`], from 1 on: until the end of 2050. Zero is no time.
const TIME: Bits = Bits { at: 0, len: 50 };
/// Flags as Discord has them, up to here.
const FLAGS: Bits = Bits { at: 50, len: 10 };
const DEAF: Bits = Bits { at: 60, len: 1 };
const MUTE: Bits = Bits { at: 61, len: 1 };
/// Not told, no, yes.
const PENDING: Bits = Bits { at: 62, len: 2 };

/// What is known of every membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) joined_at: Option<Timestamp>,
    pub(super) flags: MemberFlags,
    pub(super) deaf: bool,
    pub(super) mute: bool,
    pub(super) pending: Option<bool>,
}

/// The same in eight bytes, without what does not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed(u64);

#[derive(Clone, Copy)]
struct Bits {
    at: u32,
    len: u32,
}

impl Bits {
    const fn mask(self) -> u64 {
        (1 << self.len) - 1
    }

    const fn put(self, value: u64) -> u64 {
        value << self.at
    }

    const fn get(self, all: u64) -> u64 {
        (all >> self.at) & self.mask()
    }

    fn fits(self, value: u64) -> Option<u64> {
        (value <= self.mask()).then_some(value)
    }
}

impl Standing {
    /// In eight bytes, and what has to be kept elsewhere: a time and flags of tomorrow.
    pub(super) fn pack(self) -> (Packed, Option<Timestamp>, Option<MemberFlags>) {
        let time = self.joined_at.and_then(number);
        let flags = FLAGS.fits(self.flags.bits());
        let packed = TIME.put(time.unwrap_or_default())
            | FLAGS.put(flags.unwrap_or_default())
            | DEAF.put(self.deaf.into())
            | MUTE.put(self.mute.into())
            | PENDING.put(self.pending.map_or(0, |pending| 1 + u64::from(pending)));
        let joined_at = self.joined_at.filter(|_| time.is_none());
        let flags = flags.is_none().then_some(self.flags);
        (Packed(packed), joined_at, flags)
    }
}

impl Packed {
    /// All of it, of which `joined_at` and `flags` were kept elsewhere.
    pub(super) fn unpack(
        self,
        joined_at: Option<Timestamp>,
        flags: Option<MemberFlags>,
    ) -> Standing {
        let pending = PENDING.get(self.0);
        Standing {
            joined_at: time(TIME.get(self.0)).or(joined_at),
            flags: flags.unwrap_or_else(|| MemberFlags::from_bits_retain(FLAGS.get(self.0))),
            deaf: DEAF.get(self.0) == 1,
            mute: MUTE.get(self.0) == 1,
            pending: (pending > 0).then_some(pending > 1),
        }
    }
}

fn number(time: Timestamp) -> Option<u64> {
    let since = time.as_micros().checked_sub(EPOCH)?.checked_add(1)?;
    let since = u64::try_from(since).ok().filter(|since| *since > 0)?;
    TIME.fits(since)
}

fn time(number: u64) -> Option<Timestamp> {
    let since = number.checked_sub(1).map(u64::cast_signed)?;
    Some(Timestamp::from_micros(EPOCH + since))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_what_comes_out_and_little_is_kept_elsewhere() {
        let times = [
            None,
            Some(i64::MIN + 1),
            Some(0),
            Some(EPOCH - 1),
            Some(EPOCH),
            Some(1_763_000_000_123_456),
            Some(EPOCH + (1 << 50) - 2),
            Some(EPOCH + (1 << 50) - 1),
            Some(i64::MAX),
        ];
        for joined_at in times.map(|time| time.map(Timestamp::from_micros)) {
            for flags in [0, 1, 10, 1 << 9, 1 << 10, u64::MAX] {
                for bits in 0..12 {
                    let standing = Standing {
                        joined_at,
                        flags: MemberFlags::from_bits_retain(flags),
                        deaf: bits & 1 == 1,
                        mute: bits & 2 == 2,
                        pending: [None, Some(false), Some(true)][bits / 4],
                    };
                    let (packed, time, rest) = standing.pack();
                    assert_eq!(packed.unpack(time, rest), standing);
                    assert_eq!(rest.is_some(), flags >= 1 << 10);
                    let usual = EPOCH..EPOCH + (1 << 50) - 1;
                    let fits = joined_at.is_none_or(|time| usual.contains(&time.as_micros()));
                    assert_eq!(time.is_none(), fits);
                }
            }
        }
    }
}
