//! Faults of one session, by number, against the simulator in memory and in virtual time.
//!
//! Assertions are made on the simulator's journal: what the server saw, not what the client says.

use std::time::Duration;

use polycord_gateway::{SessionEvent, Shard, ShardId, StopReason};
use polycord_simulator::{Dialled, EntryKind, Fault};
use polycord_tests::{
    Recorder, Rig,
    opcode::{HEARTBEAT, IDENTIFY, RECONNECT, RESUME},
};

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn resumable(code: Option<u16>) -> bool {
    !matches!(code, Some(1000 | 1001))
}

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
async fn t20_a_refused_token_is_not_tried_again() {
    let rig = Rig::start(|sim| sim.script_any(Fault::CloseOnIdentify(4004))).await;
    let status = rig
        .in_time(rig.shard.wait_for(|status| status.stopped.is_some()))
        .await;
    assert_eq!(
        status.and_then(|it| it.stopped),
        Some(StopReason::AuthenticationFailed)
    );
    rig.pass(seconds(3600)).await;
    assert_eq!(rig.client_frames(IDENTIFY).len(), 1);
    assert_eq!(rig.dialled().len(), 1);
    let sentence = rig.seen.stopped().unwrap().to_string();
    assert!(
        sentence.contains("token") && sentence.contains("developer portal"),
        "{sentence}"
    );
}

#[tokio::test(start_paused = true)]
async fn t20_a_token_reset_at_run_time_ends_without_another_identify() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CloseOnResume(Some(4004)));
    rig.sim.close(0, 4003);
    rig.in_time(rig.shard.wait_for(|status| status.stopped.is_some()))
        .await;
    rig.pass(seconds(3600)).await;
    assert_eq!(rig.client_frames(IDENTIFY).len(), 1);
    assert_eq!(rig.seen.stopped(), Some(StopReason::AuthenticationFailed));
}

#[tokio::test(start_paused = true)]
async fn t24_withheld_acks_end_the_connection_resumably_although_events_flow() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::WithholdAcks);
    let interval = rig.shard.status().heartbeat_interval.unwrap();
    for _ in 0..3 {
        rig.say("still talking");
        rig.pass(interval).await;
    }
    rig.wait_resumed(1).await;
    assert!(
        rig.client_closes().into_iter().all(resumable),
        "{:?}",
        rig.client_closes()
    );
    assert_eq!(rig.client_closes().len(), 1);
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t25_a_requested_heartbeat_is_sent_at_once_and_is_no_miss() {
    let rig = Rig::ready().await;
    let interval = rig.shard.status().heartbeat_interval.unwrap();
    rig.pass(interval / 2).await;
    let before = rig.client_frames(HEARTBEAT).len();
    rig.sim.request_heartbeat(0);
    rig.pass(Duration::from_millis(10)).await;
    let asked = *rig.server_frames(HEARTBEAT).last().unwrap();
    let beats = rig.client_frames(HEARTBEAT);
    assert_eq!(beats.len(), before + 1);
    assert!(*beats.last().unwrap() < asked + Duration::from_millis(5));
    rig.pass(interval * 3).await;
    assert_eq!(rig.sim.connections_opened(), 1, "{}", rig.sim.journal());
}

#[tokio::test(start_paused = true)]
async fn t31_resume_refused_with_4007_drops_the_session_and_identifies_once() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::RefuseResumeWith4007);
    rig.sim.cut(0);
    rig.wait_ready(2).await;
    assert_eq!(
        (rig.client_frames(RESUME).len(), rig.sim.identifies()),
        (1, 2)
    );
    let lost = rig
        .seen
        .events()
        .into_iter()
        .any(|it| matches!(it, SessionEvent::SessionLost { .. }));
    assert!(lost, "the consumer is told that there is a gap");
}

