//! The application, users as they see themselves, and what people bought.

use polycord_simulator::{Simulator, SkuKind};
use serde_json::{Value, json};

use crate::call::{ask, call, error_at, json_of, start};
use crate::client::{ALL, GUILDS, ready};

/// The flag of applications with global commands.
const BADGE: u64 = 1 << 23;

fn application(sim: &Simulator) -> String {
    format!("/applications/{}", sim.world().application)
}

/// A request of a user with an access token.
async fn as_user(sim: &Simulator, scope: &str, path: &str) -> (u16, Value) {
    let token = sim.authorize(sim.user("ada"), None, &[scope]);
    let response = ask(sim, "GET", path, &format!("Bearer {token}"), Value::Null).await;
    (response.status().as_u16(), json_of(&response))
}

#[tokio::test(start_paused = true)]
async fn settings_of_the_application_are_checked_and_kept() {
    let sim = start().await;
    let body = json!({ "description": "tea", "tags": ["a", "b"], "integration_types_config": { "0": {}, "1": {} } });
    assert_eq!(call(&sim, "PATCH", "/applications/@me", body).await.0, 200);
    let (_, kept) = call(&sim, "GET", "/applications/@me", Value::Null).await;
    assert_eq!(
        (&kept["description"], &kept["tags"][1]),
        (&json!("tea"), &json!("b"))
    );
    let wrong = json!({ "tags": ["1", "2", "3", "4", "5", "6"] });
    let (_, body) = call(&sim, "PATCH", "/applications/@me", wrong).await;
    assert_eq!(error_at(&body, "/tags"), "BASE_TYPE_MAX_LENGTH");
    let wrong = json!({ "event_webhooks_types": ["MESSAGE_CREATE"] });
    let (_, body) = call(&sim, "PATCH", "/applications/@me", wrong).await;
    assert_eq!(
        error_at(&body, "/event_webhooks_types/0"),
        "BASE_TYPE_CHOICES"
    );
    // What users may install now, commands may be for.
    let commands = format!("{}/commands", application(&sim));
    let command = json!({ "name": "a", "description": "b", "integration_types": [0, 1] });
    assert_eq!(call(&sim, "POST", &commands, command).await.0, 201);
    let (_, kept) = call(&sim, "GET", "/applications/@me", Value::Null).await;
    assert_eq!(kept["flags"].as_u64().unwrap() & BADGE, BADGE);
    assert_eq!(kept["flags_new"], kept["flags"].to_string());
}

#[tokio::test(start_paused = true)]
async fn how_the_application_is_installed_is_checked() {
    let sim = start().await;
    let patch = |body: Value| {
        let sim = &sim;
        async move { call(sim, "PATCH", "/applications/@me", body).await }
    };
    let params = json!({ "scopes": ["bot"], "permissions": "2048" });
    let body = json!({
        "install_params": params,
        "integration_types_config": { "0": { "oauth2_install_params": params }, "1": null },
    });
    let (status, kept) = patch(body).await;
    assert_eq!((status, &kept["install_params"]), (200, &params));
    assert_eq!(kept["flags"].as_u64().unwrap() & BADGE, 0);
    let wrong = json!({ "install_params": { "scopes": ["bot"] } });
    let (_, refused) = patch(wrong).await;
    let at = "/install_params/permissions";
    assert_eq!(error_at(&refused, at), "BASE_TYPE_REQUIRED");
    let bad = json!({ "permissions": "8" });
    let wrong = json!({ "integration_types_config": { "1": { "oauth2_install_params": bad } } });
    let (_, refused) = patch(wrong).await;
    let at = "/integration_types_config/1/oauth2_install_params/scopes";
    assert_eq!(error_at(&refused, at), "BASE_TYPE_REQUIRED");
}

#[tokio::test(start_paused = true)]
async fn emojis_belong_to_the_application() {
    let sim = start().await;
    let emojis = format!("{}/emojis", application(&sim));
    let image = "data:image/png;base64,iVBORw0KGgo=";
    let (status, made) = call(
        &sim,
        "POST",
        &emojis,
        json!({ "name": "tea", "image": image }),
    )
    .await;
    assert_eq!((status, &made["animated"]), (201, &json!(false)));
    let one = format!("{emojis}/{}", made["id"].as_str().unwrap());
    let (_, renamed) = call(&sim, "PATCH", &one, json!({ "name": "cup" })).await;
    assert_eq!(renamed["name"], "cup");
    let (_, list) = call(&sim, "GET", &emojis, Value::Null).await;
    assert_eq!(list["items"], json!([renamed]));
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_014);
    let (_, body) = call(
        &sim,
        "POST",
        &emojis,
        json!({ "name": "te a", "image": image }),
    )
    .await;
    assert_eq!(error_at(&body, "/name"), "STRING_TYPE_REGEX");
}

