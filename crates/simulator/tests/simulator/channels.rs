//! Channels: changed, deleted, who may what in them, invites to them.

use polycord_simulator::{Simulator, VoiceFlag, World};
use serde_json::{Value, json};

use crate::call::may;
use crate::client::{ALL, ready};
use crate::messages::{id, ok, refused, start, until};

#[tokio::test(start_paused = true)]
async fn a_channel_is_changed_within_its_limits() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let general = format!("/channels/{}", sim.channel("general"));
    let body = json!({ "name": "Tea Talk", "topic": "leaves", "rate_limit_per_user": 5, "bitrate": 8_000 });
    let changed = ok(&sim, "PATCH", &general, body).await;
    assert_eq!(changed["name"], "tea-talk");
    assert!(changed.get("bitrate").is_none());
    let event = until(&mut client, "CHANNEL_UPDATE").await;
    assert_eq!(event["topic"], "leaves");
    for body in [
        json!({ "name": "" }),
        json!({ "topic": "x".repeat(1_025) }),
        json!({ "rate_limit_per_user": 21_601 }),
        json!({ "parent_id": sim.channel("bots").to_string() }),
        json!({ "type": 2 }),
    ] {
        assert_eq!(refused(&sim, "PATCH", &general, body).await, (400, 50_035));
    }
    let lounge = format!("/channels/{}", sim.channel("lounge"));
    let body = json!({ "type": 5 });
    assert_eq!(refused(&sim, "PATCH", &lounge, body).await, (400, 50_024));
    ok(&sim, "DELETE", &general, Value::Null).await;
    let event = until(&mut client, "CHANNEL_DELETE").await;
    assert_eq!(event["name"], "tea-talk");
    assert_eq!(
        refused(&sim, "GET", &general, Value::Null).await,
        (404, 10_003)
    );
}

#[tokio::test(start_paused = true)]
async fn overwrites_are_put_changed_and_taken_away() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let ada = sim.user("ada");
    let path = format!("/channels/{}/permissions/{ada}", sim.channel("general"));
    for (allow, count) in [("1024", 1), ("2048", 1)] {
        ok(&sim, "PUT", &path, json!({ "type": 1, "allow": allow })).await;
        let event = until(&mut client, "CHANNEL_UPDATE").await;
        let list = event["permission_overwrites"].as_array().unwrap();
        assert_eq!(list.len(), count);
        let expected = json!({ "id": ada.to_string(), "type": 1, "allow": allow, "deny": "0" });
        assert!(list.contains(&expected));
    }
    let as_role = json!({ "type": 0 });
    assert_eq!(refused(&sim, "PUT", &path, as_role).await, (404, 10_009));
    assert_eq!(refused(&sim, "PUT", &path, json!({})).await, (400, 50_035));
    ok(&sim, "DELETE", &path, Value::Null).await;
    until(&mut client, "CHANNEL_UPDATE").await;
    assert_eq!(
        refused(&sim, "DELETE", &path, Value::Null).await,
        (404, 10_009)
    );
}

#[tokio::test(start_paused = true)]
async fn an_invite_is_made_once_unless_it_is_to_be_unique() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/channels/{}/invites", sim.channel("general"));
    let invite = ok(&sim, "POST", &path, json!({ "max_age": 3_600 })).await;
    let event = until(&mut client, "INVITE_CREATE").await;
    assert_eq!(event["code"], invite["code"]);
    assert_eq!(event["max_age"], 3_600);
    let again = ok(&sim, "POST", &path, json!({ "max_age": 3_600 })).await;
    assert_eq!(again["code"], invite["code"]);
    let unique = json!({ "max_age": 3_600, "unique": true });
    assert_ne!(
        ok(&sim, "POST", &path, unique).await["code"],
        invite["code"]
    );
    let listed = ok(&sim, "GET", &path, Value::Null).await;
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(
        refused(&sim, "POST", &path, json!({ "max_uses": 101 })).await,
        (400, 50_035)
    );
    let code = invite["code"].as_str().unwrap();
    let read = ok(&sim, "GET", &format!("/invites/{code}"), Value::Null).await;
    assert_eq!(read["guild"]["name"], "polycord");
    assert_eq!(id(&read["channel"]), sim.channel("general").to_string());
}

#[tokio::test(start_paused = true)]
async fn a_voice_channel_has_a_status_and_others_have_none() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = |name: &str| format!("/channels/{}/voice-status", sim.channel(name));
    ok(&sim, "PUT", &path("lounge"), json!({ "status": "tasting" })).await;
    let event = until(&mut client, "VOICE_CHANNEL_STATUS_UPDATE").await;
    assert_eq!(event["status"], "tasting");
    let body = json!({ "status": null });
    assert_eq!(
        refused(&sim, "PUT", &path("general"), body).await,
        (400, 50_024)
    );
}

