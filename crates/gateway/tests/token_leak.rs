//! The token appears in no log, with every target of every crate on.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "support/server.rs"]
mod server;

use std::{
    fmt::Write as _,
    io,
    sync::{Arc, Mutex},
    thread,
};

use polycord_gateway::{Compression, Shard, ShardConfig, ShardEvent};
use polycord_types::{
    gateway::{Intents, send::UpdatePresence},
    presence::Status,
};
use server::Server;
use tokio::runtime;
use tracing_subscriber::fmt::MakeWriter;

const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.verysecret";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[test]
fn the_token_is_in_no_log_as_text_or_hex_or_byte_list() {
    // Records of the `log` crate go to the subscriber of their thread. The server, which rightly
    // sees the token, runs on another thread, without one.
    tracing_log::LogTracer::init().unwrap();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();

    let mut server = Server::new();
    let config = ShardConfig::new(TOKEN, Intents::default())
        .gateway_url("ws://gateway.test")
        .connector(server.connector())
        .compression(Compression::None)
        .seed(1);
    let server = thread::spawn(move || {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut conn = server.accept().await;
            conn.hello(40_000).await;
            assert_eq!(conn.expect(2).await["d"]["token"], TOKEN);
            conn.ready("session-1").await;
            conn.expect(3).await;
            conn.cut();
            let mut conn = server.accept().await;
            conn.hello(40_000).await;
            assert_eq!(conn.expect(6).await["d"]["token"], TOKEN);
            conn.event(2, "RESUMED", "{}").await;
            conn.closed().await;
        });
    });

    let _guard = tracing::subscriber::set_default(subscriber);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut shard = Shard::start(config).unwrap();
        let handle = shard.handle();
        while let Some(event) = shard.next().await {
            tracing::info!("{event:?} {shard:?} {handle:?} {:?}", handle.status());
            match event {
                ShardEvent::Dispatch(event) if event.name() == "READY" => {
                    handle
                        .update_presence(UpdatePresence::new(Status::Idle))
                        .unwrap();
                }
                ShardEvent::Dispatch(event) if event.name() == "RESUMED" => break,
                _ => {}
            }
        }
        handle.shutdown().await;
    });
    server.join().unwrap();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("received frame"),
        "the websocket library's own records are missing"
    );
    assert!(
        log.contains("event=\"connecting\""),
        "our own records are missing"
    );
    for secret in disguises(TOKEN) {
        assert!(!log.contains(&secret), "the log holds {secret}");
        assert!(
            !log.to_lowercase().contains(&secret.to_lowercase()),
            "the log holds {secret}"
        );
    }
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
