//! Stickers and templates by REST.

use http::Request;
use polycord_simulator::Simulator;
use serde_json::{Value, json};

use crate::call::{AGENT, call, error_at, json_of, start};
use crate::client::{ALL, ready};

/// A form with these fields, and a file.
async fn upload(sim: &Simulator, path: &str, fields: &[(&str, &str)], file: &[u8]) -> (u16, Value) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    body.extend(
        b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n",
    );
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let request = Request::post(format!("/api/v10{path}"))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "multipart/form-data; boundary=x");
    let response = sim.handle(request.body(body.into()).unwrap()).await;
    (response.status().as_u16(), json_of(&response))
}

#[tokio::test(start_paused = true)]
async fn a_sticker_is_uploaded_renamed_and_deleted() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let path = format!("/guilds/{}/stickers", sim.guild("polycord"));
    let fields = [("name", "tea"), ("description", "a cup"), ("tags", "☕")];
    let png = b"\x89PNG\r\n\x1a\n";
    let (status, made) = upload(&sim, &path, &fields, png).await;
    assert_eq!((status, &made["format_type"]), (201, &json!(1)), "{made}");
    assert_eq!(
        client.dispatch("GUILD_STICKERS_UPDATE").await["d"]["stickers"][0],
        made
    );
    assert_eq!(
        client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await["d"]["action_type"],
        90
    );
    let (status, told) = upload(&sim, &path, &fields, b"not a picture").await;
    assert_eq!((status, &told["code"]), (400, &json!(50_046)));
    let (status, told) = upload(&sim, &path, &fields[..2], png).await;
    assert_eq!(
        (status, error_at(&told, "/tags")),
        (400, "BASE_TYPE_REQUIRED")
    );

    let id = made["id"].as_str().unwrap();
    let one = format!("{path}/{id}");
    assert_eq!(
        call(&sim, "PATCH", &one, json!({ "name": "cup" })).await.1["name"],
        "cup"
    );
    client.dispatch("GUILD_STICKERS_UPDATE").await;
    client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        call(&sim, "GET", &format!("/stickers/{id}"), Value::Null)
            .await
            .1["name"],
        "cup"
    );
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(
        client.dispatch("GUILD_STICKERS_UPDATE").await["d"]["stickers"],
        json!([])
    );
    client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(call(&sim, "GET", &one, Value::Null).await.1["code"], 10_060);
}

#[tokio::test(start_paused = true)]
async fn a_template_keeps_the_guild_as_it_was_until_it_is_synced() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let path = format!("/guilds/{guild}/templates");
    let (status, made) = call(&sim, "POST", &path, json!({ "name": "house" })).await;
    assert_eq!((status, &made["is_dirty"]), (200, &Value::Null));
    let kept = &made["serialized_source_guild"];
    assert_eq!(
        kept["roles"][0],
        json!({
            "id": 0, "name": "@everyone", "permissions": kept["roles"][0]["permissions"],
            "color": 0, "hoist": false, "mentionable": false,
        })
    );
    assert_eq!(kept["channels"].as_array().unwrap().len(), 3);
    let (status, told) = call(&sim, "POST", &path, json!({ "name": "another" })).await;
    assert_eq!((status, &told["code"]), (400, &json!(30_031)));

    call(
        &sim,
        "POST",
        &format!("/guilds/{guild}/roles"),
        json!({ "name": "cook" }),
    )
    .await;
    let code = made["code"].as_str().unwrap();
    let found = format!("/guilds/templates/{code}");
    assert_eq!(
        call(&sim, "GET", &found, Value::Null).await.1["is_dirty"],
        true
    );
    let one = format!("{path}/{code}");
    let (_, synced) = call(&sim, "PUT", &one, Value::Null).await;
    assert_eq!(synced["is_dirty"], Value::Null);
    assert_eq!(
        synced["serialized_source_guild"]["roles"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(
        call(&sim, "PATCH", &one, json!({ "name": "home" })).await.1["name"],
        "home"
    );
    assert_eq!(
        call(&sim, "DELETE", &one, Value::Null).await.1["name"],
        "home"
    );
    assert_eq!(
        call(&sim, "GET", &found, Value::Null).await.1["code"],
        10_057
    );
}
