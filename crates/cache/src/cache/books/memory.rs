//! What was heard last of a guild, as a snapshot holds it.

use polycord_types::id::{ChannelId, MessageId, ScheduledEventId, UserId};
use serde::{Deserialize, Serialize};

use super::GuildBooks;
use super::deeds::Deed;
use super::histories::Heard;

/// What was heard last of a guild, by which it is known that an event comes again. A session may be resumed at an earlier
/// event than the last one that a snapshot holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::cache) struct Memory {
    joined: bool,
    in_voice: Vec<UserId>,
    heard_of: Vec<UserId>,
    moves: Vec<(UserId, bool)>,
    interests: Vec<((ScheduledEventId, UserId), bool)>,
    deeds: Vec<((MessageId, UserId, Deed), bool)>,
    messages: Vec<Heard>,
    known_up_to: Vec<(ChannelId, MessageId)>,
}

impl Memory {
    pub(super) fn of(books: &GuildBooks) -> Self {
        Self {
            joined: books.joined,
            in_voice: books.in_voice.all(),
            heard_of: books.heard_of.all(),
            moves: books.moves.remembered(),
            interests: books.interests.remembered(),
            deeds: books.deeds.remembered(),
            messages: books.histories.remembered(),
            known_up_to: books.histories.known_up_to(),
        }
    }
}

impl GuildBooks {
    /// Remembers what was heard before a restart, once everything that was kept then is here.
    pub(in crate::cache) fn recall(&mut self, memory: Memory) {
        self.joined = memory.joined;
        self.in_voice.replace(memory.in_voice);
        self.heard_of.replace(memory.heard_of);
        self.moves.recall(memory.moves);
        self.interests.recall(memory.interests);
        self.deeds.recall(memory.deeds);
        self.histories.recall(memory.messages, memory.known_up_to);
    }
}
