//! The simulator runs on the runtime it was started on, and on nothing else: with a peer on another
//! thread paused time breaks. A file of its own, since tests beside it are threads, too.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::time::Duration;

use polycord_simulator::{Scenario, Simulator};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

/// Asks for the gateway, whatever comes.
async fn ask(io: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin)) {
    let request =
        b"GET /api/v10/gateway HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\nConnection: close\r\n\r\n";
    io.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    io.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test(start_paused = true)]
async fn no_thread_is_started_and_time_stays_paused() {
    let (before, begun) = (threads(), std::time::Instant::now());
    let plain = Simulator::start().await.unwrap();
    let address = plain.api_url().split('/').nth(2).unwrap().to_owned();
    ask(&mut tokio::net::TcpStream::connect(address).await.unwrap()).await;
    ask(&mut plain.connect()).await;
    plain.reconnect_every(0, Duration::from_secs(10));
    plain.play(0, Scenario::T59EventsWithoutPause);
    #[cfg(feature = "tls")]
    let private = Simulator::builder().tls(true).start().await.unwrap();
    tokio::time::sleep(Duration::from_secs(24 * 60 * 60)).await;
    assert_eq!(threads(), before);
    assert_eq!(tokio::runtime::Handle::current().metrics().num_workers(), 1);
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "a day is not a day"
    );
    plain.shutdown().await;
    #[cfg(feature = "tls")]
    private.shutdown().await;
    assert_eq!(threads(), before);
}
