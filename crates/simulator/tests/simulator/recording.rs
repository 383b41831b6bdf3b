//! What is written while it happens, and what the journal writes afterwards.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use polycord_simulator::{Fault, Simulator};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{ALL, End, QUERY, greeted, identify, ready};

/// A writer that can be read, and that fails after so many bytes.
#[derive(Clone)]
struct Sink {
    written: Arc<Mutex<Vec<u8>>>,
    room: usize,
}

impl Sink {
    fn with_room(room: usize) -> Self {
        Self {
            written: Arc::default(),
            room,
        }
    }

    fn lines(&self) -> Vec<Value> {
        lines(&self.written.lock().unwrap())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.written.lock().unwrap();
        if written.len() + bytes.len() > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn frames_of_both_directions_are_recorded_without_their_secrets() {
    let sink = Sink::with_room(usize::MAX);
    let sim = Simulator::builder().record(sink.clone()).start().await;
    let sim = sim.unwrap();
    let (client, hello) = ready(&sim, ALL).await;
    let session = hello["d"]["session_id"].as_str().unwrap().to_owned();
    sim.send_text(0, "no JSON");
    let last = |lines: &[Value]| lines.iter().any(|line| line["omitted"] == "not JSON");
    while !last(&sink.lines()) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    client.close(1000).await;
    sim.shutdown().await;

    let lines = sink.lines();
    let frames: Vec<_> = lines.iter().filter(|line| !line["dir"].is_null()).collect();
    let heard = |line: &&Value| (line["dir"].clone(), line["frame"]["op"].clone());
    let seen: Vec<_> = frames.iter().take(3).map(heard).collect();
    assert_eq!(
        seen,
        [
            (json!("in"), json!(10)),
            (json!("out"), json!(2)),
            (json!("in"), json!(0))
        ]
    );
    assert_eq!(frames[1]["frame"]["d"]["token"], "[redacted]");
    assert_eq!(frames[2]["frame"]["t"], "READY");
    assert_eq!(frames[2]["shard"], "0/1");
    assert_eq!(frames[2]["connection"], 1);
    assert!(lines.iter().any(|line| line["entry"] == "client_closed"));
    let text = String::from_utf8(sink.written.lock().unwrap().clone()).unwrap();
    assert!(!text.contains(sim.token()));
    assert!(!text.contains(&session));
}

#[tokio::test(start_paused = true)]
async fn what_has_no_payload_is_recorded_by_its_name_and_size() {
    let sink = Sink::with_room(usize::MAX);
    let sim = Simulator::builder().record(sink.clone()).start().await;
    let sim = sim.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let ping = Message::Ping("are you there".into());
    client.ws.send(ping).await.unwrap();
    let answer = client.ws.next().await.unwrap().unwrap();
    assert_eq!(answer, Message::Pong("are you there".into()));
    client.ws.send(Message::Pong("".into())).await.unwrap();
    let unreadable = Message::binary(vec![0xff, 0xfe]);
    client.ws.send(unreadable).await.unwrap();
    assert_eq!(client.end().await, End::Closed(4002));
    sim.shutdown().await;

    let seen: Vec<_> = sink
        .lines()
        .into_iter()
        .filter(|line| line["omitted"].is_string())
        .map(|line| json!([line["dir"], line["omitted"], line["bytes"], line["shard"]]))
        .collect();
    assert_eq!(
        seen,
        [
            json!(["out", "ping", 13, "0/1"]),
            json!(["in", "pong", 13, "0/1"]),
            json!(["out", "pong", 0, "0/1"]),
            json!(["out", "not UTF-8", 2, "0/1"]),
            json!(["in", "close 4002", 31, "0/1"]),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_cut_off_is_recorded_as_half_of_one() {
    let sink = Sink::with_room(usize::MAX);
    let sim = Simulator::builder().record(sink.clone()).start().await;
    let sim = sim.unwrap();
    sim.script(0, Fault::CutInMidFrame);
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, ALL, [0, 1])).await;
    assert_eq!(client.end().await, End::Cut);
    sim.shutdown().await;
    let lines = sink.lines();
    let half = lines.iter().find(|line| line["omitted"].is_string());
    assert_eq!(half.unwrap()["omitted"], "half of a message");
    assert!(lines.iter().any(|line| line["entry"] == "server_cut"));
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_ends_the_recording_and_nothing_else() {
    let sink = Sink::with_room(1_000);
    let sim = Simulator::builder().record(sink.clone()).start().await;
    let sim = sim.unwrap();
    let (client, _) = ready(&sim, ALL).await;
    client.close(1000).await;
    sim.shutdown().await;
    assert!(!sink.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_journal_is_written_as_one_object_a_line() {
    let sim = Simulator::start().await.unwrap();
    let (client, _) = ready(&sim, ALL).await;
    client.close(1000).await;
    let mut written = Vec::new();
    let journal = sim.journal();
    journal.write_json_lines(&mut written).unwrap();
    let lines = lines(&written);
    assert_eq!(lines.len(), journal.len());
    assert_eq!(lines[0]["entry"], "connected");
    let identified = lines.iter().find(|line| line["entry"] == "identified");
    assert_eq!(identified.unwrap()["intents"], ALL);
}
