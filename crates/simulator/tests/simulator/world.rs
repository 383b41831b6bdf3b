//! Worlds, as they are built, looked up and shown to a bot.

use polycord_simulator::{Simulator, World};
use polycord_types::gateway::Event;
use serde_json::Value;

use crate::call::may;
use crate::client::{ALL, Client, QUERY, greeted, identify};

const ADMINISTRATOR: u64 = 1 << 3;
const VIEW_CHANNEL: u64 = 1 << 10;
const SEND_MESSAGES: u64 = 1 << 11;

async fn start(world: World) -> Simulator {
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

/// A client that has read READY, and no guild so far.
async fn welcomed(sim: &Simulator) -> Client {
    let mut client = greeted(sim, QUERY).await;
    client.send(identify(sim, ALL, [0, 1])).await;
    client.dispatch("READY").await;
    client
}

fn tea_house() -> World {
    World::new().guild("tea house", |g| {
        g.bot_permissions(may(0))
            .role_with("host", |role| {
                role.permissions(may(VIEW_CHANNEL)).colour(0x12_3456)
            })
            .channel("general")
            .thread("general", "which tea?")
            .forum_channel("questions", &["green", "black"])
            .thread("questions", "how hot?")
            .category("staff")
            .channel("kitchen")
            .only_for("kitchen", &["host"])
            .thread("kitchen", "leaks")
            .private_thread("general", "surprise party", &["owner"])
            .announcement_channel("news")
            .stage_channel("talks")
            .emoji("teapot")
            .animated_emoji("steam")
            .sticker("cup")
            .bot("kettle")
            .member_with("ada", |it| {
                it.nick("Ada 🍵").role("host").status("idle").playing("Go")
            })
            .member("bob")
    })
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|it| it["name"].as_str().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_guild_is_created_with_all_that_was_built_and_with_the_threads_the_bot_sees() {
    let sim = start(tea_house()).await;
    let mut client = welcomed(&sim).await;
    let guild = client.dispatch("GUILD_CREATE").await["d"].clone();
    assert_eq!(names(&guild["threads"]), ["which tea?", "how hot?"]);
    assert_eq!(names(&guild["emojis"]), ["teapot", "steam"]);
    assert_eq!(names(&guild["stickers"]), ["cup"]);
    let tree = sim.guild_view(sim.guild("tea house")).unwrap();
    let kitchen = tree
        .channels
        .iter()
        .find(|it| it.name == "kitchen")
        .unwrap();
    assert_eq!(kitchen.parent, tree.channel("staff"));
    let kinds: Vec<u8> = tree.channels.iter().map(|channel| channel.kind).collect();
    assert_eq!(kinds, [0, 15, 4, 0, 5, 13]);
    let ada = tree.member("ada").unwrap();
    assert_eq!(ada.nick.as_deref(), Some("Ada 🍵"));
    assert_eq!(ada.roles, [tree.role("host").unwrap()]);
    let user = sim
        .world()
        .users
        .into_iter()
        .find(|user| user.name == "kettle");
    assert!(user.unwrap().bot);
}

#[tokio::test(start_paused = true)]
async fn permissions_are_those_of_the_roles_and_overwrites_that_were_built() {
    let sim = start(tea_house()).await;
    let (kitchen, general) = (sim.channel("kitchen"), sim.channel("general"));
    let (ada, bob) = (sim.user("ada"), sim.user("bob"));
    assert!(sim.permissions(kitchen, ada).contains(may(VIEW_CHANNEL)));
    assert_eq!(sim.permissions(kitchen, bob), may(0));
    assert!(sim.permissions(general, bob).contains(may(SEND_MESSAGES)));
    let bot = sim.world().bot;
    assert_eq!(sim.permissions(kitchen, bot), may(0));
    assert_eq!(sim.permissions(general, bot), sim.permissions(general, bob));
    let usual = start(World::default()).await;
    let all = usual.permissions(usual.channel("general"), usual.world().bot);
    assert!(all.contains(may(ADMINISTRATOR)));
}

#[tokio::test(start_paused = true)]
async fn every_guild_of_a_generated_world_is_decoded_by_its_model() {
    let sim = start(World::generate(11, 12, 40)).await;
    let mut client = welcomed(&sim).await;
    for _ in 0..12 {
        let frame = client.dispatch("GUILD_CREATE").await;
        let event = Event::decode("GUILD_CREATE", &frame["d"].to_string()).unwrap();
        let Event::GuildCreate(_) = &event else {
            panic!("no model of {event:?}");
        };
        let again = serde_json::to_string(&event).unwrap();
        assert_eq!(Event::decode("GUILD_CREATE", &again).unwrap(), event);
    }
}

#[tokio::test]
#[should_panic(expected = "no channel is called \"cellar\" in this guild so far")]
async fn a_thread_of_a_channel_that_is_not_there_is_a_mistake_in_the_test() {
    let _ = World::new().guild("tea house", |g| g.thread("cellar", "barrels"));
}
