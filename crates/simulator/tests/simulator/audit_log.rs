//! The audit log: what is done in channels stands there, with who did it and why.

use bytes::Bytes;
use http::Request;
use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::AGENT;
use crate::messages::{id, ok, start};

/// A request that gives a reason.
async fn because(sim: &Simulator, method: &str, path: &str, body: Value) -> Value {
    let body = if body.is_null() {
        Bytes::new()
    } else {
        Bytes::from(body.to_string())
    };
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v10{path}"))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .header("x-audit-log-reason", "order%20in%20the%20house")
        .body(body)
        .unwrap();
    let response = sim.handle(request).await;
    let text = String::from_utf8_lossy(response.body()).into_owned();
    assert!(response.status().is_success(), "{method} {path}: {text}");
    serde_json::from_str(&text).unwrap_or_default()
}

/// The newest entries of the log.
async fn log(sim: &Simulator, guild: &str) -> Vec<Value> {
    let path = format!("/guilds/{}/audit-logs?limit=100", sim.guild(guild));
    let log = ok(sim, "GET", &path, Value::Null).await;
    log["audit_log_entries"].as_array().unwrap().clone()
}

/// The newest entry, which has to be of this action, by the bot, with the reason.
async fn last(sim: &Simulator, action: u64) -> Value {
    let entry = log(sim, "polycord").await.remove(0);
    assert_eq!(entry["action_type"], action, "{entry}");
    assert_eq!(entry["user_id"], sim.world().bot.to_string());
    assert_eq!(entry["reason"], "order in the house");
    entry
}

/// What an entry says of one field: before and after.
fn change<'a>(entry: &'a Value, key: &str) -> (&'a Value, &'a Value) {
    let mut changes = entry["changes"].as_array().unwrap().iter();
    let change = changes.find(|change| change["key"] == key);
    let change = change.unwrap_or_else(|| panic!("no {key} in {entry}"));
    (&change["old_value"], &change["new_value"])
}

#[tokio::test(start_paused = true)]
async fn what_is_done_to_channels_overwrites_and_invites_is_logged() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let path = format!("/guilds/{guild}/channels");
    let channel = because(&sim, "POST", &path, json!({ "name": "cellar" })).await;
    let root = format!("/channels/{}", id(&channel));
    let entry = last(&sim, 10).await;
    assert_eq!(entry["target_id"], channel["id"]);
    assert_eq!(change(&entry, "name"), (&Value::Null, &json!("cellar")));
    because(&sim, "PATCH", &root, json!({ "topic": "dark" })).await;
    assert_eq!(
        change(&last(&sim, 11).await, "topic"),
        (&Value::Null, &json!("dark"))
    );

    let everyone = format!("{root}/permissions/{guild}");
    because(&sim, "PUT", &everyone, json!({ "type": 0, "deny": "1024" })).await;
    let entry = last(&sim, 13).await;
    assert_eq!(change(&entry, "deny"), (&Value::Null, &json!("1024")));
    let options = json!({ "id": guild.to_string(), "type": "0", "role_name": "@everyone" });
    assert_eq!(entry["options"], options);
    because(&sim, "PUT", &everyone, json!({ "type": 0, "deny": "2048" })).await;
    assert_eq!(
        change(&last(&sim, 14).await, "deny"),
        (&json!("1024"), &json!("2048"))
    );
    because(&sim, "DELETE", &everyone, Value::Null).await;
    assert_eq!(
        change(&last(&sim, 15).await, "deny"),
        (&json!("2048"), &Value::Null)
    );

    let invites = format!("{root}/invites");
    let invite = because(&sim, "POST", &invites, json!({ "max_uses": 3 })).await;
    let entry = last(&sim, 40).await;
    assert_eq!(entry["target_id"], Value::Null);
    for (key, value) in [
        ("code", &invite["code"]),
        ("channel_id", &channel["id"]),
        ("inviter_id", &invite["inviter"]["id"]),
        ("uses", &json!(0)),
        ("max_uses", &json!(3)),
    ] {
        assert_eq!(change(&entry, key), (&Value::Null, value));
    }
    let one = format!("/invites/{}", invite["code"].as_str().unwrap());
    because(&sim, "DELETE", &one, Value::Null).await;
    assert_eq!(
        change(&last(&sim, 42).await, "code"),
        (&invite["code"], &Value::Null)
    );
    because(&sim, "DELETE", &root, Value::Null).await;
    assert_eq!(
        change(&last(&sim, 12).await, "name"),
        (&json!("cellar"), &Value::Null)
    );

    let lounge = format!("/channels/{}/voice-status", sim.channel("lounge"));
    because(&sim, "PUT", &lounge, json!({ "status": "tasting" })).await;
    let options = json!({ "channel_id": sim.channel("lounge").to_string(), "status": "tasting" });
    assert_eq!(last(&sim, 192).await["options"], options);
    because(&sim, "PUT", &lounge, json!({ "status": null })).await;
    last(&sim, 193).await;
}

