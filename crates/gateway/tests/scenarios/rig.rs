//! A shard on the simulator.

use std::{future::Future, io, time::Duration};

use polycord_gateway::{
    Compression, SavedSession, Shard, ShardConfig, ShardHandle, ShardId, ShardStatus, Target,
};
use polycord_simulator::{Builder, Scenario, Simulator};
use polycord_types::{gateway::Intents, id::MessageId};
use tokio::io::DuplexStream;

use crate::{logs, recorder::Recorder};

/// The longest that anything is waited for, in virtual time: whatever happened, a shard is back, or
/// stopped for good, so long after it is over.
const PATIENCE: Duration = Duration::from_secs(120);

/// As what bytes may travel; a scenario whose bytes matter is played over each.
pub(crate) const TRANSPORTS: &[Compression] = &[
    Compression::None,
    Compression::ZlibStream,
    #[cfg(feature = "zstd")]
    Compression::ZstdStream,
];

pub(crate) const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub(crate) const fn minutes(count: u64) -> Duration {
    seconds(60 * count)
}

/// Whether a close code of ours leaves the session to be resumed.
pub(crate) fn resumable(code: Option<u16>) -> bool {
    !matches!(code, Some(1000 | 1001))
}

/// One shard on one simulator, in memory: under a paused clock, hours pass in milliseconds.
///
/// When it goes it asserts what holds in every scenario: no panic, and no token in any log or event.
pub(crate) struct Rig {
    /// The simulator.
    pub(crate) sim: Simulator,
    /// Acts on the shard.
    pub(crate) shard: ShardHandle,
    /// What the shard told.
    pub(crate) seen: Recorder,
}

/// Dials the simulator in memory, whatever the target.
pub(crate) fn connector(
    sim: &Simulator,
) -> impl Fn(Target) -> std::future::Ready<io::Result<DuplexStream>> + Send + Sync + 'static {
    let sim = sim.clone();
    move |_| std::future::ready(Ok(sim.connect()))
}

impl Rig {
    /// A simulator with one shard that is ready.
    pub(crate) async fn ready() -> Self {
        Self::ready_over(Compression::ZlibStream).await
    }

    /// A simulator with one shard that is ready, over one of the [`TRANSPORTS`].
    pub(crate) async fn ready_over(transport: Compression) -> Self {
        let rig = Self::configured(|_| (), |config| config.compression(transport)).await;
        rig.wait_ready(1).await;
        // The guilds, too.
        rig.pass(Duration::from_millis(10)).await;
        rig
    }

    /// A simulator on which `prepare` acts before the shard starts.
    pub(crate) async fn start(prepare: impl FnOnce(&Simulator)) -> Self {
        Self::configured(prepare, |config| config).await
    }

    /// As [`Self::start`], with settings of its own for the shard.
    pub(crate) async fn configured(
        prepare: impl FnOnce(&Simulator),
        configure: impl FnOnce(ShardConfig) -> ShardConfig,
    ) -> Self {
        let sim = Self::simulator().start().await.unwrap();
        prepare(&sim);
        Self::on(&sim, configure)
    }

    /// The settings of the simulator of a rig.
    pub(crate) fn simulator() -> Builder {
        Simulator::builder()
            .token(logs::TOKEN)
            .in_memory()
            .shards(1)
    }

    /// A shard on a simulator; one more, as in another process, where there is one.
    pub(crate) fn on(sim: &Simulator, configure: impl FnOnce(ShardConfig) -> ShardConfig) -> Self {
        logs::search();
        let shard = Shard::start(configure(Self::config(sim, ShardId::ONE))).unwrap();
        Self {
            shard: shard.handle(),
            seen: Recorder::of(shard),
            sim: sim.clone(),
        }
    }

    /// The next process, which was handed this session.
    pub(crate) fn next_process(&self, saved: SavedSession) -> Self {
        Self::on(&self.sim, |config| config.session(saved))
    }

    /// The configuration of a shard that dials the simulator in memory and wants all events.
    pub(crate) fn config(sim: &Simulator, shard: ShardId) -> ShardConfig {
        Self::config_for(sim, Intents::all()).shard(shard)
    }

    /// As [`Self::config`], of the only shard, with these intents.
    pub(crate) fn config_for(sim: &Simulator, intents: Intents) -> ShardConfig {
        ShardConfig::new(sim.token(), intents)
            .gateway_url(sim.gateway_url())
            .compression(Compression::ZlibStream)
            .connector(connector(sim))
            .seed(7)
    }

    /// Plays a scenario with the shard.
    pub(crate) fn play(&self, scenario: Scenario) {
        self.sim.play(0, scenario);
    }

    /// Somebody writes a message.
    pub(crate) fn say(&self, text: &str) -> MessageId {
        let (channel, ada) = (self.sim.channel("general"), self.sim.user("ada"));
        self.sim.say(channel, ada, text)
    }

    /// Waits until so many sessions have begun.
    pub(crate) async fn wait_ready(&self, times: u64) {
        self.wait(|status| status.counters.ready >= times).await;
    }

    /// Waits until the session has been resumed so many times.
    pub(crate) async fn wait_resumed(&self, times: u64) {
        self.wait(|status| status.counters.resumed >= times).await;
    }

    /// Waits until the shard has stopped for good.
    pub(crate) async fn wait_stopped(&self) {
        self.wait(|status| status.stopped.is_some()).await;
        // The recorder's task runs before time can pass.
        self.pass(Duration::from_millis(1)).await;
    }

    /// Waits until the status fits.
    pub(crate) async fn wait(&self, condition: impl FnMut(&ShardStatus) -> bool + Send) {
        self.wait_within(PATIENCE, condition).await;
    }

    /// Waits longer for what takes longer.
    pub(crate) async fn wait_within(
        &self,
        patience: Duration,
        mut condition: impl FnMut(&ShardStatus) -> bool + Send,
    ) {
        let fits = self.shard.wait_for(|status| condition(status));
        let in_time = tokio::time::timeout(patience, fits).await;
        in_time.unwrap_or_else(|_| panic!("not within {patience:?}:\n{}", self.sim.journal()));
    }

    /// Awaits something that must happen soon.
    pub(crate) async fn in_time<T>(&self, future: impl Future<Output = T>) -> T {
        let in_time = tokio::time::timeout(PATIENCE, future).await;
        in_time.unwrap_or_else(|_| panic!("not within {PATIENCE:?}:\n{}", self.sim.journal()))
    }

    /// Lets virtual time pass, and with it everything that is due.
    pub(crate) async fn pass(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.seen.assert_sound();
            let status = format!("{:?} {:?}", self.shard, self.shard.status());
            assert!(!logs::holds_token(&status), "a status has the token");
        }
    }
}
