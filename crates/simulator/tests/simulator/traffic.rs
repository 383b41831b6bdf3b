//! Load: how much, of what, and that it is the same again.

use std::collections::BTreeMap;
use std::time::Duration;

use polycord_simulator::{Act, Mix, Simulator, World};
use tokio::time::{advance, sleep};

use crate::bot::known;
use crate::client::{ALL, ready};

async fn start() -> Simulator {
    let world = World::generate(11, 4, 100);
    let sim = Simulator::builder().world(world).in_memory();
    sim.start().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn so_much_is_done_a_second_and_nothing_after_the_end() {
    let sim = start().await;
    let traffic = sim.traffic(2_000.0, Mix::day(), 1);
    sleep(Duration::from_secs(5)).await;
    let made = traffic.made();
    // Not everything can be done whenever it is its turn: nobody edits in an empty channel.
    assert!((9_500..=10_000).contains(&made), "{made}");
    let presences = traffic.made_of(Act::Presence);
    assert!((4_500..=5_500).contains(&presences), "{presences}");
    drop(traffic);
    let before = sim.sent_dispatches().len();
    advance(Duration::from_secs(5)).await;
    sleep(Duration::from_secs(5)).await;
    assert_eq!(sim.sent_dispatches().len(), before);
}

/// What a session is told of three seconds, in order.
async fn told(seed: u64) -> Vec<String> {
    let sim = start().await;
    let (_client, _) = ready(&sim, ALL).await;
    let before = sim.sent_dispatches().len();
    let _traffic = sim.traffic(300.0, Mix::day(), seed);
    sleep(Duration::from_secs(3)).await;
    let told = sim.sent_dispatches().into_iter().skip(before);
    told.map(|dispatch| dispatch.name).collect()
}

#[tokio::test(start_paused = true)]
async fn a_seed_makes_the_same_again() {
    let first = told(5).await;
    assert!(first.len() > 500, "{}", first.len());
    assert_eq!(first, told(5).await);
    assert_ne!(first, told(6).await);
}

#[tokio::test(start_paused = true)]
async fn every_event_of_a_mix_is_one_that_its_model_knows() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let _traffic = sim.traffic(200.0, Mix::day(), 3);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..1_500 {
        let frame = client.next().await.unwrap();
        if frame["op"] == 0 {
            known(&frame);
            let name = frame["t"].as_str().unwrap().to_owned();
            *seen.entry(name).or_default() += 1;
        }
    }
    for name in [
        "MESSAGE_CREATE",
        "PRESENCE_UPDATE",
        "TYPING_START",
        "VOICE_STATE_UPDATE",
    ] {
        assert!(seen.contains_key(name), "{seen:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn chat_is_kept_as_rest_shows_it() {
    let sim = start().await;
    let traffic = sim.traffic(500.0, Mix::new().with(Act::Message, 1), 9);
    sleep(Duration::from_secs(2)).await;
    let world = sim.world();
    let channels = world.guilds.iter().flat_map(|guild| &guild.channels);
    let kept: usize = channels.map(|channel| sim.messages(channel.id).len()).sum();
    assert_eq!(kept as u64, traffic.made());
}
