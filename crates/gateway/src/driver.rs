//! The task between a [`Session`] and the world: it carries out what the session decides.
//!
//! It decides nothing itself, and waits for nothing but the next input: writes are queued by the
//! connection, events for a slow consumer by the [`Mailbox`](crate::mailbox::Mailbox).

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};
use tungstenite::Utf8Bytes;

use crate::{
    Action, BoxFuture, BudgetExhausted, Command, CommandError, CommandId, Connector, Dispatch,
    Generation, IdentifyPermit, IdentifyQueue, Input, Interest, Moment, Overflow, Protocol,
    SavedSession, Session, ShardEvent, State, StopReason,
    connection::{Connection, Framing, Received},
    dispatch::Origin,
    inbox::Wishes,
    observer::{Observer, Totals},
    shared::{NO_SEQ, Shared},
};

/// Later than any deadline that is reached, and not so late that a clock overflows.
const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
/// How many frames are read, and how many other things done, before others get the thread. Fewer than
/// the consumer's buffer holds by default, so that a consumer on the same thread keeps up.
const TURN: u32 = 64;

/// Everything a driver holds on to.
pub(crate) struct Ends {
    pub(crate) command_queue: usize,
    pub(crate) connector: Arc<dyn Connector>,
    pub(crate) framing: Framing,
    pub(crate) identify_queue: Arc<dyn IdentifyQueue>,
    pub(crate) interest: Interest,
    pub(crate) observer: Observer,
    pub(crate) overflow: Overflow,
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Driver<P> {
    alarm: Pin<Box<Sleep>>,
    ends: Ends,
    link: Link,
    /// When what is being handled came in. Taken once for all that one read brings.
    now: Instant,
    /// When the session's time began.
    epoch: Instant,
    /// What the events of the session have in common.
    origin: Arc<Origin>,
    /// The mailbox has become full since it was last drained.
    full: bool,
    /// The session was told that nothing is read for that.
    paused: bool,
    permit: Permit,
    /// The session as it was when it began or was resumed.
    resumable: Option<Arc<SavedSession>>,
    session: Session<P>,
    /// Nobody reads the events any more, and the session knows.
    deserted: bool,
    /// Bytes of all connections.
    received: u64,
    skipped: u64,
    /// Commands may wait.
    commands: bool,
    /// The wishes that were passed on.
    seen: Wishes,
}

/// The connection of the session, one at most.
enum Link {
    Down,
    Dialling(
        Generation,
        BoxFuture<'static, Result<Box<Connection>, String>>,
    ),
    Up(Generation, Box<Connection>),
}

enum Permit {
    None,
    Waiting(
        Generation,
        BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>>,
    ),
    Held(Generation, IdentifyPermit),
}

/// What woke the driver.
enum Woken {
    Command(Command),
    Delivered,
    Deserted,
    Dialled(Generation, Result<Box<Connection>, String>),
    Denied(Generation, BudgetExhausted),
    Granted(Generation, IdentifyPermit),
    /// Frames were handled already.
    Handled(Option<StopReason>),
    /// Something else than a text frame.
    Received(Generation, Received),
    Timeout,
    Wish,
}

impl<P: Protocol> Driver<P> {
    pub(crate) fn new(session: Session<P>, ends: Ends) -> Self {
        let now = Instant::now();
        let mut driver = Self {
            alarm: Box::pin(sleep_until(now)),
            link: Link::Down,
            now,
            epoch: now,
            origin: Arc::new(Origin {
                session_id: String::new(),
                shard: ends.shared.shard(),
            }),
            full: false,
            paused: false,
            permit: Permit::None,
            resumable: None,
            session,
            deserted: false,
            received: 0,
            skipped: 0,
            commands: false,
            seen: Wishes::default(),
            ends,
        };
        driver.refresh_session();
        driver
    }

