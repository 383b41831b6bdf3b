//! Transport compression: one stream per connection, flushed after each message.

use flate2::{Compress, FlushCompress, Status};
#[cfg(feature = "zstd")]
use zstd_safe::{CCtx, InBuffer, OutBuffer, zstd_sys::ZSTD_EndDirective};

/// What the query of a connection may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Zlib,
    #[cfg(feature = "zstd")]
    Zstd,
}

/// The compressing side of one connection.
pub(crate) enum Compressor {
    Zlib(Box<Compress>),
    #[cfg(feature = "zstd")]
    Zstd(CCtx<'static>),
}

impl Compressor {
    pub(crate) fn new(compression: Compression) -> Self {
        match compression {
            Compression::Zlib => {
                Self::Zlib(Box::new(Compress::new(flate2::Compression::fast(), true)))
            }
            #[cfg(feature = "zstd")]
            Compression::Zstd => Self::Zstd(CCtx::create()),
        }
    }

    /// One message: with zlib it ends with the sync marker `00 00 ff ff`, with zstd at the end of a
    /// block.
    pub(crate) fn message(&mut self, input: &[u8]) -> Vec<u8> {
        match self {
            Self::Zlib(stream) => deflated(stream, input),
            #[cfg(feature = "zstd")]
            Self::Zstd(stream) => zstd(stream, input),
        }
    }
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

fn deflated(stream: &mut Compress, input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len() / 2 + 64);
    let start = stream.total_in();
    loop {
        let done = usize::try_from(stream.total_in() - start).unwrap_or(input.len());
        let rest = input.get(done..).unwrap_or_default();
        // The only failures are of parameters, which are fixed here.
        if stream
            .compress_vec(rest, &mut out, FlushCompress::Sync)
            .is_err()
        {
            break;
        }
        // Space left over means that the flush is complete.
        if out.len() < out.capacity() {
            break;
        }
        out.reserve(out.capacity().max(64));
    }
    out
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

#[cfg(test)]
mod tests {
    use flate2::{Decompress, FlushDecompress};

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
    fn zlib_messages_share_one_context_and_end_with_the_marker() {
        let mut compressor = Compressor::new(Compression::Zlib);
        let mut inflater = Decompress::new(true);
        for text in texts() {
            let bytes = compressor.message(text.as_bytes());
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            let mut out = Vec::with_capacity(text.len() + 16);
            inflater
                .decompress_vec(&bytes, &mut out, FlushDecompress::Sync)
                .unwrap();
            assert_eq!(out, text.as_bytes());
        }
    }

    #[cfg(feature = "zstd")]
    #[test]
    fn zstd_messages_share_one_frame_that_does_not_end() {
        let mut compressor = Compressor::new(Compression::Zstd);
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
