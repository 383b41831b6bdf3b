//! Sessions that are refused, lost or resumed with difficulty.

use std::time::Duration;

use polycord_gateway::SessionEvent;
use polycord_simulator::{EntryKind, Fault};

use crate::{
    opcode::{IDENTIFY, RECONNECT, RESUME},
    rig::{Rig, seconds},
};

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
async fn t35_a_resume_that_is_answered_by_a_cut_is_tried_three_times_and_then_identifies_once() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CloseOnResume(None).times(100));
    rig.sim.cut(0);
    rig.wait_ready(2).await;
    rig.pass(Duration::from_secs(600)).await;
    let resumes = rig.client_frames(RESUME).len();
    assert!((1..=3).contains(&resumes), "{resumes} RESUMEs");
    assert_eq!(rig.sim.identifies(), 2);
}

#[tokio::test(start_paused = true)]
async fn t36_after_a_close_that_nobody_knows_the_session_is_resumed() {
    for code in [Some(4006), Some(4999), Some(1011), None] {
        let rig = Rig::ready().await;
        match code {
            Some(code) => rig.sim.close(0, code),
            None => rig.sim.cut(0),
        };
        rig.say("meanwhile");
        rig.wait_resumed(1).await;
        assert_eq!(
            (rig.sim.identifies(), rig.sim.resumes()),
            (1, 1),
            "{code:?}"
        );
        rig.assert_nothing_lost().await;
    }
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
