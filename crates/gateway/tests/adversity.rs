//! A shard whose server, consumer or operator does what nobody should, in virtual time.
#![allow(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use polycord_gateway::{
    CloseMeaning, Command, Compression, Discord, DispatchRole, Opcode, Protocol, ReadySession,
    Rules, SendErrorKind, Shard, ShardConfig, ShardEvent, ShardHandle, State, StopReason,
};
use polycord_types::gateway::Intents;
use server::Server;
use tokio::time::{Instant, sleep, timeout};

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

#[tokio::test(start_paused = true)]
async fn a_close_that_nobody_answers_holds_no_connection_for_longer_than_two_seconds() {
    let mut server = Server::new();
    let hour = Duration::from_secs(3600);
    let mut shard = Shard::start(config(&server).backoff(hour, hour)).unwrap();
    let mut conn = server.session(&mut shard).await;
    conn.text(r#"{"op":9,"d":true}"#).await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(shard.handle().status().state, State::Closing);
    assert!(conn.is_held().await);
    sleep(Duration::from_secs(2)).await;
    assert_eq!(shard.handle().status().state, State::BackingOff);
    assert!(!conn.is_held().await);
}

#[tokio::test(start_paused = true)]
async fn a_heartbeat_that_is_asked_for_waits_for_the_send_limit_and_no_longer() {
    let mut server = Server::new();
    let shard = Shard::start(config(&server)).unwrap();
    let mut conn = server.accept().await;
    conn.hello(600_000).await;
    conn.expect(2).await;
    let identified = Instant::now();
    conn.ready("session-1").await;
    let handle = shard.handle();
    handle.wait_for(|status| status.state == State::Ready).await;
    // The places of two regular beats are kept, and of two that may be asked for.
    for _ in 0..115 {
        while handle.send(Command::new(8, "{}")).is_err() {
            sleep(Duration::from_millis(1)).await;
        }
    }
    for _ in 0..115 {
        conn.expect(8).await;
    }
    for _ in 0..2 {
        conn.text(r#"{"op":1,"d":null}"#).await;
        conn.expect(1).await;
    }
    assert!(identified.elapsed() < Duration::from_secs(1));
    // The timers of the start are over.
    sleep(Duration::from_secs(30)).await;
    conn.text(r#"{"op":1,"d":null}"#).await;
    conn.expect(1).await;
    let waited = identified.elapsed().as_secs();
    assert!((60..63).contains(&waited), "{waited} s");
    drop(shard);
}

#[tokio::test(start_paused = true)]
async fn a_buffer_or_a_limit_without_end_is_a_setting_like_any_other() {
    for compression in [Compression::None, Compression::ZlibStream] {
        let mut server = Server::new();
        let endless = config(&server)
            .compression(compression)
            .buffer(usize::MAX)
            .max_frame_bytes(usize::MAX)
            .max_message_bytes(usize::MAX)
            .session_config(|session| session.command_queue(usize::MAX));
        let mut shard = Shard::start(endless).unwrap();
        let mut conn = server.accept_with(compression).await;
        conn.hello(40_000).await;
        conn.expect(2).await;
        conn.ready("session-1").await;
        shard.handle().send(Command::new(8, "{}")).unwrap();
        conn.expect(8).await;
        while !matches!(
            shard.next().await.expect("the shard goes on"),
            ShardEvent::Dispatch(_)
        ) {}
        shard.handle().shutdown().await;
        stopped(&mut shard).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_queue_without_a_place_is_one_with_a_place() {
    let mut server = Server::new();
    let none = config(&server).session_config(|session| session.command_queue(0));
    let mut shard = Shard::start(none).unwrap();
    let mut conn = server.session(&mut shard).await;
    shard.handle().send(Command::new(8, "{}")).unwrap();
    let sent = timeout(Duration::from_secs(30), conn.expect(8)).await;
    assert!(sent.is_ok(), "the command is never sent");
}

/// Discord, whose presence updates breed: each is followed by another as soon as it was taken.
struct Breeding {
    discord: Discord,
    handle: Arc<OnceLock<ShardHandle>>,
}

impl Protocol for Breeding {
    type Intents = Intents;

    fn rules(&self) -> &Rules {
        self.discord.rules()
    }
    fn dialect(&self) -> &str {
        self.discord.dialect()
    }
    fn intents(&self) -> &Intents {
        self.discord.intents()
    }
    fn connect_url(&self, resume_url: Option<&str>) -> String {
        self.discord.connect_url(resume_url)
    }
    fn opcode(&self, op: u64) -> Opcode {
        self.discord.opcode(op)
    }
    fn dispatch(&self, name: &str) -> DispatchRole {
        self.discord.dispatch(name)
    }
    fn heartbeat_interval(&self, data: &str) -> Option<Duration> {
        self.discord.heartbeat_interval(data)
    }
    fn is_resumable(&self, data: &str) -> bool {
        self.discord.is_resumable(data)
    }
    fn ready(&self, data: &str) -> Option<ReadySession> {
        self.discord.ready(data)
    }
    fn heartbeat(&self, seq: Option<u64>) -> String {
        self.discord.heartbeat(seq)
    }
    fn identify(&self, presence: Option<&str>) -> String {
        self.discord.identify(presence)
    }
    fn resume(&self, session_id: &str, seq: u64) -> String {
        self.discord.resume(session_id, seq)
    }
    fn closed(&self, code: Option<u16>) -> CloseMeaning {
        self.discord.closed(code)
    }
    fn frame(&self, op: u64, data: &str) -> String {
        if let (3, Some(handle)) = (op, self.handle.get()) {
            let _ = handle.send(Command::presence(3, "{}"));
        }
        self.discord.frame(op, data)
    }
}

#[tokio::test(start_paused = true)]
async fn commands_without_end_do_not_keep_the_connection_from_being_read() {
    let mut server = Server::new();
    let handle = Arc::new(OnceLock::new());
    let breeding = Breeding {
        discord: Discord::new("a-token", Intents::default()).url("ws://gateway.test"),
        handle: Arc::clone(&handle),
    };
    let config = ShardConfig::for_protocol()
        .connector(server.connector())
        .compression(Compression::None);
    let mut shard = Shard::start_with(breeding, config).unwrap();
    let mut conn = server.session(&mut shard).await;
    handle.set(shard.handle()).unwrap();
    shard.handle().send(Command::presence(3, "{}")).unwrap();
    conn.event(2, "MESSAGE_CREATE", "{}").await;
    let mut refused = 0;
    loop {
        match shard.next().await.expect("the shard goes on") {
            ShardEvent::Dispatch(_) => break,
            ShardEvent::CommandFailed { .. } => refused += 1,
            _ => {}
        }
        assert!(refused < 10_000, "nothing is read");
    }
    assert!(refused > 0);
}
