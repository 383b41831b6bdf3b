//! What a simulator records of a bad day is read to its end.

use std::{fs::File, io::BufWriter, time::Duration};

use polycord_gateway::{Shard, ShardConfig, ShardEvent};
use polycord_simulator::{Altered, Fault, Simulator};
use polycord_types::gateway::Intents;
use serde_json::Value;
use tokio::time::timeout;

use crate::program::{file, json};

#[tokio::test]
async fn garbage_cuts_and_altered_events_of_a_simulator_do_not_end_the_reading() {
    let path = file("recorded_faults", "faults.jsonl", "");
    let sim = Simulator::builder()
        .record(BufWriter::new(File::create(&path).unwrap()))
        .start()
        .await
        .unwrap();
    sim.script(0, Fault::SplitMessages(7));
    sim.script(
        0,
        Fault::Alter {
            event: "GUILD_CREATE".to_owned(),
            field: "/member_count".to_owned(),
            to: Altered::Value("many".into()),
        },
    );
    let config = ShardConfig::new(sim.token(), Intents::all())
        .gateway_url(sim.gateway_url())
        .backoff(Duration::from_millis(10), Duration::from_millis(50));
    let mut shard = Shard::start(config).unwrap();
    let mut begun = 0;
    let bad_day = async {
        while let Some(event) = shard.next().await {
            let ShardEvent::Dispatch(event) = event else {
                continue;
            };
            if !matches!(event.name(), "READY" | "RESUMED") {
                continue;
            }
            begun += 1;
            match begun {
                1 => assert!(sim.send_text(0, "{\"op\":")),
                2 => assert!(sim.send_bytes(0, vec![0xff, 0x00, 0x12])),
                3 => {
                    assert!(sim.send_frame(0, "[1, 2"));
                    sim.script(0, Fault::CutInMidFrame);
                }
                _ => return,
            }
            assert!(sim.close(0, 4000));
        }
    };
    timeout(Duration::from_secs(30), bad_day).await.unwrap();
    assert_eq!(begun, 4);
    sim.shutdown().await;

    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(sim.token()));
    let (inputs, summary) = json(&[path.to_str().unwrap()], "");
    assert_eq!(inputs.len(), text.lines().count(), "{summary}");
    let count = |kind: &str| summary["kinds"][kind]["inputs"].as_u64().unwrap_or(0);
    assert!(count("READY") >= 1, "{summary}");
    assert!(count("journal entry") > 10, "{summary}");
    // Three kinds of garbage, three close frames, half of a message.
    assert!(count("omitted") >= 7, "{summary}");
    // What was altered is told of, and is the only thing that is.
    let told = |input: &&Value| !input["deviations"].as_array().unwrap().is_empty();
    let told: Vec<_> = inputs.iter().filter(told).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["kind"], "GUILD_CREATE");
    assert_eq!(summary["failed"], 0, "{summary}");
}
