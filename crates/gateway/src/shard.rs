//! One session, as a stream.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use tokio::{runtime::Handle, task::coop};
use tracing::{Instrument, info_span};

use crate::{
    Error, Protocol, Session, ShardConfig, ShardEvent, ShardHandle, ShardId, TcpConnector,
    address::Address,
    config::DEFAULT_COMMANDS,
    connector::Proxy,
    driver::{Driver, Ends},
    observer::Observer,
    shared::Shared,
    tap::TapEnd,
};

/// One session of the gateway: a stream of [`ShardEvent`]s.
///
/// A task of its own keeps the connection: it reads, heartbeats and reconnects whether or not the
/// stream is polled. When [`ShardConfig::buffer`] events wait unread, it stops reading, or does what
/// [`ShardConfig::overflow`] says, and keeps heartbeating. Dropping the shard ends the session;
/// [`ShardHandle::close_resumable`] leaves it so that it can be resumed.
pub struct Shard {
    handle: ShardHandle,
}

impl Shard {
    /// Starts a session with Discord on the current tokio runtime. It connects in the background.
    ///
    /// # Errors
    /// A gateway URL, a proxy's URL or a certificate that is none, a compression that is not compiled in,
    /// nobody to trust on `wss://`, and no runtime. Everything that goes wrong later is told by
    /// [`ShardEvent`]s.
    #[cfg(feature = "discord")]
    pub fn start(config: ShardConfig) -> Result<Self, Error> {
        let Some(discord) = config.discord() else {
            return Err(Error::bad_config(
                "there is no token: make the configuration with `ShardConfig::new`",
            ));
        };
        Self::start_with(discord, config)
    }

    /// Starts a session that speaks another dialect. The shard, compression and URL that the
    /// protocol sends are its own business; `config` names the shard for reports and the
    /// compression for reading.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_with(protocol: impl Protocol, config: ShardConfig) -> Result<Self, Error> {
        let runtime = Handle::try_current().map_err(|_| Error::no_runtime())?;
        let address = Address::parse(&protocol.connect_url(None)).map_err(Error::bad_url)?;
        if let Some(feature) = config.compression.missing_feature() {
            return Err(Error::bad_config(format!(
                "{feature}-stream is not compiled in: enable the feature `{feature}` of polycord-gateway",
            )));
        }
        let framing = config.framing();
        let proxy = match &config.proxy {
            Some(url) => Some(Proxy::parse(url).map_err(Error::bad_proxy)?),
            None => None,
        };
        let connector = match config.connector {
            Some(_) if proxy.is_some() => {
                return Err(Error::bad_config(
                    "a proxy is of no use to a connector of your own: let that one go through it, \
                     or leave out one of the two",
                ));
            }
            Some(connector) => connector,
            None => {
                let tls = config.tls.build(address.target.tls)?;
                Arc::new(TcpConnector::new(tls, proxy))
            }
        };
        let id = config.shard;
        let user = config.saved.as_ref().and_then(|saved| saved.user_id);
        let shared = Arc::new(Shared::new(id, config.buffer, DEFAULT_COMMANDS, user));
        let max_payload = protocol.rules().max_payload;
        let command_queue = config.session.command_queue;
        let mut settings = config.session;
        settings.shard = id;
        #[cfg(feature = "discord")]
        let secret = config.credentials.as_ref().map(|own| own.token.expose());
        #[cfg(not(feature = "discord"))]
        let secret = None;
        let tap = config.tap.map(|tap| TapEnd::new(tap, id, secret));
        let observer = Observer::new(id, protocol.rules().keys, tap);
        let seed = config.seed.unwrap_or_else(|| fastrand::u64(..));
        let session = Session::new(protocol, settings, config.saved, seed);
        // Boxed, since the future of a method has room for what it is called on twice.
        let driver = Box::new(Driver::new(
            session,
            Ends {
                command_queue,
                connector,
                framing,
                identify_queue: config.identify_queue,
                interest: config.interest,
                observer,
                overflow: config.overflow,
                shared: Arc::clone(&shared),
            },
        ));
        let span = info_span!("shard", shard.id = %id);
        runtime.spawn(driver.run().instrument(span));
        let handle = ShardHandle {
            max_payload,
            shared,
        };
        Ok(Self { handle })
    }

    /// A way to talk to the shard.
    #[must_use]
    pub fn handle(&self) -> ShardHandle {
        self.handle.clone()
    }

    /// Which shard it is.
    #[must_use]
    pub fn id(&self) -> ShardId {
        self.handle.id()
    }

    /// The next event; `None` after [`ShardEvent::Stopped`].
    ///
    /// # Cancel safety
    /// Safe: an event that was not returned stays.
    pub async fn next(&mut self) -> Option<ShardEvent> {
        poll_fn(|cx| self.poll_event(cx)).await
    }

    /// Adds the events that wait to `events`, `limit` of them at most, and says how many there were; waits
    /// for one if there are none. Zero after [`ShardEvent::Stopped`], and for a `limit` of zero.
    ///
    /// A busy consumer takes events a little faster so than one by one.
    ///
    /// # Cancel safety
    /// Safe: events that were not added stay.
    pub async fn next_many(&mut self, events: &mut Vec<ShardEvent>, limit: usize) -> usize {
        if limit == 0 {
            return 0;
        }
        poll_fn(|cx| {
            let budget = ready!(coop::poll_proceed(cx));
            let taken = ready!(self.handle.shared.poll_next_many(cx, events, limit));
            budget.made_progress();
            Poll::Ready(taken)
        })
        .await
    }

    /// Others get to run from time to time, however many events wait.
    fn poll_event(&self, cx: &mut Context<'_>) -> Poll<Option<ShardEvent>> {
        let budget = ready!(coop::poll_proceed(cx));
        let event = ready!(self.handle.shared.poll_next(cx));
        budget.made_progress();
        Poll::Ready(event)
    }
}

impl Drop for Shard {
    fn drop(&mut self) {
        self.handle.shared.desert();
    }
}

impl Stream for Shard {
    type Item = ShardEvent;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<ShardEvent>> {
        self.poll_event(cx)
    }
}

impl fmt::Debug for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shard")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}
