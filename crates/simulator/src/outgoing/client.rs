//! Posts to a URL: over the network, or into the test itself.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Outgoing;
use crate::core::Core;

/// How long an answer may take.
const WITHIN: Duration = Duration::from_secs(3);
/// The largest answer that is read.
const MAX_ANSWER: usize = 25 * 1024 * 1024;

type Answer = Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>;
type Function = dyn Fn(Request<Bytes>) -> Answer + Send + Sync;

/// What answers in place of the network.
#[derive(Clone)]
pub(crate) struct Handler(Arc<Function>);

impl Handler {
    pub(crate) fn new<F, R>(handler: F) -> Self
    where
        F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
        R: Future<Output = Response<Bytes>> + Send + 'static,
    {
        Self(Arc::new(move |request| Box::pin(handler(request))))
    }
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

/// Authorities that are trusted beyond the network's own, as PEM.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roots(pub(crate) Vec<Arc<str>>);

/// Whether the signature of a request is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    Good,
    Bad,
}

impl Core {
    /// Posts to a URL. `None` where no answer came in time.
    pub(super) async fn post_out(
        &self,
        url: &str,
        agent: &'static str,
        body: Bytes,
        signature: Signature,
    ) -> Option<Response<Bytes>> {
        let uri: Uri = url.parse().ok()?;
        let timestamp = (self.clock.now_ms() / 1_000).to_string();
        let signed = match signature {
            Signature::Good => self.outgoing.key.sign(&timestamp, &body),
            // Well formed, and of something else.
            Signature::Bad => self.outgoing.key.sign(&timestamp, b"not this body"),
        };
        let mut request = Request::new(body);
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
        headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
        headers.insert("x-signature-ed25519", HeaderValue::from_str(&signed).ok()?);
        let timestamp = HeaderValue::from_str(&timestamp).ok()?;
        headers.insert("x-signature-timestamp", timestamp);
        let exchange = async {
            match &self.options.deliver_to {
                Some(handler) => Some((handler.0)(request).await),
                None => self.outgoing.exchange(request).await,
            }
        };
        timeout(WITHIN, exchange).await.ok().flatten()
    }
}

impl Outgoing {
    async fn exchange(&self, request: Request<Bytes>) -> Option<Response<Bytes>> {
        let uri = request.uri();
        let secure = uri.scheme_str() == Some("https");
        let host = uri.host()?.trim_matches(['[', ']']).to_owned();
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let socket = TcpStream::connect((host.as_str(), port)).await.ok()?;
        if secure {
            self.secure(&host, socket, request).await
        } else {
            talk(socket, request).await
        }
    }

    #[cfg(feature = "tls")]
    async fn secure(
        &self,
        host: &str,
        socket: TcpStream,
        request: Request<Bytes>,
    ) -> Option<Response<Bytes>> {
        let config = crate::tls::client(&self.roots.0)?;
        let name = tokio_rustls::rustls::pki_types::ServerName::try_from(host.to_owned()).ok()?;
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        talk(connector.connect(name, socket).await.ok()?, request).await
    }

    #[cfg(not(feature = "tls"))]
    #[expect(clippy::unused_async, reason = "with TLS it waits")]
    async fn secure(&self, _: &str, _: TcpStream, _: Request<Bytes>) -> Option<Response<Bytes>> {
        None
    }
}

/// One request and its answer on a fresh connection.
async fn talk<S>(io: S, request: Request<Bytes>) -> Option<Response<Bytes>>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(io)).await.ok()?;
    let request = in_origin_form(request)?;
    let exchange = async move {
        let answer = sender.send_request(request.map(Full::new)).await.ok()?;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await.ok()?;
        Some(Response::from_parts(parts, body.to_bytes()))
    };
    let (answer, _) = tokio::join!(exchange, connection);
    answer
}

/// The request as it stands on the wire: a path, and the host in a header.
fn in_origin_form(mut request: Request<Bytes>) -> Option<Request<Bytes>> {
    let host = request.uri().authority()?.as_str();
    let host = HeaderValue::from_str(host).ok()?;
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let path: Uri = path.parse().ok()?;
    request.headers_mut().insert(header::HOST, host);
    *request.uri_mut() = path;
    Some(request)
}
