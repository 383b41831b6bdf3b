//! Channels.

use std::collections::HashSet;
use std::sync::Arc;

use polycord_types::{
    Timestamp,
    channel::{Channel, ChannelType},
    gateway::payload::{ChannelInfo, VoiceChannelStartTimeUpdate, VoiceChannelStatusUpdate},
    id::ChannelId,
};

use super::Writer;
use super::sight::{forget_unseen, note_unseen};
use crate::cache::data::GuildData;
use crate::cache::entry::{Channels, Invites, StageInstances, Threads};
use crate::cache::rows::{ChannelRow, VoiceSession};

impl Writer<'_> {
    /// Writes a channel or an active thread as an event tells it.
    pub(in crate::cache) fn put_channel(&mut self, data: &mut GuildData, channel: &Channel) {
        if channel.kind.is_thread() {
            self.thread_event(data, channel);
            return;
        }
        let known = self.known_channel(data, channel.id);
        let mut new = channel_of(data, channel);
        if let Some(known) = known.filter(|_| !channel.is_obfuscated()) {
            keep_latest(&mut new, known);
            if data.unseen.contains(channel.id) {
                // Nobody told that the last pin was taken off while the channel could not be viewed.
                new.last_pin_timestamp = channel.last_pin_timestamp;
            }
        }
        self.write_channel(data, new);
        self.look_at(data, channel);
    }

    fn write_channel(&mut self, data: &mut GuildData, channel: Channel) {
        let id = channel.id;
        // A channel is never a thread and no thread becomes a channel: it would be there twice.
        if channel.kind.is_thread() || data.tables.threads.contains(id) {
            return;
        }
        let is_obfuscated = channel.is_obfuscated();
        let last = is_obfuscated.then(|| self.last_seen(data, id));
        let known = self.known::<Channels>(data, id);
        let mut row = ChannelRow::new(Arc::new(channel));
        row.voice = known
            .and_then(|known| known.voice.clone())
            .filter(|_| !is_obfuscated);
        self.put::<Channels>(data, id, row);
        if let Some(last) = last {
            self.forget_behind(data, id);
            note_unseen(data, last);
        }
    }

    /// Removes a channel with its threads, and what else is in it: nobody says so of each.
    pub(in crate::cache) fn remove_channel(&mut self, data: &mut GuildData, id: ChannelId) {
        self.remove::<Channels>(data, id);
        self.remove::<StageInstances>(data, id);
        self.remove_thread(data, id);
        self.forget_behind(data, id);
        forget_unseen(data, |gone, unseen| gone == id || unseen.parent == Some(id));
        self.empty_voice_channel(data, id);
    }

    /// Forgets what is in a channel, and its threads: nothing will be told of them any more.
    pub(in crate::cache) fn forget_behind(&mut self, data: &mut GuildData, channel: ChannelId) {
        self.forget_channel_contents(data, channel);
        self.remove_threads(data, |thread| thread.parent_id == Some(channel));
    }

    /// Forgets what is in a channel or a thread, which is gone or cannot be seen any more.
    pub(in crate::cache) fn forget_channel_contents(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
    ) {
        self.forget_history(data, channel);
        self.forget_thread_members(data, channel);
        self.stop_typing(data, |place, _| place == channel);
        let invites = data.tables.invites.iter();
        let gone = invites.filter(|(_, slot)| slot.row.channel_id == channel);
        let gone: Vec<_> = gone.map(|(code, _)| code).collect();
        for code in gone {
            self.remove::<Invites>(data, code);
        }
    }

    /// Makes a guild's channels those of a list that is complete.
    pub(in crate::cache) fn reconcile_channels(
        &mut self,
        data: &mut GuildData,
        channels: &[Channel],
    ) {
        for channel in channels {
            let new = channel_of(data, channel);
            self.write_channel(data, new);
        }
        let listed: HashSet<_> = channels.iter().map(|channel| channel.id).collect();
        let gone = data.tables.channels.keys();
        let gone: Vec<_> = gone.filter(|id| !listed.contains(id)).collect();
        for id in gone {
            self.remove_channel(data, id);
        }
    }

    /// Notes when something was pinned last; `None` when nothing is pinned any more.
    pub(in crate::cache) fn put_last_pin(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
        last: Option<Timestamp>,
    ) {
        self.change_channel(data, channel, |row| {
            if row.channel.last_pin_timestamp != last {
                Arc::make_mut(&mut row.channel).last_pin_timestamp = last;
            }
        });
    }

    pub(in crate::cache) fn voice_status(
        &mut self,
        data: &mut GuildData,
        event: &VoiceChannelStatusUpdate,
    ) {
        self.change_channel(data, event.id, |row| {
            row.set_voice(VoiceSession {
                status: event.status.clone(),
                ..row.voice()
            });
        });
    }

    pub(in crate::cache) fn voice_start_time(
        &mut self,
        data: &mut GuildData,
        event: &VoiceChannelStartTimeUpdate,
    ) {
        self.change_channel(data, event.id, |row| {
            row.set_voice(VoiceSession {
                start_time: event.voice_start_time,
                ..row.voice()
            });
        });
    }

    /// Takes in the answer to a question. What is absent may not have been asked for.
    pub(in crate::cache) fn channel_info(&mut self, data: &mut GuildData, event: &ChannelInfo) {
        for channel in &event.channels {
            self.change_channel(data, channel.id, |row| {
                let known = row.voice();
                row.set_voice(VoiceSession {
                    status: channel.status.clone().or(known.status),
                    start_time: channel.voice_start_time.or(known.start_time),
                });
            });
        }
    }

    /// What is known of a channel or an active thread.
    pub(in crate::cache) fn known_channel<'d>(
        &self,
        data: &'d GuildData,
        id: ChannelId,
    ) -> Option<&'d Channel> {
        let thread = self.known::<Threads>(data, id);
        let row = thread.or_else(|| self.known::<Channels>(data, id))?;
        Some(&row.channel)
    }

    /// Changes a channel or an active thread, if it is known.
    pub(super) fn change_channel(
        &mut self,
        data: &mut GuildData,
        id: ChannelId,
        change: impl FnOnce(&mut ChannelRow),
    ) {
        if let Some(mut row) = self.known::<Threads>(data, id).cloned() {
            change(&mut row);
            self.put::<Threads>(data, id, row);
        } else if let Some(mut row) = self.known::<Channels>(data, id).cloned() {
            change(&mut row);
            self.put::<Channels>(data, id, row);
        }
    }

    /// A new post is the last message of its forum: no event of the forum says so.
    pub(super) fn note_new_post(&mut self, data: &mut GuildData, post: &Channel) {
        let Some(forum) = post.parent_id else { return };
        self.change_channel(data, forum, |row| {
            let is_forum = matches!(
                row.channel.kind,
                ChannelType::GuildForum | ChannelType::GuildMedia
            );
            let last = Some(post.id.starter_message());
            if is_forum && row.channel.last_message_id < last {
                Arc::make_mut(&mut row.channel).last_message_id = last;
            }
        });
    }
}

/// A channel as it is kept, whatever event tells it.
pub(super) fn channel_of(data: &GuildData, channel: &Channel) -> Channel {
    Channel {
        guild_id: Some(data.id),
        // Of a moment, and of whoever an interaction is about.
        permissions: None,
        app_permissions: None,
        ..channel.clone()
    }
}

/// Keeps what other events tell earlier and better than those about a channel as a whole.
pub(super) fn keep_latest(new: &mut Channel, known: &Channel) {
    new.last_message_id = new.last_message_id.max(known.last_message_id);
    // Absent it says nothing: that a pin was taken off tells only `CHANNEL_PINS_UPDATE`, and does so every time.
    new.last_pin_timestamp = new.last_pin_timestamp.max(known.last_pin_timestamp);
    // Of threads.
    new.message_count = new.message_count.or(known.message_count);
    new.total_message_sent = new.total_message_sent.or(known.total_message_sent);
    new.member_count = new.member_count.or(known.member_count);
}
