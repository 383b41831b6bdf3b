//! Bans and pruning by REST.

use std::time::Duration;

use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::{call, error_at, start};
use crate::client::{ALL, ready};

#[tokio::test(start_paused = true)]
async fn a_ban_takes_the_member_and_what_they_wrote_lately() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (guild, ada, general) = (
        sim.guild("polycord"),
        sim.user("ada"),
        sim.channel("general"),
    );
    sim.say(general, ada, "long ago");
    client.dispatch("MESSAGE_CREATE").await;
    tokio::time::advance(Duration::from_secs(20)).await;
    let (spam, grace) = (sim.say(general, ada, "spam"), sim.user("grace"));
    client.dispatch("MESSAGE_CREATE").await;
    sim.say(general, grace, "hello");
    client.dispatch("MESSAGE_CREATE").await;

    let one = format!("/guilds/{guild}/bans/{ada}");
    let body = json!({ "delete_message_seconds": 10 });
    assert_eq!(call(&sim, "PUT", &one, body.clone()).await.0, 204);
    let told = client.dispatch("GUILD_BAN_ADD").await;
    assert_eq!(told["d"]["user"]["username"], "ada");
    client.dispatch("GUILD_MEMBER_REMOVE").await;
    let told = client.dispatch("MESSAGE_DELETE_BULK").await;
    assert_eq!(told["d"]["ids"], json!([spam.get().to_string()]));
    assert_eq!(
        client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await["d"]["action_type"],
        22
    );
    // Twice is once.
    assert_eq!(call(&sim, "PUT", &one, body).await.0, 204);

    let (_, bans) = call(&sim, "GET", &format!("/guilds/{guild}/bans"), Value::Null).await;
    assert_eq!(bans[0]["user"]["username"], "ada");
    assert_eq!(
        call(&sim, "GET", &one, Value::Null).await.1["reason"],
        Value::Null
    );
    assert_eq!(call(&sim, "DELETE", &one, Value::Null).await.0, 204);
    client.dispatch("GUILD_BAN_REMOVE").await;
    assert_eq!(
        client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await["d"]["action_type"],
        23
    );
    for method in ["GET", "DELETE"] {
        let (status, body) = call(&sim, method, &one, Value::Null).await;
        assert_eq!((status, &body["code"]), (404, &json!(10_026)));
    }
}

#[tokio::test(start_paused = true)]
async fn bans_are_refused_upwards_to_strangers_and_out_of_range() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let path = |user: u64| format!("/guilds/{guild}/bans/{user}");
    let (status, body) = call(&sim, "PUT", &path(sim.user("owner").get()), Value::Null).await;
    assert_eq!((status, &body["code"]), (403, &json!(50_013)));
    let (status, body) = call(&sim, "PUT", &path(1), Value::Null).await;
    assert_eq!((status, &body["code"]), (404, &json!(10_013)));
    let body = json!({ "delete_message_seconds": 604_801 });
    let (status, body) = call(&sim, "PUT", &path(sim.user("ada").get()), body).await;
    assert_eq!(
        (status, error_at(&body, "/delete_message_seconds")),
        (400, "NUMBER_TYPE_MAX")
    );
    // Who is no member can be banned.
    assert_eq!(
        call(&sim, "PUT", &path(sim.user("ferris").get()), Value::Null)
            .await
            .0,
        204
    );
}

#[tokio::test(start_paused = true)]
async fn a_bulk_ban_says_who_is_banned_and_who_is_not() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let path = format!("/guilds/{guild}/bulk-ban");
    let (ada, owner) = (
        sim.user("ada").get().to_string(),
        sim.user("owner").get().to_string(),
    );
    let body = json!({ "user_ids": [ada, owner] });
    let (status, told) = call(&sim, "POST", &path, body).await;
    assert_eq!(status, 200);
    assert_eq!(
        told,
        json!({ "banned_users": [ada], "failed_users": [owner] })
    );
    let (status, told) = call(&sim, "POST", &path, json!({ "user_ids": [owner] })).await;
    assert_eq!((status, &told["code"]), (400, &json!(500_000)));
    let (status, told) = call(&sim, "POST", &path, json!({ "user_ids": [] })).await;
    assert_eq!(
        (status, error_at(&told, "/user_ids")),
        (400, "BASE_TYPE_BAD_LENGTH")
    );
}

#[tokio::test(start_paused = true)]
async fn pages_of_bans_go_by_user() {
    let world = World::generate(3, 1, 12);
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let guild = sim.world().guilds[0].clone();
    let path = format!("/guilds/{}/bans", guild.id);
    let ids: Vec<u64> = guild.members.iter().map(|member| member.id.get()).collect();
    let mut banned = Vec::new();
    for id in ids {
        let (status, _) = call(&sim, "PUT", &format!("{path}/{id}"), Value::Null).await;
        banned.extend((status == 204).then_some(id));
    }
    assert!(banned.len() > 5, "{banned:?}");
    let page = |query: String| {
        let (sim, path) = (&sim, &path);
        async move {
            let (_, bans) = call(sim, "GET", &format!("{path}?{query}"), Value::Null).await;
            let bans = bans.as_array().unwrap().iter();
            bans.map(|ban| ban["user"]["id"].as_str().unwrap().parse().unwrap())
                .collect::<Vec<u64>>()
        }
    };
    assert_eq!(
        page(format!("limit=2&after={}", banned[0])).await,
        banned[1..3]
    );
    assert_eq!(
        page(format!("limit=2&before={}", banned[4])).await,
        banned[2..4]
    );
}

#[tokio::test(start_paused = true)]
async fn a_prune_takes_who_is_away_without_a_role_and_counts_them_first() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("polycord");
    let path = format!("/guilds/{guild}/prune");
    // All are online.
    assert_eq!(
        call(&sim, "GET", &path, Value::Null).await.1,
        json!({ "pruned": 0 })
    );
    sim.presence(sim.user("grace"), "offline");
    client.dispatch("PRESENCE_UPDATE").await;
    sim.presence(sim.user("linus"), "offline");
    client.dispatch("PRESENCE_UPDATE").await;
    sim.say(sim.channel("general"), sim.user("linus"), "still here");
    client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(
        call(&sim, "GET", &format!("{path}?days=30"), Value::Null)
            .await
            .1,
        json!({ "pruned": 1 })
    );
    let (status, body) = call(&sim, "GET", &format!("{path}?days=31"), Value::Null).await;
    assert_eq!((status, error_at(&body, "/days")), (400, "NUMBER_TYPE_MAX"));
    let (_, told) = call(&sim, "POST", &path, json!({ "compute_prune_count": false })).await;
    assert_eq!(told, json!({ "pruned": null }));
    let gone = client.dispatch("GUILD_MEMBER_REMOVE").await;
    assert_eq!(gone["d"]["user"]["username"], "grace");
    let entry = client.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(
        entry["d"]["options"],
        json!({ "delete_member_days": "7", "members_removed": "1" })
    );
}