#[tokio::test(start_paused = true)]
async fn pins_and_many_messages_deleted_are_logged_and_single_ones_of_a_bot_are_not() {
    let sim = start().await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let messages = format!("/channels/{general}/messages");
    let said: Vec<String> = ["one", "two", "three"]
        .iter()
        .map(|text| sim.say(general, ada, text).to_string())
        .collect();
    let pin = format!("{messages}/pins/{}", said[0]);
    let options = json!({ "channel_id": general.to_string(), "message_id": said[0] });
    for (method, action) in [("PUT", 74), ("DELETE", 75)] {
        because(&sim, method, &pin, Value::Null).await;
        let entry = last(&sim, action).await;
        assert_eq!(
            (&entry["target_id"], &entry["options"]),
            (&json!(ada.to_string()), &options)
        );
    }
    let body = json!({ "messages": &said[..2] });
    because(&sim, "POST", &format!("{messages}/bulk-delete"), body).await;
    let entry = last(&sim, 73).await;
    assert_eq!(entry["target_id"], general.to_string());
    assert_eq!(entry["options"], json!({ "count": "2" }));
    let before = log(&sim, "polycord").await.len();
    because(
        &sim,
        "DELETE",
        &format!("{messages}/{}", said[2]),
        Value::Null,
    )
    .await;
    assert_eq!(log(&sim, "polycord").await.len(), before);

    // A person who takes away what another said is written down.
    let (message, owner) = (sim.say(general, ada, "four"), sim.user("owner"));
    let path = format!("{messages}/{message}");
    sim.request_as(owner, "DELETE", &path, &Value::Null)
        .unwrap();
    let entry = log(&sim, "polycord").await.remove(0);
    assert_eq!(
        (&entry["action_type"], &entry["user_id"]),
        (&json!(72), &json!(owner.to_string()))
    );
    let options = json!({ "channel_id": general.to_string(), "count": "1" });
    assert_eq!(
        (&entry["target_id"], &entry["options"]),
        (&json!(ada.to_string()), &options)
    );
}

#[tokio::test(start_paused = true)]
async fn threads_are_logged_from_their_beginning_to_their_end() {
    let sim = start().await;
    let general = sim.channel("general");
    let said = sim.say(general, sim.user("ada"), "long story");
    for path in [
        format!("/channels/{general}/messages/{said}/threads"),
        format!("/channels/{general}/threads"),
    ] {
        let body = json!({ "name": "story", "type": 11 });
        let thread = because(&sim, "POST", &path, body).await;
        let entry = last(&sim, 110).await;
        assert_eq!(entry["target_id"], thread["id"]);
        assert_eq!(change(&entry, "name"), (&Value::Null, &json!("story")));
        assert_eq!(change(&entry, "locked"), (&Value::Null, &json!(false)));
        let root = format!("/channels/{}", id(&thread));
        because(
            &sim,
            "PATCH",
            &root,
            json!({ "locked": true, "archived": true }),
        )
        .await;
        let entry = last(&sim, 111).await;
        assert_eq!(change(&entry, "locked"), (&json!(false), &json!(true)));
        assert_eq!(entry["changes"].as_array().unwrap().len(), 2);
        because(&sim, "DELETE", &root, Value::Null).await;
        assert_eq!(
            change(&last(&sim, 112).await, "name"),
            (&json!("story"), &Value::Null)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_done_by_a_token_is_by_nobody() {
    let world = World::new().guild("tea house", |guild| guild.forum_channel("questions", &[]));
    let builder = Simulator::builder().in_memory().world(world);
    let sim = builder.rate_limits(false).start().await.unwrap();
    let path = format!("/channels/{}/webhooks", sim.channel("questions"));
    let webhook = ok(&sim, "POST", &path, json!({ "name": "postman" })).await;
    let own = format!(
        "/webhooks/{}/{}",
        id(&webhook),
        webhook["token"].as_str().unwrap()
    );
    let body = json!({ "content": "which tea?", "thread_name": "tea" });
    ok(&sim, "POST", &own, body).await;
    because(&sim, "DELETE", &own, Value::Null).await;
    let entries = log(&sim, "tea house").await;
    let kinds: Vec<&Value> = entries.iter().map(|entry| &entry["action_type"]).collect();
    assert_eq!(kinds, [52, 110, 50]);
    assert_eq!(
        (&entries[0]["user_id"], &entries[1]["user_id"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(entries[0]["reason"], "order in the house");
}
