mod disconnect;
mod receive;
mod send;
mod stop;

use std::{collections::VecDeque, fmt};

use fastrand::Rng;

use crate::{
    protocol::{Protocol, ReadySession},
    session::{
        Action, DisconnectCause, Generation, Input, LossReason, Moment, SavedSession,
        SessionConfig, SessionCounters, SessionEvent, SessionStatus, State,
        backoff::Backoff,
        heartbeat::{Due, Heartbeat},
        outbox::Outbox,
        resume_budget::ResumeBudget,
        saved_session::hash_of,
        send_window::SendWindow,
        sequence::Sequence,
        step::{Step, Then, Waiting},
    },
};

/// One session of a gateway: a state machine without socket, clock, task or randomness.
///
/// It survives connections. Whoever drives it
///
/// 1. hands in what happens, with the current [`Moment`], by [`handle`](Self::handle);
/// 2. carries out what [`poll`](Self::poll) gives, in order, until it gives nothing;
/// 3. hands in [`Input::Timeout`] when the [`deadline`](Self::deadline) is reached.
///
/// Its size does not depend on what the server does: commands that wait are bounded, and events are
/// not kept.
pub struct Session<P> {
    protocol: P,
    config: SessionConfig,
    rng: Rng,
    step: Step,
    generation: Generation,

    // The session, over all of its connections.
    live: Option<ReadySession>,
    sequence: Sequence,
    backoff: Backoff,
    budget: ResumeBudget,
    /// A dial of the resume address has failed: the main one is used until the next READY or RESUMED.
    avoid_resume_url: bool,
    identify_from: Moment,
    invalid_identifies: u32,
    outbox: Outbox,
    presence_window: Option<SendWindow>,
    reading_paused: bool,

    // The connection.
    heartbeat: Option<Heartbeat>,
    window: SendWindow,
    beat_requested: bool,
    replayed: u64,

    actions: VecDeque<Action>,
    counters: SessionCounters,
}

impl<P: Protocol> Session<P> {
    /// A session that has not started. It takes up `saved` if that belongs to it, and says so if not.
    /// `seed` decides its jitter.
    #[must_use]
    pub fn new(protocol: P, config: SessionConfig, saved: Option<SavedSession>, seed: u64) -> Self {
        let rules = protocol.rules();
        let mut session = Self {
            rng: Rng::with_seed(seed),
            step: Step::Idle,
            generation: Generation::default(),
            live: None,
            sequence: Sequence::default(),
            backoff: Backoff::new(config.backoff_base, config.backoff_cap),
            budget: ResumeBudget::new(config.resume_frames, config.resume_timeout),
            avoid_resume_url: false,
            identify_from: Moment::ORIGIN,
            invalid_identifies: 0,
            outbox: Outbox::new(config.command_queue, config.presence.clone()),
            presence_window: rules.presence_limit.map(SendWindow::new),
            reading_paused: false,
            heartbeat: None,
            window: SendWindow::new(rules.send_limit),
            beat_requested: false,
            replayed: 0,
            actions: VecDeque::new(),
            counters: SessionCounters::default(),
            protocol,
            config,
        };
        if let Some(saved) = saved {
            session.take_up(saved);
        }
        session
    }

