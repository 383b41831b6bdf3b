//! Dials and greetings that fail.

use std::time::Duration;

use polycord_gateway::{
    DisconnectCause, Input, LossReason, Phase, SavedSession, SessionConfig, ShardId, State,
};

use crate::{
    peer::{Dial, Reply},
    rig::{Entry, MAIN, Rig, seconds},
};

fn saved() -> SavedSession {
    let mut rig = Rig::ready(99);
    rig.input(Input::Shutdown { resumable: true });
    match rig.stopped() {
        Some(polycord_gateway::StopReason::Shutdown { saved: Some(saved) }) => saved,
        other => panic!("{other:?}"),
    }
}

#[test]
fn t01_outage_of_five_minutes_keeps_the_session_and_resumes_first() {
    let mut rig = Rig::ready(1);
    rig.peer.dial.then = Dial::Refuse;
    rig.close(None);
    rig.pass(seconds(300));
    let failed = rig.reconnects();
    assert!(failed.len() > 5, "{failed:?}");
    assert!(failed.iter().all(|(_, delay, _)| *delay <= seconds(60)));
    assert!(matches!(
        failed.last(),
        Some((_, _, DisconnectCause::ConnectFailed(_)))
    ));

    rig.peer.dial.then = Dial::Accept;
    rig.pass(seconds(60));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn t02_dial_that_nobody_answers_is_given_up_after_10_seconds() {
    let mut rig = Rig::new(1);
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
    let mut rig = Rig::ready(1);
    rig.peer.dial.push(1, Dial::Refuse);
    rig.close(Some(4000));
    rig.pass(seconds(5));
    let dials = rig.dials();
    assert_eq!(dials.len(), 2, "{dials:?}");
    assert!(dials[0].1.starts_with("wss://resume-1.example/"));
    assert_eq!((dials[1].1.as_str(), dials[1].2), (MAIN, true));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t05_long_outage_keeps_the_session_at_a_bounded_rate_of_dials() {
    let mut rig = Rig::ready(3);
    rig.peer.dial.then = Dial::Refuse;
    rig.close(None);
    rig.pass(seconds(600));
    let before = rig.dials().len();
    rig.pass(seconds(3600));
    let hour = rig.dials().len() - before;
    assert!(hour <= 150, "{hour} dials in an hour");
    assert_eq!(rig.session.state().phase(), Phase::Reconnecting);
    rig.peer.dial.then = Dial::Accept;
    rig.pass(seconds(60));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn t05_an_outage_after_an_unanswered_resume_does_not_spend_the_session() {
    let mut rig = Rig::ready(3);
    rig.peer.resume.push(1, Reply::Close(None));
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.resumes(), 1);
    rig.peer.dial.then = Dial::Refuse;
    rig.pass(seconds(38 * 60));
    rig.peer.dial.then = Dial::Accept;
    rig.pass(seconds(60));
    assert_eq!((rig.resumes(), rig.identifies()), (2, 0));
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn t06_stored_session_with_a_dead_url_starts_on_the_main_url() {
    let saved = saved();
    let mut rig = Rig::with(1, SessionConfig::default(), Some(saved));
    rig.peer.sessions = 1;
    rig.peer.alive = true;
    rig.peer.log = vec!["READY".into(), "MESSAGE_CREATE".into()];
    rig.peer.dial.push(1, Dial::Refuse);
    rig.start();
    rig.pass(seconds(5));
    assert_eq!(rig.dials().len(), 2);
    assert_eq!(rig.dials()[1].1, MAIN);
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    assert_eq!(rig.handed_on(), [(2, true), (3, false)]);
}

#[test]
fn t06_stored_session_of_another_shard_or_other_intents_is_refused_with_a_reason() {
    let config = SessionConfig::new(ShardId::new(1, 2));
    let mut rig = Rig::with(1, config, Some(saved()));
    rig.start();
    let shard = ShardId::ONE;
    assert_eq!(rig.losses(), [LossReason::OtherShard { shard }]);
    assert_eq!((rig.resumes(), rig.identifies()), (0, 1));

    let cases: [(fn(&mut SavedSession), LossReason); 3] = [
        (|saved| saved.intents_hash += 1, LossReason::OtherIntents),
        (
            |saved| saved.dialect = "discord v9".into(),
            LossReason::OtherDialect {
                dialect: "discord v9".into(),
            },
        ),
        (|saved| saved.session_id.clear(), LossReason::Unnamed),
    ];
    for (change, reason) in cases {
        let mut session = saved();
        change(&mut session);
        let mut rig = Rig::with(1, SessionConfig::default(), Some(session));
        rig.start();
        assert_eq!(rig.losses(), [reason]);
        assert_eq!((rig.resumes(), rig.identifies()), (0, 1));
    }
}

#[test]
fn t07_resume_url_gets_the_query_of_the_first_connect() {
    let mut rig = Rig::new(1);
    rig.start();
    rig.close(None);
    rig.pass(seconds(1));
    let dials = rig.dials();
    assert_eq!(dials[0].1, MAIN);
    let query = "/?v=10&encoding=json&compress=zlib-stream";
    assert_eq!(dials[1].1, format!("{}{query}", rig.peer.resume_url()));
}

#[test]
fn t07_resume_url_without_encryption_is_not_followed_from_an_encrypted_main_url() {
    let mut saved = saved();
    saved.resume_url = Some("ws://resume.example".into());
    let mut rig = Rig::with(1, SessionConfig::default(), Some(saved));
    rig.peer.alive = true;
    rig.start();
    // RESUME carries the token.
    assert_eq!(rig.dials()[0].1, MAIN);
}

#[test]
fn t08_hello_never_arrives_closes_after_20_seconds_and_keeps_the_session() {
    let mut rig = Rig::ready(1);
    rig.peer.hello.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.session.state(), State::AwaitingHello);
    rig.pass(seconds(19));
    rig.pass(seconds(2));
    let closes = rig.closes();
    assert_eq!(closes.len(), 1);
    assert!(
        closes[0].is_some_and(|code| (4000..5000).contains(&code)),
        "{closes:?}"
    );
    assert!(
        rig.reconnects()
            .iter()
            .any(|(_, _, cause)| *cause == DisconnectCause::HelloTimeout)
    );
    rig.pass(seconds(5));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn t08_hello_has_its_deadline_however_slow_the_consumer_is() {
    let mut rig = Rig::ready(1);
    rig.input(Input::ReadingPaused);
    rig.peer.hello.push(1, Reply::Silence);
    rig.close(None);
    rig.pass(seconds(30));
    assert_eq!(rig.dials().len(), 2);
}

#[test]
fn t08_permit_of_a_connection_that_dies_is_returned_and_a_late_one_too() {
    let mut rig = Rig::new(1);
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

#[test]
fn t09_op_7_or_op_9_instead_of_hello_reconnects_and_sends_nothing() {
    for reply in [
        Reply::Reconnect,
        Reply::Invalid(false),
        Reply::Invalid(true),
    ] {
        let mut rig = Rig::ready(1);
        rig.peer.hello.push(1, reply);
        rig.close(None);
        rig.pass(seconds(1));
        rig.pass(seconds(5));
        assert_eq!(rig.session.state(), State::Ready);
        assert_eq!((rig.resumes(), rig.identifies()), (1, 0), "{reply:?}");
        assert_eq!(rig.losses(), []);
    }
}

#[test]
fn t11_closes_before_hello_back_off_although_tcp_opens() {
    for code in [None, Some(1001)] {
        let mut rig = Rig::ready(5);
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
        assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    }
}

#[test]
fn wake_ends_a_backoff() {
    let mut rig = Rig::ready(4);
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
        let mut rig = Rig::ready(seed);
        rig.pass(seconds(600));
        let refused = rig.now;
        let invalid = rig.peer.invalid(false);
        rig.say(invalid);
        rig.input(Input::Wake);
        rig.pass(seconds(60));
        let waited = rig.dials()[0].0 - refused;
        assert!(waited >= seconds(1), "seed {seed}: {waited:?}");
    }
}
