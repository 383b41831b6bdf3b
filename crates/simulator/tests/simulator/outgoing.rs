//! HTTP out: interactions and webhook events as signed requests.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use polycord_simulator::{Builder, EntryKind, Simulator};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::call::{call, error_at};
use crate::client::{GUILDS, ready};

const URL: &str = "https://bot.example/interactions";

/// An application that looks at signatures: what it answers, and what it was asked.
#[derive(Clone, Default)]
pub(crate) struct App {
    /// The key, once the simulator has made it.
    pub(crate) key: Arc<Mutex<Option<String>>>,
    asked: Arc<Mutex<Vec<Value>>>,
    pub(crate) refused: Arc<Mutex<usize>>,
}

impl App {
    pub(crate) fn answer(
        &self,
        request: &Request<Bytes>,
        answer: impl Fn(&Value) -> Response<Bytes>,
    ) -> Response<Bytes> {
        let key = self.key.lock().unwrap().clone().unwrap();
        if !is_signed(&key, request) {
            *self.refused.lock().unwrap() += 1;
            return with_status(401);
        }
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        self.asked.lock().unwrap().push(body.clone());
        answer(&body)
    }

    pub(crate) fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }

    /// Starts a simulator whose requests come here.
    async fn start(
        &self,
        builder: Builder,
        answer: impl Fn(&Value) -> Response<Bytes> + Clone + Send + Sync + 'static,
    ) -> Simulator {
        let app = self.clone();
        let handler = move |request: Request<Bytes>| {
            let (app, answer) = (app.clone(), answer.clone());
            async move { app.answer(&request, answer) }
        };
        let sim = builder
            .in_memory()
            .deliver_to(handler)
            .start()
            .await
            .unwrap();
        *self.key.lock().unwrap() = Some(sim.public_key());
        sim
    }
}

