//! Events, in the order in which they come and as they came.

use polycord_gateway::{FrameFault, Input, SessionEvent, State};
use serde_json::json;

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::{Reply, Said},
    rig::{DiscordRig, Entry, Rig, seconds},
};

on_both_dialects!(
    t41_duplicates_are_dropped_and_gaps_told,
    t41_gaps_as_wide_as_the_numbers_are_counted_without_overflow,
    t41_replay_that_begins_too_early_hands_nothing_on_twice,
    t45_unknown_opcodes_garbage_and_unknown_events_are_survived,
    frames_after_our_close_are_left_for_the_replay,
    heartbeats_carry_the_last_sequence_number_and_measure_the_latency,
    session_is_named_before_its_first_event,
);

fn duplicates<D: Dialect>(rig: &Rig<D>) -> usize {
    rig.count(|entry| matches!(entry, Entry::Event(SessionEvent::Duplicate { .. })))
}

fn t41_duplicates_are_dropped_and_gaps_told<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    for seq in [2, 3, 3, 1, 7, 8] {
        let said = rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
        rig.say(said);
    }
    let events: Vec<_> = rig.handed_on().iter().map(|(seq, _)| *seq).collect();
    assert_eq!(events, [2, 3, 7, 8]);
    let gap = Entry::Event(SessionEvent::Gap {
        expected: 4,
        got: 7,
    });
    assert_eq!(rig.count(|entry| *entry == gap), 1);
    assert_eq!(duplicates(&rig), 2);
    let counters = rig.session.status().counters;
    assert_eq!((counters.duplicates, counters.missing), (2, 3));
    assert_eq!(rig.left(), []);
}

fn t41_gaps_as_wide_as_the_numbers_are_counted_without_overflow<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    for _ in 0..2 {
        let far = rig.peer.dispatch(u64::MAX, "MESSAGE_CREATE", &json!({}));
        rig.say(far);
        rig.close(Some(D::WORDS.ending[0]));
        rig.pass(seconds(120));
    }
    assert_eq!(rig.session.status().counters.missing, u64::MAX);
}

fn t41_replay_that_begins_too_early_hands_nothing_on_twice<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.event("MESSAGE_CREATE");
    rig.event("MESSAGE_CREATE");
    rig.peer.resume.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    for seq in 1..=5 {
        let said = rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
        rig.say(said);
    }
    let last = if D::WORDS.resumed_repeats { 5 } else { 6 };
    let said = rig.peer.dispatch(last, D::WORDS.resumed, &json!({}));
    rig.say(said);
    let events = rig.handed_on();
    assert_eq!(
        events,
        [(2, false), (3, false), (4, true), (5, true), (last, false)]
    );
    assert_eq!(duplicates(&rig), 3);
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 2 });
    assert_eq!(rig.count(|entry| *entry == resumed), 1);
}

fn t45_unknown_opcodes_garbage_and_unknown_events_are_survived<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    for garbage in [
        "",
        "{",
        "null",
        "[]",
        "{\"op\":\"x\"}",
        "not json",
        "{\"op\":0}",
    ] {
        rig.say(Said::Frame(garbage.into()));
    }
    rig.op(99);
    rig.say(Said::Frame("{}".into()));
    let generation = rig.generation;
    rig.input(Input::BadFrame {
        generation,
        fault: FrameFault::NotUtf8,
    });
    // Its payload is broken inside: whoever decodes it will notice, and its number counts.
    let broken = rig.peer.broken_event();
    rig.say(broken);
    rig.event("TOMORROW");
    rig.assert_complete_from(2);
    assert_eq!(rig.session.status().seq, Some(3));
    assert_eq!((rig.reconnects(), rig.left()), (vec![], vec![]));
    let counters = rig.session.status().counters;
    assert_eq!((counters.bad_frames, counters.unexpected_frames), (8, 2));
}

#[test]
fn t45_event_without_a_number_is_handed_on_and_told() {
    let mut rig = DiscordRig::ready(1);
    rig.say(Said::Frame(
        r#"{"t":"MESSAGE_CREATE","s":"2","op":0,"d":{}}"#.into(),
    ));
    assert_eq!(rig.handed_on(), [(0, false)]);
    let bad = Entry::Event(SessionEvent::BadFrame { fault: None });
    assert_eq!(rig.count(|entry| *entry == bad), 1);
    assert_eq!(rig.session.status().seq, Some(1));
}

#[test]
fn story_of_a_session_is_told_in_order() {
    let mut rig = DiscordRig::new(1);
    rig.start();
    rig.close(None);
    rig.peer.event("MESSAGE_CREATE");
    rig.pass(seconds(1));
    let changes: Vec<_> = rig
        .journal
        .iter()
        .filter_map(|(_, entry)| match entry {
            Entry::Event(SessionEvent::StateChanged { from, to }) => Some((*from, *to)),
            _ => None,
        })
        .collect();
    assert!(
        changes.windows(2).all(|pair| pair[0].1 == pair[1].0),
        "{changes:?}"
    );
    let states: Vec<_> = changes.into_iter().map(|(_, to)| to).collect();
    assert_eq!(
        states,
        [
            State::Connecting,
            State::AwaitingHello,
            State::AwaitingPermit,
            State::Identifying,
            State::Ready,
            State::BackingOff,
            State::Connecting,
            State::AwaitingHello,
            State::Resuming,
            State::Ready,
        ]
    );
}

fn session_is_named_before_its_first_event<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.start();
    let at = |of: &dyn Fn(&Entry) -> bool| rig.journal.iter().position(|(_, entry)| of(entry));
    let ready = Entry::Event(SessionEvent::Ready {
        session_id: "session-1".into(),
    });
    let named = at(&|entry| *entry == ready);
    let event = at(&|entry| matches!(entry, Entry::Dispatch { .. }));
    assert!(named.is_some() && named < event);
}

#[test]
fn payload_is_handed_on_as_it_came() {
    let mut rig = DiscordRig::ready(1);
    rig.say(Said::Frame(
        r#"{"t":"X","s":2,"op":0,"d": {"a" : [1, "}"]} }"#.into(),
    ));
    rig.say(Said::Frame(r#"{"t":"Y","s":3,"op":0}"#.into()));
    let data: Vec<_> = rig
        .journal
        .iter()
        .filter_map(|(_, entry)| match entry {
            Entry::Dispatch { data, .. } => Some(data.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(data, [r#"{"a" : [1, "}"]}"#, ""]);
}

fn frames_after_our_close_are_left_for_the_replay<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.close_echo = false;
    rig.reconnect();
    rig.event("MESSAGE_CREATE");
    assert_eq!(rig.handed_on(), []);
    rig.pass(seconds(3));
    rig.assert_complete_from(2);
    assert_eq!(rig.handed_on()[0], (2, true));
}

fn heartbeats_carry_the_last_sequence_number_and_measure_the_latency<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    rig.pass(seconds(40));
    let beat = D::WORDS.heartbeat;
    assert!(rig.heard(beat)[0].1.is_null());
    let ready = rig.peer.begin();
    rig.say(ready);
    rig.event("MESSAGE_CREATE");
    rig.pass(seconds(40));
    assert_eq!(rig.heard(beat)[1].1, 2);
    assert!(rig.session.status().latency_average.is_some());
}
