//! zstd-stream: one zstd frame that does not end, messages end with a flush, at the end of a block.
//!
//! A decoder of our own, of RFC 8878 (<https://datatracker.ietf.org/doc/html/rfc8878>), because of what a
//! connection that waits costs: the common one keeps some 40 KiB of tables and buffers for each stream
//! besides the window, this one keeps the tables in their true size and lends the buffers to whichever
//! stream of the thread has something to decode. It also stops at blocks, where messages end.
//!
//! There are no dictionaries and no skippable frames on a gateway, and the checksum at the end of a frame
//! is passed over.

mod bits;
mod fse;
mod huffman;
mod literals;
mod sequences;
mod window;

use std::{cell::Cell, fmt, mem};

use self::{literals::Literals, sequences::Sequences, window::Window};
use super::{Fault, Place};

const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
const BLOCK_HEADER: usize = 3;
const CHECKSUM: usize = 4;
/// The most that a block inflates to.
const BLOCK: usize = 128 * 1024;
/// Room for copies in whole steps, which write a little further than they have to.
const SLACK: usize = 32;
/// Every decoder should have room for windows of 8 MiB; with larger ones a server could ask for as much
/// memory as it likes.
const MAX_WINDOW: u64 = 8 << 20;

thread_local! {
    /// Blocks are decoded one after the other, so that the shards of a thread share the buffers.
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// What a block needs while it is decoded.
struct Scratch {
    block: Vec<u8>,
    literals: Vec<u8>,
}

/// The bytes say something that no zstd stream says, or that this decoder refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Corrupt;

/// The zstd context of one connection.
pub(super) struct ZstdStream {
    literals: Literals,
    /// The start of what did not come whole.
    pending: Vec<u8>,
    sequences: Sequences,
    stage: Stage,
    window: Window,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    FrameHeader,
    Block { checksum: bool },
    Checksum,
}

#[derive(Clone, Copy, Debug)]
struct FrameHeader {
    checksum: bool,
    window: usize,
}

#[derive(Clone, Copy, Debug)]
struct BlockHeader {
    kind: BlockKind,
    last: bool,
    /// The bytes that follow the header.
    length: usize,
    /// The number in the header: what a raw block or a run inflates to.
    size: usize,
}

#[derive(Clone, Copy, Debug)]
enum BlockKind {
    Raw,
    Run,
    Compressed,
}

impl ZstdStream {
    pub(super) fn new() -> Self {
        Self {
            literals: Literals::default(),
            pending: Vec::new(),
            sequences: Sequences::default(),
            stage: Stage::FrameHeader,
            window: Window::default(),
        }
    }

    /// Decodes the next header or block of `input`, or keeps what is there of it. `out` grows to `most`
    /// bytes.
    pub(super) fn advance(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
        most: usize,
    ) -> Result<Place, Fault> {
        if self.pending.is_empty() {
            let needed = self.needed(input)?;
            if let Some((unit, rest)) = input.split_at_checked(needed) {
                *input = rest;
                return self.step(unit, out, most);
            }
        }
        loop {
            let missing = self.needed(&self.pending)? - self.pending.len();
            if missing == 0 {
                let unit = mem::take(&mut self.pending);
                return self.step(&unit, out, most);
            }
            if input.is_empty() {
                return Ok(Place::Within);
            }
            let (piece, rest) = input.split_at(missing.min(input.len()));
            self.pending.extend_from_slice(piece);
            *input = rest;
        }
    }

    /// How many bytes the next header or block has in all, as far as `bytes`, its first ones, tell.
    fn needed(&self, bytes: &[u8]) -> Result<usize, Corrupt> {
        match self.stage {
            Stage::FrameHeader => FrameHeader::length(bytes),
            Stage::Block { .. } => match bytes.first_chunk() {
                Some(header) => Ok(BLOCK_HEADER + self.block_header(*header)?.length),
                None => Ok(BLOCK_HEADER),
            },
            Stage::Checksum => Ok(CHECKSUM),
        }
    }

    /// Decodes a header or a block that is whole.
    fn step(&mut self, unit: &[u8], out: &mut Vec<u8>, most: usize) -> Result<Place, Fault> {
        match self.stage {
            Stage::FrameHeader => {
                let header = FrameHeader::read(unit)?;
                self.literals = Literals::default();
                self.sequences = Sequences::default();
                self.window = Window::new(header.window);
                self.stage = Stage::Block {
                    checksum: header.checksum,
                };
                Ok(Place::Within)
            }
            Stage::Block { checksum } => {
                let (header, content) = unit.split_first_chunk().ok_or(Corrupt)?;
                let header = self.block_header(*header)?;
                if header.last {
                    self.stage = if checksum {
                        Stage::Checksum
                    } else {
                        Stage::FrameHeader
                    };
                }
                // There is none while a thread ends.
                let mut scratch = SCRATCH
                    .try_with(Cell::take)
                    .ok()
                    .flatten()
                    .unwrap_or_else(|| Box::new(Scratch::new()));
                let place = self.block(header, content, &mut scratch, out, most);
                let _ = SCRATCH.try_with(|shared| shared.set(Some(scratch)));
                place
            }
            Stage::Checksum => {
                self.stage = Stage::FrameHeader;
                Ok(Place::Within)
            }
        }
    }

    fn block(
        &mut self,
        header: BlockHeader,
        content: &[u8],
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
        most: usize,
    ) -> Result<Place, Fault> {
        let Scratch { block, literals } = scratch;
        let inflated = match header.kind {
            BlockKind::Raw => content,
            BlockKind::Run => {
                let run = block.get_mut(..header.size).ok_or(Corrupt)?;
                run.fill(*content.first().ok_or(Corrupt)?);
                run
            }
            BlockKind::Compressed => {
                let (literals, rest) = self.literals.read(content, literals)?;
                let length = self.sequences.read(rest, literals, block, &self.window)?;
                block.get(..length).ok_or(Corrupt)?
            }
        };
        if inflated.len() > self.block_limit() {
            return Err(Fault::Corrupt);
        }
        if out.len() + inflated.len() > most {
            return Err(Fault::TooLarge);
        }
        out.extend_from_slice(inflated);
        self.window.push(inflated);
        if inflated.len() == self.block_limit() {
            return Ok(Place::Full);
        }
        Ok(Place::End)
    }

    fn block_header(&self, bytes: [u8; BLOCK_HEADER]) -> Result<BlockHeader, Corrupt> {
        let [low, middle, high] = bytes;
        let header = u32::from_le_bytes([low, middle, high, 0]);
        let size = (header >> 3) as usize;
        let kind = match (header >> 1) & 3 {
            0 => BlockKind::Raw,
            1 => BlockKind::Run,
            2 => BlockKind::Compressed,
            _ => return Err(Corrupt),
        };
        if size > self.block_limit() {
            return Err(Corrupt);
        }
        Ok(BlockHeader {
            kind,
            last: header & 1 == 1,
            length: if matches!(kind, BlockKind::Run) {
                1
            } else {
                size
            },
            size,
        })
    }

    fn block_limit(&self) -> usize {
        self.window.size().min(BLOCK)
    }
}

impl FrameHeader {
    /// The first two fields, which say how long the whole is.
    const START: usize = MAGIC.len() + 1;

    fn length(bytes: &[u8]) -> Result<usize, Corrupt> {
        // What does not begin like a frame is told at once: more may never come.
        if bytes.iter().zip(MAGIC).any(|(byte, magic)| *byte != magic) {
            return Err(Corrupt);
        }
        let Some(descriptor) = bytes.get(MAGIC.len()) else {
            return Ok(Self::START);
        };
        let single = descriptor & 0x20 != 0;
        let window = usize::from(!single);
        let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
        let content = match descriptor >> 6 {
            0 => usize::from(single),
            log => 1 << log,
        };
        Ok(Self::START + window + dictionary + content)
    }

    fn read(bytes: &[u8]) -> Result<Self, Corrupt> {
        let (start, fields) = bytes.split_at_checked(Self::START).ok_or(Corrupt)?;
        let descriptor = *start.last().ok_or(Corrupt)?;
        // A reserved bit, and dictionaries.
        if descriptor & 0x08 != 0 || descriptor & 3 != 0 {
            return Err(Corrupt);
        }
        let size = if descriptor & 0x20 == 0 {
            let window = *fields.first().ok_or(Corrupt)?;
            let base = 1_u64 << (10 + (window >> 3));
            base + base / 8 * u64::from(window & 7)
        } else {
            // The content in one segment.
            let mut size = [0; 8];
            size.get_mut(..fields.len())
                .ok_or(Corrupt)?
                .copy_from_slice(fields);
            let shift = if fields.len() == 2 { 256 } else { 0 };
            u64::from_le_bytes(size).saturating_add(shift)
        };
        if size > MAX_WINDOW {
            return Err(Corrupt);
        }
        Ok(Self {
            checksum: descriptor & 0x04 != 0,
            window: usize::try_from(size).map_err(|_| Corrupt)?,
        })
    }
}

impl Scratch {
    fn new() -> Self {
        Self {
            block: vec![0; BLOCK + SLACK],
            literals: vec![0; BLOCK + SLACK],
        }
    }
}

impl From<Corrupt> for Fault {
    fn from(Corrupt: Corrupt) -> Self {
        Self::Corrupt
    }
}

impl fmt::Debug for ZstdStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZstdStream")
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
