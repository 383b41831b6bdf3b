//! The world as the events left it.

mod admission;
mod apply;
mod audit;
mod books;
mod cell;
mod changes;
mod data;
mod deadlines;
mod diff;
mod entry;
mod fetch;
mod guild_map;
mod insert;
mod keeper;
mod kind;
mod kinds;
#[cfg(feature = "metrics")]
mod metrics;
mod reads;
mod restart;
mod rows;
mod signals;
mod slot;
mod snowflakes;
mod stats;
mod subscription;
mod tables;
mod tally;
mod toggles;
mod users;
mod writer;

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use polycord_types::{
    gateway::{Event, Intents},
    id::{ChannelId, GuildId, RoleId},
};

use self::admission::Admissions;
pub use self::admission::{MemberApplicant, MessageApplicant, PresenceApplicant, UserApplicant};
use self::books::Books;
use self::cell::{Contention, GuildCell};
pub use self::changes::{Arrival, Change, Changes, Delta};
use self::data::{DIRECT, GuildData, Rows};
pub use self::deadlines::Ticked;
pub use self::diff::FieldChange;
pub use self::fetch::FetchExt;
use self::fetch::Fetches;
use self::guild_map::GuildMap;
use self::keeper::{Meter, Policy};
pub use self::kind::{CacheBuilder, Kind};
use self::kinds::Kinds;
pub use self::reads::GuildView;
pub use self::restart::{RestoreError, SessionPoint, Snapshot};
use self::rows::InviteCode;
pub use self::rows::{
    CachedBan, CachedChannel, CachedDmChannel, CachedGuild, CachedMember, CachedMessage,
    CachedPresence, CachedReaction, CachedRole, CachedThreadMember, CachedUser, CachedVoiceState,
    Gap, GuildState, InGuild, ReadState,
};
pub use self::signals::Signal;
use self::slot::Moment;
use self::snowflakes::IdMap;
pub use self::stats::{Counts, Stats};
pub use self::subscription::{Lagged, Subscription};
use self::users::{Shelf, Users};
use self::writer::Writer;
use crate::tasks::broadcast::Speaker;

/// What Discord's events say the world looks like now.
///
/// [`apply`](Self::apply) takes events in the order in which their sessions gave them and tells
/// what changed. Reads give snapshots: nothing a reader holds can stop a writer, so a snapshot may
/// be kept as long as it is useful, over an `.await` too. Cloning gives another handle to the same
/// cache.
///
/// What is absent is not known; it may exist all the same. What is present was true by the last
/// event heard of it, and [`guild_state`](Self::guild_state) tells whether events may be missing.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use polycord_cache::{Cache, GuildState};
/// use polycord_types::{gateway::Event, id::GuildId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let cache = Cache::new();
/// let outage = Event::decode("GUILD_DELETE", r#"{"id": "41771983423143937", "unavailable": true}"#)?;
/// let changes = cache.apply(&outage, Duration::ZERO);
///
/// let id = GuildId::new(41_771_983_423_143_937);
/// assert_eq!(changes.len(), 1);
/// assert_eq!(cache.guild_state(id), Some(GuildState::Unavailable));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Cache {
    inner: Arc<Inner>,
}

struct Inner {
    /// Those of the session, as far as told.
    intents: Intents,
    policies: [Policy; Kind::ALL.len()],
    /// The kinds whose rows expire.
    expiring: Kinds,
    admissions: Admissions,
    meters: [Meter; Kind::ALL.len()],
    messages_per_channel: usize,
    /// The latest time heard of, as a [`Moment`].
    now: AtomicU32,
    /// When the next thing falls due that happens by itself, as a [`Moment`].
    due: Apart<AtomicU32>,
    /// Held by one writer at a time. Readers never take it.
    books: Apart<Mutex<Books>>,
    /// Every guild the current user is in, as far as known.
    guilds: GuildMap,
    /// What belongs to direct messages.
    direct: Arc<GuildCell>,
    contention: Contention,
    /// Which guild a channel is in.
    channel_homes: IdMap<ChannelId, GuildId>,
    /// Which guild a channel is in of which messages are kept, or how much of it is unread.
    history_homes: IdMap<ChannelId, GuildId>,
    /// Which guild a role is of.
    role_homes: IdMap<RoleId, GuildId>,
    /// How many are connected to each voice channel; never zero.
    voice_counts: IdMap<ChannelId, u32>,
    /// Which guild an invite is to.
    invite_homes: dashmap::DashMap<InviteCode, GuildId>,
    users: Users,
    current_user: Shelf<()>,
    /// 0 before the first READY.
    current_user_id: AtomicU64,
    speaker: Speaker<Arc<Changes>>,
    fetches: Fetches,
    /// What Discord's clock shows when `now` is zero, in microseconds; [`reads::NO_CLOCK`] until somebody says so.
    clock: AtomicI64,
}

