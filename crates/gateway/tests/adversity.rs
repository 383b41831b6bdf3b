//! A shard whose server, consumer or operator does what nobody should, in virtual time.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use polycord_gateway::{Command, Compression, Shard, ShardConfig, ShardEvent, State, StopReason};
use polycord_types::Intents;
use server::Server;
use tokio::time::{sleep, timeout};

fn config(server: &Server) -> ShardConfig {
    ShardConfig::new("a-token", Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(7)
}

async fn stopped(shard: &mut Shard) -> StopReason {
    loop {
        match shard.next().await.expect("the last item is the stop") {
            ShardEvent::Stopped(reason) => return reason,
            _ => {}
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_code_is_read_although_writing_failed_before() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    let handle = shard.handle();
    conn.close(4014).await;
    conn.cut();
    handle.send(Command::new(8, "{}")).unwrap();
    let reason = timeout(Duration::from_secs(60), stopped(&mut shard)).await;
    assert!(
        matches!(reason, Ok(StopReason::DisallowedIntents { .. })),
        "{reason:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_wait_without_end_is_a_setting_like_any_other() {
    let mut server = Server::new();
    let patient = config(&server)
        .connect_timeout(Duration::MAX)
        .session_config(|session| {
            session
                .hello_timeout(Duration::MAX)
                .backoff(Duration::MAX, Duration::MAX)
        });
    let mut shard = Shard::start(patient).unwrap();
    let session = timeout(Duration::from_secs(60), server.session(&mut shard)).await;
    session.unwrap().cut();
    sleep(Duration::from_secs(60)).await;
    assert_eq!(shard.handle().status().state, State::BackingOff);
    shard.handle().wake();
    let dialled = timeout(Duration::from_secs(60), server.accept()).await;
    dialled.unwrap().hello(40_000).await;
}
