//! Heartbeats, and connections that die without a word.

use polycord_gateway::{Command, DisconnectCause, Input, SessionConfig, SessionEvent, State};

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::{Reply, Said},
    rig::{DiscordRig, Entry, Rig, seconds},
};

on_both_dialects!(
    t24_withheld_ack_is_a_zombie_at_the_next_beat_even_when_events_flow,
    t26_missed_ack_of_the_old_connection_is_not_held_against_the_new_one,
    t27_what_an_old_connection_still_says_is_ignored,
    t27_timers_that_fire_early_change_nothing,
    t28_half_open_connection_is_found_within_an_interval_and_left_within_two_seconds,
    t29_after_a_standstill_there_is_one_beat_and_a_dead_link_is_found_in_one_interval,
    t29_after_a_standstill_commands_come_in_no_burst,
    t29_an_acknowledgement_that_could_not_be_read_in_time_is_not_missed,
    t59_slow_consumer_misses_no_heartbeat_and_is_not_taken_for_a_dead_link,
    t59_acknowledgement_that_waits_where_nobody_reads_is_not_missed,
    hello_without_an_interval_means_45_seconds,
    interval_can_be_set_whatever_hello_says,
    interval_too_short_to_be_meant_makes_no_flood,
    interval_too_long_to_be_meant_still_finds_a_dead_connection,
);

/// The beats that the server heard.
fn beats<D: Dialect>(rig: &Rig<D>) -> usize {
    rig.heard(D::WORDS.heartbeat).len()
}

fn t24_withheld_ack_is_a_zombie_at_the_next_beat_even_when_events_flow<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.peer.acks = false;
    for _ in 0..90 {
        rig.pass(seconds(1));
        if !rig.left().is_empty() {
            break;
        }
        rig.event("MESSAGE_CREATE");
    }
    let beats = rig.heard(D::WORDS.heartbeat);
    assert_eq!(beats.len(), 1);
    assert!(rig.now - beats[0].0 <= seconds(41));
    assert_eq!(rig.left(), [rig.resumably()]);
    assert!(!matches!(rig.left()[0], Some(1000 | 1001)));
    let missed = Entry::Event(SessionEvent::HeartbeatMissed { traffic: true });
    assert_eq!(rig.count(|entry| *entry == missed), 1);
    rig.peer.acks = true;
    rig.pass(seconds(5));
    assert_eq!(rig.asked(), (1, 0));
    rig.assert_complete_from(2);
}

#[test]
fn t25_heartbeat_that_the_server_asks_for_is_sent_at_once_and_not_judged() {
    let mut rig = DiscordRig::ready(2);
    rig.event("MESSAGE_CREATE");
    rig.peer.acks = false;
    rig.op(1);
    assert_eq!(rig.heard(1), [(rig.now, 2.into())]);
    rig.peer.acks = true;
    rig.pass(seconds(200));
    assert_eq!(rig.reconnects(), []);
    assert_eq!(rig.heard(1).len(), 6);
    assert_eq!(rig.left(), []);
}

#[test]
fn t25_before_hello_no_heartbeat_is_sent() {
    let mut rig = DiscordRig::new(2);
    rig.peer.hello.then = Reply::Silence;
    rig.start();
    rig.op(1);
    assert_eq!(rig.heard(1), []);
}

fn t26_missed_ack_of_the_old_connection_is_not_held_against_the_new_one<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.peer.acks = false;
    rig.pass(seconds(82));
    assert_eq!(rig.left(), [rig.resumably()]);
    rig.pass(seconds(2));
    assert_eq!(rig.session.state(), State::Ready);
    // The first ACK of the new connection comes late, but before the next beat is due.
    while beats(&rig) < 2 {
        rig.pass(seconds(1));
    }
    rig.pass(seconds(30));
    rig.op(D::WORDS.ack);
    rig.peer.acks = true;
    rig.pass(seconds(200));
    assert_eq!(rig.left().len(), 1, "no second reconnect");
    assert_eq!(rig.asked(), (1, 0));
}

fn t27_what_an_old_connection_still_says_is_ignored<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    let old = rig.generation;
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::Ready);
    rig.forget();
    let Said::Frame(frame) = rig.peer.invalid(false) else {
        unreachable!()
    };
    rig.input(Input::Frame {
        generation: old,
        text: &frame,
    });
    rig.input(Input::Closed {
        generation: old,
        code: Some(D::WORDS.fatal[0]),
        reason: String::new(),
    });
    rig.input(Input::ConnectFailed {
        generation: old,
        cause: "late".into(),
    });
    rig.input(Input::Connected { generation: old });
    rig.input(Input::PermitDenied {
        generation: old,
        retry_after: seconds(60),
    });
    assert_eq!(rig.journal, []);
    assert_eq!(rig.session.state(), State::Ready);
}

fn t27_timers_that_fire_early_change_nothing<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    for _ in 0..100 {
        rig.input(Input::Timeout);
    }
    assert_eq!(rig.journal, []);
}

