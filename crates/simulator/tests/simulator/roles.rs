//! Roles by REST: what is made of them, who may, and what is told.

use polycord_simulator::{Simulator, World};
use polycord_types::id::RoleId;
use serde_json::{Value, json};

use crate::call::{call, error_at, may, start};
use crate::client::{ALL, GUILDS, ready};

const MANAGE_ROLES: u64 = 1 << 28;
const KICK_MEMBERS: u64 = 1 << 1;

fn role(sim: &Simulator, name: &str) -> RoleId {
    sim.world().guilds[0].role(name).unwrap()
}

/// A guild in which the bot may do only this.
async fn limited(permissions: u64) -> Simulator {
    let world = World::new().guild("house", |g| {
        g.bot_permissions(may(permissions))
            .channel("general")
            .role("cook")
            .member_with_roles("ada", &["cook"])
    });
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_role_is_made_changed_moved_and_deleted_and_each_is_told() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/roles", sim.guild("polycord"));
    let body = json!({ "name": "tea", "permissions": "1024", "color": 255, "hoist": true });
    let (status, made) = call(&sim, "POST", &path, body).await;
    assert_eq!(status, 200);
    assert_eq!(made["colors"]["primary_color"], 255);
    assert_eq!(made["permissions"], "1024");
    let told = client.dispatch("GUILD_ROLE_CREATE").await;
    assert_eq!(told["d"]["role"], made);
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["d"]["action_type"], 30);
    assert_eq!(entry["d"]["target_id"], made["id"]);

    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let body = json!({ "colors": { "primary_color": 7 }, "mentionable": true, "name": null });
    let (_, changed) = call(&sim, "PATCH", &one, body).await;
    assert_eq!(
        (&changed["color"], &changed["name"]),
        (&json!(7), &json!("tea"))
    );
    let told = client.dispatch("GUILD_ROLE_UPDATE").await;
    assert_eq!(told["d"]["role"], changed);
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    let keys: Vec<&Value> = entry["d"]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["key"])
        .collect();
    assert_eq!(keys, ["color", "colors", "mentionable"]);
    // What changes nothing is told to nobody.
    call(&sim, "PATCH", &one, json!({ "mentionable": true })).await;

    let (status, roles) = call(
        &sim,
        "PATCH",
        &path,
        json!([{ "id": made["id"], "position": 2 }]),
    )
    .await;
    assert_eq!(status, 200);
    let moved = roles
        .as_array()
        .unwrap()
        .iter()
        .find(|role| role["id"] == made["id"]);
    assert_eq!(moved.unwrap()["position"], 2);
    let told = client.dispatch("GUILD_ROLE_UPDATE").await;
    assert_eq!(told["d"]["role"]["position"], 2);
    client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;

    let ada = sim.user("ada");
    let held = format!(
        "/guilds/{}/members/{ada}/roles/{}",
        sim.guild("polycord"),
        made["id"].as_str().unwrap()
    );
    assert_eq!(call(&sim, "PUT", &held, Value::Null).await.0, 204);
    client.dispatch("GUILD_MEMBER_UPDATE").await;
    client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    let (_, counts) = call(&sim, "GET", &format!("{path}/member-counts"), Value::Null).await;
    assert_eq!(counts[made["id"].as_str().unwrap()], 1);
    assert!(
        counts
            .get(sim.guild("polycord").get().to_string())
            .is_none()
    );

    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    let told = client.dispatch("GUILD_ROLE_DELETE").await;
    assert_eq!(told["d"]["role_id"], made["id"]);
    // Who had it has it no more.
    let told = client.dispatch("GUILD_MEMBER_UPDATE").await;
    assert_eq!(told["d"]["roles"], json!([]));
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["d"]["action_type"], 32);
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_011);
}

#[tokio::test(start_paused = true)]
async fn a_role_form_says_everything_that_is_wrong() {
    let sim = start().await;
    let path = format!("/guilds/{}/roles", sim.guild("polycord"));
    let body = json!({
        "name": "x".repeat(101), "permissions": "all", "color": 0x100_0000, "hoist": "yes",
        "colors": {},
    });
    let (status, body) = call(&sim, "POST", &path, body).await;
    assert_eq!((status, &body["code"]), (400, &json!(50_035)));
    assert_eq!(error_at(&body, "/name"), "BASE_TYPE_MAX_LENGTH");
    assert_eq!(error_at(&body, "/permissions"), "NUMBER_TYPE_COERCE");
    assert_eq!(error_at(&body, "/color"), "NUMBER_TYPE_MAX");
    assert_eq!(error_at(&body, "/hoist"), "BOOLEAN_TYPE_CONVERT");
    assert_eq!(
        error_at(&body, "/colors/primary_color"),
        "BASE_TYPE_REQUIRED"
    );
    // Icons are for guilds that have been boosted.
    let (status, body) = call(&sim, "POST", &path, json!({ "unicode_emoji": "🫖" })).await;
    assert_eq!((status, &body["code"]), (403, &json!(50_101)));
}

