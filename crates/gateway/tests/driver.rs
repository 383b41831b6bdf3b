//! A shard against a scripted server, in virtual time: no socket, no sleep that is not simulated.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::{sync::Arc, time::Duration};

use polycord_gateway::{
    BoxFuture, BudgetExhausted, Command, Compression, IdentifyPermit, IdentifyQueue, SendErrorKind,
    SessionEvent, Shard, ShardConfig, ShardEvent, ShardId, ShardStatus, State, StopReason,
};
use polycord_types::gateway::Intents;
use server::Server;
use tokio::time::{Instant, sleep, timeout};

const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.verysecret";

fn config(server: &Server) -> ShardConfig {
    ShardConfig::new(TOKEN, Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(7)
}

async fn dispatch(shard: &mut Shard) -> polycord_gateway::Dispatch {
    loop {
        match shard.next().await.expect("the shard goes on") {
            ShardEvent::Dispatch(dispatch) => return dispatch,
            ShardEvent::Stopped(reason) => panic!("stopped: {reason}"),
            _ => {}
        }
    }
}

async fn stopped(shard: &mut Shard) -> StopReason {
    let mut reason = None;
    while let Some(event) = shard.next().await {
        assert!(reason.is_none(), "nothing follows the stop");
        if let ShardEvent::Stopped(why) = event {
            reason = Some(why);
        }
    }
    reason.expect("the last item is the stop")
}

#[tokio::test(start_paused = true)]
async fn a_session_identifies_and_hands_its_events_over_in_order() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.accept().await;
    assert_eq!(conn.path, "/?v=10&encoding=json");
    conn.hello(40_000).await;
    let identify = conn.expect(2).await;
    assert_eq!(identify["d"]["token"], TOKEN);
    conn.ready("session-1").await;
    conn.event(2, "MESSAGE_CREATE", r#"{"content":"one"}"#)
        .await;
    conn.event(3, "FROM_TOMORROW", "[1]").await;

    let ready = dispatch(&mut shard).await;
    assert_eq!(
        (ready.name(), ready.seq(), ready.session_id()),
        ("READY", Some(1), "session-1")
    );
    let one = dispatch(&mut shard).await;
    assert_eq!(
        (one.name(), one.data(), one.seq()),
        ("MESSAGE_CREATE", r#"{"content":"one"}"#, Some(2))
    );
    let other = dispatch(&mut shard).await;
    assert_eq!(
        (other.name(), other.data(), other.replayed()),
        ("FROM_TOMORROW", "[1]", false)
    );
    assert_eq!(shard.handle().status().state, State::Ready);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_go_out_at_the_servers_interval() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    conn.heartbeat().await;
    for _ in 0..5 {
        let before = Instant::now();
        conn.heartbeat().await;
        assert_eq!(before.elapsed(), Duration::from_secs(40));
    }
    assert!(shard.handle().status().latency().is_some());
}

#[tokio::test(start_paused = true)]
async fn zlib_stream_is_asked_for_and_read_with_a_fresh_context_on_each_connection() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server).compression(Compression::ZlibStream)).unwrap();
    let mut conn = server.accept().await.zlib();
    assert_eq!(conn.path, "/?v=10&encoding=json&compress=zlib-stream");
    conn.hello(40_000).await;
    conn.expect(2).await;
    conn.ready("session-1").await;
    assert_eq!(dispatch(&mut shard).await.name(), "READY");
    // T52: the connection dies in the middle of a message.
    conn.half_event(2, "MESSAGE_CREATE", r#"{"content":"cut"}"#)
        .await;
    conn.cut();

    let mut conn = server.accept().await.zlib();
    conn.hello(40_000).await;
    assert_eq!(conn.expect(6).await["d"]["seq"], 1);
    conn.event(2, "MESSAGE_CREATE", r#"{"content":"whole"}"#)
        .await;
    conn.event(3, "RESUMED", "{}").await;
    let event = dispatch(&mut shard).await;
    assert_eq!(
        (event.data(), event.replayed()),
        (r#"{"content":"whole"}"#, true)
    );
}

#[tokio::test(start_paused = true)]
async fn t53_corrupt_bytes_close_resumably_and_resume() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server).compression(Compression::ZlibStream)).unwrap();
    let mut conn = server.accept().await.zlib();
    conn.hello(40_000).await;
    conn.expect(2).await;
    conn.ready("session-1").await;
    assert_eq!(dispatch(&mut shard).await.name(), "READY");
    conn.binary(&[0xAA; 64]).await;
    let code = conn.closed().await.expect("a close frame");
    assert!((4000..5000).contains(&code), "{code}");
    let mut conn = server.accept().await.zlib();
    conn.hello(40_000).await;
    assert_eq!(conn.expect(6).await["d"]["session_id"], "session-1");
}

