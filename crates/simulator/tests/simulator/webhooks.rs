//! Webhooks: made, changed, deleted; what they say, and where.

use http::Request;
use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::{AGENT, ask, error_at, json_of, may};
use crate::client::{ALL, Client, ready};
use crate::messages::{form, id, ok, refused, start, told, until};

/// A request without authorization: status and body.
async fn nobody(sim: &Simulator, method: &str, path: &str, body: Value) -> (u16, Value) {
    let response = ask(sim, method, path, "", body).await;
    let told = if response.body().is_empty() {
        Value::Null
    } else {
        json_of(&response)
    };
    (response.status().as_u16(), told)
}

async fn made(sim: &Simulator, channel: &str) -> (Value, String) {
    let path = format!("/channels/{}/webhooks", sim.channel(channel));
    let webhook = ok(sim, "POST", &path, json!({ "name": "postman" })).await;
    let token = webhook["token"].as_str().unwrap();
    let own = format!("/webhooks/{}/{token}", id(&webhook));
    (webhook, own)
}

/// The newest entry of the audit log.
async fn logged(client: &mut Client) -> Value {
    until(client, "GUILD_AUDIT_LOG_ENTRY_CREATE").await
}

async fn tea_house() -> Simulator {
    let world = World::new().guild("tea house", |guild| {
        guild
            .channel("general")
            .channel("cellar")
            .category("rooms")
            .announcement_channel("news")
            .forum_channel("questions", &["green", "black"])
            .thread("general", "about tea")
            .member("ada")
    });
    let builder = Simulator::builder().in_memory().rate_limits(false);
    builder.world(world).start().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_webhook_is_made_moved_and_deleted_and_all_of_it_is_told() {
    let sim = tea_house().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (general, cellar) = (sim.channel("general"), sim.channel("cellar"));
    let (webhook, _) = made(&sim, "general").await;
    assert_eq!(webhook["type"], 1);
    assert_eq!(
        webhook["application_id"],
        sim.world().application.to_string()
    );
    assert_eq!(webhook["user"]["id"], sim.world().bot.to_string());
    assert_eq!(webhook["token"].as_str().unwrap().len(), 68);
    let update = until(&mut client, "WEBHOOKS_UPDATE").await;
    let expected = json!({
        "guild_id": webhook["guild_id"], "channel_id": general.to_string(),
    });
    assert_eq!(update, expected);
    let entry = logged(&mut client).await;
    assert_eq!(
        (&entry["action_type"], &entry["target_id"]),
        (&json!(50), &webhook["id"])
    );

    let one = format!("/webhooks/{}", id(&webhook));
    let body = json!({
        "name": "courier", "channel_id": cellar.to_string(),
        "avatar": "data:image/png;base64,iVBORw0KGgo=",
    });
    let moved = ok(&sim, "PATCH", &one, body.clone()).await;
    assert_eq!(
        (&moved["name"], &moved["channel_id"]),
        (&json!("courier"), &json!(cellar.to_string()))
    );
    for channel in [general, cellar] {
        let update = until(&mut client, "WEBHOOKS_UPDATE").await;
        assert_eq!(update["channel_id"], channel.to_string());
    }
    let entry = logged(&mut client).await;
    let changes = entry["changes"].as_array().unwrap();
    let keys: Vec<&Value> = changes.iter().map(|change| &change["key"]).collect();
    assert_eq!(keys, ["name", "channel_id", "avatar_hash"]);
    assert_eq!(ok(&sim, "PATCH", &one, body).await, moved);

    let list = |channel| format!("/channels/{channel}/webhooks");
    assert_eq!(
        ok(&sim, "GET", &list(general), Value::Null).await,
        json!([])
    );
    assert_eq!(
        ok(&sim, "GET", &list(cellar), Value::Null).await,
        json!([moved])
    );
    let all = format!("/guilds/{}/webhooks", sim.guild("tea house"));
    assert_eq!(ok(&sim, "GET", &all, Value::Null).await, json!([moved]));
    ok(&sim, "DELETE", &one, Value::Null).await;
    // What changed nothing was not told: this is the next.
    let update = until(&mut client, "WEBHOOKS_UPDATE").await;
    assert_eq!(update["channel_id"], cellar.to_string());
    assert_eq!(logged(&mut client).await["action_type"], 52);
    assert_eq!(refused(&sim, "GET", &one, Value::Null).await, (404, 10_015));
}

#[tokio::test(start_paused = true)]
async fn a_webhook_that_cannot_be_is_refused() {
    let sim = tea_house().await;
    let path = format!("/channels/{}/webhooks", sim.channel("general"));
    for body in [
        json!({}),
        json!({ "name": "" }),
        json!({ "name": "x".repeat(81) }),
        json!({ "name": "the Discord team" }),
        json!({ "name": "Clyde" }),
        json!({ "name": "a", "avatar": "no image" }),
    ] {
        assert_eq!(refused(&sim, "POST", &path, body).await, (400, 50_035));
    }
    let elsewhere = format!("/channels/{}/webhooks", sim.channel("rooms"));
    let body = json!({ "name": "a" });
    assert_eq!(
        refused(&sim, "POST", &elsewhere, body.clone()).await,
        (400, 50_024)
    );
    for _ in 0..15 {
        ok(&sim, "POST", &path, body.clone()).await;
    }
    assert_eq!(refused(&sim, "POST", &path, body).await, (400, 30_007));
    // There is no way around by moving one here.
    let (other, _) = made(&sim, "cellar").await;
    let here = json!({ "channel_id": sim.channel("general").to_string() });
    let one = format!("/webhooks/{}", id(&other));
    assert_eq!(refused(&sim, "PATCH", &one, here).await, (400, 30_007));
}

#[tokio::test(start_paused = true)]
async fn without_manage_webhooks_only_own_webhooks_are_seen() {
    let plain = 1 << 10 | 1 << 11 | 1 << 16;
    let world = World::new().guild("tea house", |guild| {
        guild.bot_permissions(may(plain)).channel("general")
    });
    let builder = Simulator::builder().in_memory().world(world);
    let sim = builder.start().await.unwrap();
    let path = format!("/channels/{}/webhooks", sim.channel("general"));
    let all = format!("/guilds/{}/webhooks", sim.guild("tea house"));
    for (method, path) in [("POST", &path), ("GET", &path), ("GET", &all)] {
        let answer = refused(&sim, method, path, json!({ "name": "a" })).await;
        assert_eq!(answer, (403, 50_013));
    }
    let body = json!({ "name": "of a person" });
    let other = sim
        .request_as(sim.user("owner"), "POST", &path, &body)
        .unwrap();
    assert_eq!(other["application_id"], Value::Null);
    let one = format!("/webhooks/{}", id(&other));
    for method in ["GET", "PATCH", "DELETE"] {
        assert_eq!(
            refused(&sim, method, &one, Value::Null).await,
            (403, 50_013)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_all_that_is_needed_and_the_wrong_one_is_refused() {
    let sim = tea_house().await;
    let (webhook, own) = made(&sim, "general").await;
    let (status, seen) = nobody(&sim, "GET", &own, Value::Null).await;
    assert_eq!((status, &seen["name"]), (200, &json!("postman")));
    assert!(seen.get("user").is_none());
    let body = json!({ "name": "courier", "channel_id": sim.channel("cellar").to_string() });
    let (status, seen) = nobody(&sim, "PATCH", &own, body).await;
    assert_eq!((status, &seen["name"]), (200, &json!("courier")));
    assert_eq!(seen["channel_id"], webhook["channel_id"]);
    assert!(seen.get("user").is_none());

    let wrong = format!("/webhooks/{}/{}", id(&webhook), "x".repeat(68));
    let unknown = format!("/webhooks/1/{}", "x".repeat(68));
    for method in ["GET", "PATCH", "DELETE", "POST"] {
        let (status, told) = nobody(&sim, method, &wrong, json!({ "content": "a" })).await;
        assert_eq!((status, &told["code"]), (401, &json!(50_027)));
        let (status, told) = nobody(&sim, method, &unknown, json!({ "content": "a" })).await;
        assert_eq!((status, &told["code"]), (404, &json!(10_015)));
    }
    assert_eq!(nobody(&sim, "DELETE", &own, Value::Null).await.0, 204);
    assert_eq!(nobody(&sim, "GET", &own, Value::Null).await.0, 404);
    // Without the token in the path nobody has to be somebody.
    let one = format!("/webhooks/{}", id(&webhook));
    assert_eq!(nobody(&sim, "GET", &one, Value::Null).await.0, 401);
}

#[tokio::test(start_paused = true)]
async fn what_a_webhook_says_is_by_the_webhook() {
    let sim = tea_house().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (webhook, own) = made(&sim, "general").await;
    let ada = sim.user("ada");
    let said = json!({
        "content": format!("by post for <@{ada}>"), "username": "the postman",
        "avatar_url": "https://example.com/postman.png", "flags": 1 << 2 | 1 << 13,
        "embeds": [{ "title": "a letter" }], "allowed_mentions": { "parse": [] },
        "message_reference": { "message_id": "1" },
    });
    let (status, body) = nobody(&sim, "POST", &own, said.clone()).await;
    assert_eq!((status, body), (204, Value::Null));
    let event = until(&mut client, "MESSAGE_CREATE").await;
    assert_eq!(event["webhook_id"], webhook["id"]);
    assert_eq!(event["application_id"], webhook["application_id"]);
    assert_eq!(event["author"]["id"], webhook["id"]);
    assert_eq!(event["author"]["username"], "the postman");
    assert_eq!(
        (&event["author"]["bot"], &event["author"]["discriminator"]),
        (&json!(true), &json!("0000"))
    );
    assert!(event["author"]["avatar"].is_string());
    assert!(event.get("member").is_none());
    assert!(event["guild_id"].is_string());
    assert_eq!(event["mentions"], json!([]));
    assert_eq!(event["flags"], 1 << 2);
    assert_eq!(
        (&event["type"], event.get("message_reference")),
        (&json!(0), None)
    );
    assert_eq!(event["embeds"][0]["type"], "rich");
    for wait in ["wait=true", "wait=1"] {
        let path = format!("{own}?{wait}");
        let (status, message) = nobody(&sim, "POST", &path, json!({ "content": "a" })).await;
        assert_eq!((status, &message["webhook_id"]), (200, &webhook["id"]));
        assert_eq!(message["author"]["username"], "postman");
        assert_eq!(message["author"]["avatar"], Value::Null);
    }
    for (body, code) in [
        (json!({}), 50_006),
        (json!({ "content": "x".repeat(2_001) }), 50_035),
        (
            json!({ "content": "a", "username": "x".repeat(81) }),
            50_035,
        ),
        (json!({ "content": "a", "username": "Clyde" }), 50_035),
        (json!({ "content": "a", "thread_name": "b" }), 220_003),
    ] {
        let (status, told) = nobody(&sim, "POST", &own, body).await;
        assert_eq!((status, &told["code"]), (400, &json!(code)));
    }
}

#[tokio::test(start_paused = true)]
async fn files_come_with_what_a_webhook_says() {
    let sim = start().await;
    let (_, own) = made(&sim, "general").await;
    let payload = json!({ "content": "two", "attachments": [{ "id": 0, "description": "a cup" }] });
    let files: &[(&str, &str, &[u8])] = &[
        ("cup.txt", "text/plain", b"cup"),
        ("pot.txt", "text/plain", b"pot"),
    ];
    let request = Request::builder()
        .method("POST")
        .uri(format!("/api/v10{own}?wait=true"))
        .header("user-agent", AGENT)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(form(&payload, files))
        .unwrap();
    let message = told(&sim.handle(request).await);
    assert_eq!(message["attachments"].as_array().unwrap().len(), 2);
    assert_eq!(message["attachments"][0]["description"], "a cup");
}

#[tokio::test(start_paused = true)]
async fn a_webhook_of_a_forum_opens_posts_or_says_where() {
    let sim = tea_house().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (webhook, own) = made(&sim, "questions").await;
    let (status, told) = nobody(&sim, "POST", &own, json!({ "content": "a" })).await;
    assert_eq!((status, &told["code"]), (400, &json!(220_001)));
    let forum = ok(
        &sim,
        "GET",
        &format!("/channels/{}", sim.channel("questions")),
        Value::Null,
    )
    .await;
    let tag = forum["available_tags"][0]["id"].clone();
    let body = json!({ "content": "which tea?", "thread_name": "tea", "applied_tags": [tag] });
    let wait = format!("{own}?wait=true");
    let (_, message) = nobody(&sim, "POST", &wait, body).await;
    let thread = until(&mut client, "THREAD_CREATE").await;
    assert_eq!(
        (&thread["name"], &thread["owner_id"]),
        (&json!("tea"), &webhook["id"])
    );
    assert_eq!(
        (&thread["applied_tags"], &thread["member_count"]),
        (&json!([tag]), &json!(0))
    );
    assert_eq!(
        (&message["id"], &message["channel_id"]),
        (&thread["id"], &thread["id"])
    );
    let event = until(&mut client, "MESSAGE_CREATE").await;
    assert_eq!(event["id"], thread["id"]);

    let inside = format!("{own}?wait=true&thread_id={}", id(&thread));
    let (_, more) = nobody(&sim, "POST", &inside, json!({ "content": "green" })).await;
    assert_eq!(more["channel_id"], thread["id"]);
    let (_, told) = nobody(
        &sim,
        "POST",
        &inside,
        json!({ "content": "a", "thread_name": "b" }),
    )
    .await;
    assert_eq!(told["code"], 220_002);
    let elsewhere = format!("{own}?thread_id={}", sim.channel("about tea"));
    let (status, told) = nobody(&sim, "POST", &elsewhere, json!({ "content": "a" })).await;
    assert_eq!((status, &told["code"]), (404, &json!(10_003)));

    // Its messages are found where they are.
    let lost = format!("{own}/messages/{}", id(&more));
    let (status, told) = nobody(&sim, "GET", &lost, Value::Null).await;
    assert_eq!((status, &told["code"]), (404, &json!(10_008)));
    let found = format!("{lost}?thread_id={}", id(&thread));
    assert_eq!(nobody(&sim, "GET", &found, Value::Null).await, (200, more));
}

#[tokio::test(start_paused = true)]
async fn a_webhook_changes_and_deletes_what_it_said_and_nothing_else() {
    let sim = tea_house().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (_, own) = made(&sim, "general").await;
    let said = json!({ "content": "by post" });
    let (_, message) = nobody(&sim, "POST", &format!("{own}?wait=true"), said).await;
    let one = format!("{own}/messages/{}", id(&message));
    let (_, seen) = nobody(&sim, "GET", &one, Value::Null).await;
    assert_eq!(seen, message);
    let (status, edited) = nobody(&sim, "PATCH", &one, json!({ "content": "by express" })).await;
    assert_eq!((status, &edited["content"]), (200, &json!("by express")));
    assert!(edited["edited_timestamp"].is_string());
    assert_eq!(edited["author"], message["author"]);
    let event = until(&mut client, "MESSAGE_UPDATE").await;
    assert_eq!(event["content"], "by express");
    let (status, told) = nobody(&sim, "PATCH", &one, json!({ "content": "" })).await;
    assert_eq!((status, &told["code"]), (400, &json!(50_006)));

    let (_, other) = made(&sim, "general").await;
    let stray = sim.say(sim.channel("general"), sim.user("ada"), "mine");
    for path in [
        format!("{other}/messages/{}", id(&message)),
        format!("{own}/messages/{stray}"),
        format!("{own}/messages/@original"),
    ] {
        for method in ["GET", "PATCH", "DELETE"] {
            let (status, told) = nobody(&sim, method, &path, json!({ "content": "a" })).await;
            assert_eq!(status, 404, "{method} {path}: {told}");
        }
    }
    // The bot that made the webhook did not say it.
    let as_bot = format!(
        "/channels/{}/messages/{}",
        sim.channel("general"),
        id(&message)
    );
    let answer = refused(&sim, "PATCH", &as_bot, json!({ "content": "a" })).await;
    assert_eq!(answer, (403, 50_005));
    assert_eq!(nobody(&sim, "DELETE", &one, Value::Null).await.0, 204);
    let event = until(&mut client, "MESSAGE_DELETE").await;
    assert_eq!(event["id"], message["id"]);
    assert_eq!(nobody(&sim, "GET", &one, Value::Null).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn components_are_for_webhooks_of_applications_or_asked_for() {
    let sim = tea_house().await;
    let button = |fields: Value| {
        let mut button = json!({ "type": 2, "label": "press" });
        for (name, value) in fields.as_object().unwrap() {
            button[name] = value.clone();
        }
        json!({ "content": "a", "components": [{ "type": 1, "components": [button] }] })
    };
    let press = button(json!({ "style": 1, "custom_id": "press" }));
    let link = button(json!({ "style": 5, "url": "https://example.com" }));
    let (_, own) = made(&sim, "general").await;
    let wait = format!("{own}?wait=true");
    let (_, message) = nobody(&sim, "POST", &wait, press.clone()).await;
    assert_eq!(
        message["components"][0]["components"][0]["custom_id"],
        "press"
    );

    let path = format!("/channels/{}/webhooks", sim.channel("general"));
    let body = json!({ "name": "of a person" });
    let other = sim
        .request_as(sim.user("owner"), "POST", &path, &body)
        .unwrap();
    let other = format!(
        "/webhooks/{}/{}?wait=true",
        id(&other),
        other["token"].as_str().unwrap()
    );
    let (_, message) = nobody(&sim, "POST", &other, link.clone()).await;
    assert_eq!(message["components"], json!([]));
    assert!(message.get("application_id").is_none());
    let with = format!("{other}&with_components=true");
    let (_, message) = nobody(&sim, "POST", &with, link).await;
    assert_eq!(message["components"][0]["components"][0]["style"], 5);
    let (status, told) = nobody(&sim, "POST", &with, press).await;
    assert_eq!(status, 400);
    error_at(&told, "/components");
}

#[tokio::test(start_paused = true)]
async fn announcements_come_to_the_channels_that_follow() {
    let sim = tea_house().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (news, general) = (sim.channel("news"), sim.channel("general"));
    let path = format!("/channels/{news}/followers");
    let body = json!({ "webhook_channel_id": general.to_string() });
    let followed = ok(&sim, "POST", &path, body.clone()).await;
    assert_eq!(followed["channel_id"], news.to_string());
    let update = until(&mut client, "WEBHOOKS_UPDATE").await;
    assert_eq!(update["channel_id"], general.to_string());
    let added = until(&mut client, "MESSAGE_CREATE").await;
    assert_eq!(
        (&added["type"], &added["content"]),
        (&json!(12), &json!("tea house #news"))
    );
    assert_eq!(added["message_reference"]["channel_id"], news.to_string());
    assert!(added["message_reference"].get("message_id").is_none());

    let listed = ok(
        &sim,
        "GET",
        &format!("/channels/{general}/webhooks"),
        Value::Null,
    )
    .await;
    assert_eq!(
        (&listed[0]["type"], &listed[0]["id"]),
        (&json!(2), &followed["webhook_id"])
    );
    assert!(listed[0].get("token").is_none());
    assert_eq!(listed[0]["source_channel"]["id"], news.to_string());
    let said = ok(
        &sim,
        "POST",
        &format!("/channels/{news}/messages"),
        json!({ "content": "tea!" }),
    )
    .await;
    until(&mut client, "MESSAGE_CREATE").await;
    ok(
        &sim,
        "POST",
        &format!("/channels/{news}/messages/{}/crosspost", id(&said)),
        Value::Null,
    )
    .await;
    let brought = until(&mut client, "MESSAGE_CREATE").await;
    assert_eq!(
        (&brought["content"], &brought["channel_id"]),
        (&json!("tea!"), &json!(general.to_string()))
    );
    assert_eq!(brought["webhook_id"], followed["webhook_id"]);
    assert_eq!(brought["author"]["username"], "tea house #news");

    let wrong = format!("/channels/{general}/followers");
    assert_eq!(refused(&sim, "POST", &wrong, body).await, (400, 50_024));
    assert_eq!(refused(&sim, "POST", &path, json!({})).await, (400, 50_035));
    // Nobody speaks through a webhook that follows.
    let own = format!(
        "/webhooks/{}/token",
        followed["webhook_id"].as_str().unwrap()
    );
    let (status, told) = nobody(&sim, "POST", &own, json!({ "content": "a" })).await;
    assert_eq!((status, &told["code"]), (401, &json!(50_027)));
}
