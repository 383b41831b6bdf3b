//! How faults get to a simulator.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio_tungstenite::tungstenite::Message as WsMessage;

use super::{Fault, Script};
use crate::core::{Control, Core};
use crate::schedule::Disturbance;
use crate::simulator::Simulator;

/// Frames that are written together.
const FRAMES: usize = 256;

impl Simulator {
    /// Drops the shard's connection without a close frame; its session can be resumed. Whether
    /// there was a connection.
    pub fn cut(&self, shard: u32) -> bool {
        self.disturb(shard, Disturbance::Cut)
    }

    /// Asks the shard to reconnect: op 7. Whether there was a connection.
    pub fn reconnect(&self, shard: u32) -> bool {
        self.disturb(shard, Disturbance::Reconnect)
    }

    /// Asks the shard to reconnect in every `period`, until the simulator ends; whether it is
    /// connected at that moment or not.
    pub fn reconnect_every(&self, shard: u32, period: Duration) {
        self.disturb(shard, Disturbance::ReconnectEvery(period));
    }

    /// Tells the shard that its session is invalid: op 9, with its `d`. Whether there was a
    /// connection.
    pub fn invalid_session(&self, shard: u32, resumable: bool) -> bool {
        self.disturb(shard, Disturbance::InvalidSession(resumable))
    }

    /// Closes the shard's connection with a code; 1005 stands for a close frame without one. Whether
    /// there was a connection.
    pub fn close(&self, shard: u32, code: u16) -> bool {
        self.disturb(shard, Disturbance::Close(code))
    }

    /// Asks the shard for a heartbeat at once: op 1. Whether there was a connection.
    pub fn request_heartbeat(&self, shard: u32) -> bool {
        self.disturb(shard, Disturbance::RequestHeartbeat)
    }

    /// Sends the shard a text message as it is: garbage, unknown opcodes, whatever. It is not
    /// compressed. Whether there was a connection.
    pub fn send_text(&self, shard: u32, text: &str) -> bool {
        self.disturb(shard, Disturbance::Text(text.to_owned()))
    }

    /// Sends the shard a binary message as it is: corrupt compressed bytes, for example. Whether
    /// there was a connection.
    pub fn send_bytes(&self, shard: u32, bytes: impl Into<Bytes>) -> bool {
        self.disturb(shard, Disturbance::Bytes(bytes.into()))
    }

    /// Sends the shard this frame, compressed where the connection is. It need be neither JSON nor
    /// UTF-8. Whether there was a connection.
    pub fn send_frame(&self, shard: u32, frame: impl Into<Bytes>) -> bool {
        self.disturb(shard, Disturbance::Frame(frame.into()))
    }

    /// Sends the shard these frames one after another, compressed where the connection is, as fast as it
    /// reads them: encoded before, they cost little more than their bytes. Each needs a number of its own,
    /// and none is kept for RESUME. Whether there was a connection, and it took them all.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, those that were not taken yet are not sent.
    pub async fn send_frames<F: Into<Bytes>>(
        &self,
        shard: u32,
        frames: impl IntoIterator<Item = F>,
    ) -> bool {
        let control = {
            let state = self.core.lock();
            let live = Core::connection_of(&state, shard).and_then(|id| state.connections.get(&id));
            live.map(|live| live.control.clone())
        };
        let Some(control) = control else {
            return false;
        };
        let mut frames = frames.into_iter().map(Into::into);
        loop {
            // A place first: what waits is what the queue holds.
            let Ok(place) = control.reserve().await else {
                return false;
            };
            let batch: Vec<Bytes> = frames.by_ref().take(FRAMES).collect();
            if batch.is_empty() {
                return true;
            }
            place.send(Control::Frames(batch));
        }
    }

    /// How many dispatches the connected shard that is furthest behind has yet to be sent: who makes
    /// events without end waits while it is large. A session that has more of them than it keeps
    /// ([`Builder::replay_limit`]) is closed with 4009.
    ///
    /// [`Builder::replay_limit`]: crate::Builder::replay_limit
    #[must_use]
    pub fn backlog(&self) -> u64 {
        let state = self.core.lock();
        let carried = state.sessions.values();
        let carried = carried.filter(|session| session.connection.is_some());
        let waiting = carried.map(|session| session.seq.saturating_sub(session.taken));
        waiting.max().unwrap_or(0)
    }

