//! A guild at one moment.

use std::fmt;
use std::iter;
use std::sync::Arc;

use polycord_types::{Timestamp, id::GuildId};

use crate::cache::data::{DIRECT, GuildData};
use crate::cache::entry::{Entry, Guilds};
use crate::cache::slot::Moment;
use crate::cache::tables::{ForEach, for_each};
use crate::table::Place;
use crate::{Cache, CachedGuild, GuildState, Kind};

/// A guild at one moment, with everything in it; made by [`Cache::view`].
///
/// Whatever is asked of it, the answers fit together: they are what the cache held when the view was made, whatever
/// events came since. It takes no copy of the guild, stops nobody, and may be kept: a clone costs next to nothing. For
/// as long as one is held, the cache keeps beside what it holds now what has changed since. What users are called, and
/// how they look beyond the guild, is the one thing that is not of that moment, but of the time of asking.
///
/// Lookups of one thing by its id count in the [`Stats`](crate::Stats) as those of [`Cache`] do, and nothing else does.
/// Iterators go by id unless they say otherwise, and copy a thing only when it is its turn.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use polycord_cache::Cache;
/// use polycord_types::{gateway::Event, id::GuildId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let cache = Cache::new();
/// let guild = Event::decode("GUILD_CREATE", r#"{"id": "1", "name": "Rust", "owner_id": "7", "member_count": 1,
///     "roles": [{"id": "1", "name": "@everyone", "permissions": "1024"}],
///     "channels": [{"id": "100", "type": 0, "name": "general"}]}"#)?;
/// let _ = cache.apply(&guild, Duration::ZERO);
///
/// let view = cache.view(GuildId::new(1)).ok_or("not in that guild")?;
/// let deleted = Event::decode("CHANNEL_DELETE", r#"{"id": "100", "type": 0, "guild_id": "1"}"#)?;
/// let _ = cache.apply(&deleted, Duration::ZERO);
///
/// let names: Vec<_> = view.channels().filter_map(|channel| channel.name.clone()).collect();
/// assert_eq!(names, ["general"]);
/// assert_eq!(cache.guild_channels(view.id()).count(), 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct GuildView {
    pub(super) cache: Cache,
    pub(super) data: Arc<GuildData>,
    pub(super) now: Moment,
    /// What Discord's clock shows, if that is known.
    pub(super) clock: Option<Timestamp>,
}

impl Cache {
    /// A guild at this moment, with everything in it. `None` if the current user is not known to be in it, as with
    /// [`guild_state`](Self::guild_state); whatever the state is, the view shows what is known.
    #[must_use]
    pub fn view(&self, guild: GuildId) -> Option<GuildView> {
        let data = self.inner.guilds.look(guild, |cell| cell.snapshot())?;
        Some(self.view_of(data))
    }

    /// A guild at this moment, or what belongs to direct messages.
    pub(in crate::cache) fn view_in(&self, home: GuildId) -> Option<GuildView> {
        let data = self.inner.cell(home)?.snapshot();
        Some(self.view_of(data))
    }

    fn view_of(&self, data: Arc<GuildData>) -> GuildView {
        let now = self.inner.now();
        GuildView {
            cache: self.clone(),
            data,
            now,
            clock: self.inner.clock(now),
        }
    }

    /// The guilds that the current user is known to be in, by id. Each view is of the moment when it is its turn; a
    /// guild that is left before is passed over.
    pub fn views(&self) -> impl Iterator<Item = GuildView> + Send + Sync + use<> {
        let cache = self.clone();
        let ids = self.guild_ids().into_iter();
        ids.filter_map(move |id| cache.view(id))
    }

    /// What is there of a kind in a guild, at this moment.
    pub(super) fn all<E: Entry>(
        &self,
        guild: GuildId,
    ) -> impl Iterator<Item = E::Shown> + Send + Sync + use<E> {
        all_of::<E>(self.view(guild))
    }

    /// What there is of a kind that belongs to no guild, at this moment.
    pub(super) fn all_direct<E: Entry>(
        &self,
    ) -> impl Iterator<Item = E::Shown> + Send + Sync + use<E> {
        all_of::<E>(self.view_in(DIRECT))
    }
}

