//! Roles as the cache keeps them.

use std::ops::Deref;

use polycord_types::{id::GuildId, role::Role};

/// A role at one moment, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedRole {
    pub(super) guild_id: GuildId,
    pub(super) role: Role,
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
