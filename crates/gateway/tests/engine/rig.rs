//! Drives a session and a model server over a link without latency, and keeps a journal.

use std::{collections::VecDeque, time::Duration};

use polycord_gateway::{
    Action, Command, Discord, Generation, Input, Moment, Protocol, SavedSession, Session,
    SessionConfig, State,
};
use polycord_types::gateway::Intents;
use serde_json::Value;

pub(crate) use crate::journal::Entry;
use crate::{
    dialect::Dialect,
    peer::{Dial, Peer, Said},
};

/// A rig of the dialect that most scenarios are told in.
pub(crate) type DiscordRig = Rig<Discord>;

pub(crate) struct Rig<P> {
    pub(crate) session: Session<P>,
    pub(crate) peer: Peer,
    pub(crate) now: Moment,
    pub(crate) journal: Vec<(Moment, Entry)>,
    pub(crate) generation: Generation,
    /// Whether permits come at once.
    pub(crate) permits: bool,
    /// For how long the session starts are used up, if they are.
    pub(crate) budget: Option<Duration>,
    /// Whether the end of a closed connection is told.
    pub(crate) close_echo: bool,
    /// Whether what the server says arrives.
    pub(crate) link: bool,
    /// How long what the server says takes to arrive.
    pub(crate) latency: Duration,
    /// A connection on which nothing arrives any more, in either direction.
    pub(crate) half_open: Option<Generation>,
    /// How much arrived of connections that were over.
    pub(crate) stale: usize,
    /// The server has accepted the current connection.
    open: bool,
    previous: Option<Generation>,
    paused: bool,
    /// What is on its way, in the order in which it arrives.
    flight: VecDeque<(Moment, Generation, Said)>,
    said: VecDeque<(Generation, Said)>,
    frame: String,
}

pub(crate) fn discord() -> Discord {
    Discord::new(
        "a-token-that-is-secret",
        Intents::GUILDS | Intents::GUILD_MEMBERS,
    )
    .url("wss://main.example")
    .compress(Some("zlib-stream"))
}

pub(crate) const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

impl<P: Dialect> Rig<P> {
    pub(crate) fn new(seed: u64) -> Self {
        Self::with(seed, SessionConfig::default(), None)
    }

    pub(crate) fn with(seed: u64, config: SessionConfig, saved: Option<SavedSession>) -> Self {
        Self::of(P::speak(), P::WORDS, seed, config, saved)
    }

    /// A session that is READY, its journal empty.
    pub(crate) fn ready(seed: u64) -> Self {
        let mut rig = Self::new(seed);
        rig.start();
        assert_eq!(rig.session.state(), State::Ready);
        rig.forget();
        rig
    }

    /// Another process with a session that was saved, and the same server.
    pub(crate) fn taking_over(&self, seed: u64, saved: SavedSession) -> Self {
        let mut rig = Self::with(seed, SessionConfig::default(), Some(saved));
        rig.peer = self.peer.clone();
        rig.forget();
        rig
    }
}

impl<P: Protocol> Rig<P> {
    pub(crate) fn of(
        protocol: P,
        words: crate::peer::Words,
        seed: u64,
        config: SessionConfig,
        saved: Option<SavedSession>,
    ) -> Self {
        Self {
            session: Session::new(protocol, config, saved, seed),
            peer: Peer::new(words),
            now: Moment::ORIGIN,
            journal: Vec::new(),
            generation: Generation::default(),
            permits: true,
            budget: None,
            close_echo: true,
            link: true,
            latency: Duration::ZERO,
            half_open: None,
            stale: 0,
            open: false,
            previous: None,
            paused: false,
            flight: VecDeque::new(),
            said: VecDeque::new(),
            frame: String::new(),
        }
    }

    pub(crate) fn start(&mut self) {
        self.input(Input::Start);
    }

    /// Leaves behind what has happened so far.
    pub(crate) fn forget(&mut self) {
        self.journal.clear();
        self.peer.heard.clear();
        self.peer.left.clear();
    }

