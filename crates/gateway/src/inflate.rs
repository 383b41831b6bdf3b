//! zlib-stream transport compression: one context per connection.
//!
//! Discord compresses all messages of a connection with one zlib context and ends each with a
//! sync flush, the bytes `00 00 FF FF`. A message may be spread over several websocket frames,
//! and a frame may hold several messages.
//! See <https://docs.discord.com/developers/events/gateway#transport-compression>.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};
use flate2::{Decompress, FlushDecompress, Status};
use serde::de::IgnoredAny;

/// How a sync flush ends: an empty stored block.
const FLUSH: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];
/// Piece by piece, so that a context costs little however large its messages are.
const SCRATCH: usize = 8 * 1024;
/// An output buffer that grew beyond this for one message is not kept for the next.
const KEEP: usize = 256 * 1024;

/// Why a connection's compressed stream cannot be read any further.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InflateError {
    #[error("the compressed stream is corrupt")]
    Corrupt,
    #[error("a frame inflates to more than {limit} bytes")]
    TooLarge { limit: usize },
}

/// The inflate context of one connection.
pub(crate) struct Inflater {
    context: Decompress,
    limit: usize,
    /// The message under way.
    output: BytesMut,
    ready: VecDeque<Bytes>,
    scratch: Box<[u8]>,
    /// The last bytes fed, at most three: a flush marker may straddle two frames.
    tail: Vec<u8>,
    /// How many bytes are ready: the limit is theirs, too, so that a small frame of many messages cannot
    /// fill the memory either.
    waiting: usize,
}

impl Inflater {
    /// A fresh context, whose messages may inflate to `limit` bytes, as may all messages of one frame.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            context: Decompress::new(true),
            limit,
            output: BytesMut::new(),
            ready: VecDeque::new(),
            scratch: vec![0; SCRATCH].into_boxed_slice(),
            tail: Vec::with_capacity(FLUSH.len() * 2),
            waiting: 0,
        }
    }

    /// Takes the payload of one websocket frame. Whole messages then wait in [`Self::next`].
    ///
    /// # Errors
    /// After an error the context is of no use: close the connection.
    pub(crate) fn push(&mut self, frame: &[u8]) -> Result<(), InflateError> {
        let mut rest = frame;
        while let Some(end) = self.flush_end(rest) {
            let (piece, after) = rest.split_at(end);
            self.inflate(piece)?;
            // The last marker of a frame ends a message: that is the protocol. One further in
            // could be four ordinary bytes of a compressed block, so what came out must stand
            // on its own before it is cut off.
            if after.is_empty() || is_whole(&self.output) {
                self.cut()?;
            }
            rest = after;
        }
        self.inflate(rest)
    }

    /// The next whole message.
    pub(crate) fn next(&mut self) -> Option<Bytes> {
        let message = self.ready.pop_front()?;
        self.waiting -= message.len();
        Some(message)
    }

    /// Where in `input` the first flush marker ends, counting bytes fed before.
    fn flush_end(&self, input: &[u8]) -> Option<usize> {
        if !self.tail.is_empty() {
            let mut seam = self.tail.clone();
            seam.extend(input.iter().take(FLUSH.len() - 1));
            if let Some(at) = find_flush(&seam) {
                return Some(at + FLUSH.len() - self.tail.len());
            }
        }
        find_flush(input).map(|at| at + FLUSH.len())
    }

    fn inflate(&mut self, mut input: &[u8]) -> Result<(), InflateError> {
        self.remember(input);
        loop {
            let (read, written) = (self.context.total_in(), self.context.total_out());
            let status = self
                .context
                .decompress(input, &mut self.scratch, FlushDecompress::Sync)
                .map_err(|_| InflateError::Corrupt)?;
            // Both are bounded by the slices just handed in.
            let read = usize::try_from(self.context.total_in() - read).unwrap_or(usize::MAX);
            let written = usize::try_from(self.context.total_out() - written).unwrap_or(usize::MAX);
            input = input.get(read..).unwrap_or_default();
            let out = self.scratch.get(..written).unwrap_or_default();
            if self.waiting + self.output.len() + out.len() > self.limit {
                return Err(InflateError::TooLarge { limit: self.limit });
            }
            self.output.extend_from_slice(out);
            match status {
                // A gateway stream has no end: after one, nothing more could be read.
                Status::StreamEnd => return Err(InflateError::Corrupt),
                Status::Ok | Status::BufError if read == 0 && written == 0 => {
                    return if input.is_empty() {
                        Ok(())
                    } else {
                        Err(InflateError::Corrupt)
                    };
                }
                Status::Ok | Status::BufError => {}
            }
        }
    }

    fn remember(&mut self, input: &[u8]) {
        let keep = FLUSH.len() - 1;
        self.tail.extend_from_slice(
            input
                .get(input.len().saturating_sub(keep)..)
                .unwrap_or(input),
        );
        let surplus = self.tail.len().saturating_sub(keep);
        self.tail.drain(..surplus);
    }

    /// Ends the message under way.
    ///
    /// Damage need not be visible to the decompressor: what it makes of damaged bytes may be text that
    /// is none of the server's, and so would be all that follows and refers back to it.
    fn cut(&mut self) -> Result<(), InflateError> {
        self.tail.clear();
        if !self.output.is_empty() && !is_outlined(&self.output) {
            return Err(InflateError::Corrupt);
        }
        if !self.output.is_empty() {
            self.waiting += self.output.len();
            self.ready.push_back(self.output.split().freeze());
        }
        if self.output.capacity() > KEEP {
            self.output = BytesMut::new();
        }
        Ok(())
    }
}

