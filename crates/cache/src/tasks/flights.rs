//! One flight for all who want the same: one of them flies, the others wait for what it brings.

use std::collections::HashMap;
use std::fmt;
use std::future::poll_fn;
use std::hash::Hash;
use std::task::{Context, Poll, Waker};

use crate::sync::{AtomicUsize, Mutex, MutexGuard, Ordering, PoisonError};

/// The flights under way, each for a key.
pub(crate) struct Flights<K, V> {
    /// How many are under way: whoever has news looks no further while there are none.
    under_way: AtomicUsize,
    air: Mutex<Air<K, V>>,
}

/// A seat in a flight. Leaving it is always possible: a pilot who goes is replaced by somebody aboard.
pub(crate) struct Seat<'a, K: Clone + Eq + Hash, V> {
    flights: &'a Flights<K, V>,
    key: K,
    flight: u64,
    number: u64,
    is_late: bool,
    is_pilot: bool,
}

/// What somebody aboard has to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn<V> {
    /// Fly, and [`land`](Seat::land).
    Fly,
    /// Take what the flight brought.
    Landed(V),
}

/// What was heard of a key from elsewhere while its flight was under way: what the flight brings may be older.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// There is something by that key, or there may be.
    Written,
    /// There is nothing any more.
    Removed,
}

struct Air<K, V> {
    /// The flights under way, by what they are for.
    by_key: HashMap<K, u64>,
    /// Those, and the ones that landed and are not empty yet.
    flights: HashMap<u64, Flight<V>>,
    /// Numbers flights and seats.
    next: u64,
}

struct Flight<V> {
    has_pilot: bool,
    news: Option<News>,
    landed: Option<V>,
    aboard: Vec<(u64, Option<Waker>)>,
}

impl<K: Clone + Eq + Hash, V: Clone> Flights<K, V> {
    pub(crate) fn new() -> Self {
        Self {
            under_way: AtomicUsize::new(0),
            air: Mutex::new(Air {
                by_key: HashMap::new(),
                flights: HashMap::new(),
                next: 0,
            }),
        }
    }

