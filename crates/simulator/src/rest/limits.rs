//! Rate limits: a bucket per route and major parameter, and one for all.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;
use tokio::time::Instant;

use super::route::{Parameters, Route};
use crate::builder::Options;
use crate::ids::Clock;

const SECOND: Duration = Duration::from_secs(1);
/// Every route that has no limit of its own.
const OTHER: (u32, Duration) = (50, SECOND);
/// More buckets than this are swept of those whose window is over.
const SWEEP: usize = 4_096;

/// What has been used lately.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    buckets: HashMap<Bucket, Window>,
    global: Option<Window>,
}

/// A route, and its major parameters.
type Bucket = (&'static str, &'static str, String);

#[derive(Clone, Copy, Debug)]
struct Window {
    used: u32,
    limit: u32,
    ends: Instant,
}

impl Window {
    fn new((limit, per): (u32, Duration)) -> Self {
        Self {
            used: 0,
            limit,
            ends: Instant::now() + per,
        }
    }

    fn over(&self) -> bool {
        Instant::now() >= self.ends
    }

    fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }
}

/// Whether a request may go on.
pub(crate) enum Checked {
    Allowed(Described),
    Refused(Response<Bytes>),
}

/// The state of a bucket, as headers tell it.
pub(crate) struct Described {
    window: Window,
    hash: String,
    reset: f64,
}

impl Described {
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let mut put = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        let window = &self.window;
        put("x-ratelimit-limit", &window.limit.to_string());
        put(
            "x-ratelimit-remaining",
            &window.limit.saturating_sub(window.used).to_string(),
        );
        put("x-ratelimit-reset", &format!("{:.3}", self.reset));
        put(
            "x-ratelimit-reset-after",
            &format!("{:.3}", seconds_up(window.left())),
        );
        put("x-ratelimit-bucket", &self.hash);
    }
}

impl RateLimits {
    /// Counts a request.
    pub(crate) fn check(
        &mut self,
        options: &Options,
        clock: &Clock,
        route: &Route,
        parameters: &Parameters<'_>,
    ) -> Checked {
        let webhook = ["/interactions/", "/webhooks/"];
        if !webhook.iter().any(|root| route.path.starts_with(root)) {
            let fresh = Window::new((options.global_limit, SECOND));
            let global = self.global.get_or_insert(fresh);
            if global.over() {
                *global = fresh;
            }
            if global.used >= global.limit {
                return Checked::Refused(refusal(global.left(), None));
            }
            global.used += 1;
        }
        let limit = match (route.method, route.path) {
            ("POST", "/channels/{channel_id}/messages") => options.message_limit,
            _ => OTHER,
        };
        if self.buckets.len() > SWEEP {
            self.buckets.retain(|_, window| !window.over());
        }
        let fresh = Window::new(limit);
        let window = self
            .buckets
            .entry((route.method, route.path, parameters.major()))
            .or_insert(fresh);
        if window.over() {
            *window = fresh;
        }
        let full = window.used >= window.limit;
        if !full {
            window.used += 1;
        }
        let reset = Duration::from_millis(clock.now_ms()) + window.left();
        let described = Described {
            window: *window,
            hash: hash(route),
            reset: seconds_up(reset),
        };
        if full {
            return Checked::Refused(refusal(window.left(), Some(&described)));
        }
        Checked::Allowed(described)
    }
}

/// Seconds in milliseconds' steps, rounded up: who waits as told is not too early.
fn seconds_up(wait: Duration) -> f64 {
    let millis = wait.as_micros().div_ceil(1_000);
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX)).as_secs_f64()
}

fn refusal(wait: Duration, bucket: Option<&Described>) -> Response<Bytes> {
    let global = bucket.is_none();
    let body = json!({
        "message": "You are being rate limited.",
        "retry_after": seconds_up(wait),
        "global": global,
    });
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    headers.insert(header::RETRY_AFTER, HeaderValue::from(whole.max(1)));
    let scope = if global { "global" } else { "user" };
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(scope));
    if let Some(bucket) = bucket {
        bucket.write(headers);
    } else {
        headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
    }
    response
}

/// A bucket's opaque name: FNV-1a, so that it is the same in every run.
fn hash(route: &Route) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let name = route.method.bytes().chain(route.path.bytes());
    format!("{:016x}", name.fold(0xcbf2_9ce4_8422_2325, step))
}
