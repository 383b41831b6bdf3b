//! One websocket: what the client says, and what is said to it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::Frame as WsFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::commands::Sender;
use super::identify::{Line, Outcome};
use super::session::Frame;
use crate::compression::{self, Compression, Compressor};
use crate::core::{Control, Core, State};
use crate::faults::{Fault, Place, RequestFault};
use crate::journal::{Entry, EntryKind};
use crate::record::{Direction, Line as RecordLine};

/// Frames a client may send per minute, and their largest size.
const SEND_LIMIT: usize = 120;
const SEND_WINDOW: Duration = Duration::from_secs(60);
const MAX_PAYLOAD: usize = 4096;
/// Bytes from which on a payload is worth compressing by itself.
const COMPRESSED_FROM: usize = 1_024;
/// Dispatches written before the client is listened to again, and how many bytes they may have before
/// another batch begins.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 128 * 1024;
/// How long a close frame waits for its answer.
const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// What the upgrade knows about a connection.
pub(crate) struct Opened {
    pub(crate) compression: Option<Compression>,
    pub(crate) id: u64,
    pub(crate) resume_url: bool,
    /// The shard in the resume URL.
    pub(crate) shard: Option<u32>,
    /// The version asked for, if it is one that is spoken.
    pub(crate) version: Option<u8>,
    pub(crate) control: mpsc::Receiver<Control>,
    pub(crate) cut: Arc<Notify>,
}

/// How a connection ends.
enum End {
    /// The client closed; `true` with a code that ends the session.
    Client(bool),
    /// The client's socket died.
    Gone,
    /// Closed by the simulator, noted already.
    Closed,
    /// Dropped without a word.
    Cut,
}

/// Dispatches that are written together.
#[derive(Default)]
struct Batch {
    frames: Vec<Frame>,
    /// Whether there are more after them.
    more: bool,
    /// From the frame of this number on, messages come in parts of so many bytes.
    split: Option<(u64, usize)>,
    cut: Option<Cut>,
}

/// How the connection ends after a batch.
enum Cut {
    Clean,
    /// With half of this frame.
    MidFrame(Frame),
}

struct Connection<S> {
    core: Arc<Core>,
    id: u64,
    place: Place,
    ws: WebSocketStream<S>,
    compressor: Option<Compressor>,
    /// Whether large payloads are compressed each by itself.
    compress: bool,
    version: u8,
    control: mpsc::Receiver<Control>,
    session: Option<String>,
    ready: Option<Arc<Notify>>,
    /// The sequence of the last dispatch written.
    written: u64,
    /// Whether there may be dispatches to write.
    more: bool,
    received: VecDeque<Instant>,
    last_beat: Instant,
    withhold_acks: bool,
    welcome: Option<Instant>,
    /// Messages come in parts of so many bytes.
    split: Option<usize>,
    /// When the acknowledgement that is late goes out.
    late_ack: Option<Instant>,
}

/// Serves a connection until it ends, in whatever way.
pub(crate) async fn serve<S>(core: Arc<Core>, ws: WebSocketStream<S>, opened: Opened)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (id, cut) = (opened.id, Arc::clone(&opened.cut));
    let mut stop = core.stop.subscribe();
    let mut connection = Connection {
        core: Arc::clone(&core),
        id,
        place: Place {
            shard: opened.shard,
            resume_url: opened.resume_url,
        },
        ws,
        compressor: opened.compression.map(Compressor::new),
        compress: false,
        version: opened.version.unwrap_or_default(),
        control: opened.control,
        session: None,
        ready: None,
        written: 0,
        more: false,
        received: VecDeque::new(),
        last_beat: Instant::now(),
        withhold_acks: false,
        welcome: None,
        split: None,
        late_ack: None,
    };
    let end = tokio::select! {
        biased;
        _ = stop.wait_for(|stopped| *stopped) => End::Cut,
        () = cut.notified() => End::Cut,
        end = connection.run(opened.version.is_some()) => end,
    };
    let (kind, goodbye) = match end {
        End::Client(goodbye) => (None, goodbye),
        End::Gone => (Some(EntryKind::ClientGone), false),
        End::Closed => (None, false),
        End::Cut => (Some(EntryKind::ServerCut), false),
    };
    if let Some(kind) = kind {
        core.note(&mut core.lock(), Some(id), kind);
    }
    core.detach(id, goodbye);
}

