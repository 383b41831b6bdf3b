//! A session, its server, the network between them, and what is known of all three.

use std::{collections::BTreeSet, time::Duration};

use fastrand::Rng;
use polycord_gateway::{
    CloseMeaning, Command, CommandId, Generation, Input, Moment, Protocol, SessionConfig,
    SessionEvent, State,
};
use serde_json::{Value, json};

use super::coverage::{Coverage, What};
use crate::{
    peer::{Said, Words},
    rig::{Entry, Rig, seconds},
};

/// The fault is over; within this time the session is live again, or has ended.
const RECOVERY: Duration = seconds(120);

pub(crate) struct World<P> {
    pub(crate) rig: Rig<P>,
    pub(crate) rng: Rng,
    pub(crate) coverage: Coverage,
    /// The commands handed in; those that are presence updates carry their text.
    pub(crate) commands: Vec<(CommandId, Option<String>)>,
    /// Session and number of each event that the server never sent, or sent with a broken header.
    pub(crate) omitted: BTreeSet<(u64, u64)>,
    /// From when to when nothing ran: timers are late for as long.
    pub(crate) stalls: Vec<(Moment, Moment)>,
    /// Something happened that a session may not survive.
    pub(crate) doomed: bool,
    /// It was told to end its session.
    pub(crate) ended: bool,
}

impl<P: Protocol> World<P> {
    pub(crate) fn new(protocol: P, words: Words, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let mut config = SessionConfig::default();
        if rng.u8(0..8) == 0 {
            config = config.max_attempts(rng.u32(1..12));
        }
        let mut rig = Rig::of(protocol, words, rng.u64(..), config, None);
        rig.peer.interval = Some(rng.u64(5_000..60_000));
        if rng.bool() {
            rig.latency = Duration::from_millis(rng.u64(1..3_000));
        }
        Self {
            rig,
            rng,
            coverage: Coverage::default(),
            commands: Vec::new(),
            omitted: BTreeSet::new(),
            stalls: Vec::new(),
            doomed: false,
            ended: false,
        }
    }

    /// How long nothing new happens.
    pub(crate) fn pause(&mut self) -> Duration {
        match self.rng.u8(0..10) {
            0..4 => Duration::ZERO,
            4..8 => Duration::from_millis(self.rng.u64(0..2_000)),
            _ => Duration::from_millis(self.rng.u64(0..90_000)),
        }
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        self.rig.pass(time);
    }

    pub(crate) fn state(&self) -> State {
        self.rig.session.state()
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())]
    }

    /// The server has an event to tell.
    pub(crate) fn event(&mut self) {
        if !self.rig.peer.alive {
            return;
        }
        let said = self.rig.peer.event("MESSAGE_CREATE");
        if self.rig.peer.attached {
            self.rig.say(said);
        }
    }

    /// The server has an event that it does not tell: its number is left out.
    pub(crate) fn omit(&mut self) {
        if self.rig.peer.alive {
            self.rig.peer.event("LOST");
            let seq = self.rig.peer.log.len() as u64;
            self.omitted.insert((self.rig.peer.sessions, seq));
        }
    }

    /// The server says something with this opcode.
    pub(crate) fn op(&mut self, op: u64, data: &Value) {
        self.coverage.note(self.state(), What::Op(op));
        let said = self.rig.peer.frame(op, data);
        self.rig.say(said);
    }

    /// The server closes the connection, or it is cut.
    pub(crate) fn close(&mut self, code: Option<u16>) {
        self.coverage.note(self.state(), What::Close(code));
        self.doomed |= self.is_fatal(code);
        self.rig.peer.attached = false;
        self.rig.close(code);
    }

    pub(crate) fn command(&mut self) {
        let id = self.next_command();
        self.commands.push((id, None));
        self.rig
            .command(Command::new(self.rig.peer.words.request, "{}").with_id(id));
    }

    pub(crate) fn presence(&mut self) {
        let id = self.next_command();
        let text = json!({"status": id.0}).to_string();
        self.commands.push((id, Some(text.clone())));
        let presence = Command::presence(self.rig.peer.words.presence, text);
        self.rig.command(presence.with_id(id));
    }

    /// Something of a connection that is over arrives: nothing may come of it.
    pub(crate) fn stale(&mut self, generation: Generation, said: Said) {
        if generation < self.rig.generation {
            self.rig.arrive(generation, said);
        }
    }

    /// The process stands still: timers fire late.
    pub(crate) fn stall(&mut self, time: Duration) {
        let from = self.rig.now;
        self.rig.now = from + time;
        self.stalls.push((from, self.rig.now));
    }

    /// Ends all faults. Whatever happened, the session is then live in time, or has ended.
    pub(crate) fn heal(&mut self) {
        let rig = &mut self.rig;
        rig.peer.dial.next.clear();
        rig.peer.hello.next.clear();
        rig.peer.resume.next.clear();
        rig.peer.identify.next.clear();
        (rig.peer.acks, rig.close_echo, rig.permits) = (true, true, true);
        rig.latency = Duration::ZERO;
        rig.half_open = None;
        rig.budget = None;
        rig.set_paused(false);
        // A server that heals drops the connections it had: what it owed them is not waited for.
        self.close(None);
        let generation = self.rig.generation;
        self.rig.input(Input::Permit { generation });
        // Somebody knows that the budget is back before the session can.
        if matches!(self.state(), State::AwaitingBudget | State::Closing) {
            self.rig.input(Input::Wake);
        }
        // A session that the server has forgotten takes one more attempt to find that out.
        let forgotten = if self.rig.peer.alive {
            Duration::ZERO
        } else {
            seconds(65)
        };
        self.pass(RECOVERY + forgotten);
        let state = self.state();
        assert!(
            state == State::Ready || state.is_terminal(),
            "{state} after the faults are over"
        );
        // What waits for the send limit is sent by and by, and the last event shows what was missed.
        self.event();
        self.pass(seconds(200));
    }

    /// Whether the dialect forbids to come back after this.
    pub(crate) fn is_fatal(&self, code: Option<u16>) -> bool {
        let meaning = self.rig.session.protocol().closed(code);
        matches!(meaning, CloseMeaning::Fatal(_))
    }

    /// The gaps that were told: session, first and last number left out.
    pub(crate) fn gaps(&self) -> Vec<(u64, u64, u64)> {
        let mut session = 0;
        let mut gaps = Vec::new();
        for (_, entry) in &self.rig.journal {
            match entry {
                Entry::Event(SessionEvent::Ready { session_id }) => {
                    session = session_number(session_id);
                }
                Entry::Event(SessionEvent::Gap { expected, got }) => {
                    gaps.push((session, *expected, *got - 1));
                }
                _ => {}
            }
        }
        gaps
    }

    fn next_command(&self) -> CommandId {
        CommandId(self.commands.len() as u64)
    }
}

pub(crate) fn session_number(id: &str) -> u64 {
    id.trim_start_matches("session-")
        .parse()
        .unwrap_or_default()
}
