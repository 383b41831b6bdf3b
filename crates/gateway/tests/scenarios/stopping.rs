//! Ends that nothing follows.

use std::{sync::Arc, time::Duration};

use polycord_gateway::{State, StopReason};
use polycord_simulator::{Fault, Scenario, Simulator};
use tokio::time::Instant;

use crate::{
    permits::OnePermit,
    rig::{Rig, minutes, seconds},
};

impl Rig {
    /// Asserts that the shard has stopped for good, for a reason whose sentence has these words.
    fn assert_stopped_for_good(&self, words: &[&str]) {
        let sentence = self.seen.stopped().unwrap().to_string();
        for word in words {
            assert!(sentence.contains(word), "{sentence}");
        }
        assert_eq!(self.sim.connections(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn t20_a_refused_token_is_not_tried_again() {
    let rig = Rig::start(|sim| sim.play(0, Scenario::T20TokenRefused)).await;
    rig.wait_stopped().await;
    rig.pass(minutes(60)).await;
    assert_eq!((rig.dialled().len(), rig.sim.identifies()), (1, 1));
    assert_eq!(rig.seen.stopped(), Some(StopReason::AuthenticationFailed));
    rig.assert_stopped_for_good(&["token", "developer portal"]);
}

#[tokio::test(start_paused = true)]
async fn t20_a_token_reset_at_run_time_ends_without_another_identify() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T20TokenResetAtRunTime);
    rig.wait_stopped().await;
    rig.pass(minutes(60)).await;
    let closes: Vec<_> = rig.server_closes().iter().map(|(_, code)| *code).collect();
    assert_eq!(closes, [4003, 4004]);
    rig.assert_starts(1, 1);
    assert_eq!(rig.seen.stopped(), Some(StopReason::AuthenticationFailed));
}

#[tokio::test(start_paused = true)]
async fn t21_an_intent_taken_away_from_a_running_bot_stops_it_and_is_named() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T21IntentTakenAway);
    rig.wait_stopped().await;
    rig.pass(minutes(60)).await;
    rig.assert_starts(2, 0);
    rig.assert_stopped_for_good(&["GUILD_MEMBERS", "developer portal"]);
}

#[tokio::test(start_paused = true)]
async fn t22_codes_that_forbid_to_come_back_stop_and_say_what_is_wrong() {
    for (scenario, wrong) in [
        (Scenario::T22InvalidShard, "shard 0/1"),
        (Scenario::T22InvalidVersion, "version 10"),
        (Scenario::T22InvalidIntents, "GUILD_MESSAGES"),
    ] {
        let rig = Rig::start(|sim| sim.play(0, scenario)).await;
        rig.wait_stopped().await;
        rig.pass(minutes(60)).await;
        assert_eq!((rig.dialled().len(), rig.sim.identifies()), (1, 1));
        rig.assert_stopped_for_good(&[wrong]);
    }
}

#[tokio::test(start_paused = true)]
async fn t23_a_bot_in_too_many_guilds_stops_and_is_told_to_shard() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T23ShardingRequired);
    rig.wait_stopped().await;
    rig.pass(minutes(60)).await;
    rig.assert_starts(2, 0);
    assert_eq!(rig.seen.stopped(), Some(StopReason::ShardingRequired));
    rig.assert_stopped_for_good(&["start more"]);
}

/// A shard in this state, with an identify queue that grants one permit.
async fn in_state(state: State, prepare: impl FnOnce(&Simulator), then: impl FnOnce(&Rig)) -> Rig {
    let queue = Arc::new(OnePermit::default());
    let rig = Rig::configured(prepare, |config| config.identify_queue(queue)).await;
    then(&rig);
    rig.wait(|status| status.state == state).await;
    rig
}

#[tokio::test(start_paused = true)]
async fn t62_a_shutdown_returns_within_5_s_from_every_wait() {
    let hello = in_state(
        State::AwaitingHello,
        |sim| sim.script_any(Fault::NoHello),
        |_| (),
    );
    let identifying = in_state(
        State::Identifying,
        |sim| sim.play(0, Scenario::T17ReadyAfter10Minutes),
        |_| (),
    );
    let ready = in_state(State::Ready, |_| (), |_| ());
    let mut waiting = vec![hello.await, identifying.await, ready.await];

    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::HttpStatus(503).always());
    rig.sim.cut(0);
    rig.wait(|status| status.attempts > 5 && status.state == State::BackingOff)
        .await;
    waiting.push(rig);

    // Its second IDENTIFY has to wait in the queue.
    let rig = in_state(State::Ready, |_| (), |_| ()).await;
    rig.play(Scenario::T34InvalidSessionOnLiveConnection);
    rig.wait(|status| status.state == State::AwaitingPermit)
        .await;
    waiting.push(rig);

    // Nobody answers its close.
    let rig = Rig::ready().await;
    rig.play(Scenario::T27OldConnectionClosesLate);
    rig.wait(|status| status.state == State::Closing).await;
    waiting.push(rig);

    // Nobody hears it.
    let rig = Rig::ready().await;
    rig.play(Scenario::T28HalfOpen);
    rig.pass(Duration::from_millis(1)).await;
    waiting.push(rig);

    for rig in waiting {
        let state = rig.shard.status().state;
        let began = Instant::now();
        rig.shard.shutdown().await;
        assert!(began.elapsed() <= seconds(5), "{state}");
        let opened = rig.sim.connections_opened();
        rig.pass(minutes(10)).await;
        assert!(
            matches!(rig.seen.stopped(), Some(StopReason::Shutdown { .. })),
            "{state}"
        );
        assert_eq!(rig.sim.connections(), 0, "{state}");
        assert_eq!(rig.sim.connections_opened(), opened, "{state}");
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
    assert!(began.elapsed() < seconds(1));
    rig.assert_starts(1, 1);
}
