use polycord_types::gateway::send::ChannelInfoField;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{GUILD, OTHER, Rig, seconds, settle, spawn};
use crate::RequestError;

fn sounds(guild: impl serde::Serialize) -> Value {
    let sound = json!({"name": "quack", "sound_id": "1", "volume": 1.0, "available": true});
    json!({"soundboard_sounds": [sound], "guild_id": guild})
}

#[tokio::test(start_paused = true)]
async fn sounds_of_guilds_come_in_any_order_and_each_once() {
    let rig = Rig::new();
    let answer = spawn(rig.handle.request_soundboard_sounds([GUILD, OTHER, GUILD]));
    assert_eq!(rig.sent().await, json!({"guild_ids": [GUILD, OTHER]}));
    for guild in [json!("9"), json!(OTHER), json!(OTHER), json!(GUILD)] {
        rig.event("SOUNDBOARD_SOUNDS", sounds(guild));
    }
    let all = answer.await.unwrap().unwrap();
    let guilds: Vec<_> = all.iter().map(|it| it.guild_id).collect();
    assert_eq!(guilds, [OTHER, GUILD]);
    assert_eq!(all[0].soundboard_sounds.len(), 1);
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn sounds_of_no_guild_are_none() {
    let rig = Rig::new();
    let none = rig.handle.request_soundboard_sounds([]).await.unwrap();
    assert!(none.is_empty() && rig.nothing_to_send());
}

#[tokio::test(start_paused = true)]
async fn sounds_that_do_not_come_are_counted() {
    let rig = Rig::new();
    let answer = spawn(rig.handle.request_soundboard_sounds([GUILD, OTHER]));
    rig.sent().await;
    rig.event("SOUNDBOARD_SOUNDS", sounds(GUILD));
    let error = answer.await.unwrap().unwrap_err();
    let expected = Some(2);
    assert!(matches!(error, RequestError::Timeout { received: 1, expected: it } if it == expected));
}

#[tokio::test(start_paused = true)]
async fn channel_info_goes_to_those_who_asked_in_their_order() {
    let rig = Rig::new();
    let ask = |field| spawn(rig.handle.request_channel_info(GUILD, [field]));
    let status = ask(ChannelInfoField::Status);
    settle().await;
    let start = ask(ChannelInfoField::VoiceStartTime);
    settle().await;
    let too = ask(ChannelInfoField::Status);
    assert_eq!(rig.sent().await["fields"], json!(["status"]));
    assert_eq!(rig.sent().await["fields"], json!(["voice_start_time"]));
    assert!(rig.nothing_to_send(), "the third shares the first answer");
    let info = |guild: Value, channel: Value| json!({"guild_id": guild, "channels": [channel]});
    rig.event("CHANNEL_INFO", info(json!(OTHER), json!({"id": "1"})));
    rig.event(
        "CHANNEL_INFO",
        info(json!(GUILD), json!({"id": "1", "status": "busy"})),
    );
    let second = json!({"id": "1", "voice_start_time": 5});
    rig.event("CHANNEL_INFO", info(json!(GUILD), second));
    for task in [status, too] {
        let channels = task.await.unwrap().unwrap().channels;
        assert_eq!(channels[0].status.as_deref(), Some("busy"));
    }
    let channels = start.await.unwrap().unwrap().channels;
    assert_eq!(channels[0].voice_start_time, Some(5));
}

#[tokio::test(start_paused = true)]
async fn the_answer_to_channel_info_that_nobody_waits_for_is_nobody_elses() {
    let channel = |channel: Value| json!({"guild_id": GUILD, "channels": [channel]});
    for is_sent in [true, false] {
        let rig = Rig::new();
        let ask = |field| spawn(rig.handle.request_channel_info(GUILD, [field]));
        let dropped = ask(ChannelInfoField::Status);
        settle().await;
        if is_sent {
            rig.sent().await;
        }
        dropped.abort();
        settle().await;
        let start = ask(ChannelInfoField::VoiceStartTime);
        settle().await;
        if !is_sent {
            rig.sent().await;
        }
        rig.sent().await;
        rig.event("CHANNEL_INFO", channel(json!({"id": "1", "status": "x"})));
        let asked = channel(json!({"id": "1", "voice_start_time": 5}));
        rig.event("CHANNEL_INFO", asked);
        let channels = start.await.unwrap().unwrap().channels;
        assert_eq!(channels[0].voice_start_time, Some(5), "{is_sent}");
        assert_eq!(rig.pending(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_to_channel_info_that_nobody_waits_for_is_not_waited_for_either() {
    let rig = Rig::new();
    let ask = |field| spawn(rig.handle.request_channel_info(GUILD, [field]));
    let dropped = ask(ChannelInfoField::Status);
    settle().await;
    rig.sent().await;
    dropped.abort();
    sleep(seconds(20)).await;
    let start = ask(ChannelInfoField::VoiceStartTime);
    rig.sent().await;
    let asked = json!({"guild_id": GUILD, "channels": [{"id": "1", "voice_start_time": 5}]});
    rig.event("CHANNEL_INFO", asked);
    let channels = start.await.unwrap().unwrap().channels;
    assert_eq!(channels[0].voice_start_time, Some(5));
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn t57_other_requests_are_held_too() {
    let rig = Rig::new();
    let answer = spawn(
        rig.handle
            .request_channel_info(GUILD, [ChannelInfoField::Status]),
    );
    let sounds = spawn(rig.handle.request_soundboard_sounds([GUILD]));
    let (first, _) = (rig.sent().await, rig.sent().await);
    rig.event(
        "RATE_LIMITED",
        json!({"opcode": 43, "retry_after": 20.0, "meta": {}}),
    );
    assert_eq!(rig.sent().await, first);
    let error = sounds.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Timeout { .. }), "{error}");
    rig.event("CHANNEL_INFO", json!({"guild_id": GUILD, "channels": []}));
    assert!(answer.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_taken_over_session_is_watched_no_longer_than_until_it_is_resumed() {
    let rig = Rig::of(crate::ShardId::ONE, 64);
    assert_eq!(rig.pending(), 1);
    rig.event("MESSAGE_CREATE", json!({}));
    assert_eq!(rig.pending(), 1);
    rig.event("RESUMED", json!({}));
    assert_eq!((rig.pending(), rig.requests().user()), (0, None));
    sleep(seconds(1)).await;
}