#[tokio::test(start_paused = true)]
async fn role_connections_are_of_keys_the_application_named() {
    let sim = start().await;
    let metadata = format!("{}/role-connections/metadata", application(&sim));
    let record =
        |key: &str| json!([{ "type": 2, "key": key, "name": "Cups", "description": "drunk" }]);
    let (_, body) = call(&sim, "PUT", &metadata, record("Cups")).await;
    assert_eq!(error_at(&body, "/0/key"), "STRING_TYPE_REGEX");
    assert_eq!(call(&sim, "PUT", &metadata, record("cups")).await.0, 200);
    let path = format!("/users/@me{}/role-connection", application(&sim));
    let (status, body) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!((status, &body["code"]), (403, &json!(20_001)));
    let token = sim.authorize(sim.user("ada"), None, &["role_connections.write"]);
    let bearer = format!("Bearer {token}");
    let wrong = json!({ "metadata": { "plates": "1" } });
    let response = ask(&sim, "PUT", &path, &bearer, wrong).await;
    assert_eq!(
        error_at(&json_of(&response), "/metadata/plates"),
        "BASE_TYPE_CHOICES"
    );
    let fine = json!({ "platform_name": "tea", "metadata": { "cups": "3" } });
    assert_eq!(ask(&sim, "PUT", &path, &bearer, fine).await.status(), 200);
    let (_, kept) = as_user(&sim, "role_connections.write", &path).await;
    assert_eq!(kept["metadata"]["cups"], "3");
}

#[tokio::test(start_paused = true)]
async fn the_bot_changes_its_name_and_is_told() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, 0).await;
    let (status, changed) =
        call(&sim, "PATCH", "/users/@me", json!({ "username": "kettle" })).await;
    assert_eq!((status, &changed["username"]), (200, &json!("kettle")));
    let event = client.dispatch("USER_UPDATE").await;
    assert_eq!(event["d"], changed);
    let (_, body) = call(
        &sim,
        "PATCH",
        "/users/@me",
        json!({ "username": "Everyone" }),
    )
    .await;
    assert_eq!(error_at(&body, "/username"), "USERNAME_INVALID_CONTAINS");
}

