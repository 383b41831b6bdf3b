//! Messages, channels of direct messages, and how much of each channel is unread.

use std::iter;

use polycord_types::id::{ChannelId, GuildId, MessageId};

use super::GuildView;
use crate::cache::data::{DIRECT, GuildData, LAST_MESSAGE};
use crate::cache::entry::{DmChannels, Entry, Messages, ReadStates};
use crate::cache::{Inner, Writer};
use crate::{Cache, CachedDmChannel, CachedMessage, Changes, Gap, Kind, ReadState};

impl Cache {
    /// A message. Found in a few steps, however many there are.
    #[must_use]
    pub fn message(&self, channel: ChannelId, id: MessageId) -> Option<CachedMessage> {
        let home = self.inner.history_home(channel);
        self.inner.find::<Messages>(home, (channel, id))
    }

    /// The messages of a channel, a thread or a channel of direct messages, the newest first, as they are at this moment.
    /// Each is copied when it is its turn.
    ///
    /// At most as many are kept as [`messages_per_channel`](crate::CacheBuilder::messages_per_channel) says. Whether some
    /// between them may have been missed tells [`gap`](Self::gap).
    pub fn messages(
        &self,
        channel: ChannelId,
    ) -> impl Iterator<Item = CachedMessage> + Send + Sync + use<> {
        let home = self.inner.history_home(channel);
        let view = home.and_then(|home| self.view_in(home));
        let mut up_to = Some(LAST_MESSAGE);
        iter::from_fn(move || {
            let message = view.as_ref()?.messages_up_to(channel, up_to?).next()?;
            up_to = MessageId::try_from(message.id().get() - 1).ok();
            Some(message)
        })
    }

    /// The hole in what was seen of a channel's messages, if there may be one: a session was lost, or the current user
    /// could not view the channel for a while, and after that there were newer messages than the last one seen. After a
    /// while without access nothing older than the gap is cached.
    ///
    /// It goes when as many newer messages are cached as there may be, and with [`close_gap`](Self::close_gap).
    #[must_use]
    pub fn gap(&self, channel: ChannelId) -> Option<Gap> {
        let home = self.inner.home(channel)?;
        self.inner.cell(home)?.read().gaps.get(channel).copied()
    }

    /// Notes that a [gap](Self::gap) is none any more, as when what was missed was fetched.
    pub fn close_gap(&self, channel: ChannelId) {
        let _nothing = self.in_home(channel, |_, data| {
            data.gaps.remove(channel);
        });
    }

    /// A channel of direct messages.
    #[must_use]
    pub fn dm_channel(&self, id: ChannelId) -> Option<CachedDmChannel> {
        self.inner.find::<DmChannels>(Some(DIRECT), id)
    }

    /// The channels of direct messages, by id, as they are at this moment. Discord tells of them only by what happens in
    /// them.
    pub fn dm_channels(&self) -> impl Iterator<Item = CachedDmChannel> + Send + Sync + use<> {
        self.all_direct::<DmChannels>()
    }

    /// How much of a channel, a thread or a channel of direct messages is unread. `None` if nothing was heard of it.
    #[must_use]
    pub fn read_state(&self, channel: ChannelId) -> Option<ReadState> {
        let home = self.inner.history_home(channel);
        self.inner.find::<ReadStates>(home, channel)
    }

    /// How much is unread, of all channels of a guild of which something was heard, by id.
    pub fn guild_read_states(
        &self,
        guild: GuildId,
    ) -> impl Iterator<Item = ReadState> + Send + Sync + use<> {
        self.all::<ReadStates>(guild)
    }

    /// Notes that a channel is being looked at: everything in it is read, and so is what comes, until
    /// [`leave_channel`](Self::leave_channel) is called or the channel goes. It makes no difference how often it is called.
    ///
    /// Nothing happens if the cache does not know the channel; of more than 1,024 viewed channels, the others are read
    /// only once.
    pub fn view_channel(&self, channel: ChannelId) -> Changes {
        self.in_home(channel, |writer, data| writer.view_channel(data, channel))
    }

    /// Notes that a channel is not being looked at any more: what comes is unread.
    pub fn leave_channel(&self, channel: ChannelId) {
        self.books().viewed.remove(&channel);
    }

    /// Notes that a channel was read up to a message, or all of it. What was read stays read.
    ///
    /// What is newer is counted anew from the messages that are cached; where these do not suffice, the counters are an
    /// estimate. Nothing happens if the cache does not know the channel.
    pub fn mark_read(&self, channel: ChannelId, up_to: Option<MessageId>) -> Changes {
        self.in_home(channel, |writer, data| {
            writer.mark_read(data, channel, up_to);
        })
    }

    /// Works where a channel is known.
    fn in_home(
        &self,
        channel: ChannelId,
        work: impl FnOnce(&mut Writer<'_>, &mut GuildData),
    ) -> Changes {
        let mut writer = self.writer_at(self.inner.now());
        if let Some(home) = self.inner.home(channel) {
            writer.in_guild(home, work);
        }
        writer.finish()
    }
}

impl GuildView {
    /// The messages of a channel or a thread, the newest first. See [`Cache::messages`].
    pub fn messages(&self, channel: ChannelId) -> impl Iterator<Item = CachedMessage> {
        self.messages_up_to(channel, LAST_MESSAGE)
    }

    fn messages_up_to(
        &self,
        channel: ChannelId,
        up_to: MessageId,
    ) -> impl Iterator<Item = CachedMessage> {
        let rows = self.data.messages_up_to(channel, up_to).rev();
        let policy = self.cache.inner.policy(Kind::Message);
        let live = rows.filter(|(_, slot)| policy.is_live(&slot.life, self.now));
        live.map(|(key, slot)| Messages::seen(&self.data, key, &slot.row))
    }

    /// How much of a channel or a thread is unread. Counted as a lookup.
    #[must_use]
    pub fn read_state(&self, channel: ChannelId) -> Option<ReadState> {
        self.find::<ReadStates>(channel)
    }
}

impl Inner {
    /// The guild of a channel of which messages are kept, or how much of it is unread; that of direct messages if it is
    /// one of these.
    pub(in crate::cache) fn history_home(&self, channel: ChannelId) -> Option<GuildId> {
        self.history_homes.get(&channel).map(|home| *home)
    }

    /// The guild of a channel of which anything is known.
    pub(in crate::cache) fn home(&self, channel: ChannelId) -> Option<GuildId> {
        let home = self.channel_home(channel);
        home.or_else(|| self.history_home(channel))
    }
}
