//! Threads: made, joined, archived, locked, listed.

use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::may;
use crate::client::{ALL, ready};
use crate::messages::{id, ok, refused, start, until};

#[tokio::test(start_paused = true)]
async fn a_thread_made_of_a_message_has_its_id_and_shows_on_it() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let general = sim.channel("general");
    let said = sim.say(general, sim.user("ada"), "long story");
    let path = format!("/channels/{general}/messages/{said}/threads");
    let body = json!({ "name": "story", "auto_archive_duration": 60 });
    let thread = ok(&sim, "POST", &path, body.clone()).await;
    assert_eq!(id(&thread), said.to_string());
    assert_eq!(thread["type"], 11);
    assert_eq!(thread["thread_metadata"]["auto_archive_duration"], 60);
    let created = until(&mut client, "THREAD_CREATE").await;
    assert_eq!(created["newly_created"], true);
    let update = client.dispatch("MESSAGE_UPDATE").await;
    assert_eq!(update["d"]["thread"]["id"], thread["id"]);
    assert_eq!(update["d"]["flags"], 1 << 5);
    let starter = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(starter["d"]["type"], 21);
    assert_eq!(refused(&sim, "POST", &path, body).await, (400, 160_004));
    let bad = json!({ "name": "", "auto_archive_duration": 61 });
    assert_eq!(
        refused(&sim, "POST", &path.replace("threads", "thread"), bad)
            .await
            .0,
        404
    );

    // What is said in it counts, and puts who says it into it.
    let messages = format!("/channels/{said}/messages");
    ok(&sim, "POST", &messages, json!({ "content": "once" })).await;
    let thread = ok(&sim, "GET", &format!("/channels/{said}"), Value::Null).await;
    assert_eq!(
        (&thread["message_count"], &thread["member_count"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(thread["member"]["user_id"], sim.world().bot.to_string());
}

#[tokio::test(start_paused = true)]
async fn an_archived_thread_takes_messages_and_nothing_else() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let general = sim.channel("general");
    let threads = format!("/channels/{general}/threads");
    let thread = ok(&sim, "POST", &threads, json!({ "name": "t", "type": 11 })).await;
    until(&mut client, "THREAD_CREATE").await;
    let told = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(
        (&told["d"]["type"], &told["d"]["content"]),
        (&json!(18), &json!("t"))
    );
    let root = format!("/channels/{}", id(&thread));
    let message = ok(
        &sim,
        "POST",
        &format!("{root}/messages"),
        json!({ "content": "hi" }),
    )
    .await;
    let archived = ok(&sim, "PATCH", &root, json!({ "archived": true })).await;
    assert_eq!(archived["thread_metadata"]["archived"], true);
    until(&mut client, "THREAD_UPDATE").await;
    let one = format!("{root}/messages/{}", id(&message));
    assert_eq!(
        refused(&sim, "PATCH", &one, json!({ "content": "ho" })).await,
        (400, 50_083)
    );
    assert_eq!(
        refused(&sim, "PATCH", &root, json!({ "name": "x" })).await,
        (400, 50_083)
    );
    let user = sim.user("ada");
    let seat = format!("{root}/thread-members/{user}");
    assert_eq!(
        refused(&sim, "PUT", &seat, Value::Null).await,
        (400, 50_083)
    );
    let page = ok(
        &sim,
        "GET",
        &format!("{threads}/archived/public"),
        Value::Null,
    )
    .await;
    assert_eq!(page["threads"][0]["id"], thread["id"]);
    assert_eq!(
        (&page["has_more"], page["members"].as_array().unwrap().len()),
        (&json!(false), 1)
    );

    ok(
        &sim,
        "POST",
        &format!("{root}/messages"),
        json!({ "content": "again" }),
    )
    .await;
    let update = until(&mut client, "THREAD_UPDATE").await;
    assert_eq!(update["thread_metadata"]["archived"], false);
    client.dispatch("MESSAGE_CREATE").await;
    let page = ok(
        &sim,
        "GET",
        &format!("{threads}/archived/public"),
        Value::Null,
    )
    .await;
    assert_eq!(page["threads"], json!([]));
    ok(&sim, "DELETE", &root, Value::Null).await;
    let gone = until(&mut client, "THREAD_DELETE").await;
    let expected = json!({
        "id": thread["id"], "guild_id": thread["guild_id"],
        "parent_id": general.to_string(), "type": 11,
    });
    assert_eq!(gone, expected);
}

#[tokio::test(start_paused = true)]
async fn members_come_and_go_and_are_told() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let threads = format!("/channels/{}/threads", sim.channel("general"));
    let thread = ok(&sim, "POST", &threads, json!({ "name": "quiet" })).await;
    assert_eq!(thread["type"], 12);
    until(&mut client, "GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    let members = format!("/channels/{}/thread-members", id(&thread));
    let ada = sim.user("ada");
    ok(&sim, "PUT", &format!("{members}/{ada}"), Value::Null).await;
    let update = client.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(update["d"]["added_members"][0]["user_id"], ada.to_string());
    assert_eq!(update["d"]["member_count"], 2);
    let listed = ok(&sim, "GET", &members, Value::Null).await;
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let full = ok(
        &sim,
        "GET",
        &format!("{members}/{ada}?with_member=true"),
        Value::Null,
    )
    .await;
    assert_eq!(full["member"]["user"]["username"], "ada");
    ok(&sim, "DELETE", &format!("{members}/{ada}"), Value::Null).await;
    let update = client.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(update["d"]["removed_member_ids"], json!([ada.to_string()]));
    let one = format!("{members}/{ada}");
    assert_eq!(refused(&sim, "GET", &one, Value::Null).await, (404, 10_007));
    ok(&sim, "DELETE", &format!("{members}/@me"), Value::Null).await;
    let plain = format!("/channels/{}/thread-members", sim.channel("general"));
    assert_eq!(
        refused(&sim, "GET", &plain, Value::Null).await,
        (400, 50_024)
    );
}

#[tokio::test(start_paused = true)]
async fn a_locked_thread_is_for_those_who_manage_threads() {
    let plain = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 35 | 1 << 38;
    let world = World::new().guild("tea house", |g| {
        g.bot_permissions(may(plain)).channel("general")
    });
    let sim: Simulator = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let threads = format!("/channels/{}/threads", sim.channel("general"));
    let thread = ok(&sim, "POST", &threads, json!({ "name": "t", "type": 11 })).await;
    let root = format!("/channels/{}", id(&thread));
    let lock = json!({ "locked": true });
    assert_eq!(refused(&sim, "PATCH", &root, lock).await, (403, 50_013));
    // What is its own it may rename.
    assert_eq!(
        ok(&sim, "PATCH", &root, json!({ "name": "u" })).await["name"],
        "u"
    );
    assert_eq!(
        refused(&sim, "DELETE", &root, Value::Null).await,
        (403, 50_013)
    );
}

#[tokio::test(start_paused = true)]
async fn a_thread_is_told_to_the_bot_that_joins_it() {
    let world = World::new().guild("tea house", |guild| guild.channel("general").member("ada"));
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let sim = builder.world(world).start().await.unwrap();
    let (mut client, _) = ready(&sim, ALL).await;
    let threads = format!("/channels/{}/threads", sim.channel("general"));
    let body = json!({ "name": "about tea", "type": 11 });
    let made = sim
        .request_as(sim.user("ada"), "POST", &threads, &body)
        .unwrap();
    let first = until(&mut client, "THREAD_CREATE").await;
    assert_eq!(
        (&first["newly_created"], first.get("member")),
        (&json!(true), None)
    );
    let join = format!("/channels/{}/thread-members/@me", id(&made));
    ok(&sim, "PUT", &join, Value::Null).await;
    let again = until(&mut client, "THREAD_CREATE").await;
    assert_eq!(
        (&again["id"], again.get("newly_created")),
        (&made["id"], None)
    );
    assert_eq!(again["member"]["user_id"], sim.world().bot.to_string());
    let update = client.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(update["d"]["member_count"], 2);
}

#[tokio::test(start_paused = true)]
async fn who_may_not_know_the_members_cannot_list_those_of_a_thread() {
    let world = World::new().guild("tea house", |guild| {
        guild.channel("general").thread("general", "about tea")
    });
    let builder = Simulator::builder().in_memory().world(world);
    let builder = builder.disallow_intents(polycord_types::gateway::Intents::GUILD_MEMBERS);
    let sim = builder.start().await.unwrap();
    let path = format!("/channels/{}/thread-members", sim.channel("about tea"));
    assert_eq!(
        refused(&sim, "GET", &path, Value::Null).await,
        (403, 50_001)
    );
}

#[tokio::test(start_paused = true)]
async fn a_post_of_a_forum_begins_with_a_message_and_no_poll() {
    let world = World::new().guild("tea house", |guild| guild.forum_channel("questions", &[]));
    let builder = Simulator::builder().in_memory().rate_limits(false);
    let sim = builder.world(world).start().await.unwrap();
    let path = format!("/channels/{}/threads", sim.channel("questions"));
    let poll =
        json!({ "question": { "text": "tea?" }, "answers": [{ "poll_media": { "text": "yes" } }] });
    let body = json!({ "name": "tea", "message": { "poll": poll } });
    assert_eq!(refused(&sim, "POST", &path, body).await, (400, 50_006));
    let body = json!({ "name": "tea", "message": { "content": "tea?", "poll": poll } });
    let post = ok(&sim, "POST", &path, body).await;
    assert_eq!(
        (&post["message"]["id"], post["message"].get("poll")),
        (&post["id"], None)
    );
}
