//! Flights and those aboard, one step at a time.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use crate::tasks::flights::{Flights, News, Seat, Turn};

type Seats<'a> = Seat<'a, u8, u64>;

#[derive(Default)]
struct Alarm(AtomicUsize);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn poll(seat: &mut Seats<'_>) -> Poll<Turn<u64>> {
    seat.poll_turn(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn one_flies_and_the_others_get_what_it_brought() {
    let flights = Flights::new();
    let mut seats: Vec<Seats<'_>> = (0..3).map(|_| flights.board(1)).collect();
    let mut other = flights.board(2);
    assert_eq!(
        poll(&mut seats[2]),
        Poll::Ready(Turn::Fly),
        "the first that asks"
    );
    assert_eq!(poll(&mut seats[2]), Poll::Ready(Turn::Fly), "still");
    assert_eq!(poll(&mut seats[0]), Poll::Pending);
    assert_eq!(poll(&mut other), Poll::Ready(Turn::Fly), "another key");
    assert!(flights.board(1).is_late());
    assert!(!seats[0].is_late());
    seats.pop().unwrap().land(7);
    let mut next = flights.board(1);
    assert!(!next.is_late());
    assert_eq!(
        poll(&mut next),
        Poll::Ready(Turn::Fly),
        "who comes now takes another"
    );
    for seat in &mut seats {
        assert_eq!(poll(seat), Poll::Ready(Turn::Landed(7)));
    }
    drop((seats, next, other));
    assert!(flights.is_empty());
}

#[test]
fn when_the_pilot_goes_everybody_is_woken_and_one_takes_over() {
    let flights = Flights::<u8, u64>::new();
    let mut pilot = flights.board(1);
    assert_eq!(poll(&mut pilot), Poll::Ready(Turn::Fly));
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(Arc::clone(&alarm));
    let mut waiting: Vec<_> = (0..3).map(|_| flights.board(1)).collect();
    for seat in &mut waiting {
        let turn = seat.poll_turn(&mut Context::from_waker(&waker));
        assert_eq!(turn, Poll::Pending);
    }
    drop(pilot);
    assert_eq!(alarm.0.load(Ordering::Relaxed), 3);
    drop(waiting.remove(0));
    assert_eq!(poll(&mut waiting[1]), Poll::Ready(Turn::Fly));
    assert_eq!(poll(&mut waiting[0]), Poll::Pending);
    drop(waiting);
    assert!(flights.is_empty());
    assert_eq!(Arc::strong_count(&alarm), 2, "no waker is left behind");
}

#[test]
fn a_pilot_knows_what_was_heard_since_it_began_and_no_more() {
    let flights = Flights::<u8, u64>::new();
    let mut first = flights.board(1);
    flights.tell(&1, News::Written);
    assert_eq!(poll(&mut first), Poll::Ready(Turn::Fly));
    assert_eq!(first.news(), None, "from before");
    flights.tell(&2, News::Written);
    flights.tell_all(News::Removed, |key| *key == 3);
    assert_eq!(first.news(), None, "of others");
    flights.tell(&1, News::Written);
    assert_eq!(first.news(), Some(News::Written));
    flights.tell_all(News::Removed, |key| *key == 1);
    assert_eq!(first.news(), Some(News::Removed), "what is newest");
    let mut second = flights.board(1);
    drop(first);
    assert_eq!(poll(&mut second), Poll::Ready(Turn::Fly));
    assert_eq!(second.news(), None, "it begins anew");
}

/// Whatever the order in which people come, ask, fly, land and go: no key has two pilots, nobody waits for a flight
/// that has none, everybody gets what their own flight brought, and in the end nothing is left.
#[test]
fn nobody_hangs_whoever_goes() {
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let flights = Flights::new();
        let (mut pilots, mut waiting) = (Vec::new(), Vec::<(u8, Seats<'_>)>::new());
        for step in 0..400 {
            match random.u8(..8) {
                0..=2 => {
                    let key = random.u8(..3);
                    waiting.push((key, flights.board(key)));
                }
                3..=4 if !waiting.is_empty() => {
                    let place = random.usize(..waiting.len());
                    let (key, seat) = &mut waiting[place];
                    match poll(seat) {
                        Poll::Ready(Turn::Fly) => {
                            let taken: HashSet<u8> = pilots.iter().map(|(key, _)| *key).collect();
                            assert!(!taken.contains(key), "two pilots, seed {seed}");
                            pilots.push(waiting.swap_remove(place));
                        }
                        Poll::Ready(Turn::Landed(brought)) => {
                            assert_eq!(brought % 3, u64::from(*key), "seed {seed}");
                            waiting.swap_remove(place);
                        }
                        Poll::Pending => {
                            let flown = pilots.iter().any(|(pilot, _)| pilot == key);
                            assert!(flown, "waits for nobody, seed {seed}");
                        }
                    }
                }
                5 if !pilots.is_empty() => {
                    let (key, pilot) = pilots.swap_remove(random.usize(..pilots.len()));
                    pilot.land(step * 3 + u64::from(key));
                }
                6 if !pilots.is_empty() => {
                    pilots.swap_remove(random.usize(..pilots.len()));
                }
                7 if !waiting.is_empty() => {
                    waiting.swap_remove(random.usize(..waiting.len()));
                }
                _ => {}
            }
        }
        drop((pilots, waiting));
        assert!(flights.is_empty(), "seed {seed}");
    }
}
