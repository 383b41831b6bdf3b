//! Scheduled events, stages, expressions and auto moderation by REST.

use std::collections::BTreeSet;

use polycord_simulator::{Simulator, World};
use polycord_types::gateway::{Event, EventKind};
use serde_json::{Value, json};

use crate::call::{call, error_at, may, start};
use crate::client::{ALL, ready};

const SOON: &str = "2999-01-01T10:00:00+00:00";
const LATER: &str = "2999-01-01T12:00:00+00:00";
const LOG: &str = "GUILD_AUDIT_LOG_ENTRY_CREATE";

fn elsewhere() -> Value {
    json!({
        "name": "picnic", "privacy_level": 2, "entity_type": 3, "scheduled_start_time": SOON,
        "scheduled_end_time": LATER, "entity_metadata": { "location": "the park" },
    })
}

#[tokio::test(start_paused = true)]
async fn an_event_is_scheduled_begun_and_over_and_cannot_begin_again() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/scheduled-events", sim.guild("polycord"));
    let (status, made) = call(&sim, "POST", &path, elsewhere()).await;
    assert_eq!((status, &made["status"]), (200, &json!(1)));
    let told = client.dispatch("GUILD_SCHEDULED_EVENT_CREATE").await;
    assert_eq!(told["d"], made);
    assert_eq!(client.dispatch(LOG).await["d"]["action_type"], 100);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let (status, told) = call(&sim, "PATCH", &one, json!({ "status": 3 })).await;
    assert_eq!(
        (status, error_at(&told, "/status")),
        (400, "BASE_TYPE_CHOICES")
    );
    for status in [2, 3] {
        assert_eq!(
            call(&sim, "PATCH", &one, json!({ "status": status }))
                .await
                .0,
            200
        );
        let told = client.dispatch("GUILD_SCHEDULED_EVENT_UPDATE").await;
        assert_eq!(told["d"]["status"], status);
        assert_eq!(
            client.dispatch(LOG).await["d"]["changes"][0]["key"],
            "status"
        );
    }
    let (status, told) = call(&sim, "PATCH", &one, json!({ "status": 2 })).await;
    assert_eq!((status, &told["code"]), (400, &json!(180_000)));
    assert_eq!(call(&sim, "GET", &path, Value::Null).await.1, json!([]));
    assert_eq!(
        call(&sim, "GET", &format!("{one}/users"), Value::Null)
            .await
            .1,
        json!([])
    );
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    client.dispatch("GUILD_SCHEDULED_EVENT_DELETE").await;
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_070);
}

