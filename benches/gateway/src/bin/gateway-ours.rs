//! polycord-gateway, doing what the runner of the gateway benchmarks says.

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use polycord_bench_process::{CpuTime, raise_socket_limit, resident_kib};
use polycord_gateway::{
    Compression, Dispatch, Interest, SerialIdentifyQueue, Shard, ShardConfig, ShardEvent, ShardId,
};
use polycord_gateway_benches::{
    encoding::Encoding,
    order::{Order, Reading, Work},
    recording::LAST,
};
use polycord_shard_manager::{FixedGatewayInfo, ManagerEvent, ShardManager, ShardPlan};
use polycord_types::gateway::{GatewayBot, Intents, SessionStartLimit};
use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};

/// Nothing here takes longer, but something that went wrong.
const LIMIT: Duration = Duration::from_secs(300);

fn main() {
    let order = Order::received();
    raise_socket_limit();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let work = async {
        match order.work {
            Work::Events { count, reading } => events(config(&order), count, reading).await,
            Work::Idle { few, more } => idle(&config(&order), few, more).await,
            Work::Ready {
                shards,
                concurrency,
            } => all_ready(&order, shards, concurrency).await,
        }
    };
    let ended = runtime.block_on(async { timeout(LIMIT, work).await });
    ended.expect("an end in time");
}

fn config(order: &Order) -> ShardConfig {
    ShardConfig::new("token", Intents::all())
        .gateway_url(&order.url)
        .compression(compression(order))
}

fn compression(order: &Order) -> Compression {
    match order.encoding {
        Encoding::Plain => Compression::None,
        Encoding::Zlib => Compression::ZlibStream,
        Encoding::Zstd => Compression::ZstdStream,
    }
}

async fn events(mut config: ShardConfig, count: u64, reading: Reading) {
    if reading == Reading::Unwanted {
        config = config.interest(Interest::only([LAST]));
    }
    let mut shard = Shard::start(config).expect("a shard");
    next(&mut shard, |event| event.name() == "READY").await;
    let start = CpuTime::now();
    let mut taken = 0;
    next(&mut shard, |event| {
        if reading == Reading::Typed {
            black_box(event.decode().expect("an event"));
        }
        taken += 1;
        event.name() == LAST
    })
    .await;
    let time = CpuTime::now().since(start);
    // The last one is not one of them.
    let status = shard.handle().status();
    assert_eq!(taken - 1 + status.skipped, count, "events");
    assert_eq!(
        reading == Reading::Unwanted,
        taken == 1,
        "events of interest"
    );
    println!("{} {}", time.user.as_micros(), time.system.as_micros());
}

/// Takes events until one is `wanted`.
async fn next(shard: &mut Shard, mut wanted: impl FnMut(&Dispatch) -> bool) {
    loop {
        match shard.next().await {
            Some(ShardEvent::Dispatch(event)) => {
                if wanted(&event) {
                    return;
                }
            }
            Some(ShardEvent::Stopped(reason)) => panic!("stopped: {reason}"),
            Some(_) => {}
            None => panic!("no shard"),
        }
    }
}

async fn idle(config: &ShardConfig, few: u32, more: u32) {
    connect(config, 0..few, few + more).await;
    let before = resident_kib();
    connect(config, few..few + more, few + more).await;
    println!("{before} {}", resident_kib());
}

/// Connects the shards, each with a task that takes its events.
async fn connect(config: &ShardConfig, shards: std::ops::Range<u32>, total: u32) {
    /// As many as a listener keeps in its queue.
    const AT_ONCE: usize = 50;
    let numbers: Vec<_> = shards.collect();
    for wave in numbers.chunks(AT_ONCE) {
        let (ready, mut readies) = mpsc::channel(AT_ONCE);
        for &number in wave {
            let config = config
                .clone()
                .identify_queue(Arc::new(SerialIdentifyQueue::new()))
                .shard(ShardId::new(number, total));
            let mut shard = Shard::start(config).expect("a shard");
            let ready = ready.clone();
            tokio::spawn(async move {
                next(&mut shard, |event| event.name() == "READY").await;
                drop(ready);
                next(&mut shard, |_| false).await;
            });
        }
        drop(ready);
        let none: Option<()> = readies.recv().await;
        assert_eq!(none, None, "all are ready");
    }
    // What is still under way, like freeing what the upgrade took.
    sleep(Duration::from_millis(500)).await;
}

/// Starts the shards as their manager does; tells the seconds until all are ready.
async fn all_ready(order: &Order, shards: u32, concurrency: u32) {
    let info = FixedGatewayInfo(GatewayBot {
        url: order.url.as_str().into(),
        shards,
        session_start_limit: SessionStartLimit {
            total: 1_000,
            remaining: 1_000,
            reset_after: 86_400_000,
            max_concurrency: concurrency,
        },
    });
    let compression = compression(order);
    let start = Instant::now();
    let mut manager = ShardManager::builder("token", Intents::all())
        .gateway_info(info)
        .gateway_url(&order.url)
        .plan(ShardPlan::Fixed(shards))
        .configure(move |config| config.compression(compression))
        .start()
        .await
        .expect("shards");
    loop {
        match manager.next().await {
            Some(ManagerEvent::AllReady) => break,
            Some(ManagerEvent::Stopped(outcome)) => panic!("stopped: {outcome:?}"),
            Some(_) => {}
            None => panic!("no shards"),
        }
    }
    println!("{} {shards}", start.elapsed().as_secs_f64());
}
