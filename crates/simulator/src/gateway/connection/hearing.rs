//! What the client says.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::end::CLOSE_WAIT;
use super::{Connection, End};
use crate::faults::{Fault, RequestFault};
use crate::gateway::commands::Sender;
use crate::gateway::identify::{Line, Outcome};
use crate::journal::EntryKind;
use crate::record::Direction;

/// Frames a client may send per minute, and their largest size.
const SEND_LIMIT: usize = 120;
const SEND_WINDOW: Duration = Duration::from_secs(60);
const MAX_PAYLOAD: usize = 4096;

impl<S> Connection<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    pub(super) async fn incoming(
        &mut self,
        message: Option<Result<Message, WsError>>,
        ignore: bool,
    ) -> Result<(), End> {
        let text = match message {
            Some(Ok(Message::Text(text))) => text.as_str().to_owned(),
            Some(Ok(Message::Binary(bytes))) => match String::from_utf8(bytes.into()) {
                Ok(text) => text,
                Err(error) => {
                    let size = error.as_bytes().len();
                    self.record_omitted(Direction::Out, "not UTF-8", size);
                    self.note(EntryKind::ClientFrame { op: None, size });
                    return Err(self.close(4002, "Error while decoding payload.").await);
                }
            },
            Some(Ok(Message::Close(frame))) => {
                self.record_close(Direction::Out, frame.as_ref());
                let code = frame.map(|frame| u16::from(frame.code));
                self.note(EntryKind::ClientClosed { code });
                let late = self.fault(|fault| matches!(fault, Fault::LateClose(_)));
                if let Some(Fault::LateClose(delay)) = late {
                    self.close_late(delay).await;
                    return Err(End::Client(matches!(code, Some(1000 | 1001))));
                }
                // The websocket answers the close frame while it is read to its end.
                let _ = timeout(CLOSE_WAIT, async {
                    while self.ws.next().await.is_some() {}
                })
                .await;
                return Err(End::Client(matches!(code, Some(1000 | 1001))));
            }
            Some(Ok(Message::Ping(payload))) => {
                self.record_omitted(Direction::Out, "ping", payload.len());
                // The websocket answers while it goes on reading.
                self.record_omitted(Direction::In, "pong", payload.len());
                return Ok(());
            }
            Some(Ok(Message::Pong(payload))) => {
                self.record_omitted(Direction::Out, "pong", payload.len());
                return Ok(());
            }
            // The websocket puts messages together: it hands out no frames.
            Some(Ok(Message::Frame(_))) => return Ok(()),
            Some(Err(WsError::Utf8(_) | WsError::Capacity(_))) => {
                return Err(self.close(4002, "Error while decoding payload.").await);
            }
            Some(Err(_)) | None => return Err(End::Gone),
        };
        self.record(Direction::Out, text.as_bytes());
        let payload: Option<Value> = serde_json::from_str(&text).ok();
        let op = payload.as_ref().and_then(|payload| payload["op"].as_u64());
        self.note(EntryKind::ClientFrame {
            op,
            size: text.len(),
        });
        if ignore {
            return Ok(());
        }
        let now = Instant::now();
        self.received.push_back(now);
        while self
            .received
            .front()
            .is_some_and(|at| now.duration_since(*at) >= SEND_WINDOW)
        {
            self.received.pop_front();
        }
        if self.received.len() > SEND_LIMIT {
            return Err(self.close(4008, "Rate limited.").await);
        }
        let (Some(payload), Some(op)) = (payload, op) else {
            return Err(self.close(4002, "Error while decoding payload.").await);
        };
        if text.len() > MAX_PAYLOAD {
            return Err(self.close(4002, "Error while decoding payload.").await);
        }
        self.hear(op, &payload["d"]).await
    }

    async fn hear(&mut self, op: u64, d: &Value) -> Result<(), End> {
        match op {
            1 => self.heartbeat(d).await,
            2 | 6 if self.session.is_some() => {
                Err(self.close(4005, "Already authenticated.").await)
            }
            2 => {
                let outcome = self.core.identify(self.line(), d);
                self.carry(outcome, 0).await
            }
            6 => {
                let (outcome, seq) = self.core.resume(self.line(), d);
                self.carry(outcome, seq).await
            }
            3 | 4 | 8 | 31 | 43 => {
                let Some(session) = self.session.clone() else {
                    return Err(self.close(4003, "Not authenticated.").await);
                };
                let from = Sender {
                    connection: self.id,
                    session: &session,
                    place: self.place,
                };
                if let Err((code, reason)) = self.core.command(from, op, d) {
                    return Err(self.close(code, reason).await);
                }
                let cut = Fault::Request(RequestFault::CutAfter(op));
                match self.fault(|fault| *fault == cut) {
                    Some(_) => Err(End::Cut),
                    None => Ok(()),
                }
            }
            _ => Err(self.close(4001, "Unknown opcode.").await),
        }
    }

    async fn heartbeat(&mut self, d: &Value) -> Result<(), End> {
        if !d.is_null() && d.as_u64().is_none() {
            return Err(self.close(4002, "Error while decoding payload.").await);
        }
        self.last_beat = Instant::now();
        if !self.withhold_acks {
            self.withhold_acks = self.fault(|fault| *fault == Fault::WithholdAcks).is_some();
        }
        if self.withhold_acks {
            return Ok(());
        }
        let late = self.fault(|fault| matches!(fault, Fault::DelayAck(_)));
        if let Some(Fault::DelayAck(delay)) = late {
            self.late_ack = Some(Instant::now() + delay);
            return Ok(());
        }
        self.send_op(11, &Value::Null).await
    }

    /// Carries the session an IDENTIFY or RESUME led to, or does what else it led to.
    async fn carry(&mut self, outcome: Outcome, seq: u64) -> Result<(), End> {
        let session = match outcome {
            Outcome::Invalid(resumable) => return self.send_op(9, &json!(resumable)).await,
            Outcome::Close(code, reason) => return Err(self.close(code, reason).await),
            Outcome::Cut => return Err(End::Cut),
            Outcome::Session(session) => session,
            Outcome::Later(session, delay) => {
                self.welcome = Some(Instant::now() + delay);
                session
            }
        };
        {
            let mut state = self.core.lock();
            let Some(found) = state.sessions.get_mut(&session) else {
                return Ok(());
            };
            found.taken = seq;
            self.ready = Some(Arc::clone(&found.ready));
            self.place.shard = Some(found.shard.0);
            // What is compressed as a whole is not compressed in parts.
            self.compress = found.compress && self.compressor.is_none();
        }
        self.session = Some(session);
        self.written = seq;
        self.more = true;
        Ok(())
    }

    fn line(&self) -> Line {
        Line {
            connection: self.id,
            resume_url: self.place.resume_url,
            version: self.version,
        }
    }
}
