//! A guild's settings by REST, and its channels.

use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::{AGENT, call, error_at, may, start};
use crate::client::{ALL, ready};

/// A picture of one pixel, nearly.
const PNG: &str = "data:image/png;base64,iVBORw0KGgo=";

#[tokio::test(start_paused = true)]
async fn settings_of_a_guild_are_changed_told_and_logged() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}", sim.guild("polycord"));
    let lounge = sim.channel("lounge").get().to_string();
    let body = json!({
        "name": "salon", "verification_level": 3, "afk_channel_id": lounge, "afk_timeout": 900,
        "icon": PNG, "features": ["COMMUNITY", "NEWS", "INVITES_DISABLED"],
    });
    let (status, guild) = call(&sim, "PATCH", &path, body).await;
    assert_eq!((status, &guild["name"]), (200, &json!("salon")));
    assert_eq!(guild["icon"].as_str().unwrap().len(), 32);
    let event = client.dispatch("GUILD_UPDATE").await;
    assert_eq!(event["d"], guild);
    assert_eq!(guild["roles"].as_array().unwrap().len(), 3);
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["d"]["action_type"], 1);
    let (_, counted) = call(
        &sim,
        "GET",
        &format!("{path}?with_counts=true"),
        Value::Null,
    )
    .await;
    assert_eq!(counted["approximate_member_count"], 5);

    let cases = [
        (json!({ "name": "x" }), "/name"),
        (json!({ "afk_timeout": 5 }), "/afk_timeout"),
        (json!({ "icon": "data:image/png;base64,AAAA" }), "/icon"),
        (json!({ "features": ["VERIFIED"] }), "/features"),
    ];
    for (body, place) in cases {
        let (status, told) = call(&sim, "PATCH", &path, body).await;
        assert_eq!(status, 400, "{place}");
        assert!(!error_at(&told, place).is_empty());
    }
    let general = sim.channel("general").get().to_string();
    let (status, told) = call(&sim, "PATCH", &path, json!({ "afk_channel_id": general })).await;
    assert_eq!((status, &told["code"]), (400, &json!(50_024)));
    let (status, told) = call(&sim, "PATCH", &path, json!({ "banner": PNG })).await;
    assert_eq!((status, &told["code"]), (403, &json!(50_101)));
}

