//! Sessions that are resumed, and sessions that are given up.

use std::time::Duration;

use polycord_gateway::{
    DisconnectCause, Discord, FrameFault, Input, LossReason, SessionEvent, State,
};
use serde_json::json;

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::Reply,
    rig::{DiscordRig, Entry, Rig, seconds},
};

on_both_dialects!(
    t10_cut_right_after_hello_loses_nothing,
    t31_refused_resume_forgets_the_session_and_identifies_once,
    t32_close_that_ends_the_session_identifies_once_without_a_resume,
    t34_invalid_session_on_a_live_one_identifies_once_on_a_new_connection,
    t35_resumes_answered_by_a_cut_are_three_at_most_and_then_one_identify,
    t35_resume_that_is_never_answered_is_given_up_after_120_seconds,
    t36_ends_that_say_nothing_of_the_session_resume_first,
    t38_cuts_right_after_resumed_reach_the_cap_and_never_identify,
    t39_a_reconnect_every_ten_seconds_for_a_day_costs_no_identify_and_no_event,
    t40_reconnect_of_a_whole_fleet_is_spread_over_a_second_and_asks_no_queue,
    t42_long_replay_keeps_order_and_beats_and_is_not_given_up,
    t42_replay_to_a_slow_consumer_is_not_given_up,
    t44_drop_right_after_a_new_identify_resumes_the_new_session,
    t53_frame_that_does_not_decompress_closes_resumably,
    each_resume_counts_its_own_replay,
    session_that_begins_in_answer_to_a_resume_takes_the_place_of_the_old_one,
);

fn t10_cut_right_after_hello_loses_nothing<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.hello.push(1, Reply::ServeThenClose(None));
    rig.close(None);
    for name in ["MESSAGE_CREATE", "TYPING_START"] {
        rig.peer.event(name);
    }
    rig.pass(seconds(5));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.identifies(), 0);
    assert!(rig.resumes() <= 2);
    rig.assert_complete_from(2);
    let replayed = rig
        .handed_on()
        .iter()
        .filter(|(_, replayed)| *replayed)
        .count();
    assert!(replayed >= 2, "both events come in the replay");
}

#[test]
fn t31_resume_refused_with_4007_identifies_once() {
    let mut rig = DiscordRig::ready(1);
    rig.peer.resume.push(1, Reply::Close(Some(4007)));
    rig.close(None);
    rig.pass(seconds(30));
    assert_eq!(rig.asked(), (1, 1));
    assert_eq!(rig.losses(), [LossReason::Closed(4007)]);
    assert_eq!(rig.last_url(), Discord::MAIN);
    assert_eq!(rig.session.state(), State::Ready);
}

fn t31_refused_resume_forgets_the_session_and_identifies_once<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.resume.push(1, Reply::Invalid(false));
    rig.close(None);
    rig.pass(seconds(30));
    assert_eq!(rig.asked(), (1, 1));
    assert_eq!(rig.losses(), [LossReason::Invalid]);
    assert_eq!(rig.last_url(), D::MAIN);
    assert_eq!(rig.session.state(), State::Ready);
}

fn t32_close_that_ends_the_session_identifies_once_without_a_resume<D: Dialect>() {
    for &code in D::WORDS.ending {
        let mut rig = Rig::<D>::ready(1);
        rig.close(Some(code));
        rig.pass(seconds(30));
        assert_eq!(rig.asked(), (0, 1), "{code}");
        assert_eq!(rig.losses(), [LossReason::Closed(code)]);
        assert_eq!(rig.session.state(), State::Ready);
    }
}

#[test]
fn t33_resumes_refused_with_op_9_true_are_three_at_most_and_then_one_identify() {
    let mut rig = DiscordRig::ready(1);
    rig.peer.resume.push(10, Reply::Invalid(true));
    rig.close(None);
    rig.pass(seconds(120));
    assert_eq!(rig.asked(), (3, 1));
    assert_eq!(rig.losses(), [LossReason::ResumeFailed { frames: 3 }]);
    assert_eq!(rig.session.state(), State::Ready);
}

fn t34_invalid_session_on_a_live_one_identifies_once_on_a_new_connection<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.pass(seconds(100));
    rig.forget();
    rig.invalid(false);
    let invalid = rig.now;
    rig.pass(seconds(30));
    assert_eq!(rig.asked(), (0, 1));
    assert_eq!(rig.dials().len(), 1);
    let rules = rig.session.protocol().rules();
    let asked = rig.count(|entry| *entry == Entry::Acquire);
    assert_eq!(asked, usize::from(rules.identify_needs_permit));
    let waited = rig.dials()[0].0 - invalid;
    assert!(waited >= *rules.invalid_session_wait.start() && waited <= seconds(5));
    assert_eq!(rig.losses(), [LossReason::Invalid]);
}

