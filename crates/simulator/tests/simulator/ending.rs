//! What is left when a simulator ends: nothing.

use std::time::Duration;

use polycord_simulator::{Mix, Simulator, Traffic};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::time::{sleep, timeout};

use crate::client::{ALL, Client, QUERY, dial_over, ready};

/// Real time is real here: sockets tell of their end when they like.
const LIMIT: Duration = Duration::from_secs(20);

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// What a test has in hand when it lets go of its simulator.
struct Left {
    _in_memory: Client,
    _sockets: [TcpStream; 2],
    _people: Traffic,
}

/// One of everything that runs on its own: connections in memory and on sockets, one that says nothing, and people.
async fn busy() -> (Simulator, Left) {
    let sim = Simulator::start().await.unwrap();
    let (in_memory, _) = ready(&sim, ALL).await;
    let address = sim.gateway_url().replace("ws://", "");
    let socket = TcpStream::connect(&address).await.unwrap();
    let mut on_loopback = dial_over(socket, QUERY).await.unwrap();
    assert_eq!(on_loopback.next().await.unwrap()["op"], 10);
    let silent = TcpStream::connect(&address).await.unwrap();
    sim.reconnect_every(0, Duration::from_secs(3_600));
    let people = sim.traffic(100.0, Mix::day(), 1);
    while people.made() == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    let left = Left {
        _in_memory: in_memory,
        _sockets: [silent, on_loopback.ws.into_inner()],
        _people: people,
    };
    (sim, left)
}

#[tokio::test]
async fn a_simulator_that_is_dropped_frees_its_port_and_ends_its_tasks() {
    let before = tasks();
    let (sim, left) = busy().await;
    assert!(tasks() > before);
    let address = sim.gateway_url().replace("ws://", "");
    drop(sim);
    let ended = async {
        while tasks() > before {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(LIMIT, ended).await.unwrap();
    drop(left);
    let refused = TcpStream::connect(&address).await;
    assert!(refused.is_err());
    TcpListener::bind(&address).await.unwrap();
}

#[tokio::test]
async fn all_tasks_are_over_when_shutdown_returns() {
    let before = tasks();
    let (sim, _left) = busy().await;
    timeout(LIMIT, sim.shutdown()).await.unwrap();
    // Its receiver is the last thing a task drops; the task itself ends right after.
    let ended = async {
        while tasks() > before {
            tokio::task::yield_now().await;
        }
    };
    timeout(LIMIT, ended).await.unwrap();
}

#[tokio::test]
async fn a_client_that_is_sent_frames_without_end_is_heard() {
    let sim = Simulator::start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let flood = tokio::spawn({
        let sim = sim.clone();
        async move {
            let frames = std::iter::repeat_n("{\"op\":0,\"t\":\"X\",\"s\":1,\"d\":null}", 1 << 20);
            sim.send_frames(0, frames).await
        }
    });
    client.send(serde_json::json!({ "op": 1, "d": 1 })).await;
    let answered = async {
        let mut before = 0;
        while client.next().await.unwrap()["op"] != 11 {
            before += 1;
        }
        before
    };
    let before = timeout(LIMIT, answered).await.unwrap();
    // What was written before it was heard, far from all.
    assert!(before < 1 << 16, "{before}");
    flood.abort();
}
