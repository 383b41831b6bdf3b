//! Who makes too many invalid requests is sent away at the edge for a while.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use tokio::time::Instant;

use crate::builder::Options;
use crate::rest::reply::Failure;

/// The page that Cloudflare shows.
const PAGE: &str = "<!doctype html>\n<html lang=\"en-US\">\n<head><title>Access denied | discord.com used Cloudflare to restrict access</title></head>\n<body><h1>Error 1015</h1><h2>You are being rate limited</h2><p>The owner of this website (discord.com) has banned you temporarily from accessing this website.</p></body>\n</html>\n";

/// The beginnings of names that are blocked: those of libraries that say nothing of the client.
const BLOCKED: [&str; 1] = ["Python-urllib/"];

/// What who does not say its name gets to see in place of the API.
pub(super) fn blocked(headers: &HeaderMap) -> Option<Response<Bytes>> {
    let name = headers.get(header::USER_AGENT);
    let name = name.map_or(&[][..], HeaderValue::as_bytes).trim_ascii();
    let known = BLOCKED
        .iter()
        .any(|blocked| name.starts_with(blocked.as_bytes()));
    if !name.is_empty() && !known {
        return None;
    }
    let failure = Failure::new(403, 40_333, "internal network error");
    Some(failure.into_reply().into_response())
}

/// How many invalid requests there were lately, and what follows from them.
#[derive(Debug, Default)]
pub(crate) struct Edge {
    counted: Option<(Instant, u32)>,
    until: Option<Instant>,
}

impl Edge {
    /// What the edge answers in place of the API, if it sends everybody away.
    pub(super) fn refusal(&self) -> Option<Response<Bytes>> {
        let left = self.until?.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        let mut response = Response::new(Bytes::from_static(PAGE.as_bytes()));
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        let headers = response.headers_mut();
        let html = HeaderValue::from_static("text/html; charset=UTF-8");
        headers.insert(header::CONTENT_TYPE, html);
        headers.insert(header::SERVER, HeaderValue::from_static("cloudflare"));
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        Some(response)
    }

    /// Counts an answer, if it is one that is counted: 401, 403, and 429 that the client brought about
    /// itself.
    pub(super) fn count(&mut self, options: &Options, response: &Response<Bytes>) {
        let shared = response
            .headers()
            .get("x-ratelimit-scope")
            .is_some_and(|scope| scope == "shared");
        if shared || !matches!(response.status().as_u16(), 401 | 403 | 429) {
            return;
        }
        let (most, within, ban) = options.invalid_limit;
        let now = Instant::now();
        let counted = self.counted.get_or_insert((now, 0));
        if counted.0 + within <= now {
            *counted = (now, 0);
        }
        counted.1 += 1;
        if counted.1 >= most {
            self.counted = None;
            self.ban(ban);
        }
    }

    pub(super) fn ban(&mut self, lasting: Duration) {
        self.until = Some(Instant::now() + lasting);
    }
}
