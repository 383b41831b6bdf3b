//! How faults get to a simulator.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio_tungstenite::tungstenite::Message as WsMessage;

use super::{Fault, Script};
use crate::core::{Control, Core};
use crate::simulator::Simulator;

impl Simulator {
    /// Drops the shard's connection without a close frame; its session can be resumed. Whether
    /// there was a connection.
    pub fn cut(&self, shard: u32) -> bool {
        let state = self.core.lock();
        let live = Core::connection_of(&state, shard).and_then(|id| state.connections.get(&id));
        live.inspect(|live| live.cut.notify_one()).is_some()
    }

    /// Asks the shard to reconnect: op 7. Whether there was a connection.
    pub fn reconnect(&self, shard: u32) -> bool {
        self.control(shard, Control::Reconnect)
    }

    /// Asks the shard to reconnect in every `period`, until the simulator ends; whether it is
    /// connected at that moment or not.
    pub fn reconnect_every(&self, shard: u32, period: Duration) {
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

    /// Tells the shard that its session is invalid: op 9, with its `d`. Whether there was a
    /// connection.
    pub fn invalid_session(&self, shard: u32, resumable: bool) -> bool {
        self.control(shard, Control::InvalidSession(resumable))
    }

    /// Closes the shard's connection with a code; 1005 stands for a close frame without one. Whether
    /// there was a connection.
    pub fn close(&self, shard: u32, code: u16) -> bool {
        self.control(shard, Control::Close(code))
    }

    /// Asks the shard for a heartbeat at once: op 1. Whether there was a connection.
    pub fn request_heartbeat(&self, shard: u32) -> bool {
        self.control(shard, Control::RequestHeartbeat)
    }

    /// Sends the shard a text message as it is: garbage, unknown opcodes, whatever. It is not
    /// compressed. Whether there was a connection.
    pub fn send_text(&self, shard: u32, text: &str) -> bool {
        self.control(shard, Control::Raw(WsMessage::text(text)))
    }

    /// Sends the shard a binary message as it is: corrupt compressed bytes, for example. Whether
    /// there was a connection.
    pub fn send_bytes(&self, shard: u32, bytes: impl Into<Bytes>) -> bool {
        self.control(shard, Control::Raw(WsMessage::binary(bytes)))
    }

    /// Sends the shard this frame, compressed where the connection is. It need be neither JSON nor
    /// UTF-8. Whether there was a connection.
    pub fn send_frame(&self, shard: u32, frame: impl Into<Bytes>) -> bool {
        self.control(shard, Control::Frame(frame.into()))
    }

    /// Leaves the shard's connection half open: nothing more is written on it, what the client
    /// writes vanishes, and nobody closes. Whether there was a connection.
    pub fn hang(&self, shard: u32) -> bool {
        self.control(shard, Control::Hang)
    }

    /// Plays a fault on a connection of the shard to come (some of them also on the one there is).
    /// Faults are played in the order in which they were given, each where it bites.
    ///
    /// A connection to the main URL says only by its IDENTIFY or RESUME which shard it is. What
    /// happens before that is played for the shard if that shard is not connected at the time.
    pub fn script(&self, shard: u32, fault: impl Into<Script>) {
        let script = Script {
            shard: Some(shard),
            ..fault.into()
        };
        self.core.lock().scripts.push(script);
    }

    /// Plays a fault on a connection of any shard.
    pub fn script_any(&self, fault: impl Into<Script>) {
        self.core.lock().scripts.push(fault.into());
    }

    /// Forgets all faults that were not played yet.
    pub fn clear_script(&self) {
        self.core.lock().scripts.clear();
    }

    /// Sabotage: the next event of this name (of any name with `None`) for this shard is counted
    /// as sent and never leaves.
    pub fn drop_event(&self, shard: u32, name: Option<&str>) {
        self.script(shard, Fault::DropEvent(name.map(str::to_owned)));
    }

    fn control(&self, shard: u32, asked: Control) -> bool {
        control(&self.core, shard, asked)
    }
}

fn control(core: &Core, shard: u32, asked: Control) -> bool {
    let state = core.lock();
    let live = Core::connection_of(&state, shard).and_then(|id| state.connections.get(&id));
    live.is_some_and(|live| live.control.try_send(asked).is_ok())
}