    /// Hands in one input and lets both ends react until both are silent.
    pub(crate) fn input(&mut self, input: Input<'_>) {
        if let Input::Frame { text, .. } = &input {
            (*text).clone_into(&mut self.frame);
        }
        self.session.handle(self.now, input);
        self.drain();
        while let Some((generation, said)) = self.said.pop_front() {
            match said {
                Said::Frame(text) => {
                    self.frame.clone_from(&text);
                    let text = &text;
                    self.session
                        .handle(self.now, Input::Frame { generation, text });
                }
                Said::Close(code) => {
                    let reason = String::new();
                    let closed = Input::Closed {
                        generation,
                        code,
                        reason,
                    };
                    self.session.handle(self.now, closed);
                }
            }
            self.drain();
        }
    }

    /// The server says something on the current connection.
    pub(crate) fn say(&mut self, said: Said) {
        let generation = self.generation;
        if self.is_direct() {
            self.arrive(generation, said);
        } else {
            self.send_off(generation, said);
        }
    }

    /// Something arrives. If its connection is over, nothing comes of it.
    pub(crate) fn arrive(&mut self, generation: Generation, said: Said) {
        let of_old = generation < self.generation;
        // What is due anyway is not the doing of the late one.
        let idle = self.session.deadline().is_none_or(|due| due > self.now);
        let before = (of_old && idle).then(|| (self.journal.len(), self.session.status()));
        match said {
            Said::Frame(text) => self.input(Input::Frame {
                generation,
                text: &text,
            }),
            Said::Close(code) => {
                let reason = String::new();
                self.input(Input::Closed {
                    generation,
                    code,
                    reason,
                });
            }
        }
        if let Some(before) = before {
            let after = (self.journal.len(), self.session.status());
            assert_eq!(before, after, "an old connection changed something");
            self.stale += 1;
        }
    }

    /// The consumer is slow, so that nothing is read.
    pub(crate) fn set_paused(&mut self, paused: bool) {
        self.paused = paused;
        self.input(if paused {
            Input::ReadingPaused
        } else {
            Input::ReadingResumed
        });
    }

    /// The connection before the current one.
    pub(crate) const fn before(&self) -> Option<Generation> {
        self.previous
    }

    /// Whether what the server says now arrives now.
    fn is_direct(&self) -> bool {
        self.latency.is_zero()
            && self.flight.is_empty()
            && !self.is_deaf()
            && self.half_open != Some(self.generation)
    }

    /// A greeting is read in any case: see the driver.
    fn is_deaf(&self) -> bool {
        self.paused && self.session.state() != State::AwaitingHello
    }

    fn send_off(&mut self, generation: Generation, said: Said) {
        if self.half_open == Some(generation) {
            return;
        }
        let last = self.flight.back().map_or(self.now, |(at, ..)| *at);
        let at = last.max(self.now + self.latency);
        self.flight.push_back((at, generation, said));
    }

    /// The server sends the next event.
    pub(crate) fn event(&mut self, name: &str) {
        let said = self.peer.event(name);
        self.say(said);
    }

    pub(crate) fn close(&mut self, code: Option<u16>) {
        self.say(Said::Close(code));
    }

    /// The server asks for a reconnect.
    pub(crate) fn reconnect(&mut self) {
        self.op(self.peer.words.reconnect);
    }

    /// The server calls the session invalid.
    pub(crate) fn invalid(&mut self, resumable: bool) {
        let said = self.peer.invalid(resumable);
        self.say(said);
    }

    pub(crate) fn op(&mut self, op: u64) {
        let said = self.peer.frame(op, &Value::Null);
        self.say(said);
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.input(Input::Command(command));
    }

