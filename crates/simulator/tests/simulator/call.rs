//! REST in memory, as the tests of its areas ask for it.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use polycord_simulator::Simulator;
use polycord_types::Permissions;
use serde_json::Value;

/// What a client says its name is, in the form that Discord asks for.
pub(crate) const AGENT: &str = "DiscordBot (https://example.com, 1)";

/// Permissions by the bits that the documentation gives them.
pub(crate) const fn may(bits: u64) -> Permissions {
    Permissions::from_bits_retain(bits)
}

/// A simulator that limits no requests: its limits have tests of their own.
pub(crate) async fn start() -> Simulator {
    let builder = Simulator::builder().in_memory().rate_limits(false);
    builder.start().await.unwrap()
}

/// A request of the bot: status and body.
pub(crate) async fn call(sim: &Simulator, method: &str, path: &str, body: Value) -> (u16, Value) {
    let authorization = format!("Bot {}", sim.token());
    let response = ask(sim, method, path, &authorization, body).await;
    (response.status().as_u16(), json_of(&response))
}

/// A request of whoever has this authorization; of nobody without.
pub(crate) async fn ask(
    sim: &Simulator,
    method: &str,
    path: &str,
    authorization: &str,
    body: Value,
) -> Response<Bytes> {
    let body = if body.is_null() {
        Bytes::new()
    } else {
        Bytes::from(body.to_string())
    };
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api/v10{path}"))
        .header("user-agent", AGENT)
        .header("content-type", "application/json");
    if !authorization.is_empty() {
        request = request.header("authorization", authorization);
    }
    sim.handle(request.body(body).unwrap()).await
}

/// The body; `null` where there is none.
pub(crate) fn json_of(response: &Response<Bytes>) -> Value {
    if response.status() == StatusCode::NO_CONTENT {
        assert!(response.body().is_empty());
        return Value::Null;
    }
    serde_json::from_slice(response.body()).unwrap()
}

/// The code of the first error at this place of `errors`.
pub(crate) fn error_at<'a>(body: &'a Value, path: &str) -> &'a str {
    let leaf = body["errors"].pointer(&format!("{path}/_errors/0/code"));
    leaf.and_then(Value::as_str)
        .unwrap_or_else(|| panic!("nothing at {path} in {body}"))
}
