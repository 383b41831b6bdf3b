//! One session, driven by yourself: no manager, no cache, no REST.
//!
//! ```console
//! $ cargo run --example gateway_only                          # on an embedded simulator
//! $ DISCORD_TOKEN=... cargo run --example gateway_only        # on Discord, until Ctrl-C
//! ```
//!
//! It wants messages and nothing else, asks for the members of a guild, and says at its end what it has seen.
//! It leaves its session so that it can be resumed: on the simulator, the next shard takes it up.

use std::{env, error::Error};

use polycord_gateway::{
    Interest, SavedSession, SessionEvent, Shard, ShardConfig, ShardEvent, ShardHandle, State,
    StopReason,
};
use polycord_simulator::Simulator;
use polycord_types::{
    gateway::{Event, EventKind, Intents, send::RequestGuildMembers},
    id::GuildId,
};

type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result {
    let Ok(token) = env::var("DISCORD_TOKEN") else {
        return on_simulator().await;
    };
    let shard = Shard::start(config(&token))?;
    let handle = shard.handle();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            handle.close_resumable().await;
        }
    });
    if let Some(session) = print_events(shard).await? {
        println!("-- to resume: {}", serde_json::to_string(&session)?);
    }
    Ok(())
}

/// Receives what these intents bring, and is handed what it is interested in.
fn config(token: &str) -> ShardConfig {
    let intents = Intents::default() | Intents::GUILD_MEMBERS | Intents::MESSAGE_CONTENT;
    ShardConfig::new(token, intents).interest(Interest::only([
        EventKind::GuildCreate,
        EventKind::MessageCreate,
    ]))
}

/// The same shard, on a Discord of its own in which somebody talks and a socket is cut.
async fn on_simulator() -> Result {
    let sim = Simulator::builder().shards(1).start().await?;
    let config = config(sim.token()).gateway_url(sim.gateway_url());
    let say = |text| sim.say(sim.channel("general"), sim.user("ada"), text);

    let shard = Shard::start(config.clone())?;
    let handle = shard.handle();
    // Answers come through the shard, so it is read while they are awaited.
    let reader = tokio::spawn(print_events(shard));
    handle.wait_for(|it| it.counters.ready == 1).await;
    count_members(&handle, sim.guild("polycord")).await?;
    say("before the cut");
    sim.cut(0);
    handle
        .wait_for(|it| it.state != State::Ready || it.counters.resumed == 1)
        .await;
    say("while the connection is down");
    handle.wait_for(|it| it.counters.resumed == 1).await;
    handle.close_resumable().await;
    let saved = reader.await??.ok_or("there is no session to resume")?;

    say("while nobody is there");
    let shard = Shard::start(config.session(saved))?;
    let handle = shard.handle();
    let reader = tokio::spawn(print_events(shard));
    handle.wait_for(|it| it.counters.resumed == 1).await;
    handle.shutdown().await;
    reader.await??;
    println!(
        "-- {} IDENTIFY, {} RESUMEs",
        sim.identifies(),
        sim.resumes()
    );
    Ok(())
}

/// A request ends with its whole answer, or says why there is none.
async fn count_members(shard: &ShardHandle, guild: GuildId) -> Result {
    let everybody = RequestGuildMembers::everybody(guild);
    let all = shard.request_members(everybody).await?;
    println!("-- {} members", all.members.len());
    Ok(())
}

/// Reads a shard to its end; gives the session that it left.
async fn print_events(mut shard: Shard) -> Result<Option<SavedSession>> {
    let handle = shard.handle();
    while let Some(event) = shard.next().await {
        match event {
            ShardEvent::Dispatch(dispatch) => match dispatch.decode() {
                Ok(Event::MessageCreate(message)) => {
                    let late = if dispatch.replayed() {
                        "   (replayed)"
                    } else {
                        ""
                    };
                    println!("{}: {}{late}", message.author.username, message.content);
                }
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
            ShardEvent::Stopped(StopReason::Shutdown { saved }) => {
                let status = handle.status();
                println!(
                    "-- {}: {} events, {} of them not wanted, {} bytes",
                    status.state, status.counters.dispatches, status.skipped, status.received_bytes,
                );
                return Ok(saved);
            }
            ShardEvent::Stopped(reason) => return Err(reason.to_string().into()),
            _ => {}
        }
    }
    Ok(None)
}
