//! The ends: fatal close codes, exhausted attempts, shutdown.

use polycord_gateway::{Input, SessionConfig, SessionEvent, ShardId, State, StopReason};

use crate::{
    peer::{Dial, Reply},
    rig::{DiscordRig as Rig, Entry, seconds},
};

#[test]
fn t20_wrong_token_stops_at_once_and_says_so() {
    let mut rig = Rig::new(1);
    rig.peer.identify.push(1, Reply::Close(Some(4004)));
    rig.start();
    assert_eq!(rig.stopped(), Some(StopReason::AuthenticationFailed));
    assert_eq!(rig.session.state(), State::Fatal);
    assert_eq!(rig.identifies(), 1);
    let sentence = StopReason::AuthenticationFailed.to_string();
    assert!(sentence.contains("token"), "{sentence}");

    let lines = rig.journal.len();
    rig.input(Input::Wake);
    rig.input(Input::Start);
    rig.pass(seconds(3600));
    assert_eq!((rig.journal.len(), rig.session.deadline()), (lines, None));
}

#[test]
fn t20_token_reset_at_run_time_stops_without_an_identify() {
    let mut rig = Rig::ready(1);
    rig.peer.resume.push(1, Reply::Close(Some(4004)));
    rig.close(Some(4003));
    rig.pass(seconds(1));
    assert_eq!(rig.stopped(), Some(StopReason::AuthenticationFailed));
    assert_eq!(rig.identifies(), 0);
}

#[test]
fn t21_disallowed_intent_is_named() {
    let mut rig = Rig::ready(1);
    rig.close(Some(4014));
    let reason = rig.stopped().expect("4014 is fatal");
    assert_eq!(
        reason,
        StopReason::DisallowedIntents {
            intents: "GUILD_MEMBERS".into()
        }
    );
    assert!(
        reason.to_string().contains("enable GUILD_MEMBERS"),
        "{reason}"
    );
}

#[test]
fn t22_fatal_codes_stop_and_name_what_is_wrong() {
    let cases = [
        (4010, "shard 0/1"),
        (4011, "more"),
        (4012, "version 10"),
        (4013, "GUILDS | GUILD_MEMBERS"),
    ];
    for (code, word) in cases {
        let mut rig = Rig::new(1);
        rig.peer.identify.push(1, Reply::Close(Some(code)));
        rig.start();
        let reason = rig.stopped().expect("fatal").to_string();
        assert!(reason.contains(word), "{code}: {reason}");
        assert_eq!(rig.dials().len(), 1);
    }
}

#[test]
fn attempts_that_are_used_up_are_an_end_of_their_own_with_the_last_cause() {
    let config = SessionConfig::new(ShardId::ONE).max_attempts(3);
    let mut rig = Rig::with(1, config, None);
    rig.peer.dial.then = Dial::Refuse;
    rig.start();
    rig.pass(seconds(60));
    assert_eq!(rig.session.state(), State::AttemptsExhausted);
    assert_eq!(rig.dials().len(), 3);
    let sentence = rig.stopped().expect("terminal").to_string();
    assert!(sentence.contains("connection refused"), "{sentence}");
    let told = |entry: &Entry| {
        matches!(
            entry,
            Entry::Event(SessionEvent::Reconnecting { limit: Some(3), .. })
        )
    };
    assert_eq!(rig.count(told), 2);
}

/// A session in each state that it can be shut down in.
fn rigs() -> Vec<(State, Rig)> {
    let mut rigs = Vec::new();
    let mut add = |state, prepare: &dyn Fn(&mut Rig)| {
        let mut rig = Rig::new(1);
        prepare(&mut rig);
        assert_eq!(rig.session.state(), state);
        rigs.push((state, rig));
    };
    add(State::Disconnected, &|_| {});
    add(State::Connecting, &|rig| {
        rig.peer.dial.then = Dial::Silence;
        rig.start();
    });
    add(State::AwaitingHello, &|rig| {
        rig.peer.hello.then = Reply::Silence;
        rig.start();
    });
    add(State::AwaitingPermit, &|rig| {
        rig.permits = false;
        rig.start();
    });
    add(State::AwaitingBudget, &|rig| {
        rig.budget = Some(seconds(3 * 3600));
        rig.start();
    });
    add(State::Identifying, &|rig| {
        rig.peer.identify.then = Reply::Silence;
        rig.start();
    });
    add(State::Resuming, &|rig| {
        rig.start();
        rig.peer.resume.then = Reply::Silence;
        rig.close(None);
        rig.pass(seconds(1));
    });
    add(State::Ready, &Rig::start);
    add(State::BackingOff, &|rig| {
        rig.start();
        rig.peer.dial.then = Dial::Refuse;
        rig.close(None);
        rig.pass(seconds(100));
    });
    add(State::Closing, &|rig| {
        rig.start();
        rig.close_echo = false;
        rig.op(7);
    });
    rigs
}

#[test]
fn t62_shutdown_ends_in_every_state_within_two_seconds() {
    for resumable in [true, false] {
        for (state, mut rig) in rigs() {
            rig.close_echo = false;
            let had_session = rig.session.status().session_id.is_some();
            let already_closed = rig.closes().len();
            rig.input(Input::Shutdown { resumable });
            rig.pass(seconds(2));
            let Some(StopReason::Shutdown { saved }) = rig.stopped() else {
                panic!("{state}: {:?}", rig.stopped());
            };
            assert_eq!(saved.is_some(), resumable && had_session, "{state}");
            assert_eq!(rig.session.state(), State::Stopped);
            assert_eq!(
                rig.count(|entry| *entry == Entry::Return),
                usize::from(state == State::AwaitingPermit)
            );
            let code = rig.closes().get(already_closed).copied().flatten();
            match state {
                State::AwaitingHello
                | State::AwaitingPermit
                | State::Identifying
                | State::Resuming
                | State::Ready => {
                    assert_eq!(code, Some(if resumable { 4000 } else { 1000 }), "{state}");
                }
                _ => assert_eq!(code, None, "{state}"),
            }
        }
    }
}

#[test]
fn t62_shutdown_ends_at_once_when_the_server_answers_the_close() {
    let mut rig = Rig::ready(1);
    rig.input(Input::Shutdown { resumable: false });
    assert_eq!(rig.stopped(), Some(StopReason::Shutdown { saved: None }));
}

#[test]
fn debug_output_of_actions_and_sessions_shows_no_token() {
    let mut rig = Rig::new(1);
    rig.peer.dial.then = Dial::Silence;
    rig.start();
    let generation = rig.generation;
    let mut shown = vec![format!("{:?}{:?}", rig.session, crate::rig::discord())];
    rig.session.handle(rig.now, Input::Connected { generation });
    let text = r#"{"op":10,"d":{"heartbeat_interval":40000}}"#;
    rig.session
        .handle(rig.now, Input::Frame { generation, text });
    rig.session.handle(rig.now, Input::Permit { generation });
    let mut identified = false;
    while let Some(action) = rig.session.poll() {
        identified |= matches!(action, polycord_gateway::Action::Send { secret: true, .. });
        shown.push(format!("{action:?}"));
    }
    let shown = shown.concat();
    assert!(identified);
    assert!(
        !shown.contains("secret-") && !shown.contains("a-token"),
        "{shown}"
    );
}
