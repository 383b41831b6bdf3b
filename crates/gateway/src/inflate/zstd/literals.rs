//! The literals of a block: <https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.3.1>.

use super::{BLOCK, Corrupt, huffman::Codes};

/// What the literals of a block may take from those of an earlier one.
#[derive(Default)]
pub(super) struct Literals {
    codes: Option<Codes>,
}

/// The literals of one block.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    /// They, and perhaps bytes that follow them in memory.
    pub(super) bytes: &'a [u8],
    pub(super) length: usize,
}

impl Literals {
    /// Decodes them, into `buffer` unless they are in the content as they are, and gives what follows.
    pub(super) fn read<'a>(
        &mut self,
        content: &'a [u8],
        buffer: &'a mut [u8],
    ) -> Result<(Run<'a>, &'a [u8]), Corrupt> {
        let first = *content.first().ok_or(Corrupt)?;
        let (kind, format) = (first & 3, (first >> 2) & 3);
        if kind < 2 {
            let header = [1, 2, 1, 3][usize::from(format)];
            let (number, rest) = number(content, header)?;
            let length = size(number >> if header == 1 { 3 } else { 4 })?;
            if kind == 0 {
                let after = rest.get(length..).ok_or(Corrupt)?;
                return Ok((
                    Run {
                        bytes: rest,
                        length,
                    },
                    after,
                ));
            }
            let (byte, after) = rest.split_first().ok_or(Corrupt)?;
            buffer.get_mut(..length).ok_or(Corrupt)?.fill(*byte);
            return Ok((
                Run {
                    bytes: buffer,
                    length,
                },
                after,
            ));
        }
        let (header, width) = [(3, 10), (3, 10), (4, 14), (5, 18)][usize::from(format)];
        let (number, rest) = number(content, header)?;
        let mask = (1 << width) - 1;
        let length = size((number >> 4) & mask)?;
        let coded = size((number >> (4 + width)) & mask)?;
        let (mut streams, after) = rest.split_at_checked(coded).ok_or(Corrupt)?;
        if kind == 2 {
            let used = self.codes.get_or_insert_with(Codes::new).read(streams)?;
            streams = streams.get(used..).ok_or(Corrupt)?;
        }
        let tree = self.codes.as_ref().ok_or(Corrupt)?;
        let out = buffer.get_mut(..length).ok_or(Corrupt)?;
        if format == 0 {
            tree.decode(streams, out)?;
        } else {
            tree.decode_four(four(streams)?, out)?;
        }
        Ok((
            Run {
                bytes: buffer,
                length,
            },
            after,
        ))
    }
}

/// The number in the first `length` bytes, and what follows.
fn number(bytes: &[u8], length: usize) -> Result<(u64, &[u8]), Corrupt> {
    let (number, rest) = bytes.split_at_checked(length).ok_or(Corrupt)?;
    let number = number
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte));
    Ok((number, rest))
}

fn size(number: u64) -> Result<usize, Corrupt> {
    usize::try_from(number)
        .ok()
        .filter(|size| *size <= BLOCK)
        .ok_or(Corrupt)
}

/// Four streams, of which the first three say how long they are.
fn four(bytes: &[u8]) -> Result<[&[u8]; 4], Corrupt> {
    let (lengths, mut rest) = bytes.split_first_chunk::<6>().ok_or(Corrupt)?;
    let mut streams = [&bytes[..0]; 4];
    for (stream, length) in streams.iter_mut().zip(lengths.chunks_exact(2)) {
        let (length, _) = number(length, 2)?;
        (*stream, rest) = rest.split_at_checked(size(length)?).ok_or(Corrupt)?;
    }
    streams[3] = rest;
    Ok(streams)
}
