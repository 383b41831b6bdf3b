//! Who is typing.

use polycord_types::{
    gateway::payload::TypingStart,
    id::{ChannelId, GuildId, UserId},
};

use super::Writer;
use crate::cache::data::GuildData;
use crate::cache::entry::{Stored, Typings};
use crate::cache::kind::Kind;
use crate::cache::slot::Moment;

/// How long somebody types who is not heard of again, in sixteenths of a second.
const TYPING: u32 = 10 * 16;

impl Writer<'_> {
    pub(in crate::cache) fn typing_start(&mut self, data: &mut GuildData, event: &TypingStart) {
        let user = event.user_id;
        if let Some(member) = &event.member
            && let Some(told) = &member.user
            && self.believes_in(data, user)
        {
            self.whole_member(data, told, member);
        }
        if !self.is_on(Kind::Typing)
            || self.books.current_user == Some(user)
            || self.has_left(data, user)
        {
            return;
        }
        let (channel, end) = (event.channel_id, Moment(self.now.0.saturating_add(TYPING)));
        let deadlines = &mut self.books.deadlines;
        let ticket = deadlines.end_typing(end, data.id, channel, user);
        self.put::<Typings>(data, (channel, user), ticket);
    }

    /// Somebody typed nothing for too long.
    pub(in crate::cache) fn end_typing(
        &mut self,
        guild: GuildId,
        channel: ChannelId,
        user: UserId,
    ) {
        if self.inner.cell(guild).is_some() {
            self.in_guild(guild, |writer, data| {
                writer.remove::<Typings>(data, (channel, user));
            });
        }
    }

    /// Somebody wrote what they were typing.
    pub(in crate::cache) fn wrote(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
        user: UserId,
    ) {
        self.remove::<Typings>(data, (channel, user));
    }

    /// Ends the typing in a guild for which `ends` holds.
    pub(in crate::cache) fn stop_typing(
        &mut self,
        data: &mut GuildData,
        ends: impl Fn(ChannelId, UserId) -> bool,
    ) {
        let typing = Typings::rows(data).keys();
        let over: Vec<_> = typing
            .filter(|(channel, user)| ends(*channel, *user))
            .collect();
        for key in over {
            self.remove::<Typings>(data, key);
        }
    }
}
