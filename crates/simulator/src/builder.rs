use std::future::Future;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::Error;
use crate::intents;
use crate::outgoing::Handler;
use crate::record::Recorder;
use crate::simulator::Simulator;
use crate::world::World;
use polycord_types::gateway::Intents;

/// Settings of a [`Simulator`], made by [`Simulator::builder`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    pub(crate) options: Options,
    pub(crate) world: World,
    pub(crate) port: Option<u16>,
    pub(crate) tls: bool,
    /// Authorities whose certificates the application's URLs may have, as PEM.
    pub(crate) trusted: Vec<Arc<str>>,
}

/// What the running simulator needs of the settings.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) token: String,
    pub(crate) shards: u32,
    pub(crate) require_sharding: bool,
    pub(crate) shard_multiple: bool,
    pub(crate) max_concurrency: u32,
    pub(crate) session_limit: u32,
    pub(crate) heartbeat_interval: Duration,
    pub(crate) enforce_heartbeats: bool,
    pub(crate) disallowed: u64,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) replay_limit: usize,
    pub(crate) replay_bytes: usize,
    pub(crate) resume_window: Duration,
    pub(crate) journal_limit: usize,
    pub(crate) message_limit: (u32, Duration),
    pub(crate) global_limit: u32,
    /// Limits of routes that a test set: method, path, limit.
    pub(crate) route_limits: Vec<(String, String, (u32, Duration))>,
    /// How many invalid requests in how long lead to a ban of how long.
    pub(crate) invalid_limit: (u32, Duration, Duration),
    /// Whether requests are limited at all.
    pub(crate) limits: bool,
    /// The transports that are accepted; all that are known without.
    pub(crate) transports: Option<Vec<String>>,
    /// Whether the application has an activity to launch.
    pub(crate) activity: bool,
    pub(crate) interactions_url: Option<String>,
    pub(crate) events_url: Option<String>,
    /// What answers in place of those URLs.
    pub(crate) deliver_to: Option<Handler>,
}

const TEN_MINUTES: Duration = Duration::from_secs(10 * 60);
const HOUR: Duration = Duration::from_secs(60 * 60);

impl Default for Builder {
    fn default() -> Self {
        Self {
            options: Options {
                token: "simulator-token".to_owned(),
                shards: 1,
                require_sharding: false,
                shard_multiple: false,
                max_concurrency: 1,
                session_limit: 1_000,
                heartbeat_interval: Duration::from_millis(41_250),
                enforce_heartbeats: true,
                disallowed: 0,
                recorder: None,
                replay_limit: 65_536,
                replay_bytes: 64 * 1024 * 1024,
                resume_window: Duration::from_secs(60 * 60),
                journal_limit: 1_000_000,
                message_limit: (5, Duration::from_secs(5)),
                global_limit: 50,
                route_limits: Vec::new(),
                invalid_limit: (10_000, TEN_MINUTES, HOUR),
                limits: true,
                transports: None,
                activity: false,
                interactions_url: None,
                events_url: None,
                deliver_to: None,
            },
            world: World::default(),
            port: Some(0),
            tls: false,
            trusted: Vec::new(),
        }
    }
}

