//! Dispatches, written as many at once as there are.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use super::{Connection, End};
use crate::core::State;
use crate::faults::Fault;
use crate::gateway::session::Frame;
use crate::journal::{Entry, EntryKind};
use crate::record::Direction;

/// Dispatches written before the client is listened to again, and how many bytes they may have before
/// another batch begins.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 128 * 1024;

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

impl<S> Connection<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Writes the next dispatches of the session, all of them at once.
    pub(super) async fn write_some(&mut self) -> Result<(), End> {
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
        self.flush().await?;
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
}
