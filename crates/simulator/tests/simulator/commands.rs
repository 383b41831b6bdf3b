//! Registration of commands.

use std::time::Duration;

use polycord_simulator::Simulator;
use serde_json::{Value, json};

use crate::call::{ask, call, error_at, json_of, start};
use crate::client::{GUILDS, ready};

fn global(sim: &Simulator) -> String {
    format!("/applications/{}/commands", sim.world().application)
}

fn slash(name: &str) -> Value {
    json!({ "name": name, "description": "does something" })
}

/// A command with these options is refused with this code at this place.
async fn refused(sim: &Simulator, command: Value, path: &str, code: &str) {
    let (status, body) = call(sim, "POST", &global(sim), command.clone()).await;
    assert_eq!(status, 400, "{command}");
    assert_eq!(body["code"], 50_035);
    assert_eq!(error_at(&body, path), code, "{body}");
}

fn with_options(options: &Value) -> Value {
    json!({ "name": "c", "description": "d", "options": options })
}

#[tokio::test(start_paused = true)]
async fn a_command_is_made_changed_listed_and_deleted() {
    let sim = start().await;
    let commands = global(&sim);
    let asked = json!({
        "name": "größe",
        "name_localizations": { "en-GB": "size" },
        "description": "how big",
        "options": [
            { "type": 3, "name": "of", "description": "what", "required": true,
              "choices": [{ "name": "A Tree", "value": "tree" }] },
            { "type": 4, "name": "times", "description": "how often", "min_value": 1, "max_value": 9 },
        ],
        "default_member_permissions": "8",
        "contexts": [0, 1],
    });
    let (status, made) = call(&sim, "POST", &commands, asked.clone()).await;
    assert_eq!(status, 201);
    assert_eq!(made["options"], asked["options"]);
    assert_eq!(made["default_member_permissions"], "8");
    assert_eq!(made["dm_permission"], true);
    let (status, again) = call(&sim, "POST", &commands, asked).await;
    assert_eq!((status, &again["id"]), (200, &made["id"]));
    assert_ne!(again["version"], made["version"]);

    let one = format!("{commands}/{}", made["id"].as_str().unwrap());
    let (status, changed) = call(&sim, "PATCH", &one, json!({ "description": "how tall" })).await;
    assert_eq!((status, &changed["description"]), (200, &json!("how tall")));
    assert_eq!(changed["options"], made["options"]);

    let (_, list) = call(&sim, "GET", &commands, Value::Null).await;
    assert!(list[0].get("name_localizations").is_none());
    // To Americans British English is nearer than a German default.
    assert_eq!(list[0]["name_localized"], "size");
    assert!(list[0].get("description_localized").is_none());
    let path = format!("{commands}?with_localizations=true");
    let (_, list) = call(&sim, "GET", &path, Value::Null).await;
    assert_eq!(list[0]["name_localizations"]["en-GB"], "size");

    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_063);
}

#[tokio::test(start_paused = true)]
async fn names_and_descriptions_are_checked_by_type() {
    let sim = start().await;
    let long = "x".repeat(33);
    let name = "APPLICATION_COMMAND_INVALID_NAME";
    refused(&sim, slash("Ping"), "/name", name).await;
    refused(&sim, slash("a b"), "/name", name).await;
    refused(&sim, slash(&long), "/name", "BASE_TYPE_BAD_LENGTH").await;
    refused(
        &sim,
        json!({ "description": "x" }),
        "/name",
        "BASE_TYPE_REQUIRED",
    )
    .await;
    refused(
        &sim,
        json!({ "name": "x" }),
        "/description",
        "BASE_TYPE_REQUIRED",
    )
    .await;
    let menu = json!({ "name": "High Five", "type": 2, "description": "no" });
    let code = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID";
    refused(&sim, menu, "/description", code).await;
    let wrong = json!({ "name": "x", "description": "x", "name_localizations": { "xx": "y" } });
    refused(&sim, wrong, "/name_localizations/xx", "BASE_TYPE_CHOICES").await;
    let wrong = json!({ "name": "x", "description": "x", "name_localizations": { "de": "Y" } });
    refused(&sim, wrong, "/name_localizations/de", name).await;
    refused(
        &sim,
        json!({ "name": "x", "type": 9 }),
        "/type",
        "BASE_TYPE_CHOICES",
    )
    .await;
    // An entry point is for applications with an activity.
    refused(
        &sim,
        json!({ "name": "x", "type": 4 }),
        "/type",
        "BASE_TYPE_CHOICES",
    )
    .await;

    let menu = json!({ "name": "High Five", "type": 2 });
    assert_eq!(call(&sim, "POST", &global(&sim), menu).await.0, 201);
}

