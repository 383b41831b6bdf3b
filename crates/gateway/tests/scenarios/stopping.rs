//! Ends that nothing follows.

use std::time::Duration;

use polycord_gateway::{State, StopReason};
use polycord_simulator::Fault;
use tokio::time::Instant;

use crate::{
    opcode::IDENTIFY,
    rig::{Rig, seconds},
};

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
async fn t21_an_intent_taken_away_from_a_running_bot_stops_it_and_is_named() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CloseOnIdentify(4014));
    rig.sim.invalid_session(0, false);
    rig.wait(|status| status.stopped.is_some()).await;
    rig.pass(Duration::from_secs(3600)).await;
    assert_eq!(rig.client_frames(IDENTIFY).len(), 2);
    let sentence = rig.seen.stopped().unwrap().to_string();
    for wanted in ["GUILD_MEMBERS", "developer portal"] {
        assert!(sentence.contains(wanted), "{sentence}");
    }
}

#[tokio::test(start_paused = true)]
async fn t22_codes_that_forbid_to_come_back_stop_and_say_what_is_wrong() {
    for (code, wanted) in [
        (4010, "shard 0/1"),
        (4011, "start more"),
        (4012, "version 10"),
        (4013, "GUILD_MESSAGES"),
    ] {
        let rig = Rig::start(|sim| sim.script_any(Fault::CloseOnIdentify(code))).await;
        rig.wait(|status| status.stopped.is_some()).await;
        rig.pass(Duration::from_secs(3600)).await;
        assert_eq!(
            (rig.dialled().len(), rig.client_frames(IDENTIFY).len()),
            (1, 1)
        );
        let sentence = rig.seen.stopped().unwrap().to_string();
        assert!(sentence.contains(wanted), "{code}: {sentence}");
    }
}

#[tokio::test(start_paused = true)]
async fn t62_a_shutdown_while_hello_is_waited_for_returns_within_5_s() {
    let rig = Rig::start(|sim| sim.script_any(Fault::NoHello)).await;
    rig.pass(seconds(1)).await;
    let began = Instant::now();
    rig.shard.shutdown().await;
    assert!(began.elapsed() <= seconds(5));
    assert!(matches!(
        rig.seen.stopped(),
        Some(StopReason::Shutdown { .. })
    ));
}

#[tokio::test(start_paused = true)]
async fn t62_a_shutdown_returns_within_5_s_from_backoff_and_from_the_wait_for_ready() {
    let backing_off = Rig::ready().await;
    backing_off.sim.script(0, Fault::HttpStatus(503).always());
    backing_off.sim.cut(0);
    backing_off
        .wait(|status| status.attempts > 5 && status.state == State::BackingOff)
        .await;

    let identifying = |sim: &polycord_simulator::Simulator| {
        sim.script_any(Fault::DelayReady(Duration::from_secs(600)));
    };
    let identifying = Rig::start(identifying).await;
    identifying
        .wait(|status| status.state == State::Identifying)
        .await;

    for rig in [backing_off, identifying] {
        let began = Instant::now();
        rig.shard.shutdown().await;
        assert!(began.elapsed() <= Duration::from_secs(5));
        rig.pass(Duration::from_secs(600)).await;
        assert!(matches!(
            rig.seen.stopped(),
            Some(StopReason::Shutdown { .. })
        ));
        assert_eq!(rig.sim.connections(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn t62_an_operator_can_wake_a_shard_out_of_its_backoff() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::HttpStatus(503).always());
    rig.sim.cut(0);
    rig.wait(|status| status.attempts > 8 && status.state == State::BackingOff)
        .await;
    rig.sim.clear_script();
    let began = Instant::now();
    rig.shard.wake();
    rig.wait_resumed(1).await;
    assert!(began.elapsed() < Duration::from_secs(1));
}
