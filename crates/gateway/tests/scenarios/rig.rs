//! A shard on the simulator.

use std::{collections::BTreeSet, future::Future, io, time::Duration};

use polycord_gateway::{
    Compression, Shard, ShardConfig, ShardHandle, ShardId, ShardStatus, Target,
};
use polycord_simulator::{Entry, EntryKind, Simulator};
use polycord_types::{gateway::Intents, id::MessageId};
use tokio::io::DuplexStream;

use crate::recorder::Recorder;

/// The longest that anything is waited for, in virtual time.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Whether a close code of ours leaves the session to be resumed.
pub(crate) fn resumable(code: Option<u16>) -> bool {
    !matches!(code, Some(1000 | 1001))
}

/// One shard on one simulator, in memory: under a paused clock, hours pass in milliseconds.
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
        let rig = Self::start(|_| ()).await;
        rig.wait_ready(1).await;
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
        let sim = Simulator::builder()
            .in_memory()
            .shards(1)
            .start()
            .await
            .unwrap();
        prepare(&sim);
        let shard = Shard::start(configure(Self::config(&sim, ShardId::ONE))).unwrap();
        Self {
            shard: shard.handle(),
            seen: Recorder::of(shard),
            sim,
        }
    }

    /// The configuration of a shard that dials the simulator in memory.
    pub(crate) fn config(sim: &Simulator, shard: ShardId) -> ShardConfig {
        ShardConfig::new(sim.token(), Intents::all())
            .shard(shard)
            .gateway_url(sim.gateway_url())
            .compression(Compression::ZlibStream)
            .connector(connector(sim))
            .seed(7)
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

    /// Waits until the status fits.
    pub(crate) async fn wait(&self, mut condition: impl FnMut(&ShardStatus) -> bool + Send) {
        self.in_time(self.shard.wait_for(|status| condition(status)))
            .await;
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

    /// The entries of the journal of one sort, with what `pick` takes from them.
    pub(crate) fn journal<T>(&self, pick: impl Fn(&Entry) -> Option<T>) -> Vec<T> {
        self.sim.journal().iter().filter_map(pick).collect()
    }

    /// Path and query of every connection made.
    pub(crate) fn dialled(&self) -> Vec<String> {
        self.journal(|entry| match &entry.kind {
            EntryKind::Connected { path } => Some(path.clone()),
            _ => None,
        })
    }

    /// The codes with which the client closed connections.
    pub(crate) fn client_closes(&self) -> Vec<Option<u16>> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ClientClosed { code } => Some(*code),
            _ => None,
        })
    }

    /// The times at which the client sent frames with this opcode.
    pub(crate) fn client_frames(&self, opcode: u64) -> Vec<Duration> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ClientFrame { op: Some(op), .. } if *op == opcode => Some(entry.at),
            _ => None,
        })
    }

    /// The times at which the server sent frames with this opcode.
    pub(crate) fn server_frames(&self, opcode: u64) -> Vec<Duration> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ServerFrame { op, .. } if *op == opcode => Some(entry.at),
            _ => None,
        })
    }

    /// The sessions made, in order.
    pub(crate) fn sessions(&self) -> Vec<String> {
        self.journal(|entry| match &entry.kind {
            EntryKind::Identified { session, .. } => Some(session.clone()),
            _ => None,
        })
    }

    /// Waits until everything the simulator made for its sessions has been handled, and asserts that each was
    /// handled once, in order, and could be decoded.
    pub(crate) async fn assert_nothing_lost(&self) {
        let last = self.sim.sent_dispatches().len() as u64;
        self.wait(|status| status.counters.dispatches >= last).await;
        // The recorder's task runs before time can pass.
        self.pass(Duration::from_millis(1)).await;
        let handled = self.seen.handled();
        let keys: Vec<_> = handled
            .iter()
            .map(|it| (it.session.clone(), it.seq))
            .collect();
        let unique: BTreeSet<_> = keys.iter().cloned().collect();
        assert_eq!(keys.len(), unique.len(), "an event was handled twice");
        for pair in keys.windows(2) {
            let ((before, first), (after, second)) = (&pair[0], &pair[1]);
            assert!(
                before != after || first < second,
                "out of order: {first}, {second}"
            );
        }
        for sent in self.sim.sent_dispatches() {
            assert!(
                unique.contains(&(sent.session.clone(), sent.seq)),
                "{sent:?} was lost; the journal:\n{}",
                self.sim.journal()
            );
        }
        let unreadable: Vec<_> = handled.iter().filter(|it| !it.decoded).collect();
        assert!(unreadable.is_empty(), "{unreadable:?}");
    }
}
