//! Sessions that go from one process to another.

use polycord_gateway::{Input, LossReason, Moment, SavedSession, SessionEvent, State, StopReason};

use crate::{
    dialect::{Dialect, on_both_dialects},
    rig::{Entry, Rig, seconds},
};

on_both_dialects!(
    t60_session_of_a_task_that_died_is_resumed_by_the_next,
    t63_session_that_is_left_resumable_is_taken_up_by_another_process,
    t63_session_survives_the_way_through_a_file,
    t63_session_that_is_too_old_is_dropped_where_it_is_known_what_that_is,
    t63_many_sessions_are_resumed_at_once,
    t65_events_that_two_processes_get_are_marked_at_the_second,
    t65_process_that_is_fenced_off_does_not_end_the_session,
);

fn leave<D: Dialect>(rig: &mut Rig<D>) -> SavedSession {
    rig.input(Input::Shutdown { resumable: true });
    rig.pass(seconds(2));
    match rig.stopped() {
        Some(StopReason::Shutdown { saved: Some(saved) }) => saved,
        other => panic!("{other:?}"),
    }
}

fn t60_session_of_a_task_that_died_is_resumed_by_the_next<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.event("MESSAGE_CREATE");
    // Nobody says goodbye; the server sees the connection end.
    let saved = rig.session.saved_session().expect("there is one");
    rig.peer.event("MESSAGE_CREATE");

    let mut next = rig.taking_over(2, saved);
    next.start();
    assert_eq!(next.session.state(), State::Ready);
    assert_eq!(next.asked(), (1, 0));
    next.assert_complete_from(3);
}

fn t63_session_that_is_left_resumable_is_taken_up_by_another_process<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.event("MESSAGE_CREATE");
    let saved = leave(&mut rig);
    assert_eq!(rig.left(), [rig.resumably()]);
    rig.assert_complete_from(2);
    rig.peer.event("MESSAGE_CREATE");

    let mut next = rig.taking_over(2, saved);
    next.start();
    assert_eq!(next.session.state(), State::Ready);
    assert_eq!(next.asked(), (1, 0));
    next.assert_complete_from(3);
    assert_eq!(
        next.handed_on()[0],
        (3, true),
        "what happened between is marked"
    );
    assert_eq!(next.losses(), []);
}

fn t63_session_survives_the_way_through_a_file<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    let saved = leave(&mut rig);
    let file = serde_json::to_string(&saved).expect("it is plain data");
    assert!(!file.contains("secret"), "{file}");
    let read: SavedSession = serde_json::from_str(&file).expect("it was written");
    assert_eq!(read, saved);
    let mut next = rig.taking_over(2, read);
    next.start();
    assert_eq!(next.asked(), (1, 0));
}

fn t63_session_that_is_too_old_is_dropped_where_it_is_known_what_that_is<D: Dialect>() {
    for (age, young) in [(30, true), (90, false)] {
        let mut rig = Rig::<D>::ready(1);
        let saved = leave(&mut rig).aged(seconds(age));
        let mut next = rig.taking_over(2, saved);
        next.start();
        if young || next.session.protocol().rules().session_lifetime.is_none() {
            assert_eq!(next.asked(), (1, 0));
        } else {
            let age = seconds(age);
            assert_eq!(next.losses(), [LossReason::TooOld { age }]);
            assert_eq!(next.asked(), (0, 1));
        }
    }
}

fn t63_many_sessions_are_resumed_at_once<D: Dialect>() {
    for seed in 0..64 {
        let mut rig = Rig::<D>::ready(seed);
        let saved = leave(&mut rig);
        let mut next = rig.taking_over(seed, saved);
        next.permits = false;
        next.start();
        assert_eq!(next.session.state(), State::Ready);
        assert_eq!(
            next.heard(D::WORDS.resume)[0].0,
            Moment::ORIGIN,
            "without jitter"
        );
        assert_eq!(next.asked(), (1, 0));
    }
}

fn t65_events_that_two_processes_get_are_marked_at_the_second<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.event("MESSAGE_CREATE");
    let saved = rig.session.saved_session().expect("there is one");
    rig.event("TYPING_START");
    rig.event("TYPING_START");

    let mut second = rig.taking_over(2, saved);
    second.start();
    let twice: Vec<_> = second
        .handed_on()
        .into_iter()
        .filter(|(seq, _)| rig.handed_on().iter().any(|(of, _)| of == seq))
        .collect();
    let marked = |events: &[(u64, bool)]| events.iter().filter(|(_, replayed)| *replayed).count();
    assert_eq!(marked(&twice), 2);
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 2 });
    assert_eq!(second.count(|entry| *entry == resumed), 1);
}

fn t65_process_that_is_fenced_off_does_not_end_the_session<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    let saved = rig.session.saved_session().expect("there is one");
    let told = rig.now;
    leave(&mut rig);
    assert!(rig.now - told <= seconds(2));
    assert_eq!(rig.left(), [rig.resumably()]);
    rig.forget();
    rig.pass(seconds(3600));
    assert!(rig.peer.heard.is_empty() && rig.journal.is_empty());

    let mut second = rig.taking_over(2, saved);
    second.start();
    assert_eq!(second.asked(), (1, 0));
    assert_eq!(second.session.state(), State::Ready);
}
