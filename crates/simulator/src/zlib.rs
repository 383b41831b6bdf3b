//! Transport compression: one deflate stream per connection.

use flate2::{Compress, Compression, FlushCompress};

/// The compressing side of `compress=zlib-stream`.
pub(crate) struct Deflater {
    stream: Compress,
}

impl Deflater {
    pub(crate) fn new() -> Self {
        Self {
            stream: Compress::new(Compression::fast(), true),
        }
    }

    /// One message, ending with the sync marker `00 00 ff ff`.
    pub(crate) fn message(&mut self, input: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(input.len() / 2 + 64);
        let start = self.stream.total_in();
        loop {
            let done = usize::try_from(self.stream.total_in() - start).unwrap_or(input.len());
            let rest = input.get(done..).unwrap_or_default();
            // The only failures are of parameters, which are fixed here.
            if self
                .stream
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
}

#[cfg(test)]
mod tests {
    use flate2::{Decompress, FlushDecompress};

    use super::*;

    #[test]
    fn messages_share_one_context_and_end_with_the_marker() {
        let mut deflater = Deflater::new();
        let mut inflater = Decompress::new(true);
        let mut random = fastrand::Rng::with_seed(1);
        let long: String = (0..20_000).map(|_| random.lowercase()).collect();
        for text in ["{}", "{\"op\":11}", long.as_str(), "{\"op\":11}"] {
            let bytes = deflater.message(text.as_bytes());
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            let mut out = Vec::with_capacity(text.len() + 16);
            inflater
                .decompress_vec(&bytes, &mut out, FlushDecompress::Sync)
                .unwrap();
            assert_eq!(out, text.as_bytes());
        }
    }
}
