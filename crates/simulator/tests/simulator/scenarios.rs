//! Scenarios, and the faults that they are made of.

use std::time::Duration;

use futures_util::StreamExt;
use polycord_simulator::{Altered, EntryKind, Fault, Scenario, Simulator};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use crate::call::AGENT;
use crate::client::{ALL, Client, End, GUILDS, QUERY, dial, identify, ready, resume};

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

/// Reads whatever comes within 20 seconds, and goes without a word.
async fn read(mut client: Client) {
    let reading = async { while let Some(Ok(_)) = client.ws.next().await {} };
    let _ = timeout(Duration::from_secs(20), reading).await;
}

/// Dials, says `hello` after HELLO and beats like any client.
async fn visit(sim: &Simulator, path: &str, hello: Value) {
    let dialled = timeout(Duration::from_secs(20), dial(sim, path)).await;
    let Ok(Ok(mut client)) = dialled else {
        return;
    };
    client.send(hello).await;
    for _ in 0..3 {
        client.send(json!({ "op": 1, "d": null })).await;
    }
    let guild = sim.world().guilds.first().map(|guild| guild.id.to_string());
    let members = json!({ "guild_id": guild, "query": "", "limit": 0 });
    client.send(json!({ "op": 8, "d": members })).await;
    read(client).await;
}

/// Asks where the gateway is.
async fn where_to(sim: &Simulator) {
    let request = http::Request::builder()
        .uri("/api/v10/gateway/bot")
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .body(bytes::Bytes::new());
    drop(sim.handle(request.unwrap()).await);
}

#[tokio::test(start_paused = true)]
async fn every_scenario_can_be_seen_by_a_client() {
    // Large frames take a while in an unoptimised build; those who must bear them prove that they come.
    let all = Scenario::all().iter();
    for scenario in all.filter(|scenario| !scenario.name().starts_with("t50")) {
        let sim = start().await;
        let (mut client, hello) = ready(&sim, ALL).await;
        let before = sim.journal().len();
        sim.play(0, *scenario);
        for _ in 0..3 {
            client.send(json!({ "op": 1, "d": null })).await;
        }
        sim.say(sim.channel("general"), sim.user("ada"), "and then");
        read(client).await;
        where_to(&sim).await;
        let session = hello["d"]["session_id"].as_str().unwrap();
        let url = hello["d"]["resume_gateway_url"].as_str().unwrap();
        let path = url.strip_prefix(sim.gateway_url()).unwrap();
        visit(&sim, path, resume(&sim, session, 1)).await;
        visit(&sim, QUERY, identify(&sim, ALL, [0, 1])).await;
        visit(&sim, QUERY, identify(&sim, ALL, [1, 2])).await;
        let journal = sim.journal();
        let bit = journal.iter().skip(before).any(|entry| match &entry.kind {
            EntryKind::FaultPlayed { .. }
            | EntryKind::ServerCut
            | EntryKind::ServerClosed { .. }
            | EntryKind::RawSent { .. } => true,
            EntryKind::ServerFrame { op, name, .. } if entry.connection == Some(1) => {
                matches!(op, 1 | 7 | 9)
                    || matches!(
                        name.as_deref(),
                        Some("FROM_TOMORROW" | "GUILD_CREATE" | "GUILD_DELETE")
                    )
            }
            _ => *scenario == Scenario::T28HalfOpen,
        });
        assert!(bit, "{scenario} shows nowhere:\n{journal}");
        sim.shutdown().await;
    }
}

#[tokio::test(start_paused = true)]
async fn on_a_half_open_connection_nothing_comes_and_what_is_written_vanishes() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    assert!(sim.hang(0));
    for _ in 0..10_000 {
        client.send(json!({ "op": 1, "d": null })).await;
    }
    let silence = timeout(Duration::from_secs(600), client.next()).await;
    assert!(silence.is_err(), "{silence:?}");
    let heard = sim.journal();
    let heard = heard
        .iter()
        .any(|entry| matches!(entry.kind, EntryKind::ClientFrame { op: Some(1), .. }));
    assert!(!heard);
}

#[tokio::test(start_paused = true)]
async fn an_acknowledgement_can_be_late_once() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    let late = Duration::from_secs(30);
    sim.script(0, Fault::DelayAck(late));
    for expected in [late, Duration::ZERO] {
        let asked = Instant::now();
        client.send(json!({ "op": 1, "d": null })).await;
        assert_eq!(client.next().await.unwrap()["op"], 11);
        assert_eq!(asked.elapsed().as_secs(), expected.as_secs());
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_frame_can_come_without_a_code() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    sim.close(0, 1005);
    assert_eq!(client.end().await, End::Closed(1005));
}

#[tokio::test(start_paused = true)]
async fn numbers_can_be_left_out_and_fields_altered() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let last = sim.sent_dispatches().last().unwrap().seq;
    sim.script(0, Fault::SkipSequence(3));
    for (field, to) in [
        ("/content", Altered::Retyped),
        ("/author/username", Altered::Null),
        ("/mentions", Altered::Missing),
    ] {
        let fault = Fault::Alter {
            event: "MESSAGE_CREATE".into(),
            field: field.into(),
            to,
        };
        sim.script(0, fault);
    }
    sim.say(sim.channel("general"), sim.user("ada"), "hello");
    let message = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(message["s"], last + 4);
    assert!(message["d"]["content"].is_number());
    assert!(message["d"]["author"]["username"].is_null());
    assert!(message["d"].get("mentions").is_none());
    sim.say(sim.channel("general"), sim.user("ada"), "once more");
    let message = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(message["d"]["content"], "once more");
}

#[tokio::test(start_paused = true)]
async fn a_frame_is_compressed_where_the_connection_is() {
    let sim = start().await;
    let mut client = dial(&sim, "/?v=10&encoding=json&compress=zlib-stream")
        .await
        .unwrap();
    client.next().await.unwrap();
    client.send(identify(&sim, 0, [0, 1])).await;
    client.dispatch("READY").await;
    sim.send_frame(0, r#"{"op":99}"#);
    assert_eq!(client.next().await.unwrap(), json!({ "op": 99 }));
}