/// What each event writes, in lines of the processor's cache in which there is nothing that readers read.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Apart<T>(T);

impl Cache {
    /// A cache of every kind, without bounds.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A cache that forgets members, users and messages of which it has not heard for `ttl`.
    ///
    /// Guilds, channels and roles stay as long as the session has them.
    #[must_use]
    pub fn with_ttl(ttl: Duration) -> Self {
        Self::builder()
            .ttl(Kind::Member, ttl)
            .ttl(Kind::User, ttl)
            .ttl(Kind::Message, ttl)
            .ttl(Kind::DmChannel, ttl)
            .build()
    }

    /// Chooses what a cache keeps, how long and how much of it.
    pub fn builder() -> CacheBuilder {
        CacheBuilder::default()
    }

    fn with(config: &CacheBuilder) -> Self {
        let contention = Contention::default();
        Self {
            inner: Arc::new(Inner {
                intents: config.told_intents(),
                expiring: config.expiring(),
                policies: config.policies(),
                admissions: config.admissions.clone(),
                messages_per_channel: config.most_messages(),
                meters: Default::default(),
                now: AtomicU32::new(0),
                due: Apart(AtomicU32::new(Moment::NEVER.0)),
                books: Apart::default(),
                guilds: GuildMap::new(),
                direct: Arc::new(GuildCell::new(
                    Arc::new(GuildData::new(DIRECT, GuildState::Available)),
                    &contention,
                )),
                channel_homes: IdMap::default(),
                history_homes: IdMap::default(),
                role_homes: IdMap::default(),
                voice_counts: IdMap::default(),
                invite_homes: dashmap::DashMap::new(),
                users: std::array::from_fn(|_| Shelf::new(Rows::new(), &contention)),
                current_user: Shelf::new(Rows::new(), &contention),
                contention,
                current_user_id: AtomicU64::new(0),
                speaker: Speaker::new(),
                fetches: Fetches::new(config.absence_lifetime()),
                clock: AtomicI64::new(reads::NO_CLOCK),
            }),
        }
    }

    /// Takes in one event and tells what it changed.
    ///
    /// `now` is the time since any origin that the caller keeps to. Events of one session must come
    /// in order; those of several sessions may come from several threads.
    pub fn apply(&self, event: &Event, now: Duration) -> Changes {
        let mut writer = self.writer(now);
        writer.fall_due();
        writer.event(event);
        writer.finish()
    }

    /// Gives back the memory of everything that has expired by `now`. Optional: what has expired is
    /// absent anyway, and writes collect it bit by bit.
    pub fn sweep(&self, now: Duration) {
        self.writer(now).sweep();
    }

    /// Whether the cache keeps a kind.
    #[must_use]
    pub fn is_enabled(&self, kind: Kind) -> bool {
        self.inner.policy(kind).on
    }

    fn writer(&self, now: Duration) -> Writer<'_> {
        self.writer_at(self.pass(now))
    }

    fn writer_at(&self, now: Moment) -> Writer<'_> {
        Writer::new(&self.inner, self.books(), now)
    }

    /// Lets time pass; gives what time it is then.
    fn pass(&self, now: Duration) -> Moment {
        let (now, before) = (Moment::of(now), self.inner.now());
        if now <= before {
            // All readers look at it: nothing is written that is there.
            return before;
        }
        let before = self.inner.now.fetch_max(now.0, Ordering::Relaxed);
        now.max(Moment(before))
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // A panic in the middle leaves books that are still sound: each step keeps them so.
        let books = self.inner.books.0.lock();
        books.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    const fn policy(&self, kind: Kind) -> &Policy {
        &self.policies[kind as usize]
    }

    const fn meter(&self, kind: Kind) -> &Meter {
        &self.meters[kind as usize]
    }

    fn now(&self) -> Moment {
        Moment(self.now.load(Ordering::Relaxed))
    }

    fn due(&self) -> Moment {
        Moment(self.due.0.load(Ordering::Relaxed))
    }

    /// Lets ticks know when they have to do something.
    fn note_due(&self, books: &Books) {
        let next = books.deadlines.next().unwrap_or(Moment::NEVER);
        self.due.0.store(next.0, Ordering::Relaxed);
    }

    /// The guild that a channel or an active thread is in.
    fn channel_home(&self, channel: ChannelId) -> Option<GuildId> {
        self.channel_homes.get(&channel).map(|home| *home)
    }

    fn cell(&self, guild: GuildId) -> Option<Arc<GuildCell>> {
        if guild == DIRECT {
            return Some(Arc::clone(&self.direct));
        }
        self.guilds.get(guild)
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache")
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
