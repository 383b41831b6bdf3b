//! What a client may ask its session for, and what it gets.

use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use super::{pass, start};
use crate::client::{ALL, Client, GUILDS, QUERY, greeted, identify, ready};

const MEMBERS: u64 = 1 << 1;
const PRESENCES: u64 = 1 << 8;

/// A simulator with one guild of so many people.
async fn crowd(members: usize) -> Simulator {
    let world = World::generate(3, 1, members);
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

fn ask(sim: &Simulator, mut d: Value) -> Value {
    d["guild_id"] = json!(sim.world().guilds[0].id.to_string());
    json!({ "op": 8, "d": d })
}

/// Proof that nothing else comes.
async fn nothing_comes(client: &mut Client) {
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
}

#[tokio::test(start_paused = true)]
async fn the_whole_list_of_members_needs_its_intent() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL & !MEMBERS).await;
    for limit in [0, 5] {
        let whole = json!({ "query": "", "limit": limit });
        client.send(ask(&sim, whole)).await;
        nothing_comes(&mut client).await;
    }
    client
        .send(ask(&sim, json!({ "query": "ad", "limit": 5 })))
        .await;
    let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["d"]["members"][0]["user"]["username"], "ada");
}

#[tokio::test(start_paused = true)]
async fn presences_of_members_need_their_intent() {
    let sim = start().await;
    for (intents, shown) in [(ALL, true), (ALL & !PRESENCES, false)] {
        let (mut client, _) = ready(&sim, intents).await;
        let asked = json!({ "query": "ad", "limit": 1, "presences": true });
        client.send(ask(&sim, asked)).await;
        let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
        assert_eq!(chunk["d"].get("presences").is_some(), shown);
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_query_or_a_list_gives_100_members_at_most() {
    let sim = crowd(300).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let world = sim.world();
    let ids = world.guilds[0].members.iter();
    let ids: Vec<String> = ids.map(|member| member.id.to_string()).take(120).collect();
    for asked in [
        json!({ "query": "", "limit": 250 }),
        json!({ "user_ids": ids }),
    ] {
        client.send(ask(&sim, asked)).await;
        let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
        assert_eq!(chunk["d"]["members"].as_array().unwrap().len(), 100);
        assert_eq!(chunk["d"]["chunk_count"], 1);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_found_is_an_answer_too() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let asked = json!({ "query": "zzzz", "limit": 1, "nonce": "n".repeat(32) });
    client.send(ask(&sim, asked)).await;
    let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["d"]["members"], json!([]));
    assert_eq!(chunk["d"]["nonce"], "n".repeat(32));
    let asked = json!({ "user_ids": ["5", "6"] });
    client.send(ask(&sim, asked)).await;
    let chunk = client.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["d"]["not_found"], json!(["5", "6"]));
}

#[tokio::test(start_paused = true)]
async fn all_members_of_a_guild_can_be_asked_for_once_in_30_seconds_by_all_sessions_together() {
    let sim = start().await;
    let (mut one, _) = ready(&sim, ALL).await;
    pass(5).await;
    let (mut two, _) = ready(&sim, ALL).await;
    let whole = ask(&sim, json!({ "query": "", "limit": 0, "nonce": "again" }));
    one.send(whole.clone()).await;
    one.dispatch("GUILD_MEMBERS_CHUNK").await;
    pass(10).await;
    two.send(whole.clone()).await;
    let limited = two.dispatch("RATE_LIMITED").await;
    assert_eq!(limited["d"]["opcode"], 8);
    assert_eq!(limited["d"]["retry_after"], 20.0);
    assert_eq!(limited["d"]["meta"]["nonce"], "again");
    let some = ask(&sim, json!({ "query": "a", "limit": 0 }));
    two.send(some).await;
    two.dispatch("GUILD_MEMBERS_CHUNK").await;
    pass(20).await;
    two.send(whole).await;
    two.dispatch("GUILD_MEMBERS_CHUNK").await;
}

#[tokio::test(start_paused = true)]
async fn guilds_of_other_shards_and_of_others_are_not_told_about() {
    let sim = start().await;
    let world = sim.world();
    let elsewhere = world.guilds.iter().find(|guild| guild.shard(2) == 1);
    let elsewhere = elsewhere.unwrap().id.to_string();
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, ALL & !GUILDS, [0, 2])).await;
    client.dispatch("READY").await;
    for guild in [elsewhere.as_str(), "12345"] {
        for (op, d) in [
            (
                4,
                json!({ "guild_id": guild, "channel_id": null, "self_mute": true, "self_deaf": true }),
            ),
            (8, json!({ "guild_id": guild, "query": "", "limit": 0 })),
            (31, json!({ "guild_ids": [guild] })),
            (43, json!({ "guild_id": guild, "fields": ["status"] })),
        ] {
            client.send(json!({ "op": op, "d": d })).await;
            nothing_comes(&mut client).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn voice_needs_a_state_and_a_server_and_only_who_asked_is_told_the_server() {
    let sim = start().await;
    let (mut other, _) = ready(&sim, ALL).await;
    pass(5).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let lounge = sim.channel("lounge").to_string();
    let guild = sim.guild("polycord").to_string();
    let join = json!({ "op": 4, "d": {
        "guild_id": guild, "channel_id": lounge, "self_mute": false, "self_deaf": true,
    }});
    client.send(join).await;
    let state = client.dispatch("VOICE_STATE_UPDATE").await;
    assert_eq!(state["d"]["user_id"], sim.world().bot.to_string());
    assert_eq!(state["d"]["channel_id"], lounge);
    assert_eq!(state["d"]["self_deaf"], true);
    client.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    let server = client.dispatch("VOICE_SERVER_UPDATE").await;
    assert_eq!(server["d"]["guild_id"], guild);
    assert!(server["d"]["token"].is_string() && server["d"]["endpoint"].is_string());
    other.dispatch("VOICE_STATE_UPDATE").await;
    other.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    nothing_comes(&mut other).await;
}
