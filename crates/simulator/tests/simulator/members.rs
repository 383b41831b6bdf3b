//! Members by REST: found, changed, silenced, moved, kicked.

use polycord_simulator::{Simulator, World};
use polycord_types::id::{GuildId, UserId};
use serde_json::{Value, json};

use crate::call::{AGENT, call, error_at, json_of, may, start};
use crate::client::{ALL, GUILDS, ready};

fn one(guild: GuildId, user: UserId) -> String {
    format!("/guilds/{guild}/members/{user}")
}

#[tokio::test(start_paused = true)]
async fn members_are_listed_in_pages_and_searched_by_how_their_names_begin() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let all = format!("/guilds/{guild}/members");
    let (_, first) = call(&sim, "GET", &format!("{all}?limit=2"), Value::Null).await;
    let last = first[1]["user"]["id"].as_str().unwrap();
    let (_, rest) = call(
        &sim,
        "GET",
        &format!("{all}?limit=1000&after={last}"),
        Value::Null,
    )
    .await;
    assert_eq!(
        (
            first.as_array().unwrap().len(),
            rest.as_array().unwrap().len()
        ),
        (2, 3)
    );
    let (status, body) = call(&sim, "GET", &format!("{all}?limit=1001"), Value::Null).await;
    assert_eq!((status, &body["code"]), (400, &json!(50_035)));

    call(
        &sim,
        "PATCH",
        &one(guild, sim.user("linus")),
        json!({ "nick": "Gracious one" }),
    )
    .await;
    let (_, found) = call(
        &sim,
        "GET",
        &format!("{all}/search?query=GRAC&limit=10"),
        Value::Null,
    )
    .await;
    let names: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["user"]["username"])
        .collect();
    assert_eq!(names, ["grace", "linus"]);
    let (status, body) = call(&sim, "GET", &format!("{all}/search"), Value::Null).await;
    assert_eq!(
        (status, error_at(&body, "/query")),
        (400, "BASE_TYPE_REQUIRED")
    );
    assert_eq!(
        call(&sim, "GET", &format!("{all}/1"), Value::Null).await.1["code"],
        10_007
    );
}

#[tokio::test(start_paused = true)]
async fn a_change_of_a_member_is_told_and_logged_with_its_reason() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (guild, ada) = (sim.guild("polycord"), sim.user("ada"));
    let role = sim.world().guilds[0]
        .role("moderators")
        .unwrap()
        .get()
        .to_string();
    let body = json!({ "nick": "countess", "roles": [role] });
    let request = http::Request::patch(format!("/api/v10{}", one(guild, ada)))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .header("x-audit-log-reason", "well%20earned%20%F0%9F%8E%89");
    let response = sim
        .handle(request.body(body.to_string().into()).unwrap())
        .await;
    assert_eq!(response.status(), 200);
    let event = client.dispatch("GUILD_MEMBER_UPDATE").await;
    assert_eq!(event["d"]["nick"], "countess");
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        (&entry["d"]["action_type"], &entry["d"]["reason"]),
        (&json!(24), &json!("well earned 🎉"))
    );
    assert_eq!(
        entry["d"]["changes"],
        json!([{ "key": "nick", "new_value": "countess" }])
    );
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["d"]["action_type"], 25);
    assert_eq!(entry["d"]["changes"][0]["key"], "$add");
    assert_eq!(
        entry["d"]["changes"][0]["new_value"][0]["name"],
        "moderators"
    );

    let (_, log) = call(
        &sim,
        "GET",
        &format!("/guilds/{guild}/audit-logs?action_type=25"),
        Value::Null,
    )
    .await;
    assert_eq!(log["audit_log_entries"].as_array().unwrap().len(), 1);
    let users: Vec<&Value> = log["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| &user["username"])
        .collect();
    assert_eq!(users, ["polycord", "ada"]);

    let request = http::Request::patch(format!("/api/v10{}", one(guild, ada)))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .header("x-audit-log-reason", "x".repeat(513));
    let response = sim.handle(request.body("{}".into()).unwrap()).await;
    assert_eq!(response.status(), 400);
    assert!(json_of(&response).to_string().contains("512"));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_ends_within_28_days_and_takes_the_voice_away() {
    let sim = start().await;
    let (guild, ada) = (sim.guild("polycord"), sim.user("ada"));
    let until = |text: &str| json!({ "communication_disabled_until": text });
    let (status, body) = call(
        &sim,
        "PATCH",
        &one(guild, ada),
        until("2999-01-01T00:00:00Z"),
    )
    .await;
    assert_eq!(status, 400);
    assert!(!error_at(&body, "/communication_disabled_until").is_empty());
    let (status, body) = call(&sim, "PATCH", &one(guild, ada), until("soon")).await;
    assert_eq!(
        (status, error_at(&body, "/communication_disabled_until")),
        (400, "DATE_TIME_TYPE_PARSE")
    );
    let (status, body) = call(
        &sim,
        "PATCH",
        &one(guild, sim.user("owner")),
        until("2021-01-01T00:00:00Z"),
    )
    .await;
    assert_eq!((status, &body["code"]), (403, &json!(50_013)));
    let (status, member) = call(
        &sim,
        "PATCH",
        &one(guild, ada),
        json!({ "communication_disabled_until": null }),
    )
    .await;
    assert_eq!(
        (status, &member["communication_disabled_until"]),
        (200, &Value::Null)
    );
}

#[tokio::test(start_paused = true)]
async fn who_is_in_voice_is_muted_moved_and_put_out() {
    let world = World::new().guild("house", |g| {
        g.voice_channel("hall")
            .voice_channel("kitchen")
            .member("ada")
    });
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let (mut client, _) = ready(&sim, ALL & !GUILDS).await;
    let (guild, ada) = (sim.guild("house"), sim.user("ada"));
    let (status, body) = call(&sim, "PATCH", &one(guild, ada), json!({ "mute": true })).await;
    assert_eq!((status, &body["code"]), (400, &json!(40_032)));
    sim.voice(guild, ada, Some(sim.channel("hall")));
    client.dispatch("VOICE_STATE_UPDATE").await;

    call(&sim, "PATCH", &one(guild, ada), json!({ "mute": true })).await;
    assert_eq!(
        client.dispatch("GUILD_MEMBER_UPDATE").await["d"]["mute"],
        true
    );
    assert_eq!(
        client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await["d"]["action_type"],
        24
    );
    assert_eq!(
        client.dispatch("VOICE_STATE_UPDATE").await["d"]["mute"],
        true
    );

    let kitchen = sim.channel("kitchen").get().to_string();
    call(
        &sim,
        "PATCH",
        &one(guild, ada),
        json!({ "channel_id": kitchen }),
    )
    .await;
    assert_eq!(
        client.dispatch("VOICE_STATE_UPDATE").await["d"]["channel_id"],
        kitchen
    );
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        entry["d"]["options"],
        json!({ "channel_id": kitchen, "count": "1" })
    );
    let theirs = format!("/guilds/{guild}/voice-states/{ada}");
    assert_eq!(
        call(&sim, "GET", &theirs, Value::Null).await.1["channel_id"],
        kitchen
    );

    call(
        &sim,
        "PATCH",
        &one(guild, ada),
        json!({ "channel_id": null }),
    )
    .await;
    assert_eq!(
        client.dispatch("VOICE_STATE_UPDATE").await["d"]["channel_id"],
        Value::Null
    );
    assert_eq!(
        client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await["d"]["action_type"],
        27
    );
    assert_eq!(
        call(&sim, "GET", &theirs, Value::Null).await.1["code"],
        10_065
    );
}

