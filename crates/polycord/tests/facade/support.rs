//! A client on a simulator, without sockets: with a paused clock everything is virtual.

use std::{sync::Arc, time::Duration};

use polycord::{Client, ClientBuilder, cache::Kind, gateway::Target, types::gateway::Intents};
use polycord_simulator::{Builder, EntryKind, Simulator};

/// More than anything here may take, and no time at all when it is virtual.
pub(crate) const SOON: Duration = Duration::from_secs(60);

/// Everything that the tests' bots listen to.
pub(crate) fn intents() -> Intents {
    Intents::default() | Intents::MESSAGE_CONTENT
}

/// A simulator without sockets.
pub(crate) async fn simulator(configure: impl FnOnce(Builder) -> Builder) -> Simulator {
    configure(Simulator::builder())
        .in_memory()
        .start()
        .await
        .expect("the simulator starts")
}

/// A client on it.
pub(crate) fn client(sim: &Simulator) -> ClientBuilder {
    client_with_token(sim, sim.token())
}

pub(crate) fn client_with_token(sim: &Simulator, token: &str) -> ClientBuilder {
    let (gateway, rest) = (sim.clone(), sim.clone());
    Client::builder(token)
        .intents(intents())
        .api_url("http://simulator/api/v10")
        .gateway_url("ws://simulator")
        .transport(move |request| {
            let rest = rest.clone();
            async move { Ok(rest.handle(request).await) }
        })
        .connector(move |_: Target| {
            let stream = gateway.connect();
            async move { Ok(stream) }
        })
        .seed(7)
}

/// Ends when the bot has seen every guild of the default world.
pub(crate) async fn ready(handle: &polycord::ClientHandle) {
    wait_until(|| handle.cache().counts().of(Kind::Guild) >= 2).await;
}

/// Ends when the simulator has taken in the bot's commands.
pub(crate) async fn registered(sim: &Simulator) {
    sim.expect_journal(
        |journal| {
            journal.iter().any(|entry| {
                matches!(&entry.kind, EntryKind::Http { method, path, status, .. }
                    if method == "PUT" && path.ends_with("/commands") && *status == 200)
            })
        },
        SOON,
    )
    .await
    .expect("the commands are registered");
}

/// Looks again after every bit of (virtual) time.
pub(crate) async fn wait_until(condition: impl Fn() -> bool) {
    let looking = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(SOON, looking)
        .await
        .expect("it comes true");
}

/// Counts calls from closures.
#[derive(Clone, Default)]
pub(crate) struct Count(Arc<std::sync::atomic::AtomicU64>);

impl Count {
    pub(crate) fn add(&self) -> u64 {
        self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(std::sync::atomic::Ordering::SeqCst)
    }
}
