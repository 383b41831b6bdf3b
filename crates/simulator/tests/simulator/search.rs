//! Looking for messages in all of a guild.

use polycord_simulator::{Simulator, World};
use polycord_types::gateway::Intents;
use serde_json::{Value, json};

use crate::call::may;
use crate::messages::{id, ok, refused};

fn world() -> World {
    World::new().guild("tea house", |guild| {
        guild
            .channel("general")
            .channel("cellar")
            .channel("night")
            .thread("general", "about tea")
            .role("host")
            .only_for("cellar", &["host"])
            .member("ada")
            .member("bob")
            .bot_permissions(may(1 << 10 | 1 << 11 | 1 << 16 | 1 << 38))
    })
}

async fn start() -> Simulator {
    let builder = Simulator::builder().in_memory().rate_limits(false);
    builder.world(world()).start().await.unwrap()
}

async fn search(sim: &Simulator, query: &str) -> Value {
    let path = format!("/guilds/{}/messages/search?{query}", sim.guild("tea house"));
    ok(sim, "GET", &path, Value::Null).await
}

/// What the messages that were found say.
async fn found(sim: &Simulator, query: &str) -> Vec<String> {
    let result = search(sim, query).await;
    let messages = result["messages"].as_array().unwrap();
    assert!(
        messages
            .iter()
            .all(|one| one.as_array().unwrap().len() == 1)
    );
    let said = messages.iter().map(|one| one[0]["content"].as_str());
    said.map(|said| said.unwrap().to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn messages_are_found_by_what_they_say_and_who_says_it() {
    let sim = start().await;
    let (general, ada, bob) = (sim.channel("general"), sim.user("ada"), sim.user("bob"));
    for (user, text) in [
        (ada, "Green tea, please"),
        (bob, "green is a fine tea"),
        (bob, "green as the old and quiet tea"),
        (ada, "see https://example.com/tea"),
    ] {
        sim.say(general, user, text);
    }
    sim.say(
        sim.channel("about tea"),
        ada,
        &format!("thread tea for <@{bob}>"),
    );
    let secret = sim.say(
        sim.channel("cellar"),
        sim.user("owner"),
        "green tea in secret",
    );
    let all = search(&sim, "content=tea").await;
    assert_eq!(
        (&all["total_results"], &all["doing_deep_historical_index"]),
        (&json!(5), &json!(false))
    );
    assert_eq!(all["threads"][0]["name"], "about tea");
    assert!(!all.to_string().contains(&secret.to_string()));

    let green = ["green is a fine tea", "Green tea, please"];
    // Two words between the two are passed over, three are one too many.
    assert_eq!(found(&sim, "content=green%20tea").await, [green[1]]);
    assert_eq!(found(&sim, "content=green%20tea&slop=3").await, green);
    assert_eq!(
        found(&sim, "content=tea%20green&slop=9").await,
        Vec::<String>::new()
    );
    assert_eq!(
        found(&sim, &format!("author_id={ada}&has=link")).await,
        ["see https://example.com/tea"]
    );
    assert_eq!(found(&sim, "link_hostname=example.com").await.len(), 1);
    assert_eq!(found(&sim, "link_hostname=example.org").await.len(), 0);
    assert_eq!(found(&sim, &format!("mentions={bob}")).await.len(), 1);
    let both = format!("author_id={ada}&author_id={bob}&channel_id={general}");
    assert_eq!(found(&sim, &both).await.len(), 4);
    assert_eq!(found(&sim, "author_type=bot").await.len(), 0);
    assert_eq!(found(&sim, "author_type=-user").await.len(), 0);
    assert_eq!(found(&sim, "has=-link&limit=25").await.len(), 4);
    let first = found(&sim, "sort_order=asc&limit=1").await;
    assert_eq!(first, ["Green tea, please"]);
    let second = found(&sim, "sort_order=asc&limit=1&offset=1").await;
    assert_eq!(second, [green[0]]);
}

#[tokio::test(start_paused = true)]
async fn messages_are_found_by_what_they_have_and_where_they_stand() {
    let sim = start().await;
    let general = format!("/channels/{}/messages", sim.channel("general"));
    let said = ok(&sim, "POST", &general, json!({ "content": "mine" })).await;
    let reply = json!({ "content": "re", "message_reference": { "message_id": id(&said) } });
    let reply = ok(&sim, "POST", &general, reply).await;
    sim.react(
        sim.channel("general"),
        id(&said).parse().unwrap(),
        sim.user("ada"),
        "🎉",
    );
    let owner = sim.user("owner");
    let pin = format!("{general}/pins/{}", id(&said));
    sim.request_as(owner, "PUT", &pin, &Value::Null).unwrap();
    let night = format!("/channels/{}", sim.channel("night"));
    sim.request_as(owner, "PATCH", &night, &json!({ "nsfw": true }))
        .unwrap();
    sim.say(sim.channel("night"), owner, "late");

    assert_eq!(found(&sim, "pinned=true").await, ["mine"]);
    assert!(
        search(&sim, "pinned=true").await["messages"][0][0]
            .get("reactions")
            .is_none()
    );
    assert_eq!(
        found(&sim, &format!("replied_to_message_id={}", id(&said))).await,
        ["re"]
    );
    let bot = sim.world().bot;
    assert_eq!(
        found(&sim, &format!("replied_to_user_id={bot}")).await,
        ["re"]
    );
    assert_eq!(
        found(&sim, &format!("min_id={}&author_id={bot}", id(&said))).await,
        ["re"]
    );
    assert_eq!(
        found(&sim, &format!("max_id={}", id(&reply))).await,
        ["mine"]
    );
    assert_eq!(found(&sim, "content=late").await, Vec::<String>::new());
    assert_eq!(found(&sim, "content=late&include_nsfw=1").await, ["late"]);
}

#[tokio::test(start_paused = true)]
async fn a_search_that_cannot_be_is_refused() {
    let sim = start().await;
    let path = format!("/guilds/{}/messages/search", sim.guild("tea house"));
    for query in [
        "limit=26",
        "limit=0",
        "offset=9976",
        "slop=101",
        "has=nothing",
        "author_type=-cat",
        "sort_by=size",
        "pinned=maybe",
        "author_id=ada",
        "max_id=x",
    ] {
        let answer = refused(&sim, "GET", &format!("{path}?{query}"), Value::Null).await;
        assert_eq!(answer, (400, 50_035), "{query}");
    }
    let long = format!("{path}?content={}", "x".repeat(1_025));
    assert_eq!(
        refused(&sim, "GET", &long, Value::Null).await,
        (400, 50_035)
    );
    let hidden = format!("{path}?channel_id={}", sim.channel("cellar"));
    assert_eq!(
        refused(&sim, "GET", &hidden, Value::Null).await,
        (403, 50_001)
    );
    let builder = Simulator::builder().in_memory().world(world());
    let sim = builder
        .disallow_intents(Intents::MESSAGE_CONTENT)
        .start()
        .await
        .unwrap();
    let path = format!("/guilds/{}/messages/search", sim.guild("tea house"));
    assert_eq!(
        refused(&sim, "GET", &path, Value::Null).await,
        (403, 50_001)
    );
}
