//! Sessions that are resumed, and sessions that are given up.

use polycord_gateway::{
    DisconnectCause, FrameFault, Input, LossReason, SessionEvent, State, StopReason,
};
use serde_json::json;

use crate::{
    peer::{Reply, Said},
    rig::{Entry, MAIN, Rig, seconds},
};

#[test]
fn t10_close_right_after_hello_loses_nothing() {
    let mut rig = Rig::ready(1);
    rig.peer.hello.push(1, Reply::ServeThenClose(None));
    rig.close(None);
    for name in ["MESSAGE_CREATE", "TYPING_START"] {
        rig.peer.event(name);
    }
    rig.pass(seconds(5));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.identifies(), 0);
    // Each RESUMED takes a number of its own, the one that never arrived too.
    let events: Vec<_> = rig.handed_on().iter().map(|(seq, _)| *seq).collect();
    assert_eq!(events, (2..=events.len() as u64 + 1).collect::<Vec<_>>());
    assert!(events.len() >= 3);
}

#[test]
fn t31_resume_refused_with_4007_identifies_once() {
    let mut rig = Rig::ready(1);
    rig.peer.resume.push(1, Reply::Close(Some(4007)));
    rig.close(None);
    rig.pass(seconds(30));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 1));
    assert_eq!(rig.losses(), [LossReason::Closed(4007)]);
    assert_eq!(rig.dials().last().unwrap().1, MAIN);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t32_close_4009_identifies_once_without_a_resume() {
    let mut rig = Rig::ready(1);
    rig.close(Some(4009));
    rig.pass(seconds(30));
    assert_eq!((rig.resumes(), rig.identifies()), (0, 1));
    assert_eq!(rig.losses(), [LossReason::Closed(4009)]);
}

#[test]
fn t33_resumes_refused_with_op_9_true_are_three_at_most_and_then_one_identify() {
    let mut rig = Rig::ready(1);
    rig.peer.resume.push(10, Reply::Invalid(true));
    rig.close(None);
    rig.pass(seconds(120));
    assert_eq!((rig.resumes(), rig.identifies()), (3, 1));
    assert_eq!(rig.losses(), [LossReason::ResumeFailed { frames: 3 }]);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t34_op_9_false_on_a_live_session_identifies_once_on_a_new_connection() {
    let mut rig = Rig::ready(1);
    rig.pass(seconds(100));
    let said = rig.peer.invalid(false);
    rig.say(said);
    let invalid = rig.now;
    rig.pass(seconds(30));
    assert_eq!(
        (rig.resumes(), rig.identifies(), rig.dials().len()),
        (0, 1, 1)
    );
    assert_eq!(rig.count(|entry| *entry == Entry::Acquire), 1);
    let waited = rig.dials()[0].0 - invalid;
    assert!((seconds(1)..=seconds(5)).contains(&waited), "{waited:?}");
    assert_eq!(rig.losses(), [LossReason::Invalid]);
}

#[test]
fn t35_resumes_answered_by_a_cut_are_three_at_most_and_then_one_identify() {
    for code in [None, Some(1005), Some(4000)] {
        let mut rig = Rig::ready(1);
        rig.peer.resume.then = Reply::Close(code);
        rig.close(None);
        rig.pass(seconds(90));
        assert_eq!((rig.resumes(), rig.identifies()), (3, 1), "{code:?}");
    }
}

#[test]
fn t35_resume_that_is_never_answered_is_given_up_after_120_seconds() {
    let mut rig = Rig::ready(1);
    rig.peer.resume.then = Reply::Silence;
    rig.close(None);
    rig.pass(seconds(119));
    assert_eq!(rig.session.state(), State::Resuming);
    rig.pass(seconds(20));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 1));
    assert_eq!(rig.session.state(), State::Ready);
    let delayed = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::ReadyDelayed { .. }));
    assert_eq!(rig.count(delayed), 1);
}

#[test]
fn t36_unknown_close_codes_resume_first() {
    for code in [
        None,
        Some(1000),
        Some(1006),
        Some(4000),
        Some(4006),
        Some(4008),
        Some(4999),
    ] {
        let mut rig = Rig::ready(1);
        rig.close(code);
        rig.pass(seconds(2));
        assert_eq!((rig.resumes(), rig.identifies()), (1, 0), "{code:?}");
        assert_eq!(rig.session.state(), State::Ready);
    }
}

