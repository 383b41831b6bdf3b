//! A shard in numbers.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

#[path = "support/recorder.rs"]
mod recorder;
#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use metrics::set_default_local_recorder;
use polycord_gateway::{
    Compression, Interest, Overflow, SessionEvent, Shard, ShardConfig, ShardEvent, State,
};
use polycord_types::gateway::{EventKind, Intents};
use recorder::Memory;
use server::Server;
use tokio::time::sleep;

fn config(server: &Server) -> ShardConfig {
    ShardConfig::new("a-token", Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::ZlibStream)
        .seed(3)
}

/// `polycord_gateway_NAME{shard="0/1"LABELS}`.
fn key(name: &str, labels: &str) -> String {
    let comma = if labels.is_empty() { "" } else { "," };
    format!("polycord_gateway_{name}{{shard=\"0/1\"{comma}{labels}}}")
}

/// A session, over zlib-stream.
async fn session(server: &mut Server, shard: &mut Shard) -> server::Conn {
    let mut conn = server.accept_with(Compression::ZlibStream).await;
    conn.hello(40_000).await;
    conn.expect(2).await;
    conn.ready("session-1").await;
    while !matches!(shard.next().await.unwrap(), ShardEvent::Dispatch(_)) {}
    conn
}

async fn until_dispatch(shard: &mut Shard, name: &str) {
    loop {
        if let ShardEvent::Dispatch(event) = shard.next().await.unwrap()
            && event.name() == name
        {
            // What cannot be decoded is counted.
            let _ = event.decode();
            return;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_that_is_closed_and_resumed_is_counted_at_each_step() {
    let memory = Memory::default();
    let _guard = set_default_local_recorder(&memory);
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let handle = shard.handle();
    let mut conn = session(&mut server, &mut shard).await;
    assert_eq!(
        memory.counter(&key("identifies_total", r#"reason="start""#)),
        1
    );
    assert_eq!(memory.counter(&key("sessions_total", "")), 1);
    assert_eq!(memory.gauge(&key("state", r#"state="ready""#)), Some(1.0));
    assert_eq!(
        memory.gauge(&key("state", r#"state="identifying""#)),
        Some(0.0)
    );

    // A beat, late by half a second.
    conn.expect(1).await;
    sleep(Duration::from_millis(500)).await;
    conn.text(r#"{"op":11}"#).await;
    conn.event(2, "TYPING_START", "{}").await;
    until_dispatch(&mut shard, "TYPING_START").await;
    let latency = memory.histogram(&key("ack_latency_seconds", ""));
    assert_eq!(latency.len(), 1);
    assert!((0.5..0.6).contains(&latency[0]), "{latency:?}");
    assert!((handle.status().latency().unwrap().as_secs_f64() - latency[0]).abs() < 1e-6);
    assert_eq!(
        memory.counter(r#"polycord_gateway_decode_failures_total{kind="TYPING_START"}"#),
        1
    );

    // The server closes, and replays.
    conn.close(4000).await;
    let mut conn = server.accept_with(Compression::ZlibStream).await;
    conn.hello(40_000).await;
    conn.expect(6).await;
    conn.event(3, "MESSAGE_CREATE", "{}").await;
    conn.event(7, "RESUMED", "{}").await;
    until_dispatch(&mut shard, "RESUMED").await;
    assert_eq!(
        memory.counter(&key("closes_total", r#"by="server",code="4000""#)),
        1
    );
    assert_eq!(
        memory.counter(&key("reconnects_total", r#"cause="closed""#)),
        1
    );
    assert_eq!(
        memory.counter(&key("resumes_total", r#"reason="closed""#)),
        1
    );
    assert_eq!(memory.counter(&key("sessions_resumed_total", "")), 1);
    assert_eq!(memory.counter(&key("events_replayed_total", "")), 1);
    assert_eq!(memory.counter(&key("events_missing_total", "")), 3);

    let status = handle.status();
    let received = memory.counter(&key("received_bytes_total", ""));
    assert_eq!(received, status.received_bytes);
    assert!(memory.counter(&key("inflated_bytes_total", "")) > received / 2);

    let (_, ()) = tokio::join!(conn.closed(), handle.shutdown());
    let by_us = key("closes_total", r#"by="client",code="1000""#);
    assert_eq!(memory.counter(&by_us), 1);
    assert_eq!(memory.gauge(&key("state", r#"state="stopped""#)), Some(1.0));
    assert_eq!(memory.gauge(&key("state", r#"state="ready""#)), Some(0.0));
}

#[tokio::test(start_paused = true)]
async fn a_zombie_and_a_session_lost_are_counted_with_their_reasons() {
    let memory = Memory::default();
    let _guard = set_default_local_recorder(&memory);
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = session(&mut server, &mut shard).await;

    // A zombie, although other traffic flows.
    conn.expect(1).await;
    conn.event(2, "MESSAGE_CREATE", "{}").await;
    assert_eq!(conn.closed().await, Some(4000));
    let mut conn = server.accept_with(Compression::ZlibStream).await;
    assert_eq!(
        memory.counter(&key("acks_late_total", r#"traffic="true""#)),
        1
    );
    assert_eq!(
        memory.counter(&key("closes_total", r#"by="client",code="4000""#)),
        1
    );
    assert_eq!(
        memory.counter(&key("reconnects_total", r#"cause="zombie""#)),
        1
    );

    // The session is gone.
    conn.hello(40_000).await;
    conn.expect(6).await;
    conn.text(r#"{"op":9,"d":false}"#).await;
    let mut conn = server.accept_with(Compression::ZlibStream).await;
    conn.hello(40_000).await;
    conn.expect(2).await;
    assert_eq!(
        memory.counter(&key("sessions_lost_total", r#"reason="invalid""#)),
        1
    );
    assert_eq!(
        memory.counter(&key("identifies_total", r#"reason="invalid""#)),
        1
    );
    assert_eq!(memory.counter(&key("connects_total", "")), 3);
    conn.ready("session-2").await;
    until_dispatch(&mut shard, "READY").await;

    assert_eq!(
        memory.counter(r#"polycord_gateway_events_total{kind="MESSAGE_CREATE"}"#),
        1
    );
    assert_eq!(
        memory.counter(r#"polycord_gateway_events_total{kind="READY"}"#),
        2
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_consumer_shows_in_lag_queue_and_drops_and_the_unwanted_in_skips() {
    let memory = Memory::default();
    let _guard = set_default_local_recorder(&memory);
    let mut server = Server::new();
    let config = config(&server)
        .buffer(16)
        .interest(Interest::only([
            EventKind::MessageCreate,
            EventKind::TypingStart,
        ]))
        .overflow(Overflow::drop_oldest([EventKind::TypingStart]));
    let mut shard = Shard::start(config).unwrap();
    let mut conn = session(&mut server, &mut shard).await;
    for seq in 2..22 {
        conn.event(seq, "TYPING_START", "{}").await;
    }
    for seq in 22..32 {
        conn.event(seq, "PRESENCE_UPDATE", "{}").await;
    }
    sleep(Duration::from_secs(30)).await;
    conn.event(32, "PRESENCE_UPDATE", "{}").await;
    sleep(Duration::from_secs(1)).await;
    let status = shard.handle().status();
    assert_eq!(memory.counter(&key("events_skipped_total", "")), 11);
    let dropped = memory.counter(&key("events_dropped_total", ""));
    assert!(dropped > 0);
    assert_eq!(dropped, status.dropped);
    let queued = memory.gauge(&key("queue_events", "")).unwrap();
    assert!((10.0..=16.0).contains(&queued), "{queued}");
    let lag = memory.gauge(&key("queue_lag_seconds", "")).unwrap();
    assert!(lag >= 30.0, "{lag}");
    drop(shard);
    sleep(Duration::from_secs(10)).await;
    assert_eq!(memory.gauge(&key("queue_events", "")), Some(0.0));
}

#[tokio::test(start_paused = true)]
async fn what_happens_for_every_event_looks_nothing_up_and_names_without_end_share_a_number() {
    let memory = Memory::default();
    let _guard = set_default_local_recorder(&memory);
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = session(&mut server, &mut shard).await;
    conn.event(2, "MESSAGE_CREATE", "{}").await;
    until_dispatch(&mut shard, "MESSAGE_CREATE").await;
    let before = memory.registrations();
    let decode_failures = 1;
    for seq in 3..103 {
        conn.event(seq, "MESSAGE_CREATE", "{}").await;
    }
    for _ in 0..100 {
        while !matches!(shard.next().await.unwrap(), ShardEvent::Dispatch(_)) {}
    }
    assert_eq!(memory.registrations(), before);
    assert_eq!(
        memory.counter(r#"polycord_gateway_events_total{kind="MESSAGE_CREATE"}"#),
        101
    );
    assert_eq!(
        memory.counter(r#"polycord_gateway_decode_failures_total{kind="MESSAGE_CREATE"}"#),
        decode_failures
    );

    for seq in 103..603 {
        conn.event(seq, &format!("NEW_{seq}"), "{}").await;
        while !matches!(shard.next().await.unwrap(), ShardEvent::Dispatch(_)) {}
    }
    let kinds = memory.names();
    let kinds = kinds
        .iter()
        .filter(|name| *name == "polycord_gateway_events_total");
    assert!(kinds.count() <= 161);
    assert!(memory.counter(r#"polycord_gateway_events_total{kind="other"}"#) > 300);
}

#[tokio::test(start_paused = true)]
async fn a_status_is_of_now_and_averages_the_last_five_latencies() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let handle = shard.handle();
    let mut conn = session(&mut server, &mut shard).await;
    for beat in 1..=7 {
        conn.expect(1).await;
        sleep(Duration::from_millis(100 * beat)).await;
        conn.text(r#"{"op":11}"#).await;
        while !matches!(
            shard.next().await.unwrap(),
            ShardEvent::Session(SessionEvent::HeartbeatAcked { .. })
        ) {}
    }
    let status = handle.status();
    // 300, 400, 500, 600 and 700 ms.
    let average = status.latency_average.unwrap().as_secs_f64();
    assert!((0.5..0.51).contains(&average), "{average}");
    let before = status.state_age;
    sleep(Duration::from_secs(5)).await;
    assert_eq!(handle.status().state_age, before + Duration::from_secs(5));
    conn.cut();
    handle
        .wait_for(|status| status.state != State::Ready)
        .await
        .unwrap();
    assert!(handle.status().state_age < Duration::from_millis(10));
}

/// The table of the documentation says what there is, and nothing else.
#[tokio::test]
async fn every_number_is_described_and_documented() {
    let memory = Memory::default();
    let _guard = set_default_local_recorder(&memory);
    let server = Server::new();
    let _shard = Shard::start(config(&server)).unwrap();
    let described = memory.described();
    for name in memory.names() {
        assert!(described.contains_key(&name), "{name} is not described");
    }
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/observing.md");
    let page = std::fs::read_to_string(page).unwrap();
    let rows: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `polycord_gateway_"))
        .map(|row| row.split('|').map(str::trim).collect::<Vec<_>>())
        .collect();
    for (name, (kind, unit)) in &described {
        let short = name.strip_prefix("polycord_gateway_").unwrap();
        let row = rows
            .iter()
            .find(|row| row[0] == format!("{short}`"))
            .unwrap_or_else(|| panic!("{name} is not documented"));
        let unit = unit.unwrap().as_str();
        assert_eq!((row[1], row[2]), (*kind, unit), "{name}");
    }
    assert_eq!(rows.len(), described.len());
}
