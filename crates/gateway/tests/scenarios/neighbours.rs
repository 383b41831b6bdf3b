//! What every scenario has in common: it has an end, and the shard beside it does not notice.

use std::{sync::Arc, time::Duration};

use polycord_gateway::{SerialIdentifyQueue, ShardId, ShardStatus, State};
use polycord_simulator::{EntryKind, Scenario};

use crate::rig::{Rig, minutes, seconds};

/// How long a scenario may take, and what comes of it, in virtual time.
fn duration(scenario: Scenario) -> Duration {
    match scenario {
        // A hundred cuts, or fifty connections, with the backoff at its cap.
        Scenario::T05NobodyAnswersFor38Minutes
        | Scenario::T11ClosedBeforeHello50Times
        | Scenario::T11CutBeforeHello50Times
        | Scenario::T38CutAfterResumed100Times => minutes(150),
        _ => minutes(15),
    }
}

/// Those that are played: every one that has an end, is not made of megabytes and is for one shard.
fn played() -> impl Iterator<Item = Scenario> {
    let all = Scenario::all().iter().copied();
    all.filter(|scenario| {
        // What never starts again is taken out of service by the fleet.
        let endless = *scenario == Scenario::T37EveryStartClosedWith1011;
        let large = ["t42", "t50", "t59"]
            .iter()
            .any(|number| scenario.name().starts_with(number));
        let of_all = *scenario == Scenario::T40ReconnectEveryShard;
        !endless && !large && !of_all
    })
}

#[tokio::test(start_paused = true)]
async fn every_scenario_ends_ready_or_stopped_and_the_shard_beside_it_does_not_notice() {
    for scenario in played() {
        play_beside(scenario).await;
    }
}

async fn play_beside(scenario: Scenario) {
    let sim = Rig::simulator().shards(2).start().await.unwrap();
    let queue = Arc::new(SerialIdentifyQueue::new());
    let shard = |number| {
        let queue = Arc::clone(&queue);
        Rig::on(&sim, |config| {
            config.shard(ShardId::new(number, 2)).identify_queue(queue)
        })
    };
    let (troubled, beside) = (shard(0), shard(1));
    troubled.wait_ready(1).await;
    beside.wait_ready(1).await;

    sim.play(0, scenario);
    beside.pass(duration(scenario)).await;
    // The one that is asked to reconnect all the time may just be on its way.
    let ended = |status: &ShardStatus| status.state == State::Ready || status.stopped.is_some();
    troubled.wait_within(seconds(2), ended).await;

    let status = beside.shard.status();
    assert_eq!(
        (status.state, status.counters.connects),
        (State::Ready, 1),
        "{scenario}"
    );
    let touched = beside.journal(|entry| match &entry.kind {
        EntryKind::ServerClosed { .. }
        | EntryKind::ServerCut
        | EntryKind::ClientClosed { .. }
        | EntryKind::ClientGone
        | EntryKind::FaultPlayed { .. }
            if entry.shard == Some((1, 2)) =>
        {
            Some(entry.to_string())
        }
        _ => None,
    });
    assert!(touched.is_empty(), "{scenario}: {touched:?}");
    for rig in [troubled, beside] {
        rig.shard.shutdown().await;
    }
    assert_eq!(sim.connections(), 0, "{scenario}");
}
