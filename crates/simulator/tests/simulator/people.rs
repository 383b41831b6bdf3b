//! Who is where, and what a test is told of what cannot be.

use polycord_simulator::{Simulator, World};
use polycord_types::id::{GuildId, UserId};
use serde_json::Value;

use crate::bot::ask;
use crate::client::{ALL, ready};

async fn start() -> (Simulator, GuildId, UserId) {
    const CONNECT: u64 = 1 << 20;
    let world = World::new().guild("tea house", |g| {
        g.channel("general")
            .voice_channel("attic")
            .voice_channel("cellar")
            .overwrite("cellar", "@everyone", 0, CONNECT)
            .private_thread("general", "surprise", &[])
            .member("ada")
    });
    let sim = Simulator::builder().in_memory().world(world);
    let sim = sim.start().await.unwrap();
    let (guild, ada) = (sim.guild("tea house"), sim.user("ada"));
    (sim, guild, ada)
}

#[tokio::test(start_paused = true)]
async fn who_is_there_already_does_not_move() {
    let (sim, guild, ada) = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let attic = Some(sim.channel("attic"));
    assert!(!sim.voice(guild, ada, None));
    assert!(sim.voice(guild, ada, attic));
    assert!(!sim.voice(guild, ada, attic));
    assert!(sim.voice(guild, ada, None));
    for channel in [attic.map(|id| id.to_string()), None] {
        let told = client.dispatch("VOICE_STATE_UPDATE").await;
        assert_eq!(told["d"]["channel_id"], Value::from(channel));
        client.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_leaves_takes_their_boost_their_interest_and_their_places_along() {
    let (sim, guild, ada) = start().await;
    let thread = sim.channel("surprise");
    let path = format!("/channels/{thread}/thread-members/{ada}");
    ask(&sim, "PUT", &path, Value::Null).await;
    assert!(sim.boost(guild, ada, true));
    let owner = sim.user("owner");
    let event = sim.schedule_event(guild, owner, "Tasting", "here").unwrap();
    assert!(sim.set_interest(guild, event, ada, true));
    assert!(sim.voice(guild, ada, Some(sim.channel("attic"))));
    let (mut client, _) = ready(&sim, ALL).await;
    sim.leave(guild, ada);
    let left = client.dispatch("VOICE_STATE_UPDATE").await;
    assert_eq!(left["d"]["channel_id"], Value::Null);
    client.dispatch("VOICE_CHANNEL_START_TIME_UPDATE").await;
    client.dispatch("GUILD_MEMBER_REMOVE").await;
    let updated = client.dispatch("GUILD_UPDATE").await;
    assert_eq!(updated["d"]["premium_subscription_count"], 0);
    let path = format!("/channels/{thread}/thread-members");
    let members = ask(&sim, "GET", &path, Value::Null).await;
    let mut members = members.as_array().unwrap().iter();
    assert!(!members.any(|member| member["user_id"] == ada.to_string()));
    let path = format!("/guilds/{guild}/scheduled-events/{event}/users");
    assert_eq!(
        ask(&sim, "GET", &path, Value::Null).await,
        Value::Array(Vec::new())
    );
}

/// What a test is told of a mistake in it.
async fn mistake(act: impl FnOnce(&Simulator, GuildId, UserId)) -> String {
    let (sim, guild, ada) = start().await;
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| act(&sim, guild, ada)));
    let told = caught.unwrap_err();
    told.downcast_ref::<String>().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn mistakes_in_a_test_are_told() {
    let nobody = UserId::new(5);
    let nowhere = GuildId::new(5);
    let told = mistake(|sim, _, ada| sim.presence(ada, "busy")).await;
    assert!(told.contains("\"busy\" is no status: use online"), "{told}");
    let told = mistake(|sim, _, _| sim.play_game(nobody, "chess")).await;
    assert!(told.contains("there is no user 5"), "{told}");
    let told = mistake(|sim, guild, _| {
        sim.join(guild, "ada");
    })
    .await;
    assert!(told.contains("\"ada\" is in guild"), "{told}");
    let told = mistake(|sim, _, _| {
        sim.join(nowhere, "bob");
    })
    .await;
    assert!(told.contains("the bot is in no guild 5"), "{told}");
    let told = mistake(|sim, _, ada| sim.leave(nowhere, ada)).await;
    assert!(told.contains("the bot is in no guild 5"), "{told}");
    let told = mistake(|sim, guild, ada| {
        sim.leave(guild, ada);
        sim.set_nick(guild, ada, Some("Countess"));
    });
    let told = told.await;
    assert!(
        told.contains("\"ada\"") && told.contains("is not in guild"),
        "{told}"
    );
    let told = mistake(|sim, _, _| sim.outage(nowhere, true)).await;
    assert!(told.contains("the bot is in no guild 5"), "{told}");
    let general = |sim: &Simulator| Some(sim.channel("general"));
    let told = mistake(|sim, guild, ada| {
        sim.voice(guild, ada, general(sim));
    })
    .await;
    assert!(told.contains("has no voice channel"), "{told}");
    let cellar = |sim: &Simulator| Some(sim.channel("cellar"));
    let told = mistake(|sim, guild, ada| {
        sim.voice(guild, ada, cellar(sim));
    })
    .await;
    assert!(told.contains("may not enter #cellar"), "{told}");
}