#[tokio::test(start_paused = true)]
async fn a_sound_is_played_by_who_is_there_and_can_be_heard() {
    let world = World::new().guild("tea house", |guild| {
        guild
            .channel("general")
            .voice_channel("lounge")
            .sound("kettle")
    });
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let sim = builder.world(world).start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let (guild, lounge) = (sim.guild("tea house"), sim.channel("lounge"));
    let sounds = format!("/guilds/{guild}/soundboard-sounds");
    let sounds = ok(&sim, "GET", &sounds, Value::Null).await;
    let sound = sounds["items"][0]["sound_id"].clone();
    let path = format!("/channels/{lounge}/send-soundboard-sound");
    let body = json!({ "sound_id": sound });
    assert_eq!(
        refused(&sim, "POST", &path, body.clone()).await,
        (400, 40_032)
    );
    let bot = sim.world().bot;
    sim.voice(guild, bot, Some(lounge));
    assert_eq!(
        refused(&sim, "POST", &path, json!({ "sound_id": "9" })).await,
        (404, 10_097)
    );
    assert_eq!(refused(&sim, "POST", &path, json!({})).await, (400, 50_035));
    ok(&sim, "POST", &path, body.clone()).await;
    let event = until(&mut client, "VOICE_CHANNEL_EFFECT_SEND").await;
    assert_eq!(
        (&event["sound_id"], &event["user_id"]),
        (&sound, &json!(bot.to_string()))
    );
    sim.set_voice_flag(guild, bot, VoiceFlag::Mute, true);
    assert_eq!(refused(&sim, "POST", &path, body).await, (403, 50_013));
}

#[tokio::test(start_paused = true)]
async fn an_invite_that_asks_for_nothing_has_a_body_all_the_same() {
    let sim = start().await;
    let path = format!("/channels/{}/invites", sim.channel("general"));
    assert_eq!(
        refused(&sim, "POST", &path, Value::Null).await,
        (400, 50_109)
    );
}

#[tokio::test(start_paused = true)]
async fn the_text_of_a_voice_channel_is_for_those_who_may_come_in() {
    let plain = 1 << 10 | 1 << 16;
    let world = World::new().guild("tea house", |guild| {
        let guild = guild
            .everyone_permissions(may(plain))
            .bot_permissions(may(plain));
        guild.channel("general").voice_channel("lounge")
    });
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let path = |name: &str| format!("/channels/{}/messages", sim.channel(name));
    ok(&sim, "GET", &path("general"), Value::Null).await;
    let said = sim.say(sim.channel("lounge"), sim.user("owner"), "anybody here?");
    let answer = refused(&sim, "GET", &path("lounge"), Value::Null).await;
    assert_eq!(answer, (403, 50_013));
    let one = format!("{}/{said}", path("lounge"));
    assert_eq!(refused(&sim, "GET", &one, Value::Null).await, (403, 50_013));
}

#[tokio::test(start_paused = true)]
async fn who_manages_roles_in_a_channel_gives_there_what_they_do_not_have() {
    let plain = 1 << 10 | 1 << 11;
    let world = World::new().guild("tea house", |guild| {
        let guild = guild
            .everyone_permissions(may(plain))
            .bot_permissions(may(plain));
        guild.channel("general").channel("cellar").member("ada")
    });
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let sim = builder.world(world).start().await.unwrap();
    let (bot, owner) = (sim.world().bot, sim.user("owner"));
    let path = |channel: &str, whom: String| {
        format!("/channels/{}/permissions/{whom}", sim.channel(channel))
    };
    let allow = |bits: u64| json!({ "type": 1, "allow": bits.to_string() });
    let ada = sim.user("ada").to_string();
    let answer = refused(&sim, "PUT", &path("general", ada.clone()), allow(1 << 15)).await;
    assert_eq!(answer, (403, 50_013));
    let own = path("general", bot.to_string());
    sim.request_as(owner, "PUT", &own, &allow(1 << 28)).unwrap();
    ok(&sim, "PUT", &path("general", ada.clone()), allow(1 << 15)).await;
    let answer = refused(&sim, "PUT", &path("cellar", ada), allow(1 << 15)).await;
    assert_eq!(answer, (403, 50_013));
}

#[tokio::test(start_paused = true)]
async fn flags_are_those_that_a_channel_can_have() {
    let world = World::new().guild("tea house", |guild| {
        let guild = guild.channel("general").forum_channel("questions", &[]);
        let guild = guild.thread("general", "about tea");
        guild
            .thread("questions", "first")
            .thread("questions", "second")
    });
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let sim = builder.world(world).start().await.unwrap();
    let all = json!({ "flags": 1 << 1 | 1 << 4 | 1 << 15 });
    for (name, flags) in [
        ("general", 0),
        ("questions", 1 << 4),
        ("about tea", 0),
        ("first", 1 << 1),
    ] {
        let path = format!("/channels/{}", sim.channel(name));
        assert_eq!(
            ok(&sim, "PATCH", &path, all.clone()).await["flags"],
            flags,
            "{name}"
        );
    }
    let (first, second) = (sim.channel("first"), sim.channel("second"));
    let second = format!("/channels/{second}");
    assert_eq!(
        refused(&sim, "PATCH", &second, all.clone()).await,
        (400, 30_047)
    );
    ok(
        &sim,
        "PATCH",
        &format!("/channels/{first}"),
        json!({ "flags": 0 }),
    )
    .await;
    ok(&sim, "PATCH", &second, all).await;
}
