//! REST in memory, and what it makes of the world.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use polycord_simulator::{CommandOption, Journal, Simulator};
use polycord_types::id::InteractionId;
use serde_json::{Value, json};

use crate::call::AGENT;
use crate::client::{ALL, ready};

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

async fn call(sim: &Simulator, method: &str, path: &str, body: Value) -> Response<Bytes> {
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
        .body(body)
        .unwrap();
    sim.handle(request).await
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

async fn get(sim: &Simulator, path: &str) -> Value {
    let response = call(sim, "GET", path, Value::Null).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    json_of(&response)
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).unwrap().to_str().unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_gateway_and_the_application_are_described() {
    let sim = Simulator::builder()
        .in_memory()
        .shards(2)
        .max_concurrency(4)
        .start()
        .await
        .unwrap();
    let gateway = get(&sim, "/gateway/bot").await;
    assert_eq!(gateway["url"], sim.gateway_url());
    assert_eq!(gateway["shards"], 2);
    let limit = json!({ "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 4 });
    assert_eq!(gateway["session_start_limit"], limit);
    let world = sim.world();
    assert_eq!(
        get(&sim, "/users/@me").await["id"],
        world.bot.get().to_string()
    );
    for path in ["/applications/@me", "/oauth2/applications/@me"] {
        assert_eq!(
            get(&sim, path).await["id"],
            world.application.get().to_string()
        );
    }
    let guild = &world.guilds[0];
    assert_eq!(
        get(&sim, &format!("/guilds/{}", guild.id)).await["name"],
        "polycord"
    );
    let channels = get(&sim, &format!("/guilds/{}/channels", guild.id)).await;
    assert_eq!(channels.as_array().unwrap().len(), 3);
    let roles = get(&sim, &format!("/guilds/{}/roles", guild.id)).await;
    assert_eq!(roles[0]["id"], guild.id.get().to_string());
    let members = get(&sim, &format!("/guilds/{}/members?limit=1000", guild.id)).await;
    assert_eq!(members.as_array().unwrap().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn refusals_have_discords_shape() {
    let sim = start().await;
    let request = Request::get("/api/v10/users/@me")
        .header("user-agent", AGENT)
        .header("authorization", "Bot wrong");
    let response = sim.handle(request.body(Bytes::new()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        json_of(&response),
        json!({ "message": "401: Unauthorized", "code": 0 })
    );

    let general = sim.channel("general");
    let long = "x".repeat(2_001);
    let messages = format!("/channels/{general}/messages");
    let cases = [
        ("GET", "/channels/1".to_owned(), Value::Null, 404, 10_003),
        ("GET", "/guilds/1".to_owned(), Value::Null, 404, 10_004),
        ("GET", "/users/1".to_owned(), Value::Null, 404, 10_013),
        ("GET", format!("{messages}/1"), Value::Null, 404, 10_008),
        (
            "POST",
            messages.clone(),
            json!({ "content": "" }),
            400,
            50_006,
        ),
        (
            "POST",
            messages.clone(),
            json!({ "content": long }),
            400,
            50_035,
        ),
        (
            "POST",
            messages.clone(),
            json!({ "content": 5 }),
            400,
            50_035,
        ),
        ("GET", "/channels/abc".to_owned(), Value::Null, 400, 50_035),
    ];
    for (method, path, body, status, code) in cases {
        let response = call(&sim, method, &path, body).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        let body = json_of(&response);
        assert_eq!(body["code"], code, "{path}");
        assert!(body["message"].is_string());
        assert_eq!(body["errors"].is_object(), code == 50_035);
    }
    let theirs = sim.say(general, sim.user("ada"), "mine");
    let edit = json!({ "content": "yours" });
    let response = call(&sim, "PATCH", &format!("{messages}/{theirs}"), edit).await;
    assert_eq!(json_of(&response)["code"], 50_005);

    let response = call(&sim, "GET", "/lobbies/1", Value::Null).await;
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    let message = json_of(&response)["message"].as_str().unwrap().to_owned();
    assert!(message.contains("GET lobbies/1"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn what_rest_does_comes_out_as_events() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let asked = sim.say(general, ada, "!ping");
    client.dispatch("MESSAGE_CREATE").await;

    let messages = format!("/channels/{general}/messages");
    let body = json!({ "content": "pong", "message_reference": { "message_id": asked.get().to_string() } });
    let created = json_of(&call(&sim, "POST", &messages, body).await);
    let event = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(event["d"]["id"], created["id"]);
    assert_eq!(created["referenced_message"]["content"], "!ping");
    assert_eq!(created["mentions"][0]["username"], "ada");
    let seen = sim
        .expect_message(general, |m| m.content == "pong", Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(seen.reply_to, Some(asked));

    let one = format!("{messages}/{}", created["id"].as_str().unwrap());
    call(&sim, "PATCH", &one, json!({ "content": "pong!" })).await;
    let event = client.dispatch("MESSAGE_UPDATE").await;
    assert_eq!(event["d"]["content"], "pong!");
    assert!(event["d"]["edited_timestamp"].is_string());

    let reaction = format!("{messages}/{asked}/reactions/%F0%9F%8E%89/@me");
    for (method, name) in [
        ("PUT", "MESSAGE_REACTION_ADD"),
        ("DELETE", "MESSAGE_REACTION_REMOVE"),
    ] {
        let response = call(&sim, method, &reaction, Value::Null).await;
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert_eq!(client.dispatch(name).await["d"]["emoji"]["name"], "🎉");
        // Reactions share one bucket, of one request.
        tokio::time::advance(Duration::from_millis(250)).await;
    }
    call(
        &sim,
        "POST",
        &format!("/channels/{general}/typing"),
        Value::Null,
    )
    .await;
    client.dispatch("TYPING_START").await;
    call(&sim, "DELETE", &one, Value::Null).await;
    client.dispatch("MESSAGE_DELETE").await;
    assert_eq!(get(&sim, &messages).await.as_array().unwrap().len(), 1);

    let body = json!({ "recipient_id": ada.get().to_string() });
    let direct = json_of(&call(&sim, "POST", "/users/@me/channels", body).await);
    let path = format!("/channels/{}/messages", direct["id"].as_str().unwrap());
    call(&sim, "POST", &path, json!({ "content": "hello" })).await;
    assert!(client.dispatch("MESSAGE_CREATE").await["d"]["guild_id"].is_null());

    let guild = sim.world().guilds[0].clone();
    let role = guild.role("moderators").unwrap();
    let path = format!("/guilds/{}/members/{ada}/roles/{role}", guild.id);
    call(&sim, "PUT", &path, Value::Null).await;
    let event = client.dispatch("GUILD_MEMBER_UPDATE").await;
    assert_eq!(event["d"]["roles"], json!([role.get().to_string()]));
}

#[tokio::test(start_paused = true)]
async fn the_sixth_message_in_five_seconds_is_refused_until_it_waits() {
    let sim = start().await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let body = json!({ "content": "hi" });
    for left in (0..5).rev() {
        let response = call(&sim, "POST", &path, body.clone()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "x-ratelimit-limit"), "5");
        assert_eq!(header(&response, "x-ratelimit-remaining"), left.to_string());
        assert_eq!(header(&response, "x-ratelimit-reset-after"), "5.000");
        assert!(!header(&response, "x-ratelimit-bucket").is_empty());
    }
    let response = call(&sim, "POST", &path, body.clone()).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&response, "retry-after"), "5");
    assert_eq!(header(&response, "x-ratelimit-scope"), "user");
    let told = json_of(&response);
    assert_eq!(
        (&told["retry_after"], &told["global"]),
        (&json!(5.0), &json!(false))
    );
    // Another channel has its own.
    let other = format!("/channels/{}/messages", sim.channel("bots"));
    assert_eq!(
        call(&sim, "POST", &other, body.clone()).await.status(),
        StatusCode::OK
    );
    tokio::time::advance(Duration::from_secs(5)).await;
    assert_eq!(
        call(&sim, "POST", &path, body).await.status(),
        StatusCode::OK
    );
}

#[tokio::test(start_paused = true)]
async fn fifty_requests_a_second_are_enough() {
    let sim = start().await;
    for number in 0..50 {
        let path = format!("/guilds/{number}");
        assert_eq!(
            call(&sim, "GET", &path, Value::Null).await.status(),
            StatusCode::NOT_FOUND
        );
    }
    let response = call(&sim, "GET", "/users/@me", Value::Null).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&response, "x-ratelimit-global"), "true");
    assert_eq!(json_of(&response)["global"], true);
}

#[tokio::test(start_paused = true)]
async fn a_slash_command_is_registered_run_and_answered() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, 0).await;
    let application = sim.world().application;
    let commands = format!("/applications/{application}/commands");
    let body = json!([{ "name": "echo", "description": "Says it again", "options": [
        { "type": 3, "name": "text", "description": "What", "required": true },
        { "type": 6, "name": "to", "description": "To whom" },
    ] }]);
    let registered = json_of(&call(&sim, "PUT", &commands, body.clone()).await);
    let again = json_of(&call(&sim, "PUT", &commands, body).await);
    assert_eq!(registered[0]["id"], again[0]["id"]);
    let bad = json!({ "name": "Echo!", "description": "x" });
    assert_eq!(
        json_of(&call(&sim, "POST", &commands, bad).await)["code"],
        50_035
    );

    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let options = [
        CommandOption::string("text", "hello"),
        CommandOption::user("to", ada),
    ];
    let id = sim.run_command(general, ada, "echo", options);
    let event = client.dispatch("INTERACTION_CREATE").await;
    assert_eq!(event["d"]["data"]["id"], registered[0]["id"]);
    assert_eq!(event["d"]["data"]["options"][0]["value"], "hello");
    assert_eq!(
        event["d"]["data"]["resolved"]["users"][ada.get().to_string()]["username"],
        "ada"
    );
    let token = event["d"]["token"].as_str().unwrap().to_owned();

    let callback = format!("/interactions/{id}/{token}/callback");
    let wrong = call(
        &sim,
        "POST",
        &format!("/interactions/{id}/no/callback"),
        json!({}),
    )
    .await;
    assert_eq!(json_of(&wrong)["code"], 10_062);
    let body = json!({ "type": 5 });
    assert_eq!(
        call(&sim, "POST", &callback, body.clone()).await.status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        json_of(&call(&sim, "POST", &callback, body).await)["code"],
        40_060
    );
    let original = format!("/webhooks/{application}/{token}/messages/@original");
    assert_eq!(get(&sim, &original).await["flags"], 128);
    let edited = call(&sim, "PATCH", &original, json!({ "content": "hello" })).await;
    assert_eq!(json_of(&edited)["flags"], 0);
    let followup = format!("/webhooks/{application}/{token}");
    let hidden = json!({ "content": "only you", "flags": 64 });
    assert_eq!(
        call(&sim, "POST", &followup, hidden).await.status(),
        StatusCode::OK
    );

    let response = sim.expect_response(id).await.unwrap();
    assert_eq!(response.kind, 5);
    assert_eq!(response.message.unwrap().content, "hello");
    assert_eq!(response.followups[0].content, "only you");
    assert!(
        sim.messages(general)
            .iter()
            .all(|message| message.content != "only you")
    );
    // Tokens are secrets: none is in the journal.
    assert!(!sim.journal().to_string().contains(&token));
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_three_seconds_is_too_late() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, 0).await;
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "slow", []);
    let event = client.dispatch("INTERACTION_CREATE").await;
    let token = event["d"]["token"].as_str().unwrap();
    tokio::time::advance(Duration::from_millis(3_001)).await;
    let callback = format!("/interactions/{id}/{token}/callback");
    let body = json!({ "type": 4, "data": { "content": "late" } });
    assert_eq!(
        json_of(&call(&sim, "POST", &callback, body).await)["code"],
        10_062
    );
    let missing = sim.expect_response(id).await.unwrap_err();
    assert!(missing.to_string().contains("callback -> 404"), "{missing}");
}

