//! Transport compression: one decompressor per connection, messages out of frames.
//!
//! All messages of a connection are one compressed stream. Each ends with a flush, at the end of a
//! websocket frame; what is said of frames that end elsewhere, or hold several messages, is more than
//! the documentation promises, and costs the ordinary frame nothing.
//! See <https://docs.discord.com/developers/events/gateway#transport-compression>.

mod outline;
#[cfg(feature = "zlib")]
mod zlib;
#[cfg(feature = "zstd")]
mod zstd;

use std::{cell::Cell, mem};

use bytes::Bytes;

use self::outline::{Outline, is_outlined};
use crate::Compression;

/// An output buffer that grew beyond this for one message is not kept for the next.
const KEEP: usize = 256 * 1024;
/// Messages from this size on take the buffer they were inflated into; smaller ones are copied to one
/// of their own size, so that none keeps more memory than its own.
const HAND_OVER: usize = 64 * 1024;
/// The least room for what comes next.
const ROOM: usize = 16 * 1024;

thread_local! {
    /// Messages are inflated one after the other, so that the shards of a thread share one buffer.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Why a connection's compressed stream cannot be read any further.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InflateError {
    /// The bytes are damaged.
    #[error("the compressed stream is corrupt")]
    Corrupt,
    /// There is more in them than is wanted.
    #[error("a frame inflates to more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

/// The decompressor of one connection.
#[derive(Debug)]
pub(crate) struct Inflater {
    limit: usize,
    outline: Outline,
    /// The message under way; between messages it is empty and owns no memory.
    partial: Vec<u8>,
    stream: Stream,
}

/// Where a stream stands after some input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A message may end here.
    End,
    /// A message may end here, but what came is as much as comes in one piece: it may well go on.
    #[cfg_attr(
        not(feature = "zstd"),
        expect(dead_code, reason = "zlib marks its ends")
    )]
    Full,
    /// The input is used up, and what it is part of goes on.
    Within,
}

#[derive(Debug)]
enum Stream {
    #[cfg(feature = "zlib")]
    Zlib(zlib::ZlibStream),
    #[cfg(feature = "zstd")]
    Zstd(zstd::ZstdStream),
}

impl Inflater {
    /// A fresh decompressor, whose messages may inflate to `limit` bytes, as may all messages of one
    /// frame; `None` where nothing is compressed.
    pub(crate) fn new(compression: Compression, limit: usize) -> Option<Self> {
        let stream = match compression {
            #[cfg(feature = "zlib")]
            Compression::ZlibStream => Stream::Zlib(zlib::ZlibStream::new()),
            #[cfg(feature = "zstd")]
            Compression::ZstdStream => Stream::Zstd(zstd::ZstdStream::new()),
            _ => return None,
        };
        Some(Self {
            limit,
            outline: Outline::default(),
            partial: Vec::new(),
            stream,
        })
    }

    /// Takes the payload of one websocket frame, and delivers the messages that it completes.
    ///
    /// # Errors
    /// The stream is damaged, or says more than it may. Close the connection: after an error the
    /// decompressor is of no use. What was whole before has been delivered.
    pub(crate) fn push(
        &mut self,
        frame: &[u8],
        mut deliver: impl FnMut(Bytes),
    ) -> Result<(), InflateError> {
        let mut buffer = if self.partial.is_empty() {
            // There is none while a thread ends.
            SCRATCH.try_with(Cell::take).unwrap_or_default()
        } else {
            mem::take(&mut self.partial)
        };
        let inflated = self.inflate(frame, &mut buffer, &mut deliver);
        if inflated.is_ok() && !buffer.is_empty() {
            self.partial = buffer;
        } else if buffer.capacity() <= KEEP {
            buffer.clear();
            let _ = SCRATCH.try_with(|scratch| scratch.set(buffer));
        }
        inflated
    }

    fn inflate(
        &mut self,
        mut frame: &[u8],
        buffer: &mut Vec<u8>,
        deliver: &mut impl FnMut(Bytes),
    ) -> Result<(), InflateError> {
        let limit = self.limit;
        // What is delivered but not consumed counts, too, so that a small frame of many messages cannot
        // fill the memory either.
        let mut delivered = 0;
        while !frame.is_empty() {
            let most = limit.saturating_sub(delivered);
            let place = match &mut self.stream {
                #[cfg(feature = "zlib")]
                Stream::Zlib(stream) => stream.advance(&mut frame, buffer, most),
                #[cfg(feature = "zstd")]
                Stream::Zstd(stream) => stream.advance(&mut frame, buffer, most),
            };
            match place.map_err(|error| error.of(limit))? {
                Place::End | Place::Full if buffer.is_empty() => {}
                // The end of a frame ends a message: that is the protocol. Damage need not be visible to
                // the decompressor: what it makes of damaged bytes may be text that is none of the
                // server's, and so would be all that follows and refers back to it.
                Place::End if frame.is_empty() && !is_outlined(buffer) => {
                    return Err(InflateError::Corrupt);
                }
                Place::Within => {}
                // Elsewhere it need not be one, so what came out must stand on its own.
                place => {
                    let ends = place == Place::End && frame.is_empty();
                    if ends || self.outline.closes(buffer) {
                        delivered += buffer.len();
                        deliver(cut(buffer));
                        self.outline = Outline::default();
                    }
                }
            }
        }
        Ok(())
    }
}

/// A fault of a stream that does not know the limit of the whole.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Corrupt,
    TooLarge,
}

impl Fault {
    fn of(self, limit: usize) -> InflateError {
        match self {
            Self::Corrupt => InflateError::Corrupt,
            Self::TooLarge => InflateError::TooLarge { limit },
        }
    }
}

/// Takes the message out of `buffer`.
fn cut(buffer: &mut Vec<u8>) -> Bytes {
    if buffer.len() < HAND_OVER {
        let message = Bytes::copy_from_slice(buffer);
        buffer.clear();
        return message;
    }
    let mut message = mem::take(buffer);
    message.shrink_to_fit();
    message.into()
}

/// Makes room in `out`, which may come to hold one byte more than `most`: so much tells that it is too
/// much.
fn make_room(out: &mut Vec<u8>, most: usize) {
    if out.capacity() - out.len() < ROOM / 4 {
        let left = (most - out.len()).saturating_add(1);
        out.reserve_exact(out.len().max(ROOM).min(left));
    }
}

#[cfg(test)]
mod tests;
