//! The gateway, asked by a bare websocket in virtual time.

use std::time::Duration;

use futures_util::FutureExt;
use polycord_simulator::{Dialled, EntryKind, Fault, Simulator, World};
use polycord_types::gateway::Intents;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio_tungstenite::tungstenite::Error;

use crate::client::{ALL, End, GUILDS, QUERY, dial, greeted, identify, ready, resume};

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

fn seqs(frames: &[Value]) -> Vec<u64> {
    frames
        .iter()
        .map(|frame| frame["s"].as_u64().unwrap())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_new_session_gets_ready_and_the_guilds_of_its_shard() {
    let sim = start().await;
    let mut guilds = 0;
    for shard in 0..2 {
        let mut client = dial(&sim, QUERY).await.unwrap();
        let hello = client.next().await.unwrap();
        assert_eq!(hello["d"]["heartbeat_interval"], 41_250);
        client.send(identify(&sim, ALL, [shard, 2])).await;
        let ready = client.dispatch("READY").await;
        assert_eq!(ready["s"], 1);
        assert_eq!(ready["d"]["v"], 10);
        assert_eq!(ready["d"]["shard"], json!([shard, 2]));
        assert_eq!(ready["d"]["user"]["bot"], true);
        assert!(ready["d"]["application"]["flags"].is_u64());
        let url = ready["d"]["resume_gateway_url"].as_str().unwrap();
        assert_eq!(url, format!("{}/resume/{shard}", sim.gateway_url()));
        for stub in ready["d"]["guilds"].as_array().unwrap() {
            assert_eq!(stub["unavailable"], true);
            let guild = client.dispatch("GUILD_CREATE").await;
            assert_eq!(guild["d"]["id"], stub["id"]);
            assert_eq!(guild["d"]["member_count"], 5);
            assert_eq!(guild["d"]["members"].as_array().unwrap().len(), 5);
            guilds += 1;
        }
        tokio::time::advance(Duration::from_secs(5)).await;
    }
    assert_eq!(guilds, sim.world().guilds.len());
    assert_eq!(sim.identifies(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_happened_is_counted_whatever_the_journal_keeps() {
    let builder = Simulator::builder().in_memory().journal_limit(1);
    let sim = builder.start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    sim.say(sim.channel("general"), sim.user("ada"), "hello");
    client.dispatch("MESSAGE_CREATE").await;
    let counts = sim.counts();
    assert_eq!((counts.connected, counts.identified), (1, 1));
    // READY, two guilds, a message; and HELLO before.
    assert_eq!((counts.dispatches, counts.frames_sent), (4, 5));
    assert_eq!((counts.frames_received, counts.closed), (1, 0));
    assert_eq!(sim.journal().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_acknowledged_and_asked_for() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    client.send(json!({ "op": 1, "d": 3 })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    assert!(sim.request_heartbeat(0));
    assert_eq!(client.next().await.unwrap()["op"], 1);
    sim.script(0, Fault::WithholdAcks);
    client.send(json!({ "op": 1, "d": 3 })).await;
    sim.emit("USER_UPDATE", json!({}), None);
    client.dispatch("USER_UPDATE").await;
    // Without a heartbeat for two intervals, it gives up.
    assert_eq!(client.end().await, End::Closed(4009));
}

#[tokio::test(start_paused = true)]
async fn a_resume_replays_exactly_what_was_missed() {
    let sim = start().await;
    let (mut client, ready) = ready(&sim, ALL).await;
    let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    sim.say(general, ada, "one");
    let one = client.dispatch("MESSAGE_CREATE").await;
    assert!(sim.cut(0));
    assert_eq!(client.end().await, End::Cut);
    for text in ["two", "three", "four"] {
        sim.say(general, ada, text);
    }

    let mut client = greeted(&sim, "/resume/0/?v=10&encoding=json").await;
    client
        .send(resume(&sim, &session, one["s"].as_u64().unwrap()))
        .await;
    let mut replayed = Vec::new();
    for _ in 0..3 {
        replayed.push(client.dispatch("MESSAGE_CREATE").await);
    }
    let resumed = client.dispatch("RESUMED").await;
    sim.say(general, ada, "five");
    let five = client.dispatch("MESSAGE_CREATE").await;
    let texts: Vec<&str> = replayed
        .iter()
        .map(|frame| frame["d"]["content"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["two", "three", "four"]);
    replayed.push(resumed);
    replayed.push(five);
    let first = one["s"].as_u64().unwrap() + 1;
    assert_eq!(seqs(&replayed), (first..first + 5).collect::<Vec<_>>());
    assert_eq!((sim.identifies(), sim.resumes()), (1, 1));
    // The journal has each dispatch once, although some were made while nobody listened.
    let sent: Vec<u64> = sim
        .sent_dispatches()
        .iter()
        .map(|dispatch| dispatch.seq)
        .collect();
    assert_eq!(sent, (1..first + 5).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_session_ends_with_1000_and_lives_on_with_4000() {
    let sim = start().await;
    for (code, lives) in [(4000, true), (1000, false), (1001, false)] {
        let (client, ready) = ready(&sim, GUILDS).await;
        let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
        client.close(code).await;
        let mut client = greeted(&sim, QUERY).await;
        client.send(resume(&sim, &session, 3)).await;
        let answer = client.next().await.unwrap();
        if lives {
            assert_eq!(answer["t"], "RESUMED");
        } else {
            assert_eq!((&answer["op"], &answer["d"]), (&json!(9), &json!(false)));
        }
        tokio::time::advance(Duration::from_secs(5)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn every_mistake_earns_its_close_code() {
    let guilds = Intents::from_bits_retain(1 << 1);
    let sim = Simulator::builder()
        .in_memory()
        .disallow_intents(guilds)
        .shards(2)
        .require_sharding(true)
        .start()
        .await
        .unwrap();
    let with = |field: &str, value: Value| {
        let mut payload = identify(&sim, GUILDS, [0, 2]);
        payload["d"][field] = value;
        payload.to_string()
    };
    let padding = " ".repeat(5_000);
    let cases = [
        (4001, json!({ "op": 99, "d": null }).to_string()),
        (4001, json!({ "op": 10, "d": null }).to_string()),
        (4002, "{".to_owned()),
        (4002, json!({ "d": null }).to_string()),
        (4002, format!("{}{padding}", json!({ "op": 1, "d": null }))),
        (4003, json!({ "op": 3, "d": {} }).to_string()),
        (4003, json!({ "op": 8, "d": {} }).to_string()),
        (4004, with("token", json!("wrong"))),
        (4004, with("token", json!(format!("Bot {}", sim.token())))),
        (4010, with("shard", json!([2, 2]))),
        (4010, with("shard", json!("0/2"))),
        (4011, with("shard", Value::Null)),
        (4013, with("intents", json!(1 << 17))),
        (4013, with("intents", Value::Null)),
        (4014, with("intents", json!(1 << 1))),
    ];
    for (code, payload) in cases {
        let mut client = greeted(&sim, QUERY).await;
        client.send_text(payload.clone()).await;
        assert_eq!(client.end().await, End::Closed(code), "{payload}");
    }
    let mut client = dial(&sim, "/?v=5&encoding=json").await.unwrap();
    assert_eq!(client.end().await, End::Closed(4012));

    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, GUILDS, [0, 2])).await;
    client.dispatch("READY").await;
    client.send(identify(&sim, GUILDS, [0, 2])).await;
    assert_eq!(client.end().await, End::Closed(4005));

    let sim = start().await;
    let (client, ready) = ready(&sim, GUILDS).await;
    let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
    client.close(4000).await;
    let mut client = greeted(&sim, QUERY).await;
    client.send(resume(&sim, &session, 1_000)).await;
    assert_eq!(client.end().await, End::Closed(4007));
}

#[tokio::test(start_paused = true)]
async fn more_than_120_frames_in_a_minute_are_too_many() {
    let sim = start().await;
    let mut client = greeted(&sim, QUERY).await;
    for _ in 0..120 {
        client.send(json!({ "op": 1, "d": null })).await;
        assert_eq!(client.next().await.unwrap()["op"], 11);
    }
    tokio::time::advance(Duration::from_secs(60)).await;
    for _ in 0..120 {
        client.send(json!({ "op": 1, "d": null })).await;
        assert_eq!(client.next().await.unwrap()["op"], 11);
    }
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.end().await, End::Closed(4008));
}

#[tokio::test(start_paused = true)]
async fn identifies_of_one_bucket_are_five_seconds_apart() {
    let sim = Simulator::builder()
        .in_memory()
        .max_concurrency(2)
        .start()
        .await
        .unwrap();
    let mut clients = Vec::new();
    for (shard, accepted) in [(0, true), (1, true), (2, false)] {
        let mut client = greeted(&sim, QUERY).await;
        client.send(identify(&sim, 0, [shard, 4])).await;
        let answer = client.next().await.unwrap();
        assert_eq!(answer["t"] == "READY", accepted);
        if !accepted {
            assert_eq!((&answer["op"], &answer["d"]), (&json!(9), &json!(false)));
        }
        clients.push(client);
    }
    tokio::time::advance(Duration::from_secs(5)).await;
    let client = clients.last_mut().unwrap();
    client.send(identify(&sim, 0, [2, 4])).await;
    client.dispatch("READY").await;
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_costs_every_session() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    sim.set_session_starts_left(0);
    tokio::time::advance(Duration::from_secs(5)).await;
    let mut second = greeted(&sim, QUERY).await;
    second.send(identify(&sim, GUILDS, [0, 1])).await;
    assert_eq!(second.end().await, End::Closed(4004));
    assert_eq!(client.end().await, End::Closed(4004));
}

#[tokio::test(start_paused = true)]
async fn sessions_of_different_shard_counts_live_side_by_side() {
    let sim = Simulator::builder()
        .in_memory()
        .max_concurrency(4)
        .start()
        .await
        .unwrap();
    let mut clients = Vec::new();
    for shard in [[0, 1], [0, 2], [1, 2]] {
        let mut client = greeted(&sim, QUERY).await;
        tokio::time::advance(Duration::from_secs(5)).await;
        client.send(identify(&sim, ALL & !1, shard)).await;
        client.dispatch("READY").await;
        clients.push(client);
    }
    let world = sim.world();
    let ada = sim.user("ada");
    // One guild of each shard, and a direct message, which is shard 0's.
    for guild in &world.guilds {
        sim.say(
            guild.channel("general").unwrap(),
            ada,
            &guild.shard(2).to_string(),
        );
    }
    sim.say_privately(ada, "0");
    let [all, zero, one] = clients.as_mut_slice() else {
        unreachable!()
    };
    for _ in 0..3 {
        all.dispatch("MESSAGE_CREATE").await;
    }
    for (client, own, times) in [(zero, "0", 2), (one, "1", 1)] {
        for _ in 0..times {
            assert_eq!(client.dispatch("MESSAGE_CREATE").await["d"]["content"], own);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_compressed_connection_is_one_context() {
    let codecs = [
        "zlib-stream",
        #[cfg(feature = "zstd")]
        "zstd-stream",
    ];
    for codec in codecs {
        let sim = start().await;
        let path = format!("/?v=10&encoding=json&compress={codec}");
        let mut client = greeted(&sim, &path).await;
        client.send(identify(&sim, ALL, [0, 1])).await;
        let ready = client.dispatch("READY").await;
        client.dispatch("GUILD_CREATE").await;
        client.dispatch("GUILD_CREATE").await;
        sim.script(0, Fault::CutInMidFrame);
        sim.say(sim.channel("general"), sim.user("ada"), &"long".repeat(300));
        assert_eq!(client.end().await, End::Cut);

        let mut client = greeted(&sim, &path).await;
        let session = ready["d"]["session_id"].as_str().unwrap();
        client.send(resume(&sim, session, 3)).await;
        let message = client.dispatch("MESSAGE_CREATE").await;
        assert_eq!(message["d"]["content"], "long".repeat(300));
        client.dispatch("RESUMED").await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_compression_that_nobody_knows_is_refused() {
    let sim = start().await;
    for asked in ["gzip", "zlib", "zstd", "true", ""] {
        let refused = dial(&sim, &format!("/?v=10&encoding=json&compress={asked}")).await;
        let Err(Error::Http(response)) = refused else {
            panic!("compress={asked} was taken");
        };
        assert_eq!(response.status(), 400, "compress={asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn transports_can_be_taken_away() {
    let builder = Simulator::builder().in_memory();
    let sim = builder.transports(["zlib-stream"]).start().await.unwrap();
    for (query, accepted) in [("", false), ("&compress=zlib-stream", true)] {
        let dialled = dial(&sim, &format!("/?v=10&encoding=json{query}")).await;
        assert_eq!(dialled.is_ok(), accepted, "{query}");
    }
}

#[tokio::test(start_paused = true)]
async fn member_chunks_come_in_thousands_with_the_nonce() {
    let world = World::generate(3, 1, 2_500);
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let (mut client, ready) = ready(&sim, ALL).await;
    let guild = ready["d"]["guilds"][0]["id"].clone();
    let ask = |extra: Value| {
        let mut d = json!({ "guild_id": guild });
        d.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        json!({ "op": 8, "d": d })
    };
    client
        .send(ask(json!({ "query": "", "limit": 0, "nonce": "n" })))
        .await;
    let mut members = 0;
    for index in 0..3 {
        let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
        assert_eq!(
            (&chunk["d"]["chunk_index"], &chunk["d"]["chunk_count"]),
            (&json!(index), &json!(3))
        );
        assert_eq!(chunk["d"]["nonce"], "n");
        members += chunk["d"]["members"].as_array().unwrap().len();
    }
    assert_eq!(members, 2_502);
    client
        .send(ask(json!({ "query": "", "limit": 0, "nonce": "m" })))
        .await;
    let limited = client.dispatch("RATE_LIMITED").await;
    assert_eq!(limited["d"]["opcode"], 8);
    assert_eq!(limited["d"]["retry_after"], 30.0);
    assert_eq!(
        limited["d"]["meta"],
        json!({ "guild_id": guild, "nonce": "m" })
    );
    client
        .send(ask(
            json!({ "user_ids": ["1", sim.world().bot.get().to_string()] }),
        ))
        .await;
    let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["d"]["not_found"], json!(["1"]));
    assert_eq!(chunk["d"]["members"].as_array().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn scripted_faults_bite_where_they_are_told_to() {
    let sim = start().await;
    sim.script_any(Fault::HttpStatus(503).at(Dialled::Resume));
    let (client, ready) = ready(&sim, GUILDS).await;
    let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
    drop(client);
    let resume_path = "/resume/0?v=10&encoding=json";
    assert!(dial(&sim, resume_path).await.is_err());

    sim.script(0, Fault::CloseAfterHello(None));
    let mut client = greeted(&sim, resume_path).await;
    assert_eq!(client.end().await, End::Cut);

    sim.script(
        0,
        Fault::InvalidSessionOnResume { resumable: true }.times(2),
    );
    let mut client = greeted(&sim, resume_path).await;
    for _ in 0..2 {
        client.send(resume(&sim, &session, 3)).await;
        assert_eq!(client.next().await.unwrap()["op"], 9);
    }
    client.send(resume(&sim, &session, 3)).await;
    client.dispatch("RESUMED").await;

    drop(client);
    sim.script(0, Fault::RefuseResumeWith4007);
    let mut client = greeted(&sim, resume_path).await;
    client.send(resume(&sim, &session, 4)).await;
    assert_eq!(client.end().await, End::Closed(4007));

    sim.script_any(Fault::NoHello);
    let mut client = dial(&sim, QUERY).await.unwrap();
    let silence = tokio::time::timeout(Duration::from_secs(600), client.next()).await;
    assert!(silence.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_event_is_in_the_journal_and_not_on_the_wire() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    sim.drop_event(0, Some("MESSAGE_CREATE"));
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    sim.say(general, ada, "never seen");
    sim.say(general, ada, "seen");
    let message = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(message["d"]["content"], "seen");
    let sent = sim.sent_dispatches();
    assert_eq!(
        sent.iter()
            .filter(|dispatch| dispatch.name == "MESSAGE_CREATE")
            .count(),
        2
    );
    assert_eq!(
        message["s"].as_u64(),
        sent.last().map(|dispatch| dispatch.seq)
    );
}

#[tokio::test(start_paused = true)]
async fn live_faults_reach_the_shard_they_name() {
    let sim = start().await;
    let (mut client, ready) = ready(&sim, GUILDS).await;
    assert!(!sim.reconnect(1));
    assert!(sim.reconnect(0));
    assert_eq!(client.next().await.unwrap()["op"], 7);
    assert!(sim.invalid_session(0, false));
    let invalid = client.next().await.unwrap();
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    let session = ready["d"]["session_id"].as_str().unwrap();
    client.send(resume(&sim, session, 3)).await;
    assert_eq!(client.next().await.unwrap()["op"], 9);
    sim.reconnect_every(0, Duration::from_secs(10));
    tokio::time::advance(Duration::from_secs(5)).await;
    client.send(identify(&sim, 0, [0, 1])).await;
    client.dispatch("READY").await;
    assert_eq!(client.next().await.unwrap()["op"], 7);
    assert!(sim.close(0, 4000));
    assert_eq!(client.end().await, End::Closed(4000));
}

#[tokio::test(start_paused = true)]
async fn a_replay_can_begin_too_early_and_raw_messages_pass_as_they_are() {
    let sim = start().await;
    let (client, ready) = ready(&sim, GUILDS).await;
    let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
    drop(client);
    sim.script(0, Fault::ReplayAgain(2));
    let mut client = greeted(&sim, QUERY).await;
    client.send(resume(&sim, &session, 3)).await;
    for (name, seq) in [("GUILD_CREATE", 2), ("GUILD_CREATE", 3), ("RESUMED", 4)] {
        assert_eq!(client.dispatch(name).await["s"], seq);
    }
    assert!(sim.send_text(0, r#"{"op":77,"d":"whatever"}"#));
    assert_eq!(client.next().await.unwrap()["op"], 77);
}

#[tokio::test(start_paused = true)]
async fn ready_can_be_late_while_heartbeats_are_answered() {
    let sim = start().await;
    sim.script(0, Fault::DelayReady(Duration::from_secs(60)));
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, ALL, [0, 1])).await;
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    // What happens before READY is not told: it is in the guilds that follow it.
    sim.say(sim.channel("general"), sim.user("ada"), "early");
    let ready = client.dispatch("READY").await;
    assert_eq!(ready["s"], 1);
    assert!(
        sim.journal()
            .iter()
            .any(|entry| entry.at >= Duration::from_secs(60))
    );
}

#[tokio::test(start_paused = true)]
async fn the_journal_reads_like_a_log_and_keeps_no_token() {
    let sim = Simulator::builder()
        .in_memory()
        .token("very-secret")
        .start()
        .await
        .unwrap();
    let (client, _) = ready(&sim, GUILDS).await;
    client.close(1000).await;
    let journal = sim.journal();
    let text = journal.to_string();
    for line in [
        "<- connect /?v=10&encoding=json",
        "op 2 IDENTIFY",
        "READY seq 1",
        "<- close 1000",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    assert!(!text.contains("very-secret"));
    assert!(
        journal
            .iter()
            .any(|e| e.kind == EntryKind::ClientClosed { code: Some(1000) })
    );
}

#[tokio::test(start_paused = true)]
async fn shutdown_ends_every_connection() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    let idle = sim.connect();
    sim.shutdown().await;
    assert_eq!(client.end().await, End::Cut);
    assert_eq!(sim.connections(), 0);
    drop(idle);

    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    drop(sim);
    assert_eq!(client.end().await, End::Cut);
}

#[tokio::test(start_paused = true)]
async fn a_session_refused_with_4007_cannot_be_resumed_any_more() {
    let sim = start().await;
    let (client, ready) = ready(&sim, GUILDS).await;
    let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
    client.close(4000).await;
    let mut client = greeted(&sim, QUERY).await;
    client.send(resume(&sim, &session, 1_000)).await;
    assert_eq!(client.end().await, End::Closed(4007));
    let mut client = greeted(&sim, QUERY).await;
    client.send(resume(&sim, &session, 3)).await;
    let answer = client.next().await.unwrap();
    assert_eq!((&answer["op"], &answer["d"]), (&json!(9), &json!(false)));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_ends_takes_the_connection_that_carried_it_along() {
    let sim = start().await;
    let (mut old, ready) = ready(&sim, GUILDS).await;
    let session = ready["d"]["session_id"].as_str().unwrap().to_owned();
    let mut new = greeted(&sim, QUERY).await;
    new.send(resume(&sim, &session, 1_000)).await;
    assert_eq!(new.end().await, End::Closed(4007));
    assert_eq!(old.end().await, End::Cut);
    assert_eq!(sim.connections(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_nonce_that_is_too_long_is_ignored_in_every_answer() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.world().guilds[0].id.to_string();
    for answer in ["GUILD_MEMBERS_CHUNK", "RATE_LIMITED"] {
        let asked = json!({
            "guild_id": guild, "query": "", "limit": 0, "nonce": "n".repeat(33),
        });
        client.send(json!({ "op": 8, "d": asked })).await;
        let told = client.dispatch(answer).await;
        let nonces = [&told["d"]["nonce"], &told["d"]["meta"]["nonce"]];
        assert_eq!(nonces, [&Value::Null; 2], "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_voice_channel_is_joined_only_where_there_is_one() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.world().guilds[0].id.to_string();
    let join = |channel: Value| {
        json!({ "op": 4, "d": {
            "guild_id": guild, "channel_id": channel, "self_mute": false, "self_deaf": false,
        }})
    };
    for nowhere in [json!("1"), json!(sim.channel("general").to_string())] {
        client.send(join(nowhere)).await;
    }
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    sim.emit("USER_UPDATE", json!({}), None);
    client.dispatch("USER_UPDATE").await;
    client.send(join(json!("lounge"))).await;
    assert_eq!(client.end().await, End::Closed(4002));
}

#[tokio::test(start_paused = true)]
async fn nothing_runs_any_more_after_shutdown() {
    let sim = start().await;
    // Its task has not run yet when the end comes.
    let mut client = sim.connect();
    sim.shutdown().await;
    let read = client.read(&mut [0; 8]).now_or_never();
    assert_eq!(read.unwrap().unwrap(), 0, "the other side is gone");
}