#[tokio::test(start_paused = true)]
async fn guilds_are_listed_by_the_page_and_can_be_left() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    let (_, first) = call(
        &sim,
        "GET",
        "/users/@me/guilds?limit=1&with_counts=true",
        Value::Null,
    )
    .await;
    assert_eq!(first.as_array().unwrap().len(), 1);
    assert_eq!(first[0]["approximate_member_count"], 5);
    let after = first[0]["id"].as_str().unwrap();
    let path = format!("/users/@me/guilds?after={after}");
    let (_, second) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!(second[0]["name"], "rustaceans");
    let leave = format!("/users/@me/guilds/{after}");
    assert_eq!(call(&sim, "DELETE", &leave, Value::Null).await.0, 204);
    let event = client.dispatch("GUILD_DELETE").await;
    assert_eq!(event["d"], json!({ "id": after }));
    assert_eq!(
        call(&sim, "DELETE", &leave, Value::Null).await.1["code"],
        10_004
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_opens_what_its_scopes_say() {
    let sim = start().await;
    let ada = sim.user("ada").to_string();
    assert_eq!(as_user(&sim, "identify", "/users/@me").await.1["id"], ada);
    assert_eq!(as_user(&sim, "email", "/users/@me").await.1["code"], 50_025);
    let (_, guilds) = as_user(&sim, "guilds", "/users/@me/guilds").await;
    assert_eq!(guilds.as_array().unwrap().len(), 2);
    let path = format!("/users/@me/guilds/{}/member", sim.guild("polycord"));
    let (_, member) = as_user(&sim, "guilds.members.read", &path).await;
    assert_eq!(member["user"]["id"], ada);
    assert_eq!(
        as_user(&sim, "connections", "/users/@me/connections")
            .await
            .1,
        json!([])
    );
    let (_, authorization) = as_user(&sim, "identify", "/oauth2/@me").await;
    assert_eq!(authorization["user"]["id"], ada);
    assert_eq!(authorization["scopes"], json!(["identify"]));
    // A user is no bot.
    assert_eq!(as_user(&sim, "identify", "/gateway/bot").await.0, 401);
}

#[tokio::test(start_paused = true)]
async fn entitlements_are_listed_tested_consumed_and_taken_away() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let sku = sim.add_sku("tea", SkuKind::Consumable);
    let ada = sim.user("ada");
    let bought = sim.buy(ada, sku, None);
    client.dispatch("ENTITLEMENT_CREATE").await;
    let all = format!("{}/entitlements", application(&sim));
    let test = json!({ "sku_id": sku.to_string(), "owner_id": sim.user("grace").to_string(), "owner_type": 2 });
    let (status, made) = call(&sim, "POST", &all, test).await;
    assert_eq!(status, 200, "{made}");
    assert!(made.get("starts_at").is_none());
    client.dispatch("ENTITLEMENT_CREATE").await;
    let (_, list) = call(
        &sim,
        "GET",
        &format!("{all}?user_id={ada}&sku_ids={sku}"),
        Value::Null,
    )
    .await;
    assert_eq!(
        (list.as_array().unwrap().len(), &list[0]["id"]),
        (1, &json!(bought.to_string()))
    );

    let consume = format!("{all}/{bought}/consume");
    assert_eq!(call(&sim, "POST", &consume, Value::Null).await.0, 204);
    assert_eq!(
        client.dispatch("ENTITLEMENT_UPDATE").await["d"]["consumed"],
        true
    );
    // What was bought is not the application's to take.
    let (_, body) = call(&sim, "DELETE", &format!("{all}/{bought}"), Value::Null).await;
    assert_eq!(body["code"], 10_029);
    let one = format!("{all}/{}", made["id"].as_str().unwrap());
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    client.dispatch("ENTITLEMENT_DELETE").await;
    let (_, list) = call(&sim, "GET", &all, Value::Null).await;
    assert_eq!(list.as_array().unwrap().len(), 1);
    let (_, list) = call(
        &sim,
        "GET",
        &format!("{all}?exclude_deleted=false"),
        Value::Null,
    )
    .await;
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn subscriptions_are_those_of_a_user_to_a_sku() {
    let sim = start().await;
    let sku = sim.add_sku("tea club", SkuKind::Subscription);
    let ada = sim.user("ada");
    let subscription = sim.subscribe(ada, sku);
    let all = format!("/skus/{sku}/subscriptions");
    let (_, body) = call(&sim, "GET", &all, Value::Null).await;
    assert_eq!(error_at(&body, "/user_id"), "BASE_TYPE_REQUIRED");
    let (_, list) = call(&sim, "GET", &format!("{all}?user_id={ada}"), Value::Null).await;
    assert_eq!(list[0]["id"], subscription.to_string());
    let (status, one) = call(&sim, "GET", &format!("{all}/{subscription}"), Value::Null).await;
    assert_eq!((status, &one["sku_ids"][0]), (200, &json!(sku.to_string())));
    let (_, body) = call(&sim, "GET", &format!("{all}/1"), Value::Null).await;
    assert_eq!(body["code"], 10_100);
}

#[tokio::test(start_paused = true)]
async fn what_is_sold_is_listed_and_a_subscription_has_a_group_beside_it() {
    let sim = start().await;
    let tea = sim.add_sku("Tea", SkuKind::Consumable);
    let monthly = sim.add_sku("Tea by the month", SkuKind::Subscription);
    let path = format!("{}/skus", application(&sim));
    let (status, list) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!(status, 200);
    let kinds: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|sku| &sku["type"])
        .collect();
    assert_eq!(kinds, [3, 6, 5]);
    assert_eq!(list[0]["id"], tea.to_string());
    assert_eq!(list[2]["id"], monthly.to_string());
    assert_eq!(list[2]["slug"], "tea-by-the-month");
    let (status, _) = call(&sim, "GET", "/applications/1/skus", Value::Null).await;
    assert_eq!(status, 403);
}
