use std::{fmt, future::Future, panic::Location, sync::Arc, time::Duration};

use polycord_cache::Cache;
use polycord_gateway::{
    Compression, Connector, Dispatch, SavedSession, SessionEvent, ShardConfig, Token,
};
use polycord_rest::{Rest, Transport};
use polycord_shard_manager::{ShardManager, ShardPlan};
use polycord_types::{
    application_command::CreateCommand,
    gateway::{Event, EventKind, Intents, RawEvent, send::UpdatePresence},
    interaction::Interaction,
};
use tracing::warn;

use crate::{
    client::{Client, Shared},
    commands::{CommandScope, Commands},
    context::Context,
    error::Error,
    events::modelled_events,
    handler::{Handler, HandlerResult},
    registry::{Entry, Occurrence, Registry},
    runner::Runner,
    sessions::Progress,
    watchdog::Watchdog,
};

/// How many handlers run at the same time, unless
/// [`max_concurrent_handlers`](ClientBuilder::max_concurrent_handlers) says otherwise.
pub const DEFAULT_MAX_CONCURRENT_HANDLERS: usize = 1024;

/// Settings and handlers of a [`Client`]; the defaults are meant for production.
///
/// # Order
///
/// The events of a shard are applied to the cache, and their handlers started, in the order in which
/// Discord sent them. A handler sees the cache as of its event, or later. Every handler of every
/// event runs in a task of its own, so none waits for another, and they may finish in any order;
/// [`max_concurrent_handlers(1)`](Self::max_concurrent_handlers) makes it one after the other.
///
/// # Bounds
///
/// When as many handlers run as may, the client waits for one to finish before it reads the next
/// event. Nothing is dropped: Discord and the shards keep what follows, and heartbeats go on.
/// [`ClientStats::handlers_saturated`](crate::ClientStats::handlers_saturated) counts it.
#[must_use]
pub struct ClientBuilder {
    settings: Settings,
    cache: Option<Cache>,
}

type ConfigureShard = dyn Fn(ShardConfig) -> ShardConfig + Send + Sync;

/// What a client needs in order to start.
pub(crate) struct Settings {
    api_url: Option<String>,
    commands: Commands,
    compression: Option<Compression>,
    connector: Option<Arc<dyn Connector>>,
    gateway_url: Option<String>,
    intents: Intents,
    max_handlers: usize,
    slow_handler: Duration,
    plan: ShardPlan,
    presence: Option<UpdatePresence>,
    registry: Registry,
    roots: Vec<Vec<u8>>,
    seed: Option<u64>,
    sessions: Vec<SavedSession>,
    shard_config: Option<Arc<ConfigureShard>>,
    token: Token,
    transport: Option<Arc<dyn Transport>>,
}

macro_rules! define_closures {
    ($($method:ident, $on:ident, $variant:ident, $payload:ident, $name:literal, $anchor:literal,
        $intents:literal;)*) => {
        /// # Handlers
        ///
        /// Each may be called any number of times; all of them run. See [`Handler`] for types that
        /// handle many events.
        impl ClientBuilder {
            $(
                #[doc = concat!("Handles [`", $name, "`](https://docs.discord.com/developers/events/gateway-events#", $anchor, ").")]
                ///
                #[doc = concat!("Intents: ", $intents, ".")]
                #[track_caller]
                pub fn $on<F, Fut>(mut self, handler: F) -> Self
                where
                    F: Fn(Context, Arc<crate::prelude::$payload>) -> Fut + Send + Sync + 'static,
                    Fut: Future<Output = HandlerResult> + Send + 'static,
                {
                    let entry = Entry::on_kind(
                        stringify!($on),
                        Location::caller(),
                        EventKind::$variant,
                        move |ctx, what| match what {
                            Occurrence::Event(Event::$variant(event)) => {
                                Some(Box::pin(handler(ctx, Arc::clone(event))))
                            }
                            _ => None,
                        },
                    );
                    self.settings.registry.add(entry);
                    self
                }
            )*
        }
    };
}

modelled_events!(define_closures);

impl ClientBuilder {
    pub(crate) fn new(token: Token) -> Self {
        Self {
            settings: Settings {
                api_url: None,
                commands: Commands::default(),
                compression: None,
                connector: None,
                gateway_url: None,
                intents: Intents::default(),
                max_handlers: DEFAULT_MAX_CONCURRENT_HANDLERS,
                slow_handler: Duration::from_secs(30),
                plan: ShardPlan::Recommended,
                presence: None,
                registry: Registry::default(),
                roots: Vec::new(),
                seed: None,
                sessions: Vec::new(),
                shard_config: None,
                token,
                transport: None,
            },
            cache: None,
        }
    }

    /// Looks at every dispatch as it comes, in order and not decoded, before anything else does: to
    /// count, to record, to forward. It is called in the client's own task, so it must be quick and
    /// must not block.
    pub fn on_dispatch(mut self, observer: impl Fn(&Dispatch) + Send + Sync + 'static) -> Self {
        self.settings.registry.add_observer(observer);
        self
    }

