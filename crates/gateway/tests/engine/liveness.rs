//! Heartbeats, and connections that die without a word.

use polycord_gateway::{DisconnectCause, Input, SessionEvent, State};

use crate::{
    peer::{Reply, Said},
    rig::{Entry, Rig, seconds},
};

fn greeted_with(interval: u64) -> Rig<polycord_gateway::Discord> {
    let mut rig = Rig::new(1);
    rig.peer.interval = Some(interval);
    rig.start();
    assert_eq!(rig.session.state(), State::Ready);
    rig
}

#[test]
fn t24_withheld_ack_is_a_zombie_at_the_next_beat_even_when_events_flow() {
    let mut rig = Rig::ready(2);
    rig.peer.acks = false;
    for _ in 0..90 {
        rig.pass(seconds(1));
        if rig.count(|entry| matches!(entry, Entry::Close(_))) > 0 {
            break;
        }
        rig.event("MESSAGE_CREATE");
    }
    let beats = rig.sent(1);
    assert_eq!(beats.len(), 1);
    assert!(rig.now - beats[0].0 <= seconds(41));
    assert_eq!(rig.closes(), [Some(4000)]);
    let missed = Entry::Event(SessionEvent::HeartbeatMissed { traffic: true });
    assert_eq!(rig.count(|entry| *entry == missed), 1);
    rig.peer.acks = true;
    rig.pass(seconds(5));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn t25_heartbeat_that_the_server_asks_for_is_sent_at_once_and_not_judged() {
    let mut rig = Rig::ready(2);
    rig.event("MESSAGE_CREATE");
    rig.peer.acks = false;
    rig.op(1);
    assert_eq!(rig.sent(1), [(rig.now, 2.into())]);
    rig.peer.acks = true;
    rig.pass(seconds(200));
    assert_eq!(rig.reconnects(), []);
    assert_eq!(rig.sent(1).len(), 6);
}

#[test]
fn t25_before_hello_no_heartbeat_is_sent() {
    let mut rig = Rig::new(2);
    rig.peer.hello.then = Reply::Silence;
    rig.start();
    rig.op(1);
    assert_eq!(rig.sent(1), []);
}

#[test]
fn t26_missed_ack_of_the_old_connection_is_not_held_against_the_new_one() {
    let mut rig = Rig::ready(2);
    rig.peer.acks = false;
    rig.pass(seconds(82));
    assert_eq!(rig.reconnects().len(), 1);
    rig.pass(seconds(2));
    assert_eq!(rig.session.state(), State::Ready);
    let hello = rig.now;
    // The first ACK of the new connection comes late, but before the next beat is due.
    while rig.sent(1).len() < 2 {
        rig.pass(seconds(1));
    }
    rig.pass(seconds(30));
    rig.op(11);
    rig.peer.acks = true;
    rig.pass(seconds(200));
    assert_eq!(rig.reconnects().len(), 1, "since {hello:?}");
}

#[test]
fn t27_what_an_old_connection_still_says_is_ignored() {
    let mut rig = Rig::ready(2);
    let old = rig.generation;
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::Ready);
    rig.journal.clear();
    let Said::Frame(frame) = rig.peer.invalid(false) else {
        unreachable!()
    };
    rig.input(Input::Frame {
        generation: old,
        text: &frame,
    });
    rig.input(Input::Closed {
        generation: old,
        code: Some(4004),
        reason: String::new(),
    });
    rig.input(Input::ConnectFailed {
        generation: old,
        cause: "late".into(),
    });
    rig.input(Input::Connected { generation: old });
    assert_eq!(rig.journal, []);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t27_timers_that_fire_early_change_nothing() {
    let mut rig = Rig::ready(2);
    for _ in 0..100 {
        rig.input(Input::Timeout);
    }
    assert_eq!(rig.journal, []);
}

#[test]
fn t28_half_open_connection_is_found_within_an_interval_and_left_within_two_seconds() {
    let mut rig = Rig::ready(2);
    rig.link = false;
    rig.close_echo = false;
    let mut left = None;
    for _ in 0..90 {
        rig.pass(seconds(1));
        if rig.session.state() == State::Closing && left.is_none() {
            left = Some(rig.now);
            rig.link = true;
        }
    }
    let left = left.expect("the connection is found dead");
    assert!(left - rig.sent(1)[0].0 <= seconds(41));
    let dialed = rig.dials()[0].0;
    assert!(dialed - left <= seconds(2), "{:?}", dialed - left);
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn t29_after_a_standstill_there_is_one_beat_and_a_dead_link_is_found_in_one_interval() {
    let mut rig = Rig::ready(2);
    rig.pass(seconds(100));
    rig.journal.clear();
    // The machine sleeps: time goes on, and nobody runs.
    rig.now = rig.now + seconds(7200);
    rig.link = false;
    rig.input(Input::Timeout);
    rig.pass(seconds(39));
    assert_eq!(rig.sent(1).len(), 1);
    rig.pass(seconds(2));
    assert!(
        rig.reconnects()
            .iter()
            .any(|(_, _, cause)| *cause == DisconnectCause::Zombie)
    );
}

#[test]
fn t29_an_acknowledgement_that_could_not_be_read_in_time_is_not_missed() {
    let mut rig = Rig::ready(2);
    rig.link = false;
    while rig.sent(1).is_empty() {
        let due = rig.session.deadline().expect("a beat is to come");
        rig.pass(due - rig.now);
    }
    // The process stands still from right after a beat until shortly after the next is due.
    rig.now = rig.now + seconds(42);
    rig.input(Input::Timeout);
    assert_eq!(rig.reconnects(), []);
}

#[test]
fn t59_slow_consumer_misses_no_heartbeat_and_is_not_taken_for_a_dead_link() {
    let mut rig = Rig::ready(2);
    rig.input(Input::ReadingPaused);
    rig.link = false;
    rig.pass(seconds(400));
    assert_eq!(rig.sent(1).len(), 10);
    rig.link = true;
    rig.input(Input::ReadingResumed);
    rig.pass(seconds(400));
    assert_eq!(rig.sent(1).len(), 20);
    assert_eq!(rig.reconnects(), []);
}

#[test]
fn hello_without_an_interval_means_45_seconds() {
    let mut rig = Rig::new(2);
    rig.peer.interval = None;
    rig.start();
    rig.pass(seconds(450));
    let beats = rig.sent(1);
    assert_eq!(beats.len(), 10);
    assert!(
        beats
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 == seconds(45))
    );
}

#[test]
fn interval_too_short_to_be_meant_makes_no_flood() {
    let mut rig = greeted_with(1);
    rig.pass(seconds(60));
    let beats = rig.sent(1).len();
    assert!(beats <= 601, "{beats} heartbeats in a minute");
}

#[test]
fn interval_too_long_to_be_meant_still_finds_a_dead_connection() {
    for interval in [u64::MAX, 86_400_000_000] {
        let mut rig = greeted_with(interval);
        rig.link = false;
        rig.pass(seconds(3600));
        assert!(rig.dials().len() > 1, "{interval}: unnoticed for an hour");
    }
}
