//! The whole client in virtual time, against a server in memory.
#![allow(
    clippy::unwrap_used,
    clippy::type_complexity,
    reason = "helpers of a test may fail as the test does"
)]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use polycord_rest::{
    BoxError, BoxFuture, Bytes, ErrorKind, Request, Rest, RestBuilder, Scope, Transport,
    http::{self, Method},
};
use tokio::time::Instant;

type Answer = Result<http::Response<Bytes>, BoxError>;

/// Answers from a list, then with 204; notes when and what was asked.
#[derive(Clone, Default)]
struct Server {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    seen: Arc<Mutex<Vec<(Instant, http::Request<Bytes>)>>>,
    delay: Duration,
}

impl Server {
    fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            ..Self::default()
        }
    }

    fn client(&self) -> Rest {
        self.with(|builder| builder)
    }

    fn with(&self, change: impl FnOnce(RestBuilder) -> RestBuilder) -> Rest {
        let builder = Rest::builder("s3cret").base_url("http://localhost/api/v10");
        change(builder.transport(self.clone())).build().unwrap()
    }

    fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    fn times(&self, start: Instant) -> Vec<u64> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(at, _)| (*at - start).as_secs()).collect()
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<Answer> {
        self.seen.lock().unwrap().push((Instant::now(), request));
        let (answers, delay) = (Arc::clone(&self.answers), self.delay);
        Box::pin(async move {
            tokio::time::sleep(delay).await;
            answers
                .lock()
                .unwrap()
                .pop_front()
                .unwrap_or_else(|| answer(204, &[], ""))
        })
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &'static str) -> Answer {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(Bytes::from_static(body.as_bytes()))?)
}

fn window(remaining: &str, reset_after: &str, reset: &str) -> Answer {
    let headers = [
        ("x-ratelimit-bucket", "abc"),
        ("x-ratelimit-limit", "2"),
        ("x-ratelimit-remaining", remaining),
        ("x-ratelimit-reset-after", reset_after),
        ("x-ratelimit-reset", reset),
    ];
    answer(204, &headers, "")
}

fn typing(channel: u64) -> Request {
    Request::new(Method::POST, "/channels/{channel_id}/typing", &[&channel]).unwrap()
}

