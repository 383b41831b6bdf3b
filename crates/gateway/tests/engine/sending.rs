//! Commands and the limits on what is sent.

use std::time::Duration;

use polycord_gateway::{
    Command, CommandError, CommandId, Input, Moment, SessionConfig, ShardId, State,
};
use serde_json::{Value, json};

use crate::{
    dialect::{Dialect, on_both_dialects},
    peer::Reply,
    rig::{DiscordRig, Entry, Rig, seconds},
};

on_both_dialects!(
    t54_a_storm_of_requests_stays_in_the_window_and_delays_no_heartbeat,
    t54_of_presence_updates_that_wait_only_the_last_is_sent,
    t55_commands_that_wait_survive_a_close_with_4008,
    t55_commands_fail_one_by_one_when_the_queue_is_full_and_when_the_session_stops,
    t56_command_over_4096_bytes_is_refused_here,
    commands_wait_for_ready,
);

fn request<D: Dialect>(id: u64) -> Command {
    let data = json!({"guild_id": id.to_string()}).to_string();
    Command::new(D::WORDS.request, data).with_id(CommandId(id))
}

fn presence<D: Dialect>(id: u64) -> Command {
    let data = json!({"status": id.to_string()}).to_string();
    Command::presence(D::WORDS.presence, data).with_id(CommandId(id))
}

/// What the server counts has room in every stretch of its window.
fn assert_within_the_limit<D: Dialect>(rig: &Rig<D>) {
    let rules = rig.session.protocol().rules();
    let counts = |op: u64| rules.heartbeats_count || op != D::WORDS.heartbeat;
    let heard = rig.peer.heard.iter().filter(|(_, op, _)| counts(*op));
    let times: Vec<Moment> = heard.map(|(at, ..)| *at).collect();
    let limit = rules.send_limit.frames as usize;
    for span in times.windows(limit + 1) {
        let time = span[limit] - span[0];
        assert!(
            time > rules.send_limit.per,
            "{} frames in {time:?}",
            limit + 1
        );
    }
}

fn assert_beats_are_regular<D: Dialect>(rig: &Rig<D>, least: usize) {
    let beats = rig.heard(D::WORDS.heartbeat);
    assert!(beats.len() >= least);
    assert!(
        beats
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 == seconds(40))
    );
}

fn t54_a_storm_of_requests_stays_in_the_window_and_delays_no_heartbeat<D: Dialect>() {
    let mut rig = Rig::<D>::new(3);
    rig.start();
    for id in 0..1000 {
        rig.pass(Duration::from_millis(500));
        rig.command(request::<D>(id));
        if id % 10 == 0 {
            rig.command(presence::<D>(10_000 + id));
        }
    }
    rig.pass(seconds(300));
    assert_within_the_limit(&rig);
    assert_beats_are_regular(&rig, 19);
    assert_eq!(rig.left(), []);
    let requests = rig.heard(D::WORDS.request);
    let refused = |entry: &Entry| matches!(entry, Entry::Failed(_, CommandError::QueueFull));
    assert_eq!(
        requests.len() + rig.count(refused),
        1000,
        "each has one fate"
    );
    assert!(requests.len() > 800);
}

#[test]
fn t54_a_thousand_presences_in_a_second_and_thirty_requests() {
    let mut rig = DiscordRig::new(3);
    rig.start();
    for id in 0..1000 {
        rig.pass(Duration::from_millis(1));
        rig.command(presence::<polycord_gateway::Discord>(id));
        if id < 30 {
            rig.command(request::<polycord_gateway::Discord>(10_000 + id));
        }
    }
    rig.pass(seconds(300));
    assert_within_the_limit(&rig);
    assert_beats_are_regular(&rig, 7);
    assert_eq!(rig.heard(8).len(), 30, "every command is sent");

    let presences = rig.heard(3);
    assert!(presences.len() <= 10, "{}", presences.len());
    assert!(
        presences
            .windows(6)
            .all(|span| span[5].0 - span[0].0 > seconds(20))
    );
    assert_eq!(presences.last().unwrap().1["status"], "999");
    let superseded = |entry: &Entry| matches!(entry, Entry::Failed(_, CommandError::Superseded));
    assert_eq!(rig.count(superseded) + presences.len(), 1000);
}

fn t54_of_presence_updates_that_wait_only_the_last_is_sent<D: Dialect>() {
    let mut rig = Rig::<D>::new(3);
    rig.peer.identify.push(1, Reply::Silence);
    rig.start();
    for id in 0..1000 {
        rig.command(presence::<D>(id));
    }
    let ready = rig.peer.begin();
    rig.say(ready);
    let presences = rig.heard(D::WORDS.presence);
    assert_eq!(presences.len(), 1);
    assert_eq!(presences[0].1["status"], "999");
    let superseded = |entry: &Entry| matches!(entry, Entry::Failed(_, CommandError::Superseded));
    assert_eq!(rig.count(superseded), 999);
}

