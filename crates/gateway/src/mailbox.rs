//! Events on their way to the consumer.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::time::Instant;

use crate::ShardEvent;

/// How many events may wait beyond the consumer's buffer before those that only inform are dropped, and
/// before no command is taken any more. One frame, timer or command adds a few, and no frame but HELLO is
/// read while the buffer is full.
const MAX_SURPLUS: usize = 256;

/// The places of so many dropped events are let be.
const SPARE_SLOTS: usize = 16;

/// The bounded queue between a shard's task and its consumer.
///
/// The task never waits for room: it looks whether the queue [is full](Mailbox::push) and reads no more
/// frames until [half of it](Mailbox::is_paused) was taken.
#[derive(Debug)]
pub(crate) struct Mailbox {
    bound: usize,
    /// Nobody takes events any more.
    deserted: AtomicBool,
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    slots: VecDeque<Slot>,
    /// How many slots hold an event.
    waiting: usize,
    /// The most that waited since the queue was last empty.
    peak: usize,
    /// The same of the time before that: as much room is made for the next event that finds no other.
    last_peak: usize,
    /// The number of the first slot; slots are numbered over the life of the queue.
    first: u64,
    /// The numbers of the slots whose events may be dropped, oldest first.
    droppable: VecDeque<u64>,
    consumer: Option<Waker>,
    paused: bool,
    /// No event follows.
    ended: bool,
    stats: MailboxStats,
}

/// An event, or the place of one that was dropped.
#[derive(Debug)]
struct Slot {
    since: Instant,
    event: Option<ShardEvent>,
}

/// What there is to say about a queue.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MailboxStats {
    pub(crate) dropped: u64,
    pub(crate) dropped_reports: u64,
    pub(crate) lag: Duration,
    pub(crate) paused: bool,
    pub(crate) pauses: u64,
    pub(crate) waiting: usize,
}

