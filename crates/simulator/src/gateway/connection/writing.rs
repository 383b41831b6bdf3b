//! What is said to the client: compressed, in parts, or as a test gave it.

use std::time::Duration;

use bytes::Bytes;
use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::{Connection, End};
use crate::compression::{self, Compressor};
use crate::journal::EntryKind;
use crate::record::Direction;

/// Bytes from which on a payload is worth compressing by itself.
const COMPRESSED_FROM: usize = 1_024;
/// How long what compresses is ready for the next message.
const REST_AFTER: Duration = Duration::from_secs(1);

impl<S> Connection<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    pub(super) async fn send_op(&mut self, op: u64, d: &Value) -> Result<(), End> {
        self.note(EntryKind::ServerFrame {
            op,
            seq: None,
            name: None,
        });
        self.send(json!({ "t": null, "s": null, "op": op, "d": d }).to_string())
            .await
    }

    async fn send(&mut self, text: String) -> Result<(), End> {
        self.record(Direction::In, text.as_bytes());
        let message = self.message(text);
        self.feed(message).await?;
        self.flush().await
    }

    pub(super) async fn send_raw(&mut self, frames: Vec<Bytes>) -> Result<(), End> {
        {
            let mut state = self.core.lock();
            for frame in &frames {
                let kind = EntryKind::RawSent { size: frame.len() };
                self.core.note(&mut state, Some(self.id), kind);
            }
        }
        for frame in frames {
            self.record(Direction::In, &frame);
            let message = match &mut self.compressor {
                Some(compressor) => Message::binary(compressor.message(&frame)),
                // A text message that need not be a text.
                None => Message::Frame(Frame::message(frame, OpCode::Data(Data::Text), true)),
            };
            self.ws.feed(message).await.map_err(|_| End::Gone)?;
        }
        self.flush().await
    }

    /// Lets what was written leave.
    pub(super) async fn flush(&mut self) -> Result<(), End> {
        self.ws.flush().await.map_err(|_| End::Gone)?;
        if let Some(Compressor::Zlib(stream)) = &mut self.compressor {
            self.rest = stream.settle().then(|| Instant::now() + REST_AFTER);
        }
        Ok(())
    }

    /// The text, compressed as it is to be.
    pub(super) fn message(&mut self, text: String) -> Message {
        match &mut self.compressor {
            Some(compressor) => Message::binary(compressor.message(text.as_bytes())),
            None if self.compress && text.len() >= COMPRESSED_FROM => {
                Message::binary(compression::packed(text.as_bytes()))
            }
            None => Message::text(text),
        }
    }

    /// Writes a message, which leaves with the next flush.
    pub(super) async fn feed(&mut self, message: Message) -> Result<(), End> {
        match self.split {
            Some(bytes) => self.send_in_parts(message, bytes).await,
            None => self.ws.feed(message).await.map_err(|_| End::Gone),
        }
    }

    /// Sends a message in parts of so many bytes.
    async fn send_in_parts(&mut self, message: Message, bytes: usize) -> Result<(), End> {
        let first = match &message {
            Message::Text(_) => Data::Text,
            _ => Data::Binary,
        };
        let whole = message.into_data();
        let streamed = matches!(self.compressor, Some(Compressor::Zlib(_)));
        let parts = whole.len().div_ceil(bytes);
        for (at, part) in whole.chunks(bytes).enumerate() {
            let part = whole.slice_ref(part);
            let part = if streamed {
                Message::binary(part)
            } else {
                let kind = if at == 0 { first } else { Data::Continue };
                let last = at + 1 == parts;
                Message::Frame(Frame::message(part, OpCode::Data(kind), last))
            };
            self.ws.send(part).await.map_err(|_| End::Gone)?;
        }
        Ok(())
    }
}
