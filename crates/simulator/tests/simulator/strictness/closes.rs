//! Every documented close code, for what earns it. A test's name begins with the code.

use futures_util::SinkExt;
use polycord_simulator::{Simulator, World};
use polycord_types::gateway::Intents;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{end_of, pass, start};
use crate::client::{ALL, End, GUILDS, QUERY, dial, greeted, identify, ready, resume};

/// The close codes of the documentation's table ("Gateway Close Event Codes").
const DOCUMENTED: [u16; 14] = [
    4000, 4001, 4002, 4003, 4004, 4005, 4007, 4008, 4009, 4010, 4011, 4012, 4013, 4014,
];

#[test]
fn every_documented_close_code_has_a_test() {
    let tests = include_str!("closes.rs");
    for code in DOCUMENTED {
        assert!(tests.contains(&format!("fn close_{code}_")), "{code}");
    }
    let Some(facts) = std::env::var_os("POLYCORD_FACTS") else {
        return;
    };
    let path = std::path::Path::new(&facts).join("discord-enums.json");
    let enums: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let rows = enums["Gateway Close Event Codes"]["values"].as_array();
    let codes = rows.unwrap().iter().map(|row| row["value"].as_u64());
    let codes: Vec<u64> = codes.map(Option::unwrap).collect();
    assert_eq!(codes, DOCUMENTED.map(u64::from));
}

/// An IDENTIFY with one field replaced.
fn identify_with(sim: &Simulator, field: &str, value: Value) -> String {
    let mut payload = identify(sim, GUILDS, [0, 2]);
    payload["d"][field] = value;
    payload.to_string()
}

#[tokio::test(start_paused = true)]
async fn close_4000_comes_when_it_is_asked_for_and_the_session_lives_on() {
    let sim = start().await;
    let (mut client, hello) = ready(&sim, GUILDS).await;
    assert!(sim.close(0, 4000));
    assert_eq!(client.end().await, End::Closed(4000));
    let mut client = greeted(&sim, QUERY).await;
    let session = hello["d"]["session_id"].as_str().unwrap();
    client.send(resume(&sim, session, 3)).await;
    client.dispatch("RESUMED").await;
}

#[tokio::test(start_paused = true)]
async fn close_4001_for_an_opcode_that_is_not_the_clients() {
    let sim = start().await;
    for op in [0, 5, 7, 9, 10, 11, 12, 44, 99, 1_000_000] {
        let payload = json!({ "op": op, "d": null }).to_string();
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4001), "{op}");
        let (mut client, _) = ready(&sim, GUILDS).await;
        client.send_text(payload).await;
        assert_eq!(client.end().await, End::Closed(4001), "{op} in a session");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn close_4002_for_what_is_no_payload() {
    let sim = start().await;
    for text in [
        "",
        "{",
        "hello",
        "null",
        "[]",
        "7",
        "{}",
        r#"{"d":null}"#,
        r#"{"op":"1","d":null}"#,
        r#"{"op":-1,"d":null}"#,
        r#"{"op":1.5,"d":null}"#,
        r#"{"op":null}"#,
    ] {
        assert_eq!(end_of(&sim, text).await, End::Closed(4002), "{text:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn close_4002_for_bytes_that_are_not_utf_8() {
    let sim = start().await;
    let mut client = greeted(&sim, QUERY).await;
    let bytes: &[u8] = b"{\"op\":1,\"d\":null,\"x\":\"\xFF\"}";
    client.ws.send(Message::binary(bytes)).await.unwrap();
    assert_eq!(client.end().await, End::Closed(4002));
}

#[tokio::test(start_paused = true)]
async fn close_4002_for_more_than_4096_bytes() {
    let sim = start().await;
    let heartbeat = json!({ "op": 1, "d": null }).to_string();
    let mut client = greeted(&sim, QUERY).await;
    client.send_text(format!("{heartbeat:4096}")).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    client.send_text(format!("{heartbeat:4097}")).await;
    assert_eq!(client.end().await, End::Closed(4002));
    // Without end it is not even read to its end.
    let long = format!("{heartbeat}{}", " ".repeat(1 << 20));
    assert_eq!(end_of(&sim, &long).await, End::Closed(4002));
}

#[tokio::test(start_paused = true)]
async fn close_4002_for_an_identify_resume_or_heartbeat_of_another_shape() {
    let sim = start().await;
    for (field, value) in [
        ("token", Value::Null),
        ("token", json!(7)),
        ("properties", Value::Null),
        ("properties", json!("linux")),
        ("compress", json!("yes")),
        ("large_threshold", json!(49)),
        ("large_threshold", json!(251)),
        ("large_threshold", json!("50")),
        ("presence", json!("online")),
        ("presence", json!({ "status": "online" })),
    ] {
        let payload = identify_with(&sim, field, value);
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4002), "{payload}");
    }
    for field in ["token", "session_id", "seq"] {
        let mut payload = resume(&sim, "a session", 1);
        payload["d"][field] = json!(-1);
        let end = end_of(&sim, &payload.to_string()).await;
        assert_eq!(end, End::Closed(4002), "{field}");
    }
    for d in [json!("7"), json!(-1), json!(1.5), json!({})] {
        let payload = json!({ "op": 1, "d": d }).to_string();
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4002), "{payload}");
    }
}

