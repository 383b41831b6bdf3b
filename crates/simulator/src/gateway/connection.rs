//! One websocket, from its upgrade to its end.

mod batch;
mod end;
mod hearing;
mod writing;

use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::WebSocketStream;

use self::end::End;
use crate::compression::{Compression, Compressor};
use crate::core::{Control, Core};
use crate::faults::{Fault, Place};
use crate::journal::EntryKind;
use crate::record::{Direction, Line};

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
    /// When what compresses lets its state go, if nothing is written until then.
    rest: Option<Instant>,
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
        compressor: opened
            .compression
            .map(|compression| Compressor::new(compression, &core.streams)),
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
        rest: None,
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
        let rest = self.rest.unwrap_or(beat_due);
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
            () = sleep_until(rest), if self.rest.is_some() => {
                self.rest = None;
                if let Some(Compressor::Zlib(stream)) = &mut self.compressor {
                    stream.rest();
                }
                Ok(())
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
            Control::Frames(frames) => {
                self.send_raw(frames).await?;
                // There may be more of them without end, and the client is heard all the same.
                match self.ws.next().now_or_never() {
                    Some(message) => self.incoming(message, false).await,
                    None => Ok(()),
                }
            }
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

    fn fault(&self, bites: impl Fn(&Fault) -> bool) -> Option<Fault> {
        self.core
            .fault(&mut self.core.lock(), Some(self.id), self.place, bites)
    }

    /// Writes a frame where all is recorded, if it is.
    fn record(&self, direction: Direction, frame: &[u8]) {
        if let Some(recorder) = &self.core.options.recorder {
            recorder.frame(self.recorded(), direction, frame);
        }
    }

    /// As [`Self::record`], what has no payload of Discord's.
    fn record_omitted(&self, direction: Direction, what: &str, bytes: usize) {
        if let Some(recorder) = &self.core.options.recorder {
            recorder.omitted(self.recorded(), direction, what, bytes);
        }
    }

    fn recorded(&self) -> Line<'_> {
        let state = self.core.lock();
        Line {
            at_ms: self.core.clock.now_ms(),
            connection: self.id,
            shard: state.connections.get(&self.id).and_then(|live| live.shard),
            token: &self.core.options.token,
        }
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
