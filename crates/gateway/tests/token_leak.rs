//! Secrets appear in no log with every target of every crate on, and in no number, recording, error or `Debug`.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "support/lines.rs"]
mod lines;
#[path = "support/log.rs"]
mod log;
#[cfg(feature = "metrics")]
#[path = "support/recorder.rs"]
mod recorder;
#[path = "support/server.rs"]
mod server;

use std::{
    fmt::Write as _,
    io::{Read, Write as _},
    net::TcpListener,
    thread,
    time::Duration,
};

use lines::Lines;
use log::TURN;
use polycord_gateway::{Compression, SessionEvent, Shard, ShardConfig, ShardEvent, Tap};
use polycord_types::{
    gateway::{Intents, send::UpdatePresence},
    id::{ChannelId, GuildId},
    presence::Status,
};
use server::Server;
use tokio::runtime;
use tracing::{Level, subscriber::DefaultGuard};

const VOICE_TOKEN: &str = "voicesecret";
const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.verysecret";

/// Hears everything that this thread logs from now on.
fn listen(log: &Lines) -> DefaultGuard {
    // Records of the `log` crate go to the subscriber of their thread. The server, which rightly
    // sees the token, runs on another thread, without one. There is one tracer for all tests.
    let _ = tracing_log::LogTracer::init();
    log::listen(log, Level::TRACE)
}

#[test]
fn tokens_are_in_no_log_number_recording_or_debug_as_text_or_hex_or_byte_list() {
    let _turn = TURN.blocking_lock();
    let (log, recording) = (Lines::default(), Lines::default());
    let tap = Tap::to_writer(recording.clone()).unwrap();
    let server = Server::new();
    let config = ShardConfig::new(TOKEN, Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(1)
        .tap(tap.clone());
    let server = thread::spawn(move || serve(server));

    let _guard = listen(&log);
    #[cfg(feature = "metrics")]
    let memory = recorder::Memory::default();
    #[cfg(feature = "metrics")]
    let _recorder = metrics::set_default_local_recorder(&memory);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        tracing::info!("{config:?} {tap:?}");
        let mut shard = Shard::start(config).unwrap();
        let handle = shard.handle();
        while let Some(event) = shard.next().await {
            tracing::info!("{event:?} {shard:?} {handle:?} {:?}", handle.status());
            match event {
                ShardEvent::Dispatch(event) if event.name() == "READY" => {
                    handle
                        .update_presence(UpdatePresence::new(Status::Idle))
                        .unwrap();
                    let voice = handle.join_voice(GuildId::new(2), ChannelId::new(3));
                    tracing::info!("{voice:?}");
                    let voice = voice.await.unwrap();
                    assert_eq!(voice.token.expose(), VOICE_TOKEN);
                    tracing::info!("{voice:?}");
                }
                ShardEvent::Dispatch(event) if event.name() == "VOICE_SERVER_UPDATE" => {
                    tracing::info!("{:?}", event.decode().unwrap());
                }
                ShardEvent::Dispatch(event) if event.name() == "RESUMED" => break,
                _ => {}
            }
        }
        handle.shutdown().await;
    });
    server.join().unwrap();

    assert!(tap.flush(Duration::from_secs(10)));
    let (log, recording) = (log.text(), recording.text());
    for (text, part) in [
        (&log, "received frame"),
        (&log, "event=\"connecting\""),
        (&log, "voice.test"),
        (&recording, r#""dir":"out","shard":"0/1","connection":1,"#),
        (&recording, "voice.test"),
    ] {
        assert!(
            text.contains(part),
            "{part} is missing: nothing was searched"
        );
    }
    // The websocket library shows at `trace` what comes in uncompressed.
    let ours: String = log
        .lines()
        .filter(|line| !line.contains("tungstenite::protocol") && !line.contains("payload: 0x"))
        .collect();
    for secret in disguises(VOICE_TOKEN) {
        assert!(!ours.contains(&secret), "the log holds {secret}");
        assert!(!recording.contains(&secret), "the recording holds {secret}");
    }
    #[cfg(feature = "metrics")]
    let numbers = memory.dump();
    #[cfg(feature = "metrics")]
    assert!(numbers.contains("VOICE_SERVER_UPDATE"), "{numbers}");
    let places = [
        ("log", log),
        ("recording", recording),
        #[cfg(feature = "metrics")]
        ("numbers", numbers),
    ];
    for (place, text) in &places {
        for secret in disguises(TOKEN) {
            let line = text.lines().find(|line| line.contains(&secret));
            assert_eq!(line, None, "the {place} hold {secret}");
            let (text, secret) = (text.to_lowercase(), secret.to_lowercase());
            let line = text.lines().find(|line| line.contains(&secret));
            assert_eq!(line, None, "the {place} hold {secret}");
        }
    }
}

