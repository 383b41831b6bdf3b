//! What a shard's tap records.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

#[path = "support/lines.rs"]
mod lines;
#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use lines::Lines;
use polycord_gateway::{Command, Compression, Shard, ShardConfig, ShardEvent, Tap};
use polycord_types::gateway::Intents;
use serde_json::{Value, json};
use server::Server;

async fn until(shard: &mut Shard, name: &str) {
    loop {
        if let ShardEvent::Dispatch(event) = shard.next().await.unwrap()
            && event.name() == name
        {
            return;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn frames_are_recorded_both_ways_decompressed_and_without_their_secrets() {
    let lines = Lines::default();
    let tap = Tap::to_writer(lines.clone()).unwrap();
    let mut server = Server::new();
    let config = ShardConfig::new("own-token", Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::ZlibStream)
        .seed(1)
        .tap(tap.clone());
    let mut shard = Shard::start(config).unwrap();
    let mut conn = server.accept_with(Compression::ZlibStream).await;
    conn.hello(40_000).await;
    assert_eq!(conn.expect(2).await["d"]["token"], "own-token");
    conn.ready("hidden-session").await;
    until(&mut shard, "READY").await;
    let voice = r#"{"token":"hidden-voice","guild_id":"1","endpoint":"e.test"}"#;
    conn.event(2, "VOICE_SERVER_UPDATE", voice).await;
    let message = r#"{"id":"1","content":"is own-token the token?","author":{"id":"2"}}"#;
    conn.event(3, "MESSAGE_CREATE", message).await;
    until(&mut shard, "MESSAGE_CREATE").await;
    shard
        .handle()
        .send(Command::new(8, r#"{"guild_id":"1","nonce":"n"}"#))
        .unwrap();
    conn.expect(8).await;
    conn.cut();
    let mut conn = server.accept_with(Compression::ZlibStream).await;
    conn.hello(40_000).await;
    assert_eq!(conn.expect(6).await["d"]["session_id"], "hidden-session");
    conn.event(4, "RESUMED", "{}").await;
    until(&mut shard, "RESUMED").await;

    assert!(tap.flush(Duration::from_secs(10)));
    assert_eq!(tap.stats().dropped, 0);
    let text = lines.text();
    assert!(
        !text.contains("own-token") && !text.contains("hidden"),
        "{text}"
    );
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let seen: Vec<_> = lines
        .iter()
        .map(|line| {
            assert_eq!(line["shard"], "0/1");
            let frame = &line["frame"];
            json!([line["dir"], line["connection"], frame["op"], frame["t"]])
        })
        .collect();
    let expected = [
        json!(["in", 1, 10, null]),
        json!(["out", 1, 2, null]),
        json!(["in", 1, 0, "READY"]),
        json!(["in", 1, 0, "VOICE_SERVER_UPDATE"]),
        json!(["in", 1, 0, "MESSAGE_CREATE"]),
        json!(["out", 1, 8, null]),
        json!(["in", 2, 10, null]),
        json!(["out", 2, 6, null]),
        json!(["in", 2, 0, "RESUMED"]),
    ];
    assert_eq!(seen, expected, "{text}");
    assert_eq!(lines[1]["frame"]["d"]["token"], "[redacted]");
    assert_eq!(lines[5]["frame"]["d"]["nonce"], "n");
    assert_eq!(lines[8]["bytes"], 35);
}
