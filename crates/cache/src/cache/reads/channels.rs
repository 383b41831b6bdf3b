//! Channels and threads.

use polycord_types::{
    channel::{Channel, ChannelType},
    id::ChannelId,
};

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

    /// The active threads that belong to a channel, by id.
    pub fn threads_of(&self, channel: ChannelId) -> impl Iterator<Item = CachedChannel> {
        let belongs = move |thread: &Channel| thread.parent_id == Some(channel);
        self.all_where::<Threads>(move |_, row| belongs(&row.channel))
    }

    /// The channels without threads, from top to bottom as Discord's client shows them: first those in no category,
    /// then every category with its channels behind it. Of each, those for voice come last; else they go by position,
    /// and where that is the same, by id.
    #[must_use]
    pub fn channels_in_order(&self) -> Vec<CachedChannel> {
        let place = |channel: &Channel| (channel.position.unwrap_or_default(), channel.id);
        let mut channels: Vec<_> = self.channels().collect();
        channels.sort_by_cached_key(|channel| {
            let is_category = |channel: &CachedChannel| channel.kind == ChannelType::GuildCategory;
            if is_category(channel) {
                return (Some(place(channel)), None);
            }
            let category = channel.parent_id.and_then(|id| self.glance::<Channels>(id));
            let category = category.filter(is_category);
            let is_voice = matches!(
                channel.kind,
                ChannelType::GuildVoice | ChannelType::GuildStageVoice
            );
            (
                category.map(|category| place(&category)),
                Some((is_voice, place(channel))),
            )
        });
        channels
    }
}
