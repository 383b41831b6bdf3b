//! Settings of a client.

use std::{env, fmt, fs, sync::Arc, time::Duration};

use http::{HeaderValue, Uri};
use tokio::sync::Semaphore;

use crate::{
    client::{Counters, Inner, Rest},
    error::Error,
    guard::Guard,
    limiter::Limiter,
    reqwest_transport::ReqwestTransport,
    transport::Transport,
};

const BASE_URL: &str = "https://discord.com/api/v10";
const BASE_URL_VARIABLE: &str = "POLYCORD_API_URL";
const ROOTS_VARIABLE: &str = "POLYCORD_CA_FILE";
/// Discord asks for this form: <https://docs.discord.com/developers/reference#user-agent>.
const USER_AGENT: &str = concat!(
    "DiscordBot (https://crates.io/crates/polycord-rest, ",
    env!("CARGO_PKG_VERSION"),
    ")"
);

/// Settings of a [`Rest`] client; the defaults are meant for production.
#[must_use]
pub struct RestBuilder {
    token: String,
    base_url: Option<String>,
    roots: Vec<Vec<u8>>,
    transport: Option<Box<dyn Transport>>,
    user_agent: Option<String>,
    global_limit: u32,
    invalid_request_limit: u32,
    max_pending: usize,
    max_retries: u32,
    max_wait: Duration,
    timeout: Duration,
}

impl RestBuilder {
    pub(crate) fn new(token: String) -> Self {
        Self {
            token,
            base_url: None,
            roots: Vec::new(),
            transport: None,
            user_agent: None,
            global_limit: 50,
            invalid_request_limit: 9_000,
            max_pending: 10_000,
            max_retries: 4,
            max_wait: Duration::from_secs(60),
            timeout: Duration::from_secs(15),
        }
    }

    /// Where requests go. Default: the environment variable `POLYCORD_API_URL` if it is set, else
    /// `https://discord.com/api/v10`. A path is kept, a slash at the end does not matter.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Trusts the certificates in `pem` too, besides Mozilla's. Default: those in the file that the
    /// environment variable `POLYCORD_CA_FILE` names, if it is set. May be called repeatedly.
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Carries the requests. Default: HTTPS with reqwest and rustls.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// The `User-Agent` header. Discord blocks clients whose name has not the form
    /// `DiscordBot (url, version)`. Default: this crate's.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How many requests may go in any second, interactions' aside. Default: 50, what Discord gives
    /// every bot; very large ones get more on request.
    pub fn global_limit(mut self, per_second: u32) -> Self {
        self.global_limit = per_second;
        self
    }

    /// How many refused requests (401, 403, 429) in ten minutes stop the client until they are over.
    /// Default: 9,000, since Discord blocks the machine's address at 10,000. Several processes
    /// behind one address share that number: divide it.
    pub fn invalid_request_limit(mut self, count: u32) -> Self {
        self.invalid_request_limit = count;
        self
    }

    /// How many requests may be under way or wait at the same time; more fail at once. Default:
    /// 10,000. Each waiting one holds its body.
    pub fn max_pending(mut self, count: usize) -> Self {
        self.max_pending = count.min(Semaphore::MAX_PERMITS);
        self
    }

    /// How often a request is sent again: after a 429 always, after a failure only where sending it
    /// twice does no harm. Default: 4.
    pub fn max_retries(mut self, count: u32) -> Self {
        self.max_retries = count;
        self
    }