    /// Takes an input. Drain [`poll`](Self::poll) before the next one: name and payload of
    /// an [`Action::Dispatch`] lie in the frame that was just handed in.
    ///
    /// An input of another connection than the current one, or one that makes no sense in the state,
    /// changes nothing. After [`Action::Stopped`] nothing does.
    pub fn handle(&mut self, now: Moment, input: Input<'_>) {
        if self.state().is_terminal() {
            return;
        }
        match input {
            Input::Start => {
                if matches!(self.step, Step::Idle) {
                    self.connect(now);
                }
            }
            Input::Connected { generation } => self.connected(now, generation),
            Input::ConnectFailed { generation, cause } => {
                if generation == self.generation && matches!(self.step, Step::Connecting { .. }) {
                    self.disconnect(now, DisconnectCause::ConnectFailed(cause), true);
                }
            }
            Input::Frame { generation, text } => {
                if generation == self.generation && self.step.is_open() {
                    self.receive(now, text);
                }
            }
            Input::BadFrame { generation, fault } => {
                if generation == self.generation && self.step.is_open() {
                    self.receive_bad(now, fault);
                }
            }
            Input::Closed {
                generation,
                code,
                reason,
            } => {
                if generation == self.generation {
                    self.closed(now, code, reason);
                }
            }
            Input::Permit { generation } => {
                if generation == self.generation && matches!(self.step, Step::AwaitingPermit) {
                    self.identify(now);
                } else {
                    self.act(Action::ReturnPermit { generation });
                }
            }
            Input::PermitDenied {
                generation,
                retry_after,
            } => {
                if generation == self.generation && matches!(self.step, Step::AwaitingPermit) {
                    self.await_budget(now, retry_after);
                }
            }
            Input::Command(command) => self.accept(command),
            Input::ReadingPaused => self.reading_paused = true,
            Input::ReadingResumed => self.reading_resumed(now),
            Input::Wake => self.wake(now),
            Input::Shutdown { resumable } => self.shutdown(now, resumable),
            Input::Timeout => self.timeout(now),
        }
        self.flush(now);
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// The dialect.
    #[must_use]
    pub const fn protocol(&self) -> &P {
        &self.protocol
    }

    /// The dialect, to change what it says from now on.
    pub const fn protocol_mut(&mut self) -> &mut P {
        &mut self.protocol
    }

    /// When to hand in [`Input::Timeout`]. `None` only before the start and after the end.
    #[must_use]
    pub fn deadline(&self) -> Option<Moment> {
        let step = match &self.step {
            Step::Idle | Step::Done(_) | Step::AwaitingPermit => None,
            Step::Connecting { until, .. }
            | Step::AwaitingHello { until, .. }
            | Step::Closing { until, .. }
            | Step::BackingOff { until }
            | Step::AwaitingBudget { until } => Some(*until),
            Step::Identifying(waiting) => Some(waiting.report),
            Step::Resuming(waiting) => earliest(Some(waiting.report), self.resume_deadline()),
            Step::Ready { since } => {
                (self.backoff.failures() > 0).then(|| *since + self.config.stable_after)
            }
        };
        let beat = self.heartbeat.as_ref().map(Heartbeat::due);
        earliest(step, earliest(beat, self.send_deadline()))
    }

    /// What the session is doing.
    #[must_use]
    pub const fn state(&self) -> State {
        self.step.state()
    }

    /// The last sequence number.
    #[must_use]
    pub const fn seq(&self) -> Option<u64> {
        self.sequence.last()
    }

    /// What was counted since the start.
    #[must_use]
    pub const fn counters(&self) -> &SessionCounters {
        &self.counters
    }

    /// How many commands wait.
    #[must_use]
    pub fn queued_commands(&self) -> usize {
        self.outbox.len()
    }

    /// A snapshot.
    #[must_use]
    pub fn status(&self) -> SessionStatus {
        let heartbeat = self.heartbeat.as_ref();
        SessionStatus {
            state: self.state(),
            generation: self.generation,
            session_id: self.live.as_ref().map(|session| session.id.clone()),
            seq: self.sequence.last(),
            attempts: self.backoff.failures(),
            heartbeat_interval: heartbeat.map(Heartbeat::interval),
            latency: heartbeat.and_then(Heartbeat::latency),
            latency_average: heartbeat.and_then(Heartbeat::latency_average),
            queued_commands: self.outbox.len(),
            counters: self.counters,
        }
    }

    fn take_up(&mut self, saved: SavedSession) {
        let unfit = self.unfit(&saved);
        self.sequence = Sequence::new(Some(saved.seq));
        self.live = Some(ReadySession {
            id: saved.session_id,
            resume_url: saved.resume_url,
            user_id: saved.user_id,
        });
        if let Some(reason) = unfit {
            self.lose_session(reason);
        }
    }

    /// Why a saved session is not tried, if it is not.
    fn unfit(&self, saved: &SavedSession) -> Option<LossReason> {
        if saved.dialect != self.protocol.dialect() {
            let dialect = saved.dialect.clone();
            return Some(LossReason::OtherDialect { dialect });
        }
        if saved.shard != self.config.shard {
            return Some(LossReason::OtherShard { shard: saved.shard });
        }
        if saved.intents_hash != hash_of(self.protocol.intents()) {
            return Some(LossReason::OtherIntents);
        }
        if saved.session_id.is_empty() {
            return Some(LossReason::Unnamed);
        }
        let lifetime = self.protocol.rules().session_lifetime?;
        let age = saved.age.filter(|age| *age > lifetime)?;
        Some(LossReason::TooOld { age })
    }

    fn connect(&mut self, now: Moment) {
        self.generation = self.generation.next();
        self.window.clear();
        self.replayed = 0;
        self.counters.connects += 1;

        let resume_url = self
            .live
            .as_ref()
            .and_then(|session| session.resume_url.as_deref())
            .filter(|_| !self.avoid_resume_url);
        let url = self.protocol.connect_url(resume_url);
        let until = now + self.config.connect_timeout;
        self.enter(Step::Connecting { since: now, until });
        self.act(Action::Connect {
            generation: self.generation,
            url,
            resuming: self.live.is_some(),
            deadline: until,
        });
    }

    fn connected(&mut self, now: Moment, generation: Generation) {
        if generation != self.generation {
            return;
        }
        if let Step::Connecting { since, .. } = self.step {
            let until = now + self.config.hello_timeout;
            self.enter(Step::AwaitingHello { since, until });
        }
    }

    fn timeout(&mut self, now: Moment) {
        if self
            .heartbeat
            .as_ref()
            .is_some_and(|heartbeat| heartbeat.due() <= now)
        {
            self.beat(now);
        }
        match self.step {
            Step::Connecting { until, .. } if until <= now => {
                let generation = self.generation;
                self.act(Action::Close {
                    generation,
                    code: None,
                });
                self.disconnect(now, DisconnectCause::ConnectTimeout, true);
            }
            Step::AwaitingHello { until, .. } if until <= now => {
                self.disconnect(now, DisconnectCause::HelloTimeout, false);
            }
            Step::Resuming(_) if self.resume_deadline().is_some_and(|until| until <= now) => {
                self.disconnect(now, DisconnectCause::ResumeTimeout, false);
            }
            Step::Identifying(Waiting { since, report })
            | Step::Resuming(Waiting { since, report })
                if report <= now =>
            {
                if let Step::Identifying(waiting) | Step::Resuming(waiting) = &mut self.step {
                    waiting.report_again(now);
                }
                self.tell(SessionEvent::ReadyDelayed {
                    waited: now - since,
                });
            }
            Step::Ready { since } if now - since >= self.config.stable_after => {
                self.backoff.reset();
            }
            Step::Closing { until, .. } if until <= now => {
                let generation = self.generation;
                self.act(Action::Close {
                    generation,
                    code: None,
                });
                self.close_done(now);
            }
            Step::BackingOff { until } | Step::AwaitingBudget { until } if until <= now => {
                self.connect(now);
            }
            _ => {}
        }
    }

    fn beat(&mut self, now: Moment) {
        let Some(heartbeat) = &mut self.heartbeat else {
            return;
        };
        match heartbeat.beat(now, self.reading_paused) {
            Due::Send => {
                self.beat_requested = false;
                self.send_heartbeat(now);
            }
            Due::Zombie { traffic } => {
                self.counters.heartbeats_missed += 1;
                self.tell(SessionEvent::HeartbeatMissed { traffic });
                self.disconnect(now, DisconnectCause::Zombie, false);
            }
        }
    }

    fn reading_resumed(&mut self, now: Moment) {
        self.reading_paused = false;
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.excuse();
        }
        if matches!(self.step, Step::Resuming(_)) {
            self.budget.progressed(now);
        }
    }