#[tokio::test(start_paused = true)]
async fn close_4002_for_a_command_of_another_shape() {
    let sim = start().await;
    let guild = sim.guild("polycord").to_string();
    let idle = json!({ "since": null, "activities": [], "status": "idle", "afk": false });
    let without = |mut whole: Value, field: &str| {
        whole.as_object_mut().unwrap().remove(field);
        whole
    };
    let voice = json!({
        "guild_id": guild, "channel_id": null, "self_mute": false, "self_deaf": false,
    });
    let cases = [
        (3, Value::Null),
        (3, without(idle.clone(), "status")),
        (3, without(idle.clone(), "activities")),
        (3, without(idle.clone(), "afk")),
        (
            3,
            json!({ "since": null, "activities": [], "status": "gone", "afk": false }),
        ),
        (4, Value::Null),
        (4, without(voice.clone(), "guild_id")),
        (4, without(voice.clone(), "self_mute")),
        (4, without(voice, "self_deaf")),
        (8, Value::Null),
        (8, json!({ "query": "", "limit": 0 })),
        (8, json!({ "guild_id": guild })),
        (8, json!({ "guild_id": guild, "query": "" })),
        (8, json!({ "guild_id": guild, "query": "", "limit": -1 })),
        (
            8,
            json!({ "guild_id": [guild, "1"], "query": "", "limit": 0 }),
        ),
        (31, Value::Null),
        (31, json!({ "guild_ids": guild })),
        (31, json!({ "guild_ids": ["a guild"] })),
        (43, Value::Null),
        (43, json!({ "guild_id": guild })),
        (43, json!({ "guild_id": guild, "fields": [7] })),
    ];
    for (op, d) in cases {
        let (mut client, _) = ready(&sim, GUILDS).await;
        let payload = json!({ "op": op, "d": d });
        client.send(payload.clone()).await;
        assert_eq!(client.end().await, End::Closed(4002), "{payload}");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn close_4003_for_a_command_before_identify() {
    let sim = start().await;
    for op in [3, 4, 8, 31, 43] {
        let payload = json!({ "op": op, "d": {} }).to_string();
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4003), "{op}");
    }
}

#[tokio::test(start_paused = true)]
async fn close_4003_for_a_command_after_the_session_was_invalidated() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    assert!(sim.invalid_session(0, false));
    assert_eq!(client.next().await.unwrap()["op"], 9);
    client.send(json!({ "op": 3, "d": {} })).await;
    assert_eq!(client.end().await, End::Closed(4003));
}

#[tokio::test(start_paused = true)]
async fn close_4004_for_another_token() {
    let sim = start().await;
    let (client, hello) = ready(&sim, GUILDS).await;
    client.close(4000).await;
    let session = hello["d"]["session_id"].as_str().unwrap().to_owned();
    let bot = format!("Bot {}", sim.token());
    for wrong in ["", "wrong", bot.as_str()] {
        let payload = identify_with(&sim, "token", json!(wrong));
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4004), "{wrong}");
        let mut payload = resume(&sim, &session, 3);
        payload["d"]["token"] = json!(wrong);
        let end = end_of(&sim, &payload.to_string()).await;
        assert_eq!(end, End::Closed(4004), "{wrong}");
    }
}

#[tokio::test(start_paused = true)]
async fn close_4005_for_who_is_authenticated_already() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    client.send(identify(&sim, GUILDS, [0, 1])).await;
    assert_eq!(client.end().await, End::Closed(4005));
    pass(5).await;
    let (mut client, hello) = ready(&sim, GUILDS).await;
    let session = hello["d"]["session_id"].as_str().unwrap();
    client.send(resume(&sim, session, 3)).await;
    assert_eq!(client.end().await, End::Closed(4005));
}

#[tokio::test(start_paused = true)]
async fn close_4007_for_a_number_that_was_never_given_out() {
    let sim = start().await;
    let (client, hello) = ready(&sim, GUILDS).await;
    client.close(4000).await;
    let session = hello["d"]["session_id"].as_str().unwrap();
    let payload = resume(&sim, session, 4).to_string();
    assert_eq!(end_of(&sim, &payload).await, End::Closed(4007));
}

#[tokio::test(start_paused = true)]
async fn close_4008_for_the_121st_payload_of_a_minute_whatever_it_is() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    // IDENTIFY was the first.
    for _ in 1..120 {
        client.send(json!({ "op": 1, "d": null })).await;
        assert_eq!(client.next().await.unwrap()["op"], 11);
    }
    // Another connection has a count of its own.
    let mut other = greeted(&sim, QUERY).await;
    other.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(other.next().await.unwrap()["op"], 11);
    client.send_text("{".into()).await;
    assert_eq!(client.end().await, End::Closed(4008));
}

