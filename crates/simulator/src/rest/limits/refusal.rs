//! 429, and what headers tell of a bucket.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;

use super::Window;

/// The state of a bucket, as headers tell it.
pub(crate) struct Described {
    pub(super) window: Window,
    pub(super) bucket: u64,
    pub(super) reset: f64,
}

/// Whose limit it is that was reached.
pub(super) enum Scope<'a> {
    /// The bot's own, of a bucket.
    User(&'a Described),
    /// The bot's own, of all routes.
    Global,
    /// That of a resource, which others use, too.
    Shared(&'a Described),
}

impl Described {
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let mut put = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        let window = &self.window;
        let left = window.limit.saturating_sub(window.used);
        put("x-ratelimit-limit", &window.limit.to_string());
        put("x-ratelimit-remaining", &left.to_string());
        put("x-ratelimit-reset", &format!("{:.3}", self.reset));
        let after = seconds_up(window.left());
        put("x-ratelimit-reset-after", &format!("{after:.3}"));
        put("x-ratelimit-bucket", &format!("{:016x}", self.bucket));
    }
}

/// Seconds in milliseconds' steps, rounded up: who waits as told is not too early.
pub(super) fn seconds_up(wait: Duration) -> f64 {
    let millis = wait.as_micros().div_ceil(1_000);
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX)).as_secs_f64()
}

pub(super) fn refusal(wait: Duration, scope: &Scope<'_>) -> Response<Bytes> {
    let (name, message) = match scope {
        Scope::User(_) => ("user", "You are being rate limited."),
        Scope::Global => ("global", "You are being rate limited."),
        Scope::Shared(_) => ("shared", "The resource is being rate limited."),
    };
    let body = json!({
        "message": message,
        "retry_after": seconds_up(wait),
        "global": matches!(scope, Scope::Global),
    });
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    headers.insert(header::RETRY_AFTER, HeaderValue::from(whole.max(1)));
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(name));
    match scope {
        Scope::User(bucket) | Scope::Shared(bucket) => bucket.write(headers),
        Scope::Global => {
            headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
        }
    }
    response
}