#[test]
fn t54_heartbeats_that_the_server_keeps_asking_for_stay_in_the_window() {
    let mut rig = DiscordRig::ready(3);
    for _ in 0..1000 {
        rig.op(1);
        rig.pass(Duration::from_millis(100));
    }
    assert!(rig.heard(1).len() > 150);
    assert_within_the_limit(&rig);
}

/// Discord keeps the session, Accord ends it: the commands are kept by both.
fn t55_commands_that_wait_survive_a_close_with_4008<D: Dialect>() {
    let mut rig = Rig::<D>::ready(3);
    for id in 0..110 {
        rig.command(request::<D>(id));
    }
    assert_eq!(rig.session.status().queued_commands, 0);
    for id in 110..150 {
        rig.command(request::<D>(id));
    }
    assert!(rig.session.status().queued_commands > 20);
    rig.close(Some(4008));
    // A new connection has a window of its own.
    rig.pass(seconds(5));
    let kept = D::WORDS.keeping.contains(&Some(4008));
    assert_eq!(rig.asked(), if kept { (1, 0) } else { (0, 1) });
    let ids: Vec<Value> = rig
        .heard(D::WORDS.request)
        .into_iter()
        .map(|(_, data)| data["guild_id"].clone())
        .collect();
    let all: Vec<Value> = (0..150).map(|id: u64| json!(id.to_string())).collect();
    assert_eq!(ids, all, "each once, in order");
}

fn t55_commands_fail_one_by_one_when_the_queue_is_full_and_when_the_session_stops<D: Dialect>() {
    let config = SessionConfig::new(ShardId::ONE).command_queue(2);
    let mut rig = Rig::<D>::with(3, config, None);
    for id in 0..4 {
        rig.command(request::<D>(id));
    }
    rig.command(presence::<D>(9));
    let failed =
        |error| move |entry: &Entry| matches!(entry, Entry::Failed(Some(_), of) if *of == error);
    assert_eq!(rig.count(failed(CommandError::QueueFull)), 2);
    rig.input(Input::Shutdown { resumable: false });
    assert_eq!(rig.count(failed(CommandError::Stopped)), 3);
    assert!(rig.stopped().is_some());
}

fn t56_command_over_4096_bytes_is_refused_here<D: Dialect>() {
    let mut rig = Rig::<D>::ready(3);
    let op = D::WORDS.request;
    let around = rig.session.protocol().frame(op, r#""""#).len();
    let fits = "x".repeat(4096 - around);
    rig.command(Command::new(op, format!("\"{fits}\"")));
    rig.command(Command::new(op, format!("\"{fits}x\"")).with_id(CommandId(1)));
    assert_eq!(rig.heard(op).len(), 1);
    let error = CommandError::TooLarge {
        size: 4097,
        limit: 4096,
    };
    let refused = Entry::Failed(Some(CommandId(1)), error);
    assert_eq!(rig.count(|entry| *entry == refused), 1);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn latest_presence_goes_along_with_every_identify_and_is_not_sent_twice() {
    let presence = presence::<polycord_gateway::Discord>;
    let config = SessionConfig::new(ShardId::ONE).presence(presence(1));
    let mut rig = DiscordRig::with(3, config, None);
    rig.start();
    assert_eq!(rig.heard(2)[0].1["presence"]["status"], "1");
    rig.command(presence(2));
    assert_eq!(rig.heard(3).len(), 1);
    rig.close(Some(4009));
    rig.command(presence(3));
    rig.pass(seconds(10));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.heard(2)[1].1["presence"]["status"], "3");
    assert_eq!(rig.heard(3).len(), 1);
    let carried = |entry: &Entry| matches!(entry, Entry::Sent { op: 2, command, .. } if *command == Some(CommandId(3)));
    assert_eq!(rig.count(carried), 1);
}

#[test]
fn presence_that_does_not_fit_beside_the_token_follows_ready() {
    let mut rig = DiscordRig::new(3);
    let name = "x".repeat(4000);
    let data = json!({"status": "idle", "name": name}).to_string();
    rig.command(Command::presence(3, data));
    rig.start();
    assert!(rig.heard(2)[0].1["presence"].is_null());
    assert_eq!(rig.heard(3).len(), 1);
}

fn commands_wait_for_ready<D: Dialect>() {
    let mut rig = Rig::<D>::new(3);
    rig.peer.identify.push(1, Reply::Silence);
    rig.command(request::<D>(1));
    rig.start();
    rig.pass(seconds(60));
    assert_eq!(rig.heard(D::WORDS.request), []);
    let ready = rig.peer.begin();
    rig.say(ready);
    assert_eq!(rig.heard(D::WORDS.request).len(), 1);
}
