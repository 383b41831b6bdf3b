//! Commands and the limits on what is sent.

use std::time::Duration;

use polycord_gateway::{
    Command, CommandError, CommandId, Input, Moment, SessionConfig, ShardId, State,
};
use serde_json::json;

use crate::rig::{DiscordRig as Rig, Entry, seconds};

fn members(id: u64) -> Command {
    Command::new(8, json!({"guild_id": id.to_string()}).to_string()).with_id(CommandId(id))
}

fn presence(id: u64) -> Command {
    Command::presence(3, json!({"status": id.to_string()}).to_string()).with_id(CommandId(id))
}

/// When each frame was sent, of any kind.
fn times(rig: &Rig) -> Vec<Moment> {
    let sent = |(at, entry): &(Moment, Entry)| matches!(entry, Entry::Sent { .. }).then_some(*at);
    rig.journal.iter().filter_map(sent).collect()
}

#[test]
fn t54_a_storm_of_commands_stays_in_the_window_and_delays_no_heartbeat() {
    let mut rig = Rig::new(3);
    rig.start();
    for id in 0..1000 {
        rig.pass(Duration::from_millis(1));
        rig.command(presence(id));
        if id < 120 {
            rig.command(members(10_000 + id));
        }
    }
    rig.pass(seconds(300));
    let times = times(&rig);
    assert!(
        times
            .windows(121)
            .all(|span| span[120] - span[0] > seconds(60))
    );
    assert_eq!(rig.sent(8).len(), 120, "every command is sent");

    let presences = rig.sent(3);
    assert!(presences.len() <= 10, "{}", presences.len());
    assert!(
        presences
            .windows(6)
            .all(|span| span[5].0 - span[0].0 > seconds(20))
    );
    assert_eq!(presences.last().unwrap().1["status"], "999");
    let superseded = |entry: &Entry| matches!(entry, Entry::Failed(_, CommandError::Superseded));
    assert_eq!(rig.count(superseded) + presences.len(), 1000);

    let beats = rig.sent(1);
    assert!(beats.len() >= 7);
    assert!(
        beats
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 == seconds(40))
    );
}

#[test]
fn t54_heartbeats_that_the_server_keeps_asking_for_stay_in_the_window() {
    let mut rig = Rig::ready(3);
    for _ in 0..1000 {
        rig.op(1);
        rig.pass(Duration::from_millis(100));
    }
    let times = times(&rig);
    assert!(times.len() > 150);
    assert!(
        times
            .windows(121)
            .all(|span| span[120] - span[0] > seconds(60))
    );
}

#[test]
fn t55_commands_that_wait_survive_a_close_with_4008() {
    let mut rig = Rig::ready(3);
    for id in 0..110 {
        rig.command(members(id));
    }
    let before = rig.sent(8).len();
    assert_eq!(rig.session.status().queued_commands, 0);
    for id in 110..150 {
        rig.command(members(id));
    }
    assert!(rig.sent(8).len() > before && rig.session.status().queued_commands > 20);
    rig.close(Some(4008));
    rig.pass(seconds(5));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    let ids = rig
        .sent(8)
        .iter()
        .map(|(_, data)| data["guild_id"].clone())
        .collect::<Vec<_>>();
    let all = (0..150)
        .map(|id: u64| json!(id.to_string()))
        .collect::<Vec<_>>();
    assert_eq!(ids, all, "each once, in order");
}

#[test]
fn t55_commands_fail_one_by_one_when_the_queue_is_full_and_when_the_session_stops() {
    let mut rig = Rig::with(3, SessionConfig::new(ShardId::ONE).command_queue(2), None);
    for id in 0..4 {
        rig.command(members(id));
    }
    rig.command(presence(9));
    assert_eq!(
        rig.count(|entry| matches!(entry, Entry::Failed(_, CommandError::QueueFull))),
        2
    );
    rig.input(Input::Shutdown { resumable: false });
    assert_eq!(
        rig.count(|entry| matches!(entry, Entry::Failed(_, CommandError::Stopped))),
        3
    );
    assert!(rig.stopped().is_some());
}

#[test]
fn t56_command_over_4096_bytes_is_refused_here() {
    let mut rig = Rig::ready(3);
    let fits = "x".repeat(4096 - r#"{"op":8,"d":""}"#.len());
    rig.command(Command::new(8, format!("\"{fits}\"")));
    rig.command(Command::new(8, format!("\"{fits}x\"")).with_id(CommandId(1)));
    assert_eq!(rig.sent(8).len(), 1);
    let error = CommandError::TooLarge {
        size: 4097,
        limit: 4096,
    };
    assert_eq!(
        rig.count(|entry| *entry == Entry::Failed(Some(CommandId(1)), error)),
        1
    );
}

#[test]
fn latest_presence_goes_along_with_every_identify_and_is_not_sent_twice() {
    let config = SessionConfig::new(ShardId::ONE).presence(presence(1));
    let mut rig = Rig::with(3, config, None);
    rig.start();
    assert_eq!(rig.sent(2)[0].1["presence"]["status"], "1");
    rig.command(presence(2));
    assert_eq!(rig.sent(3).len(), 1);
    rig.close(Some(4009));
    rig.command(presence(3));
    rig.pass(seconds(10));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.sent(2)[1].1["presence"]["status"], "3");
    assert_eq!(rig.sent(3).len(), 1);
    let carried = |entry: &Entry| matches!(entry, Entry::Sent { op: 2, command, .. } if *command == Some(CommandId(3)));
    assert_eq!(rig.count(carried), 1);
}

#[test]
fn presence_that_does_not_fit_beside_the_token_follows_ready() {
    let mut rig = Rig::new(3);
    let name = "x".repeat(4000);
    rig.command(Command::presence(
        3,
        json!({"status": "idle", "name": name}).to_string(),
    ));
    rig.start();
    assert!(rig.sent(2)[0].1["presence"].is_null());
    assert_eq!(rig.sent(3).len(), 1);
}

#[test]
fn commands_wait_for_ready() {
    let mut rig = Rig::new(3);
    rig.permits = false;
    rig.command(members(1));
    rig.start();
    rig.pass(seconds(60));
    assert_eq!(rig.sent(8).len(), 0);
    let generation = rig.generation;
    rig.input(Input::Permit { generation });
    assert_eq!(rig.sent(8).len(), 1);
}
