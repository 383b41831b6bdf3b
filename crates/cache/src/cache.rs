//! The world as the events left it.

mod apply;
mod changes;
mod guild;
mod kind;
mod role;
mod stats;
mod user;
mod writer;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dashmap::DashMap;
use polycord_types::{
    channel::Channel,
    gateway::Event,
    id::{ChannelId, GuildId, RoleId, UserId},
};

pub use self::changes::{Arrival, Change, Changes};
pub use self::guild::{CachedGuild, GuildState};
pub use self::kind::{CacheBuilder, Kind};
pub use self::role::CachedRole;
pub use self::stats::{Counts, Stats};
pub use self::user::{CachedMember, CachedUser};
use self::writer::Writer;
use crate::Store;

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
    config: CacheBuilder,
    /// Held by one writer at a time. Readers never take it.
    books: Mutex<Books>,
    /// Every guild the current user is in, as far as known, with the ids of its contents.
    guild_index: DashMap<GuildId, GuildIndex>,
    guilds: Store<GuildId, CachedGuild>,
    channels: Store<ChannelId, Channel>,
    roles: Store<RoleId, CachedRole>,
    members: Store<(GuildId, UserId), CachedMember>,
    users: Store<UserId, CachedUser>,
    current_user: Store<(), CachedUser>,
}

/// What only writers need.
#[derive(Default)]
struct Books {
    /// In how many guilds each user is known to be; never zero.
    shared_guilds: HashMap<UserId, u32>,
    current_user: Option<UserId>,
    /// The guilds left last, so that late events do not bring them back.
    left: VecDeque<GuildId>,
    /// The shards whose READY was seen, as number and total.
    shards: HashSet<(u32, u32)>,
}

struct GuildIndex {
    state: GuildState,
    member_count: Option<u64>,
    channels: BTreeSet<ChannelId>,
    roles: BTreeSet<RoleId>,
    members: HashSet<UserId>,
    /// The members known only by what they did: the event that says they joined may still come.
    heard_of: HashSet<UserId>,
    /// Who came (true) and went (false) last, so that an event delivered twice counts once.
    moves: VecDeque<(UserId, bool)>,
}

impl GuildIndex {
    fn new(state: GuildState) -> Self {
        Self {
            state,
            member_count: None,
            channels: BTreeSet::new(),
            roles: BTreeSet::new(),
            members: HashSet::new(),
            heard_of: HashSet::new(),
            moves: VecDeque::new(),
        }
    }
}

impl Cache {
    /// A cache of every kind, without bounds.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A cache that forgets members and users of which it has not heard for `ttl`.
    ///
    /// Guilds, channels and roles stay as long as the session has them.
    #[must_use]
    pub fn with_ttl(ttl: Duration) -> Self {
        Self::builder()
            .ttl(Kind::Member, ttl)
            .ttl(Kind::User, ttl)
            .build()
    }

    /// Chooses what a cache keeps, how long and how much of it.
    pub fn builder() -> CacheBuilder {
        CacheBuilder::default()
    }

    fn with(config: &CacheBuilder) -> Self {
        Self {
            inner: Arc::new(Inner {
                books: Mutex::default(),
                guild_index: DashMap::new(),
                guilds: config.store(Kind::Guild),
                channels: config.store(Kind::Channel),
                roles: config.store(Kind::Role),
                members: config.store(Kind::Member),
                users: config.store(Kind::User),
                current_user: config.store(Kind::CurrentUser),
                config: config.clone(),
            }),
        }
    }

    /// Takes in one event and tells what it changed.
    ///
    /// `now` is the time since any origin that the caller keeps to. Events of one session must come
    /// in order; those of several sessions may come from several threads.
    pub fn apply(&self, event: &Event, now: Duration) -> Changes {
        let mut writer = self.writer(now);
        writer.event(event);
        writer.finish()
    }

    /// Says what time it is: reads go by it. [`apply`](Self::apply) does the same.
    pub fn tick(&self, now: Duration) {
        self.inner.guilds.tick(now);
        self.inner.channels.tick(now);
        self.inner.roles.tick(now);
        self.inner.members.tick(now);
        self.inner.users.tick(now);
        self.inner.current_user.tick(now);
    }

    /// Gives back the memory of everything that has expired by `now`. Optional: what has expired is
    /// absent anyway, and writes collect it bit by bit.
    pub fn sweep(&self, now: Duration) {
        self.writer(now).sweep();
    }

