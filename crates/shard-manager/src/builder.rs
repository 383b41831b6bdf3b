//! Setting up a manager.

use std::{env, fmt, sync::Arc};

use polycord_gateway::{IdentifyQueue, SavedSession, Shard, ShardConfig, ShardId, Token};
use polycord_types::gateway::{GatewayBot, Intents};
use tokio::sync::mpsc;

use crate::{
    Error, GatewayInfo, LocalIdentifyQueue, ShardManager, ShardPlan, fleet::Fleet,
    supervisor::Supervisor,
};

type Configure = dyn Fn(ShardConfig) -> ShardConfig + Send + Sync;

/// Prepares a [`ShardManager`].
#[must_use]
pub struct ShardManagerBuilder {
    buffer: usize,
    configure: Option<Arc<Configure>>,
    gateway_info: Option<Box<dyn GatewayInfo>>,
    gateway_url: Option<String>,
    identify_queue: Option<Arc<dyn IdentifyQueue>>,
    intents: Intents,
    plan: ShardPlan,
    sessions: Vec<SavedSession>,
    token: Token,
}

impl ShardManagerBuilder {
    /// How many events wait for the consumer, over all shards, by default.
    pub const BUFFER: usize = 256;

    /// Overrides the gateway's address in the environment.
    const GATEWAY_URL: &str = "POLYCORD_GATEWAY_URL";

    pub(crate) fn new(token: Token, intents: Intents) -> Self {
        Self {
            buffer: Self::BUFFER,
            configure: None,
            gateway_info: None,
            gateway_url: None,
            identify_queue: None,
            intents,
            plan: ShardPlan::default(),
            sessions: Vec::new(),
            token,
        }
    }

    /// How many events may wait for the consumer, over all shards ([`BUFFER`](Self::BUFFER) by default, at least
    /// one). Each shard has a buffer of its own besides; when both are full, it stops reading.
    pub const fn buffer(mut self, events: usize) -> Self {
        self.buffer = if events == 0 { 1 } else { events };
        self
    }

    /// Changes the configuration of each shard before it starts: connector, compression, presence, and so on.
    pub fn configure(
        mut self,
        configure: impl Fn(ShardConfig) -> ShardConfig + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Arc::new(configure));
        self
    }

    /// Who is asked for the gateway's address, the recommended shards and the session budget; by default Discord, over
    /// REST (feature `http`).
    pub fn gateway_info(mut self, info: impl GatewayInfo) -> Self {
        self.gateway_info = Some(Box::new(info));
        self
    }

    /// Asks over this REST client.
    #[cfg(feature = "http")]
    pub fn rest(self, rest: polycord_rest::Rest) -> Self {
        self.gateway_info(crate::RestGatewayInfo(rest))
    }

    /// Where the gateway is, whatever the gateway information says; by default the environment variable
    /// `POLYCORD_GATEWAY_URL`, and without it what the gateway information says.
    pub fn gateway_url(mut self, url: impl Into<String>) -> Self {
        self.gateway_url = Some(url.into());
        self
    }

    /// Who hands out the permits to IDENTIFY; by default a [`LocalIdentifyQueue`] that keeps what the gateway
    /// information says.
    pub fn identify_queue(mut self, queue: Arc<dyn IdentifyQueue>) -> Self {
        self.identify_queue = Some(queue);
        self
    }

    /// Which shards run here ([`ShardPlan::Recommended`] by default).
    pub fn plan(mut self, plan: ShardPlan) -> Self {
        self.plan = plan;
        self
    }

    /// Sessions of an earlier run to resume, as [`ManagerEvent::Stopped`](crate::ManagerEvent::Stopped) gave them. One
    /// that no longer fits is told as lost, and its shard starts anew.
    pub fn sessions(mut self, sessions: impl IntoIterator<Item = SavedSession>) -> Self {
        self.sessions = sessions.into_iter().collect();
        self
    }

    /// Asks for the gateway and starts the shards.
    ///
    /// # Errors
    /// No answer about the gateway, a plan without shards, or a shard that cannot be configured.
    ///
    /// # Cancel safety
    /// Nothing runs if the future is dropped.
    pub async fn start(mut self) -> Result<ShardManager, Error> {
        let info = match self.gateway_info.take() {
            Some(info) => info,
            None => self.default_gateway_info()?,
        };
        let gateway = info.gateway().await.map_err(Error::gateway_info)?;
        let shards = self.plan.shards(gateway.shards)?;
        let queue = self.identify_queue.clone().unwrap_or_else(|| {
            Arc::new(LocalIdentifyQueue::with_limit(&gateway.session_start_limit))
        });
        tracing::info!(
            shards = shards.len(),
            recommended = gateway.shards,
            session_starts_left = gateway.session_start_limit.remaining,
            max_concurrency = gateway.session_start_limit.max_concurrency,
            "starting shards",
        );

        let (sender, receiver) = mpsc::channel(self.buffer);
        let fleet = Arc::new(Fleet::default());
        let mut supervisors = Vec::with_capacity(shards.len());
        for id in shards {
            let config = self.config(id, &gateway, &queue);
            let saved = self.sessions.iter().find(|saved| saved.shard == id);
            let first = match saved {
                Some(saved) => config.clone().session(saved.clone()),
                None => config.clone(),
            };
            let shard = Shard::start(first).map_err(Error::config)?;
            fleet.insert(id, shard.handle());
            supervisors.push(Supervisor {
                config,
                events: sender.clone(),
                fleet: Arc::clone(&fleet),
                progress: saved.map(|saved| (saved.session_id.clone(), saved.seq)),
                shard,
            });
        }
        for supervisor in supervisors {
            tokio::spawn(supervisor.run());
        }
        Ok(ShardManager::new(receiver, fleet))
    }

    fn config(
        &self,
        id: ShardId,
        gateway: &GatewayBot,
        queue: &Arc<dyn IdentifyQueue>,
    ) -> ShardConfig {
        let mut config = ShardConfig::new(self.token.clone(), self.intents)
            .shard(id)
            .identify_queue(Arc::clone(queue));
        if let Some(url) = &self.gateway_url {
            config = config.gateway_url(url);
        } else if env::var_os(Self::GATEWAY_URL).is_none() {
            config = config.gateway_url(&gateway.url);
        }
        match &self.configure {
            Some(configure) => configure(config),
            None => config,
        }
    }

    #[cfg(feature = "http")]
    fn default_gateway_info(&self) -> Result<Box<dyn GatewayInfo>, Error> {
        let rest = polycord_rest::Rest::builder(self.token.expose())
            .build()
            .map_err(|error| Error::gateway_info(error.into()))?;
        Ok(Box::new(crate::RestGatewayInfo(rest)))
    }

    #[cfg(not(feature = "http"))]
    #[expect(
        clippy::unused_self,
        reason = "the same call with and without the feature"
    )]
    fn default_gateway_info(&self) -> Result<Box<dyn GatewayInfo>, Error> {
        Err(Error::no_gateway_info())
    }
}

impl fmt::Debug for ShardManagerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShardManagerBuilder")
            .field("buffer", &self.buffer)
            .field("gateway_url", &self.gateway_url)
            .field("intents", &self.intents)
            .field("plan", &self.plan)
            .field("sessions", &self.sessions.len())
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}