fn t28_half_open_connection_is_found_within_an_interval_and_left_within_two_seconds<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.half_open = Some(rig.generation);
    while rig.reconnects().is_empty() {
        rig.pass(seconds(1));
        assert!(rig.now.since_origin() < seconds(90), "it is never found");
    }
    let left = rig.now;
    assert!(left - rig.sent(D::WORDS.heartbeat)[0].0 <= seconds(41));
    rig.pass(seconds(5));
    let dialed = rig.dials()[0].0;
    assert!(dialed - left <= seconds(2), "{:?}", dialed - left);
    assert_eq!(rig.session.state(), State::Ready);
    let refused = usize::from(D::WORDS.clings_to_connections);
    assert_eq!(rig.asked(), (1, refused));
}

/// The engine knows monotonic time only: a wall clock that jumps is nothing to it.
fn t29_after_a_standstill_there_is_one_beat_and_a_dead_link_is_found_in_one_interval<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.pass(seconds(100));
    rig.forget();
    // The machine sleeps: time goes on, and nobody runs.
    rig.now = rig.now + seconds(7200);
    rig.link = false;
    rig.input(Input::Timeout);
    rig.pass(seconds(39));
    assert_eq!(beats(&rig), 1);
    rig.pass(seconds(2));
    assert_eq!(rig.left(), [rig.resumably()]);
    assert!(
        rig.reconnects()
            .iter()
            .any(|(_, _, cause)| *cause == DisconnectCause::Zombie)
    );
}

fn t29_after_a_standstill_commands_come_in_no_burst<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    for _ in 0..100 {
        rig.command(Command::new(D::WORDS.request, "{}"));
    }
    rig.now = rig.now + seconds(7200);
    rig.input(Input::Timeout);
    rig.forget();
    for _ in 0..120 {
        rig.command(Command::new(D::WORDS.request, "{}"));
    }
    assert!(rig.peer.heard.len() <= 120);
    rig.pass(seconds(130));
    assert_eq!(rig.heard(D::WORDS.request).len(), 120);
    let times: Vec<_> = rig.peer.heard.iter().map(|(at, ..)| *at).collect();
    assert!(
        times
            .windows(121)
            .all(|span| span[120] - span[0] > seconds(60))
    );
}

fn t29_an_acknowledgement_that_could_not_be_read_in_time_is_not_missed<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.link = false;
    while beats(&rig) == 0 {
        let due = rig.session.deadline().expect("a beat is to come");
        rig.pass(due - rig.now);
    }
    // The process stands still from right after a beat until shortly after the next is due.
    rig.now = rig.now + seconds(42);
    rig.input(Input::Timeout);
    assert_eq!(rig.left(), []);
}

fn t59_slow_consumer_misses_no_heartbeat_and_is_not_taken_for_a_dead_link<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.input(Input::ReadingPaused);
    rig.link = false;
    rig.pass(seconds(400));
    assert_eq!(beats(&rig), 10);
    rig.link = true;
    rig.input(Input::ReadingResumed);
    rig.pass(seconds(400));
    assert_eq!(beats(&rig), 20);
    assert_eq!(rig.left(), []);
}

fn t59_acknowledgement_that_waits_where_nobody_reads_is_not_missed<D: Dialect>() {
    let mut rig = Rig::<D>::ready(2);
    rig.link = false;
    while beats(&rig) == 0 {
        let due = rig.session.deadline().expect("a beat is to come");
        rig.pass(due - rig.now);
    }
    rig.input(Input::ReadingPaused);
    rig.pass(seconds(39));
    // It is read again, and the next beat is due before it has come so far.
    rig.input(Input::ReadingResumed);
    rig.pass(seconds(2));
    assert_eq!((beats(&rig), rig.left()), (2, vec![]));
    rig.pass(seconds(40));
    assert_eq!(rig.left(), [rig.resumably()], "once is enough");
}

fn hello_without_an_interval_means_45_seconds<D: Dialect>() {
    let mut rig = Rig::<D>::new(2);
    rig.peer.interval = None;
    rig.start();
    rig.pass(seconds(450));
    let beats = rig.heard(D::WORDS.heartbeat);
    assert_eq!(beats.len(), 10);
    assert!(
        beats
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 == seconds(45))
    );
}

fn interval_can_be_set_whatever_hello_says<D: Dialect>() {
    let config = SessionConfig::default().heartbeat_interval(seconds(5));
    let mut rig = Rig::<D>::with(2, config, None);
    rig.start();
    let hello = Entry::Event(SessionEvent::Hello {
        heartbeat_interval: seconds(5),
    });
    assert_eq!(rig.count(|entry| *entry == hello), 1);
    rig.pass(seconds(100));
    assert_eq!(beats(&rig), 20);
}

fn interval_too_short_to_be_meant_makes_no_flood<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.interval = Some(1);
    rig.start();
    rig.pass(seconds(60));
    let beats = beats(&rig);
    assert!(beats <= 601, "{beats} heartbeats in a minute");
}

fn interval_too_long_to_be_meant_still_finds_a_dead_connection<D: Dialect>() {
    for interval in [u64::MAX, 86_400_000_000] {
        let mut rig = Rig::<D>::new(1);
        rig.peer.interval = Some(interval);
        rig.start();
        rig.link = false;
        rig.pass(seconds(3600));
        assert!(rig.dials().len() > 1, "{interval}: unnoticed for an hour");
    }
}
