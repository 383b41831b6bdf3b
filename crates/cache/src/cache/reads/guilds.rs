//! Guilds.

use polycord_types::id::GuildId;

use crate::cache::Inner;
use crate::cache::apply::shard_of;
use crate::cache::entry::Guilds;
use crate::{Cache, CachedGuild, GuildState, Kind};

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
        self.inner.guilds.look(id, |cell| cell.read().state)
    }

    /// The guilds that the current user is known to be in, whatever is known of them, by id.
    #[must_use]
    pub fn guild_ids(&self) -> Vec<GuildId> {
        self.inner.guilds.ids()
    }

    /// Whether the cache keeps a kind and hears whatever happens to it: the session has the
    /// [intents](Kind::intents) for it, as far as [`CacheBuilder::intents`](crate::CacheBuilder::intents) told. What is
    /// kept of a kind that is not followed was true once.
    #[must_use]
    pub fn follows(&self, kind: Kind) -> bool {
        self.inner.follows(kind)
    }

    /// The guilds whose events go to one of `total` shards, by id: see
    /// [sharding](https://docs.discord.com/developers/events/gateway#sharding). None if `total` is zero.
    pub fn guilds_of_shard(
        &self,
        number: u32,
        total: u32,
    ) -> impl Iterator<Item = CachedGuild> + Send + Sync + use<> {
        let cache = self.clone();
        let ids = self.guild_ids().into_iter();
        ids.filter(move |id| total > 0 && shard_of(*id, total) == number)
            .filter_map(move |id| cache.view(id)?.glance::<Guilds>(()))
    }

    /// The guilds, by id. Each is as it is when it is its turn; one that is left before is passed over.
    pub fn guilds(&self) -> impl Iterator<Item = CachedGuild> + Send + Sync + use<> {
        self.views().filter_map(|view| view.glance::<Guilds>(()))
    }
}

impl Inner {
    pub(in crate::cache) fn follows(&self, kind: Kind) -> bool {
        self.policy(kind).on && self.intents.contains(kind.intents())
    }
}
