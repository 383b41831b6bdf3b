//! What is kept as Discord's own model.

use std::ops::Deref;
use std::sync::Arc;

use polycord_types::{id::GuildId, role::Role};

/// Something of a guild at one moment, and which guild's it is.
#[derive(Debug, PartialEq, Eq)]
pub struct InGuild<T> {
    pub(crate) guild_id: GuildId,
    pub(crate) model: Arc<T>,
}

/// A role at one moment.
pub type CachedRole = InGuild<Role>;

impl<T> InGuild<T> {
    /// The guild it belongs to.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }

    /// Discord's model of it, to be kept.
    #[must_use]
    pub const fn model(&self) -> &Arc<T> {
        &self.model
    }
}

impl<T> Deref for InGuild<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.model
    }
}

impl<T> Clone for InGuild<T> {
    fn clone(&self) -> Self {
        Self {
            guild_id: self.guild_id,
            model: Arc::clone(&self.model),
        }
    }
}
