//! The sequences of a block, copies of literals and of what was there before:
//! <https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.3.2>.

use std::{borrow::Cow, sync::LazyLock};

use super::{
    BLOCK, Corrupt, SLACK,
    bits::BackwardBits,
    fse::{Distribution, Table},
    literals::Run,
    window::Window,
};

/// How far a copy in one step goes.
const STEP: usize = SLACK;

/// What the sequences of a block may take from those of an earlier one.
pub(super) struct Sequences {
    literal_lengths: Option<Cow<'static, Table>>,
    match_lengths: Option<Cow<'static, Table>>,
    offsets: Option<Cow<'static, Table>>,
    /// The last three offsets that were used, the latest first.
    recent: [usize; 3],
}

/// One of the three codes that a sequence is made of.
struct Kind {
    max_log: u32,
    /// The table in use where a block describes none.
    predefined: LazyLock<Table>,
    symbols: usize,
    /// The lowest value of a symbol, and the number of bits to be added.
    value: fn(usize) -> Option<(u32, u8)>,
}

static LITERAL_LENGTHS: Kind = Kind {
    max_log: 9,
    predefined: LazyLock::new(|| predefined(6, &LITERAL_LENGTH_COUNTS, literal_length)),
    symbols: 36,
    value: literal_length,
};
static MATCH_LENGTHS: Kind = Kind {
    max_log: 9,
    predefined: LazyLock::new(|| predefined(6, &MATCH_LENGTH_COUNTS, match_length)),
    symbols: 53,
    value: match_length,
};
static OFFSETS: Kind = Kind {
    max_log: 8,
    predefined: LazyLock::new(|| predefined(5, &OFFSET_COUNTS, offset)),
    symbols: 32,
    value: offset,
};

const LITERAL_LENGTH_COUNTS: [i16; 36] = [
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
    -1, -1, -1, -1,
];
const MATCH_LENGTH_COUNTS: [i16; 53] = [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
];
const OFFSET_COUNTS: [i16; 29] = [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1,
];
/// The extra bits of the literal lengths from code 16, and of the match lengths from code 32 on: each
/// code begins where the one before ends.
const LITERAL_LENGTH_BITS: [u8; 20] = [
    1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];
const MATCH_LENGTH_BITS: [u8; 21] = [
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];

impl Sequences {
    /// Decodes the sequences in `bytes`, and with them the block into `out`, whose length it gives.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        literals: Run<'_>,
        out: &mut [u8],
        window: &Window,
    ) -> Result<usize, Corrupt> {
        let mut block = Block {
            at: 0,
            literals: literals.bytes,
            literals_end: literals.length,
            literals_used: 0,
            out,
            window: window.parts(),
        };
        let (count, rest) = count(bytes)?;
        if count == 0 {
            if !rest.is_empty() {
                return Err(Corrupt);
            }
            return block.finish();
        }
        let (modes, mut rest) = rest.split_first().ok_or(Corrupt)?;
        if modes & 3 != 0 {
            return Err(Corrupt);
        }
        let read = LITERAL_LENGTHS.read(modes >> 6, &mut self.literal_lengths, &mut rest)?;
        let literal_lengths = read.ok_or(Corrupt)?;
        let read = OFFSETS.read(modes >> 4 & 3, &mut self.offsets, &mut rest)?;
        let offsets = read.ok_or(Corrupt)?;
        let read = MATCH_LENGTHS.read(modes >> 2 & 3, &mut self.match_lengths, &mut rest)?;
        let match_lengths = read.ok_or(Corrupt)?;

        let mut bits = BackwardBits::new(rest)?;
        let mut literal_state = literal_lengths.start(&mut bits);
        let mut offset_state = offsets.start(&mut bits);
        let mut match_state = match_lengths.start(&mut bits);
        for left in (0..count).rev() {
            let literal = literal_lengths.entry(literal_state)?;
            let length = match_lengths.entry(match_state)?;
            let offset = offsets.entry(offset_state)?;
            bits.refill();
            // At most 31 and 16 bits, then 16 and three states of 9, 9 and 8.
            let value = offset.base + bits.take(u32::from(offset.extra));
            let match_length = length.base + bits.take(u32::from(length.extra));
            bits.refill();
            let literal_length = literal.base + bits.take(u32::from(literal.extra));
            if left > 0 {
                literal_state = literal.follow(&mut bits);
                match_state = length.follow(&mut bits);
                offset_state = offset.follow(&mut bits);
            }
            let distance = recall(&mut self.recent, value as usize, literal_length == 0);
            block.literals(literal_length as usize)?;
            block.copy(distance, match_length as usize)?;
        }
        if !bits.is_done() {
            return Err(Corrupt);
        }
        block.finish()
    }
}

