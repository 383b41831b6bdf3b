//! twilight-gateway, doing what the runner of the gateway benchmarks says.

use std::{hint::black_box, time::Duration};

use polycord_bench_process::{CpuTime, raise_socket_limit, resident_kib};
use polycord_gateway_benches::order::{Order, Reading, Work};
use tokio::{
    sync::{mpsc, oneshot},
    time::{sleep, timeout},
};
use twilight_gateway::{
    Config, ConfigBuilder, Event, EventTypeFlags, Intents, Message, Shard, ShardId, StreamExt,
    queue::Queue,
};

/// Nothing here takes longer, but something that went wrong.
const LIMIT: Duration = Duration::from_secs(300);

/// Lets everybody through.
#[derive(Clone, Debug)]
struct Open;

impl Queue for Open {
    fn enqueue(&self, _: u32) -> oneshot::Receiver<()> {
        let (permit, granted) = oneshot::channel();
        permit.send(()).expect("the receiver is here");
        granted
    }
}

fn main() {
    let order = Order::received();
    raise_socket_limit();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let work = async {
        match order.work {
            Work::Events { count, reading } => events(&order, count, reading).await,
            Work::Idle { few, more } => idle(&order, few, more).await,
            Work::Ready { .. } => unimplemented!("twilight has no shard manager"),
        }
    };
    let ended = runtime.block_on(async { timeout(LIMIT, work).await });
    ended.expect("an end in time");
}

fn config(order: &Order) -> Config<Open> {
    ConfigBuilder::new("token".into(), Intents::all())
        .proxy_url(order.url.clone())
        .queue(Open)
        .build()
}

async fn events(order: &Order, count: u64, reading: Reading) {
    let mut shard = Shard::with_config(ShardId::ONE, config(order));
    ready(&mut shard).await;
    let start = CpuTime::now();
    // One more, which is the last event of the recording.
    for _ in 0..=count {
        if reading == Reading::Typed {
            match shard.next_event(EventTypeFlags::all()).await {
                Some(Ok(Event::GatewayClose(frame))) => panic!("closed: {frame:?}"),
                Some(Ok(event)) => drop(black_box(event)),
                other => panic!("no event: {other:?}"),
            }
        } else {
            drop(black_box(next_text(&mut shard).await));
        }
    }
    let time = CpuTime::now().since(start);
    println!("{} {}", time.user.as_micros(), time.system.as_micros());
}

async fn ready(shard: &mut Shard<Open>) {
    while !next_text(shard).await.starts_with(r#"{"t":"READY""#) {}
}

async fn next_text(shard: &mut Shard<Open>) -> String {
    match std::future::poll_fn(|cx| {
        use futures_core::Stream;
        std::pin::Pin::new(&mut *shard).poll_next(cx)
    })
    .await
    {
        Some(Ok(Message::Text(text))) => text,
        other => panic!("no event: {other:?}"),
    }
}

async fn idle(order: &Order, few: u32, more: u32) {
    let config = config(order);
    connect(&config, 0..few, few + more).await;
    let before = resident_kib();
    connect(&config, few..few + more, few + more).await;
    println!("{before} {}", resident_kib());
}

/// Connects the shards, each with a task that takes its events.
async fn connect(config: &Config<Open>, shards: std::ops::Range<u32>, total: u32) {
    /// As many as a listener keeps in its queue.
    const AT_ONCE: usize = 50;
    let numbers: Vec<_> = shards.collect();
    for wave in numbers.chunks(AT_ONCE) {
        let (up, mut ups) = mpsc::channel(AT_ONCE);
        for &number in wave {
            let mut shard = Shard::with_config(ShardId::new(number, total), config.clone());
            let up = up.clone();
            tokio::spawn(async move {
                ready(&mut shard).await;
                drop(up);
                loop {
                    next_text(&mut shard).await;
                }
            });
        }
        drop(up);
        let none: Option<()> = ups.recv().await;
        assert_eq!(none, None, "all are ready");
    }
    // What is still under way, like freeing what the upgrade took.
    sleep(Duration::from_millis(500)).await;
}