#[tokio::test(start_paused = true)]
async fn channels_of_every_kind_are_made() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/channels", sim.guild("polycord"));
    let (status, category) = call(&sim, "POST", &path, json!({
        "name": "Rooms", "type": 4,
        "permission_overwrites": [{ "id": sim.user("ada").get().to_string(), "type": 1, "deny": "1024" }],
    })).await;
    assert_eq!(status, 201);
    assert_eq!(client.dispatch("CHANNEL_CREATE").await["d"], category);
    client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    for kind in [0, 2, 5, 13, 15, 16] {
        let body = json!({ "name": "Big Room", "type": kind, "parent_id": category["id"] });
        let (status, made) = call(&sim, "POST", &path, body).await;
        assert_eq!((status, &made["type"]), (201, &json!(kind)), "{made}");
        let name = if kind == 2 || kind == 13 {
            "Big Room"
        } else {
            "big-room"
        };
        assert_eq!(made["name"], name);
        // As its category, unless it says otherwise.
        assert_eq!(
            made["permission_overwrites"],
            category["permission_overwrites"]
        );
        assert_eq!(client.dispatch("CHANNEL_CREATE").await["d"], made);
        let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
        assert_eq!(
            (&entry["d"]["action_type"], &entry["d"]["target_id"]),
            (&json!(10), &made["id"])
        );
    }
    let (_, channels) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!(channels.as_array().unwrap().len(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_cannot_be_is_refused() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let path = format!("/guilds/{guild}/channels");
    let general = sim.channel("general").get().to_string();
    let cases = [
        (json!({}), "/name"),
        (json!({ "name": "" }), "/name"),
        (json!({ "name": "x", "type": 1 }), "/type"),
        (json!({ "name": "x", "topic": "t".repeat(1_025) }), "/topic"),
        (
            json!({ "name": "x", "rate_limit_per_user": 21_601 }),
            "/rate_limit_per_user",
        ),
        (json!({ "name": "x", "parent_id": general }), "/parent_id"),
        (
            json!({ "name": "x", "type": 2, "bitrate": 7_999 }),
            "/bitrate",
        ),
        (
            json!({ "name": "x", "type": 2, "user_limit": 100 }),
            "/user_limit",
        ),
        (
            json!({ "name": "x", "permission_overwrites": [{ "id": "1", "type": 2 }] }),
            "/permission_overwrites/0/type",
        ),
    ];
    for (body, place) in cases {
        let (status, told) = call(&sim, "POST", &path, body.clone()).await;
        assert_eq!((status, &told["code"]), (400, &json!(50_035)), "{body}");
        assert!(!error_at(&told, place).is_empty());
    }
    let body = json!({ "name": "x", "type": 2, "bitrate": 128_000 });
    assert_eq!(call(&sim, "POST", &path, body).await.1["code"], 30_052);
}

#[tokio::test(start_paused = true)]
async fn who_may_not_manage_channels_makes_none_and_nobody_allows_more_than_they_have() {
    let world =
        |bits| World::new().guild("house", |g| g.bot_permissions(may(bits)).channel("general"));
    let sim = Simulator::builder()
        .in_memory()
        .world(world(0))
        .start()
        .await
        .unwrap();
    let path = format!("/guilds/{}/channels", sim.guild("house"));
    let (status, told) = call(&sim, "POST", &path, json!({ "name": "x" })).await;
    assert_eq!((status, &told["code"]), (403, &json!(50_013)));

    let sim = Simulator::builder()
        .in_memory()
        .world(world(1 << 4))
        .start()
        .await
        .unwrap();
    let path = format!("/guilds/{}/channels", sim.guild("house"));
    let body = |allow: u64| {
        json!({ "name": "x", "permission_overwrites": [
            { "id": sim.guild("house").get().to_string(), "type": 0, "allow": allow.to_string() },
        ]})
    };
    assert_eq!(call(&sim, "POST", &path, body(1 << 10)).await.0, 201);
    let (status, told) = call(&sim, "POST", &path, body(1 << 2)).await;
    assert_eq!((status, &told["code"]), (403, &json!(50_013)));
}

#[tokio::test(start_paused = true)]
async fn channels_are_moved_and_one_at_a_time_to_another_category() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/channels", sim.guild("polycord"));
    let (_, category) = call(&sim, "POST", &path, json!({ "name": "rooms", "type": 4 })).await;
    client.dispatch("CHANNEL_CREATE").await;
    client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    let ids = ["general", "bots"].map(|name| sim.channel(name).get().to_string());
    let both: Value = ids
        .iter()
        .map(|id| json!({ "id": id, "parent_id": category["id"] }))
        .collect();
    let (status, told) = call(&sim, "PATCH", &path, both).await;
    assert_eq!((status, &told["code"]), (400, &json!(40_009)));
    let body = json!([
        { "id": ids[0], "position": 3, "parent_id": category["id"] },
        { "id": ids[1], "position": 0 },
    ]);
    assert_eq!(call(&sim, "PATCH", &path, body).await.0, 204);
    let told = client.dispatch("CHANNEL_UPDATE").await;
    assert_eq!(
        (&told["d"]["position"], &told["d"]["parent_id"]),
        (&json!(3), &category["id"])
    );
    assert_eq!(client.dispatch("CHANNEL_UPDATE").await["d"]["position"], 0);
}

#[tokio::test(start_paused = true)]
async fn the_widget_shows_what_everyone_may_see_once_it_is_on() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let (widget, settings) = (
        format!("/guilds/{guild}/widget.json"),
        format!("/guilds/{guild}/widget"),
    );
    let (status, told) = call(&sim, "GET", &widget, Value::Null).await;
    assert_eq!((status, &told["code"]), (403, &json!(50_004)));
    let (_, set) = call(&sim, "PATCH", &settings, json!({ "enabled": true })).await;
    assert_eq!(set, json!({ "enabled": true, "channel_id": null }));
    // It is for everybody.
    let request = http::Request::get(format!("/api/v10{widget}"));
    let request = request.header("user-agent", AGENT);
    let response = sim.handle(request.body(bytes::Bytes::new()).unwrap()).await;
    let shown: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(shown["channels"][0]["name"], "lounge");
    assert_eq!(shown["presence_count"], 3);
}

