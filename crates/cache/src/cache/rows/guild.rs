//! Guilds as the cache keeps them.

use std::sync::Arc;

use polycord_types::{
    HeapSize, ImageHash, Timestamp,
    guild::Guild,
    id::{GuildId, UserId},
};

use serde::{Deserialize, Serialize};

use crate::{Cache, GuildView};

/// What the session knows about a guild's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GuildState {
    /// Named by READY; its `GUILD_CREATE` is still to come.
    Pending,
    /// What is cached may be old or incomplete: it stems from an earlier session, or from events of
    /// a session whose start was not seen. The guild's next `GUILD_CREATE` makes it true.
    Cold,
    /// What is cached is what Discord said last.
    Available,
    /// The guild has an outage. What is cached stays, and may be old.
    Unavailable,
}

/// What events tell of a guild itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Facts {
    /// Without its roles, emoji and stickers: they are kept apart.
    pub(crate) guild: Guild,
    pub(crate) joined_at: Option<Timestamp>,
    pub(crate) large: bool,
}

impl HeapSize for Facts {
    fn heap_size(&self) -> usize {
        self.guild.heap_size()
    }
}

/// A guild at one moment, without what the cache keeps apart: its channels, roles and members.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedGuild {
    pub(crate) facts: Arc<Facts>,
    pub(crate) state: GuildState,
    pub(crate) member_count: Option<u64>,
}

impl CachedGuild {
    /// Identifies the guild.
    #[must_use]
    pub fn id(&self) -> GuildId {
        self.facts.guild.id
    }

    /// The guild's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.facts.guild.name
    }

    /// Hash of the icon.
    #[must_use]
    pub fn icon(&self) -> Option<&ImageHash> {
        self.facts.guild.icon.as_ref()
    }

    /// The user who owns the guild, if an event told.
    #[must_use]
    pub fn owner_id(&self) -> Option<UserId> {
        self.facts.guild.owner_id
    }

    /// When the current user joined, if `GUILD_CREATE` told.
    #[must_use]
    pub fn joined_at(&self) -> Option<Timestamp> {
        self.facts.joined_at
    }

    /// Whether the guild is so large that `GUILD_CREATE` names only some of its members.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.facts.large
    }

    /// How many members there are: what `GUILD_CREATE` told, and who came and went since. Needs
    /// [`GUILD_MEMBERS`](https://docs.discord.com/developers/events/gateway#gateway-intents) to
    /// stay right: see [`GuildView::is_member_count_live`]. `None` before `GUILD_CREATE`.
    #[must_use]
    pub const fn member_count(&self) -> Option<u64> {
        self.member_count
    }

    /// What the session knows about the guild's contents.
    #[must_use]
    pub const fn state(&self) -> GuildState {
        self.state
    }

    /// The guild with everything in it, as it is at the moment of this call rather than when this was read. `None` if
    /// the current user has left it. The same as [`Cache::view`].
    #[must_use]
    pub fn view(&self, cache: &Cache) -> Option<GuildView> {
        cache.view(self.id())
    }

    /// Everything else about the guild. Its `roles`, `emojis` and `stickers` are empty: they are kept
    /// apart, see [`Cache::guild_roles`](crate::Cache::guild_roles) and the others.
    #[must_use]
    pub fn model(&self) -> &Guild {
        &self.facts.guild
    }
}
