use fastrand::Rng;
use flate2::{Compress, Decompress, FlushCompress, FlushDecompress};
use polycord_gateway::{Compression, fuzzing};
use zstd_safe::{CCtx, CParameter, DCtx, InBuffer, OutBuffer, zstd_sys::ZSTD_EndDirective};

/// What messages may inflate to.
const LIMIT: usize = 1 << 20;

/// The bytes of a connection with zlib-stream.
///
/// The messages are those that another decompressor finds, in whatever pieces the bytes come.
pub fn zlib(input: &[u8]) {
    hostile(input, Compression::ZlibStream, inflated);
    honest(input, Compression::ZlibStream, deflated);
}

/// The bytes of a connection with zstd-stream; as with zlib.
pub fn zstd(input: &[u8]) {
    hostile(input, Compression::ZstdStream, unzstd);
    honest(input, Compression::ZstdStream, zstd_compressed);
}

/// Whatever the bytes are: no panic, nothing over the limit, nothing that another decompressor does not
/// find there, and the same in pieces, as far as a frame that ends elsewhere tells the same.
fn hostile(input: &[u8], codec: Compression, reference: fn(&[u8]) -> Reference) {
    let Some((seed, bytes)) = input.split_first() else {
        return;
    };
    let expected = reference(bytes);
    let (whole, _) = fuzzing::inflate(codec, LIMIT, [bytes]);
    let whole = whole.concat();
    assert!(whole.len() <= LIMIT, "over the limit");
    expected.assert_holds(&whole);
    let mut random = Rng::with_seed(u64::from(*seed));
    let (split, _) = fuzzing::inflate(codec, LIMIT, pieces(bytes, &mut random));
    assert!(split.iter().all(|message| message.len() <= LIMIT));
    expected.assert_holds(&split.concat());
    let small = usize::from(*seed) * 16;
    let (small_ones, _) = fuzzing::inflate(codec, small, [bytes]);
    let length: usize = small_ones.iter().map(|message| message.len()).sum();
    assert!(length <= small, "over a small limit");
}

/// The input as the text of messages: what a server makes of it comes out, message by message.
fn honest(input: &[u8], codec: Compression, compress: fn(&[Vec<u8>], &mut Rng) -> Vec<Vec<u8>>) {
    let Some((seed, text)) = input.split_first() else {
        return;
    };
    let mut random = Rng::with_seed(u64::from(*seed));
    let messages: Vec<Vec<u8>> = pieces(text, &mut random)
        .into_iter()
        .map(|piece| [b"{\"", &*plain(piece), b"\"}"].concat())
        .collect();
    let frames = compress(&messages, &mut random);
    let limit = LIMIT + 4 * text.len();
    let (out, well) = fuzzing::inflate(codec, limit, frames.iter().map(|frame| &**frame));
    assert!(well && out == messages, "one message, one frame");
    let stream = frames.concat();
    let (out, well) = fuzzing::inflate(codec, limit, [&*stream]);
    assert!(well && out == messages, "all in one frame");
    let split = frames.iter().flat_map(|frame| {
        let mut at = random.usize(..=frame.len());
        if frame[..at].ends_with(&[0, 0, 0xFF, 0xFF]) {
            // What zlib's marker looks like, at the end of a frame, is one.
            at = 0;
        }
        [&frame[..at], &frame[at..]]
    });
    let split: Vec<&[u8]> = split.filter(|piece| !piece.is_empty()).collect();
    let (out, well) = fuzzing::inflate(codec, limit, split);
    assert!(well && out == messages, "each in two frames");
}

/// Text that ends no string.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for byte in &mut bytes {
        if matches!(byte, b'"' | b'\\') {
            *byte = b'.';
        }
    }
    bytes
}

fn pieces<'a>(mut bytes: &'a [u8], random: &mut Rng) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    while !bytes.is_empty() {
        let most = if random.bool() { 8 } else { bytes.len() };
        let (piece, rest) = bytes.split_at(random.usize(1..=most.min(bytes.len())));
        pieces.push(piece);
        bytes = rest;
    }
    pieces
}

/// What another decompressor makes of the same bytes.
struct Reference {
    /// It came to the end of the bytes.
    complete: bool,
    out: Vec<u8>,
}

impl Reference {
    /// What came out is the same, as far as both go; and no more, unless the other one stopped at something
    /// that need not be checked.
    fn assert_holds(&self, out: &[u8]) {
        let common = out.len().min(self.out.len());
        assert!(out[..common] == self.out[..common], "other bytes");
        assert!(!self.complete || out.len() == common, "more bytes");
    }
}

fn inflated(bytes: &[u8]) -> Reference {
    let mut context = Decompress::new(true);
    let mut out = Vec::with_capacity(2 * LIMIT);
    // Byte by byte, so that nothing is lost at an error.
    let complete = bytes.iter().all(|byte| {
        let read = context.decompress_vec(&[*byte], &mut out, FlushDecompress::Sync);
        read.is_ok() && out.len() < out.capacity()
    });
    Reference { complete, out }
}

fn unzstd(bytes: &[u8]) -> Reference {
    let mut context = DCtx::create();
    let mut out = Vec::with_capacity(2 * LIMIT);
    let mut source = InBuffer::around(bytes);
    while source.pos < bytes.len() && out.len() < out.capacity() {
        let (before, start) = (source.pos, out.len());
        let mut target = OutBuffer::around_pos(&mut out, start);
        let read = context.decompress_stream(&mut target, &mut source);
        if read.is_err() || (source.pos == before && out.len() == start) {
            break;
        }
    }
    let complete = source.pos == bytes.len() && out.len() < out.capacity();
    Reference { complete, out }
}

fn deflated(messages: &[Vec<u8>], random: &mut Rng) -> Vec<Vec<u8>> {
    let mut context = Compress::new(flate2::Compression::new(random.u32(0..=9)), true);
    let frames = messages.iter().map(|message| {
        let mut frame = Vec::with_capacity(2 * message.len() + 1024);
        context
            .compress_vec(message, &mut frame, FlushCompress::Sync)
            .expect("it takes everything");
        frame
    });
    frames.collect()
}

fn zstd_compressed(messages: &[Vec<u8>], random: &mut Rng) -> Vec<Vec<u8>> {
    let mut context = CCtx::create();
    for parameter in [
        CParameter::CompressionLevel(random.i32(-7..=12)),
        CParameter::WindowLog(random.u32(10..=20)),
    ] {
        context
            .set_parameter(parameter)
            .expect("it is within the bounds");
    }
    let frames = messages.iter().map(|message| {
        let mut frame = Vec::with_capacity(2 * message.len() + 1024);
        let left = context.compress_stream2(
            &mut OutBuffer::around(&mut frame),
            &mut InBuffer::around(message),
            ZSTD_EndDirective::ZSTD_e_flush,
        );
        assert_eq!(left, Ok(0));
        frame
    });
    frames.collect()
}
