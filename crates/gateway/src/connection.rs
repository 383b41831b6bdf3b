//! One connection: websocket frames in and out, nothing of what they mean.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::{Sink, Stream};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        Error as WsError, Message, Utf8Bytes,
        error::ProtocolError,
        protocol::{CloseFrame, WebSocketConfig},
    },
};

#[cfg(any(feature = "zlib", feature = "zstd"))]
use crate::inflate::{InflateError, Inflater};
use crate::{Compression, Connector, address::Address, session::FrameFault, wire::Wire};

/// Memory of an idle connection against calls per large frame.
const READ_BUFFER: usize = 16 * 1024;

/// What a connection has to say.
#[derive(Debug)]
pub(crate) enum Received {
    Text(Utf8Bytes),
    Fault(FrameFault),
    /// The last one.
    Closed {
        code: Option<u16>,
        reason: String,
    },
}

/// The limits and the encoding of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Framing {
    #[cfg_attr(
        not(any(feature = "zlib", feature = "zstd")),
        expect(dead_code, reason = "nothing to choose from")
    )]
    pub(crate) compression: Compression,
    pub(crate) max_frame_bytes: usize,
    pub(crate) max_message_bytes: usize,
}

pub(crate) struct Connection {
    socket: WebSocketStream<Wire>,
    framing: Framing,
    #[cfg(any(feature = "zlib", feature = "zstd"))]
    inflater: Option<Inflater>,
    ready: VecDeque<Received>,
    closing: bool,
}

impl Connection {
    /// Connects and upgrades. The error is for people, and holds no secret.
    pub(crate) async fn open(
        connector: Arc<dyn Connector>,
        url: String,
        framing: Framing,
    ) -> Result<Box<Self>, String> {
        let Address { uri, target } = Address::parse(&url)?;
        let place = format!("{}:{}", target.host, target.port);
        let io = connector
            .connect(target)
            .await
            .map_err(|error| format!("no connection to {place} ({error})"))?;
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_frame_size(Some(framing.max_frame_bytes))
            .max_message_size(Some(framing.max_frame_bytes));
        let upgrade = client_async_with_config(uri, Wire::new(io), Some(config));
        let (socket, _) = upgrade.await.map_err(|error| match error {
            WsError::Http(response) => {
                format!(
                    "{place} answered the websocket upgrade with HTTP {}",
                    response.status()
                )
            }
            error => format!("{place} did not upgrade to a websocket ({error})"),
        })?;
        Ok(Box::new(Self {
            socket,
            framing,
            #[cfg(any(feature = "zlib", feature = "zstd"))]
            inflater: Inflater::new(framing.compression, framing.max_message_bytes),
            ready: VecDeque::new(),
            closing: false,
        }))
    }

    /// Queues a text frame; [`Self::poll_event`] writes it.
    pub(crate) fn send(&mut self, text: String) {
        if self.closing {
            return;
        }
        if let Err(error) = self.socket.get_mut().push_text(text) {
            self.ready.push_back(Received::Closed {
                code: None,
                reason: error.to_string(),
            });
        }
    }

    /// Queues a close frame. What still comes in is read to see the server's answer, and dropped.
    pub(crate) fn close(&mut self, code: u16) {
        self.closing = true;
        let frame = CloseFrame {
            code: code.into(),
            reason: Utf8Bytes::default(),
        };
        if let Err(error) = Pin::new(&mut self.socket).start_send(Message::Close(Some(frame))) {
            self.ready.push_back(Received::Closed {
                code: None,
                reason: error.to_string(),
            });
        }
    }

    /// Writes what is queued, and reads if `reading`. After [`Received::Closed`] there is nothing
    /// left to do but to drop the connection.
    ///
    /// # Cancel safety
    /// Nothing is lost between two calls.
    pub(crate) fn poll_event(&mut self, cx: &mut Context<'_>, reading: bool) -> Poll<Received> {
        let mut written = self.socket.get_mut().poll_drain(cx);
        while reading || self.closing {
            if let Some(received) = self.next_ready() {
                return Poll::Ready(received);
            }
            match Pin::new(&mut self.socket).poll_next(cx) {
                Poll::Ready(message) => {
                    let closed = matches!(message, Some(Ok(Message::Close(_))));
                    self.take(message);
                    if closed {
                        // The answer to the server's close frame, if the stream takes it now.
                        let _ = Pin::new(&mut self.socket).poll_flush(cx);
                    }
                }
                Poll::Pending => {
                    // Reading may have queued a pong.
                    if !self.socket.get_ref().is_drained() {
                        written = self.socket.get_mut().poll_drain(cx);
                    }
                    break;
                }
            }
        }
        // What was received before writing failed has been read: a close frame among it says why.
        match written {
            Poll::Ready(Err(error)) => Poll::Ready(Received::Closed {
                code: None,
                reason: error.to_string(),
            }),
            _ => Poll::Pending,
        }
    }

    /// How many bytes were received since this was last asked.
    pub(crate) fn take_received(&mut self) -> u64 {
        std::mem::take(&mut self.socket.get_mut().received)
    }

    fn next_ready(&mut self) -> Option<Received> {
        loop {
            let received = self.ready.pop_front()?;
            if !self.closing || matches!(received, Received::Closed { .. }) {
                return Some(received);
            }
        }
    }

    fn take(&mut self, message: Option<Result<Message, WsError>>) {
        let received = match message {
            Some(Ok(Message::Text(text))) if text.len() > self.framing.max_message_bytes => {
                Received::Fault(FrameFault::TooLarge)
            }
            Some(Ok(Message::Text(text))) => Received::Text(text),
            Some(Ok(Message::Binary(bytes))) => return self.take_binary(bytes),
            // The library answers pings by itself.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => return,
            Some(Ok(Message::Close(Some(frame)))) => Received::Closed {
                code: Some(frame.code.into()),
                reason: frame.reason.as_str().to_owned(),
            },
            Some(Err(WsError::Capacity(_))) => Received::Fault(FrameFault::TooLarge),
            Some(Err(WsError::Utf8(_))) => Received::Fault(FrameFault::NotUtf8),
            Some(
                Ok(Message::Close(None))
                | Err(WsError::Protocol(ProtocolError::ResetWithoutClosingHandshake)),
            )
            | None => Received::Closed {
                code: None,
                reason: String::new(),
            },
            Some(Err(error)) => Received::Closed {
                code: None,
                reason: error.to_string(),
            },
        };
        self.ready.push_back(received);
    }

    #[cfg(any(feature = "zlib", feature = "zstd"))]
    fn take_binary(&mut self, bytes: Bytes) {
        let Some(inflater) = &mut self.inflater else {
            self.ready.push_back(text(bytes));
            return;
        };
        let ready = &mut self.ready;
        if let Err(error) = inflater.push(&bytes, |message| ready.push_back(text(message))) {
            ready.push_back(Received::Fault(match error {
                InflateError::Corrupt => FrameFault::Inflate,
                InflateError::TooLarge { .. } => FrameFault::TooLarge,
            }));
        }
    }

    #[cfg(not(any(feature = "zlib", feature = "zstd")))]
    fn take_binary(&mut self, bytes: Bytes) {
        self.ready.push_back(text(bytes));
    }
}

fn text(bytes: Bytes) -> Received {
    Utf8Bytes::try_from(bytes).map_or(Received::Fault(FrameFault::NotUtf8), Received::Text)
}
