//! Roles as the cache keeps them.

use std::ops::Deref;
use std::sync::Arc;

use polycord_types::{id::GuildId, role::Role};

/// A role at one moment, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedRole {
    pub(crate) guild_id: GuildId,
    pub(crate) role: Arc<Role>,
}

impl CachedRole {
    /// The guild the role belongs to.
    #[must_use]
    pub const fn guild_id(&self) -> GuildId {
        self.guild_id
    }
}

impl Deref for CachedRole {
    type Target = Role;

    fn deref(&self) -> &Role {
        &self.role
    }
}
