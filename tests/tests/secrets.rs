//! The token is in nothing that anybody can read: no log at any level, no `Debug`, no error.
//!
//! One test in a process of its own, because it owns the process's loggers.

#![allow(
    clippy::unwrap_used,
    reason = "what panics here is a test that has failed"
)]

use std::{
    fmt::Debug,
    io::{self, Write},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use log::{LevelFilter, Log, Metadata, Record};
use polycord::{Client, prelude::*};
use polycord_gateway::{ShardConfig, Token};
use polycord_rest::Rest;
use polycord_simulator::Simulator;
use tracing_subscriber::fmt::MakeWriter;

/// Distinctive as text, as hex and as a list of bytes.
const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GsEcReT.zYxWvUtSrQpOnMlKjIhGfEdCbA";

/// The thread on which the simulators run.
const DISCORD: &str = "discord";

/// Everything that was logged, through `tracing` and through `log`.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    fn keep(&self, bytes: &[u8]) {
        // The other side reads the token, of course, and its libraries log what they read.
        if thread::current().name() == Some(DISCORD) {
            return;
        }
        self.0.lock().unwrap().extend_from_slice(bytes);
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.keep(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log for Captured {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        self.keep(format!("{} {}\n", record.target(), record.args()).as_bytes());
    }

    fn flush(&self) {}
}

/// The ways in which a careless library prints bytes.
fn disguises() -> [(&'static str, String); 5] {
    let joined = |format: fn(&u8) -> String, separator: &str| {
        TOKEN
            .as_bytes()
            .iter()
            .map(format)
            .collect::<Vec<_>>()
            .join(separator)
    };
    let hex = joined(|byte| format!("{byte:02x}"), "");
    [
        ("text", TOKEN.to_owned()),
        ("upper-case hex", hex.to_uppercase()),
        ("hex", hex),
        ("list of bytes", joined(u8::to_string, ", ")),
        (
            "list of hex bytes",
            joined(|byte| format!("{byte:#x}"), ", "),
        ),
    ]
}

fn assert_secret(what: &str, text: &str) {
    for (disguise, token) in disguises() {
        let told = text.lines().find(|line| line.contains(&token));
        assert!(
            told.is_none(),
            "the token is in {what}, as {disguise}: {told:?}"
        );
    }
}

fn assert_debug_secret(value: &impl Debug) {
    assert_secret("a `Debug`", &format!("{value:?} {value:#?}"));
}

/// Two simulators on a thread of their own: one that knows the token, with TLS, and one that does not.
fn discord() -> (Simulator, Simulator) {
    let (sender, receiver) = mpsc::sync_channel(1);
    let serve = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let ours = Simulator::builder()
                .token(TOKEN)
                .shards(1)
                .tls(true)
                .start()
                .await
                .unwrap();
            let other = Simulator::builder().token("another").start().await.unwrap();
            sender.send((ours, other)).unwrap();
            std::future::pending::<()>().await;
        });
    };
    thread::Builder::new()
        .name(DISCORD.to_owned())
        .spawn(serve)
        .unwrap();
    receiver.recv().unwrap()
}

#[tokio::test]
async fn the_token_is_in_no_log_no_debug_and_no_error() {
    let captured = Captured::default();
    log::set_boxed_logger(Box::new(captured.clone())).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(captured.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let (sim, other) = discord();
    let ca = sim.ca_pem().unwrap().to_owned();
    let bot = |token: &str| {
        Client::builder(token)
            .intents(Intents::default() | Intents::MESSAGE_CONTENT)
            .api_url(sim.api_url())
            .gateway_url(sim.gateway_url())
            .root_certificates(&ca)
            .on_message_create(|ctx, message| async move {
                if message.content == "!ping" {
                    ctx.reply(&message, "pong").await?;
                }
                Ok(())
            })
    };
    assert_debug_secret(&bot(TOKEN));
    let client = bot(TOKEN).build();
    assert_debug_secret(&client);
    let running = client.start().await.unwrap();
    let handle = running.handle();
    assert_debug_secret(&handle);
    assert!(handle.ready().await);
    let shard = handle.shard(0).unwrap();
    let (channel, ada) = (sim.channel("general"), sim.user("ada"));
    sim.cut(0);
    shard
        .wait_for(|status| status.counters.resumed == 1)
        .await
        .unwrap();
    sim.say(channel, ada, "!ping");
    sim.expect_message(
        channel,
        |message| message.content == "pong",
        Duration::from_secs(10),
    )
    .await
    .unwrap();
    running.shutdown().await.unwrap();

    // What goes wrong must not tell it either: here the server wants another token.
    let refused = Client::builder(TOKEN)
        .api_url(other.api_url())
        .gateway_url(other.gateway_url())
        .build()
        .run()
        .await
        .unwrap_err();
    assert_secret("an error", &format!("{refused} {refused:?}"));
    let mut source = std::error::Error::source(&refused);
    while let Some(error) = source {
        assert_secret("the source of an error", &format!("{error} {error:?}"));
        source = error.source();
    }
    assert_debug_secret(&Token::from(TOKEN));
    assert_debug_secret(&ShardConfig::new(TOKEN, Intents::default()));
    assert_debug_secret(&Rest::builder(TOKEN));
    assert_debug_secret(&Rest::builder(TOKEN).build().unwrap());

    let log = captured.text();
    for library in [
        "tungstenite",
        "polycord_gateway",
        "polycord_rest",
        "rustls",
        "hyper",
    ] {
        assert!(log.contains(library), "nothing of {library} was captured");
    }
    assert_secret("the log", &log);
}
