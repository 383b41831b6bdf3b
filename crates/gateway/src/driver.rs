//! The task between a [`Session`] and the world: it carries out what the session decides.
//!
//! It decides nothing itself, and waits for nothing but the next input: writes are queued by the
//! connection, events for a slow consumer by the [`Mailbox`].

use std::{future::poll_fn, pin::Pin, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, watch},
    time::{Instant, Sleep, sleep_until},
};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tracing::trace;

use crate::{
    Action, BoxFuture, BudgetExhausted, Command, CommandError, Connector, Dispatch, Generation,
    IdentifyPermit, IdentifyQueue, Input, Moment, Protocol, SavedSession, Session, ShardEvent,
    ShardId, ShardStatus, StopReason,
    connection::{Connection, Framing, Received},
    mailbox::Mailbox,
    shard_handle::Wishes,
    story,
};

/// Later than any deadline that is reached, and not so late that a clock overflows.
const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Everything a driver holds on to.
pub(crate) struct Ends {
    pub(crate) command_queue: usize,
    pub(crate) commands: mpsc::Receiver<Command>,
    pub(crate) connector: Arc<dyn Connector>,
    pub(crate) events: mpsc::Sender<ShardEvent>,
    pub(crate) framing: Framing,
    pub(crate) identify_queue: Arc<dyn IdentifyQueue>,
    pub(crate) status: watch::Sender<ShardStatus>,
    pub(crate) wishes: watch::Receiver<Wishes>,
}

pub(crate) struct Driver<P> {
    command_queue: usize,
    commands: mpsc::Receiver<Command>,
    connector: Arc<dyn Connector>,
    framing: Framing,
    identify_queue: Arc<dyn IdentifyQueue>,
    link: Link,
    mailbox: Mailbox,
    origin: Instant,
    permit: Permit,
    /// The session as it was when it began or was resumed.
    resumable: Option<Arc<SavedSession>>,
    session: Session<P>,
    /// Nobody reads the events any more.
    deserted: bool,
    session_id: Arc<str>,
    shard: ShardId,
    status: watch::Sender<ShardStatus>,
    wishes: watch::Receiver<Wishes>,
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
    Received(Generation, Received),
    Timeout,
    Wish,
}

impl<P: Protocol> Driver<P> {
    pub(crate) fn new(session: Session<P>, shard: ShardId, ends: Ends) -> Self {
        Self {
            command_queue: ends.command_queue,
            commands: ends.commands,
            connector: ends.connector,
            framing: ends.framing,
            identify_queue: ends.identify_queue,
            link: Link::Down,
            mailbox: Mailbox::new(ends.events),
            origin: Instant::now(),
            permit: Permit::None,
            resumable: session.saved_session().map(Arc::new),
            session_id: session.status().session_id.unwrap_or_default().into(),
            session,
            shard,
            status: ends.status,
            wishes: ends.wishes,
            seen: Wishes::default(),
            deserted: false,
        }
    }

    pub(crate) async fn run(mut self) {
        let mut alarm = Box::pin(sleep_until(self.origin));
        let mut stopped = self.handle(Input::Start, None);
        while stopped.is_none() {
            let woken = self.wait(alarm.as_mut()).await;
            stopped = self.react(woken);
        }
        // The consumer takes what is left in its own time; without one there is nothing to do.
        if let Some(reason) = stopped {
            self.link = Link::Down;
            self.permit = Permit::None;
            self.refuse_commands();
            self.mailbox.push(ShardEvent::Stopped(reason));
        }
        while !self.mailbox.is_empty() && self.mailbox.deliver().await {}
    }

