//! What a person reads at `info`.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::{
    io,
    sync::{Arc, Mutex},
};

use polycord_gateway::{Compression, SessionEvent, Shard, ShardConfig, ShardEvent};
use polycord_types::gateway::Intents;
use server::Server;
use tracing::Level;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn the_story_of_a_session_has_one_line_for_each_step() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let mut server = Server::new();
    let config = ShardConfig::new("token", Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(1);
    let mut shard = Shard::start(config).unwrap();
    let mut conn = server.accept().await;
    conn.hello(41_250).await;
    conn.expect(2).await;
    conn.ready("0123456789abcdef").await;
    while !matches!(shard.next().await.unwrap(), ShardEvent::Dispatch(_)) {}
    conn.cut();
    let mut conn = server.accept().await;
    conn.hello(41_250).await;
    conn.expect(6).await;
    conn.event(2, "MESSAGE_CREATE", "{}").await;
    conn.event(3, "RESUMED", "{}").await;
    while !matches!(
        shard.next().await.unwrap(),
        ShardEvent::Session(SessionEvent::Resumed { .. })
    ) {}
    let handle = shard.handle();
    let (code, ()) = tokio::join!(conn.closed(), handle.shutdown());
    assert_eq!(code, Some(1000));

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let steps = [
        "connecting",
        "heartbeat every 41.25s",
        "connected, session 01234567",
        "next connection in",
        "connecting to resume",
        "heartbeat every 41.25s",
        "resumed, 1 events replayed",
        "shut down",
    ];
    assert_eq!(text.lines().count(), steps.len(), "{text}");
    for (line, step) in text.lines().zip(steps) {
        assert!(
            line.contains(step) && line.contains("shard.id=0/1"),
            "{step}: {text}"
        );
    }
    assert!(
        !text.contains("0123456789"),
        "a session id is shown in full: {text}"
    );
    println!("{text}");
}
