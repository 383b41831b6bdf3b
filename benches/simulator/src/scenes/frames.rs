//! Frames that were encoded before anybody asked.

use std::sync::Arc;

use polycord_workload::Workload;
use tokio_tungstenite::tungstenite::{Bytes, Utf8Bytes};

use super::{Start, bare, builder, head, readers};
use crate::{
    options::Options,
    readers::{LAST, Order, Readers},
};

pub async fn run(options: &Options) {
    head("pre-encoded frames of the mix");
    for &connections in &options.connections {
        let each = (options.frames / u64::from(connections)).max(1);
        let frames = frames(each);
        for flushed in [true, false] {
            bare(options, connections, &frames, flushed).await;
        }
        simulator(options, connections, &frames).await;
    }
}

fn frames(count: u64) -> Arc<[Utf8Bytes]> {
    let mix = Workload::mix().frames;
    let mix: Vec<Utf8Bytes> = mix.into_iter().map(Utf8Bytes::from).collect();
    let last = format!(r#"{{"t":"{LAST}","s":1,"op":0,"d":null}}"#);
    (1..count)
        .zip(mix.iter().cycle())
        .map(|(_, frame)| frame.clone())
        .chain([last.into()])
        .collect()
}

async fn bare(options: &Options, connections: u32, frames: &Arc<[Utf8Bytes]>, flushed: bool) {
    let (address, serving) = bare::serve(Arc::clone(frames), flushed).await;
    let order = Order {
        address,
        compress: "none".to_owned(),
        connections,
        core: options.readers_core,
        shards: 1,
        token: "none".to_owned(),
    };
    let start = Start::now();
    let mut readers = Readers::start(&order).await;
    let (seen, bytes) = readers.seen().await;
    let name = if flushed {
        "  tungstenite, each flushed"
    } else {
        "  tungstenite, buffered"
    };
    start.tell(name, connections, seen, bytes);
    readers.end().await;
    serving.abort();
}

async fn simulator(options: &Options, connections: u32, frames: &Arc<[Utf8Bytes]>) {
    let sim = builder(connections).start().await.expect("a simulator");
    let mut readers = readers(&sim, options, connections, connections).await;
    let start = Start::now();
    for shard in 0..connections {
        let (sim, frames, half) = (sim.clone(), Arc::clone(frames), start.half());
        tokio::spawn(async move {
            let (first, second) = frames.split_at(frames.len() / 2);
            for part in [first, second] {
                let part = part.iter().cloned().map(Bytes::from);
                assert!(sim.send_frames(shard, part).await, "it went away");
                half.is_done();
            }
        });
    }
    let (seen, bytes) = readers.seen().await;
    start.tell("  simulator", connections, seen, bytes);
    readers.end().await;
    sim.shutdown().await;
}
