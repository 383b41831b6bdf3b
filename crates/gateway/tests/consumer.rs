//! What a consumer gets that wants little, or is slow; in virtual time.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::time::Duration;

use polycord_gateway::{
    Compression, Dispatch, Interest, Overflow, Shard, ShardConfig, ShardEvent, ShardHandle, State,
};
use polycord_types::gateway::{EventKind, Intents};
use server::{Server, Writer};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};

fn config(server: &Server) -> ShardConfig {
    ShardConfig::new("a-token", Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(7)
}

async fn dispatch(shard: &mut Shard) -> Dispatch {
    loop {
        match shard.next().await.expect("the shard goes on") {
            ShardEvent::Dispatch(dispatch) => return dispatch,
            ShardEvent::Stopped(reason) => panic!("stopped: {reason}"),
            _ => {}
        }
    }
}

/// Resolves when `seq` was received.
async fn received(handle: &ShardHandle, seq: u64) {
    while handle.status().seq < Some(seq) {
        sleep(Duration::from_millis(1)).await;
    }
}

async fn typing(writer: &mut Writer, seq: u64) {
    let data = r#"{"user_id":"1"}"#;
    writer.event(seq, "TYPING_START", data).await;
}

#[tokio::test(start_paused = true)]
async fn events_that_nobody_wants_are_counted_and_take_their_numbers_along() {
    let mut server = Server::new();
    let wanted = Interest::only([EventKind::MessageCreate]);
    let mut shard = Shard::start(config(&server).interest(wanted)).unwrap();
    // READY is handed on although nobody asked for it.
    let mut conn = server.session(&mut shard).await;
    conn.event(2, "TYPING_START", "{}").await;
    conn.event(3, "MESSAGE_CREATE", r#"{"id":"1"}"#).await;
    conn.event(4, "FROM_TOMORROW", "{}").await;
    conn.event(5, "PRESENCE_UPDATE", "{}").await;
    assert_eq!(dispatch(&mut shard).await.seq(), Some(3));
    let handle = shard.handle();
    received(&handle, 5).await;
    let status = handle.status();
    assert_eq!((status.skipped, status.counters.dispatches), (3, 5));
    assert!(status.received_bytes > 400, "{}", status.received_bytes);

    // What was skipped is not asked for again, and the end of the replay is handed on.
    conn.cut();
    let mut conn = server.accept().await;
    conn.hello(40_000).await;
    assert_eq!(conn.expect(6).await["d"]["seq"], 5);
    conn.event(6, "TYPING_START", "{}").await;
    conn.event(7, "RESUMED", "{}").await;
    let resumed = dispatch(&mut shard).await;
    assert_eq!((resumed.name(), resumed.seq()), ("RESUMED", Some(7)));
    assert_eq!(handle.status().skipped, 4);
}

#[tokio::test(start_paused = true)]
async fn events_of_tomorrow_are_wanted_by_name_or_as_the_unknown_kind() {
    for interest in [
        Interest::only(["FROM_TOMORROW"]),
        Interest::only([EventKind::Unknown]),
    ] {
        let mut server = Server::new();
        let mut shard = Shard::start(config(&server).interest(interest)).unwrap();
        let mut conn = server.session(&mut shard).await;
        conn.event(2, "TYPING_START", "{}").await;
        conn.event(3, "FROM_TOMORROW", "{}").await;
        assert_eq!(dispatch(&mut shard).await.name(), "FROM_TOMORROW");
    }
}

#[tokio::test(start_paused = true)]
async fn t59_a_full_buffer_drops_the_oldest_event_that_may_be_dropped_and_counts_it() {
    let mut server = Server::new();
    let overflow = Overflow::drop_oldest([EventKind::TypingStart, EventKind::Resumed]);
    let mut shard = Shard::start(config(&server).buffer(8).overflow(overflow)).unwrap();
    let conn = server.session(&mut shard).await;
    let (_reader, mut writer) = conn.split();
    // Every fourth event must not be lost, and there are fewer of them than fit.
    for seq in 2..26 {
        if seq % 4 == 0 {
            writer.event(seq, "MESSAGE_CREATE", "{}").await;
        } else {
            typing(&mut writer, seq).await;
        }
    }
    let handle = shard.handle();
    received(&handle, 25).await;
    let status = handle.status();
    assert_eq!(
        (status.dropped, status.queued_events, status.paused),
        (16, 8, false)
    );
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(dispatch(&mut shard).await.seq().unwrap());
    }
    // The newest of those that may be dropped, and all of the others, in order.
    assert_eq!(seen, [4, 8, 12, 16, 20, 23, 24, 25]);
    assert_eq!(handle.status().queued_events, 0);
}

#[tokio::test(start_paused = true)]
async fn t59_a_buffer_full_of_what_must_not_be_dropped_stops_the_reading() {
    let mut server = Server::new();
    let overflow = Overflow::drop_oldest([EventKind::TypingStart]);
    let mut shard = Shard::start(config(&server).buffer(8).overflow(overflow)).unwrap();
    let (_reader, mut writer) = server.session(&mut shard).await.split();
    for seq in 2..22 {
        writer.event(seq, "MESSAGE_CREATE", "{}").await;
    }
    let handle = shard.handle();
    handle.wait_for(|status| status.paused).await.unwrap();
    sleep(Duration::from_secs(10)).await;
    let status = handle.status();
    assert_eq!((status.queued_events, status.seq), (8, Some(9)));
    for seq in 2..22 {
        assert_eq!(dispatch(&mut shard).await.seq(), Some(seq));
    }
    assert_eq!(handle.status().dropped, 0);
}

#[tokio::test(start_paused = true)]
async fn t59_a_consumer_a_thousand_times_too_slow_costs_bounded_memory_and_no_heartbeat() {
    const BUFFER: usize = 100;
    let mut server = Server::new();
    let overflow = Overflow::drop_oldest([EventKind::TypingStart]);
    let mut shard = Shard::start(config(&server).buffer(BUFFER).overflow(overflow)).unwrap();
    let handle = shard.handle();
    let mut conn = server.accept().await;
    conn.hello(5_000).await;
    conn.expect(2).await;
    conn.ready("session-1").await;
    assert_eq!(dispatch(&mut shard).await.name(), "READY");
    let (mut reader, mut writer) = conn.split();
    let (beat, mut beats) = mpsc::channel(1);
    tokio::spawn(async move { while beat.send(reader.expect(1).await).await.is_ok() {} });
    // A thousand events a second, for twenty seconds; and every heartbeat is acknowledged when it comes.
    let flood = tokio::spawn(async move {
        let mut last_beat = Instant::now();
        let mut longest = Duration::ZERO;
        for seq in 2..20_002 {
            typing(&mut writer, seq).await;
            sleep(Duration::from_millis(1)).await;
            if beats.try_recv().is_ok() {
                longest = longest.max(last_beat.elapsed());
                last_beat = Instant::now();
                writer.acknowledge().await;
            }
        }
        (longest.max(last_beat.elapsed()), writer, beats)
    });
    let (mut last, mut delivered) = (1, 1);
    while !flood.is_finished() {
        sleep(Duration::from_secs(1)).await;
        let status = handle.status();
        assert!(status.queued_events <= BUFFER, "{}", status.queued_events);
        // What waits is a tenth of a second old, but for reports, which are not dropped.
        assert!(
            status.lag <= Duration::from_millis(1_100),
            "{:?}",
            status.lag
        );
        let seq = dispatch(&mut shard).await.seq().unwrap();
        assert!(seq > last, "order is kept");
        (last, delivered) = (seq, delivered + 1);
    }
    let (longest, _writer, _beats) = flood.await.unwrap();
    assert!(
        longest < Duration::from_millis(5_100),
        "a beat came after {longest:?}"
    );
    let dropped = handle.status().dropped;
    assert!(dropped > 19_000, "{dropped} dropped");
    while last < 20_001 {
        last = dispatch(&mut shard).await.seq().unwrap();
        delivered += 1;
    }
    // What came in was handed over or counted.
    assert_eq!(delivered + dropped, 20_001);
    let status = handle.status();
    assert_eq!((status.state, status.counters.connects), (State::Ready, 1));
    assert_eq!(status.counters.heartbeats_missed, 0);
}

#[tokio::test(start_paused = true)]
async fn events_are_taken_by_the_batch_in_order_and_a_pause_ends_by_it() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server).buffer(8)).unwrap();
    let (_reader, mut writer) = server.session(&mut shard).await.split();
    for seq in 2..22 {
        typing(&mut writer, seq).await;
    }
    let handle = shard.handle();
    handle.wait_for(|status| status.paused).await.unwrap();
    let mut events = Vec::new();
    assert_eq!(shard.next_many(&mut events, 0).await, 0);
    assert_eq!(shard.next_many(&mut events, 3).await, 3);
    assert_eq!(shard.next_many(&mut events, 100).await, 5);
    while events.len() < 20 {
        assert!(shard.next_many(&mut events, 100).await > 0);
    }
    let seqs: Vec<_> = events
        .iter()
        .map(|event| match event {
            ShardEvent::Dispatch(dispatch) => dispatch.seq(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(seqs, (2..22).map(Some).collect::<Vec<_>>());
    drop(writer);
    handle.shutdown().await;
    events.clear();
    while shard.next_many(&mut events, 100).await > 0 {}
    assert!(matches!(events.last(), Some(ShardEvent::Stopped(_))));
}

#[tokio::test(start_paused = true)]
async fn the_lag_is_the_age_of_the_oldest_event_that_waits() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    let handle = shard.handle();
    assert_eq!(handle.status().lag, Duration::ZERO);
    conn.event(2, "TYPING_START", "{}").await;
    received(&handle, 2).await;
    sleep(Duration::from_secs(3)).await;
    conn.event(3, "TYPING_START", "{}").await;
    received(&handle, 3).await;
    let status = handle.status();
    assert_eq!((status.queued_events, status.lag.as_secs()), (2, 3));
    dispatch(&mut shard).await;
    let status = handle.status();
    assert_eq!((status.queued_events, status.lag.as_secs()), (1, 0));
    dispatch(&mut shard).await;
    assert_eq!(handle.status().lag, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn t45_a_text_frame_that_is_no_text_costs_itself_and_nothing_else() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    conn.event(2, "MESSAGE_CREATE", r#"{"id":"1"}"#).await;
    conn.raw_text(b"{\"t\":\"MESSAGE_CREATE\",\"s\":3,\"op\":0,\"d\":{\"content\":\"\xff\xfe\"}}")
        .await;
    conn.event(4, "MESSAGE_CREATE", r#"{"id":"2"}"#).await;
    assert_eq!(dispatch(&mut shard).await.seq(), Some(2));
    assert_eq!(dispatch(&mut shard).await.seq(), Some(4));
    let status = shard.handle().status();
    assert_eq!(
        (status.counters.bad_frames, status.counters.missing),
        (1, 1)
    );
    assert_eq!((status.state, status.counters.connects), (State::Ready, 1));
    conn.heartbeat().await;
}
