//! The whole manager in virtual time, against a simulator in memory; judged by the simulator's journal.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may fail as the test does"
)]

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use polycord_gateway::{SessionEvent, ShardEvent, ShardId, State, StopReason};
use polycord_rest::{BoxError, BoxFuture, Bytes, Rest, Transport, http};
use polycord_shard_manager::{
    ErrorKind, FixedGatewayInfo, ManagerEvent, ManagerHandle, ShardManager, ShardManagerBuilder,
    ShardPlan,
};
use polycord_simulator::{EntryKind, Simulator};
use polycord_types::gateway::{GatewayBot, Intents, SessionStartLimit};
use tokio::time::{Instant, timeout};

fn builder(sim: &Arc<Simulator>, token: &str) -> ShardManagerBuilder {
    let dialled = Arc::clone(sim);
    ShardManager::builder(token, Intents::GUILDS | Intents::GUILD_MESSAGES)
        .gateway_url(sim.gateway_url())
        .configure(move |config| {
            let sim = Arc::clone(&dialled);
            config.seed(7).connector(move |_| {
                let stream = sim.connect();
                async move { Ok(stream) }
            })
        })
}

fn info(remaining: u32) -> FixedGatewayInfo {
    FixedGatewayInfo(GatewayBot {
        url: "ws://localhost".into(),
        shards: 2,
        session_start_limit: SessionStartLimit {
            total: 1000,
            remaining,
            reset_after: 3 * 60 * 60 * 1000,
            max_concurrency: 1,
        },
    })
}

async fn simulator(shards: u32) -> Arc<Simulator> {
    Arc::new(
        Simulator::builder()
            .in_memory()
            .shards(shards)
            .start()
            .await
            .unwrap(),
    )
}

/// Reads until all shards are ready.
async fn ready(manager: &mut ShardManager) {
    let reading = async {
        while let Some(event) = manager.next().await {
            match event {
                ManagerEvent::AllReady => return,
                ManagerEvent::Stopped(outcome) => panic!("stopped: {outcome:?}"),
                _ => {}
            }
        }
    };
    timeout(Duration::from_secs(60), reading).await.unwrap();
}

/// Reads to the end.
async fn outcome(manager: &mut ShardManager) -> polycord_shard_manager::Outcome {
    let mut last = None;
    while let Some(event) = manager.next().await {
        last = Some(event);
    }
    match last {
        Some(ManagerEvent::Stopped(outcome)) => outcome,
        other => panic!("the last event is {other:?}"),
    }
}

fn identified(sim: &Simulator) -> Vec<Duration> {
    let journal = sim.journal();
    let identified = journal
        .iter()
        .filter(|entry| matches!(entry.kind, EntryKind::Identified { .. }));
    identified.map(|entry| entry.at).collect()
}