#[tokio::test(start_paused = true)]
async fn a_welcome_screen_and_onboarding_are_for_communities_that_have_the_channels() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("polycord");
    let screen = format!("/guilds/{guild}/welcome-screen");
    assert_eq!(
        call(&sim, "GET", &screen, Value::Null).await.1["code"],
        10_069
    );
    let general = sim.channel("general").get().to_string();
    let body = json!({ "enabled": true, "description": "come in", "welcome_channels": [
        { "channel_id": general, "description": "begin here", "emoji_name": "👋" },
    ]});
    let (status, set) = call(&sim, "PATCH", &screen, body).await;
    assert_eq!(
        (status, &set["welcome_channels"][0]["emoji_id"]),
        (200, &Value::Null)
    );
    let event = client.dispatch("GUILD_UPDATE").await;
    let features = event["d"]["features"].as_array().unwrap();
    assert!(features.contains(&json!("WELCOME_SCREEN_ENABLED")));
    assert_eq!(call(&sim, "GET", &screen, Value::Null).await.1, set);

    let onboarding = format!("/guilds/{guild}/onboarding");
    let body = json!({ "enabled": true, "default_channel_ids": [general] });
    assert_eq!(
        call(&sim, "PUT", &onboarding, body).await.1["code"],
        350_001
    );
    let body = json!({ "prompts": [{ "id": "0", "title": "who?", "options": [
        { "title": "me", "role_ids": [], "channel_ids": [general], "emoji_name": "🦀" },
    ]}]});
    let (status, set) = call(&sim, "PUT", &onboarding, body).await;
    assert_eq!(status, 200, "{set}");
    assert_eq!(set["prompts"][0]["options"][0]["emoji"]["name"], "🦀");
    assert_ne!(set["prompts"][0]["id"], "0");
    assert_eq!(call(&sim, "GET", &onboarding, Value::Null).await.1, set);
}

#[tokio::test(start_paused = true)]
async fn invites_are_shut_for_a_day_at_most() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/incident-actions", sim.guild("polycord"));
    let (status, told) = call(
        &sim,
        "PUT",
        &path,
        json!({ "dms_disabled_until": "2999-01-01T00:00:00Z" }),
    )
    .await;
    assert_eq!(status, 400);
    assert!(!error_at(&told, "/dms_disabled_until").is_empty());
    let body = json!({ "invites_disabled_until": "2026-01-01T00:00:00+00:00" });
    let (status, set) = call(&sim, "PUT", &path, body).await;
    assert_eq!((status, &set["dms_disabled_until"]), (200, &Value::Null));
    let event = client.dispatch("GUILD_UPDATE").await;
    assert_eq!(event["d"]["incidents_data"], set);
}

#[tokio::test(start_paused = true)]
async fn a_preview_counts_and_shows_what_strangers_may_see() {
    let world = World::new().guild("tea house", |it| {
        it.channel("general").member("ada").emoji("teapot")
    });
    let builder = Simulator::builder().in_memory().world(world);
    let sim = builder.start().await.unwrap();
    let path = format!("/guilds/{}/preview", sim.guild("tea house"));
    let (status, preview) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!((status, &preview["name"]), (200, &json!("tea house")));
    assert_eq!(preview["emojis"][0]["name"], "teapot");
    // The owner, the bot and ada.
    assert_eq!(preview["approximate_member_count"], 3);
    assert!(preview["channels"].is_null() && preview["owner_id"].is_null());
    let (status, told) = call(&sim, "GET", "/guilds/1/preview", Value::Null).await;
    assert_eq!((status, &told["code"]), (404, &json!(10_004)));
}

#[tokio::test(start_paused = true)]
async fn regions_and_default_sounds_are_listed_and_one_region_is_the_best() {
    let sim = start().await;
    let (_, all) = call(&sim, "GET", "/voice/regions", Value::Null).await;
    let best = all.as_array().unwrap().iter();
    assert_eq!(best.filter(|it| it["optimal"] == true).count(), 1);
    let of_guild = format!("/guilds/{}/regions", sim.guild("polycord"));
    assert_eq!(call(&sim, "GET", &of_guild, Value::Null).await, (200, all));
    let unknown = call(&sim, "GET", "/guilds/1/regions", Value::Null).await;
    assert_eq!(unknown.0, 404);

    let (status, sounds) = call(&sim, "GET", "/soundboard-default-sounds", Value::Null).await;
    assert_eq!(status, 200);
    for sound in sounds.as_array().unwrap() {
        assert!(sound["guild_id"].is_null(), "{sound}");
        assert_eq!(sound["available"], true, "{sound}");
    }
}
