//! Rate limits of REST.

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use polycord_simulator::Simulator;
use serde_json::{Value, json};

use crate::call::{ask, json_of};

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

async fn bot(sim: &Simulator, method: &str, path: &str, body: Value) -> Response<Bytes> {
    ask(sim, method, path, &format!("Bot {}", sim.token()), body).await
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> Option<&'a str> {
    let value = response.headers().get(name)?;
    Some(value.to_str().unwrap())
}

#[tokio::test(start_paused = true)]
async fn buckets_are_counted_by_route_and_channel_and_named_by_route_alone() {
    let sim = start().await;
    let world = sim.world();
    let channels = &world.guilds[0].channels;
    let typing = |channel| format!("/channels/{channel}/typing");
    let (one, other) = (typing(channels[0].id), typing(channels[1].id));
    for left in (0..5).rev() {
        let response = bot(&sim, "POST", &one, Value::Null).await;
        assert_eq!(
            header(&response, "x-ratelimit-remaining"),
            Some(&*left.to_string())
        );
    }
    let refused = bot(&sim, "POST", &one, Value::Null).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-scope"), Some("user"));
    assert_eq!(header(&refused, "retry-after"), Some("5"));
    assert_eq!(json_of(&refused)["global"], false);
    let response = bot(&sim, "POST", &other, Value::Null).await;
    assert_eq!(response.status(), 204);
    let bucket = header(&response, "x-ratelimit-bucket");
    assert_eq!(bucket, header(&refused, "x-ratelimit-bucket"));
    tokio::time::advance(Duration::from_secs(5)).await;
    assert_eq!(bot(&sim, "POST", &one, Value::Null).await.status(), 204);
}