#[tokio::test(start_paused = true)]
async fn a_kick_leaves_voice_and_the_guild_and_spares_who_stands_higher() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL & !GUILDS).await;
    let (guild, ada) = (sim.guild("polycord"), sim.user("ada"));
    sim.voice(guild, ada, Some(sim.channel("lounge")));
    client.dispatch("VOICE_STATE_UPDATE").await;
    assert_eq!(
        call(&sim, "DELETE", &one(guild, ada), Value::Null).await.0,
        204
    );
    assert_eq!(
        client.dispatch("VOICE_STATE_UPDATE").await["d"]["channel_id"],
        Value::Null
    );
    let gone = client.dispatch("GUILD_MEMBER_REMOVE").await;
    assert_eq!(gone["d"]["user"]["username"], "ada");
    assert_eq!(
        client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await["d"]["action_type"],
        20
    );
    assert_eq!(
        call(&sim, "DELETE", &one(guild, ada), Value::Null).await.1["code"],
        10_007
    );
    for user in [sim.user("owner"), sim.world().bot] {
        let (status, body) = call(&sim, "DELETE", &one(guild, user), Value::Null).await;
        assert_eq!((status, &body["code"]), (403, &json!(50_013)));
    }
}

#[tokio::test(start_paused = true)]
async fn each_field_of_a_member_takes_its_own_permission() {
    // MANAGE_NICKNAMES, and nothing else.
    let world = World::new().guild("house", |g| {
        g.bot_permissions(may(1 << 27))
            .channel("general")
            .role("cook")
            .member("ada")
    });
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let (guild, ada) = (sim.guild("house"), sim.user("ada"));
    assert_eq!(
        call(&sim, "PATCH", &one(guild, ada), json!({ "nick": "a" }))
            .await
            .0,
        200
    );
    for body in [
        json!({ "roles": [] }),
        json!({ "mute": true }),
        json!({ "deaf": true }),
        json!({ "channel_id": null }),
        json!({ "communication_disabled_until": null }),
        json!({ "flags": 4 }),
    ] {
        let (status, told) = call(&sim, "PATCH", &one(guild, ada), body.clone()).await;
        assert_eq!((status, &told["code"]), (403, &json!(50_013)), "{body}");
    }
    // The own name takes CHANGE_NICKNAME, which everybody has here.
    let (status, own) = call(
        &sim,
        "PATCH",
        &format!("/guilds/{guild}/members/@me"),
        json!({ "nick": "" }),
    )
    .await;
    assert_eq!((status, &own["nick"]), (200, &Value::Null));
    // Nobody has authorised the bot to add them.
    let body = json!({ "access_token": "abc" });
    let (status, told) = call(
        &sim,
        "PUT",
        &format!("/guilds/{guild}/members/1"),
        body.clone(),
    )
    .await;
    assert_eq!((status, &told["code"]), (404, &json!(10_013)));
    assert_eq!(call(&sim, "PUT", &one(guild, ada), body).await.0, 204);
}