fn t35_resumes_answered_by_a_cut_are_three_at_most_and_then_one_identify<D: Dialect>() {
    for &code in D::WORDS.keeping {
        let mut rig = Rig::<D>::ready(1);
        rig.peer.resume.then = Reply::Close(code);
        rig.close(None);
        rig.pass(seconds(90));
        assert_eq!(rig.asked(), (3, 1), "{code:?}");
        assert_eq!(rig.losses(), [LossReason::ResumeFailed { frames: 3 }]);
        assert_eq!(rig.session.state(), State::Ready);
    }
}

fn t35_resume_that_is_never_answered_is_given_up_after_120_seconds<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.resume.then = Reply::Silence;
    rig.close(None);
    rig.pass(seconds(119));
    assert_eq!(rig.session.state(), State::Resuming);
    rig.pass(seconds(20));
    assert_eq!(rig.asked(), (1, 1));
    assert_eq!(rig.session.state(), State::Ready);
    let delayed = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::ReadyDelayed { .. }));
    assert_eq!(rig.count(delayed), 1);
}

fn t36_ends_that_say_nothing_of_the_session_resume_first<D: Dialect>() {
    for &code in D::WORDS.keeping {
        let mut rig = Rig::<D>::ready(1);
        rig.close(code);
        rig.pass(seconds(2));
        assert_eq!(rig.asked(), (1, 0), "{code:?}");
        assert_eq!(rig.session.state(), State::Ready);
        rig.assert_complete_from(2);
    }
}

fn t38_cuts_right_after_resumed_reach_the_cap_and_never_identify<D: Dialect>() {
    for &code in D::WORDS.keeping {
        let mut rig = Rig::<D>::ready(1);
        rig.peer.resume.push(100, Reply::ServeThenClose(code));
        rig.close(code.filter(|code| *code != 1001));
        rig.pass(seconds(2 * 3600));
        assert_eq!(rig.asked(), (101, 0), "{code:?}");
        rig.assert_complete_from(2);
        if code == Some(1001) {
            // The server's wish, however often it has it.
            assert!(
                rig.reconnects()
                    .iter()
                    .skip(1)
                    .all(|(attempt, ..)| *attempt == 0)
            );
            continue;
        }
        let attempts = rig.reconnects().into_iter().map(|(attempt, ..)| attempt);
        assert!(attempts.eq(1..=101));
        let dials = rig.dials();
        let span = dials[100].0 - dials[10].0;
        assert!(span > seconds(90 * 20), "{span:?}");
        // Sixty stable seconds later the failures are forgotten.
        assert_eq!(rig.session.status().attempts, 0);
    }
}

fn t39_a_reconnect_every_ten_seconds_for_a_day_costs_no_identify_and_no_event<D: Dialect>() {
    let rounds = 24 * 360;
    let mut rig = Rig::<D>::ready(1);
    for _ in 0..rounds {
        rig.event("MESSAGE_CREATE");
        rig.reconnect();
        rig.peer.event("TYPING_START");
        rig.pass(seconds(2));
        assert_eq!(rig.session.state(), State::Ready);
        rig.pass(seconds(8));
    }
    assert_eq!(rig.asked(), (rounds, 0));
    assert_eq!(rig.left(), vec![rig.resumably(); rounds]);
    rig.assert_complete_from(2);
    let replayed = rig
        .handed_on()
        .iter()
        .filter(|(_, replayed)| *replayed)
        .count();
    assert_eq!(replayed, rounds);
    assert!(rig.reconnects().iter().all(|(attempt, ..)| *attempt == 0));
}

#[test]
fn t39_close_1001_every_ten_seconds_costs_no_identify_and_no_event() {
    let mut rig = DiscordRig::ready(1);
    for _ in 0..1000 {
        rig.event("MESSAGE_CREATE");
        rig.close(Some(1001));
        rig.peer.event("TYPING_START");
        rig.pass(seconds(2));
        assert_eq!(rig.session.state(), State::Ready);
        rig.pass(seconds(8));
    }
    assert_eq!(rig.asked(), (1000, 0));
    rig.assert_complete_from(2);
    assert!(rig.reconnects().iter().all(|(attempt, ..)| *attempt == 0));
}

fn t40_reconnect_of_a_whole_fleet_is_spread_over_a_second_and_asks_no_queue<D: Dialect>() {
    let mut tenths = [0_u32; 10];
    for seed in 0..200 {
        let mut rig = Rig::<D>::ready(seed);
        // The queue answers nobody: a RESUME that asked it would never be sent.
        rig.permits = false;
        let told = rig.now;
        rig.reconnect();
        rig.pass(seconds(2));
        assert_eq!(rig.asked(), (1, 0));
        assert_eq!(rig.count(|entry| *entry == Entry::Acquire), 0);
        let waited = rig.dials()[0].0 - told;
        let tenth = waited.as_millis() / 100;
        tenths[usize::try_from(tenth).expect("small")] += 1;
    }
    assert!(tenths.iter().all(|dials| *dials >= 5), "{tenths:?}");
}

