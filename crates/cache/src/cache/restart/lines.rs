//! Lines of JSON, with a checksum of all of them.

use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use crc32fast::Hasher;
use serde::{Serialize, de::DeserializeOwned};

use super::{End, Line, RestoreError};

/// Writes lines.
pub(super) struct LineWriter<W: Write> {
    to: BufWriter<W>,
    line: Vec<u8>,
    hasher: Hasher,
}

impl<W: Write> LineWriter<W> {
    pub(super) fn new(to: W) -> Self {
        Self {
            to: BufWriter::new(to),
            line: Vec::new(),
            hasher: Hasher::new(),
        }
    }

    pub(super) fn write(&mut self, line: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, line)?;
        self.line.push(b'\n');
        self.hasher.update(&self.line);
        self.to.write_all(&self.line)
    }

    /// Writes the last line.
    pub(super) fn end(mut self) -> io::Result<()> {
        let crc32 = self.hasher.clone().finalize();
        self.write(&Line::End(End { crc32 }))?;
        self.to.flush()
    }
}

/// Reads them.
pub(super) struct LineReader<R: Read> {
    from: BufReader<R>,
    line: Vec<u8>,
    number: usize,
    hasher: Hasher,
}

impl<R: Read> LineReader<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from: BufReader::new(from),
            line: Vec::new(),
            number: 0,
            hasher: Hasher::new(),
        }
    }

    /// The next line, which there has to be.
    pub(super) fn read<T: DeserializeOwned>(&mut self) -> Result<T, RestoreError> {
        self.hasher.update(&self.line);
        self.line.clear();
        self.number += 1;
        self.from.read_until(b'\n', &mut self.line)?;
        if self.line.last() != Some(&b'\n') {
            return Err(self.damaged("it ends before its end"));
        }
        serde_json::from_slice(&self.line).map_err(|error| self.damaged(error))
    }

    /// The next line with what stands between the rows; `None` for the last.
    pub(super) fn next(&mut self) -> Result<Option<Line>, RestoreError> {
        let line = self.read()?;
        let Line::End(End { crc32 }) = line else {
            return Ok(Some(line));
        };
        if self.hasher.clone().finalize() == crc32 {
            Ok(None)
        } else {
            Err(self.damaged("the lines before it are not those that were written"))
        }
    }

    pub(super) fn damaged(&self, reason: impl fmt::Display) -> RestoreError {
        RestoreError::Damaged {
            line: self.number,
            reason: reason.to_string(),
        }
    }
}
