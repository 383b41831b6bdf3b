//! A shard whose server, consumer or operator does what nobody should, in virtual time.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use polycord_gateway::{
    Command, Compression, SendErrorKind, Shard, ShardConfig, ShardEvent, State, StopReason,
};
use polycord_types::gateway::Intents;
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
        let event = shard.next().await.expect("the last item is the stop");
        if let ShardEvent::Stopped(reason) = event {
            return reason;
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

#[tokio::test(start_paused = true)]
async fn commands_that_fail_do_not_pile_up_for_a_consumer_that_does_not_read() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server).buffer(1)).unwrap();
    let mut conn = server.session(&mut shard).await;
    for seq in 2..6 {
        conn.event(seq, "TYPING_START", "{}").await;
    }
    let handle = shard.handle();
    handle.wait_for(|status| status.paused).await;
    // Each update takes the place of the one before, which fails with a report.
    let mut taken = 0;
    let error = loop {
        match handle.send(Command::presence(3, "{}")) {
            Ok(()) => taken += 1,
            Err(error) => break error,
        }
        tokio::task::yield_now().await;
        assert!(taken < 10_000, "{taken} updates, each with its report");
    };
    assert_eq!(error.kind(), SendErrorKind::Full);
    // Reading on makes room again.
    while handle.status().paused {
        shard.next().await;
    }
    tokio::task::yield_now().await;
    assert_eq!(handle.send(Command::presence(3, "{}")), Ok(()));
}

#[tokio::test(start_paused = true)]
async fn garbage_instead_of_hello_does_not_pile_up_for_a_consumer_that_does_not_read() {
    let mut server = Server::new();
    let shard = Shard::start(config(&server).buffer(1)).unwrap();
    let mut conn = server.accept().await;
    for _ in 0..2_000 {
        conn.text("garbage").await;
    }
    sleep(Duration::from_secs(1)).await;
    let status = shard.handle().status();
    assert_eq!(status.counters.bad_frames, 2_000);
    assert!(
        status.dropped_reports > 1_500,
        "{} dropped",
        status.dropped_reports
    );
}