fn t42_long_replay_keeps_order_and_beats_and_is_not_given_up<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.resume.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    rig.peer.log.resize(50_001, "MESSAGE_CREATE".into());
    for second in 0..500_u64 {
        for event in 0..100 {
            let seq = 2 + second * 100 + event;
            let said = rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
            rig.say(said);
        }
        rig.pass(seconds(1));
    }
    assert_eq!(rig.session.state(), State::Resuming);
    assert!(rig.heard(D::WORDS.heartbeat).len() >= 12);
    end_replay(&mut rig);
    rig.assert_complete_from(2);
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 50_000 });
    assert_eq!(rig.count(|entry| *entry == resumed), 1);
    assert_eq!(rig.asked(), (1, 0));
}

fn end_replay<D: Dialect>(rig: &mut Rig<D>) {
    if !D::WORDS.resumed_repeats {
        rig.peer.log.push(D::WORDS.resumed.to_owned());
    }
    let last = rig.peer.log.len() as u64;
    let said = rig.peer.dispatch(last, D::WORDS.resumed, &json!({}));
    rig.say(said);
}

fn t42_replay_to_a_slow_consumer_is_not_given_up<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.resume.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    for seq in 2..=5 {
        rig.peer.log.push("MESSAGE_CREATE".into());
        let said = rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
        rig.say(said);
        rig.input(Input::ReadingPaused);
        rig.pass(seconds(200));
        rig.input(Input::ReadingResumed);
        // What waited is read by and by.
        rig.pass(seconds(10));
    }
    assert!(rig.heard(D::WORDS.heartbeat).len() >= 9);
    end_replay(&mut rig);
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.asked(), (1, 0));
    rig.assert_complete_from(2);
}

fn t44_drop_right_after_a_new_identify_resumes_the_new_session<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    for _ in 0..20 {
        rig.event("MESSAGE_CREATE");
    }
    rig.forget();
    rig.peer.identify.push(1, Reply::ServeThenClose(None));
    rig.close(Some(D::WORDS.ending[0]));
    rig.pass(seconds(60));
    assert_eq!(rig.asked(), (1, 1));
    let resume = &rig.heard(D::WORDS.resume)[0].1;
    assert_eq!(resume["session_id"], "session-2");
    assert_eq!(resume["seq"], 1);
    let url = rig.peer.resume_url();
    let url = rig.session.protocol().connect_url(Some(&url));
    assert_eq!(rig.last_url(), url);
    // The numbers of the new session begin again, and are no duplicates.
    assert_eq!(rig.session.status().counters.duplicates, 0);
    rig.assert_complete_from(1);
}

fn each_resume_counts_its_own_replay<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    for _ in 0..3 {
        rig.close(None);
        rig.peer.event("MESSAGE_CREATE");
        rig.pass(seconds(5));
    }
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 1 });
    assert_eq!(rig.count(|entry| *entry == resumed), 3);
    rig.assert_complete_from(2);
}

fn session_that_begins_in_answer_to_a_resume_takes_the_place_of_the_old_one<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.event("MESSAGE_CREATE");
    rig.peer.resume.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    rig.forget();
    let ready = rig.peer.begin();
    rig.say(ready);
    assert_eq!(rig.session.state(), State::Ready);
    let lost = Entry::Event(SessionEvent::SessionLost {
        reason: LossReason::Replaced,
        last_seq: Some(2),
    });
    assert_eq!(rig.count(|entry| *entry == lost), 1);
    rig.event("MESSAGE_CREATE");
    rig.assert_complete_from(1);
    assert!(rig.handed_on().iter().all(|(_, replayed)| !replayed));
}

fn t53_frame_that_does_not_decompress_closes_resumably<D: Dialect>() {
    for fault in [FrameFault::Inflate, FrameFault::TooLarge] {
        let mut rig = Rig::<D>::ready(1);
        let generation = rig.generation;
        rig.input(Input::BadFrame { generation, fault });
        rig.pass(seconds(2));
        assert_eq!(rig.left(), [rig.resumably()]);
        assert_eq!(rig.reconnects()[0].2, DisconnectCause::BadFrame(fault));
        assert_eq!(rig.asked(), (1, 0));
    }
}

#[test]
fn t53_frames_that_never_decompress_are_no_loop() {
    let mut rig = DiscordRig::ready(1);
    let mut broken = 0;
    for _ in 0..3600 {
        if rig.session.state() == State::Ready {
            let generation = rig.generation;
            let fault = FrameFault::TooLarge;
            rig.input(Input::BadFrame { generation, fault });
            broken += 1;
        }
        rig.pass(Duration::from_secs(1));
    }
    rig.pass(seconds(60));
    assert!(
        (60..=150).contains(&broken),
        "{broken} connections in an hour"
    );
    assert_eq!(rig.asked(), (broken, 0));
}
