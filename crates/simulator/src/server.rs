//! HTTP: connections in, requests to REST, upgrades to the gateway.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::core::{Core, Stop};
use crate::faults::{Fault, Place};
use crate::gateway;

/// The largest request body, as Discord's.
const MAX_BODY: usize = 25 * 1024 * 1024;

/// How connections are made private.
#[cfg(feature = "tls")]
pub(crate) type Acceptor = Option<tokio_rustls::TlsAcceptor>;
/// Never, without the feature.
#[cfg(not(feature = "tls"))]
pub(crate) type Acceptor = Option<Infallible>;

/// Accepts connections until the simulator stops.
///
/// Here as for every task, `stop` is made before the task is: who waits for the end then waits for
/// those that have not run yet, too.
pub(crate) async fn listen(
    core: Arc<Core>,
    mut stop: Stop,
    listener: TcpListener,
    acceptor: Acceptor,
) {
    loop {
        let accepted = tokio::select! {
            _ = stop.wait_for(|stopped| *stopped) => return,
            accepted = listener.accept() => accepted,
        };
        // Running out of descriptors ends one connection, not the server.
        let Ok((socket, _)) = accepted else {
            tokio::task::yield_now().await;
            continue;
        };
        if cut_off(&core) {
            continue;
        }
        // Small frames are to leave at once; if that cannot be had, they leave later.
        let _ = socket.set_nodelay(true);
        let core = Arc::clone(&core);
        let stop = core.stop.subscribe();
        match &acceptor {
            None => drop(tokio::spawn(connection(core, stop, socket))),
            #[cfg(feature = "tls")]
            Some(acceptor) => {
                let strange = strange_acceptor(&core);
                let handshake = strange.as_ref().unwrap_or(acceptor).accept(socket);
                drop(tokio::spawn(private(core, stop, handshake)));
            }
            #[cfg(not(feature = "tls"))]
            Some(never) => match *never {},
        }
    }
}

/// What is scripted for a connection on which nothing was said yet.
fn scripted(core: &Core, fault: &Fault) -> bool {
    let place = Place {
        shard: None,
        resume_url: false,
    };
    let mut state = core.lock();
    core.fault(&mut state, None, place, |it| it == fault)
        .is_some()
}

/// Whether a new connection is closed before anything is said on it.
fn cut_off(core: &Core) -> bool {
    scripted(core, &Fault::CutInHandshake)
}

/// Somebody else's certificate, if that is what is to be shown.
#[cfg(feature = "tls")]
fn strange_acceptor(core: &Core) -> Option<tokio_rustls::TlsAcceptor> {
    let bad = scripted(core, &Fault::BadCertificate);
    // An authority of its own, made now: nobody was told to trust it.
    bad.then(|| crate::tls::authority().ok().map(|(acceptor, _)| acceptor))?
}

/// Serves a connection once its handshake is done.
#[cfg(feature = "tls")]
async fn private<S>(core: Arc<Core>, mut stop: Stop, handshake: tokio_rustls::Accept<S>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let private = tokio::select! {
        _ = stop.wait_for(|stopped| *stopped) => return,
        private = handshake => private,
    };
    if let Ok(private) = private {
        connection(core, stop, private).await;
    }
}

/// Serves a connection in memory.
pub(crate) async fn in_memory<S>(core: Arc<Core>, stop: Stop, io: S)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    if !cut_off(&core) {
        connection(core, stop, io).await;
    }
}

/// Serves one connection, in memory or not.
async fn connection<S>(core: Arc<Core>, mut stop: Stop, io: S)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| respond(Arc::clone(&core), request));
    let serving = http1::Builder::new()
        .serve_connection(TokioIo::new(io), service)
        .with_upgrades();
    tokio::select! {
        _ = stop.wait_for(|stopped| *stopped) => {}
        // How a client goes is its own affair.
        _ = serving => {}
    }
}

async fn respond(
    core: Arc<Core>,
    mut request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let upgrade = request.headers().contains_key(header::UPGRADE);
    if upgrade && gateway::is_gateway(request.uri().path()) {
        return match gateway::upgrade(&core, &mut request) {
            Some(response) => Ok(response),
            // The client is the one to give up: what waits here is dropped with its connection.
            None => std::future::pending().await,
        };
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        let mut response = Response::new(Full::default());
        *response.status_mut() = http::StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(response);
    };
    let request = Request::from_parts(parts, body.to_bytes());
    Ok(core.serve(request).await.map(Full::new))
}
