//! IDENTIFY, and what the server makes of it.

use polycord_gateway::{
    DisconnectCause, LossReason, SessionConfig, SessionEvent, ShardId, State, StopReason,
};
use serde_json::json;

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::{Reply, Said},
    rig::{DiscordRig, Entry, Rig, seconds},
};

on_both_dialects!(
    t17_late_ready_is_waited_for_while_heartbeats_are_acknowledged,
    t37_server_that_closes_every_start_is_left_alone_after_the_attempts_that_are_allowed,
    t70_ready_needs_nothing_but_a_session_id,
    t70_ready_without_a_session_id_starts_and_is_not_resumed,
    t70_ready_that_does_not_end_starts_and_is_not_resumed,
);

#[test]
fn t15_op_9_in_answer_to_identify_waits_and_identifies_again_alone() {
    for seed in 0..20 {
        let mut rig = DiscordRig::new(seed);
        rig.peer.identify.push(3, Reply::Invalid(false));
        rig.start();
        rig.pass(seconds(60));
        assert_eq!(rig.session.state(), State::Ready);
        let identifies = rig.heard(2);
        assert_eq!(identifies.len(), 4);
        assert!(
            identifies
                .windows(2)
                .all(|pair| pair[1].0 - pair[0].0 >= seconds(5))
        );
        // One permit for each, and each goes back to the bucket by being spent.
        assert_eq!(rig.count(|entry| *entry == Entry::Acquire), 4);
        assert_eq!(rig.count(|entry| *entry == Entry::Spend), 4);
    }
}

#[test]
fn t16_permit_is_asked_for_after_hello_and_spent_by_the_identify() {
    let mut rig = DiscordRig::new(1);
    rig.permits = false;
    rig.start();
    let hello = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::Hello { .. }));
    assert_eq!((rig.count(hello), rig.identifies()), (1, 0));
    rig.pass(seconds(3600));
    assert_eq!(rig.identifies(), 0, "however long it takes");
    assert_eq!(rig.left(), [], "beats keep the connection");
    let generation = rig.generation;
    rig.input(polycord_gateway::Input::Permit { generation });
    let steps: Vec<_> = rig
        .journal
        .iter()
        .filter(|(_, entry)| {
            hello(entry)
                || matches!(
                    entry,
                    Entry::Acquire | Entry::Spend | Entry::Return | Entry::Sent { op: 2, .. }
                )
        })
        .map(|(_, entry)| entry)
        .collect();
    assert!(
        matches!(
            steps[..],
            [
                Entry::Event(_),
                Entry::Acquire,
                Entry::Sent { .. },
                Entry::Spend
            ]
        ),
        "{steps:?}"
    );
}

fn t17_late_ready_is_waited_for_while_heartbeats_are_acknowledged<D: Dialect>() {
    for late in [60, 600] {
        let mut rig = Rig::<D>::new(1);
        rig.peer.identify.push(1, Reply::Silence);
        rig.start();
        rig.pass(seconds(late));
        assert_eq!(rig.session.state(), State::Identifying);
        let delayed =
            |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::ReadyDelayed { .. }));
        assert!(rig.count(delayed) as u64 >= late / 60);
        assert!(rig.heard(D::WORDS.heartbeat).len() as u64 >= late / 40);
        let ready = rig.peer.begin();
        rig.say(ready);
        assert_eq!(rig.session.state(), State::Ready);
        assert_eq!((rig.asked(), rig.dials().len()), ((0, 1), 1));
        assert_eq!(rig.left(), []);
    }
}

/// The breaker that opens for half an hour is the manager's; a session tells it by its end.
fn t37_server_that_closes_every_start_is_left_alone_after_the_attempts_that_are_allowed<
    D: Dialect,
>() {
    let config = SessionConfig::new(ShardId::ONE).max_attempts(5);
    let mut rig = Rig::<D>::with(1, config, None);
    rig.peer.identify.then = Reply::Close(Some(1011));
    rig.start();
    rig.pass(seconds(7 * 24 * 3600));
    assert_eq!(rig.asked(), (0, 5));
    assert_eq!(rig.session.state(), State::AttemptsExhausted);
    let Some(StopReason::AttemptsExhausted { attempts: 5, cause }) = rig.stopped() else {
        panic!("{:?}", rig.stopped());
    };
    let code = Some(1011);
    assert!(matches!(cause, DisconnectCause::Closed { code: of, .. } if of == code));
}

fn t70_ready_needs_nothing_but_a_session_id<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    let strange = json!({"session_id": "x", "guilds": [7, {"id": null}, "?"], "spaces": 1});
    let said = rig.peer.dispatch(1, D::WORDS.ready, &strange);
    rig.say(said);
    assert_eq!(rig.session.state(), State::Ready);
    rig.close(None);
    rig.pass(seconds(1));
    assert_eq!(rig.last_url(), D::MAIN);
    assert_eq!(rig.heard(D::WORDS.resume)[0].1["session_id"], "x");
}

fn t70_ready_that_does_not_end_starts_and_is_not_resumed<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    let (kind, seq, data) = (D::WORDS.kind, D::WORDS.seq, D::WORDS.data);
    let name = D::WORDS.ready;
    rig.say(Said::Frame(format!(
        r#"{{"{kind}":"{name}","{seq}":1,"op":0,"{data}":{{"session_id":"x","guilds":[}}"#
    )));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(
        rig.handed_on(),
        [(1, false)],
        "whoever decodes it will notice"
    );
    rig.close(None);
    rig.pass(seconds(10));
    assert_eq!(rig.asked(), (0, 2));
}

fn t70_ready_without_a_session_id_starts_and_is_not_resumed<D: Dialect>() {
    let mut rig = Rig::<D>::new(1);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    let said = rig
        .peer
        .dispatch(1, D::WORDS.ready, &json!({"user": {"id": "1"}}));
    rig.say(said);
    assert_eq!(rig.session.state(), State::Ready);
    rig.close(None);
    assert_eq!(rig.losses(), [LossReason::Unnamed]);
    rig.pass(seconds(10));
    assert_eq!(rig.asked(), (0, 2));
}
