//! What a client asks for over the gateway, and what can go wrong with it.

use std::time::Duration;

use polycord_simulator::{EntryKind, Fault, RequestFault, Simulator, World};
use serde_json::{Value, json};

use super::client::{ALL, Client, End, QUERY, greeted, ready, resume};

async fn start(world: World) -> Simulator {
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

fn everybody(guild: &Value) -> Value {
    json!({ "op": 8, "d": { "guild_id": guild, "query": "", "limit": 0, "nonce": "n" } })
}

/// The numbers of the chunks that come before a beat is answered.
async fn chunks(client: &mut Client) -> Vec<u64> {
    client.send(json!({ "op": 1, "d": null })).await;
    let mut indexes = Vec::new();
    let mut beaten = false;
    // The answer to the beat overtakes what is still to be written.
    while let Ok(frame) = tokio::time::timeout(Duration::from_secs(1), client.next()).await {
        let frame = frame.unwrap();
        match frame["t"].as_str() {
            Some("GUILD_MEMBERS_CHUNK") => {
                indexes.push(frame["d"]["chunk_index"].as_u64().unwrap());
            }
            Some(other) => panic!("{other}"),
            None => beaten = frame["op"] == 11,
        }
    }
    assert!(beaten);
    indexes
}

async fn crowd() -> (Simulator, Client, Value) {
    let sim = start(World::generate(3, 1, 2_500)).await;
    let (client, ready) = ready(&sim, ALL).await;
    let guild = ready["d"]["guilds"][0]["id"].clone();
    (sim, client, guild)
}

#[tokio::test(start_paused = true)]
async fn soundboard_sounds_come_for_each_guild_that_is_served() {
    let world = World::new()
        .guild("tea house", |g| g.sound("kettle").sound("cup"))
        .guild("library", |g| g.channel("quiet"));
    let sim = start(world).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guilds = ["library", "tea house"].map(|name| sim.guild(name).to_string());
    let ask = json!({ "op": 31, "d": { "guild_ids": [guilds[0], "1", guilds[1]] } });
    client.send(ask).await;
    let none = client.dispatch("SOUNDBOARD_SOUNDS").await;
    assert_eq!(
        none["d"],
        json!({ "guild_id": guilds[0], "soundboard_sounds": [] })
    );
    let two = client.dispatch("SOUNDBOARD_SOUNDS").await;
    let sounds = two["d"]["soundboard_sounds"].as_array().unwrap();
    let names: Vec<_> = sounds.iter().map(|sound| sound["name"].clone()).collect();
    assert_eq!(names, ["kettle", "cup"]);
    assert_eq!(two["d"]["guild_id"], json!(guilds[1]));
    client
        .send(json!({ "op": 31, "d": { "guild_ids": guilds[0] } }))
        .await;
    assert_eq!(client.end().await, End::Closed(4002));
}

#[tokio::test(start_paused = true)]
async fn channel_info_has_the_fields_asked_for_of_voice_channels() {
    let world = World::new().guild("tea house", |g| {
        let guild = g
            .channel("general")
            .voice_channel("lounge")
            .voice_channel("attic");
        guild.voice_status("lounge", "tasting").member("ada")
    });
    let sim = start(world).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("tea house");
    let (lounge, attic) = (sim.channel("lounge"), sim.channel("attic"));
    let ask = |fields: Value| json!({ "op": 43, "d": { "guild_id": guild.to_string(), "fields": fields } });
    client.send(ask(json!(["status"]))).await;
    let told = client.dispatch("CHANNEL_INFO").await;
    let expected = json!([
        { "id": lounge.to_string(), "status": "tasting" },
        { "id": attic.to_string(), "status": null },
    ]);
    assert_eq!(
        told["d"],
        json!({ "guild_id": guild.to_string(), "channels": expected })
    );

    let ada = sim.user("ada");
    sim.voice(guild, ada, Some(attic));
    client.dispatch("VOICE_STATE_UPDATE").await;
    client.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    client
        .send(ask(json!(["voice_start_time", "weather"])))
        .await;
    let told = client.dispatch("CHANNEL_INFO").await;
    let channels = told["d"]["channels"].as_array().unwrap();
    assert_eq!(
        channels[0],
        json!({ "id": lounge.to_string(), "voice_start_time": null })
    );
    assert!(channels[1]["voice_start_time"].as_u64() > Some(1_600_000_000));
    sim.voice(guild, ada, None);
    client.dispatch("VOICE_STATE_UPDATE").await;
    client.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    client.send(ask(json!(["voice_start_time"]))).await;
    let told = client.dispatch("CHANNEL_INFO").await;
    assert_eq!(told["d"]["channels"][1]["voice_start_time"], Value::Null);
    client.send(ask(json!("status"))).await;
    assert_eq!(client.end().await, End::Closed(4002));
}

#[tokio::test(start_paused = true)]
async fn chunks_are_lost_repeated_and_turned_round_as_scripted() {
    for (fault, expected) in [
        (RequestFault::LoseChunk(1), vec![0, 2]),
        (RequestFault::RepeatChunks, vec![0, 0, 1, 1, 2, 2]),
        (RequestFault::ReverseChunks, vec![2, 1, 0]),
    ] {
        let (sim, mut client, guild) = crowd().await;
        sim.script(0, fault);
        client.send(everybody(&guild)).await;
        assert_eq!(chunks(&mut client).await, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_guild_goes_in_the_middle_of_its_chunks() {
    for outage in [true, false] {
        let (sim, mut client, guild) = crowd().await;
        sim.script(0, RequestFault::GuildGone { after: 1, outage });
        client.send(everybody(&guild)).await;
        client.dispatch("GUILD_MEMBERS_CHUNK").await;
        let gone = client.dispatch("GUILD_DELETE").await;
        let mut expected = json!({ "id": guild });
        if outage {
            expected["unavailable"] = json!(true);
        }
        assert_eq!(gone["d"], expected);
        assert_eq!(sim.world().guilds.len(), usize::from(outage));
        // What is gone can be asked about, and is not answered.
        client.send(everybody(&guild)).await;
        assert_eq!(chunks(&mut client).await, [0_u64; 0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_is_ignored_or_told_to_come_later_as_often_as_scripted() {
    let (sim, mut client, guild) = crowd().await;
    let retry_after = Duration::from_secs(7);
    sim.script(0, RequestFault::Ignore(8));
    sim.script(0, RequestFault::RateLimit { op: 8, retry_after });
    sim.script(
        0,
        RequestFault::RateLimit {
            op: 43,
            retry_after,
        },
    );
    client.send(everybody(&guild)).await;
    client.send(everybody(&guild)).await;
    let limited = client.dispatch("RATE_LIMITED").await;
    let meta = json!({ "guild_id": guild, "nonce": "n" });
    assert_eq!(
        limited["d"],
        json!({ "opcode": 8, "retry_after": 7.0, "meta": meta })
    );
    client.send(everybody(&guild)).await;
    assert_eq!(chunks(&mut client).await, [0, 1, 2]);
    let info = json!({ "op": 43, "d": { "guild_id": guild, "fields": [] } });
    client.send(info).await;
    let limited = client.dispatch("RATE_LIMITED").await;
    assert_eq!(
        limited["d"],
        json!({ "opcode": 43, "retry_after": 7.0, "meta": {} })
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_cut_off_comes_in_the_replay() {
    let (sim, mut client, guild) = crowd().await;
    sim.script(0, RequestFault::CutAfter(8));
    client.send(everybody(&guild)).await;
    assert_eq!(client.end().await, End::Cut);
    let session = sim.journal().iter().find_map(|entry| match &entry.kind {
        EntryKind::Identified { session, .. } => Some(session.clone()),
        _ => None,
    });
    let mut client = greeted(&sim, QUERY).await;
    client.send(resume(&sim, &session.unwrap(), 2)).await;
    for _ in 0..3 {
        client.dispatch("GUILD_MEMBERS_CHUNK").await;
    }
    client.dispatch("RESUMED").await;
}

#[tokio::test(start_paused = true)]
async fn the_voice_server_comes_first_or_in_two_steps_as_scripted() {
    let sim = start(World::default()).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (guild, lounge) = (sim.guild("polycord"), sim.channel("lounge"));
    let join = json!({ "op": 4, "d": {
        "guild_id": guild.to_string(), "channel_id": lounge.to_string(),
        "self_mute": false, "self_deaf": false,
    }});
    sim.script(0, RequestFault::VoiceServerFirst);
    client.send(join.clone()).await;
    client.dispatch("VOICE_SERVER_UPDATE").await;
    client.dispatch("VOICE_STATE_UPDATE").await;
    client.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    sim.script(0, Fault::from(RequestFault::VoiceServerAway));
    client.send(join).await;
    client.dispatch("VOICE_STATE_UPDATE").await;
    let away = client.dispatch("VOICE_SERVER_UPDATE").await;
    assert_eq!(away["d"]["endpoint"], Value::Null);
    let there = client.dispatch("VOICE_SERVER_UPDATE").await;
    assert!(there["d"]["endpoint"].is_string());
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_is_expelled_is_told_and_no_member_any_more() {
    let sim = start(World::default()).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("polycord");
    assert!(sim.expel(guild));
    let gone = client.dispatch("GUILD_DELETE").await;
    assert_eq!(gone["d"], json!({ "id": guild.to_string() }));
    assert!(!sim.expel(guild));
}