    pub(crate) async fn run(mut self: Box<Self>) {
        let mut stopped = self.handle(Input::Start);
        if stopped.is_none() {
            stopped = Some(poll_fn(|cx| self.poll(cx)).await);
        }
        if let Some(reason) = stopped {
            self.link = Link::Down;
            self.permit = Permit::None;
            self.refuse_commands();
            self.tell(ShardEvent::Stopped(reason));
        }
    }

    /// One turn: everything that is ready, up to a bound.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<StopReason> {
        // Before anything is looked at, so that nothing is missed that comes in behind the look.
        self.ends.shared.task.register(cx.waker());
        self.now = Instant::now();
        let mut turn = TURN;
        while turn > 0 {
            turn -= 1;
            let left = turn;
            // The last round is the connection's, however much else there is to do.
            let aside = if left > 0 { self.poll_aside(cx) } else { None };
            let woken = match aside {
                Some(woken) => woken,
                None => match self.poll_link(cx, &mut turn) {
                    Poll::Ready(woken) => woken,
                    Poll::Pending if left == 0 => break,
                    // What was handled may have brought the deadline forward.
                    Poll::Pending if turn < left && self.poll_alarm(cx) => Woken::Timeout,
                    Poll::Pending => return Poll::Pending,
                },
            };
            if let Some(reason) = self.react(woken) {
                return Poll::Ready(reason);
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Whatever is ready apart from the connection.
    fn poll_aside(&mut self, cx: &mut Context<'_>) -> Option<Woken> {
        if self.poll_alarm(cx) {
            return Some(Woken::Timeout);
        }
        if self.ends.shared.inbox.take_dirty() {
            self.commands = true;
            return Some(Woken::Wish);
        }
        if let Permit::Waiting(generation, granted) = &mut self.permit
            && let Poll::Ready(permit) = granted.as_mut().poll(cx)
        {
            return Some(match permit {
                Ok(permit) => Woken::Granted(*generation, permit),
                Err(budget) => Woken::Denied(*generation, budget),
            });
        }
        if self.paused && !self.ends.shared.mailbox.is_paused() {
            return Some(Woken::Delivered);
        }
        if !self.deserted && self.ends.shared.mailbox.is_deserted() {
            return Some(Woken::Deserted);
        }
        if self.commands && self.takes_commands() {
            match self.ends.shared.inbox.pop() {
                Some(command) => return Some(Woken::Command(command)),
                None => self.commands = false,
            }
        }
        None
    }

    /// Whether the session's deadline has been reached. A timer that fires too early costs less than one
    /// that is moved for each event.
    fn poll_alarm(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(due) = self.session.deadline() else {
            return false;
        };
        let due = self.epoch + due.since_origin().min(FAR);
        if due <= self.now {
            return true;
        }
        loop {
            if self.alarm.deadline() > due {
                self.alarm.as_mut().reset(due);
            }
            if self.alarm.as_mut().poll(cx).is_pending() {
                return false;
            }
            self.now = Instant::now();
            if due <= self.now {
                return true;
            }
            self.alarm.as_mut().reset(due);
        }
    }

    fn takes_commands(&self) -> bool {
        self.session.queued_commands() < self.ends.command_queue
            && self.ends.shared.mailbox.has_room()
    }

    /// What the connection has to say.
    fn poll_link(&mut self, cx: &mut Context<'_>, turn: &mut u32) -> Poll<Woken> {
        if let Link::Up(_, connection) = &mut self.link {
            connection.lend();
        }
        let polled = self.poll_frames(cx, turn);
        if let Link::Up(_, connection) = &mut self.link {
            connection.reclaim();
        }
        polled
    }

    /// Events are handled here, one after the other, since looking at everything else in between would cost
    /// more than they do.
    fn poll_frames(&mut self, cx: &mut Context<'_>, turn: &mut u32) -> Poll<Woken> {
        loop {
            // A fresh connection is read up to its greeting in any case: that brings the consumer
            // nothing, and keeps the connection.
            let reading = !self.paused || self.session.state() == State::AwaitingHello;
            let (generation, received) = match &mut self.link {
                Link::Down => return Poll::Pending,
                Link::Dialling(generation, dial) => {
                    let dialled = ready!(dial.as_mut().poll(cx));
                    return Poll::Ready(Woken::Dialled(*generation, dialled));
                }
                Link::Up(generation, connection) => {
                    let polled = connection.poll_event(cx, reading);
                    let received = connection.take_received();
                    if received > 0 {
                        self.received += received;
                        self.now = Instant::now();
                    }
                    (*generation, ready!(polled))
                }
            };
            let Received::Text(text) = received else {
                return Poll::Ready(Woken::Received(generation, received));
            };
            self.ends.observer.received(generation, &text);
            let handled = self.handle_frame(generation, text);
            *turn = turn.saturating_sub(1);
            if handled.stopped.is_some() || !handled.quiet || *turn == 0 {
                return Poll::Ready(Woken::Handled(handled.stopped));
            }
        }
    }

    fn react(&mut self, woken: Woken) -> Option<StopReason> {
        match woken {
            Woken::Command(command) => self.handle(Input::Command(command)),
            Woken::Delivered => {
                (self.full, self.paused) = (false, false);
                self.handle(Input::ReadingResumed)
            }
            Woken::Deserted => {
                self.deserted = true;
                // Whoever wanted it resumable may have come in between the looks.
                let resumable = self.ends.shared.inbox.wishes().stop.unwrap_or(false);
                self.handle(Input::Shutdown { resumable })
            }
            Woken::Denied(generation, BudgetExhausted { reset_after }) => {
                self.permit = Permit::None;
                self.handle(Input::PermitDenied {
                    generation,
                    retry_after: reset_after,
                })
            }
            Woken::Dialled(generation, Ok(connection)) => {
                self.link = Link::Up(generation, connection);
                self.handle(Input::Connected { generation })
            }
            Woken::Dialled(generation, Err(cause)) => {
                self.link = Link::Down;
                self.handle(Input::ConnectFailed { generation, cause })
            }
            Woken::Granted(generation, permit) => {
                self.permit = Permit::Held(generation, permit);
                self.handle(Input::Permit { generation })
            }
            Woken::Handled(stopped) => stopped,
            Woken::Received(generation, Received::Text(text)) => {
                self.handle_frame(generation, text).stopped
            }
            Woken::Received(generation, Received::Fault(fault)) => {
                self.handle(Input::BadFrame { generation, fault })
            }
            Woken::Received(generation, Received::Closed { code, reason }) => {
                self.link = Link::Down;
                self.ends.observer.closed(generation, code);
                self.handle(Input::Closed {
                    generation,
                    code,
                    reason,
                })
            }
            Woken::Timeout => self.handle(Input::Timeout),
            Woken::Wish => self.grant_wishes(),
        }
    }

    fn grant_wishes(&mut self) -> Option<StopReason> {
        let wishes = self.ends.shared.inbox.wishes();
        let before = std::mem::replace(&mut self.seen, wishes);
        match wishes.stop {
            Some(resumable) if before.stop.is_none() => self.handle(Input::Shutdown { resumable }),
            _ if wishes.wakes != before.wakes => self.handle(Input::Wake),
            _ => None,
        }
    }

    /// Hands `input` to the session and carries out what it says.
    fn handle(&mut self, input: Input<'_>) -> Option<StopReason> {
        let moment = self.moment();
        self.session.handle(moment, input);
        let handled = self.perform_all(None);
        self.report(handled.stopped.as_ref());
        let wait = self.session.send_wait(moment);
        let queued = self.session.queued_commands();
        self.ends.observer.sending(wait, queued);
        self.observe(false);
        handled.stopped
    }

    /// The same for a text frame. Most are events, which change a few numbers and nothing else.
    fn handle_frame(&mut self, generation: Generation, text: Utf8Bytes) -> Handled {
        let (moment, state) = (self.moment(), self.session.state());
        let frame = Input::Frame {
            generation,
            text: text.as_str(),
        };
        self.session.handle(moment, frame);
        let mut handled = self.perform_all(Some(text));
        handled.quiet &= self.session.state() == state;
        if handled.quiet {
            self.count();
        } else {
            self.report(handled.stopped.as_ref());
        }
        self.observe(handled.quiet);
        handled
    }

    /// Shows what has been added up to whoever watches.
    fn observe(&mut self, quiet: bool) {
        if !self.ends.observer.wants_totals(self.now, quiet) {
            return;
        }
        let queue = self.ends.shared.mailbox.stats();
        let totals = Totals {
            dropped: queue.dropped,
            dropped_reports: queue.dropped_reports,
            lag: queue.lag,
            pauses: queue.pauses,
            queued: queue.waiting,
            received: self.received,
            skipped: self.skipped,
        };
        self.ends.observer.totals(self.now, &totals);
    }

    fn moment(&self) -> Moment {
        Moment::new(self.now - self.epoch)
    }

    /// Carries out what the session says, about `frame` if that is what it was told.
    fn perform_all(&mut self, mut frame: Option<Utf8Bytes>) -> Handled {
        let mut handled = Handled {
            quiet: true,
            stopped: None,
        };
        loop {
            while let Some(action) = self.session.poll() {
                let text = frame.as_deref().unwrap_or_default();
                self.ends.observer.action(&action, text);
                handled.quiet &= matches!(action, Action::Dispatch { .. });
                if let Some(reason) = self.perform(action, &mut frame) {
                    handled.stopped = Some(reason);
                }
            }
            if self.paused || !self.full || handled.stopped.is_some() {
                return handled;
            }
            self.paused = true;
            handled.quiet = false;
            let moment = self.moment();
            self.session.handle(moment, Input::ReadingPaused);
        }
    }

    fn perform(&mut self, action: Action, frame: &mut Option<Utf8Bytes>) -> Option<StopReason> {
        match action {
            Action::Connect {
                generation, url, ..
            } => {
                let connector = Arc::clone(&self.ends.connector);
                let dial = Connection::open(connector, url, self.ends.framing);
                self.link = Link::Dialling(generation, Box::pin(dial));
            }
            Action::Send {
                generation,
                payload,
                command,
                ..
            } => {
                if let Link::Up(current, connection) = &mut self.link
                    && *current == generation
                {
                    connection.send(payload);
                }
                if let Some(command) = command {
                    self.ends.shared.requests.sent(command);
                }
            }
            Action::Close { generation, code } => self.close(generation, code),
            Action::AcquirePermit { generation } => {
                let granted = self.ends.identify_queue.acquire(self.origin.shard);
                self.permit = Permit::Waiting(generation, granted);
            }
            Action::SpendPermit { generation } => {
                if let Some(permit) = self.take_permit(generation) {
                    permit.spend();
                }
            }
            Action::ReturnPermit { generation } => drop(self.take_permit(generation)),
            Action::Dispatch {
                seq,
                name,
                data,
                replayed,
            } => {
                // A frame is one event at most.
                if let Some(frame) = frame.take() {
                    self.dispatch(Dispatch {
                        data,
                        frame,
                        name,
                        origin: Arc::clone(&self.origin),
                        replayed,
                        seq,
                    });
                }
            }
            Action::CommandFailed { command, error } => self.fail_command(command, error),
            Action::Event(event) => {
                self.ends.shared.requests.note(&event);
                if event.changes_the_session() {
                    self.refresh_session();
                }
                self.tell(ShardEvent::Session(event));
            }
            Action::Stopped(reason) => return Some(reason),
        }
        None
    }

    /// Hands an event of the gateway to the consumer, if the consumer wants it.
    fn dispatch(&mut self, dispatch: Dispatch) {
        self.ends.shared.requests.offer(&dispatch);
        let name = dispatch.name();
        let wanted = self.ends.interest.includes(name);
        let may_drop = self.ends.overflow.may_drop(name);
        if (!wanted || may_drop) && !self.session.protocol_mut().dispatch(name).is_other() {
            // What begins or resumes a session is handed on in any case.
            self.push(ShardEvent::Dispatch(dispatch), false);
        } else if wanted {
            self.push(ShardEvent::Dispatch(dispatch), may_drop);
        } else {
            self.skipped += 1;
        }
    }

    fn tell(&mut self, event: ShardEvent) {
        self.push(event, false);
    }

    fn push(&mut self, event: ShardEvent, may_drop: bool) {
        self.full |= self.ends.shared.mailbox.push(event, self.now, may_drop);
    }

    fn close(&mut self, generation: Generation, code: Option<u16>) {
        match (&mut self.link, code) {
            (Link::Up(current, connection), Some(code)) if *current == generation => {
                connection.close(code);
            }
            (Link::Up(current, _) | Link::Dialling(current, _), _) if *current == generation => {
                self.link = Link::Down;
            }
            _ => {}
        }
    }

    /// Takes the permit of a connection, or its request for one.
    fn take_permit(&mut self, generation: Generation) -> Option<IdentifyPermit> {
        match std::mem::replace(&mut self.permit, Permit::None) {
            Permit::Held(of, permit) if of == generation => Some(permit),
            Permit::Waiting(of, _) if of == generation => None,
            other => {
                self.permit = other;
                None
            }
        }
    }

    fn refresh_session(&mut self) {
        self.resumable = self.session.saved_session().map(Arc::new);
        let session_id = self.session.status().session_id.unwrap_or_default();
        if session_id != self.origin.session_id {
            self.origin = Arc::new(Origin {
                session_id,
                shard: self.origin.shard,
            });
        }
    }

    /// The commands that came too late for the session fail one by one, too.
    fn refuse_commands(&mut self) {
        for command in self.ends.shared.inbox.close() {
            self.fail_command(command.id(), CommandError::Stopped);
        }
    }

    /// Tells whoever sent it: one who waits for an answer, or else the consumer.
    fn fail_command(&mut self, command: Option<CommandId>, error: CommandError) {
        if !self.ends.shared.requests.failed(command, error) {
            self.tell(ShardEvent::CommandFailed { command, error });
        }
    }

    /// Brings up to date what every event changes.
    fn count(&self) {
        let session = self.session.counters();
        let counters = &self.ends.shared.counters;
        counters
            .dispatches
            .store(session.dispatches, Ordering::Relaxed);
        counters.replayed.store(session.replayed, Ordering::Relaxed);
        counters
            .received_bytes
            .store(self.received, Ordering::Relaxed);
        counters.skipped.store(self.skipped, Ordering::Relaxed);
        let seq = self.session.seq().unwrap_or(NO_SEQ);
        counters.seq.store(seq, Ordering::Relaxed);
    }

    /// Brings the status up to date, and wakes those who wait for it.
    fn report(&self, stopped: Option<&StopReason>) {
        self.ends.shared.report(|report| {
            self.count();
            let session = self.session.status();
            if session.state != report.session.state {
                report.since = self.now;
            }
            report.session = session;
            report.resumable.clone_from(&self.resumable);
            if stopped.is_some() {
                report.stopped = stopped.cloned();
            }
        });
    }
}

impl<P> Drop for Driver<P> {
    /// Also where the task panics or its runtime ends: whoever waits for it is told.
    fn drop(&mut self) {
        self.ends.shared.end();
    }
}

/// What came of an input.
struct Handled {
    /// Nobody has to be told of a change.
    quiet: bool,
    stopped: Option<StopReason>,
}
