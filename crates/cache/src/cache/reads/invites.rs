//! Invites by their codes.

use polycord_types::gateway::payload::InviteCreate;

use super::GuildView;
use crate::cache::entry::Invites;
use crate::cache::rows::InviteCode;
use crate::{Cache, InGuild};

impl Cache {
    /// An invite to a guild, if an event of this session told of it. How often it was used since is not known.
    #[must_use]
    pub fn invite(&self, code: &str) -> Option<InGuild<InviteCreate>> {
        let code = InviteCode::new(code);
        let homes = &self.inner.invite_homes;
        let home = code.and_then(|code| homes.get(&code)).map(|home| *home);
        self.inner.find::<Invites>(home, code.unwrap_or_default())
    }
}

impl GuildView {
    /// An invite to the guild, if an event of this session told of it. Counted as a lookup.
    #[must_use]
    pub fn invite(&self, code: &str) -> Option<InGuild<InviteCreate>> {
        self.find::<Invites>(InviteCode::new(code).unwrap_or_default())
    }
}
