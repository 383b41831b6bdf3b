//! Connections that are not made, or not answered.

use std::time::Duration;

use polycord_gateway::{SessionEvent, Shard, ShardId, State};
use polycord_simulator::{Dialled, EntryKind, Fault};

use crate::{
    opcode::{HEARTBEAT, IDENTIFY},
    recorder::Recorder,
    rig::{Rig, resumable, seconds},
};

#[tokio::test(start_paused = true)]
async fn t04_a_resume_url_that_answers_503_is_left_for_the_main_url_with_the_same_session() {
    let rig = Rig::ready().await;
    rig.sim
        .script(0, Fault::HttpStatus(503).always().at(Dialled::Resume));
    rig.sim.cut(0);
    rig.wait_resumed(1).await;
    let dialled = rig.dialled();
    assert!(!dialled[1].starts_with("/resume"), "{dialled:?}");
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t05_38_minutes_without_a_server_cost_no_session_and_few_dials() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::HttpStatus(503).always());
    rig.sim.cut(0);
    rig.pass(Duration::from_secs(38 * 60)).await;
    let refused: Vec<_> = rig.journal(|entry| match &entry.kind {
        EntryKind::UpgradeRefused { .. } => Some(entry.at),
        _ => None,
    });
    assert!(refused.len() > 38, "{} dials", refused.len());
    assert!(refused.len() <= 150, "{} dials", refused.len());
    assert_ne!(rig.shard.status().state, State::Ready);
    rig.say("while nobody could listen");
    rig.sim.clear_script();
    rig.wait_resumed(1).await;
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t06_a_stored_session_whose_url_is_dead_is_resumed_at_the_main_url() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    rig.sim
        .script(0, Fault::HttpStatus(404).always().at(Dialled::Resume));
    let next = Shard::start(Rig::config(&rig.sim, ShardId::ONE).session(saved)).unwrap();
    let handle = next.handle();
    let _seen = Recorder::of(next);
    rig.in_time(handle.wait_for(|status| status.counters.resumed == 1))
        .await;
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    assert!(
        !rig.dialled()[1].starts_with("/resume"),
        "{:?}",
        rig.dialled()
    );
}

#[tokio::test(start_paused = true)]
async fn t07_the_resume_url_is_asked_for_what_the_first_connection_asked_for() {
    let rig = Rig::ready().await;
    rig.sim.cut(0);
    rig.wait_resumed(1).await;
    let dialled = rig.dialled();
    assert!(dialled[1].starts_with("/resume"), "{dialled:?}");
    let query = |path: &String| path.split_once('?').map(|(_, query)| query.to_owned());
    assert_eq!(query(&dialled[0]), query(&dialled[1]));
    for wanted in ["v=10", "encoding=json", "compress=zlib-stream"] {
        assert!(dialled[1].contains(wanted), "{dialled:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn t08_hello_that_never_arrives_costs_20_s_and_neither_session_nor_identify() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::NoHello);
    rig.sim.cut(0);
    rig.wait_resumed(1).await;
    let opened: Vec<_> = rig.journal(|entry| match &entry.kind {
        EntryKind::Connected { .. } => Some(entry.at),
        _ => None,
    });
    let closed: Vec<_> = rig.journal(|entry| match &entry.kind {
        EntryKind::ClientClosed { code } => Some((entry.at, *code)),
        _ => None,
    });
    let (at, code) = closed[0];
    assert!(resumable(code), "closed with {code:?}");
    assert_eq!(at.saturating_sub(opened[1]).as_secs(), 20);
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t08_a_shard_that_gets_no_hello_keeps_no_other_from_identifying() {
    let rig = Rig::start(|sim| sim.script_any(Fault::NoHello)).await;
    rig.wait_ready(1).await;
    assert_eq!(rig.client_frames(IDENTIFY).len(), 1);
    // 20 s without HELLO and a backoff of a second at the most; not the 5 s of a spent permit besides.
    assert!(
        rig.client_frames(IDENTIFY)[0] < seconds(23),
        "{:?}",
        rig.client_frames(IDENTIFY)
    );
}

#[tokio::test(start_paused = true)]
async fn t09_op_7_instead_of_hello_is_followed_at_once_and_nothing_is_sent_before_hello() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::ReconnectInsteadOfHello);
    rig.sim.cut(0);
    rig.wait_resumed(1).await;
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t10_closed_right_after_hello_the_next_connection_resumes_and_replays_everything() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CloseAfterHello(None));
    rig.sim.cut(0);
    for text in ["one", "two", "three"] {
        rig.say(text);
    }
    rig.wait_resumed(1).await;
    assert_eq!(rig.sim.identifies(), 1);
    rig.assert_nothing_lost().await;
    let replayed = rig.seen.handled().iter().filter(|it| it.replayed).count();
    assert_eq!(
        replayed, 3,
        "what came between RESUME and RESUMED is marked"
    );
}

#[tokio::test(start_paused = true)]
async fn t11_closed_before_hello_fifty_times_the_backoff_grows_although_connections_open() {
    for code in [None, Some(1001)] {
        let rig = Rig::ready().await;
        rig.sim.script(0, Fault::CloseBeforeHello(code).times(50));
        rig.sim.cut(0);
        let hour = Duration::from_secs(3600);
        let back = rig.shard.wait_for(|status| status.counters.resumed == 1);
        tokio::time::timeout(hour, back).await.unwrap();
        let opened: Vec<_> = rig.journal(|entry| match &entry.kind {
            EntryKind::Connected { .. } => Some(entry.at),
            _ => None,
        });
        let took = opened.last().unwrap().saturating_sub(opened[1]);
        assert!(took > Duration::from_secs(15 * 60), "{code:?}: {took:?}");
        assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn t15_op_9_in_answer_to_identify_waits_5_s_and_identifies_again_alone() {
    let rig = Rig::start(|sim| sim.script_any(Fault::InvalidSessionOnIdentify)).await;
    rig.wait_ready(1).await;
    let identifies = rig.client_frames(IDENTIFY);
    assert_eq!(identifies.len(), 2);
    assert!(
        identifies[1] >= identifies[0] + Duration::from_secs(5),
        "{identifies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn t17_a_ready_that_takes_ten_minutes_is_waited_for_with_one_identify() {
    let late = Duration::from_secs(610);
    let rig = Rig::start(|sim| sim.script_any(Fault::DelayReady(late))).await;
    rig.pass(Duration::from_secs(600)).await;
    assert_eq!(rig.shard.status().state, State::Identifying);
    assert!(rig.client_frames(HEARTBEAT).len() >= 13);
    let told = rig.seen.events();
    assert!(
        told.iter()
            .any(|event| matches!(event, SessionEvent::ReadyDelayed { .. })),
        "{told:?}"
    );
    rig.wait_ready(1).await;
    assert_eq!(
        (rig.dialled().len(), rig.client_frames(IDENTIFY).len()),
        (1, 1)
    );
}
