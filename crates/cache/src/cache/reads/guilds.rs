//! Guilds.

use polycord_types::id::GuildId;

use crate::cache::entry::Guilds;
use crate::{Cache, CachedGuild, GuildState};

impl Cache {
    /// A guild.
    #[must_use]
    pub fn guild(&self, id: GuildId) -> Option<CachedGuild> {
        self.inner.find::<Guilds>(Some(id), ())
    }

    /// What the session knows about a guild's contents; `None` if it does not know that the current
    /// user is in it.
    #[must_use]
    pub fn guild_state(&self, id: GuildId) -> Option<GuildState> {
        Some(self.inner.guilds.get(&id)?.read().state)
    }

    /// The guilds that the current user is known to be in, whatever is known of them, by id.
    #[must_use]
    pub fn guild_ids(&self) -> Vec<GuildId> {
        let mut ids: Vec<_> = self.inner.guilds.iter().map(|cell| *cell.key()).collect();
        ids.sort_unstable();
        ids
    }

    /// The guilds, by id. Each is as it is when it is its turn; one that is left before is passed over.
    pub fn guilds(&self) -> impl Iterator<Item = CachedGuild> + Send + Sync + use<> {
        self.views().filter_map(|view| view.glance::<Guilds>(()))
    }
}
