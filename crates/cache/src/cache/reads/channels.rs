//! Channels and threads.

use polycord_types::id::ChannelId;

use super::GuildView;
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
}

impl GuildView {
    /// A channel of the guild, or an active thread. Counted as a lookup.
    #[must_use]
    pub fn channel(&self, id: ChannelId) -> Option<CachedChannel> {
        if self.data.tables.threads.contains(id) {
            return self.find::<Threads>(id);
        }
        self.find::<Channels>(id)
    }
}
