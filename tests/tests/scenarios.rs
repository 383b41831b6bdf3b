//! Faults of one shard among several, by number.

use std::time::Duration;

use polycord_gateway::ShardEvent;
use polycord_shard_manager::{FixedGatewayInfo, ManagerEvent, ShardManager};
use polycord_simulator::{Fault, Simulator};
use polycord_tests::connector;
use polycord_types::gateway::{Event, GatewayBot, Intents, SessionStartLimit};
use tokio::time::timeout;

#[tokio::test(start_paused = true)]
async fn t19_a_shard_that_drops_while_others_get_ready_does_not_cost_the_ready_of_all() {
    let sim = Simulator::builder()
        .in_memory()
        .shards(3)
        .start()
        .await
        .unwrap();
    let info = FixedGatewayInfo(GatewayBot {
        url: sim.gateway_url().into(),
        shards: 3,
        session_start_limit: SessionStartLimit {
            total: 1000,
            remaining: 1000,
            reset_after: 0,
            max_concurrency: 1,
        },
    });
    let dialled = sim.clone();
    let mut manager = ShardManager::builder(sim.token(), Intents::GUILDS)
        .gateway_url(sim.gateway_url())
        .gateway_info(info)
        .configure(move |config| config.seed(7).connector(connector(&dialled)))
        .start()
        .await
        .unwrap();
    let (mut ready, mut all_ready) = (0, 0);
    let reading = async {
        while let Some(event) = manager.next().await {
            match event {
                ManagerEvent::AllReady => all_ready += 1,
                ManagerEvent::Shard {
                    shard,
                    event: ShardEvent::Dispatch(dispatch),
                } if matches!(dispatch.decode(), Ok(Event::Ready(_))) => {
                    ready += 1;
                    // The one that was ready first is gone while the next one identifies.
                    if ready == 1 {
                        sim.script(shard.number, Fault::NoHello.times(2));
                        sim.cut(shard.number);
                    }
                }
                _ => {}
            }
        }
    };
    let forever = timeout(Duration::from_secs(600), reading).await;
    assert!(forever.is_err(), "the manager stopped");
    assert_eq!((ready, all_ready), (3, 1), "{}", sim.journal());
    assert_eq!((sim.identifies(), sim.connections()), (3, 3));
}
