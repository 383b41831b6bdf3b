//! Requests over the gateway that end: who waits for which answer.
//!
//! A request is a flight: one frame that was sent, or will be, and the events that answer it. Those who
//! wait listen to a flight; two who ask for the same share one. The driver tells the table what it sent,
//! what came in and how the session is; everything that takes time, decoding above all, is left to those who
//! wait.

mod channel_info;
mod error;
mod flight;
mod handle;
mod log;
mod members;
mod question;
mod soundboard;
#[cfg(test)]
mod tests;
mod voice;
mod waiting;

use std::{
    fmt,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    task::{Context, Waker},
    time::Duration,
};

use polycord_types::{decode, gateway::payload::RateLimited, id::UserId};
use tokio::time::Instant;

use self::{
    flight::{Flight, Lapse, Step},
    question::Question,
};
use crate::{CommandError, CommandId, Dispatch, SessionEvent, State};

pub use self::{
    channel_info::ChannelInfoRequest,
    error::RequestError,
    members::{MemberRequest, Members},
    soundboard::SoundboardRequest,
    voice::{VoiceConnectionInfo, VoiceJoin},
};

/// Set in the names of the commands that carry requests: their fate is told to whoever waits, not to the
/// consumer.
const OURS: u64 = 1 << 63;

/// Who waits for which answer. Shared by a driver and the handles of its shard.
pub(crate) struct Requests {
    /// How much is waited for. It may be read late: what a request is answered with cannot come before
    /// its frame has passed from the one who asks to the driver, and that orders them.
    pending: AtomicUsize,
    /// The bot's own id, zero while it is not known.
    user: AtomicU64,
    /// Tells the nonces of this table from those of any other, whose answers a replay may bring.
    origin: u64,
    table: Mutex<Table>,
}

struct Table {
    closed: bool,
    flights: Vec<Flight>,
    last: u64,
    /// Nobody has told who the bot is yet.
    anonymous: bool,
}

/// A listener's place in the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    flight: u64,
    listener: u64,
}

impl Requests {
    /// Nobody waits yet. `user` is the bot's own id, if a saved session told it.
    pub(crate) fn new(user: Option<u64>) -> Self {
        let anonymous = user.is_none();
        Self {
            pending: AtomicUsize::new(usize::from(anonymous)),
            user: AtomicU64::new(user.unwrap_or_default()),
            origin: fastrand::u64(..),
            table: Mutex::new(Table {
                closed: false,
                flights: Vec::new(),
                last: 0,
                anonymous,
            }),
        }
    }

    /// Shows an event to whoever waits for it. While nobody waits for anything this is one relaxed load.
    #[inline]
    pub(crate) fn offer(&self, dispatch: &Dispatch) {
        if self.pending.load(Ordering::Relaxed) != 0 {
            self.show(dispatch);
        }
    }

    /// The frame of a command was written.
    pub(crate) fn sent(&self, command: CommandId) {
        let Some(id) = flight_of(command) else {
            return;
        };
        let now = Instant::now();
        self.change(|flight| flight.id == id, |flight| flight.sent(now));
    }

    /// A command will not be carried out. Whether it carried a request, so that the consumer need not be
    /// told.
    pub(crate) fn failed(&self, command: Option<CommandId>, error: CommandError) -> bool {
        let Some(id) = command.and_then(flight_of) else {
            return false;
        };
        let lapse = Lapse::from(error);
        self.change(|flight| flight.id == id, |flight| flight.end(lapse));
        true
    }

    /// Something happened to the session. A request that was sent before it went away outlives a resume: its
    /// answer comes in the replay. With the session the answer is lost.
    pub(crate) fn note(&self, event: &SessionEvent) {
        let now = Instant::now();
        match event {
            SessionEvent::StateChanged { to, .. } => {
                let ready = *to == State::Ready;
                self.change(|_| true, |flight| flight.set_ready(ready, now));
            }
            SessionEvent::SessionLost { .. } => {
                self.change(Flight::is_sent, |flight| flight.end(Lapse::SessionLost));
            }
            _ => {}
        }
    }

