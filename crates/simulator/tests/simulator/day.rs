//! A day in which every connection is asked to reconnect after 10 seconds, in seconds: in memory and on
//! sockets of the same runtime.

use std::time::Duration;

use polycord_simulator::Simulator;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::client::{ALL, Client, End, QUERY, dial_over, identify, resume};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const PERIOD: Duration = Duration::from_secs(10);
/// What no day may take, unoptimised and on a machine with much else to do.
const LONG: Duration = Duration::from_secs(15 * 60);

/// What the client knows at the end.
#[derive(Default)]
struct Lived {
    session: String,
    /// The number of the last event, none of which was missing.
    seq: u64,
    connections: u64,
}

impl Lived {
    /// Reads until the server asks for a reconnect.
    async fn connection<S: AsyncRead + AsyncWrite + Unpin>(&mut self, client: &mut Client<S>) {
        self.connections += 1;
        loop {
            let frame = client.next().await.unwrap();
            match frame["op"].as_u64() {
                Some(0) => {
                    self.seq += 1;
                    assert_eq!(frame["s"], self.seq, "lost or doubled: {frame}");
                    if let Some(session) = frame["d"]["session_id"].as_str() {
                        // Voice states have one, too.
                        if frame["t"] == "READY" {
                            session.clone_into(&mut self.session);
                        }
                    }
                }
                Some(7) => return,
                _ => panic!("{frame}"),
            }
        }
    }
}

/// Lives through a day, and says how long it took.
async fn a_day<S, F>(sim: &Simulator, connect: F) -> Duration
where
    S: AsyncRead + AsyncWrite + Unpin,
    F: AsyncFn() -> S,
{
    let begun = std::time::Instant::now();
    let until = Instant::now() + DAY;
    sim.reconnect_every(0, PERIOD);
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let mut lived = Lived::default();
    while Instant::now() < until {
        let mut client = dial_over(connect().await, QUERY).await.unwrap();
        assert_eq!(client.next().await.unwrap()["op"], 10);
        let hello = if lived.session.is_empty() {
            identify(sim, ALL, [0, 1])
        } else {
            resume(sim, &lived.session, lived.seq)
        };
        client.send(hello).await;
        // One while it is connected, one while it is away.
        sim.say(general, ada, "hello");
        lived.connection(&mut client).await;
        client.close(4900).await;
        sim.say(general, ada, "still there?");
    }
    let connections = DAY.as_secs() / PERIOD.as_secs();
    assert!(
        lived.connections.abs_diff(connections) <= 1,
        "{}",
        lived.connections
    );
    assert_eq!(sim.identifies(), 1);
    assert_eq!(sim.resumes() as u64, lived.connections - 1);
    let sent = sim.sent_dispatches().len() as u64;
    assert_eq!(sent, lived.seq + 1, "all but the last word came");
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn t39_a_day_of_reconnects_takes_seconds_in_memory() {
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let took = a_day(&sim, async || sim.connect()).await;
    assert!(took < LONG, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn t39_a_day_of_reconnects_takes_seconds_on_sockets_of_the_same_runtime() {
    let sim = Simulator::start().await.unwrap();
    let address = sim.gateway_url().trim_start_matches("ws://").to_owned();
    let took = a_day(&sim, async || TcpStream::connect(&address).await.unwrap()).await;
    assert!(took < LONG, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn sockets_do_not_let_time_run_away() {
    let sim = Simulator::start().await.unwrap();
    let address = sim.gateway_url().trim_start_matches("ws://").to_owned();
    let io = TcpStream::connect(&address).await.unwrap();
    let begun = Instant::now();
    let mut client = dial_over(io, QUERY).await.unwrap();
    client.next().await.unwrap();
    client.send(identify(&sim, ALL, [0, 1])).await;
    client.dispatch("READY").await;
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(client.end().await, End::Closed(4009));
    assert_eq!(begun.elapsed().as_secs(), 82);
}