    async fn wait(&mut self, mut alarm: Pin<&mut Sleep>) -> Woken {
        let deadline = self.session.deadline();
        if let Some(at) = deadline {
            let at = self.origin + at.since_origin().min(FAR);
            if alarm.deadline() != at {
                alarm.as_mut().reset(at);
            }
        }
        let paused = !self.mailbox.is_empty();
        let room = self.mailbox.has_room()
            && self.status.borrow().session.queued_commands < self.command_queue;
        let Self {
            commands,
            link,
            mailbox,
            permit,
            wishes,
            session,
            deserted,
            ..
        } = self;
        let (consumer, overflow) = mailbox.split();
        // A fresh connection is read up to its greeting in any case: that brings the consumer
        // nothing, and keeps the connection.
        let reading = !paused || session.state() == crate::State::AwaitingHello;
        tokio::select! {
            biased;
            () = alarm, if deadline.is_some() => Woken::Timeout,
            Ok(()) = wishes.changed() => Woken::Wish,
            permit = poll_fn(|cx| match permit {
                Permit::Waiting(generation, granted) => {
                    granted.as_mut().poll(cx).map(|permit| match permit {
                        Ok(permit) => Woken::Granted(*generation, permit),
                        Err(budget) => Woken::Denied(*generation, budget),
                    })
                }
                _ => std::task::Poll::Pending,
            }) => permit,
            room = consumer.reserve(), if paused => match room {
                Ok(room) => {
                    if let Some(event) = overflow.pop_front() {
                        room.send(event);
                    }
                    Woken::Delivered
                }
                Err(_) => Woken::Deserted,
            },
            () = consumer.closed(), if !*deserted => Woken::Deserted,
            Some(command) = commands.recv(), if room => Woken::Command(command),
            woken = poll_fn(|cx| match link {
                Link::Down => std::task::Poll::Pending,
                Link::Dialling(generation, dial) => {
                    dial.as_mut().poll(cx).map(|dialled| Woken::Dialled(*generation, dialled))
                }
                Link::Up(generation, connection) => connection
                    .poll_event(cx, reading)
                    .map(|received| Woken::Received(*generation, received)),
            }) => woken,
        }
    }

    fn react(&mut self, woken: Woken) -> Option<StopReason> {
        match woken {
            Woken::Command(command) => self.handle(Input::Command(command), None),
            Woken::Delivered if self.mailbox.is_empty() => self.handle(Input::ReadingResumed, None),
            Woken::Delivered => None,
            Woken::Deserted => {
                self.mailbox.abandon();
                if std::mem::replace(&mut self.deserted, true) {
                    return None;
                }
                self.handle(Input::Shutdown { resumable: false }, None)
            }
            Woken::Denied(generation, BudgetExhausted { reset_after }) => {
                self.permit = Permit::None;
                self.handle(
                    Input::PermitDenied {
                        generation,
                        retry_after: reset_after,
                    },
                    None,
                )
            }
            Woken::Dialled(generation, Ok(connection)) => {
                self.link = Link::Up(generation, connection);
                self.handle(Input::Connected { generation }, None)
            }
            Woken::Dialled(generation, Err(cause)) => {
                self.link = Link::Down;
                self.handle(Input::ConnectFailed { generation, cause }, None)
            }
            Woken::Granted(generation, permit) => {
                self.permit = Permit::Held(generation, permit);
                self.handle(Input::Permit { generation }, None)
            }
            Woken::Received(generation, Received::Text(text)) => {
                trace!(bytes = text.len(), event = "frame", "frame received");
                self.handle(
                    Input::Frame {
                        generation,
                        text: text.as_str(),
                    },
                    Some(&text),
                )
            }
            Woken::Received(generation, Received::Fault(fault)) => {
                self.handle(Input::BadFrame { generation, fault }, None)
            }
            Woken::Received(generation, Received::Closed { code, reason }) => {
                self.link = Link::Down;
                self.handle(
                    Input::Closed {
                        generation,
                        code,
                        reason,
                    },
                    None,
                )
            }
            Woken::Timeout => self.handle(Input::Timeout, None),
            Woken::Wish => self.grant_wishes(),
        }
    }

