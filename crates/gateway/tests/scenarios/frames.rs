//! Frames that nobody expects.

use std::time::Duration;

use polycord_gateway::Compression;
use polycord_simulator::Fault;
use polycord_types::gateway::Event;
use serde_json::json;

use crate::rig::Rig;

const A_MOMENT: Duration = Duration::from_millis(10);

#[tokio::test(start_paused = true)]
async fn t45_what_nobody_knows_or_can_read_costs_neither_the_connection_nor_an_event() {
    let rig = Rig::configured(|_| (), |config| config.compression(Compression::None)).await;
    rig.wait_ready(1).await;
    rig.sim.send_text(0, r#"{"op":99,"d":{}}"#);
    rig.sim.send_text(0, "{{{");
    rig.sim.send_text(0, "");
    rig.sim.send_bytes(0, vec![b'{', 0xFF, 0xFE, b'}']);
    let guild = rig.sim.guild("polycord");
    rig.sim
        .emit("FROM_TOMORROW", json!({"is": ["new"]}), Some(guild));
    rig.say("and on it goes");
    rig.pass(A_MOMENT).await;

    let unknown = rig.seen.last("FROM_TOMORROW").unwrap();
    let Ok(Event::Raw(raw)) = unknown.decode() else {
        panic!("{:?}", unknown.decode());
    };
    assert_eq!(raw.data().get(), r#"{"is":["new"]}"#);
    let counters = rig.shard.status().counters;
    assert_eq!((counters.bad_frames, counters.unexpected_frames), (3, 1));
    assert_eq!(rig.sim.connections_opened(), 1);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn t46_a_channel_of_a_new_type_does_not_cost_its_guild() {
    let rig = Rig::ready().await;
    let guild = json!({"id": "77", "name": "new", "channels": [{"id": "78", "type": 99}]});
    rig.sim.emit("GUILD_CREATE", guild, None);
    rig.pass(A_MOMENT).await;
    let Ok(Event::GuildCreate(guild)) = rig.seen.last("GUILD_CREATE").unwrap().decode() else {
        panic!("the guild was not decoded");
    };
    let told = serde_json::to_value(&guild.channels[0]).unwrap();
    assert_eq!(told["type"], 99);
}

#[tokio::test(start_paused = true)]
async fn t47_a_field_that_is_missing_null_or_of_another_kind_costs_that_field_only() {
    let rig = Rig::ready().await;
    let odd = [
        json!({}),
        json!({"content": null, "embeds": null, "timestamp": null}),
        json!({"content": 7, "embeds": {}, "tts": "yes", "mentions": [{"id": "8"}, 9]}),
    ];
    for mut message in odd {
        for (key, value) in [
            ("id", json!("5")),
            ("channel_id", json!("6")),
            ("author", json!({"id": "7"})),
        ] {
            message[key] = value;
        }
        rig.sim.emit("MESSAGE_CREATE", message.clone(), None);
        rig.pass(A_MOMENT).await;
        let event = rig.seen.last("MESSAGE_CREATE").unwrap().decode();
        assert!(
            matches!(event, Ok(Event::MessageCreate(_))),
            "{message}: {event:?}"
        );
    }
    // Without what identifies it there is no message, and still an event.
    let before = rig.shard.status().seq.unwrap();
    rig.sim
        .emit("MESSAGE_CREATE", json!({"content": "whose?"}), None);
    rig.pass(A_MOMENT).await;
    let nameless = rig.seen.last("MESSAGE_CREATE").unwrap();
    assert!(nameless.decode().is_err());
    assert_eq!(nameless.data(), r#"{"content":"whose?"}"#);
    assert_eq!(rig.shard.status().seq, Some(before + 1));
}

#[tokio::test(start_paused = true)]
async fn t48_an_unavailable_guild_is_delivered_as_one() {
    let rig = Rig::ready().await;
    let guild = json!({"id": "77", "unavailable": true});
    rig.sim.emit("GUILD_CREATE", guild, None);
    rig.pass(A_MOMENT).await;
    let Ok(Event::GuildCreate(guild)) = rig.seen.last("GUILD_CREATE").unwrap().decode() else {
        panic!("the guild was not decoded");
    };
    assert_eq!(guild.unavailable, Some(true));
}

#[tokio::test(start_paused = true)]
async fn t52_a_message_cut_in_its_middle_leaves_no_stale_bytes_behind() {
    let rig = Rig::ready().await;
    rig.sim.script(0, Fault::CutInMidFrame);
    rig.say("this one is cut in two");
    rig.wait_resumed(1).await;
    rig.say("and this one is whole");
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.assert_nothing_lost().await;
    assert_eq!(rig.shard.status().counters.bad_frames, 0);
}

#[tokio::test(start_paused = true)]
async fn t53_corrupt_compressed_bytes_close_resumably_and_lose_nothing() {
    let rig = Rig::ready().await;
    rig.sim.send_bytes(0, vec![0xAA; 64]);
    rig.say("behind the damage");
    rig.wait_resumed(1).await;
    let closes = rig.client_closes();
    assert!(
        closes.iter().all(|code| !matches!(code, Some(1000 | 1001))),
        "{closes:?}"
    );
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    assert_eq!(rig.shard.status().counters.bad_frames, 1);
    assert_eq!(rig.shard.status().counters.heartbeats_missed, 0);
    rig.assert_nothing_lost().await;
}
