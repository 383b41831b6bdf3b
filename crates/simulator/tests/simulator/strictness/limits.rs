//! How often, how much: what is let through, and what is not.

use std::time::Duration;

use polycord_simulator::{EntryKind, Simulator};
use serde_json::{Value, json};

use super::{answer_to, end_of, pass, start};
use crate::call::AGENT;
use crate::client::{ALL, End, GUILDS, QUERY, greeted, identify, ready};

/// Whether op 9 that ends the session.
fn is_invalid(answer: &Result<Value, End>) -> bool {
    matches!(answer, Ok(frame) if frame["op"] == 9 && frame["d"] == false)
}

fn is_ready(answer: &Result<Value, End>) -> bool {
    matches!(answer, Ok(frame) if frame["t"] == "READY")
}

#[tokio::test(start_paused = true)]
async fn payloads_are_counted_over_any_60_seconds() {
    let sim = start().await;
    let mut client = greeted(&sim, QUERY).await;
    for _ in 0..4 {
        for _ in 0..60 {
            client.send(json!({ "op": 1, "d": null })).await;
            assert_eq!(client.next().await.unwrap()["op"], 11);
        }
        pass(30).await;
    }
    for _ in 0..60 {
        client.send(json!({ "op": 1, "d": null })).await;
        assert_eq!(client.next().await.unwrap()["op"], 11);
    }
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.end().await, End::Closed(4008));
}

#[tokio::test(start_paused = true)]
async fn a_sixth_presence_in_20_seconds_is_seen_by_nobody() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guilds = sim.world().guilds.len();
    let mut statuses = ["idle", "dnd"].iter().cycle();
    let mut update = || {
        let status = statuses.next().unwrap();
        json!({ "op": 3, "d": {
            "since": null, "activities": [], "status": status, "afk": false,
        }})
    };
    for _ in 0..5 {
        client.send(update()).await;
        for _ in 0..guilds {
            client.dispatch("PRESENCE_UPDATE").await;
        }
    }
    client.send(update()).await;
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11, "nothing before it");
    let ignored = |journal: &polycord_simulator::Journal| {
        let entries = journal.iter();
        entries
            .filter(|entry| matches!(entry.kind, EntryKind::Ignored { .. }))
            .count()
    };
    assert_eq!(ignored(&sim.journal()), 1);
    pass(20).await;
    client.send(update()).await;
    client.dispatch("PRESENCE_UPDATE").await;
}

#[tokio::test(start_paused = true)]
async fn one_identify_per_bucket_in_five_seconds_and_the_others_get_op_9() {
    let builder = Simulator::builder().in_memory().max_concurrency(16);
    let sim = builder.start().await.unwrap();
    for shard in 0..16 {
        let answer = answer_to(&sim, identify(&sim, 0, [shard, 32])).await;
        assert!(is_ready(&answer), "shard {shard} has a bucket of its own");
    }
    for shard in [16, 31, 0] {
        let answer = answer_to(&sim, identify(&sim, 0, [shard, 32])).await;
        assert!(is_invalid(&answer), "shard {shard}: {answer:?}");
    }
    pass(5).await;
    for shard in 16..32 {
        let answer = answer_to(&sim, identify(&sim, 0, [shard, 32])).await;
        assert!(is_ready(&answer), "shard {shard}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_refused_with_op_9_can_be_asked_for_again_on_the_same_connection() {
    let sim = start().await;
    let (_first, _) = ready(&sim, GUILDS).await;
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, 0, [0, 1])).await;
    assert!(is_invalid(&client.next().await));
    pass(5).await;
    client.send(identify(&sim, 0, [0, 1])).await;
    client.dispatch("READY").await;
}

#[tokio::test(start_paused = true)]
async fn the_budget_of_a_day_counts_starts_and_the_next_day_has_its_own() {
    let builder = Simulator::builder().in_memory().session_limit(3);
    let sim = builder.start().await.unwrap();
    for day in 0..2 {
        for _ in 0..3 {
            let answer = answer_to(&sim, identify(&sim, 0, [0, 1])).await;
            assert!(is_ready(&answer), "day {day}: {answer:?}");
            pass(5).await;
        }
        pass(24 * 60 * 60).await;
    }
}

#[tokio::test(start_paused = true)]
async fn over_the_budget_every_session_ends_and_the_token_is_no_more() {
    let builder = Simulator::builder().in_memory().session_limit(1);
    let sim = builder.start().await.unwrap();
    let (mut client, _) = ready(&sim, GUILDS).await;
    pass(5).await;
    let payload = identify(&sim, 0, [0, 1]).to_string();
    assert_eq!(end_of(&sim, &payload).await, End::Closed(4004));
    assert_eq!(client.end().await, End::Closed(4004));
    pass(24 * 60 * 60).await;
    assert_eq!(end_of(&sim, &payload).await, End::Closed(4004), "for good");
    let request = http::Request::builder()
        .uri("/api/v10/users/@me")
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .body(bytes::Bytes::new())
        .unwrap();
    assert_eq!(sim.handle(request).await.status(), 401);
}

#[tokio::test(start_paused = true)]
async fn the_heartbeat_interval_is_what_was_set() {
    let interval = Duration::from_millis(1_500);
    let builder = Simulator::builder().in_memory();
    let sim = builder.heartbeat_interval(interval).start().await.unwrap();
    let mut client = crate::client::dial(&sim, QUERY).await.unwrap();
    let hello = client.next().await.unwrap();
    assert_eq!(hello["d"], json!({ "heartbeat_interval": 1_500 }));
    let before = tokio::time::Instant::now();
    assert_eq!(client.end().await, End::Closed(4009));
    assert_eq!(before.elapsed(), interval * 2);
}
