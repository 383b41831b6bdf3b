//! Where connections come from: the seam, and TCP with TLS as its default.

use std::{fmt, future::Future, io, pin::Pin, sync::Arc};

use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::{TlsConnector, rustls::ClientConfig};
use tracing::debug;

use crate::tls;

mod dial;
mod proxy;

pub(crate) use self::proxy::Proxy;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A byte stream to speak websocket on. Implemented for everything that can be one.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> Io for S {}

/// Where to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// Host name or address, without the brackets of IPv6.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Whether the stream handed back must already be encrypted (`wss://`).
    pub tls: bool,
}

impl Target {
    /// A target.
    pub fn new(host: impl Into<String>, port: u16, tls: bool) -> Self {
        Self {
            host: host.into(),
            port,
            tls,
        }
    }
}

/// Opens connections: over a proxy, in memory, or as [`TcpConnector`] does.
///
/// Closures are connectors too, which is all that a test needs:
///
/// ```
/// use polycord_gateway::{Connector, Target};
///
/// let connector = |_: Target| async {
///     let (ours, _servers) = tokio::io::duplex(64 * 1024);
///     Ok::<_, std::io::Error>(ours)
/// };
/// # fn takes(_: impl Connector) {}
/// # takes(connector);
/// ```
pub trait Connector: Send + Sync + 'static {
    /// Connects to `target`, TLS included where the target asks for it.
    ///
    /// # Errors
    /// Any error makes the session try again later; its text is reported as the cause, so it must
    /// hold no secret.
    ///
    /// # Cancel safety
    /// The future is dropped when the session's deadline for connecting passes.
    fn connect(&self, target: Target) -> BoxFuture<'static, io::Result<Box<dyn Io>>>;
}

impl<F, Connecting, Stream> Connector for F
where
    F: Fn(Target) -> Connecting + Send + Sync + 'static,
    Connecting: Future<Output = io::Result<Stream>> + Send + 'static,
    Stream: Io,
{
    fn connect(&self, target: Target) -> BoxFuture<'static, io::Result<Box<dyn Io>>> {
        let connecting = self(target);
        Box::pin(async move { Ok(Box::new(connecting.await?) as Box<dyn Io>) })
    }
}

impl<C: Connector + ?Sized> Connector for Arc<C> {
    fn connect(&self, target: Target) -> BoxFuture<'static, io::Result<Box<dyn Io>>> {
        (**self).connect(target)
    }
}

/// TCP, with TLS by rustls for `wss://`: what a shard uses unless told otherwise. It goes through the
/// proxy that [`ShardConfig::proxy`](crate::ShardConfig::proxy) named.
#[derive(Clone)]
pub struct TcpConnector {
    proxy: Option<Proxy>,
    tls: Arc<ClientConfig>,
}

impl TcpConnector {
    pub(crate) fn new(tls: Arc<ClientConfig>, proxy: Option<Proxy>) -> Self {
        Self { proxy, tls }
    }
}

impl fmt::Debug for TcpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcpConnector")
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}

impl Connector for TcpConnector {
    fn connect(&self, target: Target) -> BoxFuture<'static, io::Result<Box<dyn Io>>> {
        let Self { proxy, tls } = self.clone();
        Box::pin(async move {
            let tcp = match &proxy {
                None => dial::dial(&target.host, target.port).await?,
                Some(proxy) => {
                    let dialled = dial::dial(&proxy.host, proxy.port).await;
                    let mut tcp = dialled.map_err(|error| {
                        let text = format!("the proxy {proxy} was not reached: {error}");
                        io::Error::new(error.kind(), text)
                    })?;
                    proxy.tunnel(&mut tcp, &target).await?;
                    tcp
                }
            };
            if !target.tls {
                return Ok(Box::new(tcp) as Box<dyn Io>);
            }
            let name = ServerName::try_from(target.host)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
            let stream = TlsConnector::from(tls)
                .connect(name, tcp)
                .await
                .map_err(|error| tls::explain(&error))?;
            debug!(
                event = "tls",
                version = ?stream.get_ref().1.protocol_version(),
                "tls handshake done"
            );
            Ok(Box::new(stream) as Box<dyn Io>)
        })
    }
}
