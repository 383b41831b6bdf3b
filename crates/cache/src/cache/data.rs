//! All that is known of one guild.

use std::sync::Arc;

use polycord_types::id::{ChannelId, GuildId, MessageId, UserId};

use super::rows::{CachedGuild, Facts, Gap, GuildState, InGuild, MessageRow, Unseen};
use super::slot::Slot;
use super::tables::Tables;
use crate::table::Table;

/// Rows of one kind of a guild.
pub(super) type Rows<K, V> = Table<K, Slot<V>>;

/// Where what belongs to direct messages is kept: as if it were a guild's. No guild has this id.
pub(super) const DIRECT: GuildId = GuildId::new(u64::MAX);

/// No message is newer.
pub(super) const LAST_MESSAGE: MessageId = MessageId::new(u64::MAX);

/// All that is known of one guild at one moment. A clone is a snapshot: it shares everything.
#[derive(Clone, Debug)]
pub(super) struct GuildData {
    pub(super) id: GuildId,
    pub(super) state: GuildState,
    pub(super) member_count: Option<u64>,
    pub(super) tables: Tables,
    /// Who is known to be a member, where no members are kept but users are.
    pub(super) crowd: Table<UserId, ()>,
    /// The members who are known to be offline: they have no presence.
    pub(super) offline: Table<UserId, ()>,
    /// What may be missing of the messages of channels.
    pub(super) gaps: Table<ChannelId, Gap>,
    /// The channels and threads that the current user could view once, and may not view now.
    pub(super) unseen: Table<ChannelId, Unseen>,
}

impl GuildData {
    pub(super) fn new(id: GuildId, state: GuildState) -> Self {
        Self {
            id,
            state,
            member_count: None,
            tables: Tables::default(),
            crowd: Table::new(),
            offline: Table::new(),
            gaps: Table::new(),
            unseen: Table::new(),
        }
    }

    /// The messages of a channel that are kept, up to one, the oldest first.
    pub(super) fn messages_up_to(
        &self,
        channel: ChannelId,
        last: MessageId,
    ) -> impl DoubleEndedIterator<Item = ((ChannelId, MessageId), &Slot<MessageRow>)> {
        let messages = &self.tables.messages;
        messages.range((channel, MessageId::new(1)), (channel, last))
    }

    /// What readers see of the guild itself.
    pub(super) fn shown(&self, facts: Arc<Facts>) -> CachedGuild {
        CachedGuild {
            facts,
            state: self.state,
            member_count: self.member_count,
        }
    }

    /// What readers see of something that is kept as Discord's model.
    pub(super) const fn own<T>(&self, model: Arc<T>) -> InGuild<T> {
        InGuild {
            guild_id: self.id,
            model,
        }
    }

    /// Whether anything is known of the guild but its state.
    pub(super) const fn has_contents(&self) -> bool {
        !(self.tables.is_empty() && self.crowd.is_empty())
    }
}
