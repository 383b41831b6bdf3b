//! What the writer knows of the messages of a guild's channels.

use std::collections::{HashMap, VecDeque};

use polycord_types::id::{ChannelId, MessageId};
use serde::{Deserialize, Serialize};

use crate::cache::snowflakes::SpreadIds;
use crate::cache::tally::{Tally, table_bytes};

/// How many messages of a guild that came or went last are remembered.
const REMEMBERED: usize = 64;

/// What the writer knows of the messages of a guild's channels.
#[derive(Debug)]
pub(in crate::cache) struct Histories {
    /// The channels of which something is kept.
    channels: HashMap<ChannelId, Kept, SpreadIds>,
    /// The messages that came or went last, so that an event delivered twice counts once.
    last: VecDeque<Heard>,
    /// None of these is newer.
    newest: Option<MessageId>,
    /// The bytes that all of it takes.
    tally: Tally,
}

/// What is kept of a channel.
#[derive(Debug, Default)]
struct Kept {
    messages: usize,
    /// Messages and everything else.
    rows: usize,
    /// Nothing up to this one is news, or nobody remembers whether it is.
    known_up_to: Option<MessageId>,
}

/// That a message came, or went.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cache) struct Heard {
    channel: ChannelId,
    message: MessageId,
    is_deleted: bool,
}

/// Whether it is known that a message was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cache) enum Hearing {
    /// It was heard before, and so was what came of it.
    Again,
    /// Nobody remembers whether it was heard: it is older than what is remembered.
    Maybe,
    /// It is news.
    First,
}

impl Histories {
    pub(super) fn new(tally: Tally) -> Self {
        Self {
            channels: HashMap::default(),
            last: VecDeque::new(),
            newest: None,
            tally,
        }
    }

    /// One thing more is kept of a channel; whether it is the first.
    pub(in crate::cache) fn came(&mut self, channel: ChannelId, is_message: bool) -> bool {
        let kept = self.channels.entry(channel).or_default();
        kept.messages += usize::from(is_message);
        kept.rows += 1;
        let is_first = kept.rows == 1;
        self.account();
        is_first
    }

    /// One thing less is kept of a channel; whether it was the last.
    pub(in crate::cache) fn went(&mut self, channel: ChannelId, is_message: bool) -> bool {
        let Some(kept) = self.channels.get_mut(&channel) else {
            return false;
        };
        kept.messages = kept.messages.saturating_sub(is_message.into());
        kept.rows = kept.rows.saturating_sub(1);
        let is_last = kept.rows == 0;
        if is_last {
            self.channels.remove(&channel);
        }
        is_last
    }

    /// The channels of which something is kept.
    pub(in crate::cache) fn channels(&self) -> impl Iterator<Item = ChannelId> {
        self.channels.keys().copied()
    }

    /// How many messages of a channel are kept.
    pub(in crate::cache) fn messages(&self, channel: ChannelId) -> usize {
        self.channels.get(&channel).map_or(0, |kept| kept.messages)
    }

    /// Hears that a message was made.
    pub(in crate::cache) fn hear(&mut self, channel: ChannelId, message: MessageId) -> Hearing {
        if self.heard(channel, message).is_some() {
            return Hearing::Again;
        }
        let kept = self.channels.get(&channel);
        if kept.is_some_and(|kept| kept.known_up_to >= Some(message)) {
            return Hearing::Maybe;
        }
        self.remember(channel, message, false);
        Hearing::First
    }

    /// Hears that a message was deleted; whether that is news.
    pub(in crate::cache) fn hear_deleted(
        &mut self,
        channel: ChannelId,
        message: MessageId,
    ) -> bool {
        let heard = self.heard(channel, message);
        if let Some(heard) = heard {
            return !std::mem::replace(&mut heard.is_deleted, true);
        }
        self.remember(channel, message, true);
        true
    }

    /// Forgets what was heard of a channel.
    pub(in crate::cache) fn forget(&mut self, channel: ChannelId) {
        self.last.retain(|heard| heard.channel != channel);
    }

    /// All that is remembered of what came and went, the earliest first.
    pub(in crate::cache) fn remembered(&self) -> Vec<Heard> {
        self.last.iter().cloned().collect()
    }

    /// Up to which messages nothing is news in the channels of which something is kept.
    pub(in crate::cache) fn known_up_to(&self) -> Vec<(ChannelId, MessageId)> {
        let channels = self.channels.iter();
        let known = channels.filter_map(|(id, kept)| Some((*id, kept.known_up_to?)));
        let mut known: Vec<_> = known.collect();
        known.sort_unstable();
        known
    }

    /// Remembers what another remembered, of those channels of which something is kept here, too.
    pub(in crate::cache) fn recall(
        &mut self,
        heard: Vec<Heard>,
        known_up_to: Vec<(ChannelId, MessageId)>,
    ) {
        for (channel, message) in known_up_to {
            if let Some(kept) = self.channels.get_mut(&channel) {
                kept.known_up_to = Some(message);
            }
        }
        let first = heard.len().saturating_sub(REMEMBERED);
        self.last = heard.into_iter().skip(first).collect();
        let newest = self.last.iter().map(|heard| heard.message).max();
        self.newest = self.newest.max(newest);
        self.account();
    }

    fn account(&mut self) {
        let channels = table_bytes::<(ChannelId, Kept)>(self.channels.capacity());
        let last = self.last.capacity() * size_of::<Heard>();
        self.tally.set(channels + last);
    }

    fn heard(&mut self, channel: ChannelId, message: MessageId) -> Option<&mut Heard> {
        if self.newest < Some(message) {
            return None;
        }
        let mut last = self.last.iter_mut().rev();
        last.find(|heard| (heard.channel, heard.message) == (channel, message))
    }

    fn remember(&mut self, channel: ChannelId, message: MessageId, is_deleted: bool) {
        if self.last.len() == REMEMBERED
            && let Some(oldest) = self.last.pop_front()
            && let Some(kept) = self.channels.get_mut(&oldest.channel)
        {
            kept.known_up_to = kept.known_up_to.max(Some(oldest.message));
        }
        self.newest = self.newest.max(Some(message));
        self.last.push_back(Heard {
            channel,
            message,
            is_deleted,
        });
        self.account();
    }
}
