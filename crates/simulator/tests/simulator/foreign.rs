//! What clients of other libraries send, each where the simulator once did not understand it.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use polycord_simulator::Simulator;
use serde_json::{Value, json};

use crate::call::AGENT;
use crate::client::ready;

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

async fn call(sim: &Simulator, method: &str, path: &str, body: Value) -> Response<Bytes> {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v10{path}"))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap();
    sim.handle(request).await
}

#[tokio::test(start_paused = true)]
async fn a_query_says_yes_with_true_or_one() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, 0).await;
    for (yes, expected) in [
        ("true", StatusCode::OK),
        ("True", StatusCode::OK),
        ("1", StatusCode::OK),
        ("0", StatusCode::NO_CONTENT),
    ] {
        let id = sim.run_command(sim.channel("general"), sim.user("ada"), "ping", []);
        let event = client.dispatch("INTERACTION_CREATE").await;
        let token = event["d"]["token"].as_str().unwrap();
        let path = format!("/interactions/{id}/{token}/callback?with_response={yes}");
        let body = json!({ "type": 4, "data": { "content": "pong" } });
        let answered = call(&sim, "POST", &path, body).await;
        assert_eq!(answered.status(), expected, "{yes}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_whole_number_may_be_written_with_a_point() {
    let sim = start().await;
    let path = format!("/channels/{}/messages", sim.channel("general"));
    for (hours, expected) in [("1.0", StatusCode::OK), ("1.5", StatusCode::BAD_REQUEST)] {
        let hours: Value = serde_json::from_str(hours).unwrap();
        let answers = json!([{ "poll_media": { "text": "green" } }]);
        let question = json!({ "text": "Which tea?" });
        let poll = json!({ "question": question, "answers": answers, "duration": hours });
        let answered = call(&sim, "POST", &path, json!({ "poll": poll })).await;
        assert_eq!(answered.status(), expected, "{answered:?}");
    }
}
