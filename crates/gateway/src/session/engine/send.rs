//! What is sent, and when.

use std::time::Duration;

use crate::{
    protocol::Protocol,
    session::{
        Action, Command, CommandError, CommandId, Moment, Session,
        engine::earliest,
        heartbeat::Heartbeat,
        outbox::Outgoing,
        send_window::SendWindow,
        sequence::Sequence,
        step::{Step, Waiting},
    },
};

/// Room for heartbeats that the server asks for beyond the regular ones.
const REQUESTED_BEATS: u32 = 2;

impl<P: Protocol> Session<P> {
    pub(super) fn identify(&mut self, now: Moment) {
        self.sequence = Sequence::default();
        let limit = self.protocol.rules().max_payload;
        let presence = self.outbox.presence();
        let op = self.protocol.rules().opcodes.identify;
        let frame = |presence| self.protocol.frame(op, &self.protocol.identify(presence));
        let mut payload = frame(presence.map(Command::data));
        let mut command = None;
        if let Some(presence) = presence {
            if payload.len() <= limit {
                command = self.outbox.pop_presence().and_then(|outgoing| outgoing.id);
            } else {
                // They do not fit into one frame together: the presence follows READY.
                payload = frame(None);
                let frame = self.protocol.frame(presence.op(), presence.data());
                self.outbox.restore_presence(frame);
            }
        }
        let needs_permit = self.protocol.rules().identify_needs_permit;
        self.identify_from = now + self.protocol.rules().identify_spacing;
        self.counters.identifies += 1;
        self.counters.commands_sent += u64::from(command.is_some());
        self.enter(Step::Identifying(Waiting::start(now)));
        self.send(now, payload, true, command);
        if needs_permit {
            self.act(Action::SpendPermit {
                generation: self.generation,
            });
        }
    }

    pub(super) fn resume(&mut self, now: Moment) {
        let Some(session) = &self.live else {
            return;
        };
        let seq = self.sequence.last().unwrap_or_default();
        let op = self.protocol.rules().opcodes.resume;
        let payload = self
            .protocol
            .frame(op, &self.protocol.resume(&session.id, seq));
        self.budget.sent(now);
        self.counters.resumes += 1;
        self.enter(Step::Resuming(Waiting::start(now)));
        self.send(now, payload, true, None);
    }

    pub(super) fn send_heartbeat(&mut self, now: Moment) {
        let data = self.protocol.heartbeat(self.sequence.last());
        let op = self.protocol.rules().opcodes.heartbeat;
        let payload = self.protocol.frame(op, &data);
        self.counters.heartbeats += 1;
        if self.protocol.rules().heartbeats_count {
            self.window.record(now);
        }
        self.act(Action::Send {
            generation: self.generation,
            payload,
            secret: false,
            command: None,
        });
    }

    /// Puts a command in line, or says why not.
    pub(super) fn accept(&mut self, command: Command) {
        let id = command.id;
        let frame = self.protocol.frame(command.op, &command.data);
        let limit = self.protocol.rules().max_payload;
        let size = frame.len();
        if size > limit {
            self.fail_command(id, CommandError::TooLarge { size, limit });
            return;
        }
        match self.outbox.push(command, frame) {
            Ok(None) => {}
            Ok(Some(superseded)) => self.fail_command(superseded.id, CommandError::Superseded),
            Err(error) => self.fail_command(id, error),
        }
    }

    /// Sends what may be sent by now.
    pub(super) fn flush(&mut self, now: Moment) {
        if self.has_nothing_to_send() || self.heartbeat.is_none() {
            return;
        }
        if self.beat_requested && self.window.has_room(now, self.beats_ahead()) {
            self.beat_requested = false;
            self.send_heartbeat(now);
        }
        if !matches!(self.step, Step::Ready { .. }) {
            return;
        }
        let reserve = self.reserve();
        if self.outbox.has_presence()
            && self.window.has_room(now, reserve)
            && self
                .presence_window
                .as_ref()
                .is_none_or(|window| window.has_room(now, 0))
            && let Some(presence) = self.outbox.pop_presence()
        {
            if let Some(window) = &mut self.presence_window {
                window.record(now);
            }
            self.send_command(now, presence);
        }
        while self.outbox.has_commands()
            && self.window.has_room(now, reserve)
            && let Some(command) = self.outbox.pop()
        {
            self.send_command(now, command);
        }
    }

    /// From when on something that waits may be sent.
    pub(super) fn send_deadline(&self) -> Option<Moment> {
        if self.has_nothing_to_send() {
            return None;
        }
        self.heartbeat.as_ref()?;
        let beat = if self.beat_requested {
            self.window.room_from(self.beats_ahead())
        } else {
            None
        };
        if !matches!(self.step, Step::Ready { .. }) {
            return beat;
        }
        let room = self.window.room_from(self.reserve());
        let commands = room.filter(|_| self.outbox.has_commands());
        let presence = if self.outbox.has_presence() {
            let own = self
                .presence_window
                .as_ref()
                .and_then(|window| SendWindow::room_from(window, 0));
            // Both have to have room.
            room.max(own)
        } else {
            None
        };
        earliest(beat, earliest(commands, presence))
    }

    /// How long commands have to wait for the send limit; `None` if they do not, or wait for the session.
    pub(crate) fn send_wait(&self, now: Moment) -> Option<Duration> {
        let is_waiting = self.outbox.has_presence() || self.outbox.has_commands();
        if !is_waiting || !matches!(self.step, Step::Ready { .. }) {
            return None;
        }
        let from = self.send_deadline()?;
        from.since_origin().checked_sub(now.since_origin())
    }

    /// Asked for each frame that comes in: what follows from it is not worked out for nothing.
    fn has_nothing_to_send(&self) -> bool {
        !self.beat_requested && !self.outbox.has_presence() && !self.outbox.has_commands()
    }

    pub(super) fn fail_command(&mut self, command: Option<CommandId>, error: CommandError) {
        self.counters.commands_failed += 1;
        self.act(Action::CommandFailed { command, error });
    }

    fn send_command(&mut self, now: Moment, command: Outgoing) {
        self.counters.commands_sent += 1;
        self.send(now, command.frame, false, command.id);
    }

    fn send(&mut self, now: Moment, payload: String, secret: bool, command: Option<CommandId>) {
        self.window.record(now);
        self.act(Action::Send {
            generation: self.generation,
            payload,
            secret,
            command,
        });
    }

    /// How many frames of the window commands may not use.
    fn reserve(&self) -> u32 {
        let limit = self.protocol.rules().send_limit.frames;
        (self.beats_ahead() + REQUESTED_BEATS).min(limit / 2)
    }

    /// How many regular beats fall into a window.
    fn beats_ahead(&self) -> u32 {
        let rules = self.protocol.rules();
        let Some(heartbeat) = self.heartbeat.as_ref().filter(|_| rules.heartbeats_count) else {
            return 0;
        };
        let interval = Heartbeat::interval(heartbeat).as_millis().max(1);
        let beats = rules.send_limit.per.as_millis().div_ceil(interval) + 1;
        u32::try_from(beats)
            .unwrap_or(u32::MAX)
            .min(rules.send_limit.frames / 2)
    }
}
