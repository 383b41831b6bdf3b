//! How much of each channel is unread.

use std::collections::HashSet;

use polycord_types::{
    channel::{Channel, ChannelType},
    id::{ChannelId, MessageId, RoleId, UserId},
    message::Message,
};

use super::Writer;
use super::messages::messages_of;
use crate::cache::data::{DIRECT, GuildData};
use crate::cache::entry::{Members, Messages, ReadStates};
use crate::cache::kind::Kind;
use crate::cache::rows::{Gap, ReadRow};

/// How many channels are viewed at once at most.
const MOST_VIEWED: usize = 1_024;

impl Writer<'_> {
    /// Counts a message that was made just now.
    pub(super) fn count_unread(&mut self, data: &mut GuildData, message: &Message) {
        if !self.is_on(Kind::ReadState) {
            return;
        }
        let (channel, id) = (message.channel_id, message.id);
        let mut row = self.read_row(data, channel);
        let is_news = row.read_up_to < Some(id);
        row.newest = row.newest.max(Some(id));
        if self.books.viewed.contains(&channel) || self.is_own(message.author.id) {
            self.read(data, channel, &mut row, id);
        } else if is_news {
            let mentions = message.mentions.iter().map(|mention| mention.id);
            row.count(self.pings(
                data,
                message.mention_everyone,
                mentions,
                &message.mention_roles,
            ));
        }
        self.put::<ReadStates>(data, channel, row);
    }

    /// Takes back what a message counted that is deleted now.
    pub(super) fn discount_unread(&mut self, data: &mut GuildData, key: (ChannelId, MessageId)) {
        let Some(&(mut row)) = self.known::<ReadStates>(data, key.0) else {
            return;
        };
        if let Some(pings) = self.counts(data, key, &row) {
            row.discount(pings);
            self.put::<ReadStates>(data, key.0, row);
        }
    }

    /// A message was deleted that was not let in: it may have counted, and nobody knows as what.
    pub(super) fn doubt_unread(&mut self, data: &mut GuildData, key: (ChannelId, MessageId)) {
        if self.inner.admissions.messages.is_none() {
            return;
        }
        let known = self.known::<ReadStates>(data, key.0).copied();
        if let Some(mut row) = known.filter(|row| row.unread > 0 && row.read_up_to < Some(key.1)) {
            row.is_estimate = true;
            self.put::<ReadStates>(data, key.0, row);
        }
    }

    pub(super) fn forget_unread(&mut self, data: &mut GuildData, channel: ChannelId) {
        self.books.viewed.remove(&channel);
        self.remove::<ReadStates>(data, channel);
    }

    /// Notes that a channel was read up to a message, or everything in it.
    pub(in crate::cache) fn mark_read(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
        up_to: Option<MessageId>,
    ) {
        if !self.is_on(Kind::ReadState) {
            return;
        }
        let mut row = self.read_row(data, channel);
        row.newest = row.newest.max(self.newest(data, channel));
        let Some(up_to) = up_to.or(row.newest) else {
            return;
        };
        self.read(data, channel, &mut row, up_to);
        self.put::<ReadStates>(data, channel, row);
    }

    /// Notes that a channel is being viewed from now on.
    pub(in crate::cache) fn view_channel(&mut self, data: &mut GuildData, channel: ChannelId) {
        if self.books.viewed.len() < MOST_VIEWED {
            self.books.viewed.insert(channel);
        }
        self.mark_read(data, channel, None);
    }

    /// Makes the channels of which something is kept some of those that there are, and marks what was missed in them.
    pub(in crate::cache) fn reconcile_histories(
        &mut self,
        data: &mut GuildData,
        channels: &[Channel],
        threads: &[Channel],
    ) {
        let listed: HashSet<_> = channels.iter().chain(threads).map(|it| it.id).collect();
        let kept = self.books.of_guild(data.id).histories.channels();
        let gone: Vec<_> = kept.filter(|id| !listed.contains(id)).collect();
        for channel in gone {
            self.forget_history(data, channel);
        }
        self.note_gaps(data, channels);
        self.note_gaps(data, threads);
    }

    fn note_gaps(&mut self, data: &mut GuildData, channels: &[Channel]) {
        for channel in channels {
            if let Some(until) = channel.last_message_id
                && let Some(after) = self.newest_message(data, channel)
                && after < until
            {
                self.note_gap(data, channel.id, Gap { after, until });
            }
        }
    }

    pub(super) fn note_gap(&mut self, data: &mut GuildData, channel: ChannelId, gap: Gap) {
        let after = data.gaps.get(channel).map_or(gap.after, |gap| gap.after);
        data.gaps.insert(channel, Gap { after, ..gap });
        if self.is_on(Kind::ReadState) {
            let mut row = self.read_row(data, channel);
            row.newest = row.newest.max(Some(gap.until));
            row.is_estimate = true;
            self.put::<ReadStates>(data, channel, row);
        }
    }

    /// A new session has begun: messages that came before it may have been missed.
    pub(in crate::cache) fn doubt_all(&mut self, data: &mut GuildData) {
        let channels: Vec<_> = data.tables.read_states.keys().collect();
        for channel in channels {
            let mut row = self.read_row(data, channel);
            row.is_estimate = true;
            self.put::<ReadStates>(data, channel, row);
        }
    }

    fn read_row(&self, data: &GuildData, channel: ChannelId) -> ReadRow {
        let known = self.known::<ReadStates>(data, channel);
        known.copied().unwrap_or_default()
    }

    /// The newest message that was heard of, if it is one of the channel itself.
    pub(super) fn newest_message(&self, data: &GuildData, channel: &Channel) -> Option<MessageId> {
        // The last message of these is the newest thread: nothing is said in them.
        let has_messages = !matches!(
            channel.kind,
            ChannelType::GuildForum | ChannelType::GuildMedia
        );
        self.newest(data, channel.id).filter(|_| has_messages)
    }

    /// The newest message of a channel that was heard of.
    fn newest(&self, data: &GuildData, channel: ChannelId) -> Option<MessageId> {
        let told = self.known_channel(data, channel);
        let told = told.and_then(|channel| channel.last_message_id);
        let cached = messages_of(data, channel).next_back();
        let counted = self.read_row(data, channel).newest;
        let seen = data.unseen.get(channel).map(|unseen| unseen.after);
        told.max(cached).max(counted).max(seen)
    }

    /// Reads up to a message, and counts anew what is newer.
    fn read(&self, data: &GuildData, channel: ChannelId, row: &mut ReadRow, up_to: MessageId) {
        row.read(up_to);
        if row.is_read_whole() {
            return;
        }
        let newer = messages_of(data, channel).rev();
        let newer = newer.take_while(|id| Some(*id) > row.read_up_to);
        let (mut unread, mut mentions) = (0, 0);
        for id in newer {
            if let Some(pings) = self.counts(data, (channel, id), row) {
                unread += 1;
                mentions += u32::from(pings);
            }
        }
        // What is cached may begin behind what was read last.
        let oldest = messages_of(data, channel).next();
        row.is_estimate |= oldest.is_none_or(|oldest| Some(oldest) > row.read_up_to)
            || self.inner.admissions.messages.is_some();
        if oldest.is_some() {
            row.unread = row.unread.min(unread);
            row.mentions = row.mentions.min(mentions);
        }
    }

    /// Whether a cached message counts as unread and, if so, whether as a mention.
    fn counts(
        &self,
        data: &GuildData,
        key: (ChannelId, MessageId),
        state: &ReadRow,
    ) -> Option<bool> {
        let row = self.known::<Messages>(data, key)?;
        if self.is_own(row.author()) || state.read_up_to >= Some(key.1) {
            return None;
        }
        let mentions = row.mentions().iter().copied();
        Some(self.pings(data, row.mentions_everyone(), mentions, row.mention_roles()))
    }

    fn is_own(&self, author: UserId) -> bool {
        self.books.current_user == Some(author)
    }

    /// Whether the current user is mentioned.
    fn pings(
        &self,
        data: &GuildData,
        everyone: bool,
        mut mentions: impl Iterator<Item = UserId>,
        roles: &[RoleId],
    ) -> bool {
        let Some(me) = self.books.current_user else {
            return everyone || data.id == DIRECT;
        };
        let has_role = || {
            let own = self.known::<Members>(data, me)?;
            Some(own.roles().iter().any(|role| roles.contains(role)))
        };
        data.id == DIRECT
            || everyone
            || mentions.any(|user| user == me)
            || (!roles.is_empty() && has_role() == Some(true))
    }
}
