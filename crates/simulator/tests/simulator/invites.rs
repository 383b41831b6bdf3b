//! Invites: by their codes, whom they are for, and what they give.

use bytes::Bytes;
use http::{Request, Response};
use polycord_simulator::{Simulator, VoiceFlag, World};
use serde_json::{Value, json};

use crate::bot::known;
use crate::call::{AGENT, ask, may};
use crate::client::{ALL, ready};
use crate::messages::{ok, refused, start, told, until};

async fn made(sim: &Simulator, channel: &str, body: Value) -> Value {
    let path = format!("/channels/{}/invites", sim.channel(channel));
    ok(sim, "POST", &path, body).await
}

fn path_of(invite: &Value) -> String {
    format!("/invites/{}", invite["code"].as_str().unwrap())
}

/// A request with a list of users as its file, and `payload_json`.
async fn with_list(
    sim: &Simulator,
    method: &str,
    path: &str,
    list: &str,
    payload: Value,
) -> Response<Bytes> {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"target_users_file\"; filename=\"users.csv\"\r\nContent-Type: text/csv\r\n\r\n{list}\r\n--edge\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--edge--\r\n"
    );
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v10{path}"))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Bytes::from(body))
        .unwrap();
    sim.handle(request).await
}

#[tokio::test(start_paused = true)]
async fn an_invite_is_seen_by_everybody_and_counted_when_asked() {
    let sim = start().await;
    let invite = made(&sim, "general", json!({ "max_uses": 5 })).await;
    let path = path_of(&invite);
    let response = ask(&sim, "GET", &path, "", Value::Null).await;
    let seen = told(&response);
    assert_eq!(seen["code"], invite["code"]);
    for field in ["uses", "max_uses", "approximate_member_count"] {
        assert!(seen.get(field).is_none(), "{field} in {seen}");
    }
    let counted = ok(
        &sim,
        "GET",
        &format!("{path}?with_counts=true"),
        Value::Null,
    )
    .await;
    let members = sim.world().guild("polycord").unwrap().members.len();
    assert_eq!(counted["approximate_member_count"], members);
    assert_eq!(
        refused(&sim, "GET", "/invites/nothing", Value::Null).await,
        (404, 10_006)
    );
}

#[tokio::test(start_paused = true)]
async fn an_invite_ends_with_its_time_and_with_its_channel() {
    let sim = start().await;
    let short = made(&sim, "general", json!({ "max_age": 60 })).await;
    let lasting = made(&sim, "general", json!({ "max_age": 0 })).await;
    assert_eq!(lasting["expires_at"], Value::Null);
    tokio::time::advance(std::time::Duration::from_secs(61)).await;
    assert_eq!(
        refused(&sim, "GET", &path_of(&short), Value::Null).await,
        (404, 10_006)
    );
    let all = format!("/guilds/{}/invites", sim.guild("polycord"));
    let listed = ok(&sim, "GET", &all, Value::Null).await;
    assert_eq!(
        (listed.as_array().unwrap().len(), &listed[0]["uses"]),
        (1, &json!(0))
    );
    ok(
        &sim,
        "DELETE",
        &format!("/channels/{}", sim.channel("general")),
        Value::Null,
    )
    .await;
    assert_eq!(
        refused(&sim, "GET", &path_of(&lasting), Value::Null).await,
        (404, 10_006)
    );
}