    /// Handles every event, whatever its kind. It makes the client decode all of them, so prefer
    /// the others where they will do.
    #[track_caller]
    pub fn on_event<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Context, Event) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.settings
            .registry
            .add(Entry::on_event(Location::caller(), handler));
        self
    }

    /// Handles events that have no model yet, or whose payload did not decode.
    #[track_caller]
    pub fn on_raw<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Context, Arc<RawEvent>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.settings
            .registry
            .add(Entry::on_raw(Location::caller(), handler));
        self
    }

    /// Handles what happens to a shard's session; [`SessionEvent::SessionLost`] says that events may
    /// have been missed.
    #[track_caller]
    pub fn on_session<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Context, Arc<SessionEvent>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.settings
            .registry
            .add(Entry::on_session(Location::caller(), handler));
        self
    }

    /// Handles events with a type of yours. Any number of them may be added.
    pub fn handler(mut self, handler: impl Handler) -> Self {
        self.settings.registry.add(Entry::handler(handler));
        self
    }

    /// Adds a slash command and what it does; the handler must answer within 3 seconds, by
    /// [`Context::respond`] or [`Context::defer`].
    ///
    /// When the bot is ready, Discord is told that these are all of the application's commands, in
    /// the [scope](Self::command_scope) chosen; commands registered there before are replaced.
    /// Without any call of this, commands are left alone. Handlers of `INTERACTION_CREATE` get the
    /// interaction too.
    ///
    /// # Examples
    ///
    /// ```
    /// use polycord::prelude::*;
    ///
    /// let client = Client::builder("token")
    ///     .command(CreateCommand::chat_input("ping", "Says pong"), |ctx, interaction| async move {
    ///         ctx.respond(&interaction, "pong").await?;
    ///         Ok(())
    ///     })
    ///     .build();
    /// ```
    #[track_caller]
    pub fn command<F, Fut>(mut self, command: CreateCommand, handler: F) -> Self
    where
        F: Fn(Context, Arc<Interaction>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.settings
            .registry
            .add(Entry::command(&command.name, Location::caller(), handler));
        self.settings.commands.list.push(command);
        self
    }

    /// Where the commands can be used. Default: everywhere.
    pub fn command_scope(mut self, scope: CommandScope) -> Self {
        self.settings.commands.scope = scope;
        self
    }

    /// Which events Discord sends. Default: all that need no approval, so neither members nor
    /// presences nor the text of messages.
    pub fn intents(mut self, intents: Intents) -> Self {
        self.settings.intents = intents;
        self
    }

    /// What the bot shows as doing, from the start on. Default: online, doing nothing.
    pub fn presence(mut self, presence: UpdatePresence) -> Self {
        self.settings.presence = Some(presence);
        self
    }

    /// Runs this many shards. Default: as many as Discord recommends.
    pub fn shards(self, count: u32) -> Self {
        self.shard_plan(ShardPlan::Fixed(count))
    }

    /// Which shards to run. Default: all, as many as Discord recommends.
    pub fn shard_plan(mut self, plan: ShardPlan) -> Self {
        self.settings.plan = plan;
        self
    }

    /// Where to keep what the events tell. Default: everything, without bounds, told the client's
    /// intents. The clone that you keep, if any, reads the same cache. The client tells it the time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use polycord::{Client, cache::{Cache, Kind}};
    ///
    /// let cache = Cache::builder()
    ///     .disable(Kind::Emoji)
    ///     .ttl(Kind::Member, Duration::from_secs(3600))
    ///     .max_bytes(Kind::User, 64 << 20)
    ///     .build();
    /// let client = Client::builder("token").cache(cache).build();
    /// ```
    pub fn cache(mut self, cache: Cache) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Sessions of an earlier run to resume, as
    /// [`ClientHandle::saved_sessions`](crate::ClientHandle::saved_sessions) gave them. Discord tells what happened
    /// meanwhile instead of everything that there is, so give the client the [cache](Self::cache) of that run, too: see
    /// [`session_points`](crate::session_points). One that cannot be resumed is begun anew. Default: none.
    pub fn sessions(mut self, sessions: impl IntoIterator<Item = SavedSession>) -> Self {
        self.settings.sessions = sessions.into_iter().collect();
        self
    }

    /// How many handlers run at the same time, at least 1; see [Bounds](Self#bounds). Default:
    /// [`DEFAULT_MAX_CONCURRENT_HANDLERS`]. With 1 they run one after the other, in order.
    pub fn max_concurrent_handlers(mut self, count: usize) -> Self {
        self.settings.max_handlers = count.clamp(1, tokio::sync::Semaphore::MAX_PERMITS);
        self
    }

    /// How long a handler may run before a warning names it, once per run. Default: 30 s.
    ///
    /// One that blocks its thread is named too, if the runtime has another that is awake; but such a
    /// handler may also hold up timers and sockets of the whole runtime, heartbeats included, because
    /// a thread of tokio that blocks may be the one that looks after them. Use
    /// [`spawn_blocking`](https://docs.rs/tokio/latest/tokio/task/fn.spawn_blocking.html) for such work.
    pub fn slow_handler(mut self, after: Duration) -> Self {
        self.settings.slow_handler = after;
        self
    }

    /// Where HTTP requests go. Default: the environment variable `POLYCORD_API_URL`, else Discord.
    pub fn api_url(mut self, url: impl Into<String>) -> Self {
        self.settings.api_url = Some(url.into());
        self
    }

    /// Where the shards connect to. Default: the environment variable `POLYCORD_GATEWAY_URL`, else
    /// what Discord answers when asked.
    pub fn gateway_url(mut self, url: impl Into<String>) -> Self {
        self.settings.gateway_url = Some(url.into());
        self
    }

    /// Trusts the certificates in `pem` too, besides Mozilla's, for HTTP and for the gateway. May be
    /// called repeatedly. Default: those in the file that the environment variable
    /// `POLYCORD_CA_FILE` names.
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.settings.roots.push(pem.as_ref().to_vec());
        self
    }

    /// How the gateway compresses. Default: zlib-stream.
    pub fn compression(mut self, compression: Compression) -> Self {
        self.settings.compression = Some(compression);
        self
    }

    /// Opens the shards' connections. Default: TCP, with rustls for `wss://`.
    pub fn connector(mut self, connector: impl Connector) -> Self {
        self.settings.connector = Some(Arc::new(connector));
        self
    }

    /// Carries HTTP requests. Default: reqwest, with rustls for `https://`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Seeds the jitter of the shards, so that a test runs the same each time. Default: random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = Some(seed);
        self
    }

    /// Changes any other setting of the shards, after those made here: a proxy, a frame tap, the policy for
    /// events that wait.
    ///
    /// An interest that is narrower than what the cache and the handlers live on leaves them without
    /// events: prefer [intents](Self::intents).
    pub fn configure_shards(
        mut self,
        configure: impl Fn(ShardConfig) -> ShardConfig + Send + Sync + 'static,
    ) -> Self {
        self.settings.shard_config = Some(Arc::new(configure));
        self
    }

    /// Builds the client. What is wrong with the settings shows when it starts.
    pub fn build(self) -> Client {
        let cache = self.cache.unwrap_or_else(|| {
            let intents = self.settings.intents;
            Cache::builder().intents(intents).build()
        });
        Client::new(self.settings, cache)
    }
}

