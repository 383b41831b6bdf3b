//! The world as the events left it.

mod apply;
mod books;
mod changes;
mod data;
mod entry;
mod keeper;
mod kind;
mod rows;
mod slot;
mod stats;
mod tables;
mod users;
mod writer;

use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dashmap::DashMap;
use polycord_types::{
    emoji::Emoji,
    gateway::Event,
    id::{ChannelId, EmojiId, GuildId, RoleId, StickerId, UserId},
    sticker::Sticker,
};

use self::books::Books;
pub use self::changes::{Arrival, Change, Changes, Delta};
use self::data::{DIRECT, GuildCell, GuildData};
use self::entry::{Channels, Emojis, Entry, Guilds, Members, Roles, Stickers, Threads};
use self::keeper::{Meter, Policy};
pub use self::kind::{CacheBuilder, Kind};
use self::rows::UserRow;
pub use self::rows::{
    CachedChannel, CachedGuild, CachedMember, CachedRole, CachedUser, GuildState, InGuild,
};
use self::slot::Moment;
pub use self::stats::{Counts, Stats};
use self::users::{Shelf, Users, part};
use self::writer::Writer;

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
    policies: [Policy; Kind::ALL.len()],
    meters: [Meter; Kind::ALL.len()],
    /// The latest time heard of, as a [`Moment`].
    now: AtomicU32,
    /// Held by one writer at a time. Readers never take it.
    books: Mutex<Books>,
    /// Every guild the current user is in, as far as known.
    guilds: DashMap<GuildId, Arc<GuildCell>>,
    /// What belongs to direct messages.
    direct: Arc<GuildCell>,
    /// Which guild a channel is in.
    channel_homes: DashMap<ChannelId, GuildId>,
    /// Which guild a role is of.
    role_homes: DashMap<RoleId, GuildId>,
    users: Users,
    current_user: Shelf<()>,
    /// 0 before the first READY.
    current_user_id: AtomicU64,
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
                policies: config.policies(),
                meters: Default::default(),
                now: AtomicU32::new(0),
                books: Mutex::default(),
                guilds: DashMap::new(),
                direct: Arc::new(GuildCell::new(GuildData::new(
                    DIRECT,
                    GuildState::Available,
                ))),
                channel_homes: DashMap::new(),
                role_homes: DashMap::new(),
                users: std::array::from_fn(|_| Shelf::default()),
                current_user: Shelf::default(),
                current_user_id: AtomicU64::new(0),
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

    /// Says what time it is: reads go by it. [`apply`](Self::apply) does the same. Time never goes back.
    ///
    /// Lifetimes are counted in sixteenths of a second.
    pub fn tick(&self, now: Duration) {
        let now = Moment::of(now).0;
        self.inner.now.fetch_max(now, Ordering::Relaxed);
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

    /// The user the session belongs to, once READY came.
    #[must_use]
    pub fn current_user(&self) -> Option<CachedUser> {
        let rows = &self.inner.current_user;
        let row = self.inner.find_user(Kind::CurrentUser, rows, ())?;
        let id = UserId::try_from(self.inner.current_user_id.load(Ordering::Relaxed)).ok()?;
        Some(CachedUser { id, row })
    }

    /// A guild.
    #[must_use]
    pub fn guild(&self, id: GuildId) -> Option<CachedGuild> {
        self.inner.find::<Guilds>(Some(id), ())
    }

    /// A channel of a guild, or an active thread.
    #[must_use]
    pub fn channel(&self, id: ChannelId) -> Option<CachedChannel> {
        let home = self.inner.channel_home(id);
        let is_thread = || {
            let cell = self.inner.cell(home?)?;
            Some(cell.read().tables.threads.contains(id))
        };
        if is_thread() == Some(true) {
            return self.inner.find::<Threads>(home, id);
        }
        self.inner.find::<Channels>(home, id)
    }

    /// An active thread.
    #[must_use]
    pub fn thread(&self, id: ChannelId) -> Option<CachedChannel> {
        self.inner.find::<Threads>(self.inner.channel_home(id), id)
    }

    /// A role.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<CachedRole> {
        let home = self.inner.role_homes.get(&id).map(|home| *home);
        self.inner.find::<Roles>(home, id)
    }

    /// A user as a guild knows them.
    #[must_use]
    pub fn member(&self, guild: GuildId, user: UserId) -> Option<CachedMember> {
        self.inner.find::<Members>(Some(guild), user)
    }

    /// A user who shares a guild with the current user, or the current user.
    #[must_use]
    pub fn user(&self, id: UserId) -> Option<CachedUser> {
        let rows = part(&self.inner.users, id);
        let row = self.inner.find_user(Kind::User, rows, id)?;
        Some(CachedUser { id, row })
    }

    /// What the session knows about a guild's contents; `None` if it does not know that the current
    /// user is in it.
    #[must_use]
    pub fn guild_state(&self, id: GuildId) -> Option<GuildState> {
        Some(self.inner.cell(id)?.read().state)
    }

    /// The guilds that the current user is known to be in, whatever is known of them, by id.
    #[must_use]
    pub fn guild_ids(&self) -> Vec<GuildId> {
        let mut ids: Vec<_> = self.inner.guilds.iter().map(|cell| *cell.key()).collect();
        ids.sort_unstable();
        ids
    }

    /// The guilds, by id. Not counted as lookups, as all reads of many things.
    pub fn guilds(&self) -> impl Iterator<Item = CachedGuild> {
        let cache = self.clone();
        self.guild_ids().into_iter().filter_map(move |id| {
            let data = cache.inner.cell(id)?.snapshot();
            cache.inner.peek::<Guilds>(&data, ())
        })
    }

    /// The channels of a guild, by id, without its threads.
    #[must_use]
    pub fn guild_channels(&self, id: GuildId) -> Vec<CachedChannel> {
        self.inner.all::<Channels>(id)
    }

    /// The active threads of a guild, by id.
    #[must_use]
    pub fn guild_threads(&self, id: GuildId) -> Vec<CachedChannel> {
        self.inner.all::<Threads>(id)
    }

    /// The roles of a guild, by id.
    #[must_use]
    pub fn guild_roles(&self, id: GuildId) -> Vec<CachedRole> {
        self.inner.all::<Roles>(id)
    }

    /// An emoji of a guild.
    #[must_use]
    pub fn emoji(&self, guild: GuildId, id: EmojiId) -> Option<InGuild<Emoji>> {
        self.inner.find::<Emojis>(Some(guild), id)
    }

    /// The emoji of a guild, by id.
    #[must_use]
    pub fn guild_emojis(&self, id: GuildId) -> Vec<InGuild<Emoji>> {
        self.inner.all::<Emojis>(id)
    }

    /// A sticker of a guild.
    #[must_use]
    pub fn sticker(&self, guild: GuildId, id: StickerId) -> Option<InGuild<Sticker>> {
        self.inner.find::<Stickers>(Some(guild), id)
    }

    /// The stickers of a guild, by id.
    #[must_use]
    pub fn guild_stickers(&self, id: GuildId) -> Vec<InGuild<Sticker>> {
        self.inner.all::<Stickers>(id)
    }

    /// The known members of a guild, by id.
    #[must_use]
    pub fn guild_members(&self, id: GuildId) -> Vec<CachedMember> {
        self.inner.all::<Members>(id)
    }

    /// The roles of a member besides `@everyone`, as far as known.
    #[must_use]
    pub fn member_roles(&self, guild: GuildId, user: UserId) -> Vec<CachedRole> {
        let Some(data) = self.inner.cell(guild).map(|cell| cell.snapshot()) else {
            return Vec::new();
        };
        let member = self.inner.peek::<Members>(&data, user);
        let roles = member.iter().flat_map(CachedMember::roles);
        roles
            .filter_map(|role| self.inner.peek::<Roles>(&data, *role))
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
        Writer::new(&self.inner, books, self.inner.now())
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

    /// The guild that a channel or an active thread is in.
    fn channel_home(&self, channel: ChannelId) -> Option<GuildId> {
        self.channel_homes.get(&channel).map(|home| *home)
    }

    fn cell(&self, guild: GuildId) -> Option<Arc<GuildCell>> {
        if guild == DIRECT {
            return Some(Arc::clone(&self.direct));
        }
        self.guilds.get(&guild).map(|cell| Arc::clone(&cell))
    }

    /// One thing of a guild, counted as a lookup.
    fn find<E: Entry>(&self, guild: Option<GuildId>, key: E::Key) -> Option<E::Shown> {
        let (policy, now) = (self.policy(E::KIND), self.now());
        let cell = guild.and_then(|guild| self.guilds.get(&guild));
        let data = cell.as_ref().map(|cell| cell.read());
        let found = data.as_deref().and_then(|data| {
            let slot = E::rows(data).get(key)?;
            policy.is_live(&slot.life, now).then_some((data, slot))
        });
        let life = found.map(|(_, slot)| &slot.life);
        self.meter(E::KIND).lookup(policy, life, now);
        found.map(|(data, slot)| E::shown(data, key, slot.row.clone()))
    }

    /// One thing of a guild, without counting the lookup.
    fn peek<E: Entry>(&self, data: &GuildData, key: E::Key) -> Option<E::Shown> {
        let slot = E::rows(data).get(key)?;
        let live = self.policy(E::KIND).is_live(&slot.life, self.now());
        live.then(|| E::shown(data, key, slot.row.clone()))
    }

    /// What is live of a kind, by id.
    fn live<E: Entry>(&self, data: &GuildData) -> impl Iterator<Item = E::Shown> {
        let (policy, now) = (self.policy(E::KIND), self.now());
        let live = E::rows(data).iter();
        live.filter(move |(_, slot)| policy.is_live(&slot.life, now))
            .map(|(key, slot)| E::shown(data, key, slot.row.clone()))
    }

    fn all<E: Entry>(&self, guild: GuildId) -> Vec<E::Shown> {
        let data = self.cell(guild).map(|cell| cell.snapshot());
        let all = data.iter().flat_map(|data| self.live::<E>(data));
        all.collect()
    }

    fn find_user<K: Copy + Ord>(&self, kind: Kind, rows: &Shelf<K>, key: K) -> Option<UserRow> {
        let (policy, now) = (self.policy(kind), self.now());
        let rows = rows.read();
        let found = rows.get(key).filter(|slot| policy.is_live(&slot.life, now));
        let life = found.map(|slot| &slot.life);
        self.meter(kind).lookup(policy, life, now);
        found.map(|slot| slot.row.clone())
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
