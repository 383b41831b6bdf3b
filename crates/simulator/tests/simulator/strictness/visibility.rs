//! What a bot is told of: by what it may see, and by its intents.

use bytes::Bytes;
use polycord_simulator::{Simulator, World};
use polycord_types::id::ChannelId;
use serde_json::{Value, json};

use super::{pass, start};
use crate::call::{AGENT, may};
use crate::client::{ALL, Client, GUILDS, QUERY, greeted, identify, ready};

const MEMBERS: u64 = 1 << 1;
const PRESENCES: u64 = 1 << 8;
const CONTENT: u64 = 1 << 15;
const MANAGE_CHANNELS: u64 = 1 << 4;
const VIEW_CHANNEL: u64 = 1 << 10;
const MANAGE_ROLES: u64 = 1 << 28;

/// A simulator whose bot may do no more than everybody and this.
async fn with(permissions: u64) -> Simulator {
    let world = World::new().guild("tea house", |guild| {
        guild
            .channel("general")
            .voice_channel("lounge")
            .member("ada")
            .bot_permissions(may(permissions))
    });
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

/// Proof that nothing else comes.
async fn nothing_comes(client: &mut Client) {
    client.send(json!({ "op": 1, "d": null })).await;
    assert_eq!(client.next().await.unwrap()["op"], 11);
}

/// Makes a channel that only those see who may see everything.
async fn hidden_channel(sim: &Simulator) -> ChannelId {
    let guild = sim.guild("tea house");
    let body = json!({
        "name": "staff",
        "permission_overwrites": [
            { "id": guild.to_string(), "type": 0, "allow": "0", "deny": VIEW_CHANNEL.to_string() },
        ],
    });
    let request = http::Request::builder()
        .method("POST")
        .uri(format!("/api/v10/guilds/{guild}/channels"))
        .header("authorization", format!("Bot {}", sim.token()))
        .header("user-agent", AGENT)
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()));
    let response = sim.handle(request.unwrap()).await;
    assert_eq!(response.status(), 201, "{:?}", response.body());
    let made: Value = serde_json::from_slice(response.body()).unwrap();
    ChannelId::new(made["id"].as_str().unwrap().parse().unwrap())
}

#[tokio::test(start_paused = true)]
async fn what_is_said_where_the_bot_cannot_look_is_not_told() {
    let sim = with(MANAGE_CHANNELS | MANAGE_ROLES).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (general, owner) = (sim.channel("general"), sim.user("owner"));
    let staff = hidden_channel(&sim).await;
    assert_eq!(
        client.dispatch("CHANNEL_CREATE").await["d"]["name"],
        "staff"
    );
    let message = sim.say(staff, owner, "between us");
    sim.typing(staff, owner);
    sim.react(staff, message, owner, "🎉");
    sim.edit(staff, message, "between the two of us");
    sim.delete_message(staff, message);
    nothing_comes(&mut client).await;
    sim.say(general, sim.user("ada"), "hello");
    client.dispatch("MESSAGE_CREATE").await;
    // A new session is told of the channel all the same, as bots are.
    pass(5).await;
    let mut client = greeted(&sim, QUERY).await;
    client.send(identify(&sim, ALL, [0, 1])).await;
    client.dispatch("READY").await;
    let guild = client.dispatch("GUILD_CREATE").await;
    let channels = guild["d"]["channels"].as_array().unwrap();
    assert!(
        channels
            .iter()
            .any(|channel| channel["id"] == staff.to_string())
    );
}

#[tokio::test(start_paused = true)]
async fn who_administers_sees_every_channel() {
    let sim = with(1 << 3).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let staff = hidden_channel(&sim).await;
    sim.say(staff, sim.user("owner"), "between us");
    for name in ["CHANNEL_CREATE", "GUILD_AUDIT_LOG_ENTRY_CREATE"] {
        client.dispatch(name).await;
    }
    client.dispatch("MESSAGE_CREATE").await;
}

#[tokio::test(start_paused = true)]
async fn an_event_that_is_emitted_comes_whatever_the_bot_may_see() {
    let sim = with(0).await;
    let (mut client, _) = ready(&sim, ALL).await;
    let guild = sim.guild("tea house");
    let told = json!({ "guild_id": guild.to_string(), "user": { "id": "1" } });
    sim.emit("GUILD_BAN_ADD", told, Some(guild));
    client.dispatch("GUILD_BAN_ADD").await;
}

