//! Our own times in detail, kept by criterion from run to run: to see what a change did.
//!
//! `cargo bench --manifest-path benches/Cargo.toml --bench decode`

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use polycord_benches::decoders;
use polycord_workload::Workload;

fn decode(criterion: &mut Criterion) {
    let mut workloads = vec![Workload::mix(), Workload::guild_create()];
    workloads.extend(Workload::kinds());
    let mut group = criterion.benchmark_group("decode");
    for workload in workloads {
        group.throughput(Throughput::Elements(workload.frames.len() as u64));
        group.bench_function(workload.name, |bencher| {
            bencher.iter(|| {
                for frame in &workload.frames {
                    black_box(decoders::ours(frame));
                }
            });
        });
    }
}

criterion_group!(benches, decode);
criterion_main!(benches);