#[test]
fn t38_closes_right_after_resumed_reach_the_cap_and_never_identify() {
    let mut rig = Rig::ready(1);
    rig.peer.resume.push(100, Reply::ServeThenClose(Some(4000)));
    rig.close(Some(4000));
    rig.pass(seconds(2 * 3600));
    assert_eq!((rig.resumes(), rig.identifies()), (101, 0));
    let attempts: Vec<_> = rig
        .reconnects()
        .iter()
        .map(|(attempt, ..)| *attempt)
        .collect();
    assert_eq!(attempts, (1..=101).collect::<Vec<_>>());
    let last = rig.dials();
    let span = last[100].0 - last[10].0;
    assert!(span > seconds(90 * 20), "{span:?}");
    // Sixty stable seconds later the failures are forgotten.
    assert_eq!(rig.session.status().attempts, 0);
}

#[test]
fn t39_op_7_every_ten_seconds_costs_no_identify_no_event_and_no_backoff() {
    for code in [None, Some(1001)] {
        let mut rig = Rig::ready(1);
        for _ in 0..1000 {
            rig.event("MESSAGE_CREATE");
            match code {
                None => rig.op(7),
                Some(_) => rig.close(code),
            }
            rig.peer.event("TYPING_START");
            rig.pass(seconds(2));
            assert_eq!(rig.session.state(), State::Ready);
            rig.pass(seconds(8));
        }
        assert_eq!((rig.resumes(), rig.identifies()), (1000, 0));
        let events = rig.handed_on();
        assert!(events.iter().map(|(seq, _)| *seq).eq(2..=3001));
        assert_eq!(
            events.iter().filter(|(_, replayed)| *replayed).count(),
            1000
        );
        assert!(rig.reconnects().iter().all(|(attempt, ..)| *attempt == 0));
    }
}

#[test]
fn t41_duplicates_are_dropped_and_gaps_told() {
    let mut rig = Rig::ready(1);
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
    let duplicate = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::Duplicate { .. }));
    assert_eq!(rig.count(duplicate), 2);
    let counters = rig.session.status().counters;
    assert_eq!((counters.duplicates, counters.missing), (2, 3));
}

#[test]
fn t41_gaps_as_wide_as_the_numbers_are_counted_without_overflow() {
    let mut rig = Rig::ready(1);
    for _ in 0..2 {
        let far = rig.peer.dispatch(u64::MAX, "MESSAGE_CREATE", &json!({}));
        rig.say(far);
        rig.close(Some(4009));
        rig.pass(seconds(120));
    }
    assert_eq!(rig.session.status().counters.missing, u64::MAX);
}

#[test]
fn t41_replay_that_begins_too_early_hands_nothing_on_twice() {
    let mut rig = Rig::ready(1);
    rig.event("MESSAGE_CREATE");
    rig.event("MESSAGE_CREATE");
    rig.peer.resume.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    for seq in 1..=5 {
        let said = rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
        rig.say(said);
    }
    let said = rig.peer.dispatch(6, "RESUMED", &json!({}));
    rig.say(said);
    let events = rig.handed_on();
    assert_eq!(
        events,
        [(2, false), (3, false), (4, true), (5, true), (6, false)]
    );
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 2 });
    assert_eq!(rig.count(|entry| *entry == resumed), 1);
}

#[test]
fn t42_long_replay_keeps_order_and_beats_and_is_not_given_up() {
    let mut rig = Rig::ready(1);
    rig.peer.resume.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    rig.peer.log.resize(50_001, "MESSAGE_CREATE".into());
    for second in 0..500_u64 {
        for event in 0..100 {
            let said = rig
                .peer
                .dispatch(2 + second * 100 + event, "MESSAGE_CREATE", &json!({}));
            rig.say(said);
        }
        rig.pass(seconds(1));
    }
    assert_eq!(rig.session.state(), State::Resuming);
    assert!(rig.sent(1).len() >= 12);
    let said = rig.peer.dispatch(50_002, "RESUMED", &json!({}));
    rig.say(said);
    assert!(rig.handed_on().iter().map(|(seq, _)| *seq).eq(2..=50_002));
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 50_000 });
    assert_eq!(rig.count(|entry| *entry == resumed), 1);
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn t44_drop_right_after_a_new_identify_resumes_the_new_session() {
    let mut rig = Rig::ready(1);
    for _ in 0..20 {
        rig.event("MESSAGE_CREATE");
    }
    rig.peer.identify.push(1, Reply::ServeThenClose(None));
    rig.close(Some(4009));
    rig.pass(seconds(60));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 1));
    let resume = &rig.sent(6)[0].1;
    assert_eq!(resume["session_id"], "session-2");
    assert_eq!(resume["seq"], 1);
    assert!(
        rig.dials()
            .last()
            .unwrap()
            .1
            .starts_with("wss://resume-2.example/?v=10")
    );
    // The numbers of the new session begin again, and are no duplicates.
    assert_eq!(rig.session.status().counters.duplicates, 0);
}