#[tokio::test(start_paused = true)]
#[expect(clippy::too_many_lines, reason = "a table of what is wrong")]
async fn options_are_checked_to_the_last_leaf() {
    let sim = start().await;
    let option = |more: Value| {
        let mut option = json!({ "type": 3, "name": "o", "description": "d" });
        for (field, value) in more.as_object().unwrap() {
            option[field] = value.clone();
        }
        option
    };
    let many: Vec<Value> = (0..26)
        .map(|n| option(json!({ "name": format!("o{n}") })))
        .collect();
    let choices: Vec<Value> = (0..26)
        .map(|n| json!({ "name": format!("{n}"), "value": "v" }))
        .collect();
    let kind = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID";
    for (options, path, code) in [
        (json!(many), "/options", "BASE_TYPE_MAX_LENGTH"),
        (
            json!([
                option(json!({})),
                option(json!({ "name": "p", "required": true }))
            ]),
            "/options/1",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            json!([option(json!({})), option(json!({}))]),
            "/options/1/name",
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            json!([option(json!({ "type": 12 }))]),
            "/options/0/type",
            "BASE_TYPE_CHOICES",
        ),
        (
            json!([option(json!({ "choices": choices }))]),
            "/options/0/choices",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([option(json!({ "choices": [{ "name": "n", "value": 1 }] }))]),
            "/options/0/choices/0/value",
            "STRING_TYPE_CONVERT",
        ),
        (
            json!([option(
                json!({ "type": 4, "choices": [{ "name": "n", "value": 1.5 }] })
            )]),
            "/options/0/choices/0/value",
            "NUMBER_TYPE_COERCE",
        ),
        (
            json!([option(
                json!({ "choices": [{ "name": "n", "value": "x".repeat(101) }] })
            )]),
            "/options/0/choices/0/value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([option(
                json!({ "choices": [{ "name": "n", "value": "v" }], "autocomplete": true })
            )]),
            "/options/0/autocomplete",
            kind,
        ),
        (
            json!([option(
                json!({ "type": 5, "choices": [{ "name": "n", "value": "v" }] })
            )]),
            "/options/0/choices",
            kind,
        ),
        (
            json!([option(json!({ "type": 7, "channel_types": [0, 99] }))]),
            "/options/0/channel_types/1",
            "BASE_TYPE_CHOICES",
        ),
        (
            json!([option(json!({ "type": 4, "min_value": 5, "max_value": 4 }))]),
            "/options/0/max_value",
            "NUMBER_TYPE_MIN",
        ),
        (
            json!([option(json!({ "type": 4, "min_value": 0.5 }))]),
            "/options/0/min_value",
            "NUMBER_TYPE_COERCE",
        ),
        (
            json!([option(json!({ "max_length": 6_001 }))]),
            "/options/0/max_length",
            "NUMBER_TYPE_MAX",
        ),
        (
            json!([option(json!({ "max_length": 0 }))]),
            "/options/0/max_length",
            "NUMBER_TYPE_MIN",
        ),
        (
            json!([option(json!({ "type": 1 })), option(json!({ "name": "p" }))]),
            "/options/0/type",
            kind,
        ),
        (
            json!([option(json!({ "type": 2, "options": [option(json!({}))] }))]),
            "/options/0/options/0/type",
            kind,
        ),
        (
            json!([option(
                json!({ "type": 1, "options": [option(json!({ "type": 1 }))] })
            )]),
            "/options/0/options/0/type",
            kind,
        ),
        (
            json!([option(
                json!({ "type": 2, "options": [option(json!({ "type": 1, "options": [option(json!({ "name": "X" }))] }))] })
            )]),
            "/options/0/options/0/options/0/name",
            "APPLICATION_COMMAND_INVALID_NAME",
        ),
        (json!([7]), "/options/0", "MODEL_TYPE_CONVERT"),
        (json!("x"), "/options", "LIST_TYPE_CONVERT"),
    ] {
        refused(&sim, with_options(&options), path, code).await;
    }
    let fine = json!([{ "type": 2, "name": "g", "description": "d", "options": [
        { "type": 1, "name": "s", "description": "d", "options": [option(json!({ "autocomplete": true }))] },
    ] }]);
    assert_eq!(
        call(&sim, "POST", &global(&sim), with_options(&fine))
            .await
            .0,
        201
    );
}

