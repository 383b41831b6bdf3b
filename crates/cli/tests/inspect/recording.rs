//! What a shard's tap records, from the wire to the report.

use std::{fs::File, io::BufWriter, time::Duration};

use polycord_gateway::{Shard, ShardConfig, ShardEvent, Tap};
use polycord_simulator::{Simulator, World};
use polycord_types::gateway::Intents;
use tokio::time::timeout;

use crate::program::{file, json};

#[tokio::test]
async fn the_recording_of_a_session_that_was_resumed_is_read_frame_by_frame() {
    let path = file("recording", "frames.jsonl", "");
    let tap = Tap::to_file(&path).unwrap();
    let sim = Simulator::start().await.unwrap();
    let config = ShardConfig::new(sim.token(), Intents::all())
        .gateway_url(sim.gateway_url())
        .backoff(Duration::from_millis(10), Duration::from_millis(50))
        .tap(tap.clone());
    let mut shard = Shard::start(config).unwrap();
    let resumed = async {
        while let Some(event) = shard.next().await {
            match event {
                ShardEvent::Dispatch(event) if event.name() == "READY" => {
                    let made_up =
                        r#"{"op":0,"t":"MESSAGE_DELETE","d":{"id":"1","channel_id":"2","new":1}}"#;
                    assert!(sim.send_text(0, made_up));
                }
                ShardEvent::Dispatch(event) if event.name() == "MESSAGE_DELETE" => {
                    assert!(sim.cut(0));
                }
                ShardEvent::Dispatch(event) if event.name() == "RESUMED" => return,
                _ => {}
            }
        }
    };
    timeout(Duration::from_secs(20), resumed).await.unwrap();
    assert!(tap.flush(Duration::from_secs(10)));

    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(sim.token()));
    let (inputs, summary) = json(&[path.to_str().unwrap()], "");
    assert_eq!(inputs.len(), text.lines().count());
    let count = |kind: &str| summary["kinds"][kind]["inputs"].as_u64().unwrap_or(0);
    for (kind, times) in [
        ("HELLO", 2),
        ("IDENTIFY", 1),
        ("READY", 1),
        ("MESSAGE_DELETE", 1),
        ("RESUME", 1),
        ("RESUMED", 1),
    ] {
        assert_eq!(count(kind), times, "{kind}: {summary}");
    }
    // What the simulator sends is known, sent frames included, but for what was made up.
    for input in &inputs {
        if input["kind"] == "MESSAGE_DELETE" {
            assert_eq!(input["unknown_fields"][0], "frame.d.new");
        } else {
            assert_ne!(input["status"], "failed", "{input}");
            assert_eq!(
                input["unknown_fields"].as_array().map_or(0, Vec::len),
                0,
                "{input}"
            );
        }
    }
}

#[tokio::test]
async fn ten_thousand_frames_that_a_simulator_recorded_have_nothing_unknown_in_them() {
    const MESSAGES: usize = 1_500;
    let path = file("recording", "simulated.jsonl", "");
    let recording = BufWriter::new(File::create(&path).unwrap());
    let sim = Simulator::builder()
        .world(World::generate(5, 3, 40))
        .record(recording)
        .start()
        .await
        .unwrap();
    let config = ShardConfig::new(sim.token(), Intents::all()).gateway_url(sim.gateway_url());
    let mut shard = Shard::start(config).unwrap();
    let world = sim.world();
    let guild = &world.guilds[0];
    let (channel, users) = (guild.channels[0].id, &guild.members);
    let mut written = 0;
    let read = async {
        while let Some(event) = shard.next().await {
            let ShardEvent::Dispatch(event) = event else {
                continue;
            };
            // The guilds have come when the first of them is talked in.
            let next = match event.name() {
                "GUILD_CREATE" => written == 0,
                "MESSAGE_REACTION_REMOVE" => written < MESSAGES,
                _ => false,
            };
            if next {
                let user = users[written % users.len()].id;
                written += 1;
                sim.typing(channel, user);
                sim.presence(user, if written % 2 == 0 { "idle" } else { "online" });
                let message = sim.say(channel, user, "hello");
                sim.edit(channel, message, "hello, everybody");
                sim.react(channel, message, user, "👍");
                sim.unreact(channel, message, user, "👍");
            } else if event.name() == "MESSAGE_REACTION_REMOVE" {
                return;
            }
        }
    };
    timeout(Duration::from_secs(60), read).await.unwrap();
    sim.shutdown().await;

    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(sim.token()));
    let (inputs, summary) = json(&[path.to_str().unwrap()], "");
    let count = |kind: &str| summary["kinds"][kind]["inputs"].as_u64().unwrap_or(0);
    assert_eq!(count("IDENTIFY"), 1, "{summary}");
    assert_eq!(count("MESSAGE_CREATE"), MESSAGES as u64, "{summary}");
    assert!(count("journal entry") > MESSAGES as u64, "{summary}");
    assert_eq!(count("omitted"), 0, "{summary}");
    let frames = inputs.len() as u64 - count("journal entry");
    assert!(frames >= 10_000, "{frames} frames");
    for input in &inputs {
        assert_ne!(input["status"], "failed", "{input}");
        let unknown = input["unknown_fields"].as_array().map_or(0, Vec::len);
        assert_eq!(unknown, 0, "{input}");
    }
}