    /// Lets time pass. Every wait of a running session has to have a deadline, and a deadline that has
    /// been reached has to be gone soon after.
    pub(crate) fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        let mut still = 0;
        loop {
            let deadline = self.session.deadline();
            let arrival = self.flight.front().map(|(at, ..)| (*at).max(self.now));
            if let Some(at) = arrival.filter(|at| *at <= until && !self.is_deaf())
                && deadline.is_none_or(|deadline| at < deadline)
            {
                self.now = at;
                if let Some((_, generation, said)) = self.flight.pop_front() {
                    self.arrive(generation, said);
                }
                continue;
            }
            let state = self.session.state();
            let idle = state.is_terminal() || state == State::Disconnected;
            assert_eq!(deadline.is_none(), idle, "deadline in {state}");
            let Some(deadline) = deadline.filter(|deadline| *deadline <= until) else {
                break;
            };
            still = if deadline <= self.now { still + 1 } else { 0 };
            assert!(still < 10, "the session spins in {state}");
            self.now = self.now.max(deadline);
            self.input(Input::Timeout);
        }
        self.now = until;
    }

    fn drain(&mut self) {
        while let Some(action) = self.session.poll() {
            assert!(
                !matches!(self.journal.last(), Some((_, Entry::Stopped(_)))),
                "{action:?} after the end"
            );
            let entry = self.carry_out(action);
            self.journal.push((self.now, entry));
        }
    }

    fn carry_out(&mut self, action: Action) -> Entry {
        match action {
            Action::Connect {
                generation,
                url,
                resuming,
                ..
            } => {
                self.dial(generation);
                Entry::Connect { url, resuming }
            }
            Action::Send {
                generation,
                payload,
                secret,
                command,
            } => {
                assert_eq!(generation, self.generation);
                assert_eq!(secret, payload.contains("secret"), "secrets are marked");
                assert!(payload.len() <= 4096);
                let frame: Value = serde_json::from_str(&payload).expect("frames are JSON");
                let op = frame["op"].as_u64().expect("frames have an opcode");
                let data = frame[self.peer.words.data].clone();
                if self.half_open != Some(generation) {
                    let answer = self.peer.hear(self.now, op, &data);
                    self.answer(generation, answer);
                }
                Entry::Sent { op, data, command }
            }
            Action::Close { generation, code } => {
                assert_eq!(generation, self.generation);
                self.peer.attached = false;
                if self.half_open == Some(generation) {
                    self.peer.clings = true;
                } else if std::mem::take(&mut self.open) {
                    // A close that is not answered is followed by the end of the connection.
                    self.peer.leave(self.now, code);
                }
                if code.is_some() && self.close_echo {
                    self.said.retain(|(of, _)| *of != generation);
                    self.answer(generation, vec![Said::Close(code)]);
                }
                Entry::Close(code)
            }
            Action::AcquirePermit { generation } => {
                if let Some(retry_after) = self.budget {
                    let denied = Input::PermitDenied {
                        generation,
                        retry_after,
                    };
                    self.session.handle(self.now, denied);
                } else if self.permits {
                    self.session.handle(self.now, Input::Permit { generation });
                }
                Entry::Acquire
            }
            Action::SpendPermit { generation } => {
                assert_eq!(generation, self.generation);
                Entry::Spend
            }
            Action::ReturnPermit { generation } => {
                assert!(generation <= self.generation, "nobody asked for it yet");
                Entry::Return
            }
            Action::Dispatch {
                seq,
                name,
                data,
                replayed,
            } => {
                let data = data.map_or("", |data| {
                    let frame = &self.frame;
                    data.text(frame).unwrap_or_else(|_| data.tail(frame))
                });
                let data = data.to_owned();
                let name = name.text(&self.frame).to_owned();
                Entry::Dispatch {
                    seq,
                    name,
                    data,
                    replayed,
                }
            }
            Action::CommandFailed { command, error } => Entry::Failed(command, error),
            Action::Event(event) => Entry::Event(event),
            Action::Stopped(reason) => Entry::Stopped(reason),
            other => panic!("{other:?} is new to this test"),
        }
    }

    fn dial(&mut self, generation: Generation) {
        assert!(
            generation > self.generation,
            "each dial has a name of its own"
        );
        self.previous = Some(self.generation).filter(|before| before.number() > 0);
        self.generation = generation;
        let dial = self.peer.dial.take();
        self.open = dial == Dial::Accept;
        match dial {
            Dial::Accept => {
                let connected = Input::Connected { generation };
                self.session.handle(self.now, connected);
                let greeting = self.peer.greet();
                self.answer(generation, greeting);
            }
            Dial::Refuse => {
                let cause = "connection refused".into();
                let failed = Input::ConnectFailed { generation, cause };
                self.session.handle(self.now, failed);
            }
            Dial::Silence => {}
        }
    }

    fn answer(&mut self, generation: Generation, said: Vec<Said>) {
        if !self.link {
            return;
        }
        for said in said {
            if self.is_direct() {
                self.said.push_back((generation, said));
            } else {
                self.send_off(generation, said);
            }
        }
    }
}
