//! Who speaks in a stage channel, and who asks to.

use polycord_simulator::{Simulator, World};
use polycord_types::id::{ChannelId, GuildId, UserId};
use serde_json::{Value, json};

use crate::call::{call, may};
use crate::client::{ALL, Client, ready};

/// `VIEW_CHANNEL` and `CONNECT`, and what a moderator of a stage has besides: `MUTE_MEMBERS`.
const LISTEN: u64 = 1 << 10 | 1 << 20;
const MUTE: u64 = 1 << 22;
const REQUEST_TO_SPEAK: u64 = 1 << 32;

/// A stage with the bot and ada in it.
async fn stage(permissions: u64) -> (Simulator, Client, GuildId, ChannelId, UserId) {
    let world = World::new().guild("tea house", |it| {
        let it = it
            .everyone_permissions(may(LISTEN))
            .bot_permissions(may(permissions));
        it.stage_channel("readings")
            .voice_channel("lounge")
            .member("ada")
    });
    let builder = Simulator::builder().in_memory().world(world);
    let sim = builder.start().await.unwrap();
    let (guild, stage, ada) = (
        sim.guild("tea house"),
        sim.channel("readings"),
        sim.user("ada"),
    );
    let (mut client, _) = ready(&sim, ALL).await;
    for user in [ada, sim.world().bot] {
        sim.voice(guild, user, Some(stage));
    }
    let (voice, begun) = ("VOICE_STATE_UPDATE", "VOICE_CHANNEL_START_TIME_UPDATE");
    for told in [voice, begun, voice] {
        client.dispatch(told).await;
    }
    (sim, client, guild, stage, ada)
}

#[tokio::test(start_paused = true)]
async fn a_moderator_lets_somebody_speak_and_sends_them_back() {
    let (sim, mut client, guild, stage, ada) = stage(LISTEN | MUTE).await;
    let path = format!("/guilds/{guild}/voice-states/{ada}");
    sim.request_to_speak(guild, ada, true);
    client.dispatch("VOICE_STATE_UPDATE").await;
    for suppress in [false, true] {
        let body = json!({ "channel_id": stage.to_string(), "suppress": suppress });
        let (status, told) = call(&sim, "PATCH", &path, body).await;
        assert_eq!((status, told), (204, Value::Null));
        let event = client.dispatch("VOICE_STATE_UPDATE").await;
        assert_eq!(event["d"]["user_id"], ada.to_string());
        assert_eq!(event["d"]["suppress"], suppress);
        assert_eq!(event["d"]["request_to_speak_timestamp"], Value::Null);
    }
    let (_, voice) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!(voice["suppress"], true);

    let lounge = json!({ "channel_id": sim.channel("lounge").to_string(), "suppress": false });
    let (status, told) = call(&sim, "PATCH", &path, lounge).await;
    assert_eq!((status, &told["code"]), (400, &json!(50_024)));
    let nobody = format!("/guilds/{guild}/voice-states/{}", sim.user("owner"));
    let (status, told) = call(&sim, "PATCH", &nobody, json!({ "suppress": false })).await;
    assert_eq!((status, &told["code"]), (404, &json!(10_065)));
}

#[tokio::test(start_paused = true)]
async fn who_is_no_moderator_may_ask_to_speak_and_no_more() {
    let (sim, mut client, guild, _, ada) = stage(LISTEN | REQUEST_TO_SPEAK).await;
    let others = format!("/guilds/{guild}/voice-states/{ada}");
    let own = format!("/guilds/{guild}/voice-states/@me");
    for path in [&others, &own] {
        let (status, told) = call(&sim, "PATCH", path, json!({ "suppress": false })).await;
        assert_eq!((status, &told["code"]), (403, &json!(50_013)), "{path}");
    }
    let asked = json!({ "request_to_speak_timestamp": "2121-06-01T00:00:00+00:00" });
    assert_eq!(call(&sim, "PATCH", &own, asked).await.0, 204);
    let event = client.dispatch("VOICE_STATE_UPDATE").await;
    assert_eq!(event["d"]["user_id"], sim.world().bot.to_string());
    assert!(event["d"]["request_to_speak_timestamp"].is_string());
    let past = json!({ "request_to_speak_timestamp": "2001-06-01T00:00:00+00:00" });
    assert_eq!(call(&sim, "PATCH", &own, past).await.0, 400);
}
