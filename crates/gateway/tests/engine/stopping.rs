//! The ends: fatal close codes, exhausted attempts, shutdown.

use polycord_gateway::{Discord, Input, SessionConfig, SessionEvent, ShardId, State, StopReason};

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::{Dial, Reply},
    rig::{DiscordRig, Entry, Rig, discord, seconds},
};

on_both_dialects!(
    t20_wrong_token_stops_at_once_and_says_so,
    t20_fatal_codes_at_run_time_stop_without_another_dial,
    t20_fatal_codes_in_answer_to_a_resume_stop_without_an_identify,
    t62_shutdown_ends_in_every_state_within_two_seconds,
    t62_shutdown_ends_at_once_when_the_server_answers_the_close,
    t62_wake_ends_a_backoff_and_changes_nothing_elsewhere,
    attempts_that_are_used_up_are_an_end_of_their_own_with_the_last_cause,
);

fn t20_wrong_token_stops_at_once_and_says_so<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.identify.push(1, Reply::Close(Some(4004)));
    rig.start();
    assert_eq!(rig.stopped(), Some(StopReason::AuthenticationFailed));
    assert_eq!(rig.session.state(), State::Fatal);
    assert_eq!(rig.identifies(), 1);
    let sentence = StopReason::AuthenticationFailed.to_string();
    assert!(sentence.contains("token"), "{sentence}");

    rig.forget();
    rig.input(Input::Wake);
    rig.input(Input::Start);
    rig.input(Input::ReadingResumed);
    rig.pass(seconds(3600));
    assert!(rig.journal.is_empty() && rig.peer.heard.is_empty());
    assert_eq!(rig.session.deadline(), None);
}

fn t20_fatal_codes_at_run_time_stop_without_another_dial<D: Dialect>() {
    for &code in D::WORDS.fatal {
        let mut rig = Rig::<D>::ready(1);
        rig.close(Some(code));
        assert!(rig.stopped().is_some(), "{code}: at once");
        assert_eq!(rig.session.state(), State::Fatal);
        rig.pass(seconds(3600));
        assert_eq!((rig.dials().len(), rig.asked()), (0, (0, 0)), "{code}");
    }
}

fn t20_fatal_codes_in_answer_to_a_resume_stop_without_an_identify<D: Dialect>() {
    for &code in D::WORDS.fatal {
        let mut rig = Rig::<D>::ready(1);
        rig.peer.resume.push(1, Reply::Close(Some(code)));
        rig.close(None);
        rig.pass(seconds(60));
        assert!(rig.stopped().is_some(), "{code}");
        assert_eq!(rig.asked(), (1, 0), "{code}");
    }
}

#[test]
fn t20_token_reset_at_run_time_stops_without_an_identify() {
    let mut rig = DiscordRig::ready(1);
    rig.peer.resume.push(1, Reply::Close(Some(4004)));
    rig.close(Some(4003));
    rig.pass(seconds(1));
    assert_eq!(rig.stopped(), Some(StopReason::AuthenticationFailed));
    assert_eq!(rig.asked(), (1, 0));
}

#[test]
fn t21_disallowed_intent_is_named_on_the_reconnect_of_a_bot_that_ran_before() {
    let mut rig = DiscordRig::ready(1);
    rig.pass(seconds(3600));
    rig.forget();
    // The session is gone, and the intent with it.
    rig.peer.identify.push(1, Reply::Close(Some(4014)));
    rig.close(Some(4009));
    rig.pass(seconds(60));
    assert_eq!(rig.asked(), (0, 1));
    let reason = rig.stopped().expect("4014 is fatal");
    let intents = "GUILD_MEMBERS".into();
    assert_eq!(reason, StopReason::DisallowedIntents { intents });
    assert!(
        reason.to_string().contains("enable GUILD_MEMBERS"),
        "{reason}"
    );
}

#[test]
fn t22_fatal_codes_stop_and_name_what_is_wrong() {
    let cases = [
        (4010, "shard 0/1"),
        (4010, "multiple"),
        (4012, "version 10"),
        (4013, "GUILDS | GUILD_MEMBERS"),
    ];
    for (code, word) in cases {
        assert!(refused_with(code).contains(word), "{code}: {word}");
    }
}

#[test]
fn t23_4011_stops_and_asks_for_more_shards() {
    let sentence = refused_with(4011);
    assert!(sentence.contains("start more"), "{sentence}");
}

