//! What happens by itself, without an event.

use std::sync::atomic::Ordering;
use std::time::Duration;

use polycord_types::{
    HeapSize, Timestamp,
    id::{ChannelId, GuildId, UserId},
};

use super::Cache;
use super::changes::Changes;
use super::rows::InviteCode;
use super::slot::Moment;
use crate::table::Table;

/// What the passing of time did; from [`Cache::tick`].
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct Ticked {
    /// What fell due, in order.
    pub changes: Changes,
    /// When the next falls due, as `now` counts; `None` while nothing waits for its time.
    pub next: Option<Duration>,
}

/// Something that falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A user has stopped typing.
    Typing(GuildId, ChannelId, UserId),
    /// An invite is not valid any more.
    Invite(GuildId, InviteCode),
}

/// The place of somebody who types in the order in which they stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket {
    end: Moment,
    /// Of those who stop at the same moment, each has another.
    number: u32,
}

/// What Discord's clock shows when `now` is zero, in microseconds.
#[derive(Clone, Copy, Debug)]
struct Clock(i64);

impl Clock {
    /// The first moment at which a time is over.
    fn moment(self, at: Timestamp) -> Moment {
        let micros = at.as_micros().saturating_sub(self.0);
        let since = Duration::from_micros(u64::try_from(micros).unwrap_or_default());
        Moment::of_lifetime(since)
    }
}

impl HeapSize for Ticket {
    fn heap_size(&self) -> usize {
        0
    }
}

/// What falls due and when. As many things as there are rows that wait for their time, whose bounds are its own.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    typing: Table<Ticket, (GuildId, ChannelId, UserId)>,
    last_number: u32,
    clock: Option<Clock>,
    /// When invites end, by Discord's clock, which is compared once [`Cache::set_wall_clock`] told how.
    invites: Table<(GuildId, InviteCode), Timestamp>,
    invite_order: Table<(Timestamp, GuildId, InviteCode), ()>,
}

impl Deadlines {
    /// Says when somebody stops typing.
    pub(super) fn end_typing(
        &mut self,
        end: Moment,
        guild: GuildId,
        channel: ChannelId,
        user: UserId,
    ) -> Ticket {
        self.last_number = self.last_number.wrapping_add(1);
        let number = self.last_number;
        let ticket = Ticket { end, number };
        self.typing.insert(ticket, (guild, channel, user));
        ticket
    }

    /// Forgets when somebody stops typing.
    pub(super) fn forget_typing(&mut self, ticket: Ticket) {
        self.typing.remove(ticket);
    }

    /// Says when an invite ends, instead of what was said before.
    pub(super) fn end_invite(&mut self, end: Timestamp, guild: GuildId, code: InviteCode) {
        self.forget_invite(guild, code);
        self.invites.insert((guild, code), end);
        self.invite_order.insert((end, guild, code), ());
    }

    /// Forgets when an invite ends.
    pub(super) fn forget_invite(&mut self, guild: GuildId, code: InviteCode) {
        if let Some(end) = self.invites.remove((guild, code)) {
            self.invite_order.remove((end, guild, code));
        }
    }

    pub(super) fn set_clock(&mut self, now: Duration, at: Timestamp) {
        let now = i64::try_from(now.as_micros()).unwrap_or(i64::MAX);
        self.clock = Some(Clock(at.as_micros().saturating_sub(now)));
    }

    /// What Discord's clock shows when `now` is zero, in microseconds.
    pub(super) fn clock(&self) -> Option<i64> {
        self.clock.map(|clock| clock.0)
    }

    /// When the next falls due.
    pub(super) fn next(&self) -> Option<Moment> {
        let typing = self.first_typing().map(|ticket| ticket.end);
        let invite = self.first_invite().map(|(end, _)| end);
        typing.into_iter().chain(invite).min()
    }

    /// Takes out what is due by `now`, the earliest first.
    pub(super) fn pop(&mut self, now: Moment) -> Option<Due> {
        let next = self.next().filter(|next| *next <= now)?;
        if let Some(ticket) = self.first_typing().filter(|ticket| ticket.end == next) {
            let (guild, channel, user) = self.typing.remove(ticket)?;
            return Some(Due::Typing(guild, channel, user));
        }
        let (_, (guild, code)) = self.first_invite()?;
        self.forget_invite(guild, code);
        Some(Due::Invite(guild, code))
    }

    /// The bytes that those take who are typing.
    pub(super) fn typing_bytes(&self) -> usize {
        self.typing.bytes()
    }

    /// The bytes that the ends of invites take.
    pub(super) fn invite_bytes(&self) -> usize {
        self.invites.bytes() + self.invite_order.bytes()
    }

    fn first_typing(&self) -> Option<Ticket> {
        self.typing.keys().next()
    }

