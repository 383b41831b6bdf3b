mod lookup;

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::io::DuplexStream;
use tokio::net::TcpListener;
use tokio::runtime::Handle;

use crate::builder::Builder;
use crate::core::Core;
use crate::error::{Error, ErrorKind};
use crate::journal::{EntryKind, Journal, SentDispatch};
use crate::outgoing::{self, Key, Outgoing, Roots};
use crate::server::{self, Acceptor};

/// Bytes an in-memory connection holds in each direction.
const IN_MEMORY_BUFFER: usize = 64 * 1024;

/// A Discord in a box: gateway and REST, a world, people, faults and a journal.
///
/// A cheap handle: clones are of the same simulator, which ends when the last is dropped or
/// [`shutdown`](Self::shutdown) is called. Everything runs as tasks on the tokio runtime it was
/// started on; no thread, no runtime of its own, so it lives in paused time as well.
#[derive(Clone, Debug)]
pub struct Simulator {
    pub(crate) core: Arc<Core>,
    pub(crate) runtime: Handle,
    ca: Option<Arc<str>>,
    ender: Arc<Ender>,
}

/// Stops the tasks when the last handle goes.
#[derive(Debug)]
struct Ender(Arc<Core>);

impl Drop for Ender {
    fn drop(&mut self) {
        self.0.stop.send_replace(true);
    }
}