fn find_flush(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(FLUSH.len())
        .position(|window| window == FLUSH)
}

/// Whether `output` begins and ends as a JSON object does.
fn is_outlined(output: &[u8]) -> bool {
    let output = output.trim_ascii();
    output.first() == Some(&b'{') && output.last() == Some(&b'}')
}

/// Whether `output` is a JSON object from end to end.
fn is_whole(output: &[u8]) -> bool {
    is_outlined(output) && serde_json::from_slice::<IgnoredAny>(output).is_ok()
}

#[cfg(test)]
mod tests {
    use flate2::{Compress, Compression, FlushCompress};

    use super::*;

    /// The server's side of a connection.
    struct Deflater(Compress);

    impl Deflater {
        fn new() -> Self {
            Self(Compress::new(Compression::fast(), true))
        }

        fn message(&mut self, text: &str) -> Vec<u8> {
            let mut out = Vec::with_capacity(text.len() + 1024);
            let before = self.0.total_in();
            loop {
                let read = usize::try_from(self.0.total_in() - before).unwrap();
                let input = &text.as_bytes()[read..];
                let room = out.capacity() - out.len();
                self.0
                    .compress_vec(input, &mut out, FlushCompress::Sync)
                    .unwrap();
                if input.is_empty() || room > 0 && out.len() < out.capacity() {
                    break;
                }
                out.reserve(64 * 1024);
            }
            assert!(out.ends_with(&FLUSH));
            out
        }
    }

    fn noise(seed: u64, bytes: usize) -> String {
        let mut random = fastrand::Rng::with_seed(seed);
        let text: String = (0..bytes.saturating_sub(8))
            .map(|_| random.alphanumeric())
            .collect();
        format!("{{\"d\":\"{text}\"}}")
    }

