//! Dials and greetings that fail.

use std::time::Duration;

use polycord_gateway::{
    DisconnectCause, Input, LossReason, Phase, SavedSession, ShardId, State, StopReason,
};
use serde_json::json;

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::{Dial, Reply},
    rig::{DiscordRig, Entry, Rig, seconds},
};

on_both_dialects!(
    t01_outage_of_five_minutes_keeps_the_session_and_resumes_first,
    t02_dial_that_nobody_answers_is_given_up_after_10_seconds,
    t05_long_outage_keeps_the_session_at_a_bounded_rate_of_dials,
    t05_an_outage_after_an_unanswered_resume_does_not_spend_the_session,
    t06_stored_session_whose_first_dial_fails_is_resumed_on_the_main_url,
    t06_stored_session_of_another_shard_dialect_or_intents_is_dropped_with_the_reason,
    t06_stored_session_that_the_server_has_forgotten_costs_one_identify,
    t08_hello_never_arrives_closes_after_20_seconds_and_keeps_the_session,
    t08_hello_has_its_deadline_however_slow_the_consumer_is,
    t09_reconnect_or_invalid_session_instead_of_hello_reconnects_and_sends_nothing,
    t09_at_the_start_too_the_first_frame_sent_follows_a_hello,
    t11_cuts_before_hello_back_off_although_tcp_opens,
    failures_are_forgotten_after_a_minute_of_ready_even_by_a_process_that_stood_still,
    wake_ends_a_backoff,
);

/// The session of a process that has left it, and its server.
fn left_behind<D: Dialect>() -> (Rig<D>, SavedSession) {
    let mut rig = Rig::<D>::ready(99);
    rig.input(Input::Shutdown { resumable: true });
    match rig.stopped() {
        Some(StopReason::Shutdown { saved: Some(saved) }) => (rig, saved),
        other => panic!("{other:?}"),
    }
}

fn t01_outage_of_five_minutes_keeps_the_session_and_resumes_first<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.dial.then = Dial::Refuse;
    rig.close(None);
    rig.peer.event("MESSAGE_CREATE");
    rig.pass(seconds(300));
    let failed = rig.reconnects();
    assert!(failed.len() > 5, "{failed:?}");
    assert!(failed.iter().all(|(_, delay, _)| *delay <= seconds(60)));
    assert!(matches!(
        failed.last(),
        Some((_, _, DisconnectCause::ConnectFailed(_)))
    ));
    assert_eq!(rig.losses(), []);

    rig.peer.dial.then = Dial::Accept;
    rig.pass(seconds(60));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.asked(), (1, 0));
    rig.assert_complete_from(2);
}

fn t02_dial_that_nobody_answers_is_given_up_after_10_seconds<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.dial.push(1, Dial::Silence);
    rig.start();
    rig.pass(Duration::from_millis(9_999));
    assert_eq!(rig.session.state(), State::Connecting);
    rig.pass(Duration::from_millis(1));
    assert_eq!(rig.session.state(), State::BackingOff);
    assert_eq!(rig.closes(), [None]);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t04_dead_resume_url_leads_to_the_main_url_with_the_same_session() {
    let mut rig = DiscordRig::ready(1);
    rig.peer.dial.push(1, Dial::Refuse);
    rig.close(Some(4000));
    rig.pass(seconds(5));
    let dials = rig.dials();
    assert_eq!(dials.len(), 2, "{dials:?}");
    assert!(dials[0].1.starts_with("wss://resume-1.example/"));
    assert_eq!(
        (dials[1].1.as_str(), dials[1].2),
        (polycord_gateway::Discord::MAIN, true)
    );
    assert_eq!(rig.asked(), (1, 0));
    assert_eq!(rig.heard(6)[0].1["session_id"], "session-1");
    assert_eq!(rig.session.state(), State::Ready);

    // It has been resumed, so the next one is tried where it was told to be.
    rig.close(Some(4000));
    rig.pass(seconds(5));
    assert!(rig.last_url().starts_with("wss://resume-1.example/"));
}

fn t05_long_outage_keeps_the_session_at_a_bounded_rate_of_dials<D: Dialect>() {
    for seed in 0..20 {
        let mut rig = Rig::<D>::ready(seed);
        rig.peer.dial.then = Dial::Refuse;
        rig.close(None);
        rig.pass(seconds(600));
        let before = rig.dials().len();
        rig.pass(seconds(3600));
        let hour = rig.dials().len() - before;
        // Ninety is not enough to tell how the waits are drawn; 150 is what is bearable.
        assert!((60..=150).contains(&hour), "{hour} dials in an hour");
        let delays = rig.reconnects().into_iter().map(|(_, delay, _)| delay);
        assert!(delays.max() > Some(seconds(50)), "the waits reach the cap");
        assert_eq!(rig.session.state().phase(), Phase::Reconnecting);
        assert_eq!(rig.asked(), (0, 0));
        rig.peer.dial.then = Dial::Accept;
        rig.pass(seconds(60));
        assert_eq!(rig.asked(), (1, 0));
        assert_eq!(rig.session.state(), State::Ready);
    }
}

