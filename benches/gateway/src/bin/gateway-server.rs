//! The server of the gateway benchmarks, in a process of its own.
//!
//! `gateway-server CORE|any EVENTS [plain|zlib|zstd]...` prints its URL when it is prepared, and serves until
//! its input ends. Then it prints the shortest time between two IDENTIFYs of a bucket, in milliseconds.

use std::{env, io, process::ExitCode};

use polycord_bench_process::{raise_socket_limit, stay_on_core};
use polycord_gateway_benches::{encoding::Encoding, server::Server};

/// Buckets of shards, as the runner announces them to the clients.
const CONCURRENCY: u64 = 16;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let Some((core, events, encodings)) = parse(&arguments) else {
        eprintln!("gateway-server CORE|any EVENTS [plain|zlib|zstd]...");
        return ExitCode::from(2);
    };
    if let Some(core) = core {
        stay_on_core(core);
    }
    raise_socket_limit();
    let server = Server::start(events).expect("a port");
    for encoding in encodings {
        let recording = server.prepare(encoding);
        let bytes = recording.session.len() as u64;
        eprintln!(
            "  {encoding}: {} bytes an event on the wire",
            bytes / events.max(1)
        );
    }
    println!("{}", server.url());
    let _ = io::copy(&mut io::stdin(), &mut io::sink());
    if let Some(gap) = server.tightest_identifies(CONCURRENCY) {
        println!("{}", gap.as_millis());
    }
    ExitCode::SUCCESS
}

fn parse(arguments: &[String]) -> Option<(Option<usize>, u64, Vec<Encoding>)> {
    let [core, events, encodings @ ..] = arguments else {
        return None;
    };
    let encodings = encodings.iter().map(|name| name.parse().ok());
    Some((
        core.parse().ok(),
        events.parse().ok()?,
        encodings.collect::<Option<_>>()?,
    ))
}
