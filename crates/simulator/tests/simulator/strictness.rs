//! What a client must not do, and what it gets for it: by a websocket with no library behind it.

mod closes;
mod compressing;
mod limits;
mod requests;
mod sessions;
mod upgrades;
mod visibility;

use polycord_simulator::Simulator;
use serde_json::Value;

use crate::client::{End, QUERY, greeted};

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

/// What a new connection ends with that says this and no more.
async fn end_of(sim: &Simulator, text: &str) -> End {
    let mut client = greeted(sim, QUERY).await;
    client.send_text(text.to_owned()).await;
    client.end().await
}

/// The first frame that a new connection gets that says this after HELLO.
async fn answer_to(sim: &Simulator, payload: Value) -> Result<Value, End> {
    let mut client = greeted(sim, QUERY).await;
    client.send(payload).await;
    client.next().await
}

/// Lets so many seconds pass.
async fn pass(seconds: u64) {
    tokio::time::advance(std::time::Duration::from_secs(seconds)).await;
}
