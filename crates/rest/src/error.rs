//! The one error of this crate.

use std::{error::Error as StdError, io, time::Duration};

use polycord_types::validate::ValidationErrors;
use serde_json::Value;

use crate::{headers::Scope, route::Route, transport::BoxError};

/// Why a request failed, in one sentence that says what to do, and as data in [`kind`](Self::kind).
///
/// No message holds the token, an interaction's token or the body of a request.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Inner {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    api: Option<Api>,
    #[source]
    source: Option<BoxError>,
}

/// What Discord's JSON error bodies hold.
#[derive(Debug)]
struct Api {
    code: u32,
    message: String,
    errors: Value,
}

impl Api {
    fn read(body: &[u8]) -> Option<Self> {
        let mut body: Value = serde_json::from_slice(body).ok()?;
        let body = body.as_object_mut()?;
        Some(Self {
            code: body
                .get("code")
                .and_then(Value::as_u64)
                .and_then(|code| code.try_into().ok())?,
            message: body
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            errors: body.remove("errors").unwrap_or_default(),
        })
    }
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Discord refused the request for a reason that has no kind of its own: see
    /// [`Error::code`].
    Api {
        /// The HTTP status.
        status: u16,
    },
    /// The server's certificate is not trusted; sending again would not help.
    Certificate,
    /// A setting of the client cannot work.
    Config,
    /// The answer is not what its route is documented to send.
    Decode,
    /// The body has no JSON form.
    Encode,
    /// The bot lacks a permission or an access (403).
    Forbidden,
    /// The request cannot be sent: its path or a header is malformed, or `validate()` found that the body
    /// breaks limits.
    InvalidRequest,
    /// So many requests were refused (401, 403, 429) in ten minutes that one more may get this
    /// machine's address blocked; the client sends none until the time is over.
    InvalidRequestLimit {
        /// How long until requests are sent again.
        retry_after: Duration,
    },
    /// The thing does not exist, or the bot cannot see it (404).
    NotFound,
    /// The request would have to wait for longer than allowed; see
    /// [`RestBuilder::max_wait`](crate::RestBuilder::max_wait).
    RateLimited {
        /// How long until a request may pass.
        retry_after: Duration,
        /// Whom the limit holds for.
        scope: Scope,
    },
    /// Discord is in trouble (5xx).
    Server {
        /// The HTTP status.
        status: u16,
    },
    /// No answer within the time of one attempt.
    Timeout,
    /// As many requests are pending as the client keeps.
    TooManyPending,
    /// No connection, or it broke.
    Transport,
    /// The token was refused (401); no further request with it is sent.
    Unauthorized,
    /// A field of the body is wrong (400).
    Validation {
        /// Discord's error code; 50035 means that `errors` names the fields.
        code: u32,
        /// Which fields are wrong and why, nested as the body is; null when Discord did not say.
        errors: Value,
    },
}