#[tokio::test(start_paused = true)]
async fn reactions_share_one_bucket() {
    let sim = start().await;
    let general = sim.channel("general");
    let message = sim.say(general, sim.user("ada"), "hello");
    let path = format!("/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D/@me");
    let made = bot(&sim, "PUT", &path, Value::Null).await;
    assert_eq!(made.status(), 204);
    let refused = bot(&sim, "DELETE", &path, Value::Null).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(json_of(&refused)["retry_after"], 0.25);
    assert_eq!(
        header(&refused, "x-ratelimit-bucket"),
        header(&made, "x-ratelimit-bucket")
    );
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_others_use_up_is_limited_with_scope_shared() {
    let sim = Simulator::builder().in_memory().invalid_request_limit(
        1,
        Duration::from_secs(60),
        Duration::from_secs(60),
    );
    let sim = sim.start().await.unwrap();
    let general = sim.channel("general");
    sim.exhaust(general, Duration::from_millis(1_500));
    let path = format!("/channels/{general}/messages");
    let body = json!({ "content": "hello" });
    let refused = bot(&sim, "POST", &path, body.clone()).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-scope"), Some("shared"));
    assert_eq!(header(&refused, "x-ratelimit-remaining"), Some("5"));
    assert_eq!(header(&refused, "retry-after"), Some("2"));
    assert_eq!(
        json_of(&refused)["message"],
        "The resource is being rate limited."
    );
    // It is nobody's fault: a first invalid request would have been the last.
    tokio::time::advance(Duration::from_millis(1_500)).await;
    assert_eq!(bot(&sim, "POST", &path, body).await.status(), 200);
}

#[tokio::test(start_paused = true)]
async fn the_global_limit_leaves_interactions_alone() {
    let sim = start().await;
    sim.exhaust_globally(Duration::from_secs(2));
    let refused = bot(&sim, "GET", "/users/@me", Value::Null).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-global"), Some("true"));
    assert_eq!(header(&refused, "x-ratelimit-scope"), Some("global"));
    assert_eq!(header(&refused, "x-ratelimit-bucket"), None);
    assert_eq!(json_of(&refused)["global"], true);
    let path = "/interactions/1/token/callback";
    let response = ask(&sim, "POST", path, "", json!({ "type": 4 })).await;
    assert_eq!(json_of(&response)["code"], 10_062);
    // A webhook by its token is nobody's, by the bot's own it counts.
    let path = "/webhooks/1/token";
    let response = ask(&sim, "GET", path, "", Value::Null).await;
    assert_eq!(json_of(&response)["code"], 10_015);
    let refused = bot(&sim, "GET", "/webhooks/1", Value::Null).await;
    assert_eq!(header(&refused, "x-ratelimit-scope"), Some("global"));
}

#[tokio::test(start_paused = true)]
async fn fifty_requests_a_second_are_all_there_are() {
    let sim = start().await;
    // Buckets of their own, so that no route is what is full.
    let path = |n: u64| format!("/channels/{n}/messages/1");
    for n in 0..50 {
        assert_eq!(bot(&sim, "GET", &path(n), Value::Null).await.status(), 404);
    }
    let refused = bot(&sim, "GET", &path(50), Value::Null).await;
    assert_eq!(header(&refused, "x-ratelimit-scope"), Some("global"));
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(bot(&sim, "GET", &path(50), Value::Null).await.status(), 404);
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_too_often_is_banned_by_the_edge() {
    let minute = Duration::from_secs(60);
    let sim = Simulator::builder().in_memory();
    let sim = sim
        .invalid_request_limit(3, minute, 5 * minute)
        .start()
        .await
        .unwrap();
    for _ in 0..3 {
        let refused = ask(&sim, "GET", "/users/@me", "Bot wrong", Value::Null).await;
        assert_eq!(refused.status(), 401);
        // Nobody's requests have no bucket.
        assert_eq!(header(&refused, "x-ratelimit-bucket"), None);
        assert_eq!(header(&refused, "via"), Some("1.1 google"));
    }
    let banned = bot(&sim, "GET", "/users/@me", Value::Null).await;
    assert_eq!(banned.status(), 429);
    assert_eq!(
        header(&banned, "content-type"),
        Some("text/html; charset=UTF-8")
    );
    assert_eq!(header(&banned, "via"), None);
    assert_eq!(header(&banned, "retry-after"), Some("300"));
    assert!(String::from_utf8_lossy(banned.body()).contains("1015"));
    tokio::time::advance(5 * minute).await;
    assert_eq!(
        bot(&sim, "GET", "/users/@me", Value::Null).await.status(),
        200
    );
}

#[tokio::test(start_paused = true)]
async fn invalid_requests_far_apart_are_forgiven() {
    let minute = Duration::from_secs(60);
    let sim = Simulator::builder().in_memory();
    let sim = sim
        .invalid_request_limit(3, minute, minute)
        .start()
        .await
        .unwrap();
    for _ in 0..6 {
        let refused = ask(&sim, "GET", "/users/@me", "", Value::Null).await;
        assert_eq!(refused.status(), 401);
        tokio::time::advance(Duration::from_secs(31)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn limits_can_be_set_and_taken_away() {
    let sim = Simulator::builder().in_memory();
    let strict = sim
        .clone()
        .route_rate_limit("GET /users/@me", 1, Duration::from_secs(9));
    let strict = strict.start().await.unwrap();
    assert_eq!(
        bot(&strict, "GET", "/users/@me", Value::Null)
            .await
            .status(),
        200
    );
    let refused = bot(&strict, "GET", "/users/@me", Value::Null).await;
    assert_eq!(header(&refused, "retry-after"), Some("9"));
    let free = sim.rate_limits(false).start().await.unwrap();
    for _ in 0..200 {
        let response = bot(&free, "GET", "/users/@me", Value::Null).await;
        assert_eq!(response.status(), 200);
    }
}

#[tokio::test(start_paused = true)]
async fn followups_are_limited_by_token_and_not_by_application() {
    let sim = start().await;
    let (mut client, _) = crate::client::ready(&sim, 0).await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
        let event = client.dispatch("INTERACTION_CREATE").await;
        let token = event["d"]["token"].as_str().unwrap().to_owned();
        let path = format!("/interactions/{id}/{token}/callback");
        let body = json!({ "type": 4, "data": { "content": "pong" } });
        assert_eq!(ask(&sim, "POST", &path, "", body).await.status(), 204);
        tokens.push(token);
    }
    let followup = |token: &str| {
        let (sim, path) = (
            &sim,
            format!("/webhooks/{}/{token}", sim.world().application),
        );
        async move { ask(sim, "POST", &path, "", json!({ "content": "more" })).await }
    };
    for left in (0..5).rev() {
        let made = followup(&tokens[0]).await;
        assert_eq!(made.status(), 200);
        assert_eq!(
            header(&made, "x-ratelimit-remaining"),
            Some(&*left.to_string())
        );
    }
    let refused = followup(&tokens[0]).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-scope"), Some("user"));
    assert_eq!(followup(&tokens[1]).await.status(), 200);
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(followup(&tokens[0]).await.status(), 200);
}
