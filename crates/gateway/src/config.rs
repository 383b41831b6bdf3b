//! The settings of a shard.

#[cfg(feature = "discord")]
use std::env;
use std::{fmt, sync::Arc, time::Duration};

use crate::{
    Connector, IdentifyQueue, Interest, Overflow, SavedSession, SerialIdentifyQueue, SessionConfig,
    ShardId, Tap, connection::Framing, tls::Tls,
};
#[cfg(feature = "discord")]
use crate::{Discord, Token};

/// The largest websocket frame read by default: a guild of 20 MB passes.
pub const DEFAULT_MAX_FRAME_BYTES: usize = 32 << 20;
/// The largest message read by default, after decompression.
pub const DEFAULT_MAX_MESSAGE_BYTES: usize = 48 << 20;
/// How many events wait for the consumer by default.
pub const DEFAULT_BUFFER: usize = 256;
/// How many commands wait in a shard's handle by default.
pub const DEFAULT_COMMANDS: usize = 64;

/// Names the gateway to use in place of Discord's.
#[cfg(feature = "discord")]
const GATEWAY_URL: &str = "POLYCORD_GATEWAY_URL";

/// Transport compression.
///
/// See <https://docs.discord.com/developers/events/gateway#transport-compression>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// Plain JSON: least work, most traffic.
    None,
    /// One zlib stream for each connection; needs the feature `zlib`.
    ZlibStream,
    /// One zstd stream for each connection; needs the feature `zstd`. Less traffic than zlib for less
    /// work.
    ZstdStream,
}

impl Compression {
    /// The name of the compression in the gateway's URL.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::ZlibStream => Some("zlib-stream"),
            Self::ZstdStream => Some("zstd-stream"),
        }
    }

    /// The feature of this crate that it needs, if this build is without.
    pub(crate) fn missing_feature(self) -> Option<&'static str> {
        match self {
            Self::ZlibStream if cfg!(not(feature = "zlib")) => Some("zlib"),
            Self::ZstdStream if cfg!(not(feature = "zstd")) => Some("zstd"),
            Self::None | Self::ZlibStream | Self::ZstdStream => None,
        }
    }
}

impl Default for Compression {
    /// zlib-stream where it is compiled in, else none: what `zstd` adds is there to be chosen.
    fn default() -> Self {
        if cfg!(feature = "zlib") {
            Self::ZlibStream
        } else {
            Self::None
        }
    }
}

/// The settings of a [`Shard`](crate::Shard). The defaults are the production values.
///
/// Clones share the identify queue and the root certificates, so that one configuration can start
/// many shards.
#[derive(Clone)]
#[must_use]
pub struct ShardConfig {
    pub(crate) buffer: usize,
    pub(crate) compression: Compression,
    pub(crate) connector: Option<Arc<dyn Connector>>,
    #[cfg(feature = "discord")]
    pub(crate) credentials: Option<Credentials>,
    pub(crate) identify_queue: Arc<dyn IdentifyQueue>,
    pub(crate) interest: Interest,
    pub(crate) max_frame_bytes: usize,
    pub(crate) max_message_bytes: usize,
    pub(crate) overflow: Overflow,
    /// As it was given: it may be none, and may hold a password.
    pub(crate) proxy: Option<Arc<str>>,
    pub(crate) saved: Option<SavedSession>,
    pub(crate) seed: Option<u64>,
    pub(crate) session: SessionConfig,
    pub(crate) shard: ShardId,
    pub(crate) tap: Option<Tap>,
    pub(crate) tls: Tls,
}

/// Who the shard is, for Discord.
#[cfg(feature = "discord")]
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) intents: polycord_types::gateway::Intents,
    pub(crate) large_threshold: Option<u8>,
    pub(crate) token: Token,
    pub(crate) url: String,
}

impl ShardConfig {
    /// The settings of the only shard of the bot with this token, which wants these intents.
    ///
    /// The gateway's address is Discord's, or the value of the environment variable
    /// `POLYCORD_GATEWAY_URL`.
    #[cfg(feature = "discord")]
    pub fn new(token: impl Into<Token>, intents: polycord_types::gateway::Intents) -> Self {
        let url = env::var(GATEWAY_URL)
            .ok()
            .filter(|url| !url.trim().is_empty());
        let credentials = Credentials {
            intents,
            large_threshold: None,
            token: token.into(),
            url: url.map_or_else(
                || "wss://gateway.discord.gg".to_owned(),
                |url| url.trim().to_owned(),
            ),
        };
        Self {
            credentials: Some(credentials),
            ..Self::for_protocol()
        }
    }

    /// The settings of a shard that speaks another dialect, for
    /// [`Shard::start_with`](crate::Shard::start_with). It has no token: the dialect has.
    pub fn for_protocol() -> Self {
        Self {
            buffer: DEFAULT_BUFFER,
            compression: Compression::default(),
            connector: None,
            #[cfg(feature = "discord")]
            credentials: None,
            identify_queue: Arc::new(SerialIdentifyQueue::new()),
            interest: Interest::all(),
            max_frame_bytes: DEFAULT_MAX_FRAME_BYTES,
            max_message_bytes: DEFAULT_MAX_MESSAGE_BYTES,
            overflow: Overflow::Wait,
            proxy: None,
            saved: None,
            seed: None,
            session: SessionConfig::default(),
            shard: ShardId::ONE,
            tap: None,
            tls: Tls::default(),
        }
    }

    /// Which shard this is. Default: the only one.
    pub fn shard(mut self, shard: ShardId) -> Self {
        self.shard = shard;
        self
    }

    /// The gateway's address, `wss://` or `ws://`. Default: `POLYCORD_GATEWAY_URL`, else Discord's.
    #[cfg(feature = "discord")]
    pub fn gateway_url(mut self, url: impl Into<String>) -> Self {
        if let Some(credentials) = &mut self.credentials {
            credentials.url = url.into();
        }
        self
    }