#[tokio::test(start_paused = true)]
async fn two_shards_get_ready_with_their_identifies_five_seconds_apart() {
    let sim = simulator(2).await;
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(10))
        .start()
        .await
        .unwrap();
    ready(&mut manager).await;
    let at = identified(&sim);
    assert_eq!(at.len(), 2);
    let between = at[1].saturating_sub(at[0]);
    assert!((5..6).contains(&between.as_secs()), "{at:?}");
    assert_eq!(manager.handle().statuses().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn shutdown_saves_the_sessions_and_a_new_manager_resumes_them_without_an_identify() {
    let sim = simulator(2).await;
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(10))
        .start()
        .await
        .unwrap();
    ready(&mut manager).await;
    let (handle, start) = (manager.handle(), Instant::now());
    let shutdown = tokio::spawn(async move { handle.shutdown().await });
    let sessions = outcome(&mut manager).await.unwrap();
    shutdown.await.unwrap();
    assert!(start.elapsed() <= Duration::from_secs(5));
    assert_eq!(sessions.len(), 2);

    let mut next = builder(&sim, sim.token())
        .gateway_info(info(10))
        .sessions(sessions)
        .start()
        .await
        .unwrap();
    ready(&mut next).await;
    assert_eq!((identified(&sim).len(), sim.resumes()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn t62_shutdown_while_shards_wait_to_identify_takes_no_five_seconds() {
    let sim = simulator(2).await;
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(0))
        .start()
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    let (handle, start) = (manager.handle(), Instant::now());
    let shutdown = tokio::spawn(async move { handle.shutdown().await });
    outcome(&mut manager).await.unwrap();
    shutdown.await.unwrap();
    assert!(
        start.elapsed() <= Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn t12_without_session_starts_nothing_identifies_until_the_reset() {
    let sim = simulator(2).await;
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(0))
        .start()
        .await
        .unwrap();
    let start = Instant::now();
    let mut told = 0;
    let waiting = timeout(Duration::from_secs(3 * 60 * 60 - 20), async {
        loop {
            if let Some(ManagerEvent::Shard {
                event: ShardEvent::Session(SessionEvent::BudgetExhausted { retry_after }),
                ..
            }) = manager.next().await
            {
                assert_eq!(retry_after.as_secs() / 60, 3 * 60);
                told += 1;
            }
        }
    });
    assert!(waiting.await.is_err());
    assert_eq!((told, identified(&sim).len()), (2, 0));
    timeout(Duration::from_secs(300), ready(&mut manager))
        .await
        .unwrap();
    assert!(start.elapsed() >= Duration::from_secs(3 * 60 * 60));
}

#[tokio::test(start_paused = true)]
async fn t20_a_wrong_token_stops_all_shards_within_a_second() {
    let sim = simulator(4).await;
    let mut manager = builder(&sim, "wrong")
        .gateway_info(info(10))
        .plan(ShardPlan::Fixed(4))
        .start()
        .await
        .unwrap();
    let start = Instant::now();
    let error = outcome(&mut manager).await.unwrap_err();
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
    match error.kind() {
        ErrorKind::Stopped {
            reason: StopReason::AuthenticationFailed,
            ..
        } => {}
        other => panic!("{other:?}"),
    }
    let journal = sim.journal();
    let refused = journal
        .iter()
        .filter(|entry| matches!(entry.kind, EntryKind::IdentifyRefused { .. }));
    assert_eq!((refused.count(), identified(&sim).len()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_disallowed_intent_at_the_start_stops_all_and_is_named() {
    let sim = Simulator::builder()
        .in_memory()
        .shards(2)
        .disallow_intents(Intents::GUILD_MESSAGES);
    let sim = Arc::new(sim.start().await.unwrap());
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(10))
        .start()
        .await
        .unwrap();
    let error = outcome(&mut manager).await.unwrap_err();
    assert!(error.to_string().contains("ntent"), "{error}");
    assert_eq!(identified(&sim).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn events_of_all_shards_come_in_one_stream_and_a_range_runs_only_its_own() {
    let sim = simulator(2).await;
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(10))
        .plan(ShardPlan::Range {
            shards: 1..2,
            total: 2,
        })
        .start()
        .await
        .unwrap();
    loop {
        match manager.next().await.unwrap() {
            ManagerEvent::AllReady => break,
            ManagerEvent::Shard { shard, .. } => assert_eq!(shard, ShardId::new(1, 2)),
            other => panic!("{other:?}"),
        }
    }
    assert!(manager.handle().shard(0).is_none());
    assert!(manager.handle().shard(1).is_some());
}

#[tokio::test(start_paused = true)]
async fn dropping_the_manager_ends_its_connections() {
    let sim = simulator(2).await;
    let mut manager = builder(&sim, sim.token())
        .gateway_info(info(10))
        .start()
        .await
        .unwrap();
    ready(&mut manager).await;
    drop(manager);
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(sim.connections(), 0);
}

struct InMemory(Arc<Simulator>);

impl Transport for InMemory {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>> {
        let sim = Arc::clone(&self.0);
        Box::pin(async move { Ok(sim.handle(request).await) })
    }
}

#[tokio::test(start_paused = true)]
async fn the_recommended_shards_are_asked_over_rest() {
    let sim = simulator(3).await;
    let rest = Rest::builder(sim.token())
        .base_url(sim.api_url())
        .transport(InMemory(Arc::clone(&sim)))
        .build()
        .unwrap();
    let mut manager = builder(&sim, sim.token()).rest(rest).start().await.unwrap();
    ready(&mut manager).await;
    assert_eq!(manager.handle().shards().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_rest_refuses_is_an_error_of_the_start() {
    let sim = simulator(1).await;
    let rest = Rest::builder("wrong")
        .base_url(sim.api_url())
        .transport(InMemory(Arc::clone(&sim)))
        .build()
        .unwrap();
    let error = builder(&sim, "wrong").rest(rest).start().await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::GatewayInfo);
    assert!(error.to_string().contains("developer portal"), "{error}");
}

/// Dials the simulator, unless it is told to fail or to panic.
#[derive(Clone, Default)]
struct Dialler {
    fails: Arc<AtomicBool>,
    panics: Arc<AtomicBool>,
    panics_once: Arc<AtomicBool>,
}

impl Dialler {
    fn builder(&self, sim: &Arc<Simulator>) -> ShardManagerBuilder {
        let (dialler, server) = (self.clone(), Arc::clone(sim));
        let builder = builder(sim, sim.token()).gateway_info(info(10));
        builder.configure(move |config| {
            let (dialler, sim) = (dialler.clone(), Arc::clone(&server));
            config.seed(7).connector(move |_| {
                let panics = dialler.panics.load(Relaxed);
                if panics && dialler.panics_once.load(Relaxed) {
                    dialler.panics.store(false, Relaxed);
                }
                assert!(!panics, "a connector that panics");
                let stream = if dialler.fails.load(Relaxed) {
                    Err(io::Error::other("no network"))
                } else {
                    Ok(sim.connect())
                };
                async move { stream }
            })
        })
    }
}

#[tokio::test(start_paused = true)]
async fn t60_a_shard_whose_task_panics_is_started_again_and_resumes() {
    let (sim, dialler) = (simulator(2).await, Dialler::default());
    let mut manager = dialler.builder(&sim).start().await.unwrap();
    ready(&mut manager).await;
    dialler.panics_once.store(true, Relaxed);
    dialler.panics.store(true, Relaxed);
    sim.cut(0);
    let mut restarts = 0;
    let resumed = timeout(Duration::from_secs(60), async {
        loop {
            match manager.next().await.unwrap() {
                ManagerEvent::Restarted { shard, restarts: n } => {
                    assert_eq!(shard, ShardId::new(0, 2));
                    restarts = n;
                }
                ManagerEvent::Shard { shard, event } => {
                    if let ShardEvent::Session(SessionEvent::Resumed { .. }) = event {
                        return shard;
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    });
    assert_eq!(resumed.await.unwrap(), ShardId::new(0, 2));
    assert_eq!(restarts, 1);
    assert_eq!((identified(&sim).len(), sim.resumes()), (2, 1));
    let other = manager.handle().shard(1).unwrap().status();
    assert_eq!((other.state, other.counters.connects), (State::Ready, 1));
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_finds_the_shard_that_waits_to_be_started_again() {
    let (sim, dialler) = (simulator(2).await, Dialler::default());
    let mut manager = dialler.builder(&sim).start().await.unwrap();
    ready(&mut manager).await;
    dialler.panics.store(true, Relaxed);
    sim.cut(0);
    // Long enough for a few restarts in vain, and for the waits between them to grow.
    let ended = timeout(Duration::from_secs(120), async {
        loop {
            manager.next().await;
        }
    });
    assert!(ended.await.is_err());
    let (handle, start) = (manager.handle(), Instant::now());
    let shutdown = tokio::spawn(async move { handle.shutdown().await });
    outcome(&mut manager).await.unwrap();
    shutdown.await.unwrap();
    assert!(start.elapsed() <= Duration::from_secs(5));
    dialler.panics.store(false, Relaxed);
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert_eq!(sim.connections(), 0, "nothing is started after the end");
}

#[tokio::test(start_paused = true)]
async fn t19_all_are_ready_once_and_not_while_one_of_them_is_gone() {
    let (sim, dialler) = (simulator(2).await, Dialler::default());
    let mut manager = dialler.builder(&sim).start().await.unwrap();
    // The second shard is connected by then, and waits for its turn to identify.
    let waiting = timeout(Duration::from_secs(3), async {
        while let Some(event) = manager.next().await {
            assert!(!matches!(event, ManagerEvent::AllReady));
        }
    });
    assert!(waiting.await.is_err());
    dialler.fails.store(true, Relaxed);
    sim.cut(0);
    let apart = timeout(Duration::from_secs(20), async {
        while let Some(event) = manager.next().await {
            assert!(!matches!(event, ManagerEvent::AllReady), "one is gone");
        }
    });
    assert!(apart.await.is_err());
    let state = manager.handle().shard(1).unwrap().status().state;
    assert_eq!(state, State::Ready);
    dialler.fails.store(false, Relaxed);
    manager.handle().wake();
    let mut told = 0;
    let later = timeout(Duration::from_secs(60), async {
        while let Some(event) = manager.next().await {
            told += u32::from(matches!(event, ManagerEvent::AllReady));
        }
    });
    assert!(later.await.is_err());
    assert_eq!(told, 1);
}

#[test]
fn public_futures_can_be_spawned() {
    fn spawnable<F: Future + Send + 'static>(_: F) {}
    let _ = |builder: ShardManagerBuilder| spawnable(builder.start());
    let _ = |mut manager: ShardManager| spawnable(async move { manager.next().await });
    let _ = |handle: ManagerHandle| spawnable(async move { handle.shutdown().await });
}
