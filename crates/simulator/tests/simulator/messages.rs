//! Messages: what may be said, who is mentioned, and what comes out.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::{AGENT, may};
use crate::client::{ALL, Client, ready};

pub(crate) async fn start() -> Simulator {
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let builder = builder.message_rate_limit(1_000, std::time::Duration::from_secs(1));
    builder.start().await.unwrap()
}

pub(crate) async fn send(
    sim: &Simulator,
    method: &str,
    path: &str,
    body: Value,
) -> Response<Bytes> {
    let body = match body {
        Value::Null => Bytes::new(),
        body => Bytes::from(body.to_string()),
    };
    send_as(sim, method, path, "application/json", body).await
}

async fn send_as(
    sim: &Simulator,
    method: &str,
    path: &str,
    kind: &str,
    body: Bytes,
) -> Response<Bytes> {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v10{path}"))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", kind)
        .body(body)
        .unwrap();
    sim.handle(request).await
}

pub(crate) fn told(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap_or_default()
}

/// A request that works: its answer.
pub(crate) async fn ok(sim: &Simulator, method: &str, path: &str, body: Value) -> Value {
    let response = send(sim, method, path, body).await;
    let told = told(&response);
    assert!(response.status().is_success(), "{method} {path}: {told}");
    told
}

/// A request that is refused: status and code.
pub(crate) async fn refused(sim: &Simulator, method: &str, path: &str, body: Value) -> (u16, u64) {
    let response = send(sim, method, path, body).await;
    let told = told(&response);
    let code = told["code"].as_u64();
    (
        response.status().as_u16(),
        code.unwrap_or_else(|| panic!("{told}")),
    )
}

/// Where a body is wrong: the path of each complaint, with its code.
async fn wrong(sim: &Simulator, body: Value) -> Vec<String> {
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let response = send(sim, "POST", &path, body).await;
    let told = told(&response);
    assert_eq!(told["code"], 50_035, "{told}");
    let mut found = Vec::new();
    complaints(&told["errors"], "", &mut found);
    found
}

fn complaints(errors: &Value, path: &str, found: &mut Vec<String>) {
    for (name, value) in errors.as_object().into_iter().flatten() {
        if name == "_errors" {
            let code = value[0]["code"].as_str().unwrap();
            assert!(value[0]["message"].is_string());
            found.push(format!("{path} {code}"));
        } else {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            complaints(value, &path, found);
        }
    }
}

/// The next event of that name; others in between are passed over.
pub(crate) async fn until(client: &mut Client, name: &str) -> Value {
    loop {
        let frame = client.next().await.unwrap();
        if frame["t"] == name {
            return frame["d"].clone();
        }
    }
}

pub(crate) fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_with_an_embed_is_told_where_it_stands() {
    let sim = start().await;
    let embeds = json!([
        { "title": "x".repeat(257), "url": "ftp://example.com" },
        { "fields": [{ "name": "n", "value": "v" }, { "name": "n" }], "color": 0x100_0000 },
    ]);
    let mut found = wrong(&sim, json!({ "embeds": embeds })).await;
    found.sort();
    let expected = [
        "embeds.0.title BASE_TYPE_MAX_LENGTH",
        "embeds.1.color NUMBER_TYPE_MAX",
        "embeds.1.fields.1.value BASE_TYPE_REQUIRED",
    ];
    assert_eq!(found, expected);
    for (embed, complaint) in [
        (
            json!({ "url": "ftp://example.com" }),
            "embeds.0.url URL_TYPE_INVALID_SCHEME",
        ),
        (
            json!({ "image": { "url": "cat" } }),
            "embeds.0.image.url URL_TYPE_INVALID_URL",
        ),
    ] {
        assert_eq!(wrong(&sim, json!({ "embeds": [embed] })).await, [complaint]);
    }
    // Each within its own limit, and together too much.
    let long = json!({ "description": "x".repeat(3_001) });
    let found = wrong(&sim, json!({ "embeds": [long, long] })).await;
    assert_eq!(found, ["embeds MAX_EMBED_SIZE_EXCEEDED"]);
    let eleven: Vec<Value> = (0..11).map(|n| json!({ "title": n.to_string() })).collect();
    assert_eq!(
        wrong(&sim, json!({ "embeds": eleven })).await,
        ["embeds BASE_TYPE_MAX_LENGTH"]
    );

    let path = format!("/channels/{}/messages", sim.channel("general"));
    let fine =
        json!({ "title": "tea", "description": null, "fields": [{ "name": "a", "value": "b" }] });
    let message = ok(&sim, "POST", &path, json!({ "embeds": [fine] })).await;
    let expected = json!({
        "type": "rich",
        "title": "tea",
        "fields": [{ "name": "a", "value": "b", "inline": false }],
    });
    assert_eq!(message["embeds"], json!([expected]));
}

