//! Transport compression: one stream per connection, flushed after each message.

mod deflater;
mod streams;

use std::sync::Arc;

use flate2::{Compress, FlushCompress, Status};
#[cfg(feature = "zstd")]
use zstd_safe::{CCtx, CParameter, InBuffer, OutBuffer, zstd_sys::ZSTD_EndDirective};

pub(crate) use self::deflater::Deflater;
pub(crate) use self::streams::Streams;

/// What zstd streams look back to, and have in their table of matches: few bytes for a shard that hears nothing.
#[cfg(feature = "zstd")]
const ZSTD: [CParameter; 3] = [
    CParameter::CompressionLevel(1),
    CParameter::WindowLog(18),
    CParameter::HashLog(11),
];

/// What the query of a connection may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Zlib,
    #[cfg(feature = "zstd")]
    Zstd,
}

/// The compressing side of one connection.
pub(crate) enum Compressor {
    Zlib(Deflater),
    #[cfg(feature = "zstd")]
    Zstd(CCtx<'static>),
}

impl Compressor {
    /// With what the zlib streams of a simulator share.
    pub(crate) fn new(compression: Compression, streams: &Arc<Streams>) -> Self {
        match compression {
            Compression::Zlib => Self::Zlib(Deflater::new(Arc::clone(streams))),
            #[cfg(feature = "zstd")]
            Compression::Zstd => Self::Zstd(zstd_stream()),
        }
    }

    /// One message: with zlib it ends with the sync marker `00 00 ff ff`, with zstd at the end of a
    /// block.
    pub(crate) fn message(&mut self, input: &[u8]) -> Vec<u8> {
        match self {
            Self::Zlib(stream) => stream.message(input),
            #[cfg(feature = "zstd")]
            Self::Zstd(stream) => zstd(stream, input),
        }
    }
}

#[cfg(feature = "zstd")]
fn zstd_stream() -> CCtx<'static> {
    let mut stream = CCtx::create();
    for parameter in ZSTD {
        // All of them are in range.
        let _ = stream.set_parameter(parameter);
    }
    stream
}

/// One payload compressed by itself, as IDENTIFY's `compress` asks for it: a zlib stream that ends.
pub(crate) fn packed(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len() / 2 + 64);
    let mut stream = Compress::new(flate2::Compression::fast(), true);
    loop {
        let done = usize::try_from(stream.total_in()).unwrap_or(input.len());
        let rest = input.get(done..).unwrap_or_default();
        // The only failures are of parameters, which are fixed here.
        match stream.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return out,
            Ok(_) => out.reserve(out.capacity().max(64)),
        }
    }
}

#[cfg(feature = "zstd")]
fn zstd(stream: &mut CCtx<'static>, input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len() / 2 + 64);
    let mut source = InBuffer::around(input);
    loop {
        let start = out.len();
        let mut target = OutBuffer::around_pos(&mut out, start);
        let flush = ZSTD_EndDirective::ZSTD_e_flush;
        // As above; it tells how much is left to flush.
        match stream.compress_stream2(&mut target, &mut source, flush) {
            Ok(0) | Err(_) => break,
            Ok(left) => out.reserve(left.max(64)),
        }
    }
    out
}

#[cfg(all(test, feature = "zstd"))]
mod tests {
    use super::*;

    fn texts() -> [String; 4] {
        let mut random = fastrand::Rng::with_seed(1);
        let long = (0..20_000).map(|_| random.lowercase()).collect();
        [
            "{}".into(),
            "{\"op\":11}".into(),
            long,
            "{\"op\":11}".into(),
        ]
    }

    #[test]
    fn zstd_messages_share_one_frame_that_does_not_end() {
        let mut compressor = Compressor::new(Compression::Zstd, &Arc::default());
        let mut inflater = zstd_safe::DCtx::create();
        for text in texts() {
            let bytes = compressor.message(text.as_bytes());
            let mut out = Vec::with_capacity(text.len() + 16);
            let mut target = OutBuffer::around(&mut out);
            let wanted = inflater
                .decompress_stream(&mut target, &mut InBuffer::around(&bytes))
                .unwrap();
            assert_ne!(wanted, 0, "the frame goes on");
            assert_eq!(out, text.as_bytes());
        }
    }
}