fn is_signed(key: &str, request: &Request<Bytes>) -> bool {
    let header = |name: &str| request.headers()[name].to_str().unwrap();
    let signed = [header("x-signature-timestamp").as_bytes(), request.body()].concat();
    let key = UnparsedPublicKey::new(&ED25519, unhex(key));
    key.verify(&signed, &unhex(header("x-signature-ed25519")))
        .is_ok()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn with_status(status: u16) -> Response<Bytes> {
    let response = Response::builder().status(status);
    response
        .header("content-type", "text/plain")
        .body(Bytes::new())
        .unwrap()
}

fn with_json(body: &Value) -> Response<Bytes> {
    let response = Response::builder().header("content-type", "application/json");
    response.body(Bytes::from(body.to_string())).unwrap()
}

/// PONG, and a message for everything else.
pub(crate) fn pong(body: &Value) -> Response<Bytes> {
    match body["type"].as_u64() {
        Some(1) => with_json(&json!({ "type": 1 })),
        _ => with_json(&json!({ "type": 4, "data": { "content": "over HTTP" } })),
    }
}

#[tokio::test(start_paused = true)]
async fn an_interaction_is_posted_and_answered_in_the_response() {
    let app = App::default();
    let builder = Simulator::builder().interactions_endpoint(URL);
    let sim = app.start(builder, pong).await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let id = sim.run_command(general, ada, "ping", []);
    let answer = sim.expect_response(id).await.unwrap();
    assert_eq!(answer.message.unwrap().content, "over HTTP");
    let asked = app.asked();
    assert_eq!(asked[0]["id"], id.to_string());
    assert_eq!(asked[0]["data"]["name"], "ping");
    // One way or the other, never both: the next event on the gateway is another.
    sim.join(sim.guild("polycord"), "somebody");
    sim.outage(sim.guild("polycord"), true);
    client.dispatch("GUILD_DELETE").await;
    let posted = sim.journal().to_string();
    assert!(
        posted.contains("POST INTERACTION_CREATE to https://bot.example/interactions -> 200"),
        "{posted}"
    );
}

#[tokio::test(start_paused = true)]
async fn after_202_the_callback_comes_by_itself() {
    let app = App::default();
    let builder = Simulator::builder().interactions_endpoint(URL);
    let sim = app.start(builder, |_| with_status(202)).await;
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    let posted = |journal: &polycord_simulator::Journal| journal.to_string().contains("-> 202");
    sim.expect_journal(posted, Duration::from_secs(1))
        .await
        .unwrap();
    let token = app.asked()[0]["token"].as_str().unwrap().to_owned();
    let path = format!("/interactions/{id}/{token}/callback");
    let body = json!({ "type": 4, "data": { "content": "later" } });
    assert_eq!(call(&sim, "POST", &path, body).await.0, 204);
    let answer = sim.expect_response(id).await.unwrap();
    assert_eq!(answer.message.unwrap().content, "later");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_none_is_refused_and_told() {
    let app = App::default();
    let builder = Simulator::builder().interactions_endpoint(URL);
    let sim = app
        .start(builder, |_| {
            with_json(&json!({ "type": 8, "data": { "choices": [] } }))
        })
        .await;
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    let missing = sim.expect_response(id).await.unwrap_err();
    assert!(missing.to_string().contains("was refused"), "{missing}");
}

#[tokio::test(start_paused = true)]
async fn who_takes_longer_than_three_seconds_has_not_answered() {
    let slow = |_: Request<Bytes>| async {
        tokio::time::sleep(Duration::from_millis(3_001)).await;
        with_json(&json!({ "type": 4, "data": { "content": "late" } }))
    };
    let builder = Simulator::builder().in_memory().interactions_endpoint(URL);
    let sim = builder.deliver_to(slow).start().await.unwrap();
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    let posted =
        |journal: &polycord_simulator::Journal| journal.to_string().contains("-> no answer");
    sim.expect_journal(posted, Duration::from_secs(10))
        .await
        .unwrap();
    assert!(
        sim.responses()
            .iter()
            .all(|answer| answer.interaction != id)
    );
}

#[tokio::test(start_paused = true)]
async fn a_url_is_saved_when_it_answers_ping_and_refuses_bad_signatures() {
    let app = App::default();
    let sim = app.start(Simulator::builder(), pong).await;
    let body = json!({ "interactions_endpoint_url": URL });
    let (status, saved) = call(&sim, "PATCH", "/applications/@me", body).await;
    assert_eq!(
        (status, &saved["interactions_endpoint_url"]),
        (200, &json!(URL))
    );
    assert_eq!(saved["verify_key"], sim.public_key());
    assert_eq!(*app.refused.lock().unwrap(), 1);
    assert_eq!(app.asked()[0]["type"], 1);
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    assert!(sim.expect_response(id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_pong_says_that_it_is_json() {
    for (kind, saved) in [
        (None, 400),
        (Some("text/html"), 400),
        (Some("application/json"), 200),
    ] {
        let app = App::default();
        let answer = move |_: &Value| {
            let response = Response::builder();
            let response = match kind {
                Some(kind) => response.header("content-type", kind),
                None => response,
            };
            response.body(Bytes::from_static(b"{\"type\":1}")).unwrap()
        };
        let sim = app.start(Simulator::builder(), answer).await;
        let body = json!({ "interactions_endpoint_url": URL });
        // However the path is written.
        let (status, _) = call(&sim, "PATCH", "/applications/%40me", body).await;
        assert_eq!(status, saved, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_in_the_response_brings_files_along() {
    let app = App::default();
    let answer = |_: &Value| {
        let form = json!({ "type": 4, "data": { "content": "look" } });
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"payload_json\"\r\n\r\n{form}\r\n\
             --b\r\ncontent-disposition: form-data; name=\"files[0]\"; filename=\"cup.txt\"\r\n\r\ntea\r\n--b--\r\n"
        );
        let response = Response::builder();
        let response = response.header("content-type", "multipart/form-data; boundary=b");
        response.body(Bytes::from(body)).unwrap()
    };
    let builder = Simulator::builder().interactions_endpoint(URL);
    let sim = app.start(builder, answer).await;
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    let answer = sim.expect_response(id).await.unwrap().message.unwrap();
    let general = sim.channel("general").to_string();
    let path = format!("/channels/{general}/messages/{}", answer.id);
    let (_, message) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!(message["attachments"][0]["filename"], "cup.txt");
}

#[tokio::test(start_paused = true)]
async fn every_fiftieth_delivery_tests_the_signature_and_costs_the_url() {
    let credulous = |request: Request<Bytes>| async move {
        pong(&serde_json::from_slice(request.body()).unwrap())
    };
    let builder = Simulator::builder().in_memory().interactions_endpoint(URL);
    let sim = builder.deliver_to(credulous).start().await.unwrap();
    let (mut client, _) = ready(&sim, GUILDS).await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    for _ in 0..50 {
        let id = sim.run_command(general, ada, "ping", []);
        sim.expect_response(id).await.unwrap();
    }
    let journal = sim.journal().to_string();
    let tested = "POST PING with a bad signature to https://bot.example/interactions -> 200";
    assert_eq!(journal.matches(tested).count(), 1, "{journal}");
    sim.run_command(general, ada, "ping", []);
    client.dispatch("INTERACTION_CREATE").await;
}

#[tokio::test(start_paused = true)]
async fn a_url_that_believes_everything_is_not_saved() {
    let credulous = |request: Request<Bytes>| async move {
        pong(&serde_json::from_slice(request.body()).unwrap())
    };
    let builder = Simulator::builder().in_memory();
    let sim = builder.deliver_to(credulous).start().await.unwrap();
    let body = json!({ "interactions_endpoint_url": URL });
    let (status, refused) = call(&sim, "PATCH", "/applications/@me", body).await;
    assert_eq!(status, 400);
    let code = "APPLICATION_INTERACTIONS_ENDPOINT_VALIDATION_FAILED";
    assert_eq!(error_at(&refused, "/interactions_endpoint_url"), code);
    let (_, application) = call(&sim, "GET", "/applications/@me", Value::Null).await;
    assert_eq!(application["interactions_endpoint_url"], Value::Null);
    // Not even a URL.
    let body = json!({ "interactions_endpoint_url": "ftp://bot.example" });
    let (_, refused) = call(&sim, "PATCH", "/applications/@me", body).await;
    assert_eq!(
        error_at(&refused, "/interactions_endpoint_url"),
        "URL_TYPE_INVALID_SCHEME"
    );
}

#[tokio::test(start_paused = true)]
async fn who_stops_looking_at_signatures_loses_the_url() {
    let credulous = |request: Request<Bytes>| async move {
        pong(&serde_json::from_slice(request.body()).unwrap())
    };
    let builder = Simulator::builder().in_memory().interactions_endpoint(URL);
    let sim = builder.deliver_to(credulous).start().await.unwrap();
    let (mut client, _) = ready(&sim, GUILDS).await;
    assert!(!sim.check_signatures().await);
    // Interactions go over the gateway again.
    sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    client.dispatch("INTERACTION_CREATE").await;
}

#[tokio::test(start_paused = true)]
async fn webhook_events_are_told_to_the_url_that_asked_for_them() {
    let app = App::default();
    let sim = app.start(Simulator::builder(), |_| with_status(204)).await;
    let body = json!({
        "event_webhooks_url": "https://bot.example/events",
        "event_webhooks_status": 2,
        "event_webhooks_types": ["APPLICATION_AUTHORIZED"],
    });
    assert_eq!(call(&sim, "PATCH", "/applications/@me", body).await.0, 200);
    assert_eq!(app.asked()[0]["type"], 0);
    let ada = sim.user("ada");
    sim.authorize(ada, Some(sim.guild("polycord")), &["bot"]);
    assert!(sim.deauthorize(ada));
    sim.emit("QUEST_USER_ENROLLMENT", json!({}), None);
    let told = |journal: &polycord_simulator::Journal| {
        journal.to_string().contains("APPLICATION_AUTHORIZED to")
    };
    sim.expect_journal(told, Duration::from_secs(1))
        .await
        .unwrap();
    let asked = app.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    let event = &asked[1];
    assert_eq!((&event["version"], &event["type"]), (&json!(1), &json!(1)));
    assert_eq!(event["event"]["type"], "APPLICATION_AUTHORIZED");
    assert_eq!(event["event"]["data"]["user"]["id"], ada.to_string());
    assert_eq!(event["event"]["data"]["integration_type"], 0);
    assert!(!event["event"]["timestamp"].as_str().unwrap().contains('+'));
}

#[tokio::test(start_paused = true)]
async fn an_event_nobody_hears_is_told_again_for_ten_minutes_less_and_less_often() {
    let app = App::default();
    let builder = Simulator::builder().events_endpoint("https://bot.example/events");
    let sim = app.start(builder, |_| with_status(500)).await;
    sim.emit("QUEST_USER_ENROLLMENT", json!({}), None);
    let times = || {
        let journal = sim.journal();
        let told = journal
            .iter()
            .filter(|entry| matches!(entry.kind, EntryKind::Delivered { .. }));
        told.map(|entry| entry.at).collect::<Vec<_>>()
    };
    tokio::time::sleep(Duration::from_secs(700)).await;
    let times = times();
    assert_eq!(times.len(), 10);
    let gaps: Vec<u64> = times
        .windows(2)
        .map(|pair| pair[1].saturating_sub(pair[0]).as_secs())
        .collect();
    assert_eq!(gaps, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
}

#[tokio::test(start_paused = true)]
async fn an_event_is_heard_within_three_seconds_or_not_at_all() {
    for (takes, told) in [(2_999, 1), (3_001, 2)] {
        let first = Arc::new(Mutex::new(true));
        let slow = move |_: Request<Bytes>| {
            let first = std::mem::take(&mut *first.lock().unwrap());
            async move {
                let takes = if first { takes } else { 0 };
                tokio::time::sleep(Duration::from_millis(takes)).await;
                with_status(204)
            }
        };
        let builder = Simulator::builder().in_memory();
        let builder = builder.events_endpoint("https://bot.example/events");
        let sim = builder.deliver_to(slow).start().await.unwrap();
        sim.emit("QUEST_USER_ENROLLMENT", json!({}), None);
        tokio::time::sleep(Duration::from_secs(60)).await;
        let journal = sim.journal().to_string();
        let posts = journal.matches("POST QUEST_USER_ENROLLMENT").count();
        assert_eq!(posts, told, "{takes} ms: {journal}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_is_not_told_again_where_the_application_is_no_more() {
    let app = App::default();
    let builder = Simulator::builder().events_endpoint("https://bot.example/events");
    let sim = app.start(builder, |_| with_status(500)).await;
    sim.emit("QUEST_USER_ENROLLMENT", json!({}), None);
    tokio::time::sleep(Duration::from_secs(5)).await;
    let before = app.asked().len();
    assert_eq!(before, 3);
    let body = json!({ "event_webhooks_url": null });
    assert_eq!(call(&sim, "PATCH", "/applications/@me", body).await.0, 200);
    tokio::time::sleep(Duration::from_secs(700)).await;
    assert_eq!(app.asked().len(), before);
}

#[tokio::test(start_paused = true)]
async fn after_five_events_nobody_heard_no_more_are_told() {
    let app = App::default();
    let builder = Simulator::builder().events_endpoint("https://bot.example/events");
    let sim = app.start(builder, |_| with_status(500)).await;
    for _ in 0..5 {
        sim.emit("QUEST_USER_ENROLLMENT", json!({}), None);
    }
    tokio::time::sleep(Duration::from_secs(700)).await;
    let (_, application) = call(&sim, "GET", "/applications/@me", Value::Null).await;
    assert_eq!(application["event_webhooks_status"], 3);
}

/// An application on a port of its own, which looks at no signature.
async fn listen(answer: &'static str) -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = vec![0; 64 * 1024];
            let mut read = 0;
            // The whole request: its last byte is that of the JSON.
            while !request[..read].ends_with(b"}") {
                read += socket.read(&mut request[read..]).await.unwrap();
            }
            assert!(request.starts_with(b"POST /hook?x=1 HTTP/1.1\r\n"));
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn requests_go_over_the_network_to_a_port() {
    let address = listen("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 39\r\n\r\n{\"type\":4,\"data\":{\"content\":\"socket\"}} ").await;
    let url = format!("http://{address}/hook?x=1");
    let builder = Simulator::builder().in_memory().interactions_endpoint(url);
    let sim = builder.start().await.unwrap();
    let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
    let answer = sim.expect_response(id).await.unwrap();
    assert_eq!(answer.message.unwrap().content, "socket");
}

#[cfg(feature = "tls")]
#[tokio::test]
async fn https_needs_an_authority_that_is_trusted() {
    let server = Simulator::builder().tls(true).start().await.unwrap();
    let url = server.api_url().to_owned();
    let stranger = Simulator::builder().in_memory().interactions_endpoint(&url);
    let friend = stranger.clone().trust(server.ca_pem().unwrap());
    for (builder, expected) in [(stranger, None), (friend, Some(401))] {
        let sim = builder.start().await.unwrap();
        sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
        let status = |journal: &polycord_simulator::Journal| {
            journal.iter().find_map(|entry| match entry.kind {
                EntryKind::Delivered { status, .. } => Some(status),
                _ => None,
            })
        };
        let posted = |journal: &polycord_simulator::Journal| status(journal).is_some();
        sim.expect_journal(posted, Duration::from_secs(5))
            .await
            .unwrap();
        assert_eq!(status(&sim.journal()), Some(expected));
    }
}