#[tokio::test(start_paused = true)]
async fn t32_close_4009_starts_one_new_session() {
    let rig = Rig::ready().await;
    rig.sim.close(0, 4009);
    rig.wait_ready(2).await;
    rig.pass(seconds(60)).await;
    assert_eq!(
        (rig.client_frames(RESUME).len(), rig.sim.identifies()),
        (0, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn t33_a_session_invalid_but_resumable_ten_times_is_given_up_after_three() {
    let rig = Rig::ready().await;
    rig.sim.script(
        0,
        Fault::InvalidSessionOnResume { resumable: true }.times(10),
    );
    rig.sim.cut(0);
    rig.wait_ready(2).await;
    let resumes = rig.client_frames(RESUME).len();
    assert!((1..=3).contains(&resumes), "{resumes} RESUMEs");
    rig.pass(seconds(120)).await;
    assert_eq!(rig.sim.identifies(), 2);
}

#[tokio::test(start_paused = true)]
async fn t34_an_invalid_session_on_a_live_connection_means_one_identify_on_a_new_one() {
    let rig = Rig::ready().await;
    rig.sim.invalid_session(0, false);
    rig.wait_ready(2).await;
    rig.pass(seconds(60)).await;
    assert_eq!((rig.dialled().len(), rig.sim.identifies()), (2, 2));
    assert_eq!(rig.client_frames(RESUME).len(), 0);
    let identifies = rig.client_frames(IDENTIFY);
    assert!(
        identifies[1] >= identifies[0] + seconds(5),
        "{identifies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn t38_closed_right_after_resumed_a_hundred_times_it_never_identifies() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CutAfterResumed.times(100));
    rig.sim.cut(0);
    tokio::time::timeout(
        seconds(3 * 3600),
        rig.shard.wait_for(|it| it.counters.resumed >= 101),
    )
    .await
    .unwrap();
    assert_eq!(rig.sim.identifies(), 1);
    let resumes = rig.client_frames(RESUME);
    let hour = resumes
        .iter()
        .filter(|at| **at < resumes[0] + seconds(3600))
        .count();
    assert!(
        hour <= 150,
        "{hour} connections in an hour: the backoff did not grow"
    );
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t39_asked_to_reconnect_every_10_s_it_loses_nothing_and_identifies_once() {
    let rig = Rig::ready().await;
    rig.sim.reconnect_every(0, seconds(10));
    for round in 0..360 {
        rig.say(&format!("round {round}"));
        rig.pass(Duration::from_millis(1667)).await;
    }
    rig.wait_resumed(50).await;
    assert_eq!(rig.sim.identifies(), 1);
    let resumes = rig.client_frames(RESUME);
    for asked in rig.server_frames(RECONNECT) {
        let back = resumes.iter().find(|at| **at >= asked);
        assert!(
            back.is_none_or(|at| *at <= asked + seconds(2)),
            "asked at {asked:?}, back at {back:?}"
        );
    }
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t44_dropped_right_after_a_new_identify_the_new_session_is_resumed() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CutAfterReady);
    rig.sim.invalid_session(0, false);
    rig.wait_resumed(1).await;
    let sessions = rig.sessions();
    let asked: Vec<_> = rig.journal(|entry| match &entry.kind {
        EntryKind::ResumeAsked { session, .. } => Some(session.clone()),
        _ => None,
    });
    assert_eq!(sessions.len(), 2);
    assert_eq!(asked, [sessions[1].clone()]);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t52_a_message_cut_in_its_middle_leaves_no_stale_bytes_behind() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CutInMidFrame);
    rig.say("this one is cut in two");
    rig.wait_resumed(1).await;
    rig.say("and this one is whole");
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
    assert_eq!(rig.shard.status().counters.bad_frames, 0);
}

#[tokio::test(start_paused = true)]
async fn t62_a_shutdown_while_hello_is_waited_for_returns_within_5_s() {
    let rig = Rig::start(|sim| sim.script_any(Fault::NoHello)).await;
    rig.pass(seconds(1)).await;
    let began = tokio::time::Instant::now();
    rig.shard.shutdown().await;
    assert!(began.elapsed() <= seconds(5));
    assert!(matches!(
        rig.seen.stopped(),
        Some(StopReason::Shutdown { .. })
    ));
}

#[tokio::test(start_paused = true)]
async fn a_session_left_resumably_goes_on_in_a_new_shard_without_identify() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    rig.say("while nobody was there");
    let next = Shard::start(Rig::config(&rig.sim, ShardId::ONE).session(saved)).unwrap();
    let handle = next.handle();
    let seen = Recorder::of(next);
    rig.in_time(handle.wait_for(|status| status.counters.resumed == 1))
        .await;
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.pass(Duration::from_millis(1)).await;
    assert!(
        seen.handled()
            .iter()
            .any(|it| it.name == "MESSAGE_CREATE" && it.replayed)
    );
}
