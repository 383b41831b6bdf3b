//! The byte stream under the websocket, with a queue of its own for what we write.

use std::{
    cell::Cell,
    io::{self, Read, Write},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, BufMut, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tungstenite::protocol::frame::{
    Frame,
    coding::{Data, OpCode},
};

use crate::Io;

/// How many bytes may wait for a server that does not read. The send limit of the protocol keeps
/// an honest connection far below.
const MAX_QUEUED: usize = 1 << 20;
/// How much is read at once. Also what a connection may hold back while its consumer is slow.
const READ_AT_ONCE: usize = 64 * 1024;

thread_local! {
    /// What a connection reads into while it is polled: one for all connections of a thread, so that
    /// those that are idle have none.
    static SCRATCH: Cell<Option<Box<[u8]>>> = const { Cell::new(None) };
}

/// A stream that never blocks: reads end where the bytes that came in end, and writes never interleave.
///
/// The websocket library reads, and writes pongs and closes, through it, while our own frames are encoded
/// straight into its queue: so that a secret payload passes no code that logs, and so that a
/// server that does not read delays neither heartbeats nor timers.
pub(crate) struct Wire {
    io: Box<dyn Io>,
    input: Input,
    output: BytesMut,
    /// Something was written that the stream may still hold back.
    unflushed: bool,
}

/// Bytes that came in and were not read yet.
#[derive(Default)]
struct Input {
    /// Of one that is being polled, the scratch; of another, what is left of it, if anything.
    bytes: Box<[u8]>,
    start: usize,
    end: usize,
    /// Nothing more will come.
    ended: bool,
    /// How many came in that nobody has asked for.
    received: u64,
}

impl Wire {
    pub(crate) fn new(io: Box<dyn Io>) -> Self {
        Self {
            io,
            input: Input::default(),
            output: BytesMut::new(),
            unflushed: false,
        }
    }

    /// Queues a text frame.
    ///
    /// # Errors
    /// The queue is full: the server does not read.
    pub(crate) fn push_text(&mut self, text: String) -> io::Result<()> {
        self.check_room(text.len())?;
        let mut frame = Frame::message(text, OpCode::Data(Data::Text), true);
        frame.header_mut().mask = Some(fastrand::u32(..).to_be_bytes());
        frame
            .format(&mut (&mut self.output).writer())
            .map_err(io::Error::other)
    }

    /// Writes as much of the queue as the stream takes.
    pub(crate) fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.output.has_remaining() {
            let written = ready!(Pin::new(&mut self.io).poll_write(cx, &self.output))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.output.advance(written);
            self.unflushed = true;
        }
        if self.unflushed {
            ready!(Pin::new(&mut self.io).poll_flush(cx))?;
            self.unflushed = false;
            // Few bytes are written, and seldom.
            self.output = BytesMut::new();
        }
        Poll::Ready(Ok(()))
    }

    pub(crate) fn is_drained(&self) -> bool {
        self.output.is_empty() && !self.unflushed
    }

    /// Reads from the stream, once everything that came before was read. Between [`Self::lend`] and
    /// [`Self::reclaim`] only.
    pub(crate) fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let input = &mut self.input;
        if input.start < input.end || input.ended {
            return Poll::Ready(Ok(()));
        }
        let mut buf = ReadBuf::new(&mut input.bytes);
        ready!(Pin::new(&mut self.io).poll_read(cx, &mut buf))?;
        let read = buf.filled().len();
        input.ended = read == 0;
        input.received += read as u64;
        (input.start, input.end) = (0, read);
        Poll::Ready(Ok(()))
    }

    /// Gives the connection the buffer of the thread, for as long as it is polled.
    pub(crate) fn lend(&mut self) {
        let scratch = SCRATCH.try_with(Cell::take).ok().flatten();
        let mut scratch = scratch.unwrap_or_else(|| vec![0; READ_AT_ONCE].into_boxed_slice());
        let input = &mut self.input;
        let left = input.end - input.start;
        if left > 0 {
            // What is left came out of such a buffer, so that it fits into one.
            if let (Some(to), Some(from)) = (
                scratch.get_mut(..left),
                input.bytes.get(input.start..input.end),
            ) {
                to.copy_from_slice(from);
            }
        }
        input.bytes = scratch;
        (input.start, input.end) = (0, left);
    }

    /// Takes the buffer back, and leaves what was not read of it.
    pub(crate) fn reclaim(&mut self) {
        let input = &mut self.input;
        if input.bytes.len() != READ_AT_ONCE {
            return;
        }
        let rest = input.bytes.get(input.start..input.end).unwrap_or_default();
        let rest: Box<[u8]> = rest.into();
        (input.start, input.end) = (0, rest.len());
        let scratch = std::mem::replace(&mut input.bytes, rest);
        // A thread that ends has no use for it.
        let _ = SCRATCH.try_with(|place| place.set(Some(scratch)));
    }

    /// How many bytes came in since this was last asked.
    pub(crate) fn take_received(&mut self) -> u64 {
        std::mem::take(&mut self.input.received)
    }

    fn check_room(&self, bytes: usize) -> io::Result<()> {
        if self.output.len().saturating_add(bytes) > MAX_QUEUED {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the server does not read",
            ));
        }
        Ok(())
    }
}

impl Drop for Wire {
    /// A connection may end while it is polled.
    fn drop(&mut self) {
        self.reclaim();
    }
}

impl Read for Wire {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let input = &mut self.input;
        let mut rest = input.bytes.get(input.start..input.end).unwrap_or_default();
        if rest.is_empty() && !input.ended {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let read = rest.read(buf)?;
        input.start += read;
        Ok(read)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.check_room(bytes.len())?;
        self.output.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// It is the driver that flushes, by [`Self::poll_drain`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use tokio::io::AsyncWriteExt;

    use super::*;

    #[tokio::test]
    async fn what_was_not_read_of_one_turn_is_read_in_the_next() {
        let (ours, mut theirs) = tokio::io::duplex(1024);
        theirs.write_all(b"one two").await.unwrap();
        drop(theirs);
        let mut wire = Wire::new(Box::new(ours));
        let mut cx = Context::from_waker(Waker::noop());
        let mut buf = [0; 4];

        wire.lend();
        assert_eq!(
            wire.read(&mut buf).unwrap_err().kind(),
            io::ErrorKind::WouldBlock
        );
        assert!(wire.poll_fill(&mut cx).is_ready());
        assert_eq!(wire.read(&mut buf).unwrap(), 4);
        wire.reclaim();
        assert_eq!(wire.input.bytes.len(), 3);

        wire.lend();
        assert!(wire.poll_fill(&mut cx).is_ready());
        assert_eq!(wire.read(&mut buf).unwrap(), 3);
        assert_eq!(&buf[..3], b"two");
        assert!(wire.poll_fill(&mut cx).is_ready());
        assert_eq!(wire.read(&mut buf).unwrap(), 0);
        wire.reclaim();
        assert_eq!(wire.input.bytes.len(), 0);
        assert_eq!(wire.take_received(), 7);
        assert_eq!(wire.take_received(), 0);
    }
}
