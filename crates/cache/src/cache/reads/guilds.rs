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
}
