//! A suite of bot tests, one after another: each starts a simulator, connects a bot, lets a person speak and
//! waits for the answer.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use polycord_bench_process::CpuTime;
use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};
use tokio::{io::DuplexStream, net::TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Bytes, Message, http::Request},
};

use crate::options::Options;

const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const CONTENT: u64 = 1 << 15;
const PATIENCE: Duration = Duration::from_secs(10);

pub async fn run(options: &Options) {
    println!("\n{} bot tests, one after another", options.tests);
    println!(
        "  {:<12} {:>8} {:>8} {:>8} {:>8}",
        "", "s", "s CPU", "ms each", "longest"
    );
    for (name, memory) in [("in memory", true), ("on loopback", false)] {
        let (start, cpu) = (Instant::now(), CpuTime::now());
        let mut longest = Duration::ZERO;
        for _ in 0..options.tests {
            let start = Instant::now();
            test(memory).await;
            longest = longest.max(start.elapsed());
        }
        let (took, cpu) = (start.elapsed(), CpuTime::now().since(cpu).total());
        println!(
            "  {name:<12} {:>8.2} {:>8.2} {:>8.2} {:>8.2}",
            took.as_secs_f64(),
            cpu.as_secs_f64(),
            took.as_secs_f64() * 1e3 / f64::from(options.tests),
            longest.as_secs_f64() * 1e3,
        );
    }
}

async fn test(memory: bool) {
    let world = World::new().guild("tea house", |guild| guild.channel("general").member("ada"));
    let sim = Simulator::builder().world(world).start().await;
    let sim = sim.expect("a simulator");
    let bot = tokio::spawn(bot(sim.clone(), memory));
    let ready = |journal: &polycord_simulator::Journal| {
        let newest = journal.iter().last();
        newest.is_some_and(|newest| newest.to_string().contains("GUILD_CREATE"))
    };
    sim.expect_journal(ready, PATIENCE).await.expect("a bot");
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    sim.say(general, ada, "!ping");
    let answer = |message: &polycord_simulator::Message| message.content == "pong";
    let answer = sim.expect_message(general, answer, PATIENCE).await;
    answer.expect("an answer");
    sim.shutdown().await;
    bot.await.expect("it ends with the simulator");
}

/// Answers `!ping` until the simulator ends.
async fn bot(sim: Simulator, memory: bool) {
    let token = sim.token().to_owned();
    if memory {
        let socket: WebSocketStream<DuplexStream> = upgraded(sim.connect()).await;
        answer(socket, &token, &sim).await;
    } else {
        let address = sim.gateway_url().replace("ws://", "");
        let socket = TcpStream::connect(address).await.expect("a connection");
        answer(upgraded(socket).await, &token, &sim).await;
    }
}

async fn upgraded<S>(io: S) -> WebSocketStream<S>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let url = "ws://127.0.0.1/?v=10&encoding=json";
    client_async(url, io).await.expect("a websocket").0
}

async fn answer<S>(mut socket: WebSocketStream<S>, token: &str, sim: &Simulator)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let identify = json!({ "op": 2, "d": {
        "token": token,
        "intents": GUILDS | GUILD_MESSAGES | CONTENT,
        "properties": { "os": "linux", "browser": "bench", "device": "bench" },
    }});
    let _ = socket.send(Message::text(identify.to_string())).await;
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        let event: Value = serde_json::from_str(&text).expect("JSON");
        if event["t"] != "MESSAGE_CREATE" || event["d"]["content"] != "!ping" {
            continue;
        }
        let channel = event["d"]["channel_id"].as_str().expect("an id");
        let request = Request::post(format!("/api/v10/channels/{channel}/messages"))
            .header("authorization", format!("Bot {token}"))
            .header("user-agent", "DiscordBot (https://example.com, 1.0)")
            .header("content-type", "application/json")
            .body(Bytes::from_static(br#"{"content":"pong"}"#))
            .expect("a request");
        assert!(sim.handle(request).await.status().is_success());
    }
}
