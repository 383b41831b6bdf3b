//! One speaker and its listeners, one step at a time.

use std::mem;
use std::sync::Arc;

use crate::tasks::broadcast::{Listener, Missed, Speaker};

/// What each listener must have heard, worked out the long way.
struct Naive {
    capacity: usize,
    waiting: Vec<u32>,
    missed: u64,
}

impl Naive {
    fn hears(&mut self, thing: u32) {
        self.waiting.push(thing);
        while self.waiting.len() > self.capacity {
            self.waiting.remove(0);
            self.missed += 1;
        }
    }

    fn next(&mut self) -> Option<Result<u32, Missed>> {
        if self.missed > 0 {
            return Some(Err(Missed(mem::take(&mut self.missed))));
        }
        (!self.waiting.is_empty()).then(|| Ok(self.waiting.remove(0)))
    }
}

#[test]
fn listeners_who_come_and_go_hear_what_a_naive_model_hears() {
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let speaker = Speaker::new();
        let mut listeners: Vec<(Listener<u32>, Naive)> = Vec::new();
        for thing in 0..500 {
            match random.u8(..10) {
                0 if listeners.len() < 5 => {
                    let capacity = random.usize(1..6);
                    let naive = Naive {
                        capacity,
                        waiting: Vec::new(),
                        missed: 0,
                    };
                    listeners.push((speaker.listen(capacity), naive));
                }
                1 if !listeners.is_empty() => {
                    listeners.swap_remove(random.usize(..listeners.len()));
                }
                2..=5 => {
                    for (_, naive) in &mut listeners {
                        naive.hears(thing);
                    }
                    speaker.say(|| thing).finish();
                }
                _ => {
                    if let Some((listener, naive)) = random.choice(&mut listeners) {
                        assert_eq!(listener.try_next(), naive.next(), "seed {seed}");
                    }
                }
            }
        }
        drop(speaker);
        for (mut listener, mut naive) in listeners {
            assert!(listener.is_over());
            loop {
                let heard = listener.try_next();
                assert_eq!(heard, naive.next(), "seed {seed}, at the end");
                if heard.is_none() {
                    break;
                }
            }
        }
    }
}

#[test]
fn nothing_is_made_for_nobody() {
    let speaker = Speaker::new();
    let make = || -> u8 { panic!("nobody listens") };
    speaker.say(make).finish();
    drop(speaker.listen(1));
    speaker.say(make).finish();
}

#[test]
fn a_capacity_of_nothing_is_one() {
    let speaker = Speaker::new();
    let mut listener = speaker.listen(0);
    speaker.say(|| 1).finish();
    speaker.say(|| 2).finish();
    assert_eq!(listener.try_next(), Some(Err(Missed(1))));
    assert_eq!(listener.try_next(), Some(Ok(2)));
    assert_eq!(listener.try_next(), None);
}

#[test]
fn a_listener_that_goes_frees_what_waited_for_it() {
    let speaker = Speaker::new();
    let listener = speaker.listen(8);
    let thing = Arc::new(());
    for _ in 0..20 {
        speaker.say(|| Arc::clone(&thing)).finish();
    }
    assert_eq!(
        Arc::strong_count(&thing),
        1 + 8,
        "no more than its capacity"
    );
    drop(listener);
    assert_eq!(Arc::strong_count(&thing), 1);
}