    fn grant_wishes(&mut self) -> Option<StopReason> {
        let wishes = *self.wishes.borrow_and_update();
        let before = std::mem::replace(&mut self.seen, wishes);
        match wishes.stop {
            Some(resumable) if before.stop.is_none() => {
                self.handle(Input::Shutdown { resumable }, None)
            }
            _ if wishes.wakes != before.wakes => self.handle(Input::Wake, None),
            _ => None,
        }
    }

    /// Hands `input` to the session and carries out what it says.
    fn handle(&mut self, input: Input<'_>, frame: Option<&Utf8Bytes>) -> Option<StopReason> {
        let was_paused = !self.mailbox.is_empty();
        let state = self.session.state();
        let quiet = frame.is_some();
        self.session
            .handle(Moment::new(self.origin.elapsed()), input);
        let mut noisy = !quiet;
        if self.session.state() != state {
            self.refresh_session();
            noisy = true;
        }
        let mut stopped = None;
        while let Some(action) = self.session.poll() {
            noisy |= !matches!(action, Action::Dispatch { .. });
            if let Some(reason) = self.perform(action, frame) {
                stopped = Some(reason);
            }
        }
        let paused = !self.mailbox.is_empty();
        if paused && !was_paused && stopped.is_none() {
            self.session
                .handle(Moment::new(self.origin.elapsed()), Input::ReadingPaused);
            while let Some(action) = self.session.poll() {
                if let Some(reason) = self.perform(action, frame) {
                    stopped = Some(reason);
                }
            }
            self.mailbox.pauses += 1;
            noisy = true;
        }
        self.publish(noisy, stopped.as_ref());
        stopped
    }

    fn perform(&mut self, action: Action, frame: Option<&Utf8Bytes>) -> Option<StopReason> {
        story::tell(&action, frame.map_or("", |frame| frame.as_str()));
        match action {
            Action::Connect {
                generation, url, ..
            } => {
                let dial = Connection::open(Arc::clone(&self.connector), url, self.framing);
                self.link = Link::Dialling(generation, Box::pin(dial));
            }
            Action::Send {
                generation,
                payload,
                ..
            } => {
                if let Link::Up(current, connection) = &mut self.link
                    && *current == generation
                {
                    connection.send(payload);
                }
            }
            Action::Close { generation, code } => self.close(generation, code),
            Action::AcquirePermit { generation } => {
                let granted = self.identify_queue.acquire(self.shard);
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
                if let Some(frame) = frame {
                    self.mailbox.push(ShardEvent::Dispatch(Dispatch {
                        data,
                        frame: frame.clone(),
                        name: name.text(frame.as_str()).into(),
                        replayed,
                        seq,
                        session_id: Arc::clone(&self.session_id),
                        shard: self.shard,
                    }));
                }
            }
            Action::CommandFailed { command, error } => {
                self.mailbox
                    .push(ShardEvent::CommandFailed { command, error });
            }
            Action::Event(event) => self.mailbox.push(ShardEvent::Session(event)),
            Action::Stopped(reason) => return Some(reason),
        }
        None
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
        let id = self.session.status().session_id.unwrap_or_default();
        if *id != *self.session_id {
            self.session_id = id.into();
        }
    }

    /// The commands that came too late for the session fail one by one, too.
    fn refuse_commands(&mut self) {
        self.commands.close();
        while let Ok(command) = self.commands.try_recv() {
            self.mailbox.push(ShardEvent::CommandFailed {
                command: command.id(),
                error: CommandError::Stopped,
            });
        }
    }

    /// Brings the status up to date; wakes those who wait for it unless it was but a dispatch.
    fn publish(&self, noisy: bool, stopped: Option<&StopReason>) {
        self.status.send_if_modified(|status| {
            status.dropped = self.mailbox.dropped;
            status.paused = !self.mailbox.is_empty();
            status.pauses = self.mailbox.pauses;
            status.session = self.session.status();
            status.resumable.clone_from(&self.resumable);
            if stopped.is_some() {
                status.stopped = stopped.cloned();
            }
            noisy
        });
    }
}
