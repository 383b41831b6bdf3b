//! What a shard's tap records, from the wire to the report.

use std::time::Duration;

use polycord_gateway::{Shard, ShardConfig, ShardEvent, Tap};
use polycord_simulator::Simulator;
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
