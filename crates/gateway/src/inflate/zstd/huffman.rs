//! Huffman-coded literals: <https://datatracker.ietf.org/doc/html/rfc8878#section-4.2>.

use super::{
    Corrupt,
    bits::BackwardBits,
    fse::{Distribution, Table},
};

/// The longest code.
const MAX_BITS: u32 = 11;
const STATES: usize = 1 << MAX_BITS;
/// The accuracy of the weights' own coding, and how many weights there are.
const WEIGHT_LOG: u32 = 6;
const MAX_WEIGHTS: usize = 255;

/// A decoding table: what begins with the bits of its index, of which there are `depth`.
pub(super) struct Codes {
    depth: u32,
    table: Box<[Code; STATES]>,
}

#[derive(Clone, Copy, Default)]
struct Code {
    bits: u8,
    symbol: u8,
}

impl Codes {
    /// A table that nothing was read into yet.
    pub(super) fn new() -> Self {
        Self {
            depth: 1,
            table: Box::new([Code::default(); STATES]),
        }
    }

    /// Reads the description of a tree, and gives its length in bytes.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<usize, Corrupt> {
        let (header, rest) = bytes.split_first().ok_or(Corrupt)?;
        let header = usize::from(*header);
        let mut weights = Vec::with_capacity(MAX_WEIGHTS + 1);
        let length = if header < 128 {
            coded_weights(rest.get(..header).ok_or(Corrupt)?, &mut weights)?;
            header
        } else {
            let count = header - 127;
            let length = count.div_ceil(2);
            for byte in rest.get(..length).ok_or(Corrupt)? {
                weights.extend([byte >> 4, byte & 15]);
            }
            weights.truncate(count);
            length
        };
        self.fill(&mut weights)?;
        Ok(1 + length)
    }

    /// Makes the codes of the symbols with these weights, of which the last is not told: it fills the tree.
    fn fill(&mut self, weights: &mut Vec<u8>) -> Result<(), Corrupt> {
        let mut sum = 0_u32;
        for weight in weights.iter().filter(|weight| **weight > 0) {
            if u32::from(*weight) > MAX_BITS {
                return Err(Corrupt);
            }
            sum += 1 << (weight - 1);
        }
        let depth = u32::BITS - sum.leading_zeros();
        if depth == 0 || depth > MAX_BITS {
            return Err(Corrupt);
        }
        let rest = (1 << depth) - sum;
        if !rest.is_power_of_two() {
            return Err(Corrupt);
        }
        weights.push(u8::try_from(rest.trailing_zeros() + 1).map_err(|_| Corrupt)?);
        // The longest codes come first; among those of one length, symbols in order.
        let span = |weight: u8| 1_usize << (u32::from(weight) - 1);
        let mut sizes = [0; MAX_BITS as usize + 2];
        for weight in weights.iter().filter(|weight| **weight > 0) {
            let size = sizes.get_mut(usize::from(*weight) + 1);
            *size.ok_or(Corrupt)? += span(*weight);
        }
        let mut places = sizes;
        let mut start = 0;
        for place in &mut places {
            start += *place;
            *place = start;
        }
        for (symbol, weight) in (0_u8..=u8::MAX).zip(weights.iter()) {
            if *weight == 0 {
                continue;
            }
            let place = places.get_mut(usize::from(*weight)).ok_or(Corrupt)?;
            let end = *place + span(*weight);
            let bits = u8::try_from(depth + 1 - u32::from(*weight)).map_err(|_| Corrupt)?;
            self.table
                .get_mut(*place..end)
                .ok_or(Corrupt)?
                .fill(Code { bits, symbol });
            *place = end;
        }
        self.depth = depth;
        Ok(())
    }

    /// Decodes one stream to its end.
    pub(super) fn decode(&self, bytes: &[u8], out: &mut [u8]) -> Result<(), Corrupt> {
        let mut bits = BackwardBits::new(bytes)?;
        let mut chunks = out.chunks_exact_mut(5);
        for chunk in &mut chunks {
            bits.refill();
            // Five codes of 11 bits are 55.
            for byte in chunk {
                *byte = self.next(&mut bits);
            }
        }
        bits.refill();
        for byte in chunks.into_remainder() {
            *byte = self.next(&mut bits);
        }
        if bits.is_done() { Ok(()) } else { Err(Corrupt) }
    }

    /// Decodes four streams side by side, each for its part of `out`.
    pub(super) fn decode_four(&self, streams: [&[u8]; 4], out: &mut [u8]) -> Result<(), Corrupt> {
        let part = out.len().div_ceil(4);
        let (a, rest) = out.split_at_mut_checked(part).ok_or(Corrupt)?;
        let (b, rest) = rest.split_at_mut_checked(part).ok_or(Corrupt)?;
        let (c, d) = rest.split_at_mut_checked(part).ok_or(Corrupt)?;
        for (stream, out) in streams.into_iter().zip([a, b, c, d]) {
            self.decode(stream, out)?;
        }
        Ok(())
    }

    #[inline]
    fn next(&self, bits: &mut BackwardBits<'_>) -> u8 {
        let index = bits.peek(self.depth) as usize;
        let code = self.table[index % STATES];
        bits.skip(u32::from(code.bits));
        code.symbol
    }
}

/// Weights in two interleaved states.
fn coded_weights(bytes: &[u8], weights: &mut Vec<u8>) -> Result<(), Corrupt> {
    let (distribution, used) = Distribution::read(bytes, usize::from(u8::MAX) + 1, WEIGHT_LOG)?;
    let table = Table::new(&distribution, |symbol| {
        Some((u32::try_from(symbol).ok()?, 0))
    })?;
    let mut bits = BackwardBits::new(bytes.get(used..).ok_or(Corrupt)?)?;
    let (mut now, mut other) = (table.start(&mut bits), table.start(&mut bits));
    if bits.is_overdrawn() {
        return Err(Corrupt);
    }
    while weights.len() < MAX_WEIGHTS {
        let entry = table.entry(now)?;
        weights.push(u8::try_from(entry.base).map_err(|_| Corrupt)?);
        bits.refill();
        let next = entry.follow(&mut bits);
        if bits.is_overdrawn() {
            // The bits are used up: the other state is the last.
            let last = table.entry(other)?;
            weights.push(u8::try_from(last.base).map_err(|_| Corrupt)?);
            if weights.len() > MAX_WEIGHTS {
                return Err(Corrupt);
            }
            return Ok(());
        }
        (now, other) = (other, next);
    }
    Err(Corrupt)
}
