//! Every guild there is, for readers who wait for nobody.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};
use polycord_types::id::GuildId;

use super::cell::GuildCell;
use super::snowflakes::{SpreadIds, part_of};
use super::tally::table_bytes;

/// In how many parts the guilds are, as a power of two: how much less is copied when one comes or goes.
const BITS: u32 = 6;
const PARTS: usize = 1 << BITS;

pub(super) type Cells = HashMap<GuildId, Arc<GuildCell>, SpreadIds>;

/// Every guild there is. Guilds come and go seldom, and every read looks for one: so it is the writer who makes a new
/// map of them, and a reader takes no lock and counts no reference that others count.
#[derive(Debug)]
pub(super) struct GuildMap {
    parts: [ArcSwap<Cells>; PARTS],
}

impl GuildMap {
    pub(super) fn new() -> Self {
        Self {
            parts: std::array::from_fn(|_| ArcSwap::default()),
        }
    }

    /// A guild, if there is one, and others.
    pub(super) fn around(&self, guild: GuildId) -> Guard<Arc<Cells>> {
        self.part(guild).load()
    }

    /// Looks at a guild.
    pub(super) fn look<T>(
        &self,
        guild: GuildId,
        look: impl FnOnce(&Arc<GuildCell>) -> T,
    ) -> Option<T> {
        self.around(guild).get(&guild).map(look)
    }

    pub(super) fn get(&self, guild: GuildId) -> Option<Arc<GuildCell>> {
        self.look(guild, Arc::clone)
    }

    pub(super) fn contains(&self, guild: GuildId) -> bool {
        self.around(guild).contains_key(&guild)
    }

    /// What is found in the first guild in which there is something, in no order.
    pub(super) fn find<T>(
        &self,
        mut find: impl FnMut(GuildId, &Arc<GuildCell>) -> Option<T>,
    ) -> Option<T> {
        self.parts.iter().find_map(|part| {
            let cells = part.load();
            cells.iter().find_map(|(guild, cell)| find(*guild, cell))
        })
    }

    /// Looks at every guild, in no order.
    pub(super) fn each(&self, mut look: impl FnMut(GuildId, &Arc<GuildCell>)) {
        self.find(|guild, cell| -> Option<()> {
            look(guild, cell);
            None
        });
    }

    /// The guilds that there are, by id.
    pub(super) fn all(&self) -> Vec<Arc<GuildCell>> {
        let mut all = Vec::new();
        self.each(|guild, cell| all.push((guild, Arc::clone(cell))));
        all.sort_unstable_by_key(|(guild, _)| *guild);
        all.into_iter().map(|(_, cell)| cell).collect()
    }

    /// The ids of the guilds that there are, in order.
    pub(super) fn ids(&self) -> Vec<GuildId> {
        let mut ids = Vec::new();
        self.each(|guild, _| ids.push(guild));
        ids.sort_unstable();
        ids
    }

    /// For the one writer there is.
    pub(super) fn insert(&self, guild: GuildId, cell: &Arc<GuildCell>) {
        let part = self.part(guild);
        let mut cells = Cells::clone(&part.load());
        cells.insert(guild, Arc::clone(cell));
        part.store(Arc::new(cells));
    }

    /// For the one writer there is.
    pub(super) fn remove(&self, guild: GuildId) -> Option<Arc<GuildCell>> {
        let part = self.part(guild);
        let before = part.load();
        let gone = before.get(&guild)?;
        let others = before.iter().filter(|(other, _)| **other != guild);
        let others: Cells = others.map(|(id, cell)| (*id, Arc::clone(cell))).collect();
        part.store(Arc::new(others));
        Some(Arc::clone(gone))
    }

    /// How many guilds there are.
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.load().len()).sum()
    }

    /// What the map takes from the heap, without what is in its cells.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Cells>() + 2 * size_of::<usize>();
        let bytes = |part: &ArcSwap<Cells>| {
            each + table_bytes::<(GuildId, Arc<GuildCell>)>(part.load().capacity())
        };
        self.parts.iter().map(bytes).sum()
    }

    fn part(&self, guild: GuildId) -> &ArcSwap<Cells> {
        &self.parts[part_of(guild.get(), BITS)]
    }
}