impl Simulator {
    /// Starts a simulator with the default world on a free port of loopback.
    ///
    /// # Errors
    ///
    /// When no port can be opened.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// Settings to start from.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) async fn start_with(builder: Builder) -> Result<Self, Error> {
        let (acceptor, ca) = acceptor(builder.tls)?;
        let listener = match builder.port {
            None => None,
            Some(port) => Some(
                TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                    .await
                    .map_err(|error| Error::new(ErrorKind::Bind, error))?,
            ),
        };
        let address = match &listener {
            None => "simulator.invalid".to_owned(),
            Some(listener) => {
                let address = listener.local_addr();
                address
                    .map_err(|error| Error::new(ErrorKind::Bind, error))?
                    .to_string()
            }
        };
        let secure = if acceptor.is_some() { "s" } else { "" };
        let mut roots = Roots(builder.trusted);
        roots.0.extend(ca.clone());
        let (outgoing, parcels) = Outgoing::new(Key::generate()?, roots);
        let core = Arc::new(Core::new(
            builder.options,
            builder.world.into_state(),
            format!("http{secure}://{address}/api/v10"),
            format!("ws{secure}://{address}"),
            outgoing,
        ));
        let stop = core.stop.subscribe();
        tokio::spawn(outgoing::run(Arc::clone(&core), stop, parcels));
        if let Some(listener) = listener {
            let stop = core.stop.subscribe();
            tokio::spawn(server::listen(Arc::clone(&core), stop, listener, acceptor));
        }
        let ender = Arc::new(Ender(Arc::clone(&core)));
        Ok(Self {
            core,
            runtime: Handle::current(),
            ca,
            ender,
        })
    }

    /// The base URL for REST: `http://127.0.0.1:PORT/api/v10`.
    #[must_use]
    pub fn api_url(&self) -> &str {
        &self.core.api_url
    }

    /// The URL of the gateway: `ws://127.0.0.1:PORT`. READY names another for RESUME, with the path
    /// `/resume/SHARD`.
    #[must_use]
    pub fn gateway_url(&self) -> &str {
        &self.core.gateway_url
    }

    /// The authority to trust, as PEM; `None` without TLS.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca.as_deref()
    }

    /// The token that is accepted.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.core.options.token
    }

    /// Opens a connection in memory, plain HTTP/1.1 and websocket; with a paused clock everything
    /// on it happens in virtual time.
    #[must_use]
    pub fn connect(&self) -> DuplexStream {
        let (client, served) = tokio::io::duplex(IN_MEMORY_BUFFER);
        let (core, stop) = (Arc::clone(&self.core), self.core.stop.subscribe());
        self.runtime.spawn(server::in_memory(core, stop, served));
        client
    }

    /// Answers one REST request in memory; its URI is a path under `/api/v10`, or a whole URL. Like any
    /// other it has to say who asks (`User-Agent`) and, with a body, of what type that is
    /// (`Content-Type`).
    #[must_use = "the answer says whether it was accepted"]
    pub async fn handle(&self, request: Request<Bytes>) -> Response<Bytes> {
        // Answers are made without waiting; a task switch keeps a busy loop of calls polite.
        tokio::task::yield_now().await;
        self.core.serve(request).await
    }

    /// How many of the routes Discord documents are simulated, and how many it documents. The others
    /// answer 501.
    #[must_use]
    pub fn routes() -> (usize, usize) {
        crate::rest::coverage()
    }

    /// Says that so many session starts are left today.
    pub fn set_session_starts_left(&self, remaining: u32) {
        self.core.lock().identify.set_remaining(remaining);
    }

    /// Says in how long the session starts of a day are all there again. At most a day.
    pub fn set_session_starts_reset(&self, after: Duration) {
        self.core.lock().identify.set_reset_after(after);
    }

    /// A copy of the journal.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.core.lock().journal.clone()
    }

    /// Every dispatch made for a session so far, in order, delivered or not. What a client has not
    /// handled of these is lost.
    #[must_use]
    pub fn sent_dispatches(&self) -> Vec<SentDispatch> {
        let state = self.core.lock();
        let dispatches = state.journal.iter().filter_map(|entry| {
            let EntryKind::Dispatch { session, seq, name } = &entry.kind else {
                return None;
            };
            let shard = entry.shard?.0;
            Some(SentDispatch {
                shard,
                session: session.to_string(),
                seq: *seq,
                name: name.to_string(),
            })
        });
        dispatches.collect()
    }

    /// How many IDENTIFYs were sent, refused ones included.
    #[must_use]
    pub fn identifies(&self) -> usize {
        self.client_frames(2)
    }

    /// How many RESUMEs were sent, refused ones included.
    #[must_use]
    pub fn resumes(&self) -> usize {
        self.client_frames(6)
    }

    /// How many gateway connections there are now.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.core.lock().connections.len()
    }

    /// Whether a connection carries a session of this shard.
    #[must_use]
    pub fn is_connected(&self, shard: u32) -> bool {
        let state = self.core.lock();
        let live = Core::connection_of(&state, shard).and_then(|id| state.connections.get(&id));
        live.is_some_and(|live| live.session.is_some())
    }

    /// How many gateway connections were opened in all.
    #[must_use]
    pub fn connections_opened(&self) -> u64 {
        self.core.lock().connections_made
    }

    /// Ends everything: connections are dropped, the port is closed, all tasks are over when this
    /// returns.
    pub async fn shutdown(&self) {
        self.core.stop.send_replace(true);
        self.core.stop.closed().await;
        if let Some(recorder) = &self.core.options.recorder {
            recorder.flush();
        }
    }

    /// A handle that does not keep the simulator running: for tasks that wait.
    pub(crate) fn weakly(&self) -> impl Fn() -> Option<Self> + Send + 'static {
        let (core, runtime, ca) = (
            Arc::clone(&self.core),
            self.runtime.clone(),
            self.ca.clone(),
        );
        let ender = Arc::downgrade(&self.ender);
        move || {
            Some(Self {
                core: Arc::clone(&core),
                runtime: runtime.clone(),
                ca: ca.clone(),
                ender: ender.upgrade()?,
            })
        }
    }

    fn client_frames(&self, wanted: u64) -> usize {
        let state = self.core.lock();
        let is_wanted = |kind: &EntryKind| matches!(kind, EntryKind::ClientFrame { op: Some(op), .. } if *op == wanted);
        state
            .journal
            .iter()
            .filter(|entry| is_wanted(&entry.kind))
            .count()
    }
}

#[cfg(feature = "tls")]
fn acceptor(tls: bool) -> Result<(Acceptor, Option<Arc<str>>), Error> {
    if !tls {
        return Ok((None, None));
    }
    let (acceptor, ca) = crate::tls::authority()?;
    Ok((Some(acceptor), Some(ca.into())))
}

#[cfg(not(feature = "tls"))]
#[expect(clippy::unnecessary_wraps, reason = "with TLS it can fail")]
fn acceptor(_: bool) -> Result<(Acceptor, Option<Arc<str>>), Error> {
    Ok((None, None))
}
