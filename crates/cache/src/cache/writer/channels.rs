//! Channels and threads.

use std::collections::HashSet;
use std::sync::Arc;

use polycord_types::{
    channel::{Channel, ChannelType},
    gateway::payload::ThreadListSync,
    id::ChannelId,
};

use super::Writer;
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::entry::{Channels, Threads};
use crate::cache::rows::{CachedChannel, ChannelRow};
use crate::tasks::flights::News;

impl Writer<'_> {
    /// Writes a channel or an active thread; a thread that is archived goes.
    pub(in crate::cache) fn put_channel(&mut self, data: &mut GuildData, channel: &Channel) {
        let mut new = Channel {
            guild_id: Some(data.id),
            ..channel.clone()
        };
        if !is_thread(channel) {
            // One that was a thread is one no more, nor the other way round.
            let row = ChannelRow::new(Arc::new(new));
            self.put::<Channels>(data, channel.id, row);
            return;
        }
        if new.member.is_none() {
            // Only the events that make or join a thread tell who the current user is in it.
            let known = self.known::<Threads>(data, channel.id);
            new.member = known.and_then(|known| known.channel.member.clone());
        }
        let row = ChannelRow::new(Arc::new(new));
        if !is_archived(channel) {
            self.put::<Threads>(data, channel.id, row);
            return;
        }
        self.heard::<Threads>(data.id, channel.id, News::Written);
        if let Some(old) = self.take::<Threads>(data, channel.id) {
            let new = CachedChannel { row };
            self.change(Change::Thread(Delta::Updated { old, new }));
        }
    }

    /// Removes a channel with its threads: nobody says so of each.
    pub(in crate::cache) fn remove_channel(&mut self, data: &mut GuildData, id: ChannelId) {
        self.remove::<Channels>(data, id);
        self.remove_threads(data, |thread| {
            thread.id == id || thread.parent_id == Some(id)
        });
    }

    /// Removes those of a guild's threads for which `goes` holds.
    pub(in crate::cache) fn remove_threads(
        &mut self,
        data: &mut GuildData,
        goes: impl Fn(&Channel) -> bool,
    ) {
        let threads = data.tables.threads.iter();
        let gone = threads.filter(|(_, slot)| goes(&slot.row.channel));
        let gone: Vec<_> = gone.map(|(id, _)| id).collect();
        for id in gone {
            self.remove::<Threads>(data, id);
        }
    }

    /// Makes a guild's channels and active threads those of lists that are complete.
    pub(in crate::cache) fn reconcile_channels(
        &mut self,
        data: &mut GuildData,
        channels: &[Channel],
        threads: &[Channel],
    ) {
        for channel in channels.iter().chain(threads) {
            self.put_channel(data, channel);
        }
        self.remove_unlisted::<Channels>(data, channels.iter().map(|channel| channel.id));
        self.remove_unlisted::<Threads>(data, threads.iter().map(|thread| thread.id));
    }

    /// Makes the active threads of some channels, or of all, those of a list.
    pub(in crate::cache) fn thread_list_sync(
        &mut self,
        data: &mut GuildData,
        event: &ThreadListSync,
    ) {
        let listed: HashSet<ChannelId> = event.threads.iter().map(|thread| thread.id).collect();
        for thread in &event.threads {
            self.put_channel(data, thread);
        }
        self.remove_threads(data, |thread| {
            let synced = event.channel_ids.as_ref().is_none_or(|parents| {
                let parent = thread.parent_id;
                parent.is_some_and(|parent| parents.contains(&parent))
            });
            synced && !listed.contains(&thread.id)
        });
    }
}

/// Whether a channel is a thread.
const fn is_thread(channel: &Channel) -> bool {
    matches!(
        channel.kind,
        ChannelType::AnnouncementThread | ChannelType::PublicThread | ChannelType::PrivateThread
    )
}

fn is_archived(thread: &Channel) -> bool {
    let metadata = thread.thread_metadata.as_ref();
    metadata.is_some_and(|thread| thread.archived)
}
