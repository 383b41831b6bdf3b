//! Days of faults as values: from a seed, from a run, and the same twice.

use std::time::Duration;

use polycord_simulator::{Dialled, Disturbance, Fault, Scenario, Schedule, Simulator};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

use crate::client::{ALL, Client, End, QUERY, dial, identify, ready, resume};

async fn start() -> Simulator {
    Simulator::builder().in_memory().start().await.unwrap()
}

/// A client that copes, in as few words as possible: it beats, resumes what it can, and begins
/// anew where it cannot.
struct Bot<'a> {
    sim: &'a Simulator,
    session: Option<(String, String, u64)>,
}

impl Bot<'_> {
    /// Lives on one connection after the other until the time has come.
    async fn live(mut self, until: Instant) {
        while Instant::now() < until {
            // Nobody answers for ever.
            let _ = timeout(Duration::from_secs(120), self.connection(until)).await;
            sleep(Duration::from_secs(5)).await;
        }
    }

    async fn connection(&mut self, until: Instant) {
        let main = QUERY.to_owned();
        let path = self
            .session
            .as_ref()
            .map_or(main, |(_, path, _)| path.clone());
        let Ok(mut client) = dial(self.sim, &path).await else {
            return;
        };
        let hello = match &self.session {
            Some((id, _, seq)) => resume(self.sim, id, *seq),
            None => identify(self.sim, ALL, [0, 1]),
        };
        client.send(hello).await;
        while Instant::now() < until {
            let Ok(read) = timeout(Duration::from_secs(20), read(&mut client)).await else {
                client.send(json!({ "op": 1, "d": null })).await;
                continue;
            };
            let Some(frame) = read else {
                return;
            };
            self.hear(&mut client, &frame).await;
            if frame["op"] == 7 || frame["op"] == 9 {
                client.close(4_900).await;
                return;
            }
        }
    }

    async fn hear(&mut self, client: &mut Client, frame: &Value) {
        match frame["op"].as_u64() {
            Some(1) => client.send(json!({ "op": 1, "d": null })).await,
            Some(9) if frame["d"] == false => self.session = None,
            _ => {}
        }
        if frame["t"] == "READY" {
            let url = frame["d"]["resume_gateway_url"].as_str().unwrap();
            let path = url.strip_prefix(self.sim.gateway_url()).unwrap();
            let id = frame["d"]["session_id"].as_str().unwrap().to_owned();
            self.session = Some((id, format!("{path}{}", QUERY.trim_start_matches('/')), 0));
        }
        if let (Some((_, _, last)), Some(seq)) = (&mut self.session, frame["s"].as_u64()) {
            *last = seq.max(*last);
        }
    }
}

/// A frame, `None` at the end; what cannot be read is passed over.
async fn read(client: &mut Client) -> Option<Value> {
    use futures_util::StreamExt;
    use tokio_tungstenite::tungstenite::Message;
    loop {
        match client.ws.next().await? {
            Ok(Message::Text(text)) => {
                if let Ok(frame) = serde_json::from_str(&text) {
                    return Some(frame);
                }
            }
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The journal of half an hour of this, without what a second run cannot have in common.
async fn journal_of(schedule: Schedule) -> (String, Schedule) {
    let sim = start().await;
    let until = Instant::now() + Duration::from_secs(1_800);
    sim.play_schedule(schedule);
    Bot {
        sim: &sim,
        session: None,
    }
    .live(until)
    .await;
    (sim.journal().to_string(), sim.recorded())
}

#[tokio::test(start_paused = true)]
async fn a_seed_gives_the_same_journal_twice() {
    let day = || Schedule::random(20, 1, Duration::from_secs(1_500), 25);
    let (one, _) = journal_of(day()).await;
    let (two, _) = journal_of(day()).await;
    assert!(one.lines().count() > 200, "{one}");
    for (at, (one, two)) in one.lines().zip(two.lines()).enumerate() {
        assert_eq!(one, two, "line {at}");
    }
    assert_eq!(one.lines().count(), two.lines().count());
    let other = Schedule::random(21, 1, Duration::from_secs(1_500), 25);
    assert_ne!(journal_of(other).await.0, one);
}

#[tokio::test(start_paused = true)]
async fn what_a_run_recorded_plays_it_again() {
    let sim = start().await;
    let (_client, _) = ready(&sim, ALL).await;
    sleep(Duration::from_secs(3)).await;
    sim.play(0, Scenario::T10CutAfterHello);
    sleep(Duration::from_millis(1_500)).await;
    sim.script(0, Fault::HttpStatus(503).times(2).at(Dialled::Resume));
    sim.script_any(Fault::NoHello);
    sim.reconnect(0);
    sim.clear_script();
    let recorded = sim.recorded();
    let expected = Schedule::new()
        .at(Duration::from_secs(3), 0, Scenario::T10CutAfterHello)
        .then(
            Duration::from_millis(1_500),
            0,
            Fault::HttpStatus(503).times(2).at(Dialled::Resume),
        )
        .then(
            Duration::ZERO,
            0,
            Disturbance::ScriptAny(Fault::NoHello.into()),
        )
        .then(Duration::ZERO, 0, Disturbance::Reconnect)
        .then(Duration::ZERO, 0, Disturbance::ClearScript);
    assert_eq!(recorded, expected);

    let (first, recorded) = journal_of(recorded).await;
    let again: Schedule = recorded.to_string().parse().unwrap();
    assert_eq!(again, expected, "a run of it records it");
    assert_eq!(journal_of(again).await.0, first);
}

#[tokio::test(start_paused = true)]
async fn several_days_are_played_as_one() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let minute = Duration::from_secs(60);
    let one = Schedule::new().at(minute, 0, Disturbance::RequestHeartbeat);
    let two = Schedule::new().at(minute / 2, 0, Disturbance::Close(4000));
    sim.play_schedule(one.with(two.delayed(minute)));
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
    let asked = client.next().await.unwrap();
    assert_eq!(
        (asked["op"].as_u64(), sim.recorded().steps().len()),
        (Some(1), 1)
    );
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.end().await, End::Closed(4000));
    let times: Vec<u64> = sim
        .recorded()
        .steps()
        .iter()
        .map(|step| step.at.as_secs())
        .collect();
    assert_eq!(times, [60, 90]);
}

#[tokio::test(start_paused = true)]
async fn a_schedule_does_not_keep_a_simulator_alive() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    sim.play_schedule(Schedule::new().at(Duration::from_secs(3_600), 0, Disturbance::Cut));
    drop(sim);
    assert_eq!(client.end().await, End::Cut);
}