#[tokio::test(start_paused = true)]
async fn an_invite_is_taken_away_by_those_who_manage_the_channel_and_told_to_them() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let invite = made(&sim, "general", json!({})).await;
    until(&mut client, "INVITE_CREATE").await;
    let gone = ok(&sim, "DELETE", &path_of(&invite), Value::Null).await;
    assert_eq!(gone["code"], invite["code"]);
    let event = until(&mut client, "INVITE_DELETE").await;
    let expected = json!({
        "channel_id": invite["channel"]["id"], "guild_id": invite["guild_id"], "code": invite["code"],
    });
    assert_eq!(event, expected);
    assert_eq!(
        refused(&sim, "DELETE", &path_of(&invite), Value::Null).await,
        (404, 10_006)
    );

    let plain = 1 | 1 << 10 | 1 << 11;
    let world = World::new().guild("tea house", |guild| {
        guild.bot_permissions(may(plain)).channel("general")
    });
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let invite = made(&sim, "general", json!({})).await;
    assert_eq!(
        refused(&sim, "DELETE", &path_of(&invite), Value::Null).await,
        (403, 50_013)
    );
    let lists = [
        format!("/channels/{}/invites", sim.channel("general")),
        format!("/guilds/{}/invites", sim.guild("tea house")),
    ];
    for list in lists {
        assert_eq!(
            refused(&sim, "GET", &list, Value::Null).await,
            (403, 50_013)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_invite_to_a_stream_needs_the_stream() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (guild, ada, lounge) = (
        sim.guild("polycord"),
        sim.user("ada"),
        sim.channel("lounge"),
    );
    let path = format!("/channels/{lounge}/invites");
    let body = json!({ "target_type": 1, "target_user_id": ada.to_string() });
    for wrong in [
        body.clone(),
        json!({ "target_type": 1 }),
        json!({ "target_type": 3 }),
    ] {
        assert_eq!(refused(&sim, "POST", &path, wrong).await, (400, 50_035));
    }
    sim.voice(guild, ada, Some(lounge));
    sim.set_voice_flag(guild, ada, VoiceFlag::Stream, true);
    let invite = ok(&sim, "POST", &path, body.clone()).await;
    assert_eq!(
        (&invite["target_type"], &invite["target_user"]["username"]),
        (&json!(1), &json!("ada"))
    );
    let event = until(&mut client, "INVITE_CREATE").await;
    assert_eq!(event["target_user"]["id"], ada.to_string());
    let general = format!("/channels/{}/invites", sim.channel("general"));
    assert_eq!(refused(&sim, "POST", &general, body).await, (400, 50_035));
    let activity = json!({ "target_type": 2, "target_application_id": "1" });
    assert_eq!(refused(&sim, "POST", &path, activity).await, (400, 50_035));
}

#[tokio::test(start_paused = true)]
async fn an_invite_gives_roles_that_its_maker_could_give() {
    let world = World::new().guild("tea house", |guild| {
        guild
            .channel("general")
            .role("guest")
            .role_with("host", |role| role.permissions(may(8)))
    });
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let guest = sim
        .world()
        .guild("tea house")
        .unwrap()
        .role("guest")
        .unwrap();
    let invite = made(&sim, "general", json!({ "role_ids": [guest.to_string()] })).await;
    assert_eq!(invite["roles"][0]["name"], "guest");
    loop {
        let frame = client.next().await.unwrap();
        if frame["t"] == "INVITE_CREATE" {
            assert_eq!(known(&frame)["role_ids"], json!([guest.to_string()]));
            break;
        }
    }
    let path = format!("/channels/{}/invites", sim.channel("general"));
    let everyone = json!({ "role_ids": [sim.guild("tea house").to_string()] });
    assert_eq!(refused(&sim, "POST", &path, everyone).await, (400, 50_028));
    let unknown = json!({ "role_ids": ["4194304"] });
    assert_eq!(refused(&sim, "POST", &path, unknown).await, (404, 10_011));
}

#[tokio::test(start_paused = true)]
async fn an_invite_for_some_has_a_list_that_is_read_in_the_background() {
    let sim = start().await;
    let (ada, owner) = (sim.user("ada"), sim.user("owner"));
    let plain = path_of(&made(&sim, "general", json!({})).await);
    let (users, job) = (
        format!("{plain}/target-users"),
        format!("{plain}/target-users/job-status"),
    );
    assert_eq!(
        refused(&sim, "GET", &users, Value::Null).await,
        (404, 10_129)
    );
    assert_eq!(refused(&sim, "GET", &job, Value::Null).await, (404, 10_124));
    assert_eq!(refused(&sim, "PUT", &users, json!({})).await, (400, 50_035));

    let list = format!("Users\n{ada}\n12\n{ada}\nbob\n");
    let response = with_list(&sim, "PUT", &users, &list, json!({})).await;
    assert_eq!(response.status(), 400);
    let expected = json!({ "target_users_file": [
        "Line 3: invalid user ID - must be a valid Discord snowflake",
        "Line 5: invalid user ID format",
    ]});
    assert_eq!(told(&response), expected);

    let create = format!("/channels/{}/invites", sim.channel("general"));
    let payload = json!({ "max_age": 60 });
    let response = with_list(&sim, "POST", &create, &ada.to_string(), payload).await;
    let invite = told(&response);
    assert_eq!(
        (response.status().as_u16(), &invite["max_age"]),
        (200, &json!(60))
    );
    let root = path_of(&invite);
    let (users, job) = (
        format!("{root}/target-users"),
        format!("{root}/target-users/job-status"),
    );
    let status = ok(&sim, "GET", &job, Value::Null).await;
    assert_eq!(
        (&status["status"], &status["completed_at"]),
        (&json!(1), &Value::Null)
    );
    tokio::time::advance(std::time::Duration::from_secs(1)).await;
    let status = ok(&sim, "GET", &job, Value::Null).await;
    assert_eq!(
        (&status["status"], &status["processed_users"]),
        (&json!(2), &json!(1))
    );

    let list = format!("Users\n{owner}\n{ada}\n{ada}\n");
    let response = with_list(&sim, "PUT", &users, &list, json!({})).await;
    assert_eq!(response.status(), 204);
    let authorization = format!("Bot {}", sim.token());
    for (waits, expected) in [(0, 1), (1, 2)] {
        tokio::time::advance(std::time::Duration::from_secs(waits)).await;
        let response = ask(&sim, "GET", &users, &authorization, Value::Null).await;
        assert_eq!(response.headers()["content-type"], "text/csv");
        let text = String::from_utf8_lossy(response.body()).into_owned();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("Users"));
        assert_eq!(lines.count(), expected);
    }
}
