//! The order of what the consumer is told.

use polycord_gateway::{Input, SessionEvent, State};

use crate::rig::{Entry, Rig, seconds};

#[test]
fn story_of_a_session_is_told_in_order() {
    let mut rig = Rig::new(1);
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

#[test]
fn session_is_named_before_its_first_event() {
    let mut rig = Rig::new(1);
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
    let mut rig = Rig::ready(1);
    let generation = rig.generation;
    let text = r#"{"t":"X","s":2,"op":0,"d": {"a" : [1, "}"]} }"#;
    rig.input(Input::Frame { generation, text });
    let text = r#"{"t":"Y","s":3,"op":0}"#;
    rig.input(Input::Frame { generation, text });
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

#[test]
fn frames_after_our_close_are_left_for_the_replay() {
    let mut rig = Rig::ready(1);
    rig.close_echo = false;
    rig.op(7);
    rig.event("MESSAGE_CREATE");
    assert_eq!(rig.handed_on(), []);
    rig.pass(seconds(3));
    assert_eq!(rig.handed_on(), [(2, true), (3, false)]);
}

#[test]
fn heartbeats_carry_the_last_sequence_number_and_measure_the_latency() {
    let mut rig = Rig::new(1);
    rig.permits = false;
    rig.start();
    rig.pass(seconds(40));
    assert!(rig.sent(1)[0].1.is_null());
    let generation = rig.generation;
    rig.input(Input::Permit { generation });
    rig.event("MESSAGE_CREATE");
    rig.pass(seconds(40));
    assert_eq!(rig.sent(1)[1].1, 2);
    assert!(rig.session.status().latency_average.is_some());
}