#[tokio::test(start_paused = true)]
async fn components_stand_where_they_may_and_have_what_they_need() {
    let sim = start().await;
    let row =
        |components: Value| json!({ "components": [{ "type": 1, "components": components }] });
    let button =
        |custom_id: &str| json!({ "type": 2, "style": 1, "label": "x", "custom_id": custom_id });
    let at = |rest: &str| format!("components.0.components.{rest}");
    for (components, complaint) in [
        (
            json!([]),
            "components.0.components BASE_TYPE_BAD_LENGTH".to_owned(),
        ),
        (
            json!([{ "type": 4, "custom_id": "a", "style": 1, "label": "b" }]),
            at("0.type UNION_TYPE_CHOICES"),
        ),
        (
            json!([{ "type": 2, "style": 1, "label": "x" }]),
            at("0.custom_id BASE_TYPE_REQUIRED"),
        ),
        (
            json!([{ "type": 2, "style": 5, "label": "x" }]),
            at("0.url BASE_TYPE_REQUIRED"),
        ),
        (
            json!([{ "type": 2, "style": 9, "label": "x" }]),
            at("0.style BASE_TYPE_CHOICES"),
        ),
        (
            json!([button("a"), button("a")]),
            at("1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"),
        ),
        (
            json!([{ "type": 3, "custom_id": "s", "options": [] }]),
            at("0.options BASE_TYPE_BAD_LENGTH"),
        ),
        (
            json!([{ "type": 3, "custom_id": "s", "options": [
                { "label": "a", "value": "1" }, { "label": "b", "value": "1" },
            ]}]),
            at("0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        ),
        (
            json!([{ "type": 5, "custom_id": "s" }, button("a")]),
            at("1 COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        ),
    ] {
        assert_eq!(wrong(&sim, row(components)).await, [complaint]);
    }
    let text = json!([{ "type": 10, "content": "hi" }]);
    let found = wrong(&sim, json!({ "components": text })).await;
    assert_eq!(found, ["components.0.type UNION_TYPE_CHOICES"]);
    let both = json!({ "flags": 1 << 15, "content": "hi", "components": text });
    let found = wrong(&sim, both).await;
    assert_eq!(
        found,
        ["content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]
    );
    let many: Vec<Value> = (0..41)
        .map(|_| json!({ "type": 10, "content": "x" }))
        .collect();
    let found = wrong(&sim, json!({ "flags": 1 << 15, "components": many })).await;
    assert_eq!(found, ["components BASE_TYPE_BAD_LENGTH"]);

    let path = format!("/channels/{}/messages", sim.channel("general"));
    let ada = sim.user("ada");
    let inner = json!([{ "type": 10, "content": format!("for <@{ada}>") }, { "type": 1, "components": [button("a")] }]);
    let body = json!({ "flags": 1 << 15, "components": [{ "type": 17, "components": inner }] });
    let message = ok(&sim, "POST", &path, body).await;
    assert_eq!(message["components"][0]["id"], 1);
    assert_eq!(
        message["components"][0]["components"][1]["components"][0]["id"],
        4
    );
    assert_eq!(message["mentions"][0]["username"], "ada");
}

#[tokio::test(start_paused = true)]
async fn only_what_is_allowed_is_mentioned() {
    let sim = start().await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let (ada, grace) = (sim.user("ada").to_string(), sim.user("grace").to_string());
    let role = sim.world().guilds[0]
        .role("moderators")
        .unwrap()
        .to_string();
    let content = format!("@everyone <@{ada}> <@!{grace}> <@&{role}>");
    let said = |allowed: Option<Value>| {
        let mut body = json!({ "content": content });
        if let Some(allowed) = allowed {
            body["allowed_mentions"] = allowed;
        }
        body
    };
    for (allowed, users, roles, everyone) in [
        (None, 2, 1, true),
        (Some(json!({ "parse": [] })), 0, 0, false),
        (
            Some(json!({ "parse": ["users"], "users": [] })),
            2,
            0,
            false,
        ),
        (
            Some(json!({ "users": [ada], "roles": [role] })),
            1,
            1,
            false,
        ),
        (
            Some(json!({ "parse": ["everyone", "roles"], "users": [grace] })),
            1,
            1,
            true,
        ),
    ] {
        let message = ok(&sim, "POST", &path, said(allowed.clone())).await;
        let counts = (
            message["mentions"].as_array().unwrap().len(),
            message["mention_roles"].as_array().unwrap().len(),
            message["mention_everyone"] == true,
        );
        assert_eq!(counts, (users, roles, everyone), "{allowed:?}");
    }
    let both = said(Some(json!({ "parse": ["users"], "users": [ada] })));
    let found = wrong(&sim, both).await;
    assert_eq!(
        found,
        ["allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_reply_needs_its_message_and_mentions_its_author_when_wanted() {
    let sim = start().await;
    let general = sim.channel("general");
    let path = format!("/channels/{general}/messages");
    let asked = sim.say(general, sim.user("ada"), "anyone?");
    let reply = |id: String, more: Value| {
        let mut body = json!({ "content": "me", "message_reference": { "message_id": id } });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        body
    };
    let message = ok(&sim, "POST", &path, reply(asked.to_string(), Value::Null)).await;
    assert_eq!(
        (&message["type"], &message["mentions"][0]["username"]),
        (&json!(19), &json!("ada"))
    );
    let quiet = json!({ "allowed_mentions": { "replied_user": false } });
    let message = ok(&sim, "POST", &path, reply(asked.to_string(), quiet)).await;
    assert_eq!(message["mentions"], json!([]));
    let found = wrong(&sim, reply("1".to_owned(), Value::Null)).await;
    assert_eq!(found, ["message_reference REPLIES_UNKNOWN_MESSAGE"]);
    let mut anyway = reply("1".to_owned(), Value::Null);
    anyway["message_reference"]["fail_if_not_exists"] = json!(false);
    assert_eq!(ok(&sim, "POST", &path, anyway).await["type"], 0);

    let forward = json!({ "message_reference": {
        "type": 1, "message_id": asked.to_string(), "channel_id": general.to_string(),
    }});
    let bots = format!("/channels/{}/messages", sim.channel("bots"));
    let message = ok(&sim, "POST", &bots, forward.clone()).await;
    assert_eq!(
        message["message_snapshots"][0]["message"]["content"],
        "anyone?"
    );
    assert_eq!(message["flags"], 1 << 14);
    assert_eq!(message["type"], 0);
    let mut talkative = forward;
    talkative["content"] = json!("look");
    assert_eq!(refused(&sim, "POST", &bots, talkative).await, (400, 50_035));
}

/// A form of `payload` and files: name, type, content.
pub(crate) fn form(payload: &Value, files: &[(&str, &str, &[u8])]) -> Bytes {
    let mut body = Vec::new();
    for (index, (name, kind, bytes)) in files.iter().enumerate() {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files[{index}]\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    let tail = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--edge--\r\n"
    );
    body.extend_from_slice(tail.as_bytes());
    Bytes::from(body)
}

#[tokio::test(start_paused = true)]
async fn files_become_attachments_and_an_edit_says_which_stay() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let payload = json!({
        "content": "two",
        "attachments": [{ "id": 0, "description": "a cup" }, { "id": "1" }],
        "embeds": [{ "image": { "url": "attachment://my_cup.png" } }],
    });
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";
    let files: &[(&str, &str, &[u8])] = &[
        ("my cup.png", "image/png", png),
        ("notes.txt", "application/octet-stream", b"hello"),
    ];
    let kind = "multipart/form-data; boundary=edge";
    let response = send_as(&sim, "POST", &path, kind, form(&payload, files)).await;
    assert_eq!(response.status(), StatusCode::OK);
    let message = told(&response);
    let (cup, notes) = (&message["attachments"][0], &message["attachments"][1]);
    assert_eq!(cup["filename"], "my_cup.png");
    assert_eq!(cup["description"], "a cup");
    assert_eq!((&cup["width"], &cup["height"]), (&json!(2), &json!(3)));
    assert_eq!(cup["size"], png.len());
    assert_eq!(notes["content_type"], "text/plain; charset=utf-8");
    assert_eq!(message["embeds"][0]["image"]["url"], cup["url"]);
    let event = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(event["d"]["attachments"], message["attachments"]);

    let one = format!("{path}/{}", id(&message));
    let keep = json!({ "attachments": [{ "id": id(notes) }, { "id": 0 }] });
    let more: &[(&str, &str, &[u8])] = &[("new.gif", "image/gif", b"GIF89a\x04\0\x05\0")];
    let response = send_as(&sim, "PATCH", &one, kind, form(&keep, more)).await;
    let edited = told(&response);
    let names: Vec<&Value> = edited["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|attachment| &attachment["filename"])
        .collect();
    assert_eq!(names, ["notes.txt", "new.gif"]);
    let lost = json!({ "attachments": [{ "id": 7 }] });
    assert_eq!(refused(&sim, "PATCH", &one, lost).await, (400, 50_035));
    let response = send_as(&sim, "POST", &path, kind, Bytes::from_static(b"--edge")).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(start_paused = true)]
async fn a_nonce_is_kept_to_when_asked_for() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let body = json!({ "content": "once", "nonce": "n-1", "enforce_nonce": true });
    let first = ok(&sim, "POST", &path, body.clone()).await;
    assert_eq!(first["nonce"], "n-1");
    let event = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(event["d"]["nonce"], "n-1");
    assert_eq!(
        ok(&sim, "POST", &path, body.clone()).await["id"],
        first["id"]
    );
    let one = ok(&sim, "GET", &format!("{path}/{}", id(&first)), Value::Null).await;
    assert!(one.get("nonce").is_none());
    tokio::time::advance(std::time::Duration::from_secs(301)).await;
    assert_ne!(ok(&sim, "POST", &path, body).await["id"], first["id"]);
    let long = json!({ "content": "x", "nonce": "x".repeat(26) });
    assert_eq!(wrong(&sim, long).await, ["nonce BASE_TYPE_MAX_LENGTH"]);
}

#[tokio::test(start_paused = true)]
async fn lists_are_pages_before_after_and_around() {
    let sim = start().await;
    let general = sim.channel("general");
    let path = format!("/channels/{general}/messages");
    let ids: Vec<String> = (0..10)
        .map(|n| {
            sim.say(general, sim.user("ada"), &n.to_string())
                .to_string()
        })
        .collect();
    for (query, expected) in [
        ("limit=3".to_owned(), "987"),
        (format!("limit=2&before={}", ids[5]), "43"),
        (format!("limit=2&after={}", ids[5]), "76"),
        (format!("limit=5&around={}", ids[5]), "76543"),
        (format!("around={}", ids[9]), "9876543210"),
    ] {
        let page = ok(&sim, "GET", &format!("{path}?{query}"), Value::Null).await;
        let page = page.as_array().unwrap().iter();
        let text: String = page
            .map(|message| message["content"].as_str().unwrap())
            .collect();
        assert_eq!(text, expected, "{query}");
    }
    for query in ["limit=0", "limit=101", "before=x"] {
        let answer = refused(&sim, "GET", &format!("{path}?{query}"), Value::Null).await;
        assert_eq!(answer, (400, 50_035), "{query}");
    }
}

#[tokio::test(start_paused = true)]
async fn many_messages_are_deleted_at_once_unless_they_are_old_or_named_twice() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let general = sim.channel("general");
    let path = format!("/channels/{general}/messages/bulk-delete");
    let ids: Vec<String> = (0..3)
        .map(|n| {
            sim.say(general, sim.user("ada"), &n.to_string())
                .to_string()
        })
        .collect();
    for _ in 0..3 {
        client.dispatch("MESSAGE_CREATE").await;
    }
    let of = |ids: &[&str]| json!({ "messages": ids });
    assert_eq!(
        refused(&sim, "POST", &path, of(&[&ids[0]])).await,
        (400, 50_016)
    );
    assert_eq!(
        refused(&sim, "POST", &path, of(&[&ids[0], &ids[0]])).await,
        (400, 50_035)
    );
    assert_eq!(
        refused(&sim, "POST", &path, of(&[&ids[0], "1"])).await,
        (400, 50_034)
    );
    ok(&sim, "POST", &path, of(&[&ids[0], &ids[2]])).await;
    let event = client.dispatch("MESSAGE_DELETE_BULK").await;
    assert_eq!(event["d"]["ids"], json!([ids[0], ids[2]]));
    assert_eq!(sim.messages(general).len(), 1);
    tokio::time::advance(std::time::Duration::from_secs(14 * 86_400 + 1)).await;
    assert_eq!(
        refused(&sim, "POST", &path, of(&[&ids[1], &ids[0]])).await,
        (400, 50_034)
    );
}

#[tokio::test(start_paused = true)]
async fn a_pin_is_told_three_times_logged_and_listed_last_first() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let general = sim.channel("general");
    let path = format!("/channels/{general}/messages");
    let ids: Vec<String> = (0..2)
        .map(|n| {
            sim.say(general, sim.user("ada"), &n.to_string())
                .to_string()
        })
        .collect();
    for _ in 0..2 {
        client.dispatch("MESSAGE_CREATE").await;
    }
    for (place, id) in [("messages/pins", &ids[0]), ("pins", &ids[1])] {
        tokio::time::advance(std::time::Duration::from_millis(5)).await;
        ok(
            &sim,
            "PUT",
            &format!("/channels/{general}/{place}/{id}"),
            Value::Null,
        )
        .await;
        assert_eq!(client.dispatch("MESSAGE_UPDATE").await["d"]["pinned"], true);
        let pins = client.dispatch("CHANNEL_PINS_UPDATE").await;
        assert!(pins["d"]["last_pin_timestamp"].is_string());
        let said = client.dispatch("MESSAGE_CREATE").await;
        assert_eq!(said["d"]["type"], 6);
        assert_eq!(said["d"]["message_reference"]["message_id"], **id);
        let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
        assert_eq!(entry["d"]["action_type"], 74);
    }
    let pins = ok(&sim, "GET", &format!("{path}/pins?limit=1"), Value::Null).await;
    assert_eq!(pins["has_more"], true);
    assert_eq!(pins["items"][0]["message"]["content"], "1");
    let before = pins["items"][0]["pinned_at"]
        .as_str()
        .unwrap()
        .replace('+', "%2B");
    let pins = ok(
        &sim,
        "GET",
        &format!("{path}/pins?before={before}"),
        Value::Null,
    )
    .await;
    assert_eq!(
        (&pins["has_more"], &pins["items"][0]["message"]["content"]),
        (&json!(false), &json!("0"))
    );
    let plain = ok(
        &sim,
        "GET",
        &format!("/channels/{general}/pins"),
        Value::Null,
    )
    .await;
    assert_eq!(plain.as_array().unwrap().len(), 2);
    ok(
        &sim,
        "DELETE",
        &format!("{path}/pins/{}", ids[1]),
        Value::Null,
    )
    .await;
    assert_eq!(
        client.dispatch("MESSAGE_UPDATE").await["d"]["pinned"],
        false
    );
    client.dispatch("CHANNEL_PINS_UPDATE").await;
    // Again is no change, and a message of the system cannot be pinned.
    ok(
        &sim,
        "DELETE",
        &format!("{path}/pins/{}", ids[1]),
        Value::Null,
    )
    .await;
    let system = sim.messages(general).pop().unwrap().id;
    let answer = refused(&sim, "PUT", &format!("{path}/pins/{system}"), Value::Null).await;
    assert_eq!(answer, (403, 50_021));
}

#[tokio::test(start_paused = true)]
async fn the_251st_pin_is_refused() {
    let sim = start().await;
    let general = sim.channel("general");
    let pin = |id: String| format!("/channels/{general}/messages/pins/{id}");
    for number in 0..=250 {
        tokio::time::advance(std::time::Duration::from_secs(1)).await;
        let id = sim.say(general, sim.user("ada"), "x").to_string();
        let response = send(&sim, "PUT", &pin(id), Value::Null).await;
        if number == 250 {
            assert_eq!(told(&response)["code"], 30_003);
        } else {
            assert_eq!(response.status(), StatusCode::NO_CONTENT, "{number}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn reactions_are_listed_counted_limited_and_cleared() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let said = sim.say(general, ada, "hi");
    client.dispatch("MESSAGE_CREATE").await;
    let root = format!("/channels/{general}/messages/{said}");
    let tea = format!("{root}/reactions/%F0%9F%8D%B5");
    for user in ["ada", "grace", "linus"] {
        sim.react(general, said, sim.user(user), "🍵");
        client.dispatch("MESSAGE_REACTION_ADD").await;
    }
    // Twice with one emoji is once.
    sim.react(general, said, ada, "🍵");
    ok(&sim, "PUT", &format!("{tea}/@me"), Value::Null).await;
    let event = client.dispatch("MESSAGE_REACTION_ADD").await;
    assert_eq!(event["d"]["user_id"], sim.world().bot.get().to_string());
    let message = ok(&sim, "GET", &root, Value::Null).await;
    assert_eq!(
        (
            &message["reactions"][0]["count"],
            &message["reactions"][0]["me"]
        ),
        (&json!(4), &json!(true))
    );
    let page = ok(&sim, "GET", &format!("{tea}?limit=2"), Value::Null).await;
    let last = id(&page[1]);
    assert_eq!(page.as_array().unwrap().len(), 2);
    let rest = ok(&sim, "GET", &format!("{tea}?after={last}"), Value::Null).await;
    assert_eq!(rest.as_array().unwrap().len(), 2);
    assert_eq!(
        ok(&sim, "GET", &format!("{tea}?type=1"), Value::Null).await,
        json!([])
    );

    ok(&sim, "DELETE", &format!("{tea}/{ada}"), Value::Null).await;
    let event = client.dispatch("MESSAGE_REACTION_REMOVE").await;
    assert_eq!(event["d"]["user_id"], ada.to_string());
    for number in 1..20_u8 {
        let emoji = format!("{}%EF%B8%8F%E2%83%A3{number}", number % 10);
        ok(
            &sim,
            "PUT",
            &format!("{root}/reactions/{emoji}/@me"),
            Value::Null,
        )
        .await;
        client.dispatch("MESSAGE_REACTION_ADD").await;
    }
    let more = format!("{root}/reactions/%F0%9F%8E%89/@me");
    assert_eq!(
        refused(&sim, "PUT", &more, Value::Null).await,
        (400, 30_010)
    );
    for unknown in ["party", "party:123", "%F0%9F%8E%89"] {
        let path = format!("{root}/reactions/{unknown}");
        assert_eq!(
            refused(&sim, "GET", &path, Value::Null).await,
            (400, 10_014),
            "{unknown}"
        );
    }
    ok(&sim, "DELETE", &tea, Value::Null).await;
    let event = client.dispatch("MESSAGE_REACTION_REMOVE_EMOJI").await;
    assert_eq!(event["d"]["emoji"]["name"], "🍵");
    ok(&sim, "DELETE", &format!("{root}/reactions"), Value::Null).await;
    client.dispatch("MESSAGE_REACTION_REMOVE_ALL").await;
    assert!(
        ok(&sim, "GET", &root, Value::Null)
            .await
            .get("reactions")
            .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn a_poll_is_asked_and_ended_by_its_author() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let general = sim.channel("general");
    let path = format!("/channels/{general}/messages");
    let poll = json!({
        "question": { "text": "Tea or coffee?" },
        "answers": [{ "poll_media": { "text": "tea" } }, { "poll_media": { "text": "coffee" } }],
    });
    let found = wrong(
        &sim,
        json!({ "poll": { "question": { "text": "?" }, "answers": [] } }),
    )
    .await;
    assert_eq!(found, ["poll.answers BASE_TYPE_BAD_LENGTH"]);
    let message = ok(&sim, "POST", &path, json!({ "poll": poll })).await;
    assert_eq!(message["poll"]["answers"][1]["answer_id"], 2);
    client.dispatch("MESSAGE_CREATE").await;
    let asked = id(&message);
    let edit = json!({ "content": "changed my mind" });
    let answer = refused(&sim, "PATCH", &format!("{path}/{asked}"), edit).await;
    assert_eq!(answer, (400, 520_003));
    let root = format!("/channels/{general}/polls/{asked}");
    let voters = ok(&sim, "GET", &format!("{root}/answers/1"), Value::Null).await;
    assert_eq!(voters, json!({ "users": [] }));
    let ended = ok(&sim, "POST", &format!("{root}/expire"), Value::Null).await;
    assert_eq!(ended["poll"]["results"]["is_finalized"], true);
    client.dispatch("MESSAGE_UPDATE").await;
    let result = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(result["d"]["type"], 46);
    assert_eq!(result["d"]["embeds"][0]["type"], "poll_result");
    let again = refused(&sim, "POST", &format!("{root}/expire"), Value::Null).await;
    assert_eq!(again, (400, 520_001));
    let plain = sim.say(general, sim.user("ada"), "no poll");
    let path = format!("/channels/{general}/polls/{plain}/expire");
    assert_eq!(
        refused(&sim, "POST", &path, Value::Null).await,
        (400, 520_006)
    );
}

#[tokio::test(start_paused = true)]
async fn a_bot_without_permissions_is_refused_what_they_allow() {
    // See, and read the history.
    let world = World::new().guild("tea house", |g| {
        g.bot_permissions(may(1 << 10 | 1 << 16))
            .channel("general")
            .member("ada")
    });
    let builder = Simulator::builder()
        .in_memory()
        .rate_limits(false)
        .world(world);
    let sim = builder.start().await.unwrap();
    let general = sim.channel("general");
    let said = sim.say(general, sim.user("ada"), "hi");
    let messages = format!("/channels/{general}/messages");
    ok(&sim, "GET", &messages, Value::Null).await;
    for (method, path, body) in [
        ("DELETE", format!("{messages}/{said}"), Value::Null),
        ("PUT", format!("{messages}/pins/{said}"), Value::Null),
        (
            "DELETE",
            format!("{messages}/{said}/reactions"),
            Value::Null,
        ),
        (
            "POST",
            format!("{messages}/bulk-delete"),
            json!({ "messages": ["1", "2"] }),
        ),
        ("PATCH", format!("{messages}/{said}"), json!({ "flags": 4 })),
    ] {
        let answer = refused(&sim, method, &path, body).await;
        assert_eq!(answer, (403, 50_013), "{method} {path}");
    }
}

#[tokio::test(start_paused = true)]
async fn messages_are_paged_from_one_place_at_a_time() {
    let sim = start().await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    for query in ["before=5&after=1", "around=5&before=9"] {
        let path = format!("{path}?{query}");
        assert_eq!(
            refused(&sim, "GET", &path, Value::Null).await,
            (400, 50_035)
        );
    }
    ok(&sim, "GET", &format!("{path}?before=5&after="), Value::Null).await;
}

#[tokio::test(start_paused = true)]
async fn a_voice_message_is_not_edited() {
    let sim = start().await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let payload = json!({
        "flags": 1 << 13,
        "attachments": [{ "id": 0, "duration_secs": 1.5, "waveform": "AAAA" }],
    });
    let files: &[(&str, &str, &[u8])] = &[("voice.ogg", "audio/ogg", b"OggS")];
    let kind = "multipart/form-data; boundary=edge";
    let voice = told(&send_as(&sim, "POST", &path, kind, form(&payload, files)).await);
    let one = format!("{path}/{}", id(&voice));
    let answer = refused(&sim, "PATCH", &one, json!({ "content": "a" })).await;
    assert_eq!(answer, (400, 50_162));
}

#[tokio::test(start_paused = true)]
async fn a_theme_is_something_to_say() {
    let sim = start().await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let theme =
        json!({ "colors": ["5865F2"], "gradient_angle": 0, "base_mix": 58, "base_theme": 1 });
    let said = ok(&sim, "POST", &path, json!({ "shared_client_theme": theme })).await;
    assert_eq!(said["shared_client_theme"], theme);
    let found = wrong(
        &sim,
        json!({ "shared_client_theme": { "colors": [], "base_mix": 101 } }),
    )
    .await;
    assert_eq!(found.len(), 2, "{found:?}");
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_poll_is_told_to_who_asked() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let poll =
        json!({ "question": { "text": "tea?" }, "answers": [{ "poll_media": { "text": "yes" } }] });
    let asked = ok(&sim, "POST", &path, json!({ "poll": poll })).await;
    let end = format!(
        "/channels/{}/polls/{}/expire",
        sim.channel("general"),
        id(&asked)
    );
    ok(&sim, "POST", &end, Value::Null).await;
    let mut result = Value::Null;
    while result["type"] != 46 {
        result = until(&mut client, "MESSAGE_CREATE").await;
    }
    assert_eq!(result["mentions"][0]["id"], asked["author"]["id"]);
    assert_eq!(result["message_reference"]["message_id"], asked["id"]);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_is_not_forwarded() {
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let sim = builder
        .disallow_intents(polycord_types::gateway::Intents::MESSAGE_CONTENT)
        .start()
        .await
        .unwrap();
    let (general, bots) = (sim.channel("general"), sim.channel("bots"));
    let said = sim.say(general, sim.user("ada"), "a secret");
    let forward = json!({ "message_reference": {
        "type": 1, "message_id": said.to_string(), "channel_id": general.to_string(),
    }});
    let path = format!("/channels/{bots}/messages");
    assert_eq!(refused(&sim, "POST", &path, forward).await, (400, 160_014));
}