impl Settings {
    pub(crate) fn rest(&self) -> Result<Rest, Error> {
        let mut rest = Rest::builder(self.token.expose());
        if let Some(url) = &self.api_url {
            rest = rest.base_url(url);
        }
        if let Some(transport) = &self.transport {
            rest = rest.transport(Arc::clone(transport));
        }
        for pem in &self.roots {
            rest = rest.root_certificates(pem);
        }
        Ok(rest.build()?)
    }

    pub(crate) async fn manager(&self, rest: &Rest) -> Result<ShardManager, Error> {
        let mut manager = ShardManager::builder(self.token.clone(), self.intents)
            .plan(self.plan.clone())
            .rest(rest.clone())
            .sessions(self.sessions.clone())
            .configure(self.configure());
        if let Some(url) = &self.gateway_url {
            manager = manager.gateway_url(url);
        }
        manager
            .start()
            .await
            .map_err(|error| Error::starting(error, rest.base_url()))
    }

    /// What each shard's configuration gets, besides what the manager puts in.
    fn configure(&self) -> impl Fn(ShardConfig) -> ShardConfig + Send + Sync + 'static {
        let (compression, seed) = (self.compression, self.seed);
        let connector = self.connector.clone();
        let presence = self.presence.clone();
        let roots = self.roots.clone();
        let further = self.shard_config.clone();
        move |mut config| {
            if let Some(compression) = compression {
                config = config.compression(compression);
            }
            if let Some(seed) = seed {
                config = config.seed(seed);
            }
            if let Some(connector) = &connector {
                config = config.connector(Arc::clone(connector));
            }
            if let Some(presence) = &presence {
                config = config.presence(presence.clone());
            }
            for pem in &roots {
                config = config.root_certificates(pem);
            }
            match &further {
                Some(further) => further(config),
                None => config,
            }
        }
    }

    pub(crate) fn runner(self, shared: Arc<Shared>, manager: ShardManager) -> Runner {
        Runner {
            shared,
            registry: self.registry,
            commands: Arc::new(self.commands),
            intents: self.intents,
            max_handlers: self.max_handlers,
            watchdog: Watchdog::new(self.slow_handler),
            manager,
            progress: Progress::of(&self.sessions),
        }
    }

    /// A handler whose events never come is a mistake that is hard to see.
    pub(crate) fn warn_about_silent_handlers(&self) {
        for (handler, kind) in self.registry.kinds() {
            let needed = kind.intents();
            if !needed.is_empty() && !self.intents.intersects(needed) {
                warn!(handler, %kind, %needed, "this handler never runs: add one of the intents");
            }
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Shows no token.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("api_url", &self.api_url)
            .field("gateway_url", &self.gateway_url)
            .field("intents", &self.intents)
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}
