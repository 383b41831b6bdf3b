//! The shard manager inside a service of your own: no facade, no cache; events go where you send them.
//!
//! ```console
//! $ cargo run --example embedded                       # on an embedded simulator
//! $ DISCORD_TOKEN=... cargo run --example embedded     # on Discord, until Ctrl-C
//! ```

use std::{collections::BTreeMap, env, error::Error, time::Duration};

use polycord_gateway::ShardEvent;
use polycord_rest::Rest;
use polycord_shard_manager::{ManagerEvent, ManagerHandle, ShardManager};
use polycord_simulator::Simulator;
use polycord_types::gateway::{EventKind, Intents};
use tokio::sync::mpsc;

type BoxError = Box<dyn Error + Send + Sync>;

/// What the rest of the service gets: the shard and the raw event, here only counted.
struct Delivery {
    shard: u32,
    kind: EventKind,
    bytes: usize,
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let (deliveries, mut queue) = mpsc::channel::<Delivery>(1024);
    let manager = if let Ok(token) = env::var("DISCORD_TOKEN") {
        let manager = ShardManager::builder(token, Intents::default())
            .start()
            .await?;
        let handle = manager.handle();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                handle.shutdown().await;
            }
        });
        manager
    } else {
        on_simulator().await?
    };
    let service = tokio::spawn(run(manager, deliveries));

    let mut counts = BTreeMap::<(u32, &'static str), (u64, usize)>::new();
    while let Some(Delivery { shard, kind, bytes }) = queue.recv().await {
        let count = counts.entry((shard, kind.name())).or_default();
        count.0 += 1;
        count.1 += bytes;
    }
    for ((shard, name), (events, bytes)) in counts {
        println!("shard {shard}  {events:>4} x {name:<22} {bytes:>7} bytes");
    }
    let sessions = service.await??;
    println!("{sessions} sessions could be resumed by a new process");
    Ok(())
}

/// Drives the shards and hands their dispatches on, until they stop.
async fn run(
    mut manager: ShardManager,
    deliveries: mpsc::Sender<Delivery>,
) -> Result<usize, BoxError> {
    while let Some(event) = manager.next().await {
        match event {
            ManagerEvent::AllReady => println!("all shards are ready"),
            ManagerEvent::Shard {
                shard,
                event: ShardEvent::Dispatch(dispatch),
            } => {
                let delivery = Delivery {
                    shard: shard.number,
                    kind: dispatch.kind(),
                    bytes: dispatch.data().len(),
                };
                deliveries.send(delivery).await?;
            }
            ManagerEvent::Stopped(outcome) => return Ok(outcome?.len()),
            _ => {}
        }
    }
    Ok(0)
}

/// The same service on a Discord of its own, in which people talk for a moment.
async fn on_simulator() -> Result<ShardManager, BoxError> {
    let sim = Simulator::builder()
        .shards(2)
        .max_concurrency(2)
        .start()
        .await?;
    let rest = Rest::builder(sim.token()).base_url(sim.api_url()).build()?;
    let manager = ShardManager::builder(sim.token(), Intents::default())
        .rest(rest)
        .start()
        .await?;
    tokio::spawn(talk(sim, manager.handle()));
    Ok(manager)
}

async fn talk(sim: Simulator, handle: ManagerHandle) {
    for shard in handle.shards() {
        shard.wait_for(|status| status.counters.ready == 1).await;
    }
    let ada = sim.user("ada");
    for guild in sim.world().guilds {
        for text in ["hello", "is anybody there?"] {
            sim.say(guild.channels[0].id, ada, text);
        }
    }
    let sent = sim.sent_dispatches().len() as u64;
    let arrived = async {
        while handle
            .statuses()
            .iter()
            .map(|it| it.counters.dispatches)
            .sum::<u64>()
            < sent
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(5), arrived).await;
    handle.shutdown().await;
}