#[tokio::test(start_paused = true)]
async fn what_a_test_waits_for_may_be_told_by_asking_the_simulator() {
    let sim = start().await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    sim.say(general, ada, "hello");
    let by_ada = |message: &polycord_simulator::Message| message.author_id == sim.user("ada");
    let within = Duration::from_secs(1);
    let seen = sim.expect_message(general, by_ada, within).await.unwrap();
    assert_eq!(seen.content, "hello");
    let asked = |journal: &Journal| journal.len() == sim.journal().len();
    sim.expect_journal(asked, within).await.unwrap();
}

/// Runs a slash command: its id, and its token.
async fn interaction(sim: &Simulator) -> (InteractionId, String) {
    let (mut client, _) = ready(sim, 0).await;
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ask", []);
    let event = client.dispatch("INTERACTION_CREATE").await;
    (id, event["d"]["token"].as_str().unwrap().to_owned())
}

#[tokio::test(start_paused = true)]
async fn an_answer_only_the_user_sees_can_be_deleted() {
    let sim = start().await;
    let (id, token) = interaction(&sim).await;
    let callback = format!("/interactions/{id}/{token}/callback");
    let body = json!({ "type": 4, "data": { "content": "psst", "flags": 64 } });
    let answered = call(&sim, "POST", &callback, body).await;
    assert_eq!(answered.status(), StatusCode::NO_CONTENT);
    let webhook = format!("/webhooks/{}/{token}", sim.world().application);
    let original = format!("{webhook}/messages/@original");
    let deleted = call(&sim, "DELETE", &original, Value::Null).await;
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    let again = call(&sim, "GET", &original, Value::Null).await;
    assert_eq!(json_of(&again)["code"], 10_008);
    assert_eq!(sim.expect_response(id).await.unwrap().message, None);
}

