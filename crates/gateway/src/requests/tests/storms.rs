//! Requests among everything that may happen to them, in any order. A failure prints its seed.

use fastrand::Rng;
use polycord_types::gateway::send::RequestGuildMembers;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

use super::{GUILD, OTHER, Rig, seconds, spawn};
use crate::{RequestError, State};

const SEEDS: u64 = 300;
/// The chunks of the answer.
const CHUNKS: u32 = 4;
/// Sent at once or after two minutes, told to come later once, and then away from time to time.
const PATIENCE: u64 = 30 * 60;

fn chunk(request: &Value, index: u32, count: u32) -> Value {
    let user = json!({"id": (100 + index).to_string(), "username": "ada"});
    json!({
        "guild_id": request["guild_id"],
        "members": [{"user": user, "roles": []}],
        "chunk_index": index,
        "chunk_count": count,
        "nonce": request["nonce"],
    })
}

/// Plays what a server, right or wrong, may do next.
fn happen(rig: &Rig, rng: &mut Rng, request: &Value) {
    let index = rng.u32(..CHUNKS);
    match rng.u32(..100) {
        0..70 => rig.event("GUILD_MEMBERS_CHUNK", chunk(request, index, CHUNKS)),
        70..75 => rig.event(
            "GUILD_MEMBERS_CHUNK",
            chunk(request, CHUNKS + index, CHUNKS),
        ),
        75..80 => {
            let mut other = chunk(request, index, CHUNKS);
            other["nonce"] = json!("somebody else");
            rig.event("GUILD_MEMBERS_CHUNK", other);
        }
        80..84 => rig.turn(State::BackingOff),
        84..92 => rig.turn(State::Ready),
        92..94 => {
            let meta = json!({"guild_id": request["guild_id"], "nonce": request["nonce"]});
            let wait = rng.f64() * 80.0 - 10.0;
            let told = json!({"opcode": 8, "retry_after": wait, "meta": meta});
            rig.event("RATE_LIMITED", told);
        }
        94 => rig.event("GUILD_MEMBERS_CHUNK", json!([index])),
        95 => rig.event("RATE_LIMITED", json!(null)),
        96 => rig.event("GUILD_DELETE", json!({"id": OTHER})),
        97 => rig.event(
            "GUILD_DELETE",
            json!({"id": GUILD, "unavailable": rng.bool()}),
        ),
        98 => rig.lose_session(),
        _ => rig.requests().close(),
    }
}

async fn play(seed: u64) -> Result<(), RequestError> {
    let mut rng = Rng::with_seed(seed);
    let rig = Rig::new();
    let mut tasks = Vec::new();
    for _ in 0..rng.usize(1..4) {
        let everybody = RequestGuildMembers::everybody(GUILD);
        tasks.push(spawn(rig.handle.request_members(everybody)));
    }
    let begun = Instant::now();
    let mut request = json!({"guild_id": GUILD});
    // A server that falls silent at some time: so much is left to the deadlines.
    for _ in 0..rng.usize(0..60) {
        sleep(seconds(rng.u64(0..4))).await;
        while let Some(command) = rig.shared.inbox.pop() {
            request = serde_json::from_str(command.data()).unwrap();
            if rng.u32(..10) > 0 {
                rig.requests().sent(command.id().unwrap());
            }
        }
        happen(&rig, &mut rng, &request);
    }
    let mut outcome = Ok(());
    for task in tasks {
        let answer = timeout(seconds(PATIENCE), task).await;
        let answer = answer.unwrap_or_else(|_| panic!("seed {seed}: a request does not end"));
        match answer.unwrap() {
            Ok(members) => {
                let users = members.members.iter().map(|it| it.user.as_ref().unwrap());
                let ids: Vec<_> = users.map(|user| user.id.get()).collect();
                assert_eq!(ids, [100, 101, 102, 103], "seed {seed}");
            }
            Err(error) => outcome = Err(error),
        }
    }
    assert_eq!(rig.pending(), 0, "seed {seed}");
    assert!(begun.elapsed() < seconds(2 * PATIENCE), "seed {seed}");
    outcome
}

#[tokio::test(start_paused = true)]
async fn t58_whatever_happens_a_request_ends_whole_or_with_a_reason() {
    let (mut whole, mut timeouts, mut others) = (0, 0, 0);
    for seed in 0..SEEDS {
        match play(seed).await {
            Ok(()) => whole += 1,
            Err(RequestError::Timeout { .. } | RequestError::Disconnected) => timeouts += 1,
            Err(_) => others += 1,
        }
    }
    // The storm is worth its name.
    assert!(
        whole > 20 && timeouts > 20 && others > 20,
        "{whole} whole, {timeouts} by time, {others} with another reason"
    );
}