#[tokio::test(start_paused = true)]
async fn the_bots_own_member_is_told_without_the_intent_for_members() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, GUILDS).await;
    let guild = sim.guild("polycord");
    let (bot, ada) = (sim.world().bot.to_string(), sim.user("ada").to_string());
    for user in [&ada, &bot] {
        let member = json!({ "guild_id": guild.to_string(), "user": { "id": user }, "roles": [] });
        sim.emit("GUILD_MEMBER_UPDATE", member, Some(guild));
        let thread = json!({
            "id": "5", "guild_id": guild.to_string(), "member_count": 1,
            "added_members": [{ "id": "5", "user_id": user }],
        });
        sim.emit("THREAD_MEMBERS_UPDATE", thread, Some(guild));
    }
    let update = client.dispatch("GUILD_MEMBER_UPDATE").await;
    assert_eq!(update["d"]["user"]["id"], bot);
    let update = client.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(update["d"]["added_members"][0]["user_id"], bot);
    nothing_comes(&mut client).await;
}

#[tokio::test(start_paused = true)]
async fn what_auto_moderation_found_is_content_too() {
    let sim = start().await;
    let guild = sim.guild("polycord");
    let told = json!({
        "guild_id": guild.to_string(), "rule_id": "1", "rule_trigger_type": 1, "user_id": "2",
        "action": { "type": 1 }, "content": "a secret", "matched_keyword": "sec*",
        "matched_content": "secret",
    });
    for (intents, content) in [(ALL, "a secret"), (ALL & !CONTENT, "")] {
        let (mut client, _) = ready(&sim, intents).await;
        sim.emit(
            "AUTO_MODERATION_ACTION_EXECUTION",
            told.clone(),
            Some(guild),
        );
        let seen = client.dispatch("AUTO_MODERATION_ACTION_EXECUTION").await;
        assert_eq!(seen["d"]["content"], content);
        assert_eq!(seen["d"]["matched_content"] == "", content.is_empty());
        assert_eq!(seen["d"]["matched_keyword"], "sec*");
        pass(5).await;
    }
}

#[tokio::test(start_paused = true)]
async fn which_members_are_in_guild_create_depends_on_the_intent_and_on_how_many_there_are() {
    let world = World::generate(11, 1, 300);
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let bot = sim.world().bot.to_string();
    let (guild, named) = {
        let guild = &sim.world().guilds[0];
        (guild.id, guild.members.last().unwrap().id)
    };
    sim.presence(named, "offline");
    sim.set_nick(guild, named, Some("Somebody"));
    let members_of = async |intents: u64, threshold: u64| {
        pass(5).await;
        let mut client = greeted(&sim, QUERY).await;
        let mut payload = identify(&sim, intents, [0, 1]);
        payload["d"]["large_threshold"] = json!(threshold);
        client.send(payload).await;
        client.dispatch("READY").await;
        client.dispatch("GUILD_CREATE").await["d"].take()
    };
    let guild = members_of(GUILDS, 250).await;
    let in_voice = guild["voice_states"].as_array().unwrap().len();
    let members = guild["members"].as_array().unwrap();
    assert!(members.iter().any(|member| member["user"]["id"] == bot));
    assert_eq!(members.len(), in_voice + 1, "the bot, and who is in voice");
    assert_eq!(guild["presences"], json!([]));
    assert_eq!(guild["large"], true);

    let guild = members_of(GUILDS | PRESENCES | MEMBERS, 50).await;
    let online = guild["presences"].as_array().unwrap();
    let is_online = |id: &Value| online.iter().any(|presence| presence["user"]["id"] == *id);
    let members = guild["members"].as_array().unwrap();
    assert!(u64::try_from(members.len()).unwrap() < guild["member_count"].as_u64().unwrap());
    assert!(
        members
            .iter()
            .any(|member| member["user"]["id"] == named.to_string())
    );
    assert!(!is_online(&json!(named.to_string())));
    for member in members {
        let id = &member["user"]["id"];
        let distinguished = !member["nick"].is_null() || member["roles"] != json!([]);
        assert!(is_online(id) || distinguished || *id == bot, "{member}");
    }
}
