//! Finite state entropy: <https://datatracker.ietf.org/doc/html/rfc8878#section-4.1>.

use super::{
    Corrupt,
    bits::{BackwardBits, ForwardBits},
};

/// The accuracy of the finest table there is.
const MAX_LOG: u32 = 9;

/// How often each symbol is expected; -1 is "less than once".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Distribution {
    counts: Vec<i16>,
    log: u32,
}

/// What a state means, and where it leads.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// The lowest value of the symbol, to which its extra bits are added.
    pub(super) base: u32,
    pub(super) extra: u8,
    /// The bits to read for the next state, and what they are added to.
    bits: u8,
    next: u16,
}

/// A decoding table. It takes no more memory than its states.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    entries: Box<[Entry]>,
    log: u32,
}

/// A place in a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct State(usize);

impl Distribution {
    pub(super) fn of(log: u32, counts: &[i16]) -> Self {
        Self {
            counts: counts.to_vec(),
            log,
        }
    }

    /// Reads the description of one over `symbols` symbols; with it comes its length in bytes.
    pub(super) fn read(
        bytes: &[u8],
        symbols: usize,
        max_log: u32,
    ) -> Result<(Self, usize), Corrupt> {
        let mut bits = ForwardBits::new(bytes);
        let accuracy = bits.peek(4) + 5;
        bits.skip(4);
        if accuracy > max_log {
            return Err(Corrupt);
        }
        let mut counts = Vec::with_capacity(symbols);
        // One more than the states left to give away.
        let mut left = (1_i32 << accuracy) + 1;
        while left > 1 {
            if counts.len() >= symbols {
                return Err(Corrupt);
            }
            // Values up to `left` come in `width` bits, the lower ones in one less.
            let width = i32::BITS - left.leading_zeros();
            let spare = (1_i32 << width) - 1 - left;
            let short = bits.peek(width - 1).cast_signed();
            let value = if short < spare {
                bits.skip(width - 1);
                short
            } else {
                let long = bits.peek(width).cast_signed();
                bits.skip(width);
                if long >> (width - 1) == 1 {
                    long - spare
                } else {
                    long
                }
            };
            let count = value - 1;
            left -= count.abs();
            counts.push(i16::try_from(count).map_err(|_| Corrupt)?);
            // How many more follow is said in twos of bits, of which 3 says that there is another.
            let mut zeros = if count == 0 { 3 } else { 0 };
            while zeros == 3 {
                zeros = bits.peek(2);
                bits.skip(2);
                counts.extend((0..zeros).map(|_| 0));
                if counts.len() > symbols {
                    return Err(Corrupt);
                }
            }
        }
        if left != 1 {
            return Err(Corrupt);
        }
        Ok((
            Self {
                counts,
                log: accuracy,
            },
            bits.used()?,
        ))
    }
}

impl Table {
    /// The table of a distribution; `value` gives a symbol's base and extra bits.
    pub(super) fn new(
        distribution: &Distribution,
        value: impl Fn(usize) -> Option<(u32, u8)>,
    ) -> Result<Self, Corrupt> {
        let log = distribution.log;
        let size = 1_usize << log;
        let mut entries = vec![Entry::default(); size].into_boxed_slice();
        // What is rarer than once sits at the end, one state each.
        let mut places = [0_u8; 1 << MAX_LOG];
        let symbols = places.get_mut(..size).ok_or(Corrupt)?;
        let mut end = size;
        for (symbol, count) in (0_u8..).zip(&distribution.counts) {
            if *count == -1 {
                end = end.checked_sub(1).ok_or(Corrupt)?;
                *symbols.get_mut(end).ok_or(Corrupt)? = symbol;
            }
        }
        // The others are spread over the rest in steps.
        let step = (size >> 1) + (size >> 3) + 3;
        let mut at = 0;
        for (symbol, count) in (0_u8..).zip(&distribution.counts) {
            for _ in 0..*count {
                *symbols.get_mut(at).ok_or(Corrupt)? = symbol;
                at = (at + step) & (size - 1);
                while at >= end && end > 0 {
                    at = (at + step) & (size - 1);
                }
            }
        }
        if at != 0 {
            return Err(Corrupt);
        }
        let mut next = [0; 1 << u8::BITS];
        for (next, count) in next.iter_mut().zip(&distribution.counts) {
            *next = count.unsigned_abs();
        }
        for (entry, symbol) in entries.iter_mut().zip(symbols.iter()) {
            let next = next.get_mut(usize::from(*symbol)).ok_or(Corrupt)?;
            let number = *next;
            *next += 1;
            // Both are below the table's log, which is at most 9.
            let bits = (log + 1).saturating_sub(u16::BITS - number.leading_zeros());
            let (base, extra) = value(usize::from(*symbol)).ok_or(Corrupt)?;
            *entry = Entry {
                base,
                extra,
                bits: u8::try_from(bits).map_err(|_| Corrupt)?,
                next: u16::try_from((usize::from(number) << bits).saturating_sub(size))
                    .map_err(|_| Corrupt)?,
            };
        }
        Ok(Self { entries, log })
    }

    /// The table of a single symbol, which costs no bits.
    pub(super) fn single((base, extra): (u32, u8)) -> Self {
        Self {
            entries: Box::new([Entry {
                base,
                extra,
                bits: 0,
                next: 0,
            }]),
            log: 0,
        }
    }

    pub(super) fn start(&self, bits: &mut BackwardBits<'_>) -> State {
        State(bits.take(self.log) as usize)
    }

    #[inline]
    pub(super) fn entry(&self, state: State) -> Result<Entry, Corrupt> {
        self.entries.get(state.0).copied().ok_or(Corrupt)
    }
}

impl Entry {
    /// Takes the bits of the next state.
    #[inline]
    pub(super) fn follow(self, bits: &mut BackwardBits<'_>) -> State {
        State(usize::from(self.next) + bits.take(u32::from(self.bits)) as usize)
    }
}
