//! Presences.

use polycord_types::id::{GuildId, UserId};

use super::GuildView;
use crate::cache::data::GuildData;
use crate::cache::entry::{Entry, Presences};
use crate::cache::rows::PresenceRow;
use crate::{Cache, CachedPresence};

impl Cache {
    /// How a user is seen in a guild. `None` if nothing was told; a member who is known to be offline has a presence,
    /// although the cache keeps no entry for it, and counts none.
    ///
    /// Needs the intents [`GUILD_PRESENCES`](polycord_types::gateway::Intents::GUILD_PRESENCES) and
    /// [`GUILD_MEMBERS`](polycord_types::gateway::Intents::GUILD_MEMBERS): without the latter, members are known only
    /// once they do something, and their presences from then on.
    #[must_use]
    pub fn presence(&self, guild: GuildId, user: UserId) -> Option<CachedPresence> {
        let online = self.inner.find::<Presences>(Some(guild), user);
        online.or_else(|| offline(&self.inner.cell(guild)?.read(), user))
    }
}

impl GuildView {
    /// How a user is seen in the guild, as [`Cache::presence`] tells it. Counted as a lookup.
    #[must_use]
    pub fn presence(&self, user: UserId) -> Option<CachedPresence> {
        let online = self.find::<Presences>(user);
        online.or_else(|| offline(&self.data, user))
    }
}

fn offline(data: &GuildData, user: UserId) -> Option<CachedPresence> {
    let is_offline = data.offline.contains(user);
    is_offline.then(|| Presences::shown(data, user, PresenceRow::OFFLINE))
}