#[tokio::test(start_paused = true)]
async fn who_may_not_manage_roles_is_refused_with_50013() {
    let sim = limited(KICK_MEMBERS).await;
    let guild = sim.guild("house");
    let (cook, ada) = (role(&sim, "cook"), sim.user("ada"));
    for (method, path) in [
        ("POST", format!("/guilds/{guild}/roles")),
        ("PATCH", format!("/guilds/{guild}/roles/{cook}")),
        ("DELETE", format!("/guilds/{guild}/roles/{cook}")),
        ("PUT", format!("/guilds/{guild}/members/{ada}/roles/{cook}")),
        (
            "DELETE",
            format!("/guilds/{guild}/members/{ada}/roles/{cook}"),
        ),
    ] {
        let (status, body) = call(&sim, method, &path, json!({})).await;
        assert_eq!(
            (status, &body["code"]),
            (403, &json!(50_013)),
            "{method} {path}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_gives_permissions_they_do_not_have() {
    let sim = limited(MANAGE_ROLES | KICK_MEMBERS).await;
    let path = format!("/guilds/{}/roles", sim.guild("house"));
    let wanted = |bits: u64| json!({ "permissions": bits.to_string() });
    let (status, _) = call(&sim, "POST", &path, wanted(KICK_MEMBERS)).await;
    assert_eq!(status, 200);
    let (status, body) = call(&sim, "POST", &path, wanted(1 << 2)).await;
    assert_eq!((status, &body["code"]), (403, &json!(50_013)));
}

#[tokio::test(start_paused = true)]
async fn roles_from_the_own_highest_up_cannot_be_touched() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let own = format!("/guilds/{guild}/members/{}", sim.world().bot);
    let (_, own) = call(&sim, "GET", &own, Value::Null).await;
    let own = own["roles"][0].as_str().unwrap().to_owned();
    let ada = sim.user("ada");
    for (method, path, body) in [
        (
            "PATCH",
            format!("/guilds/{guild}/roles/{own}"),
            json!({ "name": "x" }),
        ),
        (
            "DELETE",
            format!("/guilds/{guild}/members/{ada}/roles/{own}"),
            Value::Null,
        ),
        (
            "PATCH",
            format!("/guilds/{guild}/roles"),
            json!([{ "id": own, "position": 1 }]),
        ),
        (
            "PATCH",
            format!("/guilds/{guild}/roles"),
            json!([{ "id": role(&sim, "moderators").get().to_string(), "position": 900 }]),
        ),
    ] {
        let (status, told) = call(&sim, method, &path, body).await;
        assert_eq!(
            (status, &told["code"]),
            (403, &json!(50_013)),
            "{method} {path}"
        );
    }
    // `@everyone` is no role to delete or to give.
    let (status, told) = call(
        &sim,
        "DELETE",
        &format!("/guilds/{guild}/roles/{guild}"),
        Value::Null,
    )
    .await;
    assert_eq!((status, &told["code"]), (400, &json!(50_028)));
    let everyone = format!("/guilds/{guild}/members/{ada}/roles/{guild}");
    assert_eq!(
        call(&sim, "PUT", &everyone, Value::Null).await.1["code"],
        10_011
    );
}

#[tokio::test(start_paused = true)]
async fn the_audit_log_is_told_only_to_those_who_may_read_it() {
    let sim = limited(MANAGE_ROLES).await;
    let (mut client, _) = ready(&sim, GUILDS | 1 << 2).await;
    let guild = sim.guild("house");
    let path = format!("/guilds/{guild}/roles");
    for _ in 0..2 {
        call(&sim, "POST", &path, json!({ "permissions": "0" })).await;
        client.dispatch("GUILD_ROLE_CREATE").await;
    }
    let (status, body) = call(
        &sim,
        "GET",
        &format!("/guilds/{guild}/audit-logs"),
        Value::Null,
    )
    .await;
    assert_eq!((status, &body["code"]), (403, &json!(50_013)));
}