#[tokio::test(start_paused = true)]
async fn t50_a_message_over_the_limit_costs_the_connection_and_not_the_session() {
    for compression in [Compression::None, Compression::ZlibStream] {
        let mut server = Server::new();
        let limited = config(&server)
            .compression(compression)
            .max_frame_bytes(100_000)
            .max_message_bytes(100_000);
        let mut shard = Shard::start(limited).unwrap();
        let mut conn = server.accept_with(compression).await;
        conn.hello(40_000).await;
        conn.expect(2).await;
        conn.ready("session-1").await;
        let fits = format!("\"{}\"", "x".repeat(90_000));
        conn.event(2, "GUILD_CREATE", &fits).await;
        assert_eq!(dispatch(&mut shard).await.name(), "READY");
        assert_eq!(dispatch(&mut shard).await.data(), fits);
        let large = format!("\"{}\"", "x".repeat(110_000));
        conn.event_unless_closed(3, "GUILD_CREATE", &large).await;
        drop(conn);
        let mut conn = server.accept_with(compression).await;
        conn.hello(40_000).await;
        assert_eq!(conn.expect(6).await["d"]["seq"], 2);
        assert_eq!(shard.handle().status().counters.bad_frames, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn t50_a_guild_of_twenty_megabytes_is_delivered() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    let guild = format!("{{\"name\":\"{}\"}}", "x".repeat(20 << 20));
    let sent = guild.clone();
    let server = tokio::spawn(async move {
        conn.event(2, "GUILD_CREATE", &sent).await;
        conn
    });
    assert!(dispatch(&mut shard).await.data() == guild);
    server.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn t59_a_slow_consumer_stops_the_reading_and_never_the_heartbeats() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server).buffer(8)).unwrap();
    let conn = server.session(&mut shard).await;
    let sent = 2_000;
    let (mut reader, mut writer) = conn.split();
    let flood = tokio::spawn(async move {
        for seq in 2..2 + sent {
            writer
                .event(seq, "TYPING_START", r#"{"user_id":"1"}"#)
                .await;
        }
        writer
    });
    // Nobody reads for ten minutes; the server sees a heartbeat every 40 s all the same.
    for _ in 0..15 {
        let beat = timeout(Duration::from_secs(41), reader.expect(1)).await;
        assert!(beat.is_ok(), "a heartbeat is late");
    }
    let status = shard.handle().status();
    assert!(status.paused);
    assert!(
        !flood.is_finished(),
        "the server keeps what the consumer does not take"
    );
    for seq in 2..2 + sent {
        assert_eq!(dispatch(&mut shard).await.seq(), Some(seq));
    }
    flood.await.unwrap();
    let status = shard.handle().status();
    assert_eq!((status.state, status.counters.connects), (State::Ready, 1));
}

#[tokio::test(start_paused = true)]
async fn t62_shutdown_returns_in_time_from_every_wait() {
    // While waiting for HELLO.
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let _conn = server.accept().await;
    ends_in_time(&mut shard).await;

    // While dialling a server that never answers.
    let mut shard = Shard::start(config(&server).connector(|_| async {
        std::future::pending::<std::io::Result<tokio::io::DuplexStream>>().await
    }))
    .unwrap();
    sleep(Duration::from_secs(1)).await;
    ends_in_time(&mut shard).await;

    // In backoff.
    let mut shard = Shard::start(config(&server).connector(|_| async {
        Err::<tokio::io::DuplexStream, _>(std::io::Error::other("unplugged"))
    }))
    .unwrap();
    sleep(Duration::from_secs(300)).await;
    assert!(shard.handle().status().attempts > 3);
    ends_in_time(&mut shard).await;

    // In the identify queue.
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server).identify_queue(Arc::new(NeverMyTurn))).unwrap();
    let mut conn = server.accept().await;
    conn.hello(40_000).await;
    let waiting = |status: &ShardStatus| status.state == State::AwaitingPermit;
    shard.handle().wait_for(waiting).await.unwrap();
    // It heartbeats meanwhile.
    conn.heartbeat().await;
    ends_in_time(&mut shard).await;

    // In a session whose server does not answer the close.
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let _conn = server.session(&mut shard).await;
    ends_in_time(&mut shard).await;
}

