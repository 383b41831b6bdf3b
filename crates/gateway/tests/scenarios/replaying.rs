//! What a resumed session brings along.

use std::time::Duration;

use polycord_gateway::SessionEvent;
use polycord_simulator::Fault;
use serde_json::json;

use crate::{opcode::HEARTBEAT, rig::Rig};

#[tokio::test(start_paused = true)]
async fn t41_a_replay_that_begins_too_early_and_one_with_a_hole() {
    let rig = Rig::ready().await;
    for text in ["one", "two", "three"] {
        rig.say(text);
    }
    rig.pass(Duration::from_millis(10)).await;
    rig.sim.script(0, Fault::ReplayAgain(3));
    rig.sim.cut(0);
    rig.say("four");
    rig.wait_resumed(1).await;
    rig.assert_nothing_lost().await;
    assert_eq!(rig.shard.status().counters.duplicates, 3);

    for _ in 0..3 {
        rig.sim.drop_event(0, Some("MESSAGE_CREATE"));
        rig.say("never seen");
    }
    rig.say("after the hole");
    rig.pass(Duration::from_millis(10)).await;
    let gaps: Vec<_> = rig
        .seen
        .events()
        .into_iter()
        .filter_map(|event| match event {
            SessionEvent::Gap { expected, got } => Some(got - expected),
            _ => None,
        })
        .collect();
    assert_eq!(gaps, [3]);
    assert_eq!(rig.shard.status().counters.missing, 3);
}

#[tokio::test(start_paused = true)]
async fn t42_a_replay_of_fifty_thousand_events_is_complete_and_in_order() {
    let rig = Rig::ready().await;
    let guild = rig.sim.guild("polycord");
    rig.sim.cut(0);
    for _ in 0..50_000 {
        rig.sim.emit("FROM_TOMORROW", json!({}), Some(guild));
    }
    rig.wait_resumed(1).await;
    rig.wait(|status| status.counters.replayed == 50_000).await;
    rig.pass(Duration::from_secs(120)).await;
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    assert!(rig.client_frames(HEARTBEAT).len() >= 2);
    rig.assert_nothing_lost().await;
}