#[test]
fn t15_op_9_in_answer_to_identify_waits_and_identifies_again_alone() {
    let mut rig = Rig::new(1);
    rig.peer.identify.push(3, Reply::Invalid(false));
    rig.start();
    rig.pass(seconds(60));
    assert_eq!(rig.session.state(), State::Ready);
    let identifies = rig.sent(2);
    assert_eq!(identifies.len(), 4);
    assert!(
        identifies
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 >= seconds(5))
    );
    assert_eq!(rig.count(|entry| *entry == Entry::Acquire), 4);
    assert_eq!(rig.count(|entry| *entry == Entry::Spend), 4);
}

#[test]
fn t17_late_ready_is_waited_for_while_heartbeats_are_acknowledged() {
    let mut rig = Rig::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    rig.pass(seconds(600));
    assert_eq!(rig.session.state(), State::Identifying);
    assert_eq!((rig.identifies(), rig.dials().len()), (1, 1));
    let delayed = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::ReadyDelayed { .. }));
    assert!(rig.count(delayed) >= 9);
}

#[test]
fn t45_unknown_opcodes_garbage_and_unknown_events_are_survived() {
    let mut rig = Rig::ready(1);
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
    rig.say(Said::Frame(
        r#"{"op":0,"s":2,"t":"TOMORROW","d":{"a":nonsense}}"#.into(),
    ));
    rig.event("MESSAGE_CREATE");
    rig.event("MESSAGE_CREATE");
    assert_eq!(
        rig.handed_on()
            .iter()
            .map(|(seq, _)| *seq)
            .collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(rig.session.status().seq, Some(3));
    assert_eq!(rig.reconnects(), []);
    let counters = rig.session.status().counters;
    assert_eq!((counters.bad_frames, counters.unexpected_frames), (8, 2));
}

#[test]
fn t45_event_without_a_number_is_handed_on_and_told() {
    let mut rig = Rig::ready(1);
    rig.say(Said::Frame(
        r#"{"t":"MESSAGE_CREATE","s":"2","op":0,"d":{}}"#.into(),
    ));
    assert_eq!(rig.handed_on(), [(0, false)]);
    let bad = Entry::Event(SessionEvent::BadFrame { fault: None });
    assert_eq!(rig.count(|entry| *entry == bad), 1);
    assert_eq!(rig.session.status().seq, Some(1));
}

#[test]
fn t53_frame_that_does_not_decompress_closes_resumably() {
    for fault in [FrameFault::Inflate, FrameFault::TooLarge] {
        let mut rig = Rig::ready(1);
        let generation = rig.generation;
        rig.input(Input::BadFrame { generation, fault });
        rig.pass(seconds(2));
        assert_eq!(rig.closes(), [Some(4000)]);
        assert_eq!(rig.reconnects()[0].2, DisconnectCause::BadFrame(fault));
        assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    }
}

#[test]
fn t63_session_that_is_left_resumable_is_taken_up_by_another_process() {
    let mut rig = Rig::ready(1);
    rig.event("MESSAGE_CREATE");
    rig.input(Input::Shutdown { resumable: true });
    let Some(StopReason::Shutdown { saved: Some(saved) }) = rig.stopped() else {
        panic!("{:?}", rig.stopped());
    };
    assert_eq!(rig.closes(), [Some(4000)]);
    rig.peer.event("MESSAGE_CREATE");

    let mut next = Rig::with(2, polycord_gateway::SessionConfig::default(), Some(saved));
    next.peer = rig.peer.clone();
    next.start();
    assert_eq!(next.session.state(), State::Ready);
    assert_eq!((next.resumes(), next.identifies()), (1, 0));
    assert_eq!(next.handed_on(), [(3, true), (4, false)]);
    assert_eq!(
        next.dials()[0].0,
        polycord_gateway::Moment::ORIGIN,
        "without delay"
    );
}

#[test]
fn ready_without_a_session_id_starts_and_is_not_resumed() {
    let mut rig = Rig::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    let said = rig.peer.dispatch(1, "READY", &json!({"user": {"id": "1"}}));
    rig.say(said);
    assert_eq!(rig.session.state(), State::Ready);
    rig.close(None);
    assert_eq!(rig.losses(), [LossReason::Unnamed]);
    rig.pass(seconds(10));
    assert_eq!((rig.resumes(), rig.identifies()), (0, 2));
}

#[test]
fn ready_needs_nothing_but_a_session_id() {
    let mut rig = Rig::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    let said = rig
        .peer
        .dispatch(1, "READY", &json!({"session_id": "x", "guilds": 7}));
    rig.say(said);
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.dials().last().unwrap().1, MAIN);
    assert_eq!(rig.sent(6)[0].1["session_id"], "x");
}
