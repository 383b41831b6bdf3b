//! `polycord simulate`, run as a program and used by a session of the gateway crate.
#![cfg(all(feature = "simulate", unix))]
#![allow(clippy::unwrap_used, reason = "what a test did not expect ends it")]

mod program;

use std::{path::PathBuf, time::Duration};

use polycord_gateway::{SessionEvent, Shard, ShardConfig, ShardEvent};
use polycord_types::gateway::Intents;
use tokio::time::timeout;

use crate::program::{Running, inspect, run};

const LIMIT: Duration = Duration::from_secs(120);

#[test]
fn scenarios_are_listed_with_what_they_do() {
    let list = run(&["--list-scenarios"]);
    assert_eq!(list.status, 0);
    let line = list
        .out
        .lines()
        .find(|line| line.starts_with("t28_half_open "));
    assert!(line.unwrap().ends_with("nobody closes."), "{}", list.out);
    assert!(list.out.lines().count() > 50);
}

#[test]
fn wrong_usage_says_what_to_do() {
    let refused = run(&["--scenario", "t28"]);
    assert_eq!(refused.status, 2);
    assert!(
        refused.err.contains("is it t28_half_open?"),
        "{}",
        refused.err
    );
    let refused = run(&["--members", "3"]);
    assert!(refused.err.contains("--guilds"), "{}", refused.err);

    let one = Running::start(&[]);
    let port = one.said("gateway ").rsplit(':').next().unwrap().to_owned();
    let refused = run(&["--port", &port]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("--port 0"), "{}", refused.err);
    assert_eq!(one.interrupt().status, 0);
}

#[tokio::test]
async fn a_bot_is_served_until_ctrl_c_and_the_summary_tells() {
    let program = Running::start(&["--guilds", "3", "--scenario", "t32_closed_with_4009"]);
    let config = ShardConfig::new(program.said("token "), Intents::all())
        .gateway_url(program.said("gateway "))
        .backoff(Duration::from_millis(10), Duration::from_millis(50));
    let mut shard = Shard::start(config).unwrap();
    // The scenario may come before the first READY is read.
    let mut was_closed = false;
    let mut guilds = 0;
    let served_again = async {
        while guilds < 3 {
            match shard.next().await.unwrap() {
                ShardEvent::Session(SessionEvent::Reconnecting { .. }) => was_closed = true,
                ShardEvent::Dispatch(event) if event.name() == "GUILD_CREATE" => {
                    guilds += u32::from(was_closed);
                }
                _ => {}
            }
        }
    };
    timeout(LIMIT, served_again).await.unwrap();
    let ended = program.interrupt();
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(
        ended
            .out
            .contains("2 connections, 1 closed by the simulator"),
        "{}",
        ended.out
    );
    assert!(ended.out.contains("2 sessions started\n"), "{}", ended.out);
    assert!(ended.out.contains("0 sessions resumed\n"), "{}", ended.out);
}

#[tokio::test]
async fn what_is_recorded_of_10_000_frames_is_known() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("simulate.jsonl");
    let file = path.to_str().unwrap();
    let args = ["--guilds", "3", "--traffic", "1000", "--record", file];
    let program = Running::start(&args);
    let config = ShardConfig::new(program.said("token "), Intents::all())
        .gateway_url(program.said("gateway "));
    let mut shard = Shard::start(config).unwrap();
    let mut dispatches = 0;
    let many = async {
        while dispatches < 10_000 {
            let event = shard.next().await.unwrap();
            dispatches += u32::from(matches!(event, ShardEvent::Dispatch(_)));
        }
    };
    timeout(LIMIT, many).await.unwrap();
    assert_eq!(program.interrupt().status, 0);

    let inspected = inspect(&["--json", "--deny", "unknown-fields", file]);
    let summary = inspected.out.lines().last().unwrap();
    assert_eq!(inspected.status, 0, "{summary}");
    let summary: serde_json::Value = serde_json::from_str(summary).unwrap();
    assert!(summary["inputs"].as_u64().unwrap() >= 10_000, "{summary}");
    assert_eq!(summary["failed"], 0, "{summary}");
    assert!(
        !std::fs::read_to_string(&path)
            .unwrap()
            .contains("simulator-token")
    );
}

#[tokio::test]
async fn a_connection_is_private_where_it_is_asked_for() {
    let ca = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("simulate-ca.pem");
    let program = Running::start(&["--tls", ca.to_str().unwrap()]);
    assert!(program.said("gateway ").starts_with("wss://"));
    assert!(program.said("REST ").starts_with("https://"));
    let pem = std::fs::read(program.said("trust ")).unwrap();
    let config = ShardConfig::new(program.said("token "), Intents::empty())
        .gateway_url(program.said("gateway "))
        .root_certificates(pem);
    let mut shard = Shard::start(config).unwrap();
    let ready = async {
        while let Some(event) = shard.next().await {
            if matches!(event, ShardEvent::Dispatch(event) if event.name() == "READY") {
                return;
            }
        }
    };
    timeout(LIMIT, ready).await.unwrap();
    assert_eq!(program.interrupt().status, 0);
}

#[tokio::test]
async fn it_ends_by_itself_where_it_is_told_to() {
    let ended = run(&["--port", "0", "--for", "0.3"]);
    assert_eq!(ended.status, 0);
    assert!(ended.out.contains("Ctrl-C ends it."));
    assert!(ended.out.contains("ran for 0."), "{}", ended.out);
}