impl Default for Sequences {
    fn default() -> Self {
        Self {
            literal_lengths: None,
            match_lengths: None,
            offsets: None,
            recent: [1, 4, 8],
        }
    }
}

impl Kind {
    /// The table that a block's mode names.
    fn read<'a>(
        &'static self,
        mode: u8,
        current: &'a mut Option<Cow<'static, Table>>,
        bytes: &mut &[u8],
    ) -> Result<Option<&'a Table>, Corrupt> {
        match mode {
            0 => {
                *current = Some(Cow::Borrowed(&*self.predefined));
            }
            1 => {
                let (symbol, rest) = bytes.split_first().ok_or(Corrupt)?;
                let symbol = usize::from(*symbol);
                if symbol >= self.symbols {
                    return Err(Corrupt);
                }
                let table = Table::single((self.value)(symbol).ok_or(Corrupt)?);
                *current = Some(Cow::Owned(table));
                *bytes = rest;
            }
            2 => {
                let (distribution, used) = Distribution::read(bytes, self.symbols, self.max_log)?;
                *current = Some(Cow::Owned(Table::new(&distribution, self.value)?));
                *bytes = bytes.get(used..).ok_or(Corrupt)?;
            }
            // As in the block before.
            _ => {}
        }
        Ok(current.as_deref())
    }
}

/// A block in the making.
struct Block<'a> {
    at: usize,
    literals: &'a [u8],
    literals_end: usize,
    literals_used: usize,
    out: &'a mut [u8],
    window: (&'a [u8], &'a [u8]),
}

impl Block<'_> {
    /// The next literals.
    #[inline]
    fn literals(&mut self, length: usize) -> Result<(), Corrupt> {
        let from = self.literals_used;
        self.literals_used += length;
        if self.literals_used > self.literals_end {
            return Err(Corrupt);
        }
        self.append(self.literals, from, length)
    }

    /// What was there `distance` bytes ago; with what it writes itself, where it goes on so long.
    #[inline]
    fn copy(&mut self, distance: usize, length: usize) -> Result<(), Corrupt> {
        if distance == 0 {
            return Err(Corrupt);
        }
        let Some(back) = distance.checked_sub(self.at).filter(|back| *back > 0) else {
            return self.copy_within(distance, length);
        };
        let (older, newer) = self.window;
        let mut left = length;
        if let Some(from) = newer.len().checked_sub(back) {
            left -= self.append_from(newer, from, left)?;
        } else {
            let from = older.len().checked_sub(back - newer.len());
            left -= self.append_from(older, from.ok_or(Corrupt)?, left)?;
            left -= self.append_from(newer, 0, left)?;
        }
        if left == 0 {
            return Ok(());
        }
        self.copy_within(distance, left)
    }

    /// Copies what there is elsewhere of `length` bytes, and says how many that are.
    #[inline]
    fn append_from(&mut self, source: &[u8], from: usize, length: usize) -> Result<usize, Corrupt> {
        let length = length.min(source.len().saturating_sub(from));
        self.append(source, from, length)?;
        Ok(length)
    }

    /// Copies from elsewhere.
    #[inline]
    fn append(&mut self, source: &[u8], from: usize, length: usize) -> Result<(), Corrupt> {
        let target = self.out.get_mut(self.at..).ok_or(Corrupt)?;
        let source = source.get(from..).ok_or(Corrupt)?;
        self.at += length;
        if length <= STEP
            && let Some(to) = target.first_chunk_mut::<STEP>()
            && let Some(from) = source.first_chunk::<STEP>()
        {
            *to = *from;
            return Ok(());
        }
        let to = target.get_mut(..length).ok_or(Corrupt)?;
        to.copy_from_slice(source.get(..length).ok_or(Corrupt)?);
        Ok(())
    }

    /// Copies from what this block wrote.
    #[inline]
    fn copy_within(&mut self, distance: usize, length: usize) -> Result<(), Corrupt> {
        let (written, target) = self.out.split_at_mut_checked(self.at).ok_or(Corrupt)?;
        let from = written.len().checked_sub(distance).ok_or(Corrupt)?;
        let end = self.at + length;
        if length <= STEP
            && distance >= STEP
            && let Some(to) = target.first_chunk_mut::<STEP>()
            && let Some(source) = written.get(from..).and_then(|source| source.first_chunk())
        {
            *to = *source;
            self.at = end;
            return Ok(());
        }
        if end > self.out.len() {
            return Err(Corrupt);
        }
        // A copy that runs into itself repeats: each round can take twice as much.
        while self.at < end {
            let length = (self.at - from).min(end - self.at);
            self.out.copy_within(from..from + length, self.at);
            self.at += length;
        }
        Ok(())
    }

    /// The literals that no sequence took.
    fn finish(mut self) -> Result<usize, Corrupt> {
        self.literals(self.literals_end - self.literals_used)?;
        if self.at > BLOCK.min(self.out.len() - SLACK) {
            return Err(Corrupt);
        }
        Ok(self.at)
    }
}