    /// Whether the cache keeps a kind.
    #[must_use]
    pub fn is_enabled(&self, kind: Kind) -> bool {
        self.inner.config.is_on(kind)
    }

    /// The user the session belongs to, once READY came.
    #[must_use]
    pub fn current_user(&self) -> Option<Arc<CachedUser>> {
        self.inner.current_user.get(&())
    }

    /// A guild.
    #[must_use]
    pub fn guild(&self, id: GuildId) -> Option<Arc<CachedGuild>> {
        self.inner.guilds.get(&id)
    }

    /// A channel of a guild, or an active thread.
    #[must_use]
    pub fn channel(&self, id: ChannelId) -> Option<Arc<Channel>> {
        self.inner.channels.get(&id)
    }

    /// A role.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<Arc<CachedRole>> {
        self.inner.roles.get(&id)
    }

    /// A user as a guild knows them.
    #[must_use]
    pub fn member(&self, guild: GuildId, user: UserId) -> Option<Arc<CachedMember>> {
        self.inner.members.get(&(guild, user))
    }

    /// A user who shares a guild with the current user, or the current user.
    #[must_use]
    pub fn user(&self, id: UserId) -> Option<Arc<CachedUser>> {
        self.inner.users.get(&id)
    }

    /// What the session knows about a guild's contents; `None` if it does not know that the current
    /// user is in it.
    #[must_use]
    pub fn guild_state(&self, id: GuildId) -> Option<GuildState> {
        self.inner.guild_index.get(&id).map(|index| index.state)
    }

    /// The guilds that the current user is known to be in, whatever is known of them, by id.
    #[must_use]
    pub fn guild_ids(&self) -> Vec<GuildId> {
        let mut ids: Vec<_> = self
            .inner
            .guild_index
            .iter()
            .map(|index| *index.key())
            .collect();
        ids.sort_unstable();
        ids
    }

    /// The guilds, in no order. Not counted as lookups, as all reads of many things.
    pub fn guilds(&self) -> impl Iterator<Item = Arc<CachedGuild>> {
        self.inner.guilds.iter().map(|(_, guild)| guild)
    }

    /// The channels and active threads of a guild, by id.
    #[must_use]
    pub fn guild_channels(&self, id: GuildId) -> Vec<Arc<Channel>> {
        let ids = self
            .inner
            .ids(id, |index| index.channels.iter().copied().collect());
        ids.iter()
            .filter_map(|id| self.inner.channels.peek(id))
            .collect()
    }

    /// The roles of a guild, by id.
    #[must_use]
    pub fn guild_roles(&self, id: GuildId) -> Vec<Arc<CachedRole>> {
        let ids = self
            .inner
            .ids(id, |index| index.roles.iter().copied().collect());
        ids.iter()
            .filter_map(|id| self.inner.roles.peek(id))
            .collect()
    }

    /// The known members of a guild, by id.
    #[must_use]
    pub fn guild_members(&self, id: GuildId) -> Vec<Arc<CachedMember>> {
        let mut ids = self
            .inner
            .ids(id, |index| index.members.iter().copied().collect());
        ids.sort_unstable();
        ids.iter()
            .filter_map(|user| self.inner.members.peek(&(id, *user)))
            .collect()
    }

    /// The roles of a member besides `@everyone`, as far as known.
    #[must_use]
    pub fn member_roles(&self, guild: GuildId, user: UserId) -> Vec<Arc<CachedRole>> {
        let member = self.inner.members.peek(&(guild, user));
        let ids = member
            .as_deref()
            .map(CachedMember::roles)
            .unwrap_or_default();
        ids.iter()
            .filter_map(|id| self.inner.roles.peek(id))
            .collect()
    }

    fn writer(&self, now: Duration) -> Writer<'_> {
        self.tick(now);
        // A panic in the middle leaves books that are still sound: each step keeps them so.
        let books = self
            .inner
            .books
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Writer::new(&self.inner, books, now)
    }
}

impl Inner {
    /// Copies ids out of a guild's index, so that no reader holds it.
    fn ids<T>(&self, guild: GuildId, ids: impl FnOnce(&GuildIndex) -> Vec<T>) -> Vec<T> {
        self.guild_index
            .get(&guild)
            .map(|index| ids(&index))
            .unwrap_or_default()
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