    /// Which invite ends first, if it is known when that is.
    fn first_invite(&self) -> Option<(Moment, (GuildId, InviteCode))> {
        let (end, guild, code) = self.invite_order.keys().next()?;
        Some((self.clock?.moment(end), (guild, code)))
    }
}

impl Cache {
    /// Says what time it is: reads go by it, and what falls due by then happens, such as that
    /// somebody stops typing. [`apply`](Self::apply) does the same before its event. Time never goes
    /// back.
    ///
    /// While nothing is due this is two atomic operations: call it as often as you like, and at
    /// [`next`](Ticked::next) so that nothing is told late. Lifetimes are counted in sixteenths of a
    /// second.
    pub fn tick(&self, now: Duration) -> Ticked {
        let now = self.pass(now);
        let changes = if self.inner.due() <= now {
            let mut writer = self.writer_at(now);
            writer.fall_due();
            writer.finish()
        } else {
            Changes::default()
        };
        let next = self.inner.due();
        Ticked {
            changes,
            next: (next < Moment::NEVER).then(|| next.time()),
        }
    }

    /// Says what Discord's clock shows at `now`, which is counted from an origin of your own: with
    /// the clock of the machine, `Timestamp::from(SystemTime::now())`.
    ///
    /// Before this was called nothing expires that expires at a date, such as invites, and of those
    /// who were ever timed out nobody tells what they may do. Call it again
    /// when the machine's clock was set.
    pub fn set_wall_clock(&self, now: Duration, at: Timestamp) {
        let mut books = self.books();
        books.deadlines.set_clock(now, at);
        if let Some(clock) = books.deadlines.clock() {
            self.inner.clock.store(clock, Ordering::Relaxed);
        }
        self.inner.note_due(&books);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    const fn typing(user: u64) -> (GuildId, ChannelId, UserId) {
        (GuildId::new(1), ChannelId::new(2), UserId::new(user))
    }

    fn end(deadlines: &mut Deadlines, user: u64, at: u64) -> Ticket {
        let (guild, channel, user) = typing(user);
        deadlines.end_typing(Moment::of(secs(at)), guild, channel, user)
    }

    const fn stopped(user: u64) -> Due {
        let (guild, channel, user) = typing(user);
        Due::Typing(guild, channel, user)
    }

    #[test]
    fn what_is_due_comes_in_order_and_once() {
        let mut deadlines = Deadlines::default();
        end(&mut deadlines, 1, 10);
        end(&mut deadlines, 2, 5);
        let third = end(&mut deadlines, 3, 20);
        end(&mut deadlines, 4, 10);
        deadlines.forget_typing(third);
        assert_eq!(deadlines.next(), Some(Moment::of(secs(5))));
        assert_eq!(deadlines.pop(Moment::of(secs(4))), None);
        let now = Moment::of(secs(30));
        assert_eq!(deadlines.pop(now), Some(stopped(2)));
        assert_eq!(deadlines.pop(now), Some(stopped(1)));
        assert_eq!(deadlines.pop(now), Some(stopped(4)));
        assert_eq!(deadlines.pop(now), None);
        assert_eq!(deadlines.next(), None);
        assert_eq!(deadlines.typing_bytes(), 0);
    }

    #[test]
    fn an_end_that_is_set_again_replaces_the_first() {
        let mut deadlines = Deadlines::default();
        deadlines.set_clock(secs(0), Timestamp::from_seconds(1_000));
        let (guild, code) = (GuildId::new(1), InviteCode::new("rust").unwrap());
        deadlines.end_invite(Timestamp::from_seconds(1_010), guild, code);
        deadlines.end_invite(Timestamp::from_seconds(1_015), guild, code);
        assert_eq!(deadlines.pop(Moment::of(secs(14))), None);
        let invite = Due::Invite(guild, code);
        assert_eq!(deadlines.pop(Moment::of(secs(15))), Some(invite));
        assert_eq!(deadlines.pop(Moment::of(secs(99))), None);
        assert_eq!(deadlines.invite_bytes(), 0);
    }

    #[test]
    fn a_date_is_waited_for_only_once_the_clock_is_known() {
        let mut deadlines = Deadlines::default();
        let code = InviteCode::new("rust").unwrap();
        let invite = Due::Invite(GuildId::new(1), code);
        deadlines.end_invite(Timestamp::from_seconds(1_060), GuildId::new(1), code);
        assert_eq!(deadlines.next(), None);
        assert_eq!(deadlines.pop(Moment::NEVER), None);

        deadlines.set_clock(secs(7), Timestamp::from_seconds(1_000));
        assert_eq!(deadlines.next(), Some(Moment::of(secs(67))));
        assert_eq!(deadlines.pop(Moment::of(secs(66))), None);
        assert_eq!(deadlines.pop(Moment::of(secs(67))), Some(invite));
    }
}