fn all_of<E: Entry>(
    view: Option<GuildView>,
) -> impl Iterator<Item = E::Shown> + Send + Sync + use<E> {
    let mut place = Place::default();
    iter::from_fn(move || view.as_ref()?.step::<E>(&mut place, |_, _| true))
}

impl GuildView {
    /// Identifies the guild.
    #[must_use]
    pub fn id(&self) -> GuildId {
        self.data.id
    }

    /// What the session knew about the guild's contents.
    #[must_use]
    pub fn state(&self) -> GuildState {
        self.data.state
    }

    /// The guild itself. Counted as a lookup.
    #[must_use]
    pub fn guild(&self) -> Option<CachedGuild> {
        self.find::<Guilds>(())
    }

    /// How many things of a kind the cache holds of the guild, with what expired and was not collected yet; none of
    /// kinds that belong to no guild. Iterates over nothing.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        let mut count = Count {
            data: &self.data,
            kind,
            entries: 0,
        };
        for_each(&mut count);
        count.entries
    }

    /// One thing, counted as a lookup.
    pub(super) fn find<E: Entry>(&self, key: E::Key) -> Option<E::Shown> {
        let inner = &self.cache.inner;
        let policy = inner.policy(E::KIND);
        let slot = E::rows(&self.data).get(key);
        let slot = slot.filter(|slot| policy.is_live(&slot.life, self.now));
        let life = slot.map(|slot| &slot.life);
        inner.meter(E::KIND).lookup(policy, life, self.now);
        slot.map(|slot| E::seen(&self.data, key, &slot.row))
    }

    /// One row, without counting the lookup.
    pub(super) fn peek<E: Entry>(&self, key: E::Key) -> Option<&E::Row> {
        let slot = E::rows(&self.data).get(key)?;
        let policy = self.cache.inner.policy(E::KIND);
        policy.is_live(&slot.life, self.now).then_some(&slot.row)
    }

    /// One thing, without counting the lookup.
    pub(in crate::cache) fn glance<E: Entry>(&self, key: E::Key) -> Option<E::Shown> {
        let row = self.peek::<E>(key)?;
        Some(E::seen(&self.data, key, row))
    }

    /// All rows of a kind.
    pub(super) fn rows<E: Entry>(&self) -> impl Iterator<Item = (E::Key, &E::Row)> {
        let policy = self.cache.inner.policy(E::KIND);
        let rows = E::rows(&self.data).iter();
        rows.filter(|(_, slot)| policy.is_live(&slot.life, self.now))
            .map(|(key, slot)| (key, &slot.row))
    }

    /// Everything of a kind.
    pub(super) fn all<E: Entry>(&self) -> impl Iterator<Item = E::Shown> {
        self.all_where::<E>(|_, _| true)
    }

    /// What there is of a kind for which something holds.
    pub(super) fn all_where<E: Entry>(
        &self,
        mut holds: impl FnMut(E::Key, &E::Row) -> bool,
    ) -> impl Iterator<Item = E::Shown> {
        let rows = self.rows::<E>();
        rows.filter(move |(key, row)| holds(*key, row))
            .map(|(key, row)| E::seen(&self.data, key, row))
    }

    /// The thing at a place, or the first behind it, for which something holds.
    pub(super) fn step<E: Entry>(
        &self,
        place: &mut Place,
        mut holds: impl FnMut(E::Key, &E::Row) -> bool,
    ) -> Option<E::Shown> {
        let policy = self.cache.inner.policy(E::KIND);
        loop {
            let (key, slot) = E::rows(&self.data).step(place)?;
            if policy.is_live(&slot.life, self.now) && holds(key, &slot.row) {
                return Some(E::seen(&self.data, key, &slot.row));
            }
        }
    }
}

/// Counts the entries of one kind.
struct Count<'a> {
    data: &'a GuildData,
    kind: Kind,
    entries: usize,
}

impl ForEach for Count<'_> {
    fn kind<E: Entry>(&mut self) {
        if E::KIND == self.kind {
            self.entries += E::rows(self.data).len();
        }
    }
}

impl fmt::Debug for GuildView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuildView")
            .field("id", &self.id())
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