#[tokio::test(start_paused = true)]
async fn a_command_has_eight_thousand_characters_in_all() {
    let sim = start().await;
    let choice = |n: usize| json!({ "name": format!("{n:0>50}"), "value": "v".repeat(100) });
    let choices: Vec<Value> = (0..25).map(choice).collect();
    let option = |n: usize| json!({ "type": 3, "name": format!("o{n}"), "description": "d".repeat(100), "choices": choices });
    let two = with_options(&json!([option(0), option(1)]));
    assert_eq!(call(&sim, "POST", &global(&sim), two).await.0, 201);
    let three = with_options(&json!([option(0), option(1), option(2)]));
    let (status, body) = call(&sim, "POST", &global(&sim), three).await;
    assert_eq!(status, 400);
    assert_eq!(
        body["errors"]["_errors"][0]["code"],
        "APPLICATION_COMMAND_TOO_LARGE"
    );
}

#[tokio::test(start_paused = true)]
async fn a_bulk_update_keeps_ids_and_says_which_command_is_wrong() {
    let sim = start().await;
    let commands = global(&sim);
    let (_, first) = call(&sim, "PUT", &commands, json!([slash("a"), slash("b")])).await;
    let (_, second) = call(&sim, "PUT", &commands, json!([slash("b"), slash("c")])).await;
    assert_eq!(second[0]["id"], first[1]["id"]);
    let renamed = json!([{ "id": second[0]["id"], "name": "d", "description": "x" }]);
    let (_, third) = call(&sim, "PUT", &commands, renamed).await;
    assert_eq!(
        (&third[0]["id"], &third[0]["name"]),
        (&first[1]["id"], &json!("d"))
    );

    let (status, body) = call(&sim, "PUT", &commands, json!([slash("a"), slash("a")])).await;
    assert_eq!(status, 400);
    assert_eq!(error_at(&body, "/1"), "APPLICATION_COMMANDS_DUPLICATE_NAME");
    let (_, body) = call(&sim, "PUT", &commands, json!([slash("a"), slash("B")])).await;
    assert_eq!(
        error_at(&body, "/1/name"),
        "APPLICATION_COMMAND_INVALID_NAME"
    );
    // What was refused changed nothing.
    let (_, list) = call(&sim, "GET", &commands, Value::Null).await;
    assert_eq!(list.as_array().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_name_that_is_taken_cannot_be_taken_again() {
    let sim = start().await;
    let commands = global(&sim);
    let (_, made) = call(&sim, "PUT", &commands, json!([slash("a"), slash("b")])).await;
    let one = format!("{commands}/{}", made[0]["id"].as_str().unwrap());
    let (status, body) = call(&sim, "PATCH", &one, json!({ "name": "b" })).await;
    assert_eq!((status, &body["code"]), (400, &json!(40_041)));
}

#[tokio::test(start_paused = true)]
async fn a_scope_holds_so_many_commands_of_each_type() {
    let sim = start().await;
    let many: Vec<Value> = (0..101).map(|n| slash(&format!("c{n}"))).collect();
    let (status, body) = call(&sim, "PUT", &global(&sim), json!(many)).await;
    assert_eq!((status, &body["code"]), (400, &json!(30_032)));
    let menus: Vec<Value> = (0..16)
        .map(|n| json!({ "name": format!("c{n}"), "type": 3 }))
        .collect();
    let (_, body) = call(&sim, "PUT", &global(&sim), json!(menus)).await;
    assert_eq!(body["code"], 30_032);
}

#[tokio::test(start_paused = true)]
async fn two_hundred_commands_are_made_in_a_day() {
    let sim = start().await;
    let set = |from: usize| {
        json!(
            (from..from + 100)
                .map(|n| slash(&format!("c{n}")))
                .collect::<Vec<_>>()
        )
    };
    for from in [0, 100] {
        assert_eq!(call(&sim, "PUT", &global(&sim), set(from)).await.0, 200);
    }
    // What is known is not made again.
    assert_eq!(call(&sim, "PUT", &global(&sim), set(100)).await.0, 200);
    let (status, body) = call(&sim, "PUT", &global(&sim), set(101)).await;
    assert_eq!((status, &body["code"]), (400, &json!(30_034)));
    tokio::time::advance(Duration::from_secs(86_400)).await;
    assert_eq!(call(&sim, "PUT", &global(&sim), set(101)).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn another_application_is_none_of_ours() {
    let sim = start().await;
    let (status, body) = call(&sim, "GET", "/applications/1/commands", Value::Null).await;
    assert_eq!((status, &body["code"]), (403, &json!(20_012)));
    let elsewhere = format!(
        "/applications/{}/guilds/1/commands",
        sim.world().application
    );
    let (status, body) = call(&sim, "GET", &elsewhere, Value::Null).await;
    assert_eq!((status, &body["code"]), (403, &json!(50_001)));
}

#[tokio::test(start_paused = true)]
async fn only_users_change_what_a_command_is_allowed() {
    let sim = start().await;
    let (_, command) = call(&sim, "POST", &global(&sim), slash("ban")).await;
    let guild = sim.guild("polycord");
    let path = format!(
        "/applications/{}/guilds/{guild}/commands/{}/permissions",
        sim.world().application,
        command["id"].as_str().unwrap()
    );
    assert_eq!(
        call(&sim, "GET", &path, Value::Null).await.1["code"],
        10_066
    );
    let asked =
        json!({ "permissions": [{ "id": guild.to_string(), "type": 1, "permission": false }] });
    let (status, body) = call(&sim, "PUT", &path, asked.clone()).await;
    assert_eq!((status, &body["code"]), (403, &json!(20_001)));

    let (mut client, _) = ready(&sim, GUILDS).await;
    let owner = sim.user("owner");
    let scopes = ["applications.commands.permissions.update"];
    let bearer = format!("Bearer {}", sim.authorize(owner, Some(guild), &scopes));
    let response = ask(&sim, "PUT", &path, &bearer, asked.clone()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(json_of(&response)["permissions"], asked["permissions"]);
    let event = client
        .dispatch("APPLICATION_COMMAND_PERMISSIONS_UPDATE")
        .await;
    assert_eq!(event["d"]["permissions"], asked["permissions"]);
    assert_eq!(
        call(&sim, "GET", &path, Value::Null).await.1["guild_id"],
        guild.to_string()
    );
    let log = format!("/guilds/{guild}/audit-logs?action_type=121");
    let (_, log) = call(&sim, "GET", &log, Value::Null).await;
    let entry = &log["audit_log_entries"][0];
    assert_eq!(entry["user_id"], owner.to_string());
    assert_eq!(entry["target_id"], command["id"]);
    assert_eq!(entry["changes"][0]["key"], guild.to_string());
    assert_eq!(entry["changes"][0]["new_value"], asked["permissions"][0]);
    let application = sim.world().application.to_string();
    assert_eq!(entry["options"]["application_id"], application);
    assert_eq!(log["application_commands"][0]["name"], "ban");
}
