//! What happens by itself, without an event.

use std::sync::atomic::Ordering;
use std::time::Duration;

use polycord_types::{
    Timestamp,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// A user has stopped typing.
    Typing(GuildId, ChannelId, UserId),
    /// An invite is not valid any more.
    Invite(GuildId, InviteCode),
}

/// When something falls due.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    /// By the time that every event comes with.
    At(Moment),
    /// By Discord's clock, which is compared once [`Cache::set_wall_clock`] told how.
    Clock(Timestamp),
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

/// What falls due and when. As many things as there are rows that wait for their time, whose bounds are its own.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    clock: Option<Clock>,
    by_moment: Queue<Moment>,
    by_clock: Queue<Timestamp>,
}

/// What falls due by the same clock.
#[derive(Debug)]
struct Queue<T: Copy + Ord> {
    set: Table<Due, T>,
    order: Table<(T, Due), ()>,
}

impl Deadlines {
    /// Says when something falls due, instead of what was said before.
    pub(super) fn set(&mut self, due: Due, when: When) {
        self.cancel(due);
        match when {
            When::At(moment) => self.by_moment.set(due, moment),
            When::Clock(time) => self.by_clock.set(due, time),
        }
    }

    /// Forgets something that does not fall due any more.
    pub(super) fn cancel(&mut self, due: Due) {
        self.by_moment.cancel(due);
        self.by_clock.cancel(due);
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
        let by_moment = self.by_moment.first().map(|(moment, _)| moment);
        let by_clock = self.by_clock.first().zip(self.clock);
        let by_clock = by_clock.map(|((time, _), clock)| clock.moment(time));
        by_moment.into_iter().chain(by_clock).min()
    }

    /// Takes out what is due by `now`, the earliest first.
    pub(super) fn pop(&mut self, now: Moment) -> Option<Due> {
        let next = self.next().filter(|next| *next <= now)?;
        let by_moment = self.by_moment.first();
        let (_, due) = by_moment
            .filter(|(moment, _)| *moment == next)
            .or_else(|| Some((next, self.by_clock.first()?.1)))?;
        self.cancel(due);
        Some(due)
    }

    /// The bytes that those take which fall due by the time that every event comes with.
    pub(super) fn moment_bytes(&self) -> usize {
        self.by_moment.bytes()
    }

    /// The bytes that those take which fall due by Discord's clock.
    pub(super) fn date_bytes(&self) -> usize {
        self.by_clock.bytes()
    }
}

impl<T: Copy + Ord> Queue<T> {
    fn set(&mut self, due: Due, time: T) {
        self.set.insert(due, time);
        self.order.insert((time, due), ());
    }

    fn cancel(&mut self, due: Due) {
        if let Some(time) = self.set.remove(due) {
            self.order.remove((time, due));
        }
    }

    fn first(&self) -> Option<(T, Due)> {
        self.order.keys().next()
    }

    fn bytes(&self) -> usize {
        self.set.bytes() + self.order.bytes()
    }
}

impl<T: Copy + Ord> Default for Queue<T> {
    fn default() -> Self {
        Self {
            set: Table::new(),
            order: Table::new(),
        }
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

    fn at(time: u64) -> When {
        When::At(Moment::of(secs(time)))
    }

    fn typing(user: u64) -> Due {
        Due::Typing(GuildId::new(1), ChannelId::new(2), UserId::new(user))
    }

    #[test]
    fn what_is_due_comes_in_order_and_once() {
        let mut deadlines = Deadlines::default();
        deadlines.set(typing(1), at(10));
        deadlines.set(typing(2), at(5));
        deadlines.set(typing(3), at(20));
        deadlines.cancel(typing(3));
        assert_eq!(deadlines.next(), Some(Moment::of(secs(5))));
        assert_eq!(deadlines.pop(Moment::of(secs(4))), None);
        let now = Moment::of(secs(30));
        assert_eq!(deadlines.pop(now), Some(typing(2)));
        assert_eq!(deadlines.pop(now), Some(typing(1)));
        assert_eq!(deadlines.pop(now), None);
        assert_eq!(deadlines.next(), None);
        assert_eq!(deadlines.moment_bytes(), 0);
    }

    #[test]
    fn a_deadline_that_is_set_again_replaces_the_first() {
        let mut deadlines = Deadlines::default();
        deadlines.set(typing(1), at(10));
        deadlines.set(typing(1), at(15));
        assert_eq!(deadlines.pop(Moment::of(secs(14))), None);
        assert_eq!(deadlines.pop(Moment::of(secs(15))), Some(typing(1)));
        assert_eq!(deadlines.pop(Moment::of(secs(99))), None);
    }

    #[test]
    fn a_date_is_waited_for_only_once_the_clock_is_known() {
        let mut deadlines = Deadlines::default();
        let code = InviteCode::new("rust").unwrap();
        let invite = Due::Invite(GuildId::new(1), code);
        deadlines.set(invite, When::Clock(Timestamp::from_seconds(1_060)));
        assert_eq!(deadlines.next(), None);
        assert_eq!(deadlines.pop(Moment::NEVER), None);

        deadlines.set_clock(secs(7), Timestamp::from_seconds(1_000));
        assert_eq!(deadlines.next(), Some(Moment::of(secs(67))));
        assert_eq!(deadlines.pop(Moment::of(secs(66))), None);
        assert_eq!(deadlines.pop(Moment::of(secs(67))), Some(invite));
    }
}
