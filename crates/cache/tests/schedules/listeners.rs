//! One speaker and its listeners.

use std::future::poll_fn;

use loom::future::block_on;
use loom::thread;

use crate::broadcast::{Listener, Missed, Speaker};
use crate::every_order;

async fn next(listener: &mut Listener<u64>) -> Option<Result<u64, Missed>> {
    poll_fn(|context| listener.poll_next(context)).await
}

/// Hears `listener` out: what it heard, and how much it missed.
fn hear_out(mut listener: Listener<u64>) -> (Vec<u64>, u64) {
    block_on(async {
        let (mut heard, mut missed) = (Vec::new(), 0);
        while let Some(next) = next(&mut listener).await {
            match next {
                Ok(thing) => heard.push(thing),
                Err(Missed(some)) => missed += some,
            }
        }
        (heard, missed)
    })
}

#[test]
fn a_listener_hears_everything_in_order_or_how_much_was_missed() {
    every_order(|| {
        let speaker = Speaker::new();
        let listener = speaker.listen(1);
        let speaking = thread::spawn(move || {
            for thing in 0..2 {
                speaker.say(|| thing).finish();
            }
        });
        let (heard, missed) = hear_out(listener);
        speaking.join().unwrap();
        assert_eq!(heard.len() as u64 + missed, 2);
        assert!(heard.is_sorted());
        assert!(missed <= 1, "one may wait");
        assert_eq!(heard.last(), Some(&1), "what is newest is never lost");
    });
}

#[test]
fn a_listener_hears_all_that_is_said_after_it_came() {
    every_order(|| {
        let speaker = loom::sync::Arc::new(Speaker::new());
        let (other, first) = (speaker.clone(), speaker.listen(4));
        let coming = thread::spawn(move || {
            let mut second = other.listen(4);
            other.say(|| 1).finish();
            let mut heard = Vec::new();
            while let Some(next) = second.try_next() {
                heard.push(next.unwrap());
            }
            heard
        });
        speaker.say(|| 0).finish();
        let late = coming.join().unwrap();
        assert!(late.contains(&1), "its own word, at least: {late:?}");
        drop(speaker);
        let (mut all, missed) = hear_out(first);
        all.sort_unstable();
        assert_eq!((all, missed), (vec![0, 1], 0));
    });
}

#[test]
fn a_listener_that_goes_while_something_is_said_disturbs_nobody() {
    every_order(|| {
        let speaker = Speaker::new();
        let (going, staying) = (speaker.listen(1), speaker.listen(1));
        let leaving = thread::spawn(move || drop(going));
        speaker.say(|| 7).finish();
        leaving.join().unwrap();
        let mut newcomer = speaker.listen(1);
        speaker.say(|| 8).finish();
        drop(speaker);
        assert_eq!(hear_out(staying), (vec![8], 1));
        assert!(newcomer.is_over());
        assert_eq!(newcomer.len(), 1);
        assert_eq!(newcomer.try_next(), Some(Ok(8)));
    });
}

#[test]
fn whoever_waits_is_woken_by_the_first_thing_said() {
    every_order(|| {
        let speaker = Speaker::new();
        let mut listener = speaker.listen(1);
        let listening = thread::spawn(move || block_on(next(&mut listener)));
        speaker.say(|| 5).finish();
        assert_eq!(listening.join().unwrap(), Some(Ok(5)));
        drop(speaker);
    });
}
