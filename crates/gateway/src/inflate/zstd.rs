//! zstd-stream: one zstd frame that never ends, messages end with a flush, at the end of a block.

use std::fmt;

use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer};

use super::{Fault, Place, make_room};

/// The most that one block gives.
const BLOCK: usize = 128 * 1024;
/// What a stream between two blocks waits for: the header of the next.
const BLOCK_HEADER: usize = 3;
/// What tells how long the header of the whole is.
const FRAME_HEADER: usize = 5;
/// Windows of 8 MiB are what every decoder should have room for; larger ones would let a server ask for
/// as much memory as it likes.
const WINDOW_LOG: u32 = 23;

/// The zstd context of one connection.
pub(super) struct ZstdStream {
    context: DCtx<'static>,
    /// How many bytes the context waits for: the rest of a block and the header of the next, or that
    /// alone.
    wanted: usize,
}

impl ZstdStream {
    pub(super) fn new() -> Self {
        let mut context = DCtx::create();
        // It is within the bounds of the library.
        let _ = context.set_parameter(DParameter::WindowLogMax(WINDOW_LOG));
        Self {
            context,
            wanted: FRAME_HEADER + BLOCK_HEADER,
        }
    }

    /// Decompresses `input` up to the end of a block. `out` grows to `most` bytes, and one more
    /// that says that it is too much.
    pub(super) fn advance(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
        most: usize,
    ) -> Result<Place, Fault> {
        // Given no more than a block at a time it stops at its end, where a message may end.
        let piece = match self.wanted.saturating_sub(BLOCK_HEADER) {
            0 => self.wanted,
            block => block,
        };
        let (piece, rest) = input.split_at(piece.max(1).min(input.len()));
        let before = out.len();
        let mut source = InBuffer::around(piece);
        loop {
            make_room(out, most);
            let start = out.len();
            let mut target = OutBuffer::around_pos(out, start);
            self.wanted = self
                .context
                .decompress_stream(&mut target, &mut source)
                .map_err(|_| Fault::Corrupt)?;
            if out.len() > most {
                return Err(Fault::TooLarge);
            }
            if out.len() < out.capacity() && source.pos == piece.len() {
                break;
            }
        }
        *input = rest;
        Ok(match self.wanted {
            0 | BLOCK_HEADER if out.len() - before >= BLOCK => Place::Full,
            0 | BLOCK_HEADER => Place::End,
            _ => Place::Within,
        })
    }
}

impl fmt::Debug for ZstdStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZstdStream").finish_non_exhaustive()
    }
}
