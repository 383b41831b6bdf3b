//! Where connections come from: the seam, and TCP with TLS as its default.

use std::{fmt, future::Future, io, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use rustls_pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    task::JoinSet,
    time::sleep,
};
use tokio_rustls::{TlsConnector, rustls::ClientConfig};

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

/// TCP, with TLS by rustls for `wss://`: what a shard uses unless told otherwise.
#[derive(Clone)]
pub struct TcpConnector {
    tls: Arc<ClientConfig>,
}

impl TcpConnector {
    pub(crate) fn new(tls: Arc<ClientConfig>) -> Self {
        Self { tls }
    }
}

impl fmt::Debug for TcpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcpConnector").finish_non_exhaustive()
    }
}

impl Connector for TcpConnector {
    fn connect(&self, target: Target) -> BoxFuture<'static, io::Result<Box<dyn Io>>> {
        let tls = Arc::clone(&self.tls);
        Box::pin(async move {
            let addresses: Vec<_> = lookup_host((target.host.as_str(), target.port))
                .await?
                .collect();
            let tcp = dial(interleave(addresses)).await?;
            tcp.set_nodelay(true)?;
            if !target.tls {
                return Ok(Box::new(tcp) as Box<dyn Io>);
            }
            let name = ServerName::try_from(target.host)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
            let stream = TlsConnector::from(tls).connect(name, tcp).await?;
            Ok(Box::new(stream) as Box<dyn Io>)
        })
    }
}

/// How long one address may keep the next one waiting.
const HEAD_START: Duration = Duration::from_millis(250);

/// Dials the addresses in order, each a little after the one before, and keeps the first that
/// answers (RFC 8305, without its sorting by history).
async fn dial(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut addresses = addresses.into_iter();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host name has no address");
    // Dropping the set aborts the dials that lost.
    let mut dials = JoinSet::new();
    let mut waiting = addresses.next();
    if let Some(address) = waiting.take() {
        dials.spawn(TcpStream::connect(address));
        waiting = addresses.next();
    }
    loop {
        tokio::select! {
            dialled = dials.join_next() => match dialled {
                Some(Ok(Ok(stream))) => return Ok(stream),
                Some(Ok(Err(error))) => last = error,
                Some(Err(aborted)) => last = io::Error::other(aborted),
                None if waiting.is_none() => return Err(last),
                None => {}
            },
            () = sleep(HEAD_START), if waiting.is_some() => {}
        }
        if let Some(address) = waiting.take() {
            dials.spawn(TcpStream::connect(address));
            waiting = addresses.next();
        }
    }
}

/// Alternates the address families, beginning with the resolver's first choice, so that a network
/// where one of them is broken costs one head start and not many.
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v4 = addresses.first().is_some_and(SocketAddr::is_ipv4);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv4() == first_is_v4);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut order = Vec::with_capacity(first.len() + second.len());
    loop {
        match (first.next(), second.next()) {
            (None, None) => return order,
            (one, other) => order.extend(one.into_iter().chain(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn address_families_take_turns() {
        let order = interleave(vec![
            address("[::1]:1"),
            address("[::2]:1"),
            address("1.1.1.1:1"),
            address("[::3]:1"),
        ]);
        assert_eq!(
            order,
            [
                address("[::1]:1"),
                address("1.1.1.1:1"),
                address("[::2]:1"),
                address("[::3]:1")
            ]
        );
    }

    #[tokio::test]
    async fn a_refusing_address_does_not_keep_the_next_from_answering() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let good = listener.local_addr().unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let refusing = closed.local_addr().unwrap();
        drop(closed);
        let stream = dial(vec![refusing, good]).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), good);
    }

    #[tokio::test]
    async fn a_host_without_addresses_is_an_error() {
        assert_eq!(
            dial(Vec::new()).await.unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