    fn wake(&mut self, now: Moment) {
        let soonest = self.soonest_dial(now);
        match &mut self.step {
            Step::BackingOff { until: at }
            | Step::AwaitingBudget { until: at }
            | Step::Closing {
                then: Then::Reconnect { at } | Then::AwaitBudget { until: at },
                ..
            } if *at > soonest => *at = soonest,
            _ => return,
        }
        if let Step::BackingOff { until } | Step::AwaitingBudget { until } = self.step
            && until <= now
        {
            self.connect(now);
        }
    }

    /// An IDENTIFY follows the dial that has no session to resume, and those have to be spaced.
    fn soonest_dial(&self, now: Moment) -> Moment {
        if self.live.is_some() {
            return now;
        }
        now.max(self.identify_from)
    }

    /// When the RESUME under way is given up. Not while we do not read: the answer may be there.
    fn resume_deadline(&self) -> Option<Moment> {
        if self.reading_paused {
            return None;
        }
        self.budget.deadline()
    }

    fn lose_session(&mut self, reason: LossReason) {
        let session = self.live.take();
        if session.is_none() && self.sequence.last().is_none() {
            return;
        }
        let last_seq = self.sequence.last();
        self.sequence = Sequence::default();
        self.budget.reset();
        self.avoid_resume_url = false;
        self.counters.sessions_lost += 1;
        self.tell(SessionEvent::SessionLost { reason, last_seq });
    }

    fn enter(&mut self, step: Step) {
        let from = self.state();
        self.step = step;
        let to = self.state();
        if from != to {
            self.tell(SessionEvent::StateChanged { from, to });
        }
    }

    fn tell(&mut self, event: SessionEvent) {
        self.act(Action::Event(event));
    }

    fn act(&mut self, action: Action) {
        self.actions.push_back(action);
    }
}

impl<P> fmt::Debug for Session<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("state", &self.step.state())
            .field("generation", &self.generation)
            .field("seq", &self.sequence.last())
            .finish_non_exhaustive()
    }
}

fn earliest(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}
