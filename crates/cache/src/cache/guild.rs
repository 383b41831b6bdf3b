//! Guilds as the cache keeps them.

use std::sync::Arc;

use polycord_types::{
    ImageHash, Timestamp,
    emoji::Emoji,
    guild::Guild,
    id::{GuildId, UserId},
    sticker::Sticker,
};

/// What the session knows about a guild's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A guild at one moment, without what the cache keeps apart: its channels, roles and members.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedGuild {
    pub(super) guild: Arc<Guild>,
    pub(super) state: GuildState,
    pub(super) joined_at: Option<Timestamp>,
    pub(super) large: bool,
    pub(super) member_count: Option<u64>,
}

impl CachedGuild {
    /// Identifies the guild.
    #[must_use]
    pub fn id(&self) -> GuildId {
        self.guild.id
    }

    /// The guild's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.guild.name
    }

    /// Hash of the icon.
    #[must_use]
    pub fn icon(&self) -> Option<&ImageHash> {
        self.guild.icon.as_ref()
    }

    /// The user who owns the guild, if an event told.
    #[must_use]
    pub fn owner_id(&self) -> Option<UserId> {
        self.guild.owner_id
    }

    /// The guild's own emoji.
    #[must_use]
    pub fn emojis(&self) -> &[Emoji] {
        &self.guild.emojis
    }

    /// The guild's own stickers.
    #[must_use]
    pub fn stickers(&self) -> &[Sticker] {
        self.guild.stickers.as_deref().unwrap_or_default()
    }

    /// When the current user joined, if `GUILD_CREATE` told.
    #[must_use]
    pub const fn joined_at(&self) -> Option<Timestamp> {
        self.joined_at
    }

    /// Whether the guild is so large that `GUILD_CREATE` names only some of its members.
    #[must_use]
    pub const fn is_large(&self) -> bool {
        self.large
    }

    /// How many members there are: what `GUILD_CREATE` told, and who came and went since. Needs
    /// [`GUILD_MEMBERS`](https://docs.discord.com/developers/events/gateway#gateway-intents) to
    /// stay right. `None` before `GUILD_CREATE`.
    #[must_use]
    pub const fn member_count(&self) -> Option<u64> {
        self.member_count
    }

    /// What the session knows about the guild's contents.
    #[must_use]
    pub const fn state(&self) -> GuildState {
        self.state
    }

    /// Everything else about the guild. Its `roles` are empty: they are kept apart, see
    /// [`Cache::guild_roles`](crate::Cache::guild_roles).
    #[must_use]
    pub fn model(&self) -> &Guild {
        &self.guild
    }
}
