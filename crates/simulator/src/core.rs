//! The state behind a simulator, shared by its connections.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use crate::builder::Options;
use crate::compression::Streams;
use crate::faults::{Fault, Place, Scripts};
use crate::gateway::limits::IdentifyLimits;
use crate::gateway::names::Names;
use crate::gateway::sessions::Sessions;
use crate::ids::{Clock, Snowflakes};
use crate::journal::{Entry, EntryKind, Journal};
use crate::outgoing::Outgoing;
use crate::rest::application::Application;
use crate::rest::caller::Bearers;
use crate::rest::commands::Commands;
use crate::rest::interactions::Interaction;
use crate::rest::limits::RateLimits;
use crate::rest::messages::{Beside, Nonce};
use crate::schedule::Schedule;
use crate::world::WorldState;

/// Turns true when the simulator ends.
pub(crate) type Stop = watch::Receiver<bool>;

/// What the outside may ask of a live connection.
#[derive(Clone, Debug)]
pub(crate) enum Control {
    /// Op 7.
    Reconnect,
    /// Op 9 with this `d`.
    InvalidSession(bool),
    /// A close frame.
    Close(u16),
    /// Op 1.
    RequestHeartbeat,
    /// Nothing from here on, not even an end.
    Hang,
    /// A message as it is.
    Raw(Message),
    /// A frame, compressed as the connection is.
    Frame(Bytes),
    /// Frames, written together.
    Frames(Vec<Bytes>),
}

/// A live gateway connection, as the others see it.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) control: mpsc::Sender<Control>,
    /// Ends the connection without a close frame, whatever it is doing.
    pub(crate) cut: Arc<Notify>,
    /// Number and total, once known.
    pub(crate) shard: Option<(u32, u32)>,
    pub(crate) session: Option<String>,
}

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: WorldState,
    pub(crate) ids: Snowflakes,
    pub(crate) sessions: Sessions,
    pub(crate) names: Names,
    pub(crate) sessions_made: u64,
    pub(crate) connections: HashMap<u64, Live>,
    pub(crate) connections_made: u64,
    pub(crate) journal: Journal,
    pub(crate) scripts: Scripts,
    /// What was done to shards so far.
    pub(crate) recorded: Schedule,
    pub(crate) identify: IdentifyLimits,
    /// Whether the token was taken away, as Discord does when sessions are started without end.
    pub(crate) token_reset: bool,
    pub(crate) rates: RateLimits,
    pub(crate) commands: Commands,
    pub(crate) application: Application,
    pub(crate) bearers: Bearers,
    pub(crate) interactions: HashMap<u64, Interaction>,
    /// The person whose own client makes the request that is being answered; `None` for the bot's.
    pub(crate) acting: Option<u64>,
    /// What is known of messages beside what they show.
    pub(crate) beside: Beside,
    /// The nonces of the last messages.
    pub(crate) nonces: VecDeque<Nonce>,
    /// When all members of a guild were asked for last.
    pub(crate) member_requests: HashMap<u64, Instant>,
}

impl State {
    /// Who makes the request that is being answered: whose permissions count, and who is named in what
    /// it makes.
    pub(crate) fn actor(&self) -> u64 {
        self.acting.unwrap_or(self.world.bot)
    }
}

/// What all tasks of a simulator share.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) options: Options,
    pub(crate) clock: Clock,
    pub(crate) api_url: String,
    pub(crate) gateway_url: String,
    pub(crate) outgoing: Outgoing,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) streams: Arc<Streams>,
    /// Rings when something happened that a test may wait for: whatever is in the journal.
    pub(crate) changed: Notify,
    state: Mutex<State>,
}

impl Core {
    pub(crate) fn new(
        options: Options,
        world: WorldState,
        api_url: String,
        gateway_url: String,
        outgoing: Outgoing,
    ) -> Self {
        let clock = Clock::start();
        let mut world = world;
        world.clock = Some(clock);
        world.note_memberships();
        let state = State {
            world,
            ids: Snowflakes::default(),
            sessions: Sessions::default(),
            names: Names::default(),
            sessions_made: 0,
            connections: HashMap::new(),
            connections_made: 0,
            journal: Journal::with_limit(options.journal_limit),
            scripts: Scripts::default(),
            recorded: Schedule::new(),
            identify: IdentifyLimits::new(&options),
            token_reset: false,
            rates: RateLimits::default(),
            commands: Commands::default(),
            application: Application::new(&options),
            bearers: Bearers::default(),
            interactions: HashMap::new(),
            acting: None,
            beside: Beside::default(),
            nonces: VecDeque::new(),
            member_requests: HashMap::new(),
        };
        Self {
            options,
            clock,
            api_url,
            gateway_url,
            outgoing,
            stop: watch::Sender::new(false),
            streams: Arc::default(),
            changed: Notify::new(),
            state: Mutex::new(state),
        }
    }

    /// The state. Never held over an await; a panic of another holder does not make it unusable.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes an entry about a connection.
    pub(crate) fn note(&self, state: &mut State, connection: Option<u64>, kind: EntryKind) {
        let shard = connection
            .and_then(|id| state.connections.get(&id))
            .and_then(|c| c.shard);
        self.log(state, connection, shard, kind);
    }

    /// Writes an entry about a shard, connected or not.
    pub(crate) fn log(
        &self,
        state: &mut State,
        connection: Option<u64>,
        shard: Option<(u32, u32)>,
        kind: EntryKind,
    ) {
        let entry = Entry {
            at: self.clock.elapsed(),
            connection,
            shard,
            kind,
        };
        if let Some(recorder) = &self.options.recorder {
            recorder.entry(&entry, self.clock.start_ms(), &self.options.token);
        }
        state.journal.push(entry);
        self.changed.notify_waiters();
    }

    /// A scripted fault for this place, noted in the journal when there is one.
    pub(crate) fn fault(
        &self,
        state: &mut State,
        connection: Option<u64>,
        place: Place,
        bites: impl Fn(&Fault) -> bool,
    ) -> Option<Fault> {
        let live = live_shards(&state.connections);
        let fault = state.scripts.take(place, live, bites)?;
        self.note_fault(state, connection, &fault);
        Some(fault)
    }

    /// As [`Self::fault`], every one that is scripted, each once.
    pub(crate) fn faults(
        &self,
        state: &mut State,
        connection: Option<u64>,
        place: Place,
        bites: impl Fn(&Fault) -> bool,
    ) -> Vec<Fault> {
        let live = live_shards(&state.connections);
        let faults = state.scripts.take_each(place, live, bites);
        for fault in &faults {
            self.note_fault(state, connection, fault);
        }
        faults
    }

    fn note_fault(&self, state: &mut State, connection: Option<u64>, fault: &Fault) {
        let fault = format!("{fault:?}");
        self.note(state, connection, EntryKind::FaultPlayed { fault });
    }

    /// Whether this is the bot's token.
    pub(crate) fn is_token(&self, state: &State, token: &str) -> bool {
        !state.token_reset && token == self.options.token
    }

    /// The next snowflake.
    pub(crate) fn next_id(&self, state: &mut State) -> u64 {
        state.ids.next(self.clock.now_ms())
    }
}

/// Which shards are connected.
fn live_shards(connections: &HashMap<u64, Live>) -> impl Fn(u32) -> bool + '_ {
    |number| {
        connections
            .values()
            .any(|live| live.shard.is_some_and(|(shard, _)| shard == number))
    }
}
