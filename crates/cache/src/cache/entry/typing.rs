//! What is special about who is typing.

use polycord_types::id::{ChannelId, GuildId, UserId};

use super::{Entry, Typings};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::{DIRECT, GuildData};
use crate::cache::deadlines::Ticket;
use crate::cache::restart::Saved;
use crate::cache::writer::Writer;

impl Entry for Typings {
    type Shown = (GuildId, ChannelId, UserId);

    fn shown(
        data: &GuildData,
        (channel, user): (ChannelId, UserId),
        _: Ticket,
    ) -> (GuildId, ChannelId, UserId) {
        (data.id, channel, user)
    }

    fn change(delta: Delta<(GuildId, ChannelId, UserId)>) -> Option<Change> {
        let (guild, channel_id, user_id) = *delta.last();
        let guild_id = (guild != DIRECT).then_some(guild);
        match delta {
            Delta::Added(_) => Some(Change::TypingStarted {
                guild_id,
                channel_id,
                user_id,
            }),
            Delta::Removed(_) => Some(Change::TypingStopped {
                guild_id,
                channel_id,
                user_id,
            }),
            Delta::Updated { .. } => None,
        }
    }

    fn became(
        writer: &mut Writer<'_>,
        _: GuildId,
        _: (ChannelId, UserId),
        old: &Ticket,
        _: &Ticket,
    ) {
        writer.books.deadlines.forget_typing(*old);
    }

    fn went(writer: &mut Writer<'_>, _: GuildId, _: (ChannelId, UserId), ticket: &Ticket) {
        writer.books.deadlines.forget_typing(*ticket);
    }
}

impl Saved for Typings {
    type Saved = ();

    /// It is over before a process has started again.
    fn save(_: GuildId, _: (ChannelId, UserId), _: &Ticket) -> Option<()> {
        None
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        _: (ChannelId, UserId),
        (): (),
    ) -> Option<Ticket> {
        None
    }
}