    /// Leaves the shard's connection half open: nothing more is written on it, what the client
    /// writes vanishes, and nobody closes. Whether there was a connection.
    pub fn hang(&self, shard: u32) -> bool {
        self.disturb(shard, Disturbance::Hang)
    }

    /// Plays a fault on a connection of the shard to come (some of them also on the one there is).
    /// Faults are played in the order in which they were given, each where it bites.
    ///
    /// A connection to the main URL says only by its IDENTIFY or RESUME which shard it is. What
    /// happens before that is played for the shard if that shard is not connected at the time.
    pub fn script(&self, shard: u32, fault: impl Into<Script>) {
        self.disturb(shard, Disturbance::Script(fault.into()));
    }

    /// Plays a fault on a connection of any shard.
    pub fn script_any(&self, fault: impl Into<Script>) {
        self.disturb(0, Disturbance::ScriptAny(fault.into()));
    }

    /// Forgets all faults that were not played yet.
    pub fn clear_script(&self) {
        self.disturb(0, Disturbance::ClearScript);
    }

    /// Sabotage: the next event of this name (of any name with `None`) for this shard is counted
    /// as sent and never leaves.
    pub fn drop_event(&self, shard: u32, name: Option<&str>) {
        self.script(shard, Fault::DropEvent(name.map(str::to_owned)));
    }
}

/// The same, without being remembered: what a scenario does is remembered as the scenario.
impl Simulator {
    pub(crate) fn cut_now(&self, shard: u32) -> bool {
        let state = self.core.lock();
        let live = Core::connection_of(&state, shard).and_then(|id| state.connections.get(&id));
        live.inspect(|live| live.cut.notify_one()).is_some()
    }

    pub(crate) fn reconnect_now(&self, shard: u32) -> bool {
        control(&self.core, shard, Control::Reconnect)
    }

    pub(crate) fn reconnect_every_now(&self, shard: u32, period: Duration) {
        let core = Arc::clone(&self.core);
        let mut stop = core.stop.subscribe();
        self.runtime.spawn(async move {
            loop {
                tokio::select! {
                    _ = stop.wait_for(|stopped| *stopped) => return,
                    () = tokio::time::sleep(period) => {
                        control(&core, shard, Control::Reconnect);
                    }
                }
            }
        });
    }

    /// Asks every shard that is connected to reconnect.
    pub(crate) fn reconnect_all_now(&self) {
        let state = self.core.lock();
        let mut connections: Vec<_> = state.connections.iter().collect();
        // A fixed order, so that a journal is the same from run to run.
        connections.sort_unstable_by_key(|(id, _)| **id);
        for (_, live) in connections {
            if live.session.is_some() {
                // A full queue means that it has more than enough to do.
                let _ = live.control.try_send(Control::Reconnect);
            }
        }
    }

    pub(crate) fn invalidate_now(&self, shard: u32, resumable: bool) -> bool {
        control(&self.core, shard, Control::InvalidSession(resumable))
    }

    pub(crate) fn close_now(&self, shard: u32, code: u16) -> bool {
        control(&self.core, shard, Control::Close(code))
    }

    pub(crate) fn ask_heartbeat_now(&self, shard: u32) -> bool {
        control(&self.core, shard, Control::RequestHeartbeat)
    }

    pub(crate) fn text_now(&self, shard: u32, text: String) -> bool {
        control(&self.core, shard, Control::Raw(WsMessage::text(text)))
    }

    pub(crate) fn bytes_now(&self, shard: u32, bytes: Bytes) -> bool {
        control(&self.core, shard, Control::Raw(WsMessage::binary(bytes)))
    }

    pub(crate) fn frame_now(&self, shard: u32, frame: impl Into<Bytes>) -> bool {
        control(&self.core, shard, Control::Frame(frame.into()))
    }

    pub(crate) fn hang_now(&self, shard: u32) -> bool {
        control(&self.core, shard, Control::Hang)
    }

    pub(crate) fn script_now(&self, shard: u32, fault: impl Into<Script>) {
        let script = Script {
            shard: Some(shard),
            ..fault.into()
        };
        self.core.lock().scripts.push(script);
    }

    pub(crate) fn script_any_now(&self, script: Script) {
        self.core.lock().scripts.push(script);
    }
}

fn control(core: &Core, shard: u32, asked: Control) -> bool {
    let state = core.lock();
    let live = Core::connection_of(&state, shard).and_then(|id| state.connections.get(&id));
    live.is_some_and(|live| live.control.try_send(asked).is_ok())
}
