//! zstd-stream: one zstd frame that never ends, messages end with a flush.

use std::fmt;

use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer};

use super::{Fault, Place, make_room};

/// What a stream between two blocks waits for: the header of the next.
const BLOCK_HEADER: usize = 3;
/// Windows of 8 MiB are what every decoder should have room for; larger ones would let a server ask for
/// as much memory as it likes.
const WINDOW_LOG: u32 = 23;

/// The zstd context of one connection.
pub(super) struct ZstdStream {
    context: DCtx<'static>,
}

impl ZstdStream {
    pub(super) fn new() -> Self {
        let mut context = DCtx::create();
        // It is within the bounds of the library.
        let _ = context.set_parameter(DParameter::WindowLogMax(WINDOW_LOG));
        Self { context }
    }

    /// Decompresses `input`. `out` grows to `most` bytes.
    pub(super) fn advance(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
        most: usize,
    ) -> Result<Place, Fault> {
        let mut source = InBuffer::around(input);
        loop {
            make_room(out, most);
            let start = out.len();
            let mut target = OutBuffer::around_pos(out, start);
            let wanted = self
                .context
                .decompress_stream(&mut target, &mut source)
                .map_err(|_| Fault::Corrupt)?;
            if out.len() > most {
                return Err(Fault::TooLarge);
            }
            if out.len() < out.capacity() && source.pos == input.len() {
                *input = &[];
                return Ok(if wanted <= BLOCK_HEADER && wanted != 1 && wanted != 2 {
                    Place::End
                } else {
                    Place::Within
                });
            }
        }
    }
}

impl fmt::Debug for ZstdStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZstdStream").finish_non_exhaustive()
    }
}
