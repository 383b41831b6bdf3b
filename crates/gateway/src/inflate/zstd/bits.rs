//! Bits out of bytes, from the front and from the back.

use super::Corrupt;

/// Reads bits from the first byte on, the lowest bit of each first.
pub(super) struct ForwardBits<'a> {
    at: usize,
    bytes: &'a [u8],
}

impl<'a> ForwardBits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { at: 0, bytes }
    }

    /// The next `count` bits, at most 16, without taking them; zeros after the end.
    pub(super) fn peek(&self, count: u32) -> u32 {
        let start = self.at / 8;
        let byte = |at: usize| self.bytes.get(start + at).copied().unwrap_or_default();
        let word = u32::from_le_bytes([byte(0), byte(1), byte(2), 0]);
        (word >> (self.at % 8)) & ((1 << count) - 1)
    }

    pub(super) fn skip(&mut self, count: u32) {
        self.at += count as usize;
    }

    /// The bytes that were touched.
    pub(super) fn used(&self) -> Result<usize, Corrupt> {
        let used = self.at.div_ceil(8);
        if used > self.bytes.len() {
            return Err(Corrupt);
        }
        Ok(used)
    }
}

/// Reads bits from the last byte on, the highest bit of each first. The highest bit that is set in the
/// last byte marks the start.
pub(super) struct BackwardBits<'a> {
    /// What is loaded, the next bit at the top.
    bits: u64,
    bytes: &'a [u8],
    /// How many bits of it count; below zero once more was taken than there is.
    count: i32,
    /// The bytes not loaded yet.
    left: usize,
}

impl<'a> BackwardBits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Corrupt> {
        let last = *bytes.last().ok_or(Corrupt)?;
        if last == 0 {
            return Err(Corrupt);
        }
        let mut new = Self {
            bits: 0,
            bytes,
            count: 0,
            left: bytes.len(),
        };
        new.refill();
        new.skip(last.leading_zeros() + 1);
        Ok(new)
    }

    /// Loads at least 56 bits, or all that there are.
    #[inline]
    pub(super) fn refill(&mut self) {
        let loaded = self.left.checked_sub(8);
        match loaded.and_then(|start| self.bytes.get(start..)?.first_chunk()) {
            // More than 8 bytes are left: the count is not below zero.
            Some(word) => {
                self.bits |= u64::from_le_bytes(*word) >> self.count.cast_unsigned();
                let bytes = (63 - self.count) >> 3;
                self.left -= bytes.cast_unsigned() as usize;
                self.count += bytes << 3;
            }
            None => self.refill_slowly(),
        }
    }

    #[cold]
    fn refill_slowly(&mut self) {
        while (0..=56).contains(&self.count) && self.left > 0 {
            self.left -= 1;
            let byte = self.bytes.get(self.left).copied().unwrap_or_default();
            self.bits |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next `count` bits, at most 32 and at least 1; zeros after the end.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no more than 32 bits are asked for"
    )]
    pub(super) fn peek(&self, count: u32) -> u32 {
        (self.bits >> (64 - count)) as u32
    }

    #[inline]
    pub(super) fn skip(&mut self, count: u32) {
        self.bits <<= count;
        self.count -= count.cast_signed();
    }

    /// Takes `count` bits, at most 31; the caller has refilled for them.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no more than 31 bits are asked for"
    )]
    pub(super) fn take(&mut self, count: u32) -> u32 {
        let taken = (self.bits >> 1 >> (63 - count)) as u32;
        self.skip(count);
        taken
    }

    /// Whether more was taken than there was.
    pub(super) fn is_overdrawn(&self) -> bool {
        self.count < 0
    }

    /// Whether all was taken, and no more.
    pub(super) fn is_done(&self) -> bool {
        self.left == 0 && self.count == 0
    }
}
