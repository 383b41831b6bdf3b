//! A request to any route.

use std::{fmt, fmt::Display, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Method};
use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use crate::{
    error::Error,
    route::{ESCAPED, Path, Route},
};

/// A request to one of Discord's HTTP routes; the way to those that [`Rest`](crate::Rest) has no
/// method for.
///
/// # Examples
///
/// ```
/// use polycord_rest::{Request, http::Method};
///
/// let pin = Request::new(
///     Method::PUT,
///     "/channels/{channel_id}/messages/pins/{message_id}",
///     &[&41771983423143937u64, &267300017592991744u64],
/// )?
/// .reason("read this first");
/// # Ok::<(), polycord_rest::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Request {
    pub(crate) route: Route,
    pub(crate) path: Path,
    pub(crate) query: String,
    pub(crate) body: Option<(HeaderValue, Bytes)>,
    pub(crate) reason: Option<HeaderValue>,
    pub(crate) anonymous: bool,
    pub(crate) idempotent: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_wait: Option<Duration>,
}

impl Request {
    /// A request to the route `template`, whose parts in braces are filled from `arguments` in order
    /// and percent-encoded.
    ///
    /// The template is also the key of the rate limit, together with the major parameters
    /// `{channel_id}`, `{guild_id}`, `{webhook_id}` and `{webhook_token}`: name them so.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when the number of arguments
    /// differs from the number of parameters, or an argument is empty, `.` or `..`.
    pub fn new(
        method: Method,
        template: &'static str,
        arguments: &[&dyn Display],
    ) -> Result<Self, Error> {
        let path = Path::fill(template, arguments)?;
        let idempotent = method.is_idempotent();
        Ok(Self {
            route: Route { method, template },
            path,
            query: String::new(),
            body: None,
            reason: None,
            anonymous: false,
            idempotent,
            timeout: None,
            max_wait: None,
        })
    }

    /// Adds `name=value` to the query, percent-encoded.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        self.query
            .push(if self.query.is_empty() { '?' } else { '&' });
        self.query.extend(utf8_percent_encode(name, ESCAPED));
        self.query.push('=');
        self.query
            .extend(utf8_percent_encode(&value.to_string(), ESCAPED));
        self
    }

    /// Sends `body` as JSON.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encode`](crate::ErrorKind::Encode) when the value has no JSON form.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Result<Self, Error> {
        let text = serde_json::to_vec(body).map_err(Error::encode)?;
        self.body = Some((HeaderValue::from_static("application/json"), text.into()));
        Ok(self)
    }

    /// Sends `bytes` as they are, under `content_type`; for multipart forms and the like.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when `content_type` cannot
    /// stand in a header.
    pub fn body(mut self, content_type: &str, bytes: impl Into<Bytes>) -> Result<Self, Error> {
        let content_type = HeaderValue::from_str(content_type)
            .map_err(|_| Error::invalid_request("the content type is not a header value"))?;
        self.body = Some((content_type, bytes.into()));
        Ok(self)
    }

    /// Shows `reason` in the guild's audit log, up to 512 characters.
    ///
    /// See <https://docs.discord.com/developers/resources/audit-log>.
    pub fn reason(mut self, reason: &str) -> Self {
        let encoded = utf8_percent_encode(reason, ESCAPED).to_string();
        // Percent-encoded text is ASCII, so it is always a header value.
        self.reason = HeaderValue::try_from(encoded).ok();
        self
    }

    /// Leaves out the token; for routes that carry one of their own in the path (interactions,
    /// webhooks). They stand outside the bot's global limit of 50 requests a second.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Says whether sending the request twice does no more than sending it once. Only then is it
    /// retried after a failure that leaves open whether Discord has acted on it.
    ///
    /// Default: true for GET, PUT and DELETE, false for POST and PATCH.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    /// How long one attempt may take; see [`RestBuilder::timeout`](crate::RestBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the request may wait for its turn; see
    /// [`RestBuilder::max_wait`](crate::RestBuilder::max_wait).
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = Some(max_wait);
        self
    }
}

/// Shows the route, but no parameter, query or body: they may hold tokens and what people wrote.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.route.method)
            .field("template", &self.route.template)
            .field("idempotent", &self.idempotent)
            .finish_non_exhaustive()
    }
}
