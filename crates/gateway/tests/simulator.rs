//! A shard against the simulator, over loopback sockets.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::time::Duration;

use polycord_gateway::{Compression, SessionEvent, Shard, ShardConfig, ShardEvent, StopReason};
use polycord_simulator::Simulator;
use polycord_types::gateway::{Event, Intents};
use tokio::time::timeout;

fn config(sim: &Simulator) -> ShardConfig {
    ShardConfig::new(sim.token(), Intents::all())
        .gateway_url(sim.gateway_url())
        .backoff(Duration::from_millis(50), Duration::from_millis(200))
}

#[tokio::test]
async fn events_decode_and_a_cut_connection_is_resumed_without_loss() {
    for compression in [Compression::None, Compression::ZlibStream] {
        let sim = Simulator::start().await.unwrap();
        let mut shard = Shard::start(config(&sim).compression(compression)).unwrap();
        let play = async {
            let mut seen = Vec::new();
            let mut cut = false;
            while let Some(event) = shard.next().await {
                match event {
                    ShardEvent::Dispatch(dispatch) => {
                        seen.extend(dispatch.seq());
                        let event = dispatch.decode().unwrap();
                        if matches!(event, Event::GuildCreate(_)) && !cut {
                            cut = true;
                            assert!(sim.cut(0));
                        }
                    }
                    ShardEvent::Session(SessionEvent::Resumed { .. }) => return seen,
                    ShardEvent::Stopped(reason) => panic!("{reason}"),
                    _ => {}
                }
            }
            seen
        };
        let seen = timeout(Duration::from_secs(20), play).await.unwrap();
        let expected: Vec<_> = (1..=seen.len() as u64).collect();
        assert_eq!(seen, expected, "{compression:?}");
        assert_eq!((sim.identifies(), sim.resumes()), (1, 1));
        shard.handle().shutdown().await;
    }
}

#[tokio::test]
async fn t20_a_wrong_token_stops_the_shard_with_a_sentence_that_helps() {
    let sim = Simulator::start().await.unwrap();
    let config = ShardConfig::new("wrong", Intents::default()).gateway_url(sim.gateway_url());
    let mut shard = Shard::start(config).unwrap();
    let reason = async {
        loop {
            if let ShardEvent::Stopped(reason) = shard.next().await.unwrap() {
                return reason;
            }
        }
    };
    let reason = timeout(Duration::from_secs(10), reason).await.unwrap();
    assert_eq!(reason, StopReason::AuthenticationFailed);
    assert!(reason.to_string().contains("token"), "{reason}");
}