#[tokio::test(start_paused = true)]
async fn close_4009_for_who_sends_no_heartbeat() {
    let sim = start().await;
    let (mut silent, _) = ready(&sim, GUILDS).await;
    assert_eq!(silent.end().await, End::Closed(4009));
    // Who never identified is no better.
    let mut client = greeted(&sim, QUERY).await;
    assert_eq!(client.end().await, End::Closed(4009));
    let (mut beating, _) = ready(&sim, GUILDS).await;
    for _ in 0..10 {
        pass(41).await;
        beating.send(json!({ "op": 1, "d": 3 })).await;
        assert_eq!(beating.next().await.unwrap()["op"], 11);
    }
}

#[tokio::test(start_paused = true)]
async fn close_4010_for_what_is_no_shard() {
    let sim = start().await;
    for shard in [
        json!([2, 2]),
        json!([3, 2]),
        json!([0, 0]),
        json!([0]),
        json!([]),
        json!([0, 1, 2]),
        json!([-1, 2]),
        json!(["0", "2"]),
        json!("0/2"),
        json!(0),
        json!({}),
    ] {
        let payload = identify_with(&sim, "shard", shard);
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4010), "{payload}");
    }
}

#[tokio::test(start_paused = true)]
async fn close_4010_for_a_large_bot_whose_shards_are_no_multiple() {
    let sim = Simulator::builder()
        .in_memory()
        .shards(16)
        .shard_multiple(true)
        .start()
        .await
        .unwrap();
    for total in [1, 15, 17, 24] {
        let payload = identify(&sim, GUILDS, [0, total]).to_string();
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4010), "{total}");
    }
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, GUILDS, [0, 32])).await;
    client.dispatch("READY").await;
}

#[tokio::test(start_paused = true)]
async fn close_4011_for_too_few_shards() {
    let sim = Simulator::builder()
        .in_memory()
        .shards(2)
        .require_sharding(true)
        .start()
        .await
        .unwrap();
    let unsharded = identify_with(&sim, "shard", Value::Null);
    assert_eq!(end_of(&sim, &unsharded).await, End::Closed(4011));
    let one = identify(&sim, GUILDS, [0, 1]).to_string();
    assert_eq!(end_of(&sim, &one).await, End::Closed(4011));
}

#[tokio::test(start_paused = true)]
async fn close_4011_for_more_than_2500_guilds_on_a_shard() {
    let start = |guilds| {
        let world = World::generate(5, guilds, 1);
        Simulator::builder().in_memory().world(world).start()
    };
    let sim = start(2_501).await.unwrap();
    let one = identify(&sim, 0, [0, 1]).to_string();
    assert_eq!(end_of(&sim, &one).await, End::Closed(4011));
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, 0, [1, 2])).await;
    client.dispatch("READY").await;
    let sim = start(2_500).await.unwrap();
    let (_client, hello) = ready(&sim, 0).await;
    assert_eq!(hello["d"]["guilds"].as_array().unwrap().len(), 2_500);
}

#[tokio::test(start_paused = true)]
async fn close_4012_for_a_version_that_is_not_spoken() {
    let sim = start().await;
    for query in [
        "/",
        "/?encoding=json",
        "/?v=",
        "/?v=3",
        "/?v=8",
        "/?v=11",
        "/?v=ten",
        "/?v=-10",
    ] {
        let mut client = dial(&sim, query).await.unwrap();
        assert_eq!(client.end().await, End::Closed(4012), "{query}");
    }
    for version in [9, 10] {
        let mut client = greeted(&sim, &format!("/?v={version}")).await;
        client.send(identify(&sim, GUILDS, [0, 1])).await;
        assert_eq!(client.dispatch("READY").await["d"]["v"], version);
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn close_4013_for_what_are_no_intents() {
    let sim = start().await;
    for intents in [
        Value::Null,
        json!(-1),
        json!("1"),
        json!(1.5),
        json!(1 << 17),
        json!(1 << 18),
        json!(1 << 22),
        json!(1 << 26),
        json!(u64::MAX),
    ] {
        let payload = identify_with(&sim, "intents", intents);
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4013), "{payload}");
    }
    let (_client, _) = ready(&sim, ALL).await;
}

#[tokio::test(start_paused = true)]
async fn close_4014_for_an_intent_that_the_application_may_not_have() {
    for (bit, flag) in [(1, 15), (8, 13), (15, 19)] {
        let disallowed = Intents::from_bits_retain(1 << bit);
        let builder = Simulator::builder().in_memory();
        let sim = builder.disallow_intents(disallowed).start().await.unwrap();
        let payload = identify(&sim, ALL, [0, 1]).to_string();
        assert_eq!(end_of(&sim, &payload).await, End::Closed(4014), "{bit}");
        let (_client, hello) = ready(&sim, ALL & !(1 << bit)).await;
        let flags = hello["d"]["application"]["flags"].as_u64().unwrap();
        assert_eq!(flags & 1 << flag, 0, "READY says which are granted");
    }
}
