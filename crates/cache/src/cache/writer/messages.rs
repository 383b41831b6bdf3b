//! Messages.

use std::sync::Arc;

use polycord_types::{
    HeapSize,
    channel::Channel,
    gateway::{
        Event,
        payload::{MessageCreate, MessageDelete, MessageDeleteBulk},
    },
    id::{ChannelId, GuildId, MessageId, UserId},
    message::{MentionedUser, Message, MessageFlags, MessageType},
};

use super::Writer;
use crate::cache::books::Hearing;
use crate::cache::changes::Change;
use crate::cache::data::{DIRECT, GuildData, LAST_MESSAGE};
use crate::cache::entry::{Channels, Entry, Messages, Threads};
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedMessage, ChannelRow, MessageRow};
use crate::tasks::flights::News;

impl Writer<'_> {
    /// What happens to messages.
    pub(in crate::cache) fn message_event(&mut self, data: &mut GuildData, event: &Event) {
        self.heard_of_reactions(data, event);
        match event {
            Event::MessageUpdate(event) => self.message_update(data, event),
            Event::MessageDelete(event) => {
                self.heard::<Messages>(data.id, (event.channel_id, event.id), News::Removed);
                self.message_delete(data, event);
            }
            Event::MessageDeleteBulk(event) => self.message_delete_bulk(data, event),
            Event::MessageReactionAdd(event) => self.reaction_add(data, event),
            Event::MessageReactionRemove(event) => self.reaction_remove(data, event),
            Event::MessageReactionRemoveAll(event) => {
                self.reactions_clear(data, (event.channel_id, event.message_id), None);
            }
            Event::MessageReactionRemoveEmoji(event) => {
                let key = (event.channel_id, event.message_id);
                self.reactions_clear(data, key, Some(&event.emoji));
            }
            Event::MessagePollVoteAdd(event) => {
                let key = (event.channel_id, event.message_id);
                self.vote(data, key, event.user_id, event.answer_id, true);
            }
            Event::MessagePollVoteRemove(event) => {
                let key = (event.channel_id, event.message_id);
                self.vote(data, key, event.user_id, event.answer_id, false);
            }
            _ => {}
        }
    }

    /// What is being fetched may be from before a reaction or a vote.
    fn heard_of_reactions(&self, data: &GuildData, event: &Event) {
        let key = match event {
            Event::MessageReactionAdd(event) => (event.channel_id, event.message_id),
            Event::MessageReactionRemove(event) => (event.channel_id, event.message_id),
            Event::MessageReactionRemoveAll(event) => (event.channel_id, event.message_id),
            Event::MessageReactionRemoveEmoji(event) => (event.channel_id, event.message_id),
            Event::MessagePollVoteAdd(event) => (event.channel_id, event.message_id),
            Event::MessagePollVoteRemove(event) => (event.channel_id, event.message_id),
            _ => return,
        };
        self.heard::<Messages>(data.id, key, News::Written);
    }

    /// A message was made in a guild: it tells of who wrote it, too.
    pub(in crate::cache) fn message_in_guild(
        &mut self,
        data: &mut GuildData,
        event: &MessageCreate,
    ) {
        if event.webhook_id.is_none() {
            self.wrote(data, event.channel_id, event.author.id);
        }
        self.members_of_message(data, event);
        self.message_create(data, event);
    }

    /// A message was made.
    pub(in crate::cache) fn message_create(&mut self, data: &mut GuildData, message: &Message) {
        if is_ephemeral(message) {
            return;
        }
        let (channel, id) = (message.channel_id, message.id);
        self.touch(Kind::Message);
        let hearing = self.books.of_guild(data.id).histories.hear(channel, id);
        if hearing == Hearing::Again {
            return;
        }
        if hearing == Hearing::First {
            // It is seen: what was said before it while the channel was not is missing.
            self.see_again(data, channel, MessageId::try_from(id.get() - 1).ok());
        }
        self.put_message(data, message, true);
        if hearing == Hearing::First {
            self.note_last_message(data, message);
            self.count_unread(data, message);
        }
    }

    /// A message was changed. One that is not cached stays so: it may be as old as the channel.
    pub(in crate::cache) fn message_update(&mut self, data: &mut GuildData, message: &Message) {
        if is_ephemeral(message) || !self.is_on(Kind::Message) {
            return;
        }
        let key = (message.channel_id, message.id);
        self.heard::<Messages>(data.id, key, News::Written);
        let known = self.known::<Messages>(data, key);
        match known.map(|known| known.updated(message)) {
            Some(row) if self.admits_message(data, key, &row, is_by_bot(message)) => {
                self.put::<Messages>(data, key, row);
                self.put_users_of(data, message);
            }
            row => {
                if row.is_some() {
                    self.refuse::<Messages>(data, key);
                }
                let new = Messages::shown(data, key, MessageRow::new(message));
                self.change(Change::UncachedMessageUpdated { new });
            }
        }
    }

    /// A message was deleted.
    pub(in crate::cache) fn message_delete(&mut self, data: &mut GuildData, event: &MessageDelete) {
        let key = (event.channel_id, event.id);
        self.touch(Kind::Message);
        let histories = &mut self.books.of_guild(data.id).histories;
        if histories.hear_deleted(event.channel_id, event.id) {
            self.discount_message(data, event.channel_id, event.id);
        }
        if data.tables.messages.contains(key) {
            self.discount_unread(data, key);
            self.remove::<Messages>(data, key);
        } else if self.is_on(Kind::Message) {
            self.doubt_unread(data, key);
            self.change(Change::MessagesRemoved {
                guild_id: guild_of(data),
                channel_id: event.channel_id,
                ids: vec![event.id],
                old: Vec::new(),
            });
        }
    }

    /// Many messages were deleted, which is one change.
    pub(in crate::cache) fn message_delete_bulk(
        &mut self,
        data: &mut GuildData,
        event: &MessageDeleteBulk,
    ) {
        let channel = event.channel_id;
        let mut old = Vec::new();
        self.touch(Kind::Message);
        for id in &event.ids {
            self.heard::<Messages>(data.id, (channel, *id), News::Removed);
            let histories = &mut self.books.of_guild(data.id).histories;
            if histories.hear_deleted(channel, *id) {
                self.discount_message(data, channel, *id);
            }
            if data.tables.messages.contains((channel, *id)) {
                self.discount_unread(data, (channel, *id));
            } else {
                self.doubt_unread(data, (channel, *id));
            }
            old.extend(self.take::<Messages>(data, (channel, *id)));
        }
        self.tell_removed(data, channel, event.ids.clone(), old);
    }

    /// Forgets what was said in a channel, which is gone or cannot be seen any more.
    pub(super) fn forget_history(&mut self, data: &mut GuildData, channel: ChannelId) {
        self.heard_of_channel(channel);
        let ids: Vec<_> = messages_of(data, channel).collect();
        let old = ids
            .iter()
            .filter_map(|id| self.take::<Messages>(data, (channel, *id)));
        let old: Vec<_> = old.collect();
        let ids = old.iter().map(CachedMessage::id).collect();
        self.tell_removed(data, channel, ids, old);
        self.forget_unread(data, channel);
        data.gaps.remove(channel);
        self.books.of_guild(data.id).histories.forget(channel);
    }

    /// Keeps a message, if there is room for it among the newest of its channel.
    fn put_message(&mut self, data: &mut GuildData, message: &Message, is_new: bool) {
        let (channel, id) = (message.channel_id, message.id);
        if !self.is_on(Kind::Message) || data.tables.messages.contains((channel, id)) {
            return;
        }
        let mut row = MessageRow::new(message);
        if is_new {
            row.begin_poll();
        }
        if !self.admits_message(data, (channel, id), &row, is_by_bot(message)) {
            self.refuse::<Messages>(data, (channel, id));
            return;
        }
        let most = self.inner.messages_per_channel;
        while self.books.of_guild(data.id).histories.messages(channel) >= most {
            let Some(oldest) = messages_of(data, channel).next() else {
                break;
            };
            if id < oldest {
                return;
            }
            self.crowd_out::<Messages>(data, (channel, oldest));
            let oldest = messages_of(data, channel).next();
            if data
                .gaps
                .get(channel)
                .is_some_and(|gap| oldest > Some(gap.until))
            {
                data.gaps.remove(channel);
            }
        }
        self.put::<Messages>(data, (channel, id), row);
        self.put_users_of(data, message);
    }

    /// Takes in a message that is told by an answer rather than an event: all of it, as the current user sees it.
    pub(in crate::cache) fn whole_message(&mut self, data: &mut GuildData, message: &Message) {
        let key = (message.channel_id, message.id);
        let Some(known) = self.known::<Messages>(data, key) else {
            self.put_message(data, message, false);
            return;
        };
        let mut row = MessageRow::new(message);
        if let Some(results) = known.poll_results()
            && row.poll_results().is_none()
        {
            row.set_poll_results(results.clone());
        }
        if !self.admits_message(data, key, &row, is_by_bot(message)) {
            self.refuse::<Messages>(data, key);
            return;
        }
        self.put::<Messages>(data, key, row);
        self.put_users_of(data, message);
    }

    /// Writes the users of a message, where nothing else tells of them.
    fn put_users_of(&mut self, data: &GuildData, message: &Message) {
        // Of members the member's own part of the event tells.
        let is_told =
            |user: UserId| data.tables.members.contains(user) || data.crowd.contains(user);
        if message.webhook_id.is_none() && !is_told(message.author.id) {
            self.put_user(&message.author);
        }
        for MentionedUser { user, .. } in &message.mentions {
            self.put_user(user);
        }
    }

    /// Notes a message in its channel: no event of the channel tells.
    fn note_last_message(&mut self, data: &mut GuildData, message: &Message) {
        self.edit_channel(data, message.channel_id, |channel| {
            channel.last_message_id = channel.last_message_id.max(Some(message.id));
            let is_counted = message.kind != MessageType::ThreadStarterMessage
                && is_counted(channel, message.id);
            let step = u32::from(is_counted);
            let count = |count: u32| count.saturating_add(step);
            channel.message_count = channel.message_count.map(count);
            channel.total_message_sent = channel.total_message_sent.map(count);
        });
    }

    /// A thread has a message less.
    fn discount_message(&mut self, data: &mut GuildData, channel: ChannelId, message: MessageId) {
        if data.tables.threads.contains(channel) {
            self.edit_channel(data, channel, |thread| {
                let step = u32::from(is_counted(thread, message));
                let count = |count: u32| count.saturating_sub(step);
                thread.message_count = thread.message_count.map(count);
            });
        }
    }

    fn edit_channel(
        &mut self,
        data: &mut GuildData,
        id: ChannelId,
        edit: impl FnOnce(&mut Channel),
    ) {
        let edit = |row: &mut ChannelRow| {
            if let Some(channel) = Arc::get_mut(&mut row.channel) {
                edit(channel);
                return None;
            }
            // Copied only while somebody holds it. A copy has no room to spare.
            let before = row.heap_size();
            edit(Arc::make_mut(&mut row.channel));
            Some((before, row.heap_size()))
        };
        if data.tables.channels.contains(id) {
            self.keeper::<Channels>()
                .edit(&mut data.tables.channels, id, edit);
        } else {
            self.keeper::<Threads>()
                .edit(&mut data.tables.threads, id, edit);
        }
    }

    fn tell_removed(
        &mut self,
        data: &GuildData,
        channel_id: ChannelId,
        ids: Vec<MessageId>,
        old: Vec<CachedMessage>,
    ) {
        if !ids.is_empty() && self.is_on(Kind::Message) {
            self.change(Change::MessagesRemoved {
                guild_id: guild_of(data),
                channel_id,
                ids,
                old,
            });
        }
    }
}

/// The cached messages of a channel, the oldest first.
pub(super) fn messages_of(
    data: &GuildData,
    channel: ChannelId,
) -> impl DoubleEndedIterator<Item = MessageId> {
    let messages = data.messages_up_to(channel, LAST_MESSAGE);
    messages.map(|((_, id), _)| id)
}

/// Whether only one user sees a message, for a while: it is in no history.
pub(in crate::cache) fn is_ephemeral(message: &Message) -> bool {
    let flags = message.flags.unwrap_or_default();
    flags.contains(MessageFlags::EPHEMERAL)
}

fn is_by_bot(message: &Message) -> bool {
    message.author.bot == Some(true)
}

/// Whether a message counts in its thread: the one that began it does not.
fn is_counted(thread: &Channel, message: MessageId) -> bool {
    thread.id.get() != message.get()
}

fn guild_of(data: &GuildData) -> Option<GuildId> {
    Some(data.id).filter(|id| *id != DIRECT)
}
