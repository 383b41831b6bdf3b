//! What one speaker says, to any number of listeners, for none of whom the speaker waits.

use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, AtomicUsize, Mutex, MutexGuard, Ordering, PoisonError};

/// Says things to whoever listens. Dropping it tells the listeners that no more comes.
pub(crate) struct Speaker<T> {
    room: Arc<Room<T>>,
}

/// Hears what is said from its making on.
pub(crate) struct Listener<T> {
    room: Arc<Room<T>>,
    seat: Arc<Seat<T>>,
}

/// How many things a listener did not hear, because it was too slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Missed(pub(crate) u64);

/// What is left to be done once a thing was said. It takes time that the speaker may not have while it says it.
#[must_use]
pub(crate) struct Afterwards<T> {
    wakers: Vec<Waker>,
    /// What somebody was too slow for: freeing it may take long.
    lost: Vec<T>,
}

struct Room<T> {
    /// How many listen: a speaker without listeners looks no further.
    listening: AtomicUsize,
    seats: Mutex<Vec<Arc<Seat<T>>>>,
}

struct Seat<T> {
    /// How many things wait here at most.
    capacity: usize,
    inbox: Mutex<Inbox<T>>,
}

struct Inbox<T> {
    waiting: VecDeque<T>,
    missed: u64,
    over: bool,
    waker: Option<Waker>,
}

impl<T: Clone> Speaker<T> {
    pub(crate) fn new() -> Self {
        Self {
            room: Arc::new(Room {
                listening: AtomicUsize::new(0),
                seats: Mutex::new(Vec::new()),
            }),
        }
    }

    /// A listener for whom `capacity` things wait at most, but at least one.
    pub(crate) fn listen(&self, capacity: usize) -> Listener<T> {
        let seat = Arc::new(Seat {
            capacity: capacity.max(1),
            inbox: Mutex::new(Inbox {
                waiting: VecDeque::new(),
                missed: 0,
                over: false,
                waker: None,
            }),
        });
        let mut seats = self.room.seats();
        seats.push(Arc::clone(&seat));
        self.room.listening.store(seats.len(), Ordering::Relaxed);
        drop(seats);
        Listener {
            room: Arc::clone(&self.room),
            seat,
        }
    }

    /// Says a thing, which is made only if somebody listens.
    pub(crate) fn say(&self, thing: impl FnOnce() -> T) -> Afterwards<T> {
        let mut afterwards = Afterwards {
            wakers: Vec::new(),
            lost: Vec::new(),
        };
        if self.room.listening.load(Ordering::Relaxed) == 0 {
            return afterwards;
        }
        let thing = thing();
        for seat in self.room.seats().iter() {
            let mut inbox = seat.inbox();
            if inbox.waiting.len() >= seat.capacity {
                afterwards.lost.extend(inbox.waiting.pop_front());
                inbox.missed += 1;
            }
            inbox.waiting.push_back(thing.clone());
            afterwards.wakers.extend(inbox.waker.take());
        }
        afterwards
    }
}

impl<T> Listener<T> {
    /// The next thing, or first how many were missed before it; `None` when the speaker is gone.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Missed>>> {
        let mut inbox = self.seat.inbox();
        if let Some(heard) = inbox.take() {
            return Poll::Ready(Some(heard));
        }
        if inbox.over {
            return Poll::Ready(None);
        }
        let known = inbox.waker.as_ref();
        if !known.is_some_and(|known| known.will_wake(context.waker())) {
            let old = inbox.waker.replace(context.waker().clone());
            // What frees a waker is foreign: nothing is locked meanwhile.
            drop(inbox);
            drop(old);
        }
        Poll::Pending
    }

    /// What waits, if anything.
    pub(crate) fn try_next(&mut self) -> Option<Result<T, Missed>> {
        self.seat.inbox().take()
    }

    /// Whether the speaker is gone. What waits can still be heard.
    pub(crate) fn is_over(&self) -> bool {
        self.seat.inbox().over
    }

    /// How many things wait to be heard.
    pub(crate) fn len(&self) -> usize {
        self.seat.inbox().waiting.len()
    }
}

impl<T> Afterwards<T> {
    /// Does it. Those who wait are woken: what they do then is theirs.
    pub(crate) fn finish(self) {
        drop(self.lost);
        for waker in self.wakers {
            waker.wake();
        }
    }
}

impl<T> Inbox<T> {
    fn take(&mut self) -> Option<Result<T, Missed>> {
        match mem::take(&mut self.missed) {
            0 => self.waiting.pop_front().map(Ok),
            missed => Some(Err(Missed(missed))),
        }
    }
}

impl<T> Room<T> {
    fn seats(&self) -> MutexGuard<'_, Vec<Arc<Seat<T>>>> {
        // No step under these locks leaves a half of something behind.
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Seat<T> {
    fn inbox(&self) -> MutexGuard<'_, Inbox<T>> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Speaker<T> {
    fn drop(&mut self) {
        let seats = mem::take(&mut *self.room.seats());
        for seat in seats {
            let mut inbox = seat.inbox();
            inbox.over = true;
            let waker = inbox.waker.take();
            drop(inbox);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

impl<T> Drop for Listener<T> {
    fn drop(&mut self) {
        let mut seats = self.room.seats();
        seats.retain(|seat| !Arc::ptr_eq(seat, &self.seat));
        self.room.listening.store(seats.len(), Ordering::Relaxed);
    }
}

impl<T> fmt::Debug for Speaker<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speaker")
            .field("listening", &self.room.seats().len())
            .finish()
    }
}
