//! From an HTTP request to a gateway connection.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use tokio::sync::{Notify, mpsc};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::connection::{Opened, serve};
use crate::builder::Options;
use crate::compression::Compression;
use crate::core::{Core, Live};
use crate::faults::{Fault, Place};
use crate::journal::EntryKind;

/// Controls waiting for one connection: a person at a keyboard, so a few are enough.
const CONTROLS: usize = 64;

/// Bytes read at once: clients say little, and many of them are idle.
const READ_BUFFER: usize = 4 * 1024;

/// Bytes of a message that are read before it is refused: far more than Discord takes, so that a
/// payload that is too long can be told from one without end.
const MAX_MESSAGE: usize = 64 * 1024;

/// Whether a path is one of the gateway's.
pub(crate) fn is_gateway(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    path.is_empty() || path == "/gateway" || resume_shard(path).is_some()
}

/// `/resume/3` is where shard 3 was told to resume.
fn resume_shard(path: &str) -> Option<u32> {
    path.trim_end_matches('/')
        .strip_prefix("/resume/")?
        .parse()
        .ok()
}

/// Answers an upgrade request, and starts the connection's task. `None` if it is never answered.
pub(crate) fn upgrade<B>(
    core: &Arc<Core>,
    request: &mut Request<B>,
) -> Option<Response<Full<Bytes>>> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    let shard = resume_shard(request.uri().path());
    let place = Place {
        shard,
        resume_url: shard.is_some(),
    };
    let refused = {
        let mut state = core.lock();
        let fault = core.fault(&mut state, None, place, |fault| {
            matches!(fault, Fault::HttpStatus(_) | Fault::NoUpgrade)
        });
        let status = match fault {
            Some(Fault::NoUpgrade) => return None,
            Some(Fault::HttpStatus(status)) => StatusCode::from_u16(status).ok(),
            _ => unfit(request).or_else(|| unwanted(&core.options, request)),
        };
        if let Some(status) = status {
            let kind = EntryKind::UpgradeRefused {
                path: path.clone(),
                status: status.as_u16(),
            };
            core.note(&mut state, None, kind);
        }
        status
    };
    if let Some(status) = refused {
        return Some(answer(status));
    }
    let Some(accept) = request
        .headers()
        .get(header::SEC_WEBSOCKET_KEY)
        .map(|key| derive_accept_key(key.as_bytes()))
    else {
        return Some(answer(StatusCode::BAD_REQUEST));
    };
    let opened = open(
        core,
        &path,
        place,
        request.uri().query().unwrap_or_default(),
    );
    let upgraded = hyper::upgrade::on(request);
    let core = Arc::clone(core);
    let mut stop = core.stop.subscribe();
    tokio::spawn(async move {
        let upgraded = tokio::select! {
            upgraded = upgraded => upgraded,
            _ = stop.wait_for(|stopped| *stopped) => return,
        };
        if let Ok(upgraded) = upgraded {
            let io = TokioIo::new(upgraded);
            let limits = WebSocketConfig::default()
                .read_buffer_size(READ_BUFFER)
                .max_message_size(Some(MAX_MESSAGE))
                .max_frame_size(Some(MAX_MESSAGE));
            let ws = WebSocketStream::from_raw_socket(io, Role::Server, Some(limits)).await;
            serve(core, ws, opened).await;
        } else {
            core.note(&mut core.lock(), Some(opened.id), EntryKind::ClientGone);
            core.detach(opened.id, false);
        }
    });
    let switching = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header(header::SEC_WEBSOCKET_ACCEPT, accept)
        .body(Full::default());
    Some(switching.unwrap_or_else(|_| answer(StatusCode::BAD_REQUEST)))
}

/// The status with which an upgrade that asks for the wrong thing is refused.
fn unfit<B>(request: &Request<B>) -> Option<StatusCode> {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let websocket = header(header::UPGRADE).is_some_and(|v| v.eq_ignore_ascii_case("websocket"))
        && header(header::SEC_WEBSOCKET_VERSION) == Some("13");
    if request.method() != Method::GET || !websocket {
        return Some(StatusCode::UPGRADE_REQUIRED);
    }
    let query = request.uri().query().unwrap_or_default();
    match parameter(query, "encoding") {
        None | Some("json") => {}
        // Discord speaks it, the simulator does not.
        Some("etf") => return Some(StatusCode::NOT_IMPLEMENTED),
        Some(_) => return Some(StatusCode::BAD_REQUEST),
    }
    compression(query).err()
}

/// As [`unfit`], for a transport that this simulator is not to accept.
fn unwanted<B>(options: &Options, request: &Request<B>) -> Option<StatusCode> {
    let query = request.uri().query().unwrap_or_default();
    let asked = parameter(query, "compress").unwrap_or("none");
    let accepted = options.transports.as_ref();
    let refused = accepted.is_some_and(|accepted| !accepted.iter().any(|name| name == asked));
    refused.then_some(StatusCode::BAD_REQUEST)
}

/// The compression that is asked for, or the status with which it is refused.
fn compression(query: &str) -> Result<Option<Compression>, StatusCode> {
    match parameter(query, "compress") {
        None => Ok(None),
        Some("zlib-stream") => Ok(Some(Compression::Zlib)),
        #[cfg(feature = "zstd")]
        Some("zstd-stream") => Ok(Some(Compression::Zstd)),
        #[cfg(not(feature = "zstd"))]
        Some("zstd-stream") => Err(StatusCode::NOT_IMPLEMENTED),
        Some(_) => Err(StatusCode::BAD_REQUEST),
    }
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn open(core: &Core, path: &str, place: Place, query: &str) -> Opened {
    let (control, controls) = mpsc::channel(CONTROLS);
    let cut = Arc::new(Notify::new());
    let mut state = core.lock();
    state.connections_made += 1;
    let id = state.connections_made;
    let live = Live {
        control,
        cut: Arc::clone(&cut),
        shard: None,
        session: None,
    };
    state.connections.insert(id, live);
    core.note(
        &mut state,
        Some(id),
        EntryKind::Connected {
            path: path.to_owned(),
        },
    );
    Opened {
        compression: compression(query).ok().flatten(),
        id,
        resume_url: place.resume_url,
        shard: place.shard,
        version: match parameter(query, "v") {
            Some("9") => Some(9),
            Some("10") => Some(10),
            _ => None,
        },
        control: controls,
        cut,
    }
}

fn answer(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