    /// How long a request may wait for rate limits, from the call until its last attempt goes out.
    /// One that would wait longer fails at once, with the time in
    /// [`Error::retry_after`](crate::Error::retry_after). Default: 60 s.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// How long one attempt may take, from its sending to the last byte of the answer. Default: 15 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Builds the client; nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) when the token is empty or cannot stand in a
    /// header, the base URL is none, or the root certificates cannot be read.
    pub fn build(self) -> Result<Rest, Error> {
        let base_url = self
            .base_url
            .or_else(|| from_environment(BASE_URL_VARIABLE))
            .unwrap_or_else(|| BASE_URL.to_owned());
        let base_url = base_url.trim_end_matches('/').to_owned();
        let host = host(&base_url)?;
        let transport = if let Some(transport) = self.transport {
            transport
        } else {
            let roots = if self.roots.is_empty() {
                roots_from_file()?
            } else {
                self.roots
            };
            Box::new(ReqwestTransport::new(&roots, is_loopback(&host))?)
        };
        let user_agent = self.user_agent.as_deref().unwrap_or(USER_AGENT);
        let user_agent = HeaderValue::from_str(user_agent)
            .map_err(|_| Error::config("the user agent cannot stand in a header", None))?;
        Ok(Rest {
            inner: Arc::new(Inner {
                transport,
                base_url,
                authorization: authorization(&self.token)?,
                user_agent,
                limiter: Limiter::new(self.global_limit),
                guard: Guard::new(self.invalid_request_limit),
                pending: Semaphore::new(self.max_pending),
                max_pending: self.max_pending,
                max_retries: self.max_retries,
                max_wait: self.max_wait,
                timeout: self.timeout,
                counters: Counters::default(),
            }),
        })
    }
}

/// Shows no token.
impl fmt::Debug for RestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestBuilder")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

fn authorization(token: &str) -> Result<HeaderValue, Error> {
    let token = token.trim();
    if token.is_empty() {
        return Err(Error::config(
            "the token is empty: copy it from the developer portal's Bot page",
            None,
        ));
    }
    let text = if token.starts_with("Bot ") || token.starts_with("Bearer ") {
        token.to_owned()
    } else {
        format!("Bot {token}")
    };
    // The cause is left out: it must not be able to show the token.
    let mut value = HeaderValue::try_from(text).map_err(|_| {
        Error::config(
            "the token holds characters that no token has: copy it again from the developer \
             portal's Bot page",
            None,
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn host(base_url: &str) -> Result<String, Error> {
    let refuse = || Error::config("the base URL is not of the form https://host/path", None);
    let uri: Uri = base_url.parse().map_err(|_| refuse())?;
    match (uri.scheme_str(), uri.host(), uri.query()) {
        (Some("http" | "https"), Some(host), None) => Ok(host.to_owned()),
        _ => Err(refuse()),
    }
}

/// A proxy of the environment is of no use to reach this machine.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

fn from_environment(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.is_empty())
}

fn roots_from_file() -> Result<Vec<Vec<u8>>, Error> {
    let Some(file) = from_environment(ROOTS_VARIABLE) else {
        return Ok(Vec::new());
    };
    let pem = fs::read(&file).map_err(|cause| {
        Error::config(
            "the file that POLYCORD_CA_FILE names cannot be read",
            Some(cause.into()),
        )
    })?;
    Ok(vec![pem])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(token: &str) -> Option<String> {
        authorization(token)
            .ok()
            .and_then(|value| value.to_str().ok().map(str::to_owned))
    }

    #[test]
    fn a_plain_token_gets_the_bot_prefix_and_others_stay() {
        assert_eq!(header("abc").as_deref(), Some("Bot abc"));
        assert_eq!(header(" abc\n").as_deref(), Some("Bot abc"));
        assert_eq!(header("Bot abc").as_deref(), Some("Bot abc"));
        assert_eq!(header("Bearer abc").as_deref(), Some("Bearer abc"));
        assert_eq!(header(" "), None);
    }

    #[test]
    fn no_debug_and_no_error_shows_the_token() {
        let builder = Rest::builder("hunter2-secret").base_url("http://localhost:1");
        assert!(!format!("{builder:?}").contains("hunter2"));
        let rest = builder.build().unwrap();
        assert!(!format!("{rest:?}").contains("hunter2"));
        assert!(!format!("{:?}", rest.inner.authorization).contains("hunter2"));
        let error = Rest::builder("hunter2\u{7}secret").build().unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hunter2"));
    }

    #[test]
    fn a_base_url_that_is_none_is_refused_in_one_sentence() {
        for url in ["discord.com", "ftp://discord.com", "", "https://x/?a=b"] {
            let error = Rest::builder("t").base_url(url).build().unwrap_err();
            assert!(error.to_string().contains("base URL"), "{url}: {error}");
        }
    }

    #[test]
    fn loopback_hosts_are_known() {
        assert!(is_loopback("127.0.0.1") && is_loopback("[::1]") && is_loopback("localhost"));
        assert!(!is_loopback("discord.com"));
    }
}
