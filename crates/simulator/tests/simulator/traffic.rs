//! Load: how much, of what, and that it is the same again.

use std::collections::BTreeMap;
use std::time::Duration;

use polycord_simulator::{Act, Mix, Simulator, World};
use serde_json::{Value, json};
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

#[tokio::test(start_paused = true)]
async fn guests_are_no_more_than_so_many_and_come_again() {
    let world = World::new().guild("tea house", |g| g.channel("general").member("ada"));
    let sim = Simulator::builder().in_memory().world(world);
    let sim = sim.start().await.unwrap();
    let users = || sim.world().users.len();
    let joining = sim.traffic(5_000.0, Mix::new().with(Act::Join, 1), 1);
    sleep(Duration::from_secs(4)).await;
    assert_eq!(joining.made(), 10_000);
    assert_eq!(users(), 10_003);
    drop(joining);
    let both = Mix::new().with(Act::Join, 1).with(Act::Leave, 1);
    let _both = sim.traffic(5_000.0, both, 2);
    sleep(Duration::from_secs(2)).await;
    // Another crowd has guests of its own; those who left come back, though.
    assert!(users() < 10_003 + 1_000, "{}", users());
}

#[tokio::test(start_paused = true)]
async fn bots_do_not_act_nor_does_who_has_left() {
    let world = World::new().guild("tea house", |g| {
        g.channel("general")
            .bot("kettle")
            .member("ada")
            .member("grace")
    });
    let sim = Simulator::builder().in_memory().world(world);
    let sim = sim.start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let traffic = sim.traffic(100.0, Mix::chat().with(Act::Nick, 20), 1);
    sleep(Duration::from_secs(2)).await;
    let (guild, ada) = (sim.guild("tea house"), sim.user("ada"));
    sim.leave(guild, ada);
    sleep(Duration::from_secs(5)).await;
    drop(traffic);
    let kettle = sim.user("kettle").to_string();
    let ada = ada.to_string();
    let (mut left, mut acts) = (false, [0, 0]);
    let last = sim.say(sim.channel("general"), sim.user("owner"), "over");
    loop {
        let frame = client.next().await.unwrap();
        let data = &frame["d"];
        if data["id"] == last.to_string() {
            break;
        }
        left |= frame["t"] == "GUILD_MEMBER_REMOVE";
        let by = match frame["t"].as_str().unwrap_or_default() {
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" => &data["author"]["id"],
            "TYPING_START" | "MESSAGE_REACTION_ADD" => &data["user_id"],
            "GUILD_MEMBER_UPDATE" => &data["user"]["id"],
            _ => continue,
        };
        assert_ne!(*by, kettle, "{frame}");
        assert!(!left || *by != ada, "{frame}");
        acts[usize::from(left)] += 1;
    }
    assert!(acts.iter().all(|acts| *acts > 50), "{acts:?}");
}

#[tokio::test(start_paused = true)]
async fn who_is_in_several_guilds_is_the_same_in_all() {
    let world = World::new()
        .guild("tea house", |g| g.channel("general").member("ada"))
        .guild("library", |g| {
            g.channel("quiet").member("ada").member("grace")
        });
    let sim = Simulator::builder().in_memory().world(world);
    let sim = sim.start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let traffic = sim.traffic(50.0, Mix::presence(), 4);
    sleep(Duration::from_secs(4)).await;
    drop(traffic);
    let last = sim.say(sim.channel("quiet"), sim.user("grace"), "over");
    let mut shown: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    loop {
        let frame = client.next().await.unwrap();
        let data = &frame["d"];
        if data["id"] == last.to_string() {
            break;
        }
        if frame["t"] == "PRESENCE_UPDATE" {
            let id = |value: &Value| value.as_str().unwrap().to_owned();
            let by_guild = shown.entry(id(&data["user"]["id"])).or_default();
            by_guild.insert(id(&data["guild_id"]), data["status"].clone());
        }
    }
    let of_ada = &shown[&sim.user("ada").to_string()];
    assert_eq!(of_ada.len(), 2);
    let statuses: Vec<&Value> = of_ada.values().collect();
    assert_eq!(statuses[0], statuses[1]);
    assert_eq!(shown[&sim.user("grace").to_string()].len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_told_of_a_guild_in_an_outage() {
    let world = World::new().guild("tea house", |g| g.channel("general").member("ada"));
    let sim = Simulator::builder().in_memory().world(world);
    let sim = sim.start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("tea house");
    sim.outage(guild, true);
    let traffic = sim.traffic(100.0, Mix::chat(), 1);
    sim.say(
        sim.channel("general"),
        sim.user("ada"),
        "does anybody hear me?",
    );
    sleep(Duration::from_secs(2)).await;
    assert_eq!(traffic.made(), 0);
    drop(traffic);
    sim.outage(guild, false);
    assert_eq!(
        client.dispatch("GUILD_DELETE").await["d"]["unavailable"],
        json!(true)
    );
    client.dispatch("GUILD_CREATE").await;
}