fn fetch() -> Request {
    Request::new(Method::GET, "/users/@me", &[]).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_empty_bucket_waits_for_its_reset_and_other_channels_do_not() {
    let server = Server::answering([window("0", "7", "107")]);
    let (rest, start) = (server.client(), Instant::now());
    rest.request(typing(1)).await.unwrap();
    rest.request(typing(2)).await.unwrap();
    rest.request(typing(1)).await.unwrap();
    assert_eq!(server.times(start), [0, 0, 7]);
}

#[tokio::test(start_paused = true)]
async fn requests_at_once_never_exceed_what_the_window_allows() {
    let mut server = Server::answering([
        window("1", "5", "105"),
        window("0", "5", "105"),
        window("1", "5", "110"),
        window("0", "5", "110"),
    ]);
    server.delay = Duration::from_millis(100);
    let (rest, start) = (server.client(), Instant::now());
    let calls: Vec<_> = (0..4)
        .map(|_| tokio::spawn(rest.request(typing(1))))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.times(start), [0, 0, 5, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_429_holds_its_bucket_and_is_sent_again() {
    let body = r#"{"message":"slow","retry_after":3.0,"global":false}"#;
    let server = Server::answering([answer(429, &[("x-ratelimit-scope", "user")], body)]);
    let (rest, start) = (server.client(), Instant::now());
    rest.request(typing(1)).await.unwrap();
    assert_eq!(server.times(start), [0, 3]);
    assert_eq!(
        (
            rest.stats().rate_limited,
            rest.stats().refused,
            rest.stats().retried
        ),
        (1, 1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_shared_429_does_not_count_as_refused() {
    let body = r#"{"message":"slow","retry_after":1.0,"global":false}"#;
    let server = Server::answering([answer(429, &[("x-ratelimit-scope", "shared")], body)]);
    let rest = server.client();
    rest.request(typing(1)).await.unwrap();
    assert_eq!((rest.stats().rate_limited, rest.stats().refused), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_global_429_holds_all_but_interactions() {
    let body = r#"{"message":"slow","retry_after":4.0,"global":true}"#;
    let server = Server::answering([answer(429, &[], body)]);
    let (rest, start) = (server.client(), Instant::now());
    let first = tokio::spawn(rest.request(typing(1)));
    tokio::time::sleep(Duration::from_millis(1)).await;
    let answer = Request::new(
        Method::POST,
        "/interactions/{interaction_id}/{interaction_token}/callback",
        &[&1, &"itoken"],
    );
    rest.request(answer.unwrap().anonymous()).await.unwrap();
    rest.request(typing(2)).await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(server.times(start), [0, 0, 4, 4]);
}

#[tokio::test(start_paused = true)]
async fn t14_a_block_of_the_address_is_an_error_with_its_time_and_no_hot_retry() {
    let server = Server::answering([answer(
        429,
        &[("retry-after", "82721")],
        "<html>1015</html>",
    )]);
    let rest = server.client();
    for _ in 0..3 {
        let error = rest.request(fetch()).await.unwrap_err();
        assert!(
            error.retry_after().unwrap() > Duration::from_secs(82_000),
            "{error}"
        );
        assert!(matches!(
            error.kind(),
            ErrorKind::RateLimited {
                scope: Scope::Address,
                ..
            }
        ));
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_longer_than_allowed_fails_at_once() {
    let server = Server::answering([window("0", "90", "190")]);
    let (rest, start) = (server.client(), Instant::now());
    rest.request(typing(1)).await.unwrap();
    let error = rest.request(typing(1)).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn no_more_than_fifty_requests_go_in_a_second() {
    let server = Server::default();
    let (rest, start) = (server.client(), Instant::now());
    let calls: Vec<_> = (0..120)
        .map(|n| tokio::spawn(rest.request(typing(n + 1))))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let times = server.times(start);
    let in_second = |second| times.iter().filter(|at| **at == second).count();
    assert_eq!((in_second(0), in_second(1), in_second(2)), (50, 50, 20));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_gives_its_turn_to_the_next() {
    let server = Server {
        delay: Duration::from_secs(10),
        ..Server::default()
    };
    let rest = server.client();
    let first = tokio::spawn(rest.request(typing(1)));
    tokio::time::sleep(Duration::from_secs(1)).await;
    let second = tokio::spawn(rest.request(typing(1)));
    let third = tokio::spawn(rest.request(typing(1)));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(server.count(), 1, "the others wait for the first answer");
    first.abort();
    second.abort();
    third.await.unwrap().unwrap();
    assert_eq!(rest.stats().pending, 0);
}

#[tokio::test(start_paused = true)]
async fn a_broken_server_is_asked_again_only_where_that_is_safe() {
    let server = Server::answering([answer(502, &[], "<html>"), Err("connection reset".into())]);
    let rest = server.client();
    rest.request(fetch()).await.unwrap();
    assert_eq!(server.count(), 3);

    let server = Server::answering([answer(502, &[], "<html>")]);
    let error = server.client().request(typing(1)).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Server { status: 502 });
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn retries_end() {
    let server = Server::answering((0..20).map(|_| answer(500, &[], "")));
    let rest = server.with(|builder| builder.max_retries(2));
    rest.request(fetch()).await.unwrap_err();
    assert_eq!(server.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_never_comes_is_a_timeout() {
    let server = Server {
        delay: Duration::from_secs(3600),
        ..Server::default()
    };
    let rest = server.with(|builder| builder.max_retries(0));
    let error = rest.request(fetch()).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Timeout);
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_not_sent_again_and_the_error_says_what_to_do() {
    let server = Server::answering([answer(
        401,
        &[],
        r#"{"message":"401: Unauthorized","code":0}"#,
    )]);
    let rest = server.client();
    for _ in 0..3 {
        let error = rest.request(fetch()).await.unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::Unauthorized);
        assert!(error.to_string().contains("developer portal"), "{error}");
        assert!(!format!("{error:?}").contains("s3cret"));
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn too_many_refused_requests_stop_the_client_for_the_rest_of_ten_minutes() {
    let server = Server::answering((0..3).map(|_| answer(403, &[], r#"{"code":50001}"#)));
    let rest = server.with(|builder| builder.invalid_request_limit(3));
    for _ in 0..3 {
        let error = rest.request(typing(1)).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (&ErrorKind::Forbidden, Some(50001))
        );
    }
    let error = rest.request(typing(1)).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::InvalidRequestLimit { .. }
    ));
    tokio::time::sleep(Duration::from_secs(600)).await;
    rest.request(typing(1)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn pending_requests_are_bounded() {
    let server = Server {
        delay: Duration::from_secs(1),
        ..Server::default()
    };
    let rest = server.with(|builder| builder.max_pending(1));
    let first = tokio::spawn(rest.request(typing(1)));
    tokio::task::yield_now().await;
    let error = rest.request(typing(2)).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooManyPending);
    first.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_wrong_fields_of_a_body_are_named() {
    let body =
        r#"{"code":50035,"message":"Invalid Form Body","errors":{"content":{"_errors":[]}}}"#;
    let server = Server::answering([answer(400, &[], body)]);
    let error = server.client().request(typing(1)).await.unwrap_err();
    match error.kind() {
        ErrorKind::Validation {
            code: 50035,
            errors,
        } => assert!(errors.get("content").is_some()),
        other => panic!("{other:?}"),
    }
    assert_eq!(error.api_message(), Some("Invalid Form Body"));
}

#[tokio::test(start_paused = true)]
async fn headers_are_as_discord_wants_them_and_the_token_is_marked_as_secret() {
    let server = Server::default();
    server
        .client()
        .request(typing(1))
        .reason("spam & scam")
        .await
        .unwrap();
    let interaction =
        Request::new(Method::POST, "/interactions/{interaction_id}/x", &[&1]).unwrap();
    server
        .client()
        .request(interaction.anonymous())
        .await
        .unwrap();
    let seen = server.seen.lock().unwrap();
    let headers = seen[0].1.headers();
    assert_eq!(headers["authorization"], "Bot s3cret");
    assert!(headers["authorization"].is_sensitive());
    assert_eq!(headers["x-audit-log-reason"], "spam%20%26%20scam");
    assert!(
        headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("DiscordBot (")
    );
    assert_eq!(
        seen[0].1.uri(),
        "http://localhost/api/v10/channels/1/typing"
    );
    assert!(!seen[1].1.headers().contains_key("authorization"));
}

#[test]
fn calls_can_be_spawned() {
    fn spawnable<T: Future + Send + 'static>(_: T) {}
    let rest = Server::default().client();
    spawnable(rest.gateway_bot());
    spawnable(rest.request(fetch()));
}

#[tokio::test(start_paused = true)]
async fn times_that_no_clock_reaches_are_refused_and_not_added_up() {
    let absurd = answer(429, &[], r#"{"retry_after":1e19,"global":false}"#);
    let rest = Server::answering([absurd]).client();
    let error = rest.request(fetch()).await.unwrap_err();
    assert!(error.retry_after() >= Some(Duration::from_secs(3600)));

    let server = Server::answering([window("0", "1e19", "1e19")]);
    server.client().request(typing(1)).await.unwrap();

    let rest = server.with(|builder| builder.max_wait(Duration::MAX));
    rest.request(fetch()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_would_wait_too_long_behind_others_fails_at_once() {
    let server = Server::answering([window("0", "50", "150")]);
    let (rest, start) = (server.client(), Instant::now());
    rest.request(typing(1)).await.unwrap();
    let patient = tokio::spawn({
        let rest = rest.clone();
        async move { rest.request(typing(1)).await }
    });
    tokio::task::yield_now().await;
    let hasty = rest.request(typing(1).max_wait(Duration::from_secs(10)));
    let error = hasty.await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(50)));
    patient.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_is_not_trusted_is_told_at_once() {
    let cause = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
    let cause = std::io::Error::new(std::io::ErrorKind::InvalidData, cause);
    let server = Server::answering([Err(cause.into())]);
    let (rest, start) = (server.client(), Instant::now());
    let error = rest.request(fetch()).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Certificate);
    assert!(error.to_string().contains("POLYCORD_CA_FILE"), "{error}");
    assert!(!error.is_retryable());
    assert_eq!((server.count(), start.elapsed()), (1, Duration::ZERO));
}