struct NeverMyTurn;

impl IdentifyQueue for NeverMyTurn {
    fn acquire(&self, _: ShardId) -> BoxFuture<'static, Result<IdentifyPermit, BudgetExhausted>> {
        Box::pin(std::future::pending())
    }
}

async fn ends_in_time(shard: &mut Shard) {
    let start = Instant::now();
    let handle = shard.handle();
    handle.shutdown().await;
    assert!(
        start.elapsed() <= Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    assert!(handle.status().stopped.is_some());
    assert_eq!(stopped(shard).await, StopReason::Shutdown { saved: None });
}

#[tokio::test(start_paused = true)]
async fn a_session_left_resumably_is_resumed_by_another_shard() {
    let mut server = Server::new();
    let config = config(&server);
    let mut shard = Shard::start(config.clone()).unwrap();
    let mut conn = server.session(&mut shard).await;
    conn.event(2, "MESSAGE_CREATE", "{}").await;
    dispatch(&mut shard).await;
    let handle = shard.handle();
    let closing = tokio::spawn(async move { handle.close_resumable().await });
    let code = conn.closed().await.expect("a close frame");
    assert!((4000..5000).contains(&code), "{code} would end the session");
    drop(conn);
    let saved = closing.await.unwrap().expect("a session to save");
    assert_eq!((saved.seq, saved.session_id.as_str()), (2, "session-1"));
    let saved = serde_json::from_str(&serde_json::to_string(&saved).unwrap()).unwrap();

    let mut shard = Shard::start(config.session(saved)).unwrap();
    let mut conn = server.accept().await;
    conn.hello(40_000).await;
    let resume = conn.expect(6).await;
    assert_eq!(
        (&resume["d"]["session_id"], &resume["d"]["seq"]),
        (&"session-1".into(), &2.into())
    );
    conn.event(3, "MESSAGE_CREATE", r#"{"content":"missed"}"#)
        .await;
    let missed = dispatch(&mut shard).await;
    assert_eq!(
        (missed.session_id(), missed.replayed()),
        ("session-1", true)
    );
}

#[tokio::test(start_paused = true)]
async fn dropping_the_shard_ends_the_session() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    let handle = shard.handle();
    drop(shard);
    assert_eq!(conn.closed().await, Some(1000));
    let status = handle.wait_for(|status| status.stopped.is_some()).await;
    assert!(status.is_some());
    let error = handle.send(Command::new(8, "{}")).unwrap_err();
    assert_eq!(error.kind(), SendErrorKind::Closed);
}

#[tokio::test(start_paused = true)]
async fn commands_come_back_when_they_cannot_be_taken() {
    let server = Server::new();
    let shard = Shard::start(config(&server)).unwrap();
    let handle = shard.handle();
    // T56: never sent, so that the server never closes with 4002.
    let large = Command::new(8, format!("\"{}\"", "x".repeat(5000)));
    let error = handle.send(large.clone()).unwrap_err();
    assert!(matches!(error.kind(), SendErrorKind::TooLarge { limit: 4096, size } if size > 5000));
    assert_eq!(error.into_command(), large);

    let mut taken = 0;
    let error = loop {
        match handle.send(Command::new(8, "{}")) {
            Ok(()) => taken += 1,
            Err(error) => break error,
        }
        tokio::task::yield_now().await;
        assert!(taken < 1000, "the queue has no bound");
    };
    assert_eq!(error.kind(), SendErrorKind::Full);
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_refused_upgrade_is_reported_with_its_status() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    server.refuse("503 Service Unavailable").await;
    let cause = loop {
        if let ShardEvent::Session(SessionEvent::Reconnecting { cause, .. }) =
            shard.next().await.unwrap()
        {
            break cause.to_string();
        }
    };
    assert!(cause.contains("HTTP 503"), "{cause}");
    let _second = server.accept().await;
}

#[tokio::test(start_paused = true)]
async fn t08_hello_never_arrives() {
    let mut server = Server::new();
    let _shard = Shard::start(config(&server)).unwrap();
    let start = Instant::now();
    let mut conn = server.accept().await;
    let code = conn.closed().await;
    assert_ne!(code, Some(1000));
    assert!(
        start.elapsed() <= Duration::from_secs(21),
        "{:?}",
        start.elapsed()
    );
    let _second = server.accept().await;
}

#[tokio::test(start_paused = true)]
async fn t28_a_server_that_vanishes_without_a_word_is_found_within_an_interval() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let _conn = server.session(&mut shard).await;
    // It neither reads nor writes nor closes from here on.
    let start = Instant::now();
    let mut second = server.accept().await;
    assert!(
        start.elapsed() <= Duration::from_secs(90),
        "{:?}",
        start.elapsed()
    );
    second.hello(40_000).await;
    second.expect(6).await;
}

