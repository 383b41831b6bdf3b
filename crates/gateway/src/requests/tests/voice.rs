use polycord_types::id::ChannelId;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{GUILD, OTHER, Rig, seconds, spawn};
use crate::{RequestError, ShardId};

const LOUNGE: ChannelId = ChannelId::new(50);
const STAGE: ChannelId = ChannelId::new(51);

fn state(user: u64, channel: Option<ChannelId>, session: &str) -> Value {
    json!({
        "guild_id": GUILD,
        "channel_id": channel,
        "user_id": user.to_string(),
        "session_id": session,
    })
}

fn server(endpoint: Option<&str>, token: &str) -> Value {
    json!({"guild_id": GUILD, "endpoint": endpoint, "token": token})
}

#[tokio::test(start_paused = true)]
async fn joining_gives_the_triple_whatever_comes_first() {
    for server_first in [true, false] {
        let rig = Rig::new();
        let join = rig.handle.join_voice(GUILD, LOUNGE).self_deaf(true);
        let joined = spawn(join);
        let sent = rig.sent().await;
        assert_eq!(sent["channel_id"], json!(LOUNGE));
        assert_eq!(
            (&sent["self_mute"], &sent["self_deaf"]),
            (&json!(false), &json!(true))
        );
        // Others come and go.
        rig.event("VOICE_STATE_UPDATE", state(8, Some(LOUNGE), "other"));
        let mut elsewhere = server(Some("wrong.example"), "wrong");
        elsewhere["guild_id"] = json!(OTHER);
        rig.event("VOICE_SERVER_UPDATE", elsewhere);
        if server_first {
            rig.event(
                "VOICE_SERVER_UPDATE",
                server(Some("voice.example:443"), "s3cret"),
            );
        }
        rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
        if !server_first {
            rig.event(
                "VOICE_SERVER_UPDATE",
                server(Some("voice.example:443"), "s3cret"),
            );
        }
        let info = joined.await.unwrap().unwrap();
        assert_eq!((info.guild_id, info.channel_id), (GUILD, LOUNGE));
        assert_eq!((info.session_id.as_str(), info.user_id.get()), ("mine", 7));
        assert_eq!(info.endpoint, "voice.example:443");
        assert_eq!(info.token.expose(), "s3cret");
        assert!(!format!("{info:?}").contains("s3cret"));
        assert_eq!(rig.pending(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_without_an_endpoint_is_waited_out() {
    let rig = Rig::new();
    let joined = spawn(rig.handle.join_voice(GUILD, LOUNGE));
    rig.sent().await;
    rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
    rig.event("VOICE_SERVER_UPDATE", server(None, "old"));
    sleep(seconds(9)).await;
    assert!(!joined.is_finished());
    rig.event("VOICE_SERVER_UPDATE", server(Some("voice.example"), "new"));
    assert_eq!(joined.await.unwrap().unwrap().token.expose(), "new");
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_taken_back_does_not_count() {
    let rig = Rig::new();
    let joined = spawn(rig.handle.join_voice(GUILD, LOUNGE));
    rig.sent().await;
    rig.event("VOICE_SERVER_UPDATE", server(Some("first.example"), "old"));
    rig.event("VOICE_SERVER_UPDATE", server(None, "old"));
    rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
    rig.event("VOICE_SERVER_UPDATE", server(Some("second.example"), "new"));
    assert_eq!(joined.await.unwrap().unwrap().endpoint, "second.example");
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_is_moved_on_the_way_says_where_it_is() {
    let rig = Rig::new();
    let joined = spawn(rig.handle.join_voice(GUILD, LOUNGE));
    rig.sent().await;
    // Where it was before it asked.
    rig.event("VOICE_STATE_UPDATE", state(7, Some(STAGE), "before"));
    rig.event("VOICE_STATE_UPDATE", state(7, None, "before"));
    rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
    rig.event("VOICE_STATE_UPDATE", state(7, Some(STAGE), "moved"));
    rig.event(
        "VOICE_SERVER_UPDATE",
        server(Some("voice.example"), "token"),
    );
    let info = joined.await.unwrap().unwrap();
    assert_eq!(
        (info.channel_id, info.session_id.as_str()),
        (STAGE, "moved")
    );
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_is_disconnected_on_the_way_is_told() {
    let rig = Rig::new();
    let joined = spawn(rig.handle.join_voice(GUILD, LOUNGE));
    rig.sent().await;
    rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
    rig.event("VOICE_STATE_UPDATE", state(7, None, "mine"));
    let error = joined.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::LeftVoice), "{error}");
    assert_eq!(rig.pending(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_may_not_be_joined_ends_after_the_idle_timeout() {
    let rig = Rig::new();
    let joined = spawn(
        rig.handle
            .join_voice(GUILD, LOUNGE)
            .idle_timeout(seconds(4)),
    );
    rig.sent().await;
    let asked = Instant::now();
    for _ in 0..3 {
        sleep(seconds(1)).await;
        rig.event("VOICE_STATE_UPDATE", state(8, Some(LOUNGE), "other"));
    }
    let error = joined.await.unwrap().unwrap_err();
    let expected = Some(2);
    assert!(matches!(error, RequestError::Timeout { received: 0, expected: it } if it == expected));
    assert_eq!(asked.elapsed().as_secs(), 4);
}

#[tokio::test(start_paused = true)]
async fn who_the_bot_is_has_to_be_known() {
    let rig = Rig::of(ShardId::ONE, 64);
    rig.event("RESUMED", json!({}));
    let joined = spawn(rig.handle.join_voice(GUILD, LOUNGE));
    rig.sent().await;
    rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
    let error = joined.await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::UnknownUser), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_session_that_was_taken_over_knows_who_the_bot_is() {
    let rig = Rig::resuming(ShardId::ONE, 64, Some(7));
    assert_eq!(rig.pending(), 0);
    let joined = spawn(rig.handle.join_voice(GUILD, LOUNGE));
    rig.sent().await;
    rig.event("VOICE_STATE_UPDATE", state(7, Some(LOUNGE), "mine"));
    let there = server(Some("voice.example"), "token");
    rig.event("VOICE_SERVER_UPDATE", there);
    assert_eq!(joined.await.unwrap().unwrap().session_id, "mine");
}

#[tokio::test(start_paused = true)]
async fn leaving_is_one_command() {
    let rig = Rig::new();
    rig.handle.leave_voice(GUILD).unwrap();
    let command = rig.shared.inbox.pop().unwrap();
    let data: Value = serde_json::from_str(command.data()).unwrap();
    assert_eq!((command.op(), &data["channel_id"]), (4, &Value::Null));
}
