//! Channels and threads.

use polycord_types::id::{ChannelId, GuildId};

use crate::cache::entry::{Channels, Threads};
use crate::{Cache, CachedChannel};

impl Cache {
    /// A channel of a guild, or an active thread.
    #[must_use]
    pub fn channel(&self, id: ChannelId) -> Option<CachedChannel> {
        let home = self.inner.channel_home(id);
        let is_thread = || {
            let cell = self.inner.cell(home?)?;
            Some(cell.read().tables.threads.contains(id))
        };
        if is_thread() == Some(true) {
            return self.inner.find::<Threads>(home, id);
        }
        self.inner.find::<Channels>(home, id)
    }

    /// An active thread.
    #[must_use]
    pub fn thread(&self, id: ChannelId) -> Option<CachedChannel> {
        self.inner.find::<Threads>(self.inner.channel_home(id), id)
    }

    /// The channels of a guild, by id, without its threads.
    #[must_use]
    pub fn guild_channels(&self, id: GuildId) -> Vec<CachedChannel> {
        self.inner.all::<Channels>(id)
    }

    /// The active threads of a guild, by id.
    #[must_use]
    pub fn guild_threads(&self, id: GuildId) -> Vec<CachedChannel> {
        self.inner.all::<Threads>(id)
    }
}
