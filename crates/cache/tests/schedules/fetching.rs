//! Those who want the same, and those who have news of it.

use std::future::Future as _;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use loom::future::block_on;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use crate::every_order;
use crate::flights::{Flights, News, Turn};

type Shared = Arc<Flights<u8, usize>>;

/// Gets what is there by the key, or flies for it, as somebody who waits as long as it takes.
fn get(flights: &Shared, flown: &AtomicUsize) -> usize {
    let mut seat = flights.board(1);
    let late = seat.is_late();
    match block_on(seat.turn()) {
        Turn::Landed(brought) => {
            assert!(late || brought == 1, "from before it asked");
            brought
        }
        Turn::Fly => {
            assert_eq!(seat.news(), None);
            let brought = flown.fetch_add(1, Ordering::Relaxed) + 1;
            seat.land(brought);
            brought
        }
    }
}

/// Asks once, and goes.
fn give_up(flights: &Shared) {
    let mut seat = flights.board(1);
    let turn = pin!(seat.turn()).poll(&mut Context::from_waker(Waker::noop()));
    let _: Poll<_> = turn;
}

#[test]
fn two_who_want_the_same_get_the_same_or_flew_one_after_the_other() {
    every_order(|| {
        let (flights, flown) = (Shared::new(Flights::new()), Arc::new(AtomicUsize::new(0)));
        let other = {
            let (flights, flown) = (flights.clone(), flown.clone());
            thread::spawn(move || get(&flights, &flown))
        };
        let (mine, theirs) = (get(&flights, &flown), other.join().unwrap());
        match flown.load(Ordering::Relaxed) {
            1 => assert_eq!((mine, theirs), (1, 1)),
            2 => assert_eq!(mine + theirs, 3, "each its own"),
            more => panic!("{more} flights for two"),
        }
        assert!(flights.is_empty());
    });
}

#[test]
fn who_waits_takes_over_when_the_pilot_goes() {
    every_order(|| {
        let (flights, flown) = (Shared::new(Flights::new()), AtomicUsize::new(0));
        let going = {
            let flights = flights.clone();
            thread::spawn(move || give_up(&flights))
        };
        assert_eq!(get(&flights, &flown), 1);
        going.join().unwrap();
        assert!(flights.is_empty());
    });
}

#[test]
fn who_waits_is_not_stopped_by_another_who_was_to_take_over_and_goes() {
    every_order(|| {
        let (flights, flown) = (Shared::new(Flights::new()), AtomicUsize::new(0));
        let pilot = {
            let mut pilot = flights.board(1);
            assert_eq!(block_on(pilot.turn()), Turn::Fly);
            pilot
        };
        let going = {
            let flights = flights.clone();
            thread::spawn(move || give_up(&flights))
        };
        drop(pilot);
        assert_eq!(get(&flights, &flown), 1);
        going.join().unwrap();
        assert!(flights.is_empty());
    });
}

/// A world in which the news is the newest: whatever the order, what is kept in the end is not older than the news.
#[test]
fn what_a_flight_brings_never_overwrites_what_was_heard_meanwhile() {
    heard_meanwhile(|flights| flights.tell(&1, News::Written));
    heard_meanwhile(|flights| flights.tell_all(News::Removed, |_| true));
}

fn heard_meanwhile(tell: impl Fn(&Shared) + Copy + Send + Sync + 'static) {
    every_order(move || {
        let flights = Shared::new(Flights::new());
        let world = Arc::new(loom::sync::Mutex::new(0));
        let mut pilot = flights.board(1);
        assert_eq!(block_on(pilot.turn()), Turn::Fly);
        let brought = 1;
        let news = {
            let (flights, world) = (flights.clone(), world.clone());
            thread::spawn(move || {
                let mut world = world.lock().unwrap();
                tell(&flights);
                *world = 2;
            })
        };
        let mut kept = world.lock().unwrap();
        if pilot.news().is_none() {
            *kept = brought;
        }
        drop(kept);
        pilot.land(brought);
        news.join().unwrap();
        assert_eq!(*world.lock().unwrap(), 2);
    });
}
