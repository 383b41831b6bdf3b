//! What a resumed session brings along.

use std::time::Duration;

use polycord_gateway::SessionEvent;
use polycord_simulator::{EntryKind, Scenario};

use crate::{
    opcode::HEARTBEAT,
    rig::{Rig, TRANSPORTS, minutes},
};

const A_MOMENT: Duration = Duration::from_millis(10);

impl Rig {
    /// How many numbers were left out, each time that it was told.
    fn gaps(&self) -> Vec<u64> {
        let gap = |event| match event {
            SessionEvent::Gap { expected, got } => Some(got - expected),
            _ => None,
        };
        self.seen.events().into_iter().filter_map(gap).collect()
    }
}

#[tokio::test(start_paused = true)]
async fn t41_a_replay_that_begins_too_early_is_handled_once() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        for text in ["one", "two", "three"] {
            rig.say(text);
        }
        rig.pass(A_MOMENT).await;
        rig.play(Scenario::T41ReplayRepeats);
        rig.say("four");
        rig.wait_resumed(1).await;
        rig.assert_nothing_lost().await;
        assert_eq!(rig.shard.status().counters.duplicates, 3);
        let again = rig.journal(|entry| match &entry.kind {
            EntryKind::ServerFrame {
                name: Some(name), ..
            } if **name == *"MESSAGE_CREATE" => Some(()),
            _ => None,
        });
        assert_eq!(again.len(), 3 + 3 + 1, "the simulator did repeat them");
    }
}

#[tokio::test(start_paused = true)]
async fn t41_numbers_that_are_left_out_are_told_and_the_next_ones_count_from_there() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T41SequenceJumps);
    rig.say("after the jump");
    rig.pass(A_MOMENT).await;
    assert_eq!(rig.gaps(), [3]);
    assert_eq!(rig.shard.status().counters.missing, 3);
    rig.play(Scenario::T07ResumeUrlWithoutQuery);
    rig.say("meanwhile");
    rig.wait_resumed(1).await;
    assert_eq!(rig.gaps(), [3]);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t41_events_that_are_lost_on_the_way_are_told() {
    let rig = Rig::ready().await;
    for _ in 0..3 {
        rig.sim.drop_event(0, Some("MESSAGE_CREATE"));
        rig.say("never seen");
    }
    rig.say("after the hole");
    rig.pass(A_MOMENT).await;
    assert_eq!(rig.gaps(), [3]);
}

#[tokio::test(start_paused = true)]
async fn t42_a_replay_of_fifty_thousand_events_is_complete_and_in_order() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T42ReplayOf50000);
    rig.wait_resumed(1).await;
    rig.wait(|status| status.counters.replayed == 50_000).await;
    rig.pass(minutes(2)).await;
    rig.assert_starts(1, 1);
    assert!(rig.client_frames(HEARTBEAT).len() >= 2);
    rig.assert_nothing_lost().await;
}