impl Builder {
    /// The token that is accepted; every other is refused with 401 and close code 4004. Default:
    /// `simulator-token`.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.options.token = token.into();
        self
    }

    /// The world at the start. Default: [`World::default`], two small guilds.
    pub fn world(mut self, world: World) -> Self {
        self.world = world;
        self
    }

    /// How many shards `GET /gateway/bot` recommends; clients may use another number. Default: 1.
    pub fn shards(mut self, shards: u32) -> Self {
        self.options.shards = shards.max(1);
        self
    }

    /// Refuses every number of shards that is not a multiple of the recommended one with close code
    /// 4010, as it is for [large bots]. Default: off.
    ///
    /// [large bots]: https://docs.discord.com/developers/events/gateway#sharding-for-large-bots
    pub fn shard_multiple(mut self, required: bool) -> Self {
        self.options.shard_multiple = required;
        self
    }

    /// Refuses fewer shards than recommended with close code 4011; more than 2,500 guilds on one shard
    /// are refused with it in any case. Default: off.
    pub fn require_sharding(mut self, required: bool) -> Self {
        self.options.require_sharding = required;
        self
    }

    /// How many shards may IDENTIFY within 5 seconds (one per `shard % max_concurrency`); the next
    /// gets op 9. Default: 1.
    pub fn max_concurrency(mut self, max: u32) -> Self {
        self.options.max_concurrency = max.max(1);
        self
    }

    /// How many sessions may be started per day. Default: 1,000.
    pub fn session_limit(mut self, limit: u32) -> Self {
        self.options.session_limit = limit;
        self
    }

    /// The interval in HELLO, from a millisecond to a day. Default: 41.25 s, as Discord's.
    pub fn heartbeat_interval(mut self, interval: Duration) -> Self {
        let day = Duration::from_secs(24 * 60 * 60);
        self.options.heartbeat_interval = interval.clamp(Duration::from_millis(1), day);
        self
    }

    /// Whether a client that sends no heartbeat for two intervals is closed with 4009. Default: on.
    pub fn enforce_heartbeats(mut self, enforce: bool) -> Self {
        self.options.enforce_heartbeats = enforce;
        self
    }

    /// Intents that are refused with close code 4014, as if they were not enabled for the
    /// application. Without `MESSAGE_CONTENT` and `GUILD_MEMBERS` requests show less, too: messages without
    /// content, and no list of members. Default: none.
    pub fn disallow_intents(mut self, disallowed: Intents) -> Self {
        self.options.disallowed = intents::bits(disallowed);
        self
    }

    /// How many dispatches a session keeps for RESUME. Default: 65,536.
    pub fn replay_limit(mut self, frames: usize) -> Self {
        self.options.replay_limit = frames;
        self
    }

    /// How many bytes of dispatches a session keeps for RESUME, each counted once for each session that
    /// has it. A client that reads so slowly that what it has to read next is no longer kept is closed
    /// with 4009; READY and the guilds that follow it wait in any case. Default: 64 MiB.
    pub fn replay_bytes(mut self, bytes: usize) -> Self {
        self.options.replay_bytes = bytes;
        self
    }

    /// How long a session may be resumed after its connection ended. Default: 1 hour.
    pub fn resume_window(mut self, window: Duration) -> Self {
        self.options.resume_window = window;
        self
    }

    /// Writes all that happens to `sink`, as JSON, one object a line, while it happens: every frame as the `Tap`
    /// of polycord-gateway writes it (`dir` is `in` for what the client receives), decompressed, for
    /// `polycord inspect`; pings, pongs, close frames and what is cut off in its middle as `omitted`; everything else under `entry`, as [`Journal::write_json_lines`] does. Default: nowhere.
    ///
    /// Tokens and session ids are replaced by `[redacted]`; messages and names are not. Who writes is the
    /// task that sends: wrap a file into a [`BufWriter`]. It is flushed by [`Simulator::shutdown`]; when
    /// writing fails, the recording ends and the simulator goes on.
    ///
    /// [`BufWriter`]: std::io::BufWriter
    /// [`Journal::write_json_lines`]: crate::Journal::write_json_lines
    pub fn record(mut self, sink: impl Write + Send + 'static) -> Self {
        self.options.recorder = Some(Recorder::new(sink));
        self
    }

    /// How many journal entries are kept. Default: 1,000,000.
    pub fn journal_limit(mut self, entries: usize) -> Self {
        self.options.journal_limit = entries;
        self
    }

    /// How many messages may be created per channel in how long. Default: 5 in 5 seconds.
    pub fn message_rate_limit(mut self, messages: u32, per: Duration) -> Self {
        self.options.message_limit = (messages.max(1), per);
        self
    }

    /// How many requests may be made per second in all, interactions aside. Default: 50.
    pub fn global_rate_limit(mut self, per_second: u32) -> Self {
        self.options.global_limit = per_second.max(1);
        self
    }

    /// Accepts only these values of `compress` in the gateway's URL, where `none` is a URL without it:
    /// `none`, `zlib-stream`, `zstd-stream`. The others are refused with HTTP 400, as unknown ones are.
    /// Default: all of them.
    pub fn transports<T: Into<String>>(mut self, accepted: impl IntoIterator<Item = T>) -> Self {
        self.options.transports = Some(accepted.into_iter().map(Into::into).collect());
        self
    }

    /// How many requests a route takes in how long, per channel, guild or webhook: `route` is a method
    /// and a path as the documentation writes it, `GET /channels/{channel_id}/messages`. Default: what
    /// Discord was seen to answer with, or 50 a second.
    pub fn route_rate_limit(mut self, route: &str, requests: u32, per: Duration) -> Self {
        let (method, path) = route.split_once(' ').unwrap_or(("GET", route));
        let set = (method.to_owned(), path.to_owned(), (requests.max(1), per));
        self.options.route_limits.push(set);
        self
    }

    /// How many invalid requests (401, 403, and 429 other than `shared`) in how long lead to a ban by
    /// the edge, and how long that is. Default: 10,000 in 10 minutes, 1 hour.
    pub fn invalid_request_limit(mut self, requests: u32, per: Duration, ban: Duration) -> Self {
        self.options.invalid_limit = (requests.max(1), per, ban);
        self
    }

    /// Whether REST requests are limited, by route and globally. Default: on.
    pub fn rate_limits(mut self, on: bool) -> Self {
        self.options.limits = on;
        self
    }

    /// Whether the application has an activity: an entry point command may be registered, and a
    /// callback may launch it. Default: off.
    pub fn activity(mut self, activity: bool) -> Self {
        self.options.activity = activity;
        self
    }

    /// Sends interactions to this URL as signed requests, instead of over the gateway, as if it had
    /// been verified and saved before. `PATCH /applications/@me` sets and verifies one later. Default:
    /// none.
    pub fn interactions_endpoint(mut self, url: impl Into<String>) -> Self {
        self.options.interactions_url = Some(url.into());
        self
    }

    /// Sends all webhook events to this URL as signed requests, as if it had been verified and saved
    /// before. Default: none.
    pub fn events_endpoint(mut self, url: impl Into<String>) -> Self {
        self.options.events_url = Some(url.into());
        self
    }

    /// Gives requests to the application's URLs to this function, whatever the URL, instead of to the
    /// network: then everything happens in virtual time. Default: the network.
    pub fn deliver_to<F, R>(mut self, handler: F) -> Self
    where
        F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
        R: Future<Output = Response<Bytes>> + Send + 'static,
    {
        self.options.deliver_to = Some(Handler::new(handler));
        self
    }

    /// Trusts certificates of this authority (PEM) when the application's URLs are `https://`. The
    /// simulator's own authority is trusted anyway, and no other. Default: none.
    #[cfg(feature = "tls")]
    pub fn trust(mut self, authority: &str) -> Self {
        self.trusted.push(authority.into());
        self
    }

    /// The port on 127.0.0.1. Default: 0, any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Opens no port: [`Simulator::connect`] and [`Simulator::handle`] are the only ways in.
    pub fn in_memory(mut self) -> Self {
        self.port = None;
        self
    }

    /// Serves `https://` and `wss://` with a certificate of an authority made at start; see
    /// [`Simulator::ca_pem`]. In-memory connections stay plain. Default: off.
    #[cfg(feature = "tls")]
    pub fn tls(mut self, tls: bool) -> Self {
        self.tls = tls;
        self
    }

    /// Starts the simulator on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// When the port is taken, or certificates cannot be made.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime.
    pub async fn start(self) -> Result<Simulator, Error> {
        Simulator::start_with(self).await
    }
}