impl Error {
    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The HTTP status of the answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Discord's error code, as listed on
    /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes>.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.0.api.as_ref().map(|api| api.code)
    }

    /// Discord's own words for the failure.
    #[must_use]
    pub fn api_message(&self) -> Option<&str> {
        self.0.api.as_ref().map(|api| api.message.as_str())
    }

    /// How long to wait before the same request may succeed, when Discord said so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.0.kind {
            ErrorKind::RateLimited { retry_after, .. }
            | ErrorKind::InvalidRequestLimit { retry_after } => Some(retry_after),
            _ => None,
        }
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::RateLimited { .. }
                | ErrorKind::InvalidRequestLimit { .. }
                | ErrorKind::Server { .. }
                | ErrorKind::Timeout
                | ErrorKind::TooManyPending
                | ErrorKind::Transport
        )
    }

    pub(crate) fn config(message: &str, source: Option<BoxError>) -> Self {
        Self::new(ErrorKind::Config, message, source)
    }

    pub(crate) fn invalid_request(message: &str) -> Self {
        Self::new(ErrorKind::InvalidRequest, message, None)
    }

    pub(crate) fn encode(cause: serde_json::Error) -> Self {
        Self::new(
            ErrorKind::Encode,
            "the body has no JSON form",
            Some(cause.into()),
        )
    }

    pub(crate) fn decode(route: &Route, status: u16, cause: serde_json::Error) -> Self {
        let message = format!("{} answered with a body of another shape", Named(route));
        let mut error = Self::new(ErrorKind::Decode, message, Some(cause.into()));
        error.0.status = Some(status);
        error
    }

    pub(crate) fn transport(route: &Route, cause: BoxError) -> Self {
        if is_certificate(&*cause) {
            let message = format!(
                "{} found a server whose certificate is not trusted: check the base URL and this \
                 machine's clock, or give its authority as `root_certificates` or POLYCORD_CA_FILE",
                Named(route)
            );
            return Self::new(ErrorKind::Certificate, message, Some(cause));
        }
        let message = format!(
            "{} got no answer: check the network and the base URL",
            Named(route)
        );
        Self::new(ErrorKind::Transport, message, Some(cause))
    }

    pub(crate) fn timeout(route: &Route, after: Duration) -> Self {
        let message = format!("{} got no answer within {after:?}", Named(route));
        Self::new(ErrorKind::Timeout, message, None)
    }

    pub(crate) fn too_many_pending(limit: usize) -> Self {
        let message =
            format!("{limit} requests are pending already: send fewer, or raise `max_pending`");
        Self::new(ErrorKind::TooManyPending, message, None)
    }

    pub(crate) fn rate_limited(route: &Route, retry_after: Duration, scope: Scope) -> Self {
        let who = match scope {
            Scope::User => "its rate limit",
            Scope::Shared => "a rate limit shared with others",
            Scope::Global => "the bot's global rate limit",
            Scope::Address => "a block of this machine's address by Cloudflare",
        };
        let message = format!(
            "{} is held back by {who}: try again in {retry_after:.1?}",
            Named(route)
        );
        Self::new(ErrorKind::RateLimited { retry_after, scope }, message, None)
    }

    pub(crate) fn invalid_request_limit(retry_after: Duration) -> Self {
        let message = format!(
            "too many requests were refused (401, 403, 429), and more could get this machine \
             blocked: find out why they fail, and try again in {retry_after:.0?}"
        );
        Self::new(
            ErrorKind::InvalidRequestLimit { retry_after },
            message,
            None,
        )
    }

    pub(crate) fn unauthorized() -> Self {
        let mut error = Self::new(
            ErrorKind::Unauthorized,
            "the token was refused: copy it again from the developer portal's Bot page",
            None,
        );
        error.0.status = Some(401);
        error
    }

    /// From an answer that is no success.
    pub(crate) fn from_answer(route: &Route, anonymous: bool, status: u16, body: &[u8]) -> Self {
        let api = Api::read(body);
        let mut error = match status {
            401 if !anonymous => Self::unauthorized(),
            _ => {
                let (kind, advice) = classify(status, api.as_ref());
                let said = match &api {
                    Some(api) if api.code != 0 => format!("{} ({})", api.message, api.code),
                    Some(api) if !api.message.is_empty() => api.message.clone(),
                    _ => "no reason given".to_owned(),
                };
                Self::new(
                    kind,
                    format!("{} answered {status}, {said}{advice}", Named(route)),
                    None,
                )
            }
        };
        error.0.status = Some(status);
        error.0.api = api;
        error
    }

    fn new(kind: ErrorKind, message: impl Into<String>, source: Option<BoxError>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            status: None,
            api: None,
            source,
        }))
    }
}

/// A body that is checked before it is sent, where one wants that.
///
/// ```
/// use polycord_rest::{Error, ErrorKind};
/// use polycord_types::{message::CreateMessage, validate::Validate};
///
/// fn checked(text: &str) -> Result<CreateMessage, Error> {
///     let message = CreateMessage::new(text);
///     message.validate()?;
///     Ok(message)
/// }
///
/// assert!(checked("hello").is_ok());
/// let error = checked(&"a".repeat(2001)).unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::InvalidRequest));
/// assert!(error.to_string().contains("`content` has 2001 characters"));
/// ```
impl From<ValidationErrors> for Error {
    /// What `validate()` found in a body, so that `?` refuses it as Discord would have.
    fn from(errors: ValidationErrors) -> Self {
        let message = format!("Discord would refuse the body: {errors}");
        Self::new(ErrorKind::InvalidRequest, message, Some(Box::new(errors)))
    }
}

fn classify(status: u16, api: Option<&Api>) -> (ErrorKind, &'static str) {
    match status {
        400 => {
            let code = api.map_or(0, |api| api.code);
            let errors = api.map(|api| api.errors.clone()).unwrap_or_default();
            (
                ErrorKind::Validation { code, errors },
                ": `kind()` names the fields to correct",
            )
        }
        401 => (
            ErrorKind::Unauthorized,
            ": the token in the path is wrong or has expired",
        ),
        403 => (ErrorKind::Forbidden, ": check the bot's permissions there"),
        404 => (
            ErrorKind::NotFound,
            ": check the id, and that the bot can see it",
        ),
        500.. => (ErrorKind::Server { status }, ": try again later"),
        _ => (ErrorKind::Api { status }, ""),
    }
}

/// Whether TLS refused the server's certificate, somewhere down the chain of causes.
fn is_certificate(cause: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(cause);
    while let Some(cause) = next {
        if let Some(rustls::Error::InvalidCertificate(_)) = cause.downcast_ref() {
            return true;
        }
        // What an I/O error wraps is not its source, but stands in its place.
        next = match cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
    }
    false
}

/// A route as messages name it: the template, never the path.
struct Named<'a>(&'a Route);

impl std::fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0.method, self.0.template)
    }
}
