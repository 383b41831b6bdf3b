//! Heartbeats that are not answered, or asked for, and connections that are not there any more.

use std::time::Duration;

use polycord_simulator::{EntryKind, Scenario};
use tokio::time::advance;

use crate::{
    opcode::HEARTBEAT,
    rig::{Rig, TRANSPORTS, minutes, seconds},
};

impl Rig {
    fn interval(&self) -> Duration {
        self.shard.status().heartbeat_interval.unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn t24_withheld_acks_end_the_connection_at_the_next_beat_although_events_flow() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        let interval = rig.interval();
        rig.play(Scenario::T24AcksWithheld);
        for _ in 0..6 {
            rig.say("still talking");
            rig.pass(interval / 2).await;
        }
        rig.wait_resumed(1).await;
        let withheld = rig.journal(|entry| match &entry.kind {
            EntryKind::FaultPlayed { .. } => Some(entry.at),
            _ => None,
        });
        let closes = rig.client_closes();
        assert_eq!(closes.len(), 1);
        let waited = closes[0].0 - withheld[0];
        assert!(
            waited.abs_diff(interval) < Duration::from_millis(10),
            "{waited:?}"
        );
        rig.assert_starts(1, 1);
        rig.assert_nothing_lost().await;
    }
}

#[tokio::test(start_paused = true)]
async fn t25_a_requested_heartbeat_is_sent_at_once_and_is_no_miss() {
    let rig = Rig::ready().await;
    let interval = rig.interval();
    rig.pass(interval / 2).await;
    let before = rig.client_frames(HEARTBEAT).len();
    rig.play(Scenario::T25HeartbeatRequested);
    rig.pass(Duration::from_millis(10)).await;
    let asked = *rig.server_frames(HEARTBEAT).last().unwrap();
    let beats = rig.client_frames(HEARTBEAT);
    assert_eq!(beats.len(), before + 1);
    assert!(*beats.last().unwrap() < asked + Duration::from_millis(5));
    rig.pass(interval * 3).await;
    assert_eq!(rig.sim.connections_opened(), 1, "{}", rig.sim.journal());
}

#[tokio::test(start_paused = true)]
async fn t26_a_missed_ack_is_not_held_against_the_next_connection_whose_first_ack_is_slow() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T26SlowFirstAckAfterMissedAck);
    rig.pass(minutes(10)).await;
    assert_eq!(rig.sim.connections_opened(), 2, "{}", rig.sim.journal());
    let faults = rig.journal(|entry| match &entry.kind {
        EntryKind::FaultPlayed { .. } => entry.connection,
        _ => None,
    });
    assert_eq!(faults, [1, 2], "the slow one came on the second connection");
    rig.assert_starts(1, 1);
}

#[tokio::test(start_paused = true)]
async fn t27_a_late_close_of_the_old_connection_does_not_touch_the_new_one() {
    let rig = Rig::ready().await;
    rig.play(Scenario::T27OldConnectionClosesLate);
    rig.wait_resumed(1).await;
    rig.say("on the new connection");
    rig.pass(minutes(10)).await;
    // The old one was closed with a code that would have cost the session.
    let late = rig.server_closes();
    assert!(
        late.len() == 1 && late[0].1 == 4009 && late[0].0 > rig.opened()[1],
        "{late:?}"
    );
    assert_eq!(rig.sim.connections_opened(), 2, "{}", rig.sim.journal());
    rig.assert_starts(1, 1);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t29_a_process_that_stood_still_for_two_hours_wakes_up_without_a_burst_of_beats() {
    let sim = Rig::simulator().enforce_heartbeats(false);
    let rig = Rig::on(&sim.start().await.unwrap(), |config| config);
    rig.wait_ready(1).await;
    let interval = rig.interval();
    rig.pass(minutes(5)).await;
    let before = rig.client_frames(HEARTBEAT).len();
    advance(minutes(120)).await;
    rig.pass(interval * 3).await;
    let beats = rig.client_frames(HEARTBEAT);
    let after = &beats[before..];
    assert!((3..=4).contains(&after.len()), "{after:?}");
    for pair in after.windows(2) {
        assert!(pair[1] - pair[0] >= interval, "{after:?}");
    }
    assert_eq!(rig.sim.connections_opened(), 1);
    rig.assert_starts(1, 0);
}

#[tokio::test(start_paused = true)]
async fn t28_a_half_open_connection_is_found_by_the_beat_after_the_one_that_vanished() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        let interval = rig.interval();
        rig.pass(interval * 2).await;
        let last_heard = *rig.client_frames(HEARTBEAT).last().unwrap();
        rig.play(Scenario::T28HalfOpen);
        rig.say("into nowhere");
        rig.wait_resumed(1).await;
        // The close has 2 s for an answer that never comes, the next dial up to 1 s of backoff.
        let back = rig.opened()[1] - last_heard;
        assert!(back <= interval * 2 + seconds(3), "{back:?}");
        rig.assert_starts(1, 1);
        rig.assert_nothing_lost().await;
    }
}
