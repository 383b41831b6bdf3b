//! The byte stream under the websocket, with a queue of its own for what we write.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, BufMut, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_tungstenite::tungstenite::protocol::frame::{
    Frame,
    coding::{Data, OpCode},
};

use crate::Io;

/// How many bytes may wait for a server that does not read. The send limit of the protocol keeps
/// an honest connection far below.
const MAX_QUEUED: usize = 1 << 20;

/// A stream whose writes never block and never interleave.
///
/// The websocket library writes pongs and closes through it, while our own frames are encoded
/// straight into its queue: so that a secret payload passes no code that logs, and so that a
/// server that does not read delays neither heartbeats nor timers.
pub(crate) struct Wire {
    io: Box<dyn Io>,
    /// Bytes read and not asked for yet.
    pub(crate) received: u64,
    queue: BytesMut,
    /// Something was written that the stream may still hold back.
    unflushed: bool,
}

impl Wire {
    pub(crate) fn new(io: Box<dyn Io>) -> Self {
        Self {
            io,
            received: 0,
            queue: BytesMut::new(),
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
            .format(&mut (&mut self.queue).writer())
            .map_err(io::Error::other)
    }

    /// Writes as much of the queue as the stream takes.
    pub(crate) fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.queue.has_remaining() {
            let written = ready!(Pin::new(&mut self.io).poll_write(cx, &self.queue))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.queue.advance(written);
            self.unflushed = true;
        }
        if self.unflushed {
            ready!(Pin::new(&mut self.io).poll_flush(cx))?;
            self.unflushed = false;
        }
        Poll::Ready(Ok(()))
    }

    pub(crate) fn is_drained(&self) -> bool {
        self.queue.is_empty() && !self.unflushed
    }

    fn check_room(&self, bytes: usize) -> io::Result<()> {
        if self.queue.len().saturating_add(bytes) > MAX_QUEUED {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the server does not read",
            ));
        }
        Ok(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(cx, buf))?;
        self.received += (buf.filled().len() - before) as u64;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check_room(buf.len())?;
        self.queue.extend_from_slice(buf);
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_drain(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_drain(cx))?;
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
