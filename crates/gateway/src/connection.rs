//! One connection: websocket frames in and out, nothing of what they mean.

use std::{
    collections::VecDeque,
    future::poll_fn,
    io,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use tungstenite::{
    ClientHandshake, Error as WsError, HandshakeError, Message, Utf8Bytes, WebSocket,
    client::IntoClientRequest,
    error::ProtocolError,
    handshake::MidHandshake,
    http::Uri,
    protocol::{CloseFrame, WebSocketConfig},
};

#[cfg(any(feature = "zlib", feature = "zstd"))]
use crate::inflate::{InflateError, Inflater};
use crate::{Compression, Connector, address::Address, session::FrameFault, wire::Wire};

/// Memory of an idle connection against work per large frame: what an idle one holds is up to twice this,
/// and the library copies frames in pieces of it. The stream itself is read through a buffer of the thread.
const READ_BUFFER: usize = 1024;

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
    socket: WebSocket<Wire>,
    framing: Framing,
    #[cfg(any(feature = "zlib", feature = "zstd"))]
    inflater: Option<Inflater>,
    ready: VecDeque<Received>,
    closing: bool,
    /// What follows cannot be read.
    ended: bool,
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
        let upgraded = upgrade(uri, Wire::new(io), config).await;
        let socket = upgraded.map_err(|error| match error {
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
            ended: false,
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
        if let Err(error) = self.socket.close(Some(frame)) {
            self.ready.push_back(Received::Closed {
                code: None,
                reason: error.to_string(),
            });
        }
    }

    /// Before [`Self::poll_event`]: takes the buffer of the thread. [`Self::reclaim`] gives it back, when no
    /// more events are asked for in this turn.
    pub(crate) fn lend(&mut self) {
        self.socket.get_mut().lend();
    }

    pub(crate) fn reclaim(&mut self) {
        self.socket.get_mut().reclaim();
    }

    /// Writes what is queued, and reads if `reading`. After [`Received::Closed`] there is nothing
    /// left to do but to drop the connection.
    ///
    /// # Cancel safety
    /// Nothing is lost between two calls.
    pub(crate) fn poll_event(&mut self, cx: &mut Context<'_>, reading: bool) -> Poll<Received> {
        let mut written = self.poll_drain(cx);
        while reading || self.closing {
            if let Some(received) = self.next_ready() {
                return Poll::Ready(received);
            }
            match self.poll_message(cx) {
                Poll::Ready(Ok(Message::Text(text)))
                    if text.len() <= self.framing.max_message_bytes && !self.closing =>
                {
                    return Poll::Ready(Received::Text(text));
                }
                Poll::Ready(message) => {
                    let closed = matches!(message, Ok(Message::Close(_)));
                    self.take(message);
                    if closed {
                        // The answer to the server's close frame, if the stream takes it now.
                        let _ = self.socket.flush();
                        let _ = self.poll_drain(cx);
                    }
                }
                Poll::Pending => {
                    // Reading may have queued a pong.
                    written = self.poll_drain(cx);
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

    fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wire = self.socket.get_mut();
        if wire.is_drained() {
            return Poll::Ready(Ok(()));
        }
        wire.poll_drain(cx)
    }

    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<Message, WsError>> {
        if self.ended {
            return Poll::Ready(Err(WsError::ConnectionClosed));
        }
        loop {
            match self.socket.read() {
                Err(WsError::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                    if let Err(error) = ready!(self.socket.get_mut().poll_fill(cx)) {
                        self.ended = true;
                        return Poll::Ready(Err(error.into()));
                    }
                }
                message => {
                    // A text that is none has been read to its end, and the next frame begins behind it.
                    self.ended = !matches!(message, Ok(_) | Err(WsError::Utf8(_)));
                    return Poll::Ready(message);
                }
            }
        }
    }

    /// How many bytes were received since this was last asked.
    pub(crate) fn take_received(&mut self) -> u64 {
        self.socket.get_mut().take_received()
    }

    fn next_ready(&mut self) -> Option<Received> {
        loop {
            let received = self.ready.pop_front()?;
            if !self.closing || matches!(received, Received::Closed { .. }) {
                return Some(received);
            }
        }
    }

    fn take(&mut self, message: Result<Message, WsError>) {
        let received = match message {
            Ok(Message::Text(text)) if text.len() > self.framing.max_message_bytes => {
                Received::Fault(FrameFault::TooLarge)
            }
            Ok(Message::Text(text)) => Received::Text(text),
            Ok(Message::Binary(bytes)) => return self.take_binary(bytes),
            // The library answers pings by itself.
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => return,
            Ok(Message::Close(Some(frame))) => Received::Closed {
                code: Some(frame.code.into()),
                reason: frame.reason.as_str().to_owned(),
            },
            Err(WsError::Capacity(_)) => Received::Fault(FrameFault::TooLarge),
            Err(WsError::Utf8(_)) => Received::Fault(FrameFault::NotUtf8),
            Ok(Message::Close(None))
            | Err(
                WsError::ConnectionClosed
                | WsError::AlreadyClosed
                | WsError::Protocol(ProtocolError::ResetWithoutClosingHandshake),
            ) => Received::Closed {
                code: None,
                reason: String::new(),
            },
            Err(error) => Received::Closed {
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

/// Asks the server to speak websocket, without a thread that waits for it.
async fn upgrade(
    uri: Uri,
    wire: Wire,
    config: WebSocketConfig,
) -> Result<WebSocket<Wire>, WsError> {
    let request = uri.into_client_request()?;
    let mut under_way = Some(ClientHandshake::start(wire, request, Some(config))?);
    poll_fn(|cx| {
        loop {
            let Some(mut handshake) = under_way.take() else {
                return Poll::Ready(Err(WsError::AlreadyClosed));
            };
            wire_of(&mut handshake).lend();
            let mut interrupted = match handshake.handshake() {
                Ok((mut socket, _)) => {
                    socket.get_mut().reclaim();
                    return Poll::Ready(Ok(socket));
                }
                Err(HandshakeError::Failure(error)) => return Poll::Ready(Err(error)),
                Err(HandshakeError::Interrupted(handshake)) => handshake,
            };
            let wire = wire_of(&mut interrupted);
            let polled = match wire.poll_drain(cx) {
                Poll::Ready(Ok(())) => wire.poll_fill(cx),
                other => other,
            };
            wire.reclaim();
            under_way = Some(interrupted);
            ready!(polled)?;
        }
    })
    .await
}

fn wire_of(handshake: &mut MidHandshake<ClientHandshake<Wire>>) -> &mut Wire {
    handshake.get_mut().get_mut()
}
