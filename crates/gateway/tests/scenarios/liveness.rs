//! Heartbeats that are not answered, or asked for.

use std::time::Duration;

use polycord_simulator::Fault;

use crate::{
    opcode::HEARTBEAT,
    rig::{Rig, resumable},
};

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
async fn t26_a_missed_ack_is_not_held_against_the_next_connection() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::WithholdAcks);
    rig.wait_resumed(1).await;
    rig.pass(Duration::from_secs(600)).await;
    assert_eq!(rig.sim.connections_opened(), 2, "{}", rig.sim.journal());
}
