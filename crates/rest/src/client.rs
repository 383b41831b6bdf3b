//! The client: sends requests within the limits and says what came of them.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};

use crate::{
    builder::RestBuilder,
    call::Call,
    error::{Error, ErrorKind},
    guard::Guard,
    headers::{LONGEST, Refusal, Scope, Told},
    limiter::Limiter,
    request::Request,
    response::Response,
    transport::Transport,
};

/// A client of Discord's HTTP API that keeps the rate limits. Cloning it is cheap, and all clones
/// share the limits; use one per token.
///
/// Methods named after routes give a [`Call`] to await. See the crate's front page.
#[derive(Clone)]
pub struct Rest {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) base_url: String,
    pub(crate) authorization: HeaderValue,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limiter: Limiter,
    pub(crate) guard: Guard,
    pub(crate) pending: Semaphore,
    pub(crate) max_pending: usize,
    pub(crate) max_retries: u32,
    pub(crate) max_wait: Duration,
    pub(crate) timeout: Duration,
    pub(crate) counters: Counters,
}

#[derive(Default)]
pub(crate) struct Counters {
    sent: AtomicU64,
    retried: AtomicU64,
    rate_limited: AtomicU64,
}

/// What a client has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Requests that are under way or wait for their turn.
    pub pending: usize,
    /// Answers with status 429.
    pub rate_limited: u64,
    /// Requests refused with 401, 403 or 429 in the current ten minutes; at 10,000 Discord blocks
    /// the machine's address.
    pub refused: u32,
    /// Attempts after the first.
    pub retried: u64,
    /// Attempts handed to the transport.
    pub sent: u64,
}

impl Rest {
    /// A client with the default settings.
    ///
    /// # Errors
    ///
    /// As [`RestBuilder::build`].
    pub fn new(token: impl Into<String>) -> Result<Self, Error> {
        Self::builder(token).build()
    }

    /// A client for `token`, as copied from the developer portal; `Bot ` is put before it unless it
    /// starts with `Bot ` or `Bearer ` already.
    pub fn builder(token: impl Into<String>) -> RestBuilder {
        RestBuilder::new(token.into())
    }

    /// Sends any request; for routes that have no method here.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord_rest::{Error, Request, Rest, http::Method};
    ///
    /// async fn voice_regions(rest: &Rest) -> Result<usize, Error> {
    ///     let request = Request::new(Method::GET, "/voice/regions", &[])?;
    ///     let regions: Vec<serde_json::Value> = rest.request(request).await?.json()?;
    ///     Ok(regions.len())
    /// }
    /// ```
    pub fn request(&self, request: Request) -> Call<Response> {
        Call::new(self, Ok(request), Ok)
    }

    /// Counters since the client was built.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let inner = &self.inner;
        Stats {
            pending: inner.max_pending - inner.pending.available_permits(),
            rate_limited: inner.counters.rate_limited.load(Ordering::Relaxed),
            refused: inner.guard.refused_now(Instant::now()),
            retried: inner.counters.retried.load(Ordering::Relaxed),
            sent: inner.counters.sent.load(Ordering::Relaxed),
        }
    }

    /// Where requests go.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.base_url
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest")
            .field("base_url", &self.inner.base_url)
            .finish_non_exhaustive()
    }
}

/// What one attempt came to.
enum Attempt {
    Answered(Response),
    Failed { error: Error, again: Again },
}

/// Whether and when the same request may be sent once more.
#[derive(Clone, Copy, PartialEq)]
enum Again {
    Never,
    /// The limiter holds it back for as long as Discord demands.
    WhenAllowed,
    AfterBackoff,
}

impl Inner {
    /// Sends the request, again where that is safe, and gives the successful answer.
    pub(crate) async fn execute(self: Arc<Self>, request: Request) -> Result<Response, Error> {
        let Ok(_pending) = self.pending.try_acquire() else {
            return Err(Error::too_many_pending(self.max_pending));
        };
        let max_wait = request.max_wait.unwrap_or(self.max_wait).min(LONGEST);
        let deadline = Instant::now() + max_wait;
        let mut retries = 0;
        loop {
            let (error, again) = match self.attempt(&request, deadline).await? {
                Attempt::Answered(response) => return Ok(response),
                Attempt::Failed { error, again } => (error, again),
            };
            if again == Again::Never || retries >= self.max_retries {
                return Err(error);
            }
            if again == Again::AfterBackoff {
                let delay = backoff(retries);
                if Instant::now() + delay > deadline {
                    return Err(error);
                }
                sleep(delay).await;
            }
            retries += 1;
            self.counters.retried.fetch_add(1, Ordering::Relaxed);
            tracing::debug!(
                method = %request.route.method,
                route = request.route.template,
                retry = retries,
                cause = %error,
                "sending again"
            );
        }
    }

