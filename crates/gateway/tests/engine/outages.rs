//! Dials, greetings and heartbeats that fail.

use std::time::Duration;

use polycord_gateway::{
    DisconnectCause, Input, Phase, SavedSession, SessionConfig, SessionEvent, ShardId, State,
};

use crate::{
    peer::{DISCORD, Dial, Reply, Said},
    rig::{Entry, MAIN, Rig, discord, seconds},
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
    assert_eq!(rig.losses(), [polycord_gateway::LossReason::Foreign]);
    assert_eq!((rig.resumes(), rig.identifies()), (0, 1));

    let mut session = saved();
    session.fingerprint = "discord v10 intents 1".into();
    let mut rig = Rig::of(
        discord(),
        DISCORD,
        1,
        SessionConfig::default(),
        Some(session),
    );
    rig.start();
    assert_eq!(rig.losses(), [polycord_gateway::LossReason::Foreign]);
    assert_eq!(rig.identifies(), 1);
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

fn greeted_with(interval: u64) -> Rig<polycord_gateway::Discord> {
    let mut rig = Rig::new(1);
    rig.peer.interval = Some(interval);
    rig.start();
    assert_eq!(rig.session.state(), State::Ready);
    rig
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