#[tokio::test(start_paused = true)]
async fn the_token_of_an_interaction_opens_its_own_messages_only() {
    let sim = start().await;
    let theirs = sim.say(sim.channel("general"), sim.user("grace"), "mine");
    let (id, token) = interaction(&sim).await;
    let callback = format!("/interactions/{id}/{token}/callback");
    call(&sim, "POST", &callback, json!({ "type": 5 })).await;
    let webhook = format!("/webhooks/{}/{token}", sim.world().application);
    let path = format!("{webhook}/messages/{theirs}");
    for (method, body) in [
        ("GET", Value::Null),
        ("PATCH", json!({ "content": "taken over" })),
        ("DELETE", Value::Null),
    ] {
        let refused = call(&sim, method, &path, body).await;
        assert_eq!(json_of(&refused)["code"], 10_008, "{method}");
    }
    assert_eq!(sim.messages(sim.channel("general"))[0].content, "mine");
}

#[tokio::test(start_paused = true)]
async fn a_slash_command_is_not_answered_as_a_component_is() {
    let sim = start().await;
    let (id, token) = interaction(&sim).await;
    let callback = format!("/interactions/{id}/{token}/callback");
    for kind in [6, 7, 8] {
        let refused = call(&sim, "POST", &callback, json!({ "type": kind, "data": {} })).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "type {kind}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_nonce_comes_back_in_the_event_too() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, 1 << 9).await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    let body = json!({ "content": "once", "nonce": "n1" });
    let made = json_of(&call(&sim, "POST", &path, body).await);
    assert_eq!(made["nonce"], "n1");
    let event = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(event["d"]["nonce"], "n1");
}

#[test]
fn the_documented_routes_are_counted() {
    let (simulated, documented) = Simulator::routes();
    println!("routes: {simulated} of {documented}");
    assert_eq!(documented, 222);
    assert!(simulated >= 30, "{simulated}");
}
