//! What the headers of a request have to say, and its path of the version.

use bytes::Bytes;
use http::{Request, Response, header};
use polycord_simulator::Simulator;
use serde_json::{Value, json};

use crate::call::{AGENT, error_at, json_of, start};

/// A message of the bot: a request with these headers beside its authorization.
async fn post(sim: &Simulator, headers: &[(&str, &str)], body: &str) -> Response<Bytes> {
    let path = format!("/api/v10/channels/{}/messages", sim.channel("general"));
    let request = Request::post(path).header("authorization", format!("Bot {}", sim.token()));
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    let request = request.body(Bytes::copy_from_slice(body.as_bytes()));
    sim.handle(request.unwrap()).await
}

#[tokio::test(start_paused = true)]
async fn who_does_not_say_its_name_is_blocked() {
    let sim = start().await;
    let json = ("content-type", "application/json");
    for name in [None, Some(""), Some(" "), Some("Python-urllib/3.13")] {
        let mut headers = vec![json];
        headers.extend(name.map(|name| ("user-agent", name)));
        let blocked = post(&sim, &headers, "{\"content\":\"x\"}").await;
        assert_eq!(blocked.status(), 403, "{name:?}");
        assert_eq!(json_of(&blocked)["code"], 40_333);
        // It never came to the API.
        assert_eq!(blocked.headers().get(header::VIA), None);
    }
    let headers = [json, ("user-agent", AGENT)];
    let made = post(&sim, &headers, "{\"content\":\"x\"}").await;
    assert_eq!(made.status(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_body_says_of_what_type_it_is() {
    let sim = start().await;
    for kind in [None, Some("text/plain"), Some("application/octet-stream")] {
        let mut headers = vec![("user-agent", AGENT)];
        headers.extend(kind.map(|kind| ("content-type", kind)));
        let refused = post(&sim, &headers, "{\"content\":\"x\"}").await;
        assert_eq!(refused.status(), 400, "{kind:?}");
        let body = json_of(&refused);
        assert_eq!(body["code"], 50_035);
        assert_eq!(error_at(&body, ""), "CONTENT_TYPE_INVALID");
    }
    for (kind, body, expected) in [
        (
            "Application/JSON; charset=utf-8",
            "{\"content\":\"tea\"}",
            "tea",
        ),
        (
            "application/x-www-form-urlencoded",
            "content=tea+%26%20milk&more",
            "tea & milk",
        ),
    ] {
        let headers = [("user-agent", AGENT), ("content-type", kind)];
        let made = json_of(&post(&sim, &headers, body).await);
        assert_eq!(made["content"], expected, "{made}");
    }
    let headers = [("user-agent", AGENT), ("content-type", "application/json")];
    let refused = json_of(&post(&sim, &headers, "{\"content\":").await);
    assert_eq!(refused["code"], 50_109);
}

#[tokio::test(start_paused = true)]
async fn versions_that_are_not_spoken_are_refused() {
    let sim = start().await;
    for (version, status, code) in [
        ("v10", 200, Value::Null),
        ("v9", 200, Value::Null),
        ("v8", 501, json!(0)),
        ("v6", 501, json!(0)),
        ("v5", 400, json!(50_041)),
        ("v11", 400, json!(50_041)),
    ] {
        let request = Request::get(format!("/api/{version}/gateway"));
        let request = request.header("user-agent", AGENT).body(Bytes::new());
        let response = sim.handle(request.unwrap()).await;
        assert_eq!(response.status(), status, "{version}");
        assert_eq!(json_of(&response)["code"], code, "{version}");
    }
}