fn t05_an_outage_after_an_unanswered_resume_does_not_spend_the_session<D: Dialect>() {
    let mut rig = Rig::<D>::ready(3);
    rig.peer.resume.push(1, Reply::Close(None));
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.resumes(), 1);
    rig.peer.dial.then = Dial::Refuse;
    rig.pass(seconds(38 * 60));
    rig.peer.dial.then = Dial::Accept;
    // Nor does it shorten the time that the next one has.
    rig.peer.resume.push(1, Reply::Silence);
    rig.pass(seconds(100));
    assert_eq!(rig.session.state(), State::Resuming);
    rig.peer.log.push(D::WORDS.resumed.to_owned());
    let resumed = rig.peer.dispatch(2, D::WORDS.resumed, &json!({}));
    rig.say(resumed);
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.asked(), (2, 0));
}

fn failures_are_forgotten_after_a_minute_of_ready_even_by_a_process_that_stood_still<D: Dialect>() {
    let mut rig = Rig::<D>::ready(3);
    rig.peer.dial.push(5, Dial::Refuse);
    rig.close(None);
    while rig.session.state() != State::Ready {
        rig.pass(seconds(1));
    }
    assert_eq!(rig.session.status().attempts, 6);
    rig.now = rig.now + seconds(61);
    rig.close(None);
    let (attempt, delay, _) = rig.reconnects().pop().expect("it comes back");
    assert_eq!(attempt, 1);
    assert!(delay <= seconds(1));
}

fn t06_stored_session_whose_first_dial_fails_is_resumed_on_the_main_url<D: Dialect>() {
    let (mut before, saved) = left_behind::<D>();
    before.peer.event("MESSAGE_CREATE");
    let mut rig = before.taking_over(1, saved);
    rig.peer.dial.push(1, Dial::Refuse);
    rig.start();
    rig.pass(seconds(5));
    assert_eq!(rig.dials().len(), 2);
    assert_eq!(rig.dials()[1].1, D::MAIN);
    assert_eq!(rig.asked(), (1, 0));
    rig.assert_complete_from(2);
}

fn t06_stored_session_of_another_shard_dialect_or_intents_is_dropped_with_the_reason<D: Dialect>() {
    type Change = fn(&mut SavedSession);
    let cases: [(Change, LossReason); 4] = [
        (
            |saved| saved.shard = ShardId::new(1, 2),
            LossReason::OtherShard {
                shard: ShardId::new(1, 2),
            },
        ),
        (|saved| saved.intents_hash += 1, LossReason::OtherIntents),
        (
            |saved| saved.dialect = "another".into(),
            LossReason::OtherDialect {
                dialect: "another".into(),
            },
        ),
        (|saved| saved.session_id.clear(), LossReason::Unnamed),
    ];
    for (change, reason) in cases {
        let (before, mut saved) = left_behind::<D>();
        change(&mut saved);
        let mut rig = before.taking_over(1, saved);
        rig.start();
        assert_eq!(rig.losses(), [reason]);
        assert_eq!(rig.asked(), (0, 1));
        assert_eq!((rig.dials().len(), rig.dials()[0].2), (1, false));
        assert_eq!(rig.session.state(), State::Ready);
    }
}

fn t06_stored_session_that_the_server_has_forgotten_costs_one_identify<D: Dialect>() {
    let (mut before, saved) = left_behind::<D>();
    before.peer.alive = false;
    let mut rig = before.taking_over(1, saved);
    rig.start();
    rig.pass(seconds(30));
    assert_eq!(rig.asked(), (1, 1));
    assert_eq!(rig.losses(), [LossReason::Invalid]);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t07_resume_url_gets_the_query_of_the_first_connect() {
    let mut rig = DiscordRig::new(1);
    rig.start();
    rig.close(None);
    rig.pass(seconds(1));
    let dials = rig.dials();
    assert_eq!(dials[0].1, polycord_gateway::Discord::MAIN);
    let query = "/?v=10&encoding=json&compress=zlib-stream";
    assert_eq!(dials[1].1, format!("{}{query}", rig.peer.resume_url()));
}

#[test]
fn t07_resume_url_without_encryption_is_not_followed_from_an_encrypted_main_url() {
    let (before, mut saved) = left_behind::<polycord_gateway::Discord>();
    saved.resume_url = Some("ws://resume.example".into());
    let mut rig = before.taking_over(1, saved);
    rig.start();
    // RESUME carries the token.
    assert_eq!(rig.dials()[0].1, polycord_gateway::Discord::MAIN);
}

fn t08_hello_never_arrives_closes_after_20_seconds_and_keeps_the_session<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.peer.hello.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::AwaitingHello);
    rig.pass(seconds(21));
    let (at, code) = rig.peer.left[0];
    assert_eq!(at - rig.dials()[0].0, seconds(20));
    assert_eq!(code, rig.resumably());
    assert_ne!(code, Some(1000));
    assert!(
        rig.reconnects()
            .iter()
            .any(|(_, _, cause)| *cause == DisconnectCause::HelloTimeout)
    );
    rig.pass(seconds(5));
    assert_eq!(rig.left().len(), 1);
    assert_eq!(rig.asked(), (1, 0));
}

