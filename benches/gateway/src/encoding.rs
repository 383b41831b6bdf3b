//! How the frames of a connection are written.

use std::{fmt, str::FromStr};

use flate2::{Compress, FlushCompress, Status};
use zstd_safe::{CCtx, CParameter, InBuffer, OutBuffer, zstd_sys::ZSTD_EndDirective};

/// The transport compression of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Plain,
    Zlib,
    Zstd,
}

impl Encoding {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Zlib, Self::Zstd];

    /// What the query of a connection asks for.
    pub fn asked_for(query: &str) -> Option<Self> {
        match query
            .split('&')
            .find_map(|pair| pair.strip_prefix("compress="))
        {
            None => Some(Self::Plain),
            Some("zlib-stream") => Some(Self::Zlib),
            Some("zstd-stream") => Some(Self::Zstd),
            Some(_) => None,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Plain => "plain",
            Self::Zlib => "zlib",
            Self::Zstd => "zstd",
        })
    }
}

impl FromStr for Encoding {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|encoding| encoding.to_string() == name)
            .ok_or_else(|| format!("no such encoding: {name} (plain, zlib, zstd)"))
    }
}

/// Writes the messages of one connection as websocket frames of a server.
pub struct Encoder {
    stream: Stream,
    scratch: Vec<u8>,
}

enum Stream {
    Plain,
    Zlib(Compress),
    Zstd(CCtx<'static>),
}

impl Encoder {
    pub fn new(encoding: Encoding) -> Self {
        let stream = match encoding {
            Encoding::Plain => Stream::Plain,
            Encoding::Zlib => Stream::Zlib(Compress::new(flate2::Compression::default(), true)),
            Encoding::Zstd => Stream::Zstd(zstd()),
        };
        Self {
            stream,
            scratch: Vec::new(),
        }
    }

    /// Appends a message to `out`, as one frame.
    pub fn message(&mut self, text: &str, out: &mut Vec<u8>) {
        const TEXT: u8 = 1;
        const BINARY: u8 = 2;
        let compressed = &mut self.scratch;
        compressed.clear();
        match &mut self.stream {
            Stream::Plain => return frame(TEXT, text.as_bytes(), out),
            Stream::Zlib(zlib) => deflate(zlib, text.as_bytes(), compressed),
            Stream::Zstd(zstd) => flush(zstd, text.as_bytes(), compressed),
        }
        frame(BINARY, compressed, out);
    }
}

/// What Discord told of its settings: level 6, a window of 256 KiB.
fn zstd() -> CCtx<'static> {
    let mut context = CCtx::create();
    for parameter in [CParameter::CompressionLevel(6), CParameter::WindowLog(18)] {
        context
            .set_parameter(parameter)
            .expect("a parameter in its range");
    }
    context
}

fn deflate(zlib: &mut Compress, mut text: &[u8], out: &mut Vec<u8>) {
    loop {
        out.reserve(text.len() + 64);
        let before = zlib.total_in();
        let status = zlib.compress_vec(text, out, FlushCompress::Sync);
        assert!(
            matches!(status, Ok(Status::Ok | Status::BufError)),
            "deflate"
        );
        let read = usize::try_from(zlib.total_in() - before).expect("a part of the text");
        text = &text[read..];
        if text.is_empty() && out.len() < out.capacity() {
            return;
        }
    }
}

fn flush(zstd: &mut CCtx<'static>, text: &[u8], out: &mut Vec<u8>) {
    let mut input = InBuffer::around(text);
    loop {
        out.reserve(text.len() + 64);
        let position = out.len();
        let mut output = OutBuffer::around_pos(out, position);
        let left = zstd
            .compress_stream2(&mut output, &mut input, ZSTD_EndDirective::ZSTD_e_flush)
            .expect("room for a block");
        if left == 0 && input.pos == text.len() {
            return;
        }
    }
}

/// A whole message in one frame, unmasked.
fn frame(opcode: u8, payload: &[u8], out: &mut Vec<u8>) {
    const FINAL: u8 = 0x80;
    out.push(FINAL | opcode);
    match payload.len() {
        short @ 0..=125 => out.push(short as u8),
        middle @ 126..=0xffff => {
            out.push(126);
            out.extend((middle as u16).to_be_bytes());
        }
        long => {
            out.push(127);
            out.extend((long as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(payload);
}