impl<S> Connection<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    async fn run(&mut self, version_ok: bool) -> End {
        let started = self.greet(version_ok).await;
        if let Err(end) = started {
            return end;
        }
        loop {
            if let Err(end) = self.step().await {
                return end;
            }
        }
    }

    async fn greet(&mut self, version_ok: bool) -> Result<(), End> {
        if !version_ok {
            return Err(self.close(4012, "Invalid API version.").await);
        }
        let before = self.fault(|fault| {
            matches!(
                fault,
                Fault::NoHello
                    | Fault::CloseBeforeHello(_)
                    | Fault::ReconnectInsteadOfHello
                    | Fault::InvalidSessionBeforeHello
            )
        });
        match before {
            Some(Fault::NoHello) => return self.never_hello().await,
            Some(Fault::CloseBeforeHello(code)) => return Err(self.end_with(code).await),
            Some(Fault::ReconnectInsteadOfHello) => {
                self.send_op(7, &Value::Null).await?;
                return self.never_hello().await;
            }
            Some(Fault::InvalidSessionBeforeHello) => self.send_op(9, &json!(false)).await?,
            _ => {}
        }
        let interval = self.core.options.heartbeat_interval.as_millis();
        let interval = u64::try_from(interval).unwrap_or(u64::MAX);
        let hello = json!({ "heartbeat_interval": interval });
        self.send_op(10, &hello).await?;
        self.last_beat = Instant::now();
        match self.fault(|fault| matches!(fault, Fault::CloseAfterHello(_))) {
            Some(Fault::CloseAfterHello(code)) => Err(self.end_with(code).await),
            _ => Ok(()),
        }
    }

    /// Waits for the client to give up.
    async fn never_hello(&mut self) -> Result<(), End> {
        loop {
            let message = self.ws.next().await;
            self.incoming(message, true).await?;
        }
    }

    async fn step(&mut self) -> Result<(), End> {
        let interval = self.core.options.heartbeat_interval;
        let beat_due = self.last_beat + interval * 2;
        let ready = self.ready.clone();
        let welcome = self.welcome.unwrap_or(beat_due);
        let late_ack = self.late_ack.unwrap_or(beat_due);
        tokio::select! {
            biased;
            Some(control) = self.control.recv() => self.obey(control).await,
            message = self.ws.next() => self.incoming(message, false).await,
            () = sleep_until(beat_due), if self.core.options.enforce_heartbeats => {
                Err(self.close(4009, "Session timed out.").await)
            }
            () = sleep_until(welcome), if self.welcome.is_some() => {
                self.welcome = None;
                if let Some(session) = &self.session {
                    self.core.welcome(&mut self.core.lock(), session);
                }
                Ok(())
            }
            () = sleep_until(late_ack), if self.late_ack.is_some() => {
                self.late_ack = None;
                self.send_op(11, &Value::Null).await
            }
            () = std::future::ready(()), if self.more => self.write_some().await,
            () = rung(ready), if !self.more => {
                self.more = true;
                Ok(())
            }
        }
    }

    async fn obey(&mut self, control: Control) -> Result<(), End> {
        match control {
            Control::Reconnect => self.send_op(7, &Value::Null).await,
            Control::Raw(message) => {
                self.note(EntryKind::RawSent {
                    size: message.len(),
                });
                self.record(Direction::In, &message.clone().into_data());
                self.ws.send(message).await.map_err(|_| End::Gone)
            }
            Control::Frame(frame) => self.send_raw(vec![frame]).await,
            Control::Frames(frames) => self.send_raw(frames).await,
            Control::Hang => Err(self.hang().await),
            Control::RequestHeartbeat => self.send_op(1, &Value::Null).await,
            Control::Close(code) => Err(self.close(code, "Scripted.").await),
            Control::InvalidSession(resumable) => {
                if !resumable && let Some(session) = self.session.take() {
                    self.ready = None;
                    self.more = false;
                    let mut state = self.core.lock();
                    state.sessions.remove(&session);
                    if let Some(live) = state.connections.get_mut(&self.id) {
                        live.session = None;
                    }
                }
                self.send_op(9, &json!(resumable)).await
            }
        }
    }

    async fn send_raw(&mut self, frames: Vec<Bytes>) -> Result<(), End> {
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
                None => Message::Frame(WsFrame::message(frame, OpCode::Data(Data::Text), true)),
            };
            self.ws.feed(message).await.map_err(|_| End::Gone)?;
        }
        self.ws.flush().await.map_err(|_| End::Gone)
    }

    async fn incoming(
        &mut self,
        message: Option<Result<Message, WsError>>,
        ignore: bool,
    ) -> Result<(), End> {
        let text = match message {
            Some(Ok(Message::Text(text))) => text.as_str().to_owned(),
            Some(Ok(Message::Binary(bytes))) => match String::from_utf8(bytes.to_vec()) {
                Ok(text) => text,
                Err(_) => return Err(self.close(4002, "Error while decoding payload.").await),
            },
            Some(Ok(Message::Close(frame))) => {
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
            Some(Ok(_)) => return Ok(()),
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

    fn line(&self) -> Line {
        Line {
            connection: self.id,
            resume_url: self.place.resume_url,
            version: self.version,
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

    /// Writes the next dispatches of the session, all of them at once.
    async fn write_some(&mut self) -> Result<(), End> {
        let Ok(batch) = self.next_batch() else {
            // It reads so slowly that what it has to read next is no longer kept.
            return Err(self.close(4009, "Session timed out.").await);
        };
        self.more = batch.more;
        for frame in &batch.frames {
            if let Some((_, bytes)) = batch.split.filter(|(seq, _)| *seq == frame.seq) {
                self.split = Some(bytes);
            }
            let text = frame.text();
            self.record(Direction::In, text.as_bytes());
            let message = self.message(text);
            self.feed(message).await?;
        }
        self.ws.flush().await.map_err(|_| End::Gone)?;
        match batch.cut {
            None => Ok(()),
            Some(Cut::Clean) => Err(End::Cut),
            Some(Cut::MidFrame(frame)) => Err(self.write_half(&frame.text()).await),
        }
    }

    /// What is written next, noted as such.
    fn next_batch(&mut self) -> Result<Batch, ()> {
        let mut batch = Batch::default();
        let core = Arc::clone(&self.core);
        let mut state = core.lock();
        let session = self.session.as_deref();
        let Some(session) = session.and_then(|id| state.sessions.get_mut(id)) else {
            return Ok(batch);
        };
        let mut bytes = 0;
        for frame in session.after(self.written)? {
            if batch.frames.len() == BATCH || bytes >= BATCH_BYTES {
                batch.more = true;
                break;
            }
            bytes += frame.event.data.len();
            batch.frames.push(frame.clone());
        }
        if let Some(last) = batch.frames.last() {
            self.written = last.seq;
            session.taken = last.seq;
        }
        batch.frames.retain(|frame| !frame.withheld);
        if !state.scripts.is_empty() {
            self.cut_short(&mut state, &mut batch);
        }
        let at = core.clock.elapsed();
        let shard = state.connections.get(&self.id).and_then(|live| live.shard);
        for frame in &batch.frames {
            let kind = EntryKind::ServerFrame {
                op: 0,
                seq: Some(frame.seq),
                name: Some(Arc::clone(&frame.event.name)),
            };
            state.journal.push(Entry {
                at,
                connection: Some(self.id),
                shard,
                kind,
            });
        }
        if !batch.frames.is_empty() {
            core.changed.notify_waiters();
        }
        Ok(batch)
    }

    /// Ends the batch where a fault is to end the connection.
    fn cut_short(&self, state: &mut State, batch: &mut Batch) {
        let fault = |state: &mut State, bites: fn(&Fault) -> bool| {
            self.core.fault(state, Some(self.id), self.place, bites)
        };
        for at in 0..batch.frames.len() {
            let Some(frame) = batch.frames.get(at) else {
                return;
            };
            let mangled =
                |fault: &Fault| matches!(fault, Fault::CutInMidFrame | Fault::SplitMessages(_));
            match fault(state, mangled) {
                Some(Fault::SplitMessages(bytes)) => batch.split = Some((frame.seq, bytes.max(1))),
                Some(_) => {
                    batch.cut = Some(Cut::MidFrame(frame.clone()));
                    return batch.frames.truncate(at);
                }
                None => {}
            }
            let cut = match &*frame.event.name {
                "READY" => fault(state, |fault| *fault == Fault::CutAfterReady),
                "RESUMED" => fault(state, |fault| *fault == Fault::CutAfterResumed),
                _ => None,
            };
            if cut.is_some() {
                batch.cut = Some(Cut::Clean);
                return batch.frames.truncate(at + 1);
            }
        }
    }

    /// Lets what the client writes vanish until it is gone.
    async fn hang(&mut self) -> End {
        let mut vanishing = [0; 1024];
        while let Ok(1..) = self.ws.get_mut().read(&mut vanishing).await {}
        End::Gone
    }

    /// Closes a connection that the client has closed before.
    async fn close_late(&mut self, delay: Duration) {
        // Whoever takes the session over has nothing to do with what is left here.
        self.core.detach(self.id, false);
        sleep(delay).await;
        self.note(EntryKind::ServerClosed {
            code: 4009,
            reason: "Session timed out.".to_owned(),
        });
        let [high, low] = 4009_u16.to_be_bytes();
        let io = self.ws.get_mut();
        // The client is gone by now, if it is a good one.
        if io.write_all(&[0x88, 2, high, low]).await.is_ok() {
            let _ = io.flush().await;
        }
    }

    /// Half of what the frame would be, and the end.
    async fn write_half(&mut self, text: &str) -> End {
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

    async fn send_op(&mut self, op: u64, d: &Value) -> Result<(), End> {
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
        self.ws.flush().await.map_err(|_| End::Gone)
    }

    /// The text, compressed as it is to be.
    fn message(&mut self, text: String) -> Message {
        match &mut self.compressor {
            Some(compressor) => Message::binary(compressor.message(text.as_bytes())),
            None if self.compress && text.len() >= COMPRESSED_FROM => {
                Message::binary(compression::packed(text.as_bytes()))
            }
            None => Message::text(text),
        }
    }

    /// Writes a message, which leaves with the next flush.
    async fn feed(&mut self, message: Message) -> Result<(), End> {
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
                Message::Frame(WsFrame::message(part, OpCode::Data(kind), last))
            };
            self.ws.send(part).await.map_err(|_| End::Gone)?;
        }
        Ok(())
    }

    async fn end_with(&mut self, code: Option<u16>) -> End {
        match code {
            Some(code) => self.close(code, "Scripted.").await,
            None => End::Cut,
        }
    }

    async fn close(&mut self, code: u16, reason: &str) -> End {
        self.note(EntryKind::ServerClosed {
            code,
            reason: reason.to_owned(),
        });
        // These codes tell the client to start anew, so nothing is left to resume.
        let over = matches!(code, 4004 | 4007 | 4009..=4014);
        self.core.detach(self.id, over);
        // 1005 is how a close frame without a code is spoken of; it is never written.
        let frame = (code != 1005).then(|| CloseFrame {
            code: code.into(),
            reason: reason.into(),
        });
        let goodbye = async {
            if self.ws.send(Message::Close(frame)).await.is_ok() {
                while let Some(Ok(_)) = self.ws.next().await {}
            }
        };
        // A client that does not answer is dropped.
        let _ = timeout(CLOSE_WAIT, goodbye).await;
        End::Closed
    }

    fn fault(&self, bites: impl Fn(&Fault) -> bool) -> Option<Fault> {
        self.core
            .fault(&mut self.core.lock(), Some(self.id), self.place, bites)
    }

    /// Writes a frame where all is recorded, if it is.
    fn record(&self, direction: Direction, frame: &[u8]) {
        let Some(recorder) = &self.core.options.recorder else {
            return;
        };
        let state = self.core.lock();
        let shard = state.connections.get(&self.id).and_then(|live| live.shard);
        drop(state);
        let line = RecordLine {
            at_ms: self.core.clock.now_ms(),
            connection: self.id,
            shard,
            token: &self.core.options.token,
        };
        recorder.frame(line, direction, frame);
    }

    fn note(&self, kind: EntryKind) {
        self.core.note(&mut self.core.lock(), Some(self.id), kind);
    }
}

async fn rung(ready: Option<Arc<Notify>>) {
    match ready {
        Some(ready) => ready.notified().await,
        None => std::future::pending().await,
    }
}