#[tokio::test(start_paused = true)]
async fn websocket_pings_are_answered() {
    let mut server = Server::new();
    let mut shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.session(&mut shard).await;
    conn.ping(b"are you there").await;
    assert_eq!(conn.pong().await, b"are you there");
}

#[tokio::test]
async fn start_errors_say_what_to_do() {
    let server = Server::new();
    let error = Shard::start(config(&server).gateway_url("https://discord.com")).unwrap_err();
    assert_eq!(error.kind(), polycord_gateway::ErrorKind::Url);
    assert!(error.to_string().contains("wss://"), "{error}");
    let broken = ShardConfig::new(TOKEN, Intents::default()).root_certificates("nonsense");
    assert_eq!(
        Shard::start(broken).unwrap_err().kind(),
        polycord_gateway::ErrorKind::Certificate
    );
}

#[test]
fn without_a_runtime_start_is_an_error_and_no_panic() {
    let error = Shard::start(ShardConfig::new(TOKEN, Intents::default())).unwrap_err();
    assert_eq!(error.kind(), polycord_gateway::ErrorKind::Runtime);
}

#[test]
fn public_futures_are_send_and_static() {
    fn spawnable<F: Future + Send + 'static>(_: impl FnOnce(Shard) -> F) {}
    fn shared<T: Send + Sync + Clone + 'static>() {}
    spawnable(|mut shard| async move {
        let handle = shard.handle();
        shard.next().await;
        handle.wait_for(|status| status.paused).await;
        handle.close_resumable().await;
        handle.shutdown().await;
    });
    shared::<polycord_gateway::ShardHandle>();
    shared::<ShardConfig>();
    shared::<ShardEvent>();
}

#[test]
fn debug_output_holds_no_token() {
    let text = format!("{:?}", ShardConfig::new(TOKEN, Intents::default()));
    assert!(!text.contains("verysecret"), "{text}");
}