    /// Takes a seat in the flight for `key`, which is opened if there is none.
    pub(crate) fn board(&self, key: K) -> Seat<'_, K, V> {
        let mut air = self.air();
        let seat = air.number();
        let known = air.by_key.get(&key).copied();
        let flight = known.unwrap_or_else(|| {
            let flight = air.number();
            air.by_key.insert(key.clone(), flight);
            // Whoever has news of this moment may not see the flight yet: they are from before it.
            self.under_way.store(air.by_key.len(), Ordering::Relaxed);
            flight
        });
        let entry = air.flights.entry(flight).or_insert_with(|| Flight {
            has_pilot: false,
            news: None,
            landed: None,
            aboard: Vec::new(),
        });
        entry.aboard.push((seat, None));
        Seat {
            flights: self,
            key,
            flight,
            number: seat,
            is_late: entry.has_pilot,
            is_pilot: false,
        }
    }

    /// Whether no flight is under way.
    pub(crate) fn is_empty(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) == 0
    }

    /// Tells the flight for `key`, if there is one, what was heard of it.
    pub(crate) fn tell(&self, key: &K, news: News) {
        if self.is_empty() {
            return;
        }
        let air = &mut *self.air();
        if let Some(flight) = air.by_key.get(key)
            && let Some(flight) = air.flights.get_mut(flight)
        {
            flight.news = Some(news);
        }
    }

    /// Tells all flights whose keys are concerned.
    pub(crate) fn tell_all(&self, news: News, is_concerned: impl Fn(&K) -> bool) {
        if self.is_empty() {
            return;
        }
        let air = &mut *self.air();
        for (key, flight) in &air.by_key {
            if is_concerned(key)
                && let Some(flight) = air.flights.get_mut(flight)
            {
                flight.news = Some(news);
            }
        }
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Seat<'_, K, V> {
    /// Whether somebody flew already when this seat was taken.
    pub(crate) const fn is_late(&self) -> bool {
        self.is_late
    }

    /// Waits until it is clear what to do.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost: the seat stays taken until it is dropped.
    pub(crate) async fn turn(&mut self) -> Turn<V> {
        poll_fn(|context| self.poll_turn(context)).await
    }

    pub(crate) fn poll_turn(&mut self, context: &mut Context<'_>) -> Poll<Turn<V>> {
        let mut air = self.flights.air();
        // A flight stays until its last seat is left.
        let Some(flight) = air.flights.get_mut(&self.flight) else {
            return Poll::Ready(Turn::Fly);
        };
        if let Some(landed) = &flight.landed {
            return Poll::Ready(Turn::Landed(landed.clone()));
        }
        if !flight.has_pilot || self.is_pilot {
            if !self.is_pilot {
                // What was heard before is in what this pilot will bring.
                flight.news = None;
            }
            flight.has_pilot = true;
            self.is_pilot = true;
            return Poll::Ready(Turn::Fly);
        }
        let seats = flight.aboard.iter_mut();
        let mut seats = seats.filter(|(seat, _)| *seat == self.number);
        if let Some((_, known)) = seats.next()
            && !known
                .as_ref()
                .is_some_and(|known| known.will_wake(context.waker()))
        {
            let old = known.replace(context.waker().clone());
            // What frees a waker is foreign: nothing is locked meanwhile.
            drop(air);
            drop(old);
        }
        Poll::Pending
    }

    /// What was heard of the key since this pilot began.
    pub(crate) fn news(&self) -> Option<News> {
        self.flights.air().flights.get(&self.flight)?.news
    }

    /// Ends the flight with what it brought, for all aboard. Who comes now takes another.
    pub(crate) fn land(self, brought: V) {
        let mut air = self.flights.air();
        let Some(flight) = air.flights.get_mut(&self.flight) else {
            return;
        };
        flight.landed = Some(brought);
        let wakers = flight.wakers();
        self.flights.close(&mut air, &self.key);
        drop(air);
        wake(wakers);
    }
}

impl<K: Clone + Eq + Hash, V> Flights<K, V> {
    fn close(&self, air: &mut Air<K, V>, key: &K) {
        air.by_key.remove(key);
        self.under_way.store(air.by_key.len(), Ordering::Relaxed);
    }
}

impl<K, V> Flights<K, V> {
    fn air(&self) -> MutexGuard<'_, Air<K, V>> {
        // No step under this lock leaves a half of something behind.
        self.air.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Air<K, V> {
    const fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

impl<V> Flight<V> {
    fn wakers(&mut self) -> Vec<Waker> {
        let seats = self.aboard.iter_mut();
        seats.filter_map(|(_, waker)| waker.take()).collect()
    }
}

fn wake(wakers: Vec<Waker>) {
    for waker in wakers {
        waker.wake();
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Seat<'_, K, V> {
    fn drop(&mut self) {
        let mut air = self.flights.air();
        let Some(flight) = air.flights.get_mut(&self.flight) else {
            return;
        };
        let place = flight
            .aboard
            .iter()
            .position(|(seat, _)| *seat == self.number);
        let left = place.map(|place| flight.aboard.swap_remove(place));
        let mut wakers = Vec::new();
        if self.is_pilot && flight.landed.is_none() {
            // All are told: whoever of them comes first flies, and none of the others can go and take the turn along.
            flight.has_pilot = false;
            wakers = flight.wakers();
        }
        let empty = flight.aboard.is_empty();
        let mut brought = None;
        if empty {
            brought = air.flights.remove(&self.flight);
            if air.by_key.get(&self.key) == Some(&self.flight) {
                self.flights.close(&mut air, &self.key);
            }
        }
        drop(air);
        drop((left, brought));
        wake(wakers);
    }
}

impl<K, V> fmt::Debug for Flights<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flights")
            .field("under_way", &self.air().by_key.len())
            .finish_non_exhaustive()
    }
}
