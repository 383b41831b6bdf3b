//! What is connected to a guild, and taken away by REST.

use serde_json::{Value, json};

use crate::call::{call, start};
use crate::client::{ALL, ready};

#[tokio::test(start_paused = true)]
async fn an_integration_is_taken_away_once_told_and_logged() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("polycord");
    let channel = sim.connect_integration(guild, "twitch", "tea live");
    for told in ["INTEGRATION_CREATE", "GUILD_INTEGRATIONS_UPDATE"] {
        client.dispatch(told).await;
    }
    let list = format!("/guilds/{guild}/integrations");
    let (_, shown) = call(&sim, "GET", &list, Value::Null).await;
    assert_eq!(shown[0]["name"], "tea live");
    let log = format!("/guilds/{guild}/audit-logs");

    let one = format!("{list}/{channel}");
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    let gone = client.dispatch("INTEGRATION_DELETE").await;
    assert_eq!(gone["d"]["id"], channel.to_string());
    client.dispatch("GUILD_INTEGRATIONS_UPDATE").await;
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["d"]["action_type"], 82);
    assert_eq!(entry["d"]["target_id"], channel.to_string());
    assert_eq!(call(&sim, "GET", &list, Value::Null).await.1, json!([]));
    let (status, told) = call(&sim, "DELETE", &one, Value::Null).await;
    assert_eq!((status, &told["code"]), (404, &json!(10_005)));
    let (_, log) = call(&sim, "GET", &log, Value::Null).await;
    assert_eq!(log["audit_log_entries"].as_array().unwrap().len(), 1);
}