fn t08_hello_has_its_deadline_however_slow_the_consumer_is<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.input(Input::ReadingPaused);
    rig.peer.hello.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(30));
    assert_eq!(rig.dials().len(), 2);
}

#[test]
fn t08_permit_of_a_connection_that_dies_is_returned_and_a_late_one_too() {
    let mut rig = DiscordRig::new(1);
    rig.permits = false;
    rig.start();
    assert_eq!(rig.session.state(), State::AwaitingPermit);
    let first = rig.generation;
    rig.close(None);
    assert_eq!(rig.count(|entry| *entry == Entry::Return), 1);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::AwaitingPermit);

    rig.input(Input::Permit { generation: first });
    assert_eq!(rig.count(|entry| *entry == Entry::Return), 2);
    assert_eq!(rig.identifies(), 0);
    let generation = rig.generation;
    rig.input(Input::Permit { generation });
    assert_eq!(
        (rig.identifies(), rig.count(|entry| *entry == Entry::Spend)),
        (1, 1)
    );
    assert_eq!(rig.session.state(), State::Ready);
}

fn t09_reconnect_or_invalid_session_instead_of_hello_reconnects_and_sends_nothing<D: Dialect>() {
    for reply in [
        Reply::Reconnect,
        Reply::Invalid(false),
        Reply::Invalid(true),
    ] {
        let mut rig = Rig::<D>::ready(1);
        rig.peer.hello.push(1, reply);
        rig.close(None);
        rig.pass(seconds(5));
        assert_eq!(rig.session.state(), State::Ready);
        assert_eq!(rig.asked(), (1, 0), "{reply:?}");
        assert_eq!(rig.losses(), []);
        let dials = rig.dials();
        assert_eq!(dials.len(), 2);
        assert!(dials[1].0 - dials[0].0 <= seconds(2), "at once: {dials:?}");
        // What was sent was sent on the connection that had greeted.
        assert!(rig.peer.heard.iter().all(|(at, ..)| *at >= dials[1].0));
        assert_eq!(rig.left(), [rig.resumably()]);
    }
}

fn t09_at_the_start_too_the_first_frame_sent_follows_a_hello<D: Dialect>() {
    for reply in [Reply::Reconnect, Reply::Invalid(false)] {
        let mut rig = Rig::<D>::new(1);
        rig.peer.hello.push(1, reply);
        rig.start();
        rig.pass(seconds(30));
        assert_eq!(rig.session.state(), State::Ready);
        assert_eq!(rig.asked(), (0, 1), "{reply:?}");
        let greeted = rig.dials()[1].0;
        assert!(rig.peer.heard.iter().all(|(at, ..)| *at >= greeted));
    }
}

fn t11_cuts_before_hello_back_off_although_tcp_opens<D: Dialect>() {
    backs_off_when_closed_before_hello_with::<D>(None);
}

#[test]
fn t11_closes_with_1001_before_hello_back_off_although_tcp_opens() {
    backs_off_when_closed_before_hello_with::<polycord_gateway::Discord>(Some(1001));
}

fn backs_off_when_closed_before_hello_with<D: Dialect>(code: Option<u16>) {
    let mut rig = Rig::<D>::ready(5);
    rig.peer.hello.push(50, Reply::Close(code));
    rig.close(None);
    rig.pass(seconds(60 * 60));
    assert_eq!(rig.session.state(), State::Ready);
    let attempts: Vec<_> = rig
        .reconnects()
        .iter()
        .map(|(attempt, ..)| *attempt)
        .collect();
    assert_eq!(attempts, (1..=51).collect::<Vec<_>>());
    let span = rig.dials()[50].0 - rig.dials()[0].0;
    assert!(span > seconds(15 * 60), "{span:?}");
    assert_eq!(rig.asked(), (1, 0));
}

fn wake_ends_a_backoff<D: Dialect>() {
    let mut rig = Rig::<D>::ready(4);
    rig.peer.dial.push(12, Dial::Refuse);
    rig.close(None);
    while rig.dials().len() < 12 {
        rig.pass(seconds(1));
    }
    assert_eq!(rig.session.state(), State::BackingOff);
    rig.input(Input::Wake);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn wake_does_not_shorten_the_wait_after_an_invalid_session() {
    for seed in 0..50 {
        let mut rig = DiscordRig::ready(seed);
        rig.pass(seconds(600));
        let refused = rig.now;
        rig.invalid(false);
        rig.input(Input::Wake);
        rig.pass(seconds(60));
        let waited = rig.dials()[0].0 - refused;
        assert!(waited >= seconds(1), "seed {seed}: {waited:?}");
    }
}
