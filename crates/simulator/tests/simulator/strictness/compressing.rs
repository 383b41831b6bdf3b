//! IDENTIFY's `compress`: payloads one by one.

use flate2::{Decompress, FlushDecompress, Status};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::start;
use crate::client::{ALL, QUERY, greeted, identify};

/// A payload that is a zlib stream by itself, from its header to its end.
fn unpacked(bytes: &[u8]) -> Value {
    let mut out = Vec::with_capacity(1 << 20);
    let mut stream = Decompress::new(true);
    let status = stream.decompress_vec(bytes, &mut out, FlushDecompress::Finish);
    assert_eq!(status.unwrap(), Status::StreamEnd);
    assert_eq!(stream.total_in(), bytes.len() as u64);
    serde_json::from_slice(&out).unwrap()
}

#[tokio::test(start_paused = true)]
async fn large_payloads_are_compressed_each_by_itself_when_identify_asks_for_it() {
    let sim = start().await;
    let mut client = greeted(&sim, QUERY).await;
    let mut payload = identify(&sim, ALL, [0, 1]);
    payload["d"]["compress"] = json!(true);
    client.send(payload).await;
    let (mut texts, mut packed) = (Vec::new(), Vec::new());
    while texts.len() + packed.len() < 3 {
        match client.ws.next().await.unwrap().unwrap() {
            Message::Text(text) => texts.push(serde_json::from_str::<Value>(&text).unwrap()),
            Message::Binary(bytes) => packed.push(unpacked(&bytes)),
            other => panic!("{other}"),
        }
    }
    let names = |frames: &[Value]| -> Vec<String> {
        let names = frames.iter().map(|frame| frame["t"].as_str().unwrap());
        names.map(str::to_owned).collect()
    };
    assert_eq!(names(&texts), ["READY"], "not everything is compressed");
    assert_eq!(names(&packed), ["GUILD_CREATE", "GUILD_CREATE"]);
}

#[tokio::test(start_paused = true)]
async fn a_compressed_transport_compresses_nothing_twice() {
    let sim = start().await;
    let mut client = greeted(&sim, "/?v=10&encoding=json&compress=zlib-stream").await;
    let mut payload = identify(&sim, ALL, [0, 1]);
    payload["d"]["compress"] = json!(true);
    client.send(payload).await;
    client.dispatch("READY").await;
    client.dispatch("GUILD_CREATE").await;
}
