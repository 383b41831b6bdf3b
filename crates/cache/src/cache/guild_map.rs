//! Every guild there is, for readers who wait for nobody.

use std::sync::Arc;

use arc_swap::ArcSwap;
use polycord_types::id::GuildId;

use super::cell::GuildCell;
use crate::table::Table;

type Cells = Table<GuildId, Arc<GuildCell>>;

/// Every guild there is. Guilds come and go seldom, and every read looks for one: so it is the writer who makes a new
/// map of them, of which a leaf is new, and a reader takes no lock and counts no reference that others count.
#[derive(Debug)]
pub(super) struct GuildMap {
    cells: ArcSwap<Cells>,
}

impl GuildMap {
    pub(super) fn new() -> Self {
        Self {
            cells: ArcSwap::from_pointee(Cells::new()),
        }
    }

    /// Looks at a guild.
    pub(super) fn look<T>(
        &self,
        guild: GuildId,
        look: impl FnOnce(&Arc<GuildCell>) -> T,
    ) -> Option<T> {
        self.cells.load().get(guild).map(look)
    }

    pub(super) fn get(&self, guild: GuildId) -> Option<Arc<GuildCell>> {
        self.look(guild, Arc::clone)
    }

    pub(super) fn contains(&self, guild: GuildId) -> bool {
        self.cells.load().contains(guild)
    }

    /// The guilds that there are at this moment.
    pub(super) fn all(&self) -> Arc<Cells> {
        self.cells.load_full()
    }

    /// The guilds that there are at this moment, by id.
    pub(super) fn ids(&self) -> Vec<GuildId> {
        self.cells.load().keys().collect()
    }

    pub(super) fn insert(&self, guild: GuildId, cell: &Arc<GuildCell>) {
        self.cells.rcu(|cells| {
            let mut cells = Cells::clone(cells);
            cells.insert(guild, Arc::clone(cell));
            cells
        });
    }

    pub(super) fn remove(&self, guild: GuildId) -> Option<Arc<GuildCell>> {
        let before = self.cells.rcu(|cells| {
            let mut cells = Cells::clone(cells);
            cells.remove(guild);
            cells
        });
        before.get(guild).map(Arc::clone)
    }
}
