//! What a shard sends, and what it does not.

use std::time::Duration;

use polycord_gateway::{Command, Compression, SendErrorKind, Shard, ShardEvent, ShardId, State};
use polycord_simulator::{EntryKind, Simulator};
use polycord_types::gateway::{Event, send::RequestGuildMembers};
use serde_json::json;

use crate::{
    opcode::{HEARTBEAT, MEMBERS, PRESENCE, VOICE_STATE},
    rig::Rig,
};

const MINUTE: Duration = Duration::from_secs(60);

/// The times at which frames were sent, of whatever opcode, on whatever connection.
fn sent(rig: &Rig) -> Vec<Duration> {
    rig.journal(|entry| match &entry.kind {
        EntryKind::ClientFrame { .. } => Some(entry.at),
        _ => None,
    })
}

/// Hands a command over, and waits while there is no room for it.
async fn send(rig: &Rig, mut command: Command) {
    while let Err(error) = rig.shard.send(command) {
        assert_eq!(error.kind(), SendErrorKind::Full);
        command = error.into_command();
        rig.pass(Duration::from_millis(1)).await;
    }
}

fn voice_state(rig: &Rig) -> Command {
    let guild = rig.sim.guild("polycord");
    let data =
        json!({"guild_id": guild, "channel_id": null, "self_mute": false, "self_deaf": false});
    Command::new(VOICE_STATE, data.to_string())
}

fn presence() -> Command {
    let data = json!({"since": null, "activities": [], "status": "idle", "afk": false});
    Command::presence(PRESENCE, data.to_string())
}

#[tokio::test(start_paused = true)]
async fn t54_a_storm_of_commands_keeps_the_limits_and_delays_no_heartbeat() {
    let rig = Rig::ready().await;
    let interval = rig.shard.status().heartbeat_interval.unwrap();
    for _ in 0..30 {
        send(&rig, voice_state(&rig)).await;
    }
    for _ in 0..1000 {
        send(&rig, presence()).await;
    }
    rig.pass(MINUTE * 10).await;
    for span in sent(&rig).windows(121) {
        assert!(span[120] > span[0] + MINUTE, "121 frames in a minute");
    }
    let presences = rig.client_frames(PRESENCE);
    assert!(presences.len() < 20, "{} presence updates", presences.len());
    for span in presences.windows(6) {
        assert!(span[5] > span[0] + Duration::from_secs(20));
    }
    assert_eq!(rig.client_frames(VOICE_STATE).len(), 30);
    for pair in rig.client_frames(HEARTBEAT).windows(2) {
        assert!(pair[1] <= pair[0] + interval + Duration::from_millis(5));
    }
    assert_eq!(rig.sim.connections_opened(), 1);
}

#[tokio::test(start_paused = true)]
async fn t55_commands_that_wait_when_the_server_closes_with_4008_are_sent_after_the_resume() {
    let rig = Rig::ready().await;
    rig.sim.close(0, 4008);
    rig.wait(|status| status.state != State::Ready).await;
    for _ in 0..5 {
        send(&rig, voice_state(&rig)).await;
    }
    rig.wait_resumed(1).await;
    rig.pass(MINUTE).await;
    assert_eq!(rig.client_frames(VOICE_STATE).len(), 5);
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn t56_a_command_over_4096_bytes_never_reaches_the_server() {
    let rig = Rig::ready().await;
    let request =
        RequestGuildMembers::starting_with(rig.sim.guild("polycord"), "x".repeat(5000), 1);
    let error = rig.shard.send(request).unwrap_err();
    assert!(matches!(
        error.kind(),
        SendErrorKind::TooLarge { limit: 4096, .. }
    ));
    rig.pass(MINUTE).await;
    assert_eq!(rig.client_frames(MEMBERS).len(), 0);
    assert_eq!(rig.sim.connections_opened(), 1);
}

#[tokio::test(start_paused = true)]
async fn t57_a_request_for_members_that_comes_too_soon_is_answered_by_a_typed_event() {
    let rig = Rig::ready().await;
    for _ in 0..2 {
        let everybody = RequestGuildMembers::everybody(rig.sim.guild("polycord"));
        rig.shard.send(everybody).unwrap();
    }
    rig.pass(Duration::from_secs(1)).await;
    assert!(rig.seen.last("GUILD_MEMBERS_CHUNK").is_some());
    let Ok(Event::RateLimited(limited)) = rig.seen.last("RATE_LIMITED").unwrap().decode() else {
        panic!("not typed");
    };
    assert!(limited.retry_after > 0.0);
}

#[tokio::test(start_paused = true)]
async fn t59_a_consumer_that_reads_nothing_for_ten_minutes_misses_no_heartbeat_and_no_event() {
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let config = Rig::config(&sim, ShardId::ONE)
        .compression(Compression::None)
        .buffer(16);
    let mut shard = Shard::start(config).unwrap();
    let handle = shard.handle();
    handle.wait_for(|status| status.counters.ready == 1).await;
    let (channel, ada) = (sim.channel("general"), sim.user("ada"));
    for round in 0..3000 {
        sim.say(channel, ada, &format!("message {round}"));
    }
    tokio::time::sleep(MINUTE * 10).await;
    assert!(handle.status().paused);
    assert_eq!(sim.connections_opened(), 1, "{}", sim.journal());

    let sent = sim.sent_dispatches();
    let mut handled = Vec::new();
    while handled.len() < sent.len() {
        let event = tokio::time::timeout(MINUTE, shard.next()).await;
        if let ShardEvent::Dispatch(dispatch) = event.unwrap().unwrap() {
            handled.push(dispatch.seq().unwrap());
        }
    }
    assert!(handled.iter().copied().eq(sent.iter().map(|it| it.seq)));
}