    /// From how many members on a guild comes without those who are offline, 50 to 250. Default:
    /// Discord's 50. Higher costs memory and time at the start.
    #[cfg(feature = "discord")]
    pub fn large_threshold(mut self, members: u8) -> Self {
        if let Some(credentials) = &mut self.credentials {
            credentials.large_threshold = Some(members);
        }
        self
    }

    /// The presence that the bot shows from the start on. Default: online, nothing playing.
    ///
    /// A later [`ShardHandle::update_presence`](crate::ShardHandle::update_presence) takes its
    /// place, also in sessions to come.
    #[cfg(feature = "discord")]
    pub fn presence(mut self, presence: polycord_types::gateway::send::UpdatePresence) -> Self {
        self.session = self.session.presence(presence.into());
        self
    }

    /// Transport compression. Default: zlib-stream where it is compiled in.
    pub fn compression(mut self, compression: Compression) -> Self {
        self.compression = compression;
        self
    }

    /// Who grants the permits to IDENTIFY. Default: a queue of this configuration's own, one each
    /// 5 seconds.
    pub fn identify_queue(mut self, queue: Arc<dyn IdentifyQueue>) -> Self {
        self.identify_queue = queue;
        self
    }

    /// Who opens connections. Default: TCP, with TLS by rustls.
    pub fn connector(mut self, connector: impl Connector) -> Self {
        self.connector = Some(Arc::new(connector));
        self
    }

    /// Goes through an HTTP proxy: `http://host:port`, or `http://user:password@host:port` with
    /// whatever is special in URLs percent-encoded. Default: none; no environment variable is asked.
    ///
    /// The proxy is asked for a tunnel (`CONNECT`), looks the gateway's name up itself, and sees of
    /// `wss://` nothing but that name. The URL is checked when the shard starts; it appears in no log and no
    /// error. With a [`Self::connector`] of your own, the way to the gateway is that connector's business, and
    /// a proxy beside it is a typed error.
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        self.proxy = Some(url.as_ref().into());
        self
    }

    /// Certificate authorities to trust in addition to those of the features `webpki-roots` and
    /// `native-roots`, as PEM. The file that the environment variable
    /// `POLYCORD_CA_FILE` names is added to them. Can be called more than once.
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.add(pem.as_ref());
        self
    }

    /// A session to resume, from [`ShardHandle::close_resumable`](crate::ShardHandle::close_resumable).
    /// One that does not fit is dropped with a
    /// [`SessionEvent::SessionLost`](crate::SessionEvent::SessionLost). Default: a new session.
    pub fn session(mut self, saved: SavedSession) -> Self {
        self.saved = Some(saved);
        self
    }

    /// What jitter is drawn from, for runs that can be repeated. Default: random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// How many events may wait for the consumer, at least 1. Default 256. What happens when as many wait is
    /// the business of [`Self::overflow`].
    pub fn buffer(mut self, events: usize) -> Self {
        self.buffer = events.max(1);
        self
    }

    /// What to do when as many events wait as may wait. Default [`Overflow::Wait`]: the shard stops reading
    /// until half of them are taken (the server keeps what follows) and goes on heartbeating.
    pub fn overflow(mut self, overflow: Overflow) -> Self {
        self.overflow = overflow;
        self
    }

    /// Which events are handed on; the others are counted and end at their header. Default
    /// [`Interest::all`].
    pub fn interest(mut self, interest: Interest) -> Self {
        self.interest = interest;
        self
    }

    /// After how many failed attempts in a row to connect the shard stops. Default: never.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.session = self.session.max_attempts(attempts);
        self
    }

    /// The longest first wait after a failure, and the longest wait at all. Default 1 s and 60 s.
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.session = self.session.backoff(base, cap);
        self
    }

    /// How long a dial may take, TLS and upgrade included. Default 10 s.
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.session = self.session.connect_timeout(time);
        self
    }

    /// The largest websocket frame that is read, in bytes. Default 32 MiB. A larger one costs the
    /// connection, not the session.
    pub fn max_frame_bytes(mut self, bytes: usize) -> Self {
        self.max_frame_bytes = bytes;
        self
    }

    /// The largest message that is read, in bytes after decompression. Default 48 MiB.
    pub fn max_message_bytes(mut self, bytes: usize) -> Self {
        self.max_message_bytes = bytes;
        self
    }

    /// Records the frames of the shard, without their secrets. Default: nothing is recorded, and nothing is
    /// done for it.
    pub fn tap(mut self, tap: Tap) -> Self {
        self.tap = Some(tap);
        self
    }

    /// Changes the settings of the session engine. The shard is set by [`Self::shard`].
    pub fn session_config(mut self, change: impl FnOnce(SessionConfig) -> SessionConfig) -> Self {
        self.session = change(self.session);
        self
    }

    pub(crate) fn framing(&self) -> Framing {
        Framing {
            compression: self.compression,
            max_frame_bytes: self.max_frame_bytes,
            max_message_bytes: self.max_message_bytes,
        }
    }

    #[cfg(feature = "discord")]
    pub(crate) fn discord(&self) -> Option<Discord> {
        let credentials = self.credentials.as_ref()?;
        let mut discord = Discord::new(credentials.token.clone(), credentials.intents)
            .shard(self.shard)
            .url(&credentials.url)
            .compress(self.compression.name());
        if let Some(members) = credentials.large_threshold {
            discord = discord.large_threshold(members);
        }
        Some(discord)
    }
}

impl fmt::Debug for ShardConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShardConfig")
            .field("shard", &self.shard)
            .field("compression", &self.compression)
            .field("buffer", &self.buffer)
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}
