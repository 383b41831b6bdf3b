//! Sessions that are refused, lost or resumed with difficulty.

use std::{sync::Arc, time::Duration};

use polycord_gateway::{Compression, LossReason, SessionEvent, ShardStatus};
use polycord_simulator::{Altered, Fault, Scenario};

use crate::{
    opcode::{IDENTIFY, RECONNECT, RESUME},
    permits::OnePermit,
    rig::{Rig, TRANSPORTS, minutes, seconds},
};

impl Rig {
    /// Why sessions were lost, as the consumer was told.
    fn losses(&self) -> Vec<LossReason> {
        let lost = |event| match event {
            SessionEvent::SessionLost { reason, .. } => Some(reason),
            _ => None,
        };
        self.seen.events().into_iter().filter_map(lost).collect()
    }
}

#[tokio::test(start_paused = true)]
async fn t31_resume_refused_with_4007_drops_the_session_and_identifies_once() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T31ResumeRefusedWith4007);
    rig.wait_ready(2).await;
    rig.pass(minutes(2)).await;
    rig.assert_starts(2, 1);
    assert_eq!(rig.losses(), [LossReason::Closed(4007)]);
}

#[tokio::test(start_paused = true)]
async fn t32_close_4009_starts_one_new_session() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T32ClosedWith4009);
    rig.wait_ready(2).await;
    rig.pass(minutes(2)).await;
    rig.assert_starts(2, 0);
    assert_eq!(rig.losses(), [LossReason::Closed(4009)]);
}

#[tokio::test(start_paused = true)]
async fn t33_a_session_invalid_but_resumable_ten_times_is_given_up_after_three() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T33InvalidSessionOnResume10Times);
    rig.wait_ready(2).await;
    rig.pass(minutes(2)).await;
    rig.assert_starts(2, 3);
    assert_eq!(rig.losses(), [LossReason::ResumeFailed { frames: 3 }]);
}

#[tokio::test(start_paused = true)]
async fn t34_an_invalid_session_on_a_live_connection_means_one_identify_on_a_new_one() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T34InvalidSessionOnLiveConnection);
    rig.wait_ready(2).await;
    rig.pass(minutes(2)).await;
    assert_eq!(rig.dialled().len(), 2);
    rig.assert_starts(2, 0);
    let identifies = rig.client_frames(IDENTIFY);
    assert!(
        identifies[1] - identifies[0] >= seconds(5),
        "{identifies:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn t35_a_resume_that_ends_the_connection_is_tried_three_times_and_then_identifies_once() {
    for scenario in [
        Scenario::T35ResumeCutFor90S,
        Scenario::T35ResumeClosedFor90S,
    ] {
        let rig = Rig::ready().await;
        rig.play(scenario);
        rig.wait_ready(2).await;
        rig.pass(minutes(10)).await;
        rig.assert_starts(2, 3);
    }
}

#[tokio::test(start_paused = true)]
async fn t36_after_a_close_that_nobody_knows_the_session_is_resumed() {
    for scenario in [
        Scenario::T36ClosedWith4006,
        Scenario::T36ClosedWith4999,
        Scenario::T36ClosedWithoutCode,
    ] {
        for &transport in TRANSPORTS {
            let rig = Rig::ready_over(transport).await;
            rig.play(scenario);
            rig.say("meanwhile");
            rig.wait_resumed(1).await;
            rig.assert_starts(1, 1);
            rig.assert_nothing_lost().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t36_a_second_close_that_nobody_knows_is_policy_and_not_a_loop() {
    let rig = Rig::ready().await;
    rig.sim
        .script(0, Fault::CloseOnResume(Some(4006)).times(1000));
    rig.play(Scenario::T36ClosedWith4006);
    rig.wait_ready(2).await;
    rig.pass(minutes(10)).await;
    rig.assert_starts(2, 3);
}

#[tokio::test(start_paused = true)]
async fn t38_cut_right_after_resumed_a_hundred_times_it_never_identifies() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T38CutAfterResumed100Times);
    let back = |status: &ShardStatus| status.counters.resumed >= 101;
    rig.wait_within(minutes(180), back).await;
    rig.assert_starts(1, 101);
    let resumes = rig.client_frames(RESUME);
    let hour = resumes
        .iter()
        .filter(|at| **at < resumes[0] + minutes(60))
        .count();
    assert!(hour <= 150, "{hour} in an hour: the backoff did not grow");
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t39_asked_to_reconnect_every_10_s_for_a_day_it_loses_nothing_and_identifies_once() {
    let rig = Rig::ready_over(Compression::None).await;
    rig.play(Scenario::T39ReconnectEvery10S);
    for round in 0..24 * 60 {
        rig.say(&format!("minute {round}"));
        rig.pass(minutes(1)).await;
    }
    let asked = rig.server_frames(RECONNECT);
    let resumes = rig.client_frames(RESUME);
    assert!(asked.len() > 8_000, "asked {} times", asked.len());
    assert_eq!(rig.sim.identifies(), 1);
    for (asked, back) in asked.iter().zip(&resumes) {
        assert!(
            asked <= back && *back <= *asked + seconds(2),
            "asked at {asked:?}, back at {back:?}"
        );
    }
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t44_dropped_right_after_a_new_identify_the_new_session_is_resumed_at_its_own_url() {
    let rig = Rig::ready().await;
    // The new session names an address of its own.
    rig.sim.script(
        0,
        Fault::Alter {
            event: "READY".into(),
            field: "/resume_gateway_url".into(),
            to: Altered::Value(format!("{}/resume/0/", rig.sim.gateway_url()).into()),
        },
    );
    rig.play(Scenario::T44CutAfterNewReady);
    rig.wait_resumed(1).await;
    let sessions = rig.sessions();
    assert_eq!(sessions.len(), 2);
    // READY was all that arrived.
    assert_eq!(rig.resumes_asked(), [(sessions[1].clone(), 1)]);
    let dialled = rig.dialled();
    assert!(dialled[2].starts_with("/resume/0/?"), "{dialled:?}");
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t44_a_new_session_starts_its_numbers_anew() {
    let rig = Rig::ready().await;
    for _ in 0..20 {
        rig.say("the old session is far ahead of the new one");
    }
    rig.pass(Duration::from_millis(10)).await;
    rig.play(Scenario::T34InvalidSessionOnLiveConnection);
    rig.wait_ready(2).await;
    rig.say("in the new one");
    rig.pass(Duration::from_millis(10)).await;
    assert_eq!(rig.shard.status().counters.duplicates, 0);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t40_a_resume_does_not_wait_in_the_identify_queue() {
    let rig = Rig::ready().await;
    // Somebody has just sent IDENTIFY: the next one may in 5 seconds.
    rig.sim.reconnect(0);
    rig.wait_resumed(1).await;
    let opened = rig.opened();
    assert!(opened[1] - opened[0] < seconds(2), "{opened:?}");
    rig.assert_starts(1, 1);
}

#[tokio::test(start_paused = true)]
async fn t64_nobody_who_grants_permits_any_more_keeps_a_session_from_going_on() {
    let queue = Arc::new(OnePermit::default());
    let rig = Rig::configured(|_| (), |config| config.identify_queue(queue)).await;
    rig.wait_ready(1).await;
    for round in 1..=10 {
        rig.sim.cut(0);
        rig.say("meanwhile");
        rig.wait_resumed(round).await;
        rig.pass(minutes(1)).await;
    }
    rig.assert_starts(1, 10);
    rig.assert_nothing_lost().await;
}