impl Mailbox {
    /// A queue for `bound` events, at least one.
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            bound: bound.max(1),
            deserted: AtomicBool::new(false),
            queue: Mutex::default(),
        }
    }

    /// Puts an event in line, which may be dropped later for another if `may_drop`. True if the queue
    /// became full by it: read no more until [`Self::is_paused`] says otherwise.
    pub(crate) fn push(&self, event: ShardEvent, now: Instant, may_drop: bool) -> bool {
        let mut queue = self.lock();
        if queue.ended || self.is_deserted() {
            return false;
        }
        if queue.waiting >= self.bound.saturating_add(MAX_SURPLUS) && event.is_informational() {
            queue.stats.dropped_reports += 1;
            return false;
        }
        queue.push(event, now, may_drop);
        if queue.waiting > self.bound && queue.drop_oldest() {
            queue.stats.dropped += 1;
        }
        let paused = !queue.paused && queue.waiting >= self.bound && queue.droppable.is_empty();
        if paused {
            queue.paused = true;
            queue.stats.pauses += 1;
        }
        let consumer = queue.consumer.take();
        drop(queue);
        if let Some(consumer) = consumer {
            consumer.wake();
        }
        paused
    }

    /// The next event, `None` after the last one. `drained` is called, without a lock held, when a pause has
    /// come to its end.
    pub(crate) fn poll_pop(
        &self,
        cx: &mut Context<'_>,
        drained: impl FnOnce(),
    ) -> Poll<Option<ShardEvent>> {
        self.poll_take(cx, Queue::pop, drained)
    }

    /// The same for `limit` events at most, which are added to `events`; the number of them, zero after the
    /// last one.
    pub(crate) fn poll_pop_many(
        &self,
        cx: &mut Context<'_>,
        events: &mut Vec<ShardEvent>,
        limit: usize,
        drained: impl FnOnce(),
    ) -> Poll<usize> {
        let take = |queue: &mut Queue| {
            let taken = limit.min(queue.waiting);
            events.reserve(taken);
            events.extend((0..taken).map_while(|_| queue.pop()));
            (taken > 0).then_some(taken)
        };
        self.poll_take(cx, take, drained)
            .map(Option::unwrap_or_default)
    }

    fn poll_take<T>(
        &self,
        cx: &mut Context<'_>,
        take: impl FnOnce(&mut Queue) -> Option<T>,
        drained: impl FnOnce(),
    ) -> Poll<Option<T>> {
        let mut queue = self.lock();
        let Some(taken) = take(&mut queue) else {
            if queue.ended {
                return Poll::Ready(None);
            }
            let known = queue.consumer.as_ref();
            if known.is_none_or(|waker| !waker.will_wake(cx.waker())) {
                let before = queue.consumer.replace(cx.waker().clone());
                // It may be what holds the last of somebody who comes for the lock.
                drop(queue);
                drop(before);
            }
            return Poll::Pending;
        };
        let resumed = queue.paused && queue.waiting <= self.bound / 2;
        if resumed {
            queue.paused = false;
        }
        drop(queue);
        if resumed {
            drained();
        }
        Poll::Ready(Some(taken))
    }

    /// Nobody will take events any more: those that wait are dropped, as are those to come.
    pub(crate) fn desert(&self) {
        let mut queue = self.lock();
        self.deserted.store(true, Ordering::Release);
        queue.paused = false;
        let slots = queue.clear();
        drop(queue);
        drop(slots);
    }

    pub(crate) fn is_deserted(&self) -> bool {
        self.deserted.load(Ordering::Acquire)
    }

    /// No event will follow those that wait.
    pub(crate) fn end(&self) {
        let mut queue = self.lock();
        queue.ended = true;
        queue.paused = false;
        let consumer = queue.consumer.take();
        drop(queue);
        if let Some(consumer) = consumer {
            consumer.wake();
        }
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.lock().paused
    }

    /// Whether there is room for the reports of commands that fail.
    pub(crate) fn has_room(&self) -> bool {
        self.lock().waiting < self.bound.saturating_add(MAX_SURPLUS)
    }

    pub(crate) fn stats(&self) -> MailboxStats {
        let queue = self.lock();
        let oldest = queue.slots.iter().find(|slot| slot.event.is_some());
        MailboxStats {
            lag: oldest.map_or(Duration::ZERO, |slot| slot.since.elapsed()),
            paused: queue.paused,
            waiting: queue.waiting,
            ..queue.stats
        }
    }

    /// A panic elsewhere leaves the queue whole: every change of it is complete before the lock is released.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn push(&mut self, event: ShardEvent, now: Instant, may_drop: bool) {
        if may_drop {
            self.droppable
                .push_back(self.first + self.slots.len() as u64);
        }
        if self.slots.capacity() == 0 {
            self.slots.reserve(self.last_peak);
        }
        self.slots.push_back(Slot {
            since: now,
            event: Some(event),
        });
        self.waiting += 1;
        self.peak = self.peak.max(self.waiting);
    }

    fn pop(&mut self) -> Option<ShardEvent> {
        loop {
            let slot = self.slots.pop_front();
            if self.slots.is_empty() && self.slots.capacity() > 0 {
                // Most queues are empty most of the time.
                self.slots = VecDeque::new();
                self.droppable = VecDeque::new();
                self.last_peak = std::mem::take(&mut self.peak);
            }
            let slot = slot?;
            if self.droppable.front() == Some(&self.first) {
                self.droppable.pop_front();
            }
            self.first += 1;
            if let Some(event) = slot.event {
                self.waiting -= 1;
                return Some(event);
            }
        }
    }

    /// Drops the oldest event that may be; false if there is none.
    fn drop_oldest(&mut self) -> bool {
        let Some(number) = self.droppable.pop_front() else {
            return false;
        };
        // Droppable numbers are those of slots that are still there.
        let place = usize::try_from(number - self.first).unwrap_or(usize::MAX);
        if let Some(slot) = self.slots.get_mut(place) {
            slot.event = None;
            self.waiting -= 1;
        }
        if self.slots.len() > 2 * self.waiting + SPARE_SLOTS {
            self.compact();
        }
        true
    }

    /// Takes out the places of dropped events, of which an event at the front could keep any number.
    fn compact(&mut self) {
        let (first, mut old, mut new) = (self.first, self.first, self.first);
        let droppable = &mut self.droppable;
        let mut at = 0;
        self.slots.retain(|slot| {
            let keep = slot.event.is_some();
            if let Some(number) = droppable.get_mut(at)
                && *number == old
            {
                *number = new;
                at += 1;
            }
            old += 1;
            new += u64::from(keep);
            keep
        });
        self.first = first;
    }

    fn clear(&mut self) -> VecDeque<Slot> {
        self.waiting = 0;
        self.first = 0;
        self.droppable = VecDeque::new();
        std::mem::take(&mut self.slots)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, mpsc},
        task::Wake,
        thread,
    };

    use super::*;
    use crate::{CommandError, CommandId};

    /// An event with a number.
    fn event(number: u64) -> ShardEvent {
        ShardEvent::CommandFailed {
            command: Some(CommandId(number)),
            error: CommandError::Stopped,
        }
    }

    fn drain(mailbox: &Mailbox) -> Vec<u64> {
        let mut cx = Context::from_waker(Waker::noop());
        let mut numbers = Vec::new();
        while let Poll::Ready(Some(event)) = mailbox.poll_pop(&mut cx, || {}) {
            if let ShardEvent::CommandFailed {
                command: Some(CommandId(number)),
                ..
            } = event
            {
                numbers.push(number);
            }
        }
        numbers
    }

    #[test]
    fn an_event_at_the_front_does_not_keep_the_places_of_those_that_were_dropped() {
        let mailbox = Mailbox::new(4);
        let now = Instant::now();
        mailbox.push(event(0), now, false);
        for number in 1..10_000 {
            assert!(!mailbox.push(event(number), now, number % 5_000 != 0));
            assert!(mailbox.lock().slots.len() <= 2 * 5 + SPARE_SLOTS);
        }
        assert_eq!(mailbox.stats().dropped, 9_996);
        assert_eq!(drain(&mailbox), [0, 5_000, 9_998, 9_999]);
        // The numbers of the slots are still those of the events.
        for number in 0..4 {
            mailbox.push(event(number), now, number == 2);
        }
        mailbox.push(event(4), now, false);
        assert_eq!(drain(&mailbox), [0, 1, 3, 4]);
    }

    #[test]
    fn a_pause_ends_when_half_of_the_buffer_was_taken_and_the_task_is_told_once() {
        let mailbox = Mailbox::new(4);
        let now = Instant::now();
        let full: Vec<_> = (0..6)
            .map(|number| mailbox.push(event(number), now, false))
            .collect();
        assert_eq!(full, [false, false, false, true, false, false]);
        let mut cx = Context::from_waker(Waker::noop());
        let mut told = Vec::new();
        for taken in 1..=6 {
            let event = mailbox.poll_pop(&mut cx, || told.push(taken));
            assert!(matches!(event, Poll::Ready(Some(_))));
        }
        assert_eq!(told, [4]);
        assert!(mailbox.poll_pop(&mut cx, || {}).is_pending());
        mailbox.end();
        assert!(matches!(
            mailbox.poll_pop(&mut cx, || {}),
            Poll::Ready(None)
        ));
    }

    #[test]
    fn an_empty_queue_keeps_no_memory() {
        let mailbox = Mailbox::new(1_000);
        for number in 0..1_000 {
            mailbox.push(event(number), Instant::now(), false);
        }
        assert_eq!(drain(&mailbox).len(), 1_000);
        assert_eq!(mailbox.lock().slots.capacity(), 0);
    }

    /// A waker that asks how the queue is when it is dropped, as what a task holds may.
    struct Asking(Arc<Mailbox>);

    impl Wake for Asking {
        fn wake(self: Arc<Self>) {}
    }

    impl Drop for Asking {
        fn drop(&mut self) {
            let _ = self.0.stats();
        }
    }

    #[test]
    fn a_waker_is_let_go_of_without_the_lock() {
        let (done, is_done) = mpsc::channel();
        thread::spawn(move || {
            let mailbox = Arc::new(Mailbox::new(4));
            let asking = Asking(Arc::clone(&mailbox));
            let asking = Waker::from(Arc::new(asking));
            let mut cx = Context::from_waker(&asking);
            assert!(mailbox.poll_pop(&mut cx, || {}).is_pending());
            drop(asking);
            let mut cx = Context::from_waker(Waker::noop());
            assert!(mailbox.poll_pop(&mut cx, || {}).is_pending());
            done.send(()).unwrap();
        });
        let wait = Duration::from_secs(10);
        assert!(is_done.recv_timeout(wait).is_ok(), "nobody gets the lock");
    }
}