/// What a session says that is refused with this code.
fn refused_with(code: u16) -> String {
    let mut rig = DiscordRig::new(1);
    rig.peer.identify.push(1, Reply::Close(Some(code)));
    rig.start();
    let reason = rig.stopped().expect("the code is fatal");
    rig.pass(seconds(3600));
    assert_eq!((rig.dials().len(), rig.asked()), (1, (0, 1)), "no loop");
    reason.to_string()
}

fn attempts_that_are_used_up_are_an_end_of_their_own_with_the_last_cause<D: Dialect>() {
    let config = SessionConfig::new(ShardId::ONE).max_attempts(3);
    let mut rig = Rig::<D>::with(1, config, None);
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

type Prepare<D> = fn(&mut Rig<D>);

/// How a session comes into each state that it can be shut down in.
fn states<D: Dialect>() -> Vec<(State, Prepare<D>)> {
    let rules = D::speak();
    let rules = rules.rules();
    let mut states: Vec<(State, Prepare<D>)> = vec![
        (State::Disconnected, |_| {}),
        (State::Connecting, |rig| {
            rig.peer.dial.then = Dial::Silence;
            rig.start();
        }),
        (State::AwaitingHello, |rig| {
            rig.peer.hello.then = Reply::Silence;
            rig.start();
        }),
        (State::Identifying, |rig| {
            rig.peer.identify.then = Reply::Silence;
            rig.start();
        }),
        (State::Resuming, |rig| {
            rig.start();
            rig.peer.resume.then = Reply::Silence;
            rig.close(None);
            rig.pass(seconds(1));
        }),
        (State::Ready, Rig::start),
        (State::BackingOff, |rig| {
            rig.start();
            rig.peer.dial.then = Dial::Refuse;
            rig.close(None);
            rig.pass(seconds(100));
        }),
    ];
    if rules.identify_needs_permit {
        states.push((State::AwaitingPermit, |rig| {
            rig.permits = false;
            rig.start();
        }));
        states.push((State::AwaitingBudget, |rig| {
            rig.budget = Some(seconds(3 * 3600));
            rig.start();
        }));
    }
    // Where no close frame is sent, no answer is waited for.
    if rules.leave_resumably.code().is_some() {
        states.push((State::Closing, |rig| {
            rig.start();
            rig.close_echo = false;
            rig.reconnect();
        }));
    }
    states
}

fn t62_shutdown_ends_in_every_state_within_two_seconds<D: Dialect>() {
    for resumable in [true, false] {
        for (state, prepare) in states::<D>() {
            let mut rig = Rig::<D>::new(1);
            prepare(&mut rig);
            assert_eq!(rig.session.state(), state);
            rig.close_echo = false;
            let had_session = rig.session.status().session_id.is_some();
            rig.forget();
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
            let seen = match state {
                State::AwaitingHello
                | State::AwaitingPermit
                | State::Identifying
                | State::Resuming
                | State::Ready => vec![if resumable {
                    rig.resumably()
                } else {
                    Some(1000)
                }],
                _ => vec![],
            };
            assert_eq!(rig.left(), seen, "{state}");
            rig.forget();
            rig.pass(seconds(3600));
            assert!(rig.journal.is_empty(), "{state}: nothing follows");
        }
    }
}

fn t62_shutdown_ends_at_once_when_the_server_answers_the_close<D: Dialect>() {
    let mut rig = Rig::<D>::ready(1);
    rig.input(Input::Shutdown { resumable: false });
    assert_eq!(rig.stopped(), Some(StopReason::Shutdown { saved: None }));
    assert!(!rig.peer.alive, "the server was told that it is over");
}

fn t62_wake_ends_a_backoff_and_changes_nothing_elsewhere<D: Dialect>() {
    for (state, prepare) in states::<D>() {
        let mut rig = Rig::<D>::new(1);
        prepare(&mut rig);
        let dials = rig.dials().len();
        rig.input(Input::Wake);
        let woken = matches!(state, State::BackingOff | State::AwaitingBudget);
        assert_eq!(rig.dials().len() - dials, usize::from(woken), "{state}");
    }
}

#[test]
fn debug_output_of_actions_and_sessions_shows_no_token() {
    let mut rig = DiscordRig::new(1);
    rig.peer.dial.then = Dial::Silence;
    rig.start();
    let generation = rig.generation;
    let discord: Discord = discord();
    let mut shown = vec![format!("{:?}{discord:?}", rig.session)];
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
