//! What a cache tells while things happen: what to redraw, which fields changed from what to what, and what was counted.
//!
//! ```console
//! $ cargo run --example cache_watch                       # on an embedded simulator
//! $ DISCORD_TOKEN=... cargo run --example cache_watch     # on Discord, until Ctrl-C
//! ```

use std::{env, error::Error, time::Duration};

use polycord::{
    Client, RunningClient,
    cache::{Cache, Change, Kind, Lagged},
};
use polycord_simulator::Simulator;
use tokio::time::{sleep, timeout};

type BoxError = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let cache = Cache::builder()
        .ttl(Kind::Member, Duration::from_secs(3600))
        .max_bytes(Kind::User, 16 << 20)
        .disable(Kind::Sticker)
        .build();
    let watcher = tokio::spawn(watch(cache.clone()));

    if let Ok(token) = env::var("DISCORD_TOKEN") {
        let client = Client::builder(token).cache(cache.clone()).build();
        let running = client.start().await?;
        tokio::signal::ctrl_c().await?;
        running.shutdown().await?;
    } else {
        on_simulator(&cache).await?;
    }
    report(&cache);
    watcher.abort();
    Ok(())
}

/// Hears every change: those of events, and those that time brings.
async fn watch(cache: Cache) {
    let mut subscription = cache.subscribe(1_024);
    // The subscription does not keep the cache alive.
    drop(cache);
    while let Some(heard) = subscription.next().await {
        let changes = match heard {
            Ok(changes) => changes,
            Err(Lagged { missed, .. }) => {
                println!("{missed} events were too fast: look at everything again");
                continue;
            }
        };
        for signal in changes.signals() {
            println!("redraw {signal:?}");
        }
        for field in changes.iter().flat_map(Change::diff) {
            println!("       {}: {} -> {}", field.field, field.old, field.new);
        }
    }
}

/// What the cache holds, and how it was used.
fn report(cache: &Cache) {
    println!(
        "\n{:<16} {:>8} {:>10} {:>8} {:>8}",
        "kind", "entries", "bytes", "inserts", "updates"
    );
    for (kind, stats) in cache.stats().iter().filter(|(_, stats)| stats.inserts > 0) {
        println!(
            "{:<16} {:>8} {:>10} {:>8} {:>8}",
            kind.name(),
            stats.entries,
            stats.bytes,
            stats.inserts,
            stats.updates,
        );
    }
}

/// A Discord of its own, in which somebody says something.
async fn on_simulator(cache: &Cache) -> Result<(), BoxError> {
    let sim = Simulator::builder().start().await?;
    let running: RunningClient = Client::builder(sim.token())
        .api_url(sim.api_url())
        .gateway_url(sim.gateway_url())
        .cache(cache.clone())
        .build()
        .start()
        .await?;
    running.handle().ready().await;
    let guilds = sim.world().guilds.len();
    let all = async {
        while cache.guilds().count() < guilds {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(5), all).await?;

    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    for text in ["hello", "is anybody there?"] {
        sim.say(general, ada, text);
    }
    sleep(Duration::from_millis(200)).await;
    running.shutdown().await?;
    Ok(())
}