    /// The shard has stopped.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.change(|_| true, |flight| flight.end(Lapse::Closed));
    }

    /// The bot's own id, if it was told.
    fn user(&self) -> Option<UserId> {
        UserId::try_from(self.user.load(Ordering::Relaxed)).ok()
    }

    /// Finds a place to wait for the answer, and gives the command that has to be sent for it: none where
    /// another waits for the same answer already.
    fn join(&self, question: &Question) -> Result<(Place, Option<crate::Command>), Lapse> {
        let now = Instant::now();
        let mut table = self.lock();
        if table.closed {
            return Err(Lapse::Closed);
        }
        table.last += 1;
        let listener = table.last;
        let shared = table
            .flights
            .iter_mut()
            .find(|flight| flight.is_open_to(question, now));
        if let Some(flight) = shared {
            flight.listen(listener);
            let place = Place {
                flight: flight.id,
                listener,
            };
            return Ok((place, None));
        }
        let nonce = format!("{:016x}-{listener:x}", self.origin);
        let mut flight = Flight::new(listener, nonce, question.clone(), now);
        flight.listen(listener);
        let command = flight.command();
        table.flights.push(flight);
        self.count(&table);
        let place = Place {
            flight: listener,
            listener,
        };
        Ok((place, Some(command)))
    }

    /// What a listener has to do next.
    fn step(&self, place: Place, cx: &Context<'_>, progressed: Instant, idle: Duration) -> Step {
        let now = Instant::now();
        // A waker is dropped without the lock: it may be what holds the last of somebody who has a place.
        let mut waker = Some(cx.waker().clone());
        let mut table = self.lock();
        let flight = table.flights.iter_mut().find(|it| it.id == place.flight);
        let step = match flight {
            Some(flight) => flight.step(place.listener, &mut waker, now, progressed, idle),
            None => Step::Lapsed(Lapse::Closed),
        };
        drop(table);
        step
    }

    /// Ends a flight for all who listen to it.
    fn end(&self, place: Place, lapse: Lapse) {
        self.change(|it| it.id == place.flight, |flight| flight.end(lapse));
    }

    /// The whole answer has come: whoever asks from now on has to ask anew.
    fn complete(&self, place: Place) {
        self.change(|it| it.id == place.flight, Flight::complete);
    }

    /// Gives a place up. A flight that nobody listens to is forgotten.
    fn leave(&self, place: Place) {
        let mut table = self.lock();
        if let Some(flight) = table.flights.iter_mut().find(|it| it.id == place.flight) {
            flight.ignore(place.listener);
        }
        self.forget(table);
    }

    /// Forgets the flights that nobody listens to.
    fn forget(&self, mut table: MutexGuard<'_, Table>) {
        let now = Instant::now();
        let flights = &mut table.flights;
        let over: Vec<_> = flights.extract_if(.., |it| it.is_over(now)).collect();
        self.count(&table);
        // Many megabytes, perhaps: they are given back without the lock that the driver may want.
        drop(table);
        drop(over);
    }

    #[cold]
    fn show(&self, dispatch: &Dispatch) {
        match dispatch.name() {
            "READY" => self.meet(dispatch),
            "RESUMED" => self.give_up_meeting(),
            "GUILD_MEMBERS_CHUNK" => {
                let nonce = text(dispatch, "nonce");
                self.deliver(dispatch, |flight| {
                    flight.asks_for_members() && nonce == Some(&flight.nonce)
                });
            }
            "SOUNDBOARD_SOUNDS" => {
                self.deliver_of_guild(dispatch, |question| matches!(question, Question::Sounds(_)));
            }
            "VOICE_STATE_UPDATE" | "VOICE_SERVER_UPDATE" => {
                self.deliver_of_guild(dispatch, |question| matches!(question, Question::Voice(_)));
            }
            "CHANNEL_INFO" => self.answer_channel_info(dispatch),
            "GUILD_DELETE" => {
                let outage = text_of(dispatch, "unavailable") == Some("true");
                let Some(guild) = id(dispatch, "id") else {
                    return;
                };
                self.change(
                    |flight| flight.question.is_about(guild),
                    |flight| flight.end(Lapse::GuildGone { outage }),
                );
            }
            "RATE_LIMITED" => self.hold(dispatch),
            _ => {}
        }
    }

    fn deliver(&self, dispatch: &Dispatch, whom: impl Fn(&Flight) -> bool) {
        let now = Instant::now();
        self.change(whom, |flight| flight.push(dispatch.clone(), now));
    }

    fn deliver_of_guild(&self, dispatch: &Dispatch, whom: impl Fn(&Question) -> bool) {
        if let Some(guild) = id(dispatch, "guild_id") {
            self.deliver(dispatch, |flight| {
                whom(&flight.question) && flight.question.is_about(guild)
            });
        }
    }

    /// Answers do not say which fields were asked for, but come in the order of the questions.
    fn answer_channel_info(&self, dispatch: &Dispatch) {
        let Some(guild) = id(dispatch, "guild_id") else {
            return;
        };
        let first = {
            let (table, now) = (self.lock(), Instant::now());
            let mut flights = table.flights.iter();
            let first = flights.find(|flight| {
                let asks = matches!(flight.question, Question::ChannelInfo(_));
                asks && flight.question.is_about(guild)
                    && flight.is_sent()
                    && flight.is_unanswered()
                    && !flight.is_over(now)
            });
            first.map(|flight| flight.id)
        };
        self.deliver(dispatch, |flight| Some(flight.id) == first);
        self.forget(self.lock());
    }

    /// A request came too soon.
    fn hold(&self, dispatch: &Dispatch) {
        let Ok(limited) = decode::from_str::<RateLimited>(dispatch.data()) else {
            return;
        };
        let wait = Duration::try_from_secs_f64(limited.retry_after).unwrap_or_default();
        let guild = id_of(member(dispatch, "meta"), "guild_id");
        let nonce = polycord_frame::member(member(dispatch, "meta"), "nonce").and_then(unquoted);
        let now = Instant::now();
        let meant = |flight: &Flight| {
            flight.is_sent()
                && flight.question.op() == limited.opcode
                && guild.is_none_or(|guild| flight.question.is_about(guild))
                && nonce.is_none_or(|nonce| nonce == flight.nonce)
        };
        self.change(meant, |flight| flight.hold(wait, now));
    }

    /// Learns who the bot is.
    fn meet(&self, dispatch: &Dispatch) {
        if let Some(user) = id_of(member(dispatch, "user"), "id") {
            self.user.store(user, Ordering::Relaxed);
        }
        self.give_up_meeting();
    }

    /// A session that is resumed does not tell who the bot is.
    fn give_up_meeting(&self) {
        let mut table = self.lock();
        table.anonymous = false;
        self.count(&table);
    }

    /// Changes the flights that fit, and wakes those who listen to them.
    fn change(&self, whom: impl Fn(&Flight) -> bool, mut change: impl FnMut(&mut Flight)) {
        let mut wakers: Vec<Waker> = Vec::new();
        for flight in self.lock().flights.iter_mut().filter(|it| whom(it)) {
            change(flight);
            flight.take_wakers(&mut wakers);
        }
        // Who wakes up may come straight back for the lock.
        wakers.into_iter().for_each(Waker::wake);
    }

    fn count(&self, table: &Table) {
        let pending = table.flights.len() + usize::from(table.anonymous);
        self.pending.store(pending, Ordering::Relaxed);
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Requests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requests")
            .field("pending", &self.pending)
            .finish_non_exhaustive()
    }
}

/// The flight that a command belongs to, if it belongs to one.
fn flight_of(command: CommandId) -> Option<u64> {
    (command.0 & OURS != 0).then_some(command.0 & !OURS)
}

/// The raw value of a member of the payload; of nothing else is looked for the end.
fn member<'a>(dispatch: &'a Dispatch, name: &str) -> &'a str {
    text_of(dispatch, name).unwrap_or_default()
}

fn text_of<'a>(dispatch: &'a Dispatch, name: &str) -> Option<&'a str> {
    polycord_frame::member(dispatch.tail(), name)
}

fn text<'a>(dispatch: &'a Dispatch, name: &str) -> Option<&'a str> {
    text_of(dispatch, name).and_then(unquoted)
}

fn id(dispatch: &Dispatch, name: &str) -> Option<u64> {
    id_of(dispatch.tail(), name)
}

fn id_of(object: &str, name: &str) -> Option<u64> {
    let value = polycord_frame::member(object, name)?;
    unquoted(value).unwrap_or(value).parse().ok()
}

/// The inside of a JSON string. Ids and our nonces have nothing to escape.
fn unquoted(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}
