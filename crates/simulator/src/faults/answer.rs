//! Answers that no route gives: of a REST that is limited, ill or fenced off.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;

/// What a REST request is answered with by [`Fault::Answer`](crate::Fault::Answer).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// This status and no body: 502 of a proxy, for example.
    Status(u16),
    /// 429 with Discord's body.
    RateLimited {
        /// When the next request may come.
        retry_after: Duration,
        /// Whether it is the global limit.
        global: bool,
    },
    /// 429 with a page of HTML and Cloudflare's error 1015: the address is banned for a while.
    Banned {
        /// For how long.
        retry_after: Duration,
    },
}

impl Answer {
    pub(crate) fn response(&self) -> Response<Bytes> {
        match self {
            Self::Status(status) => {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() =
                    StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
                response
            }
            Self::RateLimited {
                retry_after,
                global,
            } => {
                let body = json!({
                    "message": "You are being rate limited.",
                    "retry_after": retry_after.as_secs_f64(),
                    "global": global,
                });
                let mut response = too_many(body.to_string(), "application/json", *retry_after);
                let scope = if *global { "global" } else { "user" };
                let headers = response.headers_mut();
                headers.insert("x-ratelimit-scope", HeaderValue::from_static(scope));
                if *global {
                    headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
                }
                response
            }
            Self::Banned { retry_after } => {
                let page = "<!doctype html><title>Access denied | Error 1015</title>\
                            <p>You are being rate limited.</p>";
                too_many(page.to_owned(), "text/html; charset=UTF-8", *retry_after)
            }
        }
    }
}

fn too_many(body: String, kind: &'static str, retry_after: Duration) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // Whole seconds, and not too few.
    let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