    fn drain(inflater: &mut Inflater) -> Vec<String> {
        std::iter::from_fn(|| inflater.next())
            .map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn t51_a_message_split_anywhere_comes_out_whole() {
        let texts = [noise(1, 50), noise(2, 700), noise(3, 50)];
        for cut in [1, 2, 3, 5] {
            let (mut deflater, mut inflater) = (Deflater::new(), Inflater::new(1 << 20));
            for text in &texts {
                let compressed = deflater.message(text);
                for piece in compressed.chunks(cut) {
                    inflater.push(piece).unwrap();
                }
                assert_eq!(drain(&mut inflater), [text.as_str()], "pieces of {cut}");
            }
        }
    }

    #[test]
    fn t51_many_messages_in_one_frame_come_out_one_by_one() {
        let (mut deflater, mut inflater) = (Deflater::new(), Inflater::new(1 << 20));
        let texts: Vec<_> = (0..20)
            .map(|n| noise(n, 10 + 97 * usize::try_from(n).unwrap()))
            .collect();
        let frame: Vec<u8> = texts
            .iter()
            .flat_map(|text| deflater.message(text))
            .collect();
        inflater.push(&frame).unwrap();
        assert_eq!(drain(&mut inflater), texts);
    }

    #[test]
    fn t51_a_frame_that_ends_one_message_and_begins_the_next_gives_both() {
        let (mut deflater, mut inflater) = (Deflater::new(), Inflater::new(1 << 20));
        let (first, second) = (noise(1, 300), noise(2, 300));
        let (a, b) = (deflater.message(&first), deflater.message(&second));
        inflater.push(&a[..100]).unwrap();
        inflater.push(&[&a[100..], &b[..100]].concat()).unwrap();
        assert_eq!(drain(&mut inflater), [first]);
        inflater.push(&b[100..]).unwrap();
        assert_eq!(drain(&mut inflater), [second]);
    }

    #[test]
    fn t51_sizes_around_65536_bytes_are_exact() {
        let (mut deflater, mut inflater) = (Deflater::new(), Inflater::new(1 << 20));
        for size in 65_530..65_545 {
            let text = noise(size as u64, size);
            inflater.push(&deflater.message(&text)).unwrap();
            assert_eq!(drain(&mut inflater), [text]);
        }
        // Compressed to exactly around the edge, and split there.
        let text = noise(7, 200_000);
        let compressed = deflater.message(&text);
        for piece in compressed.chunks(65_536) {
            inflater.push(piece).unwrap();
        }
        assert_eq!(drain(&mut inflater), [text]);
    }

    #[test]
    fn t52_a_fresh_context_knows_nothing_of_a_message_cut_off_before() {
        let mut deflater = Deflater::new();
        let mut first = Inflater::new(1 << 20);
        let lost = deflater.message(&noise(1, 5_000));
        first.push(&lost[..lost.len() / 2]).unwrap();
        assert_eq!(drain(&mut first), Vec::<String>::new());

        let (mut deflater, mut second) = (Deflater::new(), Inflater::new(1 << 20));
        let text = noise(2, 5_000);
        second.push(&deflater.message(&text)).unwrap();
        assert_eq!(drain(&mut second), [text]);
    }

    #[test]
    fn t53_corrupt_bytes_are_an_error_and_never_a_panic() {
        let compressed = Deflater::new().message(&noise(1, 400));
        assert_eq!(
            Inflater::new(1 << 20).push(b"{\"op\":10}"),
            Err(InflateError::Corrupt)
        );
        for at in 0..compressed.len() {
            let mut bytes = compressed.clone();
            bytes[at] ^= 0x55;
            let mut inflater = Inflater::new(1 << 20);
            let _ = inflater.push(&bytes);
        }
    }

    #[test]
    fn t53_what_inflates_to_anything_but_an_object_is_corrupt() {
        for text in ["garbage", "garbage{\"op\":11}", "{\"op\":11}garbage"] {
            let mut inflater = Inflater::new(1 << 20);
            let frame = Deflater::new().message(text);
            assert_eq!(inflater.push(&frame), Err(InflateError::Corrupt), "{text}");
            assert_eq!(drain(&mut inflater), Vec::<String>::new());
        }
    }

    #[test]
    fn t50_a_message_over_the_limit_is_refused_before_it_fills_memory() {
        let bomb = Deflater::new().message(&format!("{{\"d\":\"{}\"}}", " ".repeat(4 << 20)));
        let mut inflater = Inflater::new(1 << 20);
        assert_eq!(
            inflater.push(&bomb),
            Err(InflateError::TooLarge { limit: 1 << 20 })
        );
        assert!(inflater.output.capacity() <= 2 << 20);
    }

    #[test]
    fn t50_many_messages_in_one_frame_share_the_limit() {
        let mut deflater = Deflater::new();
        let text = format!("{{\"d\":\"{}\"}}", " ".repeat(600_000));
        let frame: Vec<u8> = (0..50).flat_map(|_| deflater.message(&text)).collect();
        let mut inflater = Inflater::new(1 << 20);
        assert_eq!(
            inflater.push(&frame),
            Err(InflateError::TooLarge { limit: 1 << 20 })
        );
        // One by one they are let through.
        let (mut deflater, mut inflater) = (Deflater::new(), Inflater::new(1 << 20));
        for _ in 0..50 {
            inflater.push(&deflater.message(&text)).unwrap();
            assert!(inflater.next().unwrap() == text.as_bytes());
        }
    }

    #[test]
    fn t50_a_message_of_twenty_megabytes_is_let_through() {
        let text = format!("{{\"d\":\"{}\"}}", "ab".repeat(10 << 20));
        let mut inflater = Inflater::new(crate::DEFAULT_MAX_MESSAGE_BYTES);
        inflater.push(&Deflater::new().message(&text)).unwrap();
        let whole = inflater.next().unwrap();
        assert!(whole == text.as_bytes());
    }
}
