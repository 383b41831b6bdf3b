//! How a connection ends, and what is said at the end.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::Connection;
use crate::journal::EntryKind;
use crate::record::Direction;

/// What a recording calls a message that is cut off in its middle.
const HALF: &str = "half of a message";
/// How long a close frame waits for its answer.
pub(super) const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// How a connection ends.
pub(super) enum End {
    /// The client closed; `true` with a code that ends the session.
    Client(bool),
    /// The client's socket died.
    Gone,
    /// Closed by the simulator, noted already.
    Closed,
    /// Dropped without a word.
    Cut,
}

impl<S> Connection<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    pub(super) async fn end_with(&mut self, code: Option<u16>) -> End {
        match code {
            Some(code) => self.close(code, "Scripted.").await,
            None => End::Cut,
        }
    }

    pub(super) async fn close(&mut self, code: u16, reason: &str) -> End {
        self.note(EntryKind::ServerClosed {
            code,
            reason: reason.to_owned(),
        });
        // 1005 is how a close frame without a code is spoken of; it is never written.
        let frame = (code != 1005).then(|| CloseFrame {
            code: code.into(),
            reason: reason.into(),
        });
        self.record_close(Direction::In, frame.as_ref());
        // These codes tell the client to start anew, so nothing is left to resume.
        let over = matches!(code, 4004 | 4007 | 4009..=4014);
        self.core.detach(self.id, over);
        let goodbye = async {
            if self.ws.send(Message::Close(frame)).await.is_ok() {
                while let Some(Ok(_)) = self.ws.next().await {}
            }
        };
        // A client that does not answer is dropped.
        let _ = timeout(CLOSE_WAIT, goodbye).await;
        End::Closed
    }

    /// Closes a connection that the client has closed before.
    pub(super) async fn close_late(&mut self, delay: Duration) {
        // Whoever takes the session over has nothing to do with what is left here.
        self.core.detach(self.id, false);
        sleep(delay).await;
        self.note(EntryKind::ServerClosed {
            code: 4009,
            reason: "Session timed out.".to_owned(),
        });
        self.record_omitted(Direction::In, "close 4009", 2);
        let [high, low] = 4009_u16.to_be_bytes();
        let io = self.ws.get_mut();
        // The client is gone by now, if it is a good one.
        if io.write_all(&[0x88, 2, high, low]).await.is_ok() {
            let _ = io.flush().await;
        }
    }

    /// Lets what the client writes vanish until it is gone.
    pub(super) async fn hang(&mut self) -> End {
        let mut vanishing = [0; 1024];
        while let Ok(1..) = self.ws.get_mut().read(&mut vanishing).await {}
        End::Gone
    }

    /// Writes a close frame where all is recorded, if it is.
    pub(super) fn record_close(&self, direction: Direction, frame: Option<&CloseFrame>) {
        let code = frame.map_or_else(String::new, |frame| format!(" {}", frame.code));
        let bytes = frame.map_or(0, |frame| 2 + frame.reason.len());
        self.record_omitted(direction, &format!("close{code}"), bytes);
    }

    /// Half of what the frame would be, and the end.
    pub(super) async fn write_half(&mut self, text: &str) -> End {
        self.record_omitted(Direction::In, HALF, text.len());
        if let Some(compressor) = &mut self.compressor {
            let mut bytes = compressor.message(text.as_bytes());
            bytes.truncate(bytes.len() / 2);
            // The client may be gone already: the connection ends in any case.
            let _ = self.ws.send(Message::binary(bytes)).await;
            return End::Cut;
        }
        let bytes = text.as_bytes();
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // A text frame with a 64-bit length, unmasked as a server's frames are.
        let mut half = vec![0x81, 127];
        half.extend_from_slice(&length.to_be_bytes());
        half.extend_from_slice(bytes.get(..bytes.len() / 2).unwrap_or_default());
        let io = self.ws.get_mut();
        if io.write_all(&half).await.is_ok() {
            let _ = io.flush().await;
        }
        End::Cut
    }
}
