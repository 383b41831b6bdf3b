//! What the rate-limit headers of a response say.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

/// Whom a 429 is meant for.
///
/// See <https://docs.discord.com/developers/topics/rate-limits>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// This bot, on this route and its major parameter.
    User,
    /// Everybody who uses the resource; it does not count as an invalid request.
    Shared,
    /// This bot, on all routes.
    Global,
    /// This machine's address: the answer came from Cloudflare, in front of Discord.
    Address,
}

/// A longer time is not meant, or not ours to see; no clock overflows below it.
pub(crate) const LONGEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The state of a bucket as a response tells it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) bucket: Option<String>,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_after: Duration,
    /// The server's clock at the reset, in seconds; names the window that the counts belong to.
    pub(crate) reset: Option<f64>,
}

impl Told {
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            bucket: text(headers, "x-ratelimit-bucket").map(str::to_owned),
            limit: text(headers, "x-ratelimit-limit")?.parse().ok()?,
            remaining: text(headers, "x-ratelimit-remaining")?.parse().ok()?,
            reset_after: seconds(text(headers, "x-ratelimit-reset-after")?)?,
            reset: text(headers, "x-ratelimit-reset")
                .and_then(|value| value.parse().ok())
                .filter(|value: &f64| value.is_finite()),
        })
    }
}

/// What a 429 demands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) retry_after: Duration,
    pub(crate) scope: Scope,
}

impl Refusal {
    pub(crate) fn read(headers: &HeaderMap, body: &Bytes) -> Self {
        let told: Option<Value> = serde_json::from_slice(body).ok();
        let header = text(headers, "retry-after").and_then(seconds);
        let scope = match text(headers, "x-ratelimit-scope") {
            _ if told.is_none() => Scope::Address,
            Some("global") => Scope::Global,
            _ if headers.contains_key("x-ratelimit-global") => Scope::Global,
            _ if told.as_ref().is_some_and(|told| told["global"] == true) => Scope::Global,
            Some("shared") => Scope::Shared,
            _ => Scope::User,
        };
        // The body has the milliseconds that the header rounds away.
        let retry_after = told
            .and_then(|told| Duration::try_from_secs_f64(told["retry_after"].as_f64()?).ok())
            .map(|told| told.min(LONGEST))
            .or(header)
            .unwrap_or_else(|| Duration::from_secs(if scope == Scope::Address { 60 } else { 1 }));
        Self { retry_after, scope }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn seconds(value: &str) -> Option<Duration> {
    let seconds = Duration::try_from_secs_f64(value.trim().parse().ok()?).ok()?;
    Some(seconds.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(k, v)| ((*k).parse().unwrap(), HeaderValue::from_static(v)))
            .collect()
    }

    #[test]
    fn the_body_of_a_429_is_more_exact_than_its_header() {
        let body = Bytes::from_static(br#"{"message":"slow","retry_after":0.65,"global":false}"#);
        let refusal = Refusal::read(&headers(&[("retry-after", "1")]), &body);
        assert_eq!(refusal.retry_after, Duration::from_millis(650));
        assert_eq!(refusal.scope, Scope::User);
    }

    #[test]
    fn a_page_instead_of_json_is_a_block_of_the_address() {
        let body = Bytes::from_static(b"<html>error 1015</html>");
        let refusal = Refusal::read(&headers(&[("retry-after", "82721")]), &body);
        assert_eq!(
            refusal,
            Refusal {
                retry_after: Duration::from_secs(82721),
                scope: Scope::Address
            }
        );
    }

    #[test]
    fn nonsense_in_the_headers_is_ignored() {
        assert_eq!(Told::read(&headers(&[("x-ratelimit-limit", "x")])), None);
        let body = Bytes::from_static(br#"{"retry_after":-1.0}"#);
        assert_eq!(
            Refusal::read(&HeaderMap::new(), &body).retry_after,
            Duration::from_secs(1)
        );
        let body = Bytes::from_static(br#"{"retry_after":1e300}"#);
        assert_eq!(
            Refusal::read(&HeaderMap::new(), &body).retry_after,
            Duration::from_secs(1)
        );
    }
}