/// The number of sequences, and what follows.
fn count(bytes: &[u8]) -> Result<(usize, &[u8]), Corrupt> {
    match *bytes {
        [first @ 0..=127, ref rest @ ..] => Ok((usize::from(first), rest)),
        [255, low, high, ref rest @ ..] => {
            Ok((usize::from(u16::from_le_bytes([low, high])) + 0x7F00, rest))
        }
        [first @ 128..=254, low, ref rest @ ..] => {
            Ok((usize::from(u16::from_be_bytes([first - 128, low])), rest))
        }
        _ => Err(Corrupt),
    }
}

/// The distance that an offset's value stands for: the lowest three are the recent ones, moved by one
/// where there are no literals. Zero for one that there is not.
#[inline]
fn recall(recent: &mut [usize; 3], value: usize, no_literals: bool) -> usize {
    let [first, second, third] = *recent;
    if value > 3 {
        *recent = [value - 3, first, second];
        return value - 3;
    }
    match value + usize::from(no_literals) {
        1 => first,
        2 => {
            *recent = [second, first, third];
            second
        }
        3 => {
            *recent = [third, first, second];
            third
        }
        _ => {
            let before = first.saturating_sub(1);
            *recent = [before, first, second];
            before
        }
    }
}

fn predefined(log: u32, counts: &[i16], value: fn(usize) -> Option<(u32, u8)>) -> Table {
    // The counts are those of the specification; a test makes all three.
    Table::new(&Distribution::of(log, counts), value).unwrap_or_default()
}

fn literal_length(code: usize) -> Option<(u32, u8)> {
    static RANGES: [(u32, u8); 36] = ranges(0, &LITERAL_LENGTH_BITS);
    RANGES.get(code).copied()
}

fn match_length(code: usize) -> Option<(u32, u8)> {
    static RANGES: [(u32, u8); 53] = ranges(3, &MATCH_LENGTH_BITS);
    RANGES.get(code).copied()
}

fn offset(code: usize) -> Option<(u32, u8)> {
    let extra = u8::try_from(code).ok().filter(|code| *code < 32)?;
    Some((1 << extra, extra))
}

/// Where the range of each code begins, and its extra bits: those of the last codes are in `bits`, the
/// others stand for one value.
const fn ranges<const CODES: usize>(start: u32, bits: &[u8]) -> [(u32, u8); CODES] {
    let mut ranges = [(0, 0); CODES];
    let (mut code, mut base) = (0, start);
    while code < CODES {
        let extra = if code + bits.len() < CODES {
            0
        } else {
            bits[code + bits.len() - CODES]
        };
        ranges[code] = (base, extra);
        base += 1 << extra;
        code += 1;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_for_the_ranges_of_the_specification() {
        assert_eq!(literal_length(15), Some((15, 0)));
        assert_eq!(literal_length(25), Some((64, 6)));
        assert_eq!(literal_length(35), Some((65_536, 16)));
        assert_eq!(literal_length(36), None);
        assert_eq!(match_length(31), Some((34, 0)));
        assert_eq!(match_length(43), Some((131, 7)));
        assert_eq!(match_length(52), Some((65_539, 16)));
        assert_eq!(match_length(53), None);
        assert_eq!(offset(31), Some((1 << 31, 31)));
        assert_eq!(offset(32), None);
    }

    #[test]
    fn the_predefined_tables_can_be_made() {
        for (log, counts) in [
            (6, &LITERAL_LENGTH_COUNTS[..]),
            (6, &MATCH_LENGTH_COUNTS),
            (5, &OFFSET_COUNTS),
        ] {
            let distribution = Distribution::of(log, counts);
            let made = Table::new(&distribution, |_| Some((0, 0)));
            assert!(made.is_ok());
        }
    }

    #[test]
    fn recent_offsets_move_to_the_front() {
        let mut recent = [1, 4, 8];
        assert_eq!(recall(&mut recent, 3 + 20, false), 20);
        assert_eq!(recent, [20, 1, 4]);
        assert_eq!(recall(&mut recent, 1, false), 20);
        assert_eq!(recall(&mut recent, 1, true), 1);
        assert_eq!(recent, [1, 20, 4]);
        assert_eq!(recall(&mut recent, 3, false), 4);
        assert_eq!(recent, [4, 1, 20]);
        assert_eq!(recall(&mut recent, 3, true), 3);
        assert_eq!(recent, [3, 4, 1]);
    }
}
