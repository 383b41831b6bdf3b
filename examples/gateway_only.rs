//! One session, driven by yourself: no manager, no cache, no REST.
//!
//! ```console
//! $ cargo run --example gateway_only                          # on an embedded simulator
//! $ DISCORD_TOKEN=... cargo run --example gateway_only        # on Discord, until Ctrl-C
//! ```

use std::{env, error::Error, time::Duration};

use polycord_gateway::{SessionEvent, Shard, ShardConfig, ShardEvent};
use polycord_simulator::Simulator;
use polycord_types::gateway::{Event, Intents};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Ok(token) = env::var("DISCORD_TOKEN") else {
        return on_simulator().await;
    };
    let shard = Shard::start(ShardConfig::new(token, Intents::default()))?;
    let handle = shard.handle();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            handle.shutdown().await;
        }
    });
    print_events(shard).await
}

/// The same session, on a Discord of its own in which somebody talks and a socket is cut.
async fn on_simulator() -> Result<(), Box<dyn Error>> {
    let sim = Simulator::builder().shards(1).start().await?;
    let config = ShardConfig::new(sim.token(), Intents::default() | Intents::MESSAGE_CONTENT)
        .gateway_url(sim.gateway_url());
    let shard = Shard::start(config)?;
    let handle = shard.handle();
    tokio::spawn(async move {
        let (channel, user) = (sim.channel("general"), sim.user("ada"));
        handle.wait_for(|status| status.counters.ready == 1).await;
        sim.say(channel, user, "before the cut");
        sim.cut(0);
        sim.say(channel, user, "while nobody listens");
        handle.wait_for(|status| status.counters.resumed == 1).await;
        sim.say(channel, user, "after the cut");
        let sent = sim.sent_dispatches().len() as u64;
        let arrived = handle.wait_for(|status| status.counters.dispatches >= sent);
        let _ = tokio::time::timeout(Duration::from_secs(5), arrived).await;
        handle.shutdown().await;
    });
    print_events(shard).await
}

async fn print_events(mut shard: Shard) -> Result<(), Box<dyn Error>> {
    while let Some(event) = shard.next().await {
        match event {
            ShardEvent::Dispatch(dispatch) => match dispatch.decode() {
                Ok(Event::MessageCreate(message)) => println!(
                    "{}: {}{}",
                    message.author.username,
                    message.content,
                    if dispatch.replayed() {
                        "   (replayed)"
                    } else {
                        ""
                    },
                ),
                Ok(event) => println!("{}", event.name()),
                Err(error) => println!("{error}; it came as {}", dispatch.data()),
            },
            ShardEvent::Session(SessionEvent::Reconnecting { delay, cause, .. }) => {
                println!("-- {cause}; again in {delay:.1?}");
            }
            ShardEvent::Session(SessionEvent::Resumed { replayed }) => {
                println!("-- resumed, {replayed} events replayed");
            }
            ShardEvent::Session(SessionEvent::SessionLost { reason, .. }) => {
                println!("-- session lost: {reason}");
            }
            ShardEvent::Stopped(reason) if reason.is_shutdown() => println!("-- {reason}"),
            ShardEvent::Stopped(reason) => return Err(reason.to_string().into()),
            _ => {}
        }
    }
    Ok(())
}