#[test]
fn the_password_of_a_proxy_is_in_no_log_error_or_debug() {
    const PASSWORD: &str = "proxysecret";
    // What the header has: "proxyuser:proxysecret".
    const ENCODED: &str = "cHJveHl1c2VyOnByb3h5c2VjcmV0";
    let _turn = TURN.blocking_lock();
    let answers = [
        "HTTP/1.1 407 Who?\r\n\r\n",
        "HTTP/1.1 503 Busy\r\n\r\n",
        "garbage\r\n",
        "",
        "HTTP/1.1 200 OK\r\n\r\n",
    ];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    let proxy = thread::spawn(move || {
        for answer in answers {
            let (mut client, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") {
                client.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            assert!(String::from_utf8(request).unwrap().contains(ENCODED));
            client.write_all(answer.as_bytes()).unwrap();
        }
    });
    let log = Lines::default();
    let _guard = listen(&log);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let config = ShardConfig::new(TOKEN, Intents::default())
            .gateway_url("ws://gateway.test")
            .backoff(Duration::from_millis(1), Duration::from_millis(2))
            .proxy(format!("http://proxyuser:{PASSWORD}@{place}"));
        tracing::info!("{config:?}");
        let wrong = config
            .clone()
            .proxy(format!("http://{PASSWORD}:{PASSWORD}@:1"));
        let error = Shard::start(wrong).unwrap_err();
        tracing::info!("{error} {error:?}");
        let mut shard = Shard::start(config).unwrap();
        let mut failures = 0;
        while failures < answers.len() {
            let event = shard.next().await.unwrap();
            tracing::info!("{event:?} {shard:?}");
            if let ShardEvent::Session(SessionEvent::Reconnecting { cause, .. }) = &event {
                tracing::info!("{cause}");
                failures += 1;
            }
        }
    });
    proxy.join().unwrap();
    let log = log.text();
    assert!(
        log.contains("HTTP 407") && log.contains(&place.to_string()),
        "{log}"
    );
    for secret in [disguises(PASSWORD), disguises(ENCODED)].concat() {
        assert!(!log.contains(&secret), "the log holds {secret}");
    }
}

/// Plays a session that joins voice, and is cut and resumed.
fn serve(mut server: Server) {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut conn = server.accept().await;
        conn.hello(200).await;
        assert_eq!(conn.expect(2).await["d"]["token"], TOKEN);
        conn.ready("session-1").await;
        conn.expect(3).await;
        conn.expect(4).await;
        let state = r#"{"guild_id":"2","channel_id":"3","user_id":"1","session_id":"voice"}"#;
        conn.event(2, "VOICE_STATE_UPDATE", state).await;
        let voice =
            format!(r#"{{"token":"{VOICE_TOKEN}","guild_id":"2","endpoint":"voice.test"}}"#);
        conn.event(3, "VOICE_SERVER_UPDATE", &voice).await;
        conn.heartbeat().await;
        conn.cut();
        let mut conn = server.accept().await;
        conn.hello(40_000).await;
        assert_eq!(conn.expect(6).await["d"]["token"], TOKEN);
        conn.event(4, "RESUMED", "{}").await;
        conn.closed().await;
    });
}

/// The token, and its secret part, in the shapes in which bytes get printed.
fn disguises(token: &str) -> Vec<String> {
    let secret = token.rsplit('.').next().unwrap();
    let mut shapes = vec![secret.to_owned(), token.to_owned()];
    for text in [token, secret] {
        let mut hex = String::new();
        for byte in text.bytes() {
            write!(hex, "{byte:02x}").unwrap();
        }
        shapes.push(hex);
        for separator in [", ", ","] {
            let list =
                |show: fn(u8) -> String| text.bytes().map(show).collect::<Vec<_>>().join(separator);
            shapes.push(list(|byte| format!("{byte}")));
            shapes.push(list(|byte| format!("{byte:02x}")));
            shapes.push(list(|byte| format!("{byte:#04x}")));
        }
    }
    shapes
}