    async fn attempt(&self, request: &Request, deadline: Instant) -> Result<Attempt, Error> {
        let Request {
            route, anonymous, ..
        } = request;
        self.guard.check(*anonymous, Instant::now())?;
        let permit = self
            .limiter
            .enter(route, &request.path.major, *anonymous, deadline)
            .await
            .map_err(|held| Error::rate_limited(route, held.retry_after, held.scope))?;
        // While this request waited, another may have shown that the token is wrong.
        self.guard.check(*anonymous, Instant::now())?;

        let started = Instant::now();
        let limit = request.timeout.unwrap_or(self.timeout);
        let message = self.message(request)?;
        self.counters.sent.fetch_add(1, Ordering::Relaxed);
        let again = if request.idempotent {
            Again::AfterBackoff
        } else {
            Again::Never
        };
        let answer = match timeout(limit, self.transport.send(message)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(cause)) => {
                let error = Error::transport(route, cause);
                let again = match error.kind() {
                    ErrorKind::Certificate => Again::Never,
                    _ => again,
                };
                return Ok(Attempt::Failed { error, again });
            }
            Err(_) => {
                return Ok(Attempt::Failed {
                    error: Error::timeout(route, limit),
                    again,
                });
            }
        };

        let (parts, body) = answer.into_parts();
        let status = parts.status;
        tracing::debug!(
            method = %route.method,
            route = route.template,
            status = status.as_u16(),
            elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "answered"
        );
        let told = Told::read(&parts.headers);
        let refusal =
            (status == StatusCode::TOO_MANY_REQUESTS).then(|| Refusal::read(&parts.headers, &body));
        self.limiter.answered(permit, told.as_ref(), refusal);

        if status.is_success() {
            return Ok(Attempt::Answered(Response {
                route: route.clone(),
                status: status.as_u16(),
                headers: parts.headers,
                body,
            }));
        }
        if let Some(refusal) = refusal {
            return Ok(self.rate_limited(request, refusal));
        }
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => self.guard.count(Instant::now()),
            _ => {}
        }
        if status == StatusCode::UNAUTHORIZED && !anonymous {
            self.guard.refuse_token();
        }
        let error = Error::from_answer(route, *anonymous, status.as_u16(), &body);
        let again = if status.is_server_error() {
            again
        } else {
            Again::Never
        };
        Ok(Attempt::Failed { error, again })
    }

    fn rate_limited(&self, request: &Request, refusal: Refusal) -> Attempt {
        let Refusal { retry_after, scope } = refusal;
        self.counters.rate_limited.fetch_add(1, Ordering::Relaxed);
        if scope != Scope::Shared {
            self.guard.count(Instant::now());
        }
        tracing::warn!(
            method = %request.route.method,
            route = request.route.template,
            ?scope,
            retry_after_ms = u64::try_from(retry_after.as_millis()).unwrap_or(u64::MAX),
            "rate limited"
        );
        // A 429 has not been acted on, so sending again is safe for every method.
        let error = Error::rate_limited(&request.route, retry_after, scope);
        Attempt::Failed {
            error,
            again: Again::WhenAllowed,
        }
    }

    fn message(&self, request: &Request) -> Result<http::Request<Bytes>, Error> {
        let uri = format!("{}{}{}", self.base_url, request.path.path, request.query);
        let mut builder = http::Request::builder()
            .method(&request.route.method)
            .uri(uri)
            .header(header::USER_AGENT, &self.user_agent)
            .header(header::ACCEPT, "application/json");
        if !request.anonymous {
            builder = builder.header(header::AUTHORIZATION, &self.authorization);
        }
        if let Some(reason) = &request.reason {
            builder = builder.header(HeaderName::from_static("x-audit-log-reason"), reason);
        }
        let body = match &request.body {
            Some((content_type, body)) => {
                builder = builder.header(header::CONTENT_TYPE, content_type);
                body.clone()
            }
            None => Bytes::new(),
        };
        builder
            .body(body)
            .map_err(|_| Error::invalid_request("the path or query is not a URL"))
    }
}

const BACKOFF_BASE: Duration = Duration::from_millis(500);
const BACKOFF_CAP: Duration = Duration::from_secs(15);

/// Half of it fixed, so that a troubled server gets a pause; half random, so that clients spread.
fn backoff(retries: u32) -> Duration {
    let whole = BACKOFF_BASE
        .saturating_mul(1 << retries.min(10))
        .min(BACKOFF_CAP);
    whole.mul_f64(fastrand::f64().mul_add(0.5, 0.5))
}
