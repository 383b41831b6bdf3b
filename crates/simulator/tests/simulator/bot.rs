//! What a bot does in a test about others: a request, and reading what it is told.

use bytes::Bytes;
use http::Request;
use polycord_simulator::Simulator;
use polycord_types::gateway::Event;
use serde_json::Value;

use crate::call::AGENT;

/// A request of the bot, which has to be accepted.
pub(crate) async fn ask(sim: &Simulator, method: &str, path: &str, body: Value) -> Value {
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
    let response = sim.handle(request).await;
    let text = String::from_utf8_lossy(response.body());
    assert!(response.status().is_success(), "{method} {path}: {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// A dispatch, which its model has to know field by field.
pub(crate) fn known(frame: &Value) -> &Value {
    let (name, data) = (frame["t"].as_str().unwrap(), frame["d"].to_string());
    let (event, report) = Event::decode_reporting(name, &data).unwrap();
    assert!(!matches!(event, Event::Raw(_)), "{name} has no model");
    let clean = report.unknown_fields.is_empty() && report.deviations.is_empty();
    assert!(clean, "{name}: {report:?}");
    &frame["d"]
}
