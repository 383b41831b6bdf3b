//! Channels: changed, deleted, who may what in them, invites to them.

use serde_json::{Value, json};

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