#[tokio::test(start_paused = true)]
async fn each_kind_of_event_has_its_own_fields() {
    let sim = start().await;
    let path = format!("/guilds/{}/scheduled-events", sim.guild("polycord"));
    let with = |changes: Value| {
        let mut body = elsewhere();
        for (field, value) in changes.as_object().unwrap() {
            body[field] = value.clone();
        }
        body
    };
    let cases = [
        (json!({ "scheduled_end_time": null }), "/scheduled_end_time"),
        (json!({ "scheduled_end_time": SOON }), "/scheduled_end_time"),
        (
            json!({ "entity_metadata": null }),
            "/entity_metadata/location",
        ),
        (json!({ "entity_type": 2 }), "/channel_id"),
        (json!({ "privacy_level": 1 }), "/privacy_level"),
        (
            json!({ "scheduled_start_time": "2015-01-01T00:00:00Z" }),
            "/scheduled_start_time",
        ),
        (json!({ "name": "x".repeat(101) }), "/name"),
    ];
    for (changes, place) in cases {
        let (status, told) = call(&sim, "POST", &path, with(changes.clone())).await;
        assert_eq!(status, 400, "{changes}");
        assert!(!error_at(&told, place).is_empty());
    }
    let general = sim.channel("general").get().to_string();
    let body = with(json!({ "entity_type": 2, "channel_id": general }));
    assert_eq!(call(&sim, "POST", &path, body).await.1["code"], 50_024);
    let lounge = sim.channel("lounge").get().to_string();
    let body = with(json!({ "entity_type": 2, "channel_id": lounge }));
    assert_eq!(call(&sim, "POST", &path, body).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn a_recurrence_is_one_that_people_can_see_in_their_calendar() {
    let sim = start().await;
    let path = format!("/guilds/{}/scheduled-events", sim.guild("polycord"));
    let ask = |rule: Value| {
        let mut body = elsewhere();
        body["recurrence_rule"] = rule;
        body["recurrence_rule"]["start"] = body["scheduled_start_time"].clone();
        call(&sim, "POST", &path, body)
    };
    let fourth = json!([{ "n": 4, "day": 2 }]);
    for fits in [
        json!({ "frequency": 3, "interval": 1, "by_weekday": [6, 0, 1, 2, 3] }),
        json!({ "frequency": 2, "interval": 2, "by_weekday": [2] }),
        json!({ "frequency": 1, "interval": 1, "by_n_weekday": fourth }),
        json!({ "frequency": 0, "interval": 1, "by_month": [7], "by_month_day": [24] }),
    ] {
        let (status, made) = ask(fits.clone()).await;
        assert_eq!(status, 200, "{fits}: {made}");
        assert_eq!(made["recurrence_rule"]["frequency"], fits["frequency"]);
        assert!(made["recurrence_rule"]["count"].is_null());
    }
    let cases = [
        (
            json!({ "frequency": 2, "interval": 1, "by_weekday": [2], "by_n_weekday": fourth }),
            "frequency",
        ),
        (
            json!({ "frequency": 3, "interval": 1, "by_weekday": [0, 2] }),
            "by_weekday",
        ),
        (
            json!({ "frequency": 2, "interval": 1, "by_weekday": [0, 2] }),
            "by_weekday",
        ),
        (
            json!({ "frequency": 1, "interval": 1, "by_weekday": [2] }),
            "by_weekday",
        ),
        (
            json!({ "frequency": 2, "interval": 1, "by_n_weekday": fourth }),
            "by_n_weekday",
        ),
        (
            json!({ "frequency": 0, "interval": 1, "by_month": [7] }),
            "by_month",
        ),
        (
            json!({ "frequency": 1, "interval": 1, "by_month": [7], "by_month_day": [24] }),
            "by_month",
        ),
        (json!({ "frequency": 3, "interval": 2 }), "interval"),
    ];
    for (rule, field) in cases {
        let (status, told) = ask(rule.clone()).await;
        assert_eq!(status, 400, "{rule}");
        assert_eq!(
            error_at(&told, &format!("/recurrence_rule/{field}")),
            "BASE_TYPE_CHOICES"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_stage_is_opened_once_by_its_moderators() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("polycord");
    let (_, channel) = call(
        &sim,
        "POST",
        &format!("/guilds/{guild}/channels"),
        json!({ "name": "stage", "type": 13 }),
    )
    .await;
    client.dispatch("CHANNEL_CREATE").await;
    client.dispatch(LOG).await;
    let body = json!({ "channel_id": channel["id"], "topic": "tea" });
    let (status, opened) = call(&sim, "POST", "/stage-instances", body.clone()).await;
    assert_eq!((status, &opened["privacy_level"]), (200, &json!(2)));
    assert_eq!(client.dispatch("STAGE_INSTANCE_CREATE").await["d"], opened);
    assert_eq!(client.dispatch(LOG).await["d"]["action_type"], 83);
    let (status, told) = call(&sim, "POST", "/stage-instances", body).await;
    assert_eq!((status, &told["code"]), (400, &json!(150_006)));
    let one = format!("/stage-instances/{}", channel["id"].as_str().unwrap());
    call(&sim, "PATCH", &one, json!({ "topic": "coffee" })).await;
    assert_eq!(
        client.dispatch("STAGE_INSTANCE_UPDATE").await["d"]["topic"],
        "coffee"
    );
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    client.dispatch("STAGE_INSTANCE_DELETE").await;
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_067);
    let general = sim.channel("general").get().to_string();
    let body = json!({ "channel_id": general, "topic": "x" });
    assert_eq!(
        call(&sim, "POST", "/stage-instances", body).await.1["code"],
        50_024
    );
}

#[tokio::test(start_paused = true)]
async fn emojis_and_sounds_are_made_changed_and_deleted() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("polycord");
    let emojis = format!("/guilds/{guild}/emojis");
    let png = "data:image/png;base64,iVBORw0KGgo=";
    let (status, emoji) = call(
        &sim,
        "POST",
        &emojis,
        json!({ "name": "tea_cup", "image": png }),
    )
    .await;
    assert_eq!((status, &emoji["animated"]), (201, &json!(false)));
    assert_eq!(
        client.dispatch("GUILD_EMOJIS_UPDATE").await["d"]["emojis"][0],
        emoji
    );
    assert_eq!(client.dispatch(LOG).await["d"]["action_type"], 60);
    let (status, told) = call(
        &sim,
        "POST",
        &emojis,
        json!({ "name": "tea cup", "image": png }),
    )
    .await;
    assert_eq!(
        (status, error_at(&told, "/name")),
        (400, "STRING_TYPE_REGEX")
    );
    let one = format!("{emojis}/{}", emoji["id"].as_str().unwrap());
    assert_eq!(
        call(&sim, "PATCH", &one, json!({ "name": "cup" })).await.1["name"],
        "cup"
    );
    client.dispatch("GUILD_EMOJIS_UPDATE").await;
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(
        client.dispatch("GUILD_EMOJIS_UPDATE").await["d"]["emojis"],
        json!([])
    );
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_014);

    let sounds = format!("/guilds/{guild}/soundboard-sounds");
    // "OggS", and nothing more.
    let body =
        json!({ "name": "gong", "sound": "data:audio/ogg;base64,T2dnUw==", "emoji_name": "🔔" });
    let (status, sound) = call(&sim, "POST", &sounds, body).await;
    assert_eq!((status, &sound["volume"]), (201, &json!(1.0)));
    assert_eq!(
        client.dispatch("GUILD_SOUNDBOARD_SOUND_CREATE").await["d"],
        sound
    );
    client.dispatch(LOG).await;
    let body = json!({ "name": "gong", "sound": "data:audio/ogg;base64,AAAA" });
    assert_eq!(
        error_at(&call(&sim, "POST", &sounds, body).await.1, "/sound"),
        "SOUND_INVALID"
    );
    let one = format!("{sounds}/{}", sound["sound_id"].as_str().unwrap());
    call(&sim, "PATCH", &one, json!({ "volume": 0.5 })).await;
    assert_eq!(
        client.dispatch("GUILD_SOUNDBOARD_SOUND_UPDATE").await["d"]["volume"],
        0.5
    );
    client.dispatch(LOG).await;
    assert_eq!(
        call(&sim, "GET", &sounds, Value::Null).await.1["items"][0]["name"],
        "gong"
    );
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    client.dispatch("GUILD_SOUNDBOARD_SOUND_DELETE").await;
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_097);
}

