//! What is refused before there is a websocket.

use polycord_simulator::Simulator;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Error;

use super::start;
use crate::client::{dial, greeted};

/// The status of an upgrade that is refused.
async fn refused(sim: &Simulator, path: &str) -> u16 {
    match dial(sim, path).await {
        Err(Error::Http(response)) => response.status().as_u16(),
        _ => panic!("{path} was taken"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_encoding_that_nobody_knows_is_refused() {
    let sim = start().await;
    for encoding in ["xml", "JSON", "msgpack", ""] {
        let path = format!("/?v=10&encoding={encoding}");
        assert_eq!(refused(&sim, &path).await, 400, "{encoding}");
    }
    // What Discord speaks and the simulator does not is told from what nobody speaks.
    assert_eq!(refused(&sim, "/?v=10&encoding=etf").await, 501);
    greeted(&sim, "/?v=10").await;
}

#[tokio::test(start_paused = true)]
async fn a_path_that_is_not_the_gateways_is_not_found() {
    let sim = start().await;
    for path in ["/gateways?v=10", "/resume/x?v=10", "/resume/?v=10"] {
        assert_eq!(refused(&sim, path).await, 404, "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_upgrade_that_is_none_is_told_what_is_missing() {
    let sim = start().await;
    let head = "GET /?v=10 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n";
    for (fields, status) in [
        ("Upgrade: h2c\r\nSec-WebSocket-Version: 13\r\n", "426"),
        ("Upgrade: websocket\r\nSec-WebSocket-Version: 8\r\n", "426"),
        ("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n", "400"),
    ] {
        let mut io = sim.connect();
        let request = format!("{head}{fields}\r\n");
        io.write_all(request.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        io.read_exact(&mut answer).await.unwrap();
        assert!(answer.ends_with(status.as_bytes()), "{fields}");
    }
    assert_eq!(sim.connections_opened(), 0);
}
