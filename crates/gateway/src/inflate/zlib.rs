//! zlib-stream: one zlib context, messages end with a sync flush.

use std::fmt;

use flate2::{Decompress, FlushDecompress, Status};

use super::{Fault, Place, make_room};

/// How a sync flush ends: an empty stored block.
const FLUSH: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// The zlib context of one connection.
pub(super) struct ZlibStream {
    context: Decompress,
    /// The last bytes since a marker, at most three: the next one may straddle two frames.
    tail: Tail,
}

impl ZlibStream {
    pub(super) fn new() -> Self {
        Self {
            context: Decompress::new(true),
            tail: Tail::default(),
        }
    }

    /// Inflates `input` up to the next flush marker, or all of it. `out` grows to `most` bytes.
    pub(super) fn advance(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
        most: usize,
    ) -> Result<Place, Fault> {
        let end = self
            .tail
            .flush_end(input)
            .or_else(|| flush_end(input))
            .filter(|end| *end <= input.len());
        let (piece, rest) = input.split_at(end.unwrap_or(input.len()));
        *input = rest;
        self.inflate(piece, out, most)?;
        if end.is_some() {
            self.tail = Tail::default();
            return Ok(Place::End);
        }
        self.tail.remember(piece);
        Ok(Place::Within)
    }

    fn inflate(&mut self, mut input: &[u8], out: &mut Vec<u8>, most: usize) -> Result<(), Fault> {
        loop {
            make_room(out, most);
            let (before, read) = (out.len(), self.context.total_in());
            let status = self
                .context
                .decompress_vec(input, out, FlushDecompress::Sync)
                .map_err(|_| Fault::Corrupt)?;
            // Bounded by the slice just handed in.
            let read = usize::try_from(self.context.total_in() - read).unwrap_or(usize::MAX);
            input = input.get(read..).unwrap_or_default();
            if out.len() > most {
                return Err(Fault::TooLarge);
            }
            if status == Status::StreamEnd {
                // A gateway stream has no end: after one, nothing more could be read.
                return Err(Fault::Corrupt);
            }
            if out.len() < out.capacity() {
                if input.is_empty() {
                    return Ok(());
                }
                if read == 0 && out.len() == before {
                    return Err(Fault::Corrupt);
                }
            }
        }
    }
}

impl fmt::Debug for ZlibStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZlibStream").finish_non_exhaustive()
    }
}

/// Where in `input` the first flush marker ends.
fn flush_end(input: &[u8]) -> Option<usize> {
    // Of the bytes of a marker, 0xFF is the rare one.
    memchr::memchr_iter(FLUSH[2], input).find_map(|at| {
        let start = at.checked_sub(2)?;
        let found = input.get(start..)?.starts_with(&FLUSH);
        found.then_some(start + FLUSH.len())
    })
}

/// The end of what was fed.
#[derive(Clone, Copy, Debug, Default)]
struct Tail {
    bytes: [u8; 3],
    length: usize,
}

impl Tail {
    fn get(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Where in `input` a marker ends that began before it.
    fn flush_end(&self, input: &[u8]) -> Option<usize> {
        (1..=self.length).rev().find_map(|before| {
            let (old, new) = FLUSH.split_at(before);
            (self.get().ends_with(old) && input.starts_with(new)).then_some(new.len())
        })
    }

    fn remember(&mut self, piece: &[u8]) {
        let mut seam = [0; 6];
        let new = piece
            .get(piece.len().saturating_sub(self.bytes.len())..)
            .unwrap_or_default();
        let end = self.length + new.len();
        for (to, from) in seam.iter_mut().zip(self.get().iter().chain(new)) {
            *to = *from;
        }
        let seam = seam.get(..end).unwrap_or_default();
        let last = seam
            .get(end.saturating_sub(self.bytes.len())..)
            .unwrap_or_default();
        self.length = last.len();
        for (to, from) in self.bytes.iter_mut().zip(last) {
            *to = *from;
        }
    }
}