#[tokio::test(start_paused = true)]
async fn a_rule_is_whole_and_one_of_few() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/auto-moderation/rules", sim.guild("polycord"));
    let rule = |kind: u64, metadata: Value, action: Value| {
        json!({
            "name": "manners", "event_type": 1, "trigger_type": kind, "trigger_metadata": metadata,
            "actions": [action],
        })
    };
    let words = json!({ "keyword_filter": ["rude*"] });
    let block = json!({ "type": 1 });
    let (status, made) = call(&sim, "POST", &path, rule(1, words.clone(), block.clone())).await;
    assert_eq!((status, &made["enabled"]), (200, &json!(false)));
    assert_eq!(
        client.dispatch("AUTO_MODERATION_RULE_CREATE").await["d"],
        made
    );
    assert_eq!(client.dispatch(LOG).await["d"]["action_type"], 140);
    let cases = [
        (
            rule(1, json!({}), block.clone()),
            "/trigger_metadata/keyword_filter",
        ),
        (rule(2, words.clone(), block.clone()), "/trigger_type"),
        (
            rule(
                3,
                json!({}),
                json!({ "type": 3, "metadata": { "duration_seconds": 5 } }),
            ),
            "/actions/0/type",
        ),
        (
            rule(1, words.clone(), json!({ "type": 2 })),
            "/actions/0/metadata/channel_id",
        ),
        (rule(6, words.clone(), json!({ "type": 4 })), "/event_type"),
        (
            rule(4, json!({ "presets": [9] }), block.clone()),
            "/trigger_metadata/presets/0",
        ),
    ];
    for (body, place) in cases {
        let (status, told) = call(&sim, "POST", &path, body.clone()).await;
        assert_eq!(status, 400, "{body}");
        assert!(!error_at(&told, place).is_empty());
    }
    assert_eq!(
        call(&sim, "POST", &path, rule(3, json!({}), block.clone()))
            .await
            .0,
        200
    );
    client.dispatch("AUTO_MODERATION_RULE_CREATE").await;
    client.dispatch(LOG).await;
    let (status, told) = call(&sim, "POST", &path, rule(3, json!({}), block)).await;
    assert_eq!(status, 400);
    assert!(!error_at(&told, "/trigger_type").is_empty());
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    call(&sim, "PATCH", &one, json!({ "enabled": true })).await;
    assert_eq!(
        client.dispatch("AUTO_MODERATION_RULE_UPDATE").await["d"]["enabled"],
        true
    );
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    client.dispatch("AUTO_MODERATION_RULE_DELETE").await;
    client.dispatch(LOG).await;
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn without_the_permission_each_of_them_is_refused() {
    // SEND_MESSAGES, and what everybody may.
    let world = World::new().guild("house", |g| {
        g.bot_permissions(may(1 << 11)).channel("general")
    });
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let guild = format!("/guilds/{}", sim.guild("house"));
    let refused = [
        ("PATCH", guild.clone(), json!({})),
        ("GET", format!("{guild}/bans"), Value::Null),
        (
            "PUT",
            format!("{guild}/bans/{}", sim.user("owner")),
            json!({}),
        ),
        (
            "POST",
            format!("{guild}/bulk-ban"),
            json!({ "user_ids": ["1"] }),
        ),
        ("GET", format!("{guild}/prune"), Value::Null),
        ("GET", format!("{guild}/invites"), Value::Null),
        ("GET", format!("{guild}/integrations"), Value::Null),
        ("GET", format!("{guild}/vanity-url"), Value::Null),
        ("GET", format!("{guild}/widget"), Value::Null),
        ("GET", format!("{guild}/audit-logs"), Value::Null),
        ("GET", format!("{guild}/auto-moderation/rules"), Value::Null),
        ("PATCH", format!("{guild}/welcome-screen"), json!({})),
        ("PUT", format!("{guild}/onboarding"), json!({})),
        ("PUT", format!("{guild}/incident-actions"), json!({})),
        ("PATCH", format!("{guild}/channels"), json!([])),
        (
            "DELETE",
            format!("{guild}/members/{}", sim.user("owner")),
            Value::Null,
        ),
    ];
    for (method, path, body) in refused {
        let (status, told) = call(&sim, method, &path, body).await;
        assert_eq!(
            (status, &told["code"]),
            (403, &json!(50_013)),
            "{method} {path}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_these_routes_tell_is_decoded_by_its_model() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (ada, general) = (sim.user("ada"), sim.channel("general"));
    let guild = format!("/guilds/{}", sim.guild("polycord"));
    let rule = json!({
        "name": "manners", "event_type": 1, "trigger_type": 1, "actions": [{ "type": 1 }],
        "trigger_metadata": { "keyword_filter": ["rude"] },
    });
    let png = "data:image/png;base64,iVBORw0KGgo=";
    let gong = json!({ "name": "gong", "sound": "data:audio/ogg;base64,T2dnUw==" });
    let made = [
        (format!("{guild}/roles"), json!({ "name": "cook" })),
        (
            format!("{guild}/channels"),
            json!({ "name": "forum", "type": 15 }),
        ),
        (
            format!("{guild}/channels"),
            json!({ "name": "stage", "type": 13 }),
        ),
        (
            format!("{guild}/emojis"),
            json!({ "name": "tea", "image": png }),
        ),
        (format!("{guild}/soundboard-sounds"), gong),
        (format!("{guild}/scheduled-events"), elsewhere()),
        (format!("{guild}/auto-moderation/rules"), rule),
    ];
    let mut stage = Value::Null;
    for (path, body) in made {
        let (status, told) = call(&sim, "POST", &path, body).await;
        assert!(matches!(status, 200 | 201), "{path}: {told}");
        if told["type"] == 13 {
            stage = told["id"].clone();
        }
    }
    let body = json!({ "channel_id": stage, "topic": "tea" });
    assert_eq!(call(&sim, "POST", "/stage-instances", body).await.0, 200);
    for (method, path, body) in [
        ("PATCH", guild.clone(), json!({ "name": "salon" })),
        (
            "PATCH",
            format!("{guild}/members/{ada}"),
            json!({ "nick": "a" }),
        ),
        (
            "PUT",
            format!("{guild}/bans/{ada}"),
            json!({ "delete_message_days": 1 }),
        ),
        ("DELETE", format!("{guild}/bans/{ada}"), Value::Null),
    ] {
        let (status, told) = call(&sim, method, &path, body).await;
        assert!(status < 300, "{path}: {told}");
    }
    sim.typing(general, sim.user("grace"));
    let mut seen = BTreeSet::new();
    loop {
        let frame = client.next().await.unwrap();
        let (name, data) = (frame["t"].as_str().unwrap(), frame["d"].to_string());
        let event = Event::decode(name, &data).unwrap();
        assert_eq!(event.kind(), EventKind::from_name(name));
        assert!(!matches!(event, Event::Raw(_)), "{name} has no model");
        let again = serde_json::to_string(&event).unwrap();
        assert_eq!(Event::decode(name, &again).unwrap(), event, "{name}");
        if name == "TYPING_START" {
            break;
        }
        seen.insert(name.to_owned());
    }
    assert_eq!(seen.len(), 13, "{seen:?}");
}
