//! What a person reads at `info`.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "support/lines.rs"]
mod lines;
#[path = "support/log.rs"]
mod log;
#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use lines::Lines;
use log::{TURN, listen};
use polycord_gateway::{Command, Compression, SessionEvent, Shard, ShardConfig, ShardEvent};
use polycord_types::gateway::Intents;
use server::Server;
use tokio::time::sleep;
use tracing::Level;

/// The only line that says this.
fn line_of(lines: &Lines, event: &str) -> String {
    let (text, event) = (lines.text(), format!("event=\"{event}\""));
    let found: Vec<_> = text.lines().filter(|line| line.contains(&event)).collect();
    assert_eq!(found.len(), 1, "{event}: {text}");
    found[0].to_owned()
}

fn config(server: &Server) -> ShardConfig {
    ShardConfig::new("token", Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(1)
}

#[tokio::test(start_paused = true)]
async fn the_story_of_a_session_has_one_line_for_each_step() {
    let _turn = TURN.lock().await;
    let lines = Lines::default();
    let _guard = listen(&lines, Level::INFO);

    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
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

    let text = lines.text();
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

#[tokio::test(start_paused = true)]
async fn a_close_is_told_with_its_code_and_with_what_happens_next() {
    let _turn = TURN.lock().await;
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    let lines = Lines::default();
    let _guard = listen(&lines, Level::INFO);
    conn.close(4000).await;
    let mut conn = server.accept().await;
    let line = line_of(&lines, "reconnecting");
    assert!(
        line.contains("closed by the server with 4000; next connection in "),
        "{line}"
    );
    assert!(
        line.contains("attempt=1") && line.contains(" code=4000"),
        "{line}"
    );
    conn.hello(40_000).await;
    conn.expect(6).await;
    conn.close(4007).await;
    server.accept().await.hello(40_000).await;
    let line = line_of(&lines, "session_lost");
    assert!(
        line.contains("the server ended it with close code 4007"),
        "{line}"
    );
}

#[tokio::test(start_paused = true)]
async fn frames_events_and_waits_are_fields_below_info() {
    let _turn = TURN.lock().await;
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    let lines = Lines::default();
    let _guard = listen(&lines, Level::TRACE);
    conn.event(2, "TYPING_START", r#"{"hidden":"payload"}"#)
        .await;
    conn.expect(1).await;
    conn.text(r#"{"op":11}"#).await;
    while !matches!(
        shard.next().await.unwrap(),
        ShardEvent::Session(SessionEvent::HeartbeatAcked { .. })
    ) {}
    let ours = lines.text();
    let ours: Vec<_> = ours
        .lines()
        .filter(|line| line.contains("polycord_gateway"))
        .collect();
    let has = |parts: &[&str]| {
        let found = ours
            .iter()
            .any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found, "{parts:?}: {ours:?}");
    };
    has(&["event=\"received\"", "connection=1", "op=0", "bytes=58"]);
    has(&[
        "event=\"dispatch\"",
        "kind=\"TYPING_START\"",
        "seq=2",
        "replayed=false",
    ]);
    has(&[
        "event=\"sent\"",
        "connection=1",
        "op=1",
        "bytes=14",
        "secret=false",
    ]);
    has(&["event=\"heartbeat_acked\"", "latency="]);
    assert!(!ours.iter().any(|line| line.contains("hidden")), "{ours:?}");

    for _ in 0..130 {
        // The handle holds fewer than the session.
        while shard.handle().send(Command::new(8, "{}")).is_err() {
            sleep(Duration::from_millis(1)).await;
        }
    }
    sleep(Duration::from_millis(1)).await;
    let line = line_of(&lines, "rate_limited");
    assert!(line.contains("wait=") && line.contains("queued="), "{line}");
}
